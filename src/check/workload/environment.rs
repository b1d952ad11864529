//! What a container sees: variables from values, ConfigMaps and Secrets.

use std::sync::Arc;

use indexmap::IndexSet;

use super::variables::Variables;
use crate::catalog::Contract;
use crate::check::findings::Findings;
use crate::check::names::content::Content;
use crate::check::names::face::TierFace;
use crate::check::names::link::Link;
use crate::check::names::naming::Use;
use crate::check::names::overlay::EnvView;
use crate::check::names::scope::{Scope, Shared};
use crate::check::names::secrets;
use crate::check::types::variable_names;
use crate::check::values::value;
use crate::diag::{Code, Diagnostic};
use crate::ir::{
    ConfigMap, EnvFrom, EnvFromKind, Expose, SecretKey, SecretObject, SecretRef, Setting, Text,
    Value,
};
use crate::source::Span;
use crate::syntax::ast::{self, Giver, Name};

/// What one container sees, and what it follows from that.
#[derive(Debug, Default)]
pub(in crate::check) struct Environment {
    pub(in crate::check) config: Option<ConfigMap>,
    pub(in crate::check) secret: Option<SecretObject>,
    pub(in crate::check) env_from: Vec<EnvFrom>,
    pub(in crate::check) env: Variables,
    pub(in crate::check) config_read: Vec<Arc<Setting>>,
    /// Names of the shared secrets that it reads.
    pub(in crate::check) secrets_read: IndexSet<String>,
    /// Things that its values refer to.
    pub(in crate::check) links: Vec<Link>,
}

/// What the container of a tier or job sees: what that of the tier that it is taken from sees, and what
/// it says itself, which wins.
pub(in crate::check) fn lower<'a>(
    face: &TierFace<'a>,
    base: Option<&Environment>,
    contract: &Contract,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Environment {
    let tier = face.tier;
    let mut builder = EnvironmentBuilder {
        scope,
        found,
        out: Environment {
            env: Variables::of_recipe(&contract.variables, tier.span),
            ..Environment::default()
        },
    };
    if let Some(base) = base {
        builder.inherit(base);
    }
    builder.all(face);
    if matches!(
        face.expose.value,
        Expose::Ingress { .. } | Expose::Elsewhere { .. }
    ) {
        let proxied = &contract.proxied_variables;
        builder.out.env.add_unsaid(proxied, tier.span);
    }
    builder.out
}

struct EnvironmentBuilder<'s, 'a> {
    scope: &'s Scope<'a>,
    found: &'s mut Findings,
    out: Environment,
}

impl<'a> EnvironmentBuilder<'_, 'a> {
    /// All that a tier or job says itself.
    fn all(&mut self, face: &TierFace<'a>) {
        self.own_config(face.tier, face.stands);
        self.own_secrets(face.tier, face.stands);
        for line in &face.view.env {
            match *line {
                EnvView::Shared(key) => self.shared_key(key),
                EnvView::Set(setting) => self.set(setting),
                EnvView::Spread(word) if word.value == "config" => self.spread_config(word),
                EnvView::Spread(word) => self.spread_secrets(word),
            }
        }
    }

    /// All that another tier says; its ConfigMap and its Secret stay its own.
    fn inherit(&mut self, base: &Environment) {
        let Environment {
            config: _,
            secret: _,
            env_from,
            env,
            config_read,
            secrets_read,
            links,
        } = base;
        self.out.env_from.clone_from(env_from);
        self.out.env.inherit(env);
        self.out.config_read.clone_from(config_read);
        self.out.secrets_read.clone_from(secrets_read);
        self.out.links.clone_from(links);
    }

    /// Takes a variable's name; false, with a complaint, where it is taken. `whole` is the statement
    /// that sets it.
    fn take(&mut self, name: &Name, whole: Span) -> bool {
        self.out.env.take(name, whole, self.found)
    }

    fn push(&mut self, name: &str, value: Value, origin: Span) {
        self.out.env.push(name, value, origin);
    }

    fn own_config(&mut self, tier: &'a ast::Tier, name: &Name) {
        let Some(config) = &tier.config else { return };
        let mut entries = Vec::new();
        for setting in &config.settings {
            if variable_names::is_key(setting, self.found) {
                self.take(&setting.key, setting.span());
            }
            let Some(value) = &setting.value else {
                continue;
            };
            if let Some(plain) = value::plain(value, self.scope, value::CONFIG, self.found) {
                self.out.links.extend(plain.links);
                entries.push(entry(&setting.key, plain.text));
            }
        }
        if config.settings.is_empty() {
            return;
        }
        let naming = self.scope.naming;
        let object = naming.own_object(Use::TierConfig, name, self.found);
        self.env_from(EnvFromKind::ConfigMap, &object, config.span);
        let read = entries.iter().cloned().map(Arc::new);
        self.out.config_read.extend(read);
        self.out.config = Some(ConfigMap {
            name: object,
            entries,
            origin: config.span,
        });
    }

    fn own_secrets(&mut self, tier: &'a ast::Tier, name: &Name) {
        let Some(first) = tier.secrets.first() else {
            return;
        };
        let naming = self.scope.naming;
        let object = naming.own_object(Use::TierSecret, name, self.found);
        secrets::keys_differ(&tier.secrets, self.found);
        let mut keys: Vec<SecretKey> = Vec::new();
        for secret in &tier.secrets {
            keys.extend(secrets::lower(secret, self.found));
            if let Some(name) = &secret.name
                && variable_names::is_variable(name, self.found)
            {
                self.take(name, secret.whole);
            }
        }
        self.secret_variables(&object, tier.secrets.iter(), first.span, Variables::push);
        if !keys.is_empty() {
            self.out.secret = Some(SecretObject {
                name: object,
                keys,
                origin: first.span,
            });
        }
    }

    /// Secrets as variables: at once, but one by one where a key has another name than its
    /// variable, since the key would become a variable too, or is another Secret's. `add` adds one.
    fn secret_variables(
        &mut self,
        object: &str,
        secrets: impl Iterator<Item = &'a ast::Secret> + Clone,
        place: Span,
        add: fn(&mut Variables, &str, Value, Span),
    ) {
        if secrets.clone().all(secrets::is_plain) {
            self.env_from(EnvFromKind::Secret, object, place);
            return;
        }
        for secret in secrets {
            if let (Some(name), Some(reference)) =
                (&secret.name, secrets::reference(secret, object))
            {
                let value = Value::Secret(reference);
                add(&mut self.out.env, &name.value, value, secret.span);
            }
        }
    }

    fn env_from(&mut self, kind: EnvFromKind, object: &str, origin: Span) {
        // Of several objects with a key, the last counts: what is said again counts anew.
        self.out
            .env_from
            .retain(|from| from.object != object || from.kind != kind);
        self.out.env_from.push(EnvFrom {
            kind,
            object: object.to_owned(),
            origin,
        });
    }

    /// `NAME`.
    fn shared_key(&mut self, name: &'a Name) {
        let Some(shared) = self.scope.shared(name, self.found) else {
            return;
        };
        if !self.take(name, name.span) {
            return;
        }
        match shared {
            // An optional key that nobody gives a value is left out.
            Shared::Config(setting) if setting.giver == Giver::Anyone => {}
            Shared::Config(setting) => self.read_config(&name.value, setting, name.span),
            Shared::Secret(secret) => {
                if let Some(reference) = secrets::reference(secret, &self.scope.secret_name) {
                    self.out.secrets_read.insert(name.value.clone());
                    self.push(&name.value, Value::Secret(reference), name.span);
                }
            }
        }
    }

    /// A variable that holds a key of the shared ConfigMap.
    fn read_config(&mut self, variable: &str, setting: &'a ast::Setting, place: Span) {
        self.read_entry(setting);
        let object = self.scope.config_name.clone();
        let value = Value::Config {
            object,
            key: setting.key.value.clone(),
        };
        self.push(variable, value, place);
    }

    fn read_entry(&mut self, setting: &'a ast::Setting) {
        if let Some(Some(shared)) = self.scope.values.get(setting.key.value.as_str()) {
            self.out.links.extend(shared.links.iter().cloned());
            self.out.config_read.push(Arc::clone(&shared.setting));
        }
    }

    /// `NAME = value`.
    fn set(&mut self, setting: &'a ast::Setting) {
        let name = &setting.key;
        let value = setting.value.as_ref();
        let resolved = value.and_then(|value| value::resolve(value, self.scope, self.found));
        if let Some(Content::Secret(password, _)) = resolved.as_ref().map(|found| &found.content)
            && self.out.env.claim(name, password)
        {
            return;
        }
        if let Some(Content::Plain(text)) = resolved.as_ref().map(|found| &found.content)
            && self.out.env.is_the_recipes(name, text)
        {
            return;
        }
        let is_name = if setting.is_quoted {
            variable_names::is_variable_in_quotes(name, self.found)
        } else {
            variable_names::is_variable_of_env(name, self.found)
        };
        if !is_name || !self.take(name, setting.span()) {
            return;
        }
        let (Some(value), Some(resolved)) = (value, resolved) else {
            return;
        };
        self.out.links.extend(resolved.links);
        match resolved.content {
            Content::Plain(text) => self.push(&name.value, Value::Text(text), name.span),
            // An optional key that nobody gives a value is left out.
            Content::Config(key) if key.giver == Giver::Anyone => {}
            Content::Config(key) => self.read_config(&name.value, key, name.span),
            Content::Secret(reference, _) => {
                self.reads_secret(&reference);
                self.push(&name.value, Value::Secret(reference), name.span);
            }
            Content::Pod(member) => self.push(&name.value, Value::Pod(member), name.span),
            Content::Composed(composed) => {
                if self
                    .out
                    .env
                    .take_password(&composed, value.span, self.found)
                {
                    self.push(&name.value, Value::Composed(composed.pieces), name.span);
                }
            }
        }
    }

    /// Notes that a key of the shared Secret is read.
    fn reads_secret(&mut self, reference: &SecretRef) {
        if reference.object != self.scope.secret_name {
            return;
        }
        for secret in &self.scope.file.secrets {
            let key = secrets::reference(secret, &self.scope.secret_name);
            if let (Some(name), Some(key)) = (&secret.name, key)
                && key.key == reference.key
            {
                self.out.secrets_read.insert(name.value.clone());
            }
        }
    }

    /// `..config`.
    fn spread_config(&mut self, word: &Name) {
        let settings: Vec<_> = self
            .scope
            .shared
            .values()
            .filter_map(|shared| match shared {
                Shared::Config(setting) => Some(*setting),
                Shared::Secret(_) => None,
            })
            .collect();
        if settings.is_empty() {
            self.nothing_to_spread(word, "config { KEY = \"value\" }");
            return;
        }
        // Of optional keys that nobody gives a value there is no ConfigMap.
        if settings.iter().all(|it| it.giver == Giver::Anyone) {
            return;
        }
        for setting in settings {
            self.read_entry(setting);
        }
        let object = self.scope.config_name.clone();
        self.env_from(EnvFromKind::ConfigMap, &object, word.span);
    }

    /// `..secrets`.
    fn spread_secrets(&mut self, word: &Name) {
        let scope = self.scope;
        let secrets = scope.shared.values().filter_map(|shared| match shared {
            Shared::Secret(secret) => Some(*secret),
            Shared::Config(_) => None,
        });
        let names = secrets.clone().filter_map(|secret| secret.name.as_ref());
        self.out
            .secrets_read
            .extend(names.map(|name| name.value.clone()));
        if secrets.clone().next().is_none() {
            self.nothing_to_spread(word, "secret NAME from env");
            return;
        }
        self.secret_variables(&scope.secret_name, secrets, word.span, Variables::spread);
    }

    fn nothing_to_spread(&mut self, word: &Name, example: &str) {
        if !self.scope.knows_all_shared() || !self.scope.file.is_whole() {
            return;
        }
        let message = format!(
            "`..{}` stands for nothing: no such key is declared",
            word.value
        );
        let diagnostic = Diagnostic::new(Code::UnknownName, word.span, message);
        self.found
            .push(diagnostic.help(format!("declare one at the top level: `{example}`")));
    }
}

fn entry(key: &Name, value: Text) -> Setting {
    Setting {
        key: key.value.clone(),
        value,
        origin: key.span,
    }
}
