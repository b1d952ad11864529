//! What a container sees: variables from values, ConfigMaps and Secrets.

use indexmap::{IndexMap, IndexSet};

use super::findings::Findings;
use super::naming::Use;
use super::scope::{Scope, Shared, TierFace};
use super::values::{self, Content};
use super::{secrets, texts};
use crate::catalog::Contract;
use crate::diag::{Code, Diagnostic};
use crate::ir::{
    ConfigMap, Entry, EnvFrom, EnvFromKind, Expose, SecretKey, SecretObject, SecretRef, Value,
    Variable,
};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, EnvLine, Name};

/// What one container sees, and what it follows from that.
#[derive(Debug, Default)]
pub(super) struct Environment {
    pub(super) config: Option<ConfigMap>,
    pub(super) secret: Option<SecretObject>,
    pub(super) env_from: Vec<EnvFrom>,
    pub(super) env: Vec<Variable>,
    pub(super) config_read: Vec<Entry>,
    /// Names of the shared secrets that it reads.
    pub(super) secrets_read: IndexSet<String>,
    /// Things whose address in the cluster it knows.
    pub(super) connects: Vec<Spanned<String>>,
}

/// What the container of `tier` sees.
pub(super) fn lower<'a>(
    face: &TierFace<'a>,
    name: &'a Name,
    contract: &Contract,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Environment {
    let tier = face.tier;
    let mut builder = Builder {
        scope,
        found,
        taken: IndexMap::new(),
        origin: tier.span,
        out: Environment::default(),
    };
    for (variable, value) in &contract.variables {
        builder.taken.insert(variable.clone(), Taken::Contract);
        let value = Value::Text(value.clone());
        builder.out.env.push(Variable {
            name: variable.clone(),
            value,
            origin: tier.span,
        });
    }
    builder.own_config(tier, name);
    builder.own_secrets(tier, name);
    for line in &tier.env {
        match line {
            EnvLine::Shared(key) => builder.shared_key(key),
            EnvLine::Set(setting) => builder.set(setting),
            EnvLine::Spread(word) if word.value == "config" => builder.spread_config(word),
            EnvLine::Spread(word) => builder.spread_secrets(word),
        }
    }
    if matches!(face.expose.value, Expose::Ingress { .. }) {
        builder.behind_a_proxy(contract);
    }
    builder.out
}

/// Who has taken a variable's name.
#[derive(Clone, Copy)]
enum Taken {
    /// The recipe, which the process needs.
    Contract,
    /// A statement.
    Said(Span),
}

struct Builder<'s, 'a> {
    scope: &'s Scope<'a>,
    found: &'s mut Findings,
    taken: IndexMap<String, Taken>,
    /// The tier, where what nobody said comes from.
    origin: Span,
    out: Environment,
}

impl<'a> Builder<'_, 'a> {
    /// Takes a variable's name; false, with a complaint, where it is taken.
    fn take(&mut self, name: &str, place: Span) -> bool {
        let Some(taken) = self.taken.insert(name.to_owned(), Taken::Said(place)) else {
            return true;
        };
        let message = format!("the variable `{name}` is set twice");
        let diagnostic = Diagnostic::new(Code::VariableTaken, place, message);
        self.found.push(match taken {
            Taken::Said(first) => diagnostic
                .also(first, "set here first")
                .help("keep one of the two"),
            Taken::Contract => diagnostic
                .label("the recipe sets it")
                .help("leave it out: the recipe sets it to what the server needs"),
        });
        false
    }

    fn push(&mut self, name: &str, value: Value, origin: Span) {
        self.out.env.push(Variable {
            name: name.to_owned(),
            value,
            origin,
        });
    }

    /// What a server must know to believe the headers of the proxy before it, unless it is said.
    fn behind_a_proxy(&mut self, contract: &Contract) {
        let unsaid = contract.proxied_variables.iter();
        let unsaid = unsaid.filter(|(name, _)| !self.taken.contains_key(name));
        let variables = unsaid.map(|(name, value)| Variable {
            name: name.clone(),
            value: Value::Text(value.clone()),
            origin: self.origin,
        });
        let behind_the_contract = contract.variables.len();
        self.out
            .env
            .splice(behind_the_contract..behind_the_contract, variables);
    }

    fn own_config(&mut self, tier: &'a ast::Tier, name: &Name) {
        let Some(config) = &tier.config else { return };
        let mut entries = Vec::new();
        for setting in &config.settings {
            if !texts::is_variable(&setting.key, self.found)
                || !self.take(&setting.key.value, setting.key.span)
            {
                continue;
            }
            let Some(value) = &setting.value else {
                continue;
            };
            if let Some(plain) = values::plain(value, self.scope, "`config`", self.found) {
                self.out.connects.extend(plain.connects);
                entries.push(entry(&setting.key, plain.text));
            }
        }
        if config.settings.is_empty() {
            return;
        }
        let object = self
            .scope
            .naming
            .object(Use::TierConfig, Some(name), self.found);
        self.env_from(EnvFromKind::ConfigMap, &object, config.span);
        self.out.config_read.extend(entries.iter().cloned());
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
        let object = self
            .scope
            .naming
            .object(Use::TierSecret, Some(name), self.found);
        let mut keys: Vec<SecretKey> = Vec::new();
        for secret in &tier.secrets {
            let Some(name) = &secret.name else { continue };
            if !texts::is_variable(name, self.found) || !self.take(&name.value, secret.span) {
                continue;
            }
            keys.extend(secrets::lower(secret, self.found));
        }
        self.secret_keys(&object, &keys, first.span);
        self.out.secret = Some(SecretObject {
            name: object,
            keys,
            origin: first.span,
        });
    }

    /// All keys of a Secret as variables: at once, but one by one where a key has another name
    /// than its variable, since the key would become a variable too.
    fn secret_keys(&mut self, object: &str, keys: &[SecretKey], place: Span) {
        if keys.iter().all(|key| key.name == key.key) {
            self.env_from(EnvFromKind::Secret, object, place);
            return;
        }
        for key in keys {
            let reference = SecretRef {
                object: object.to_owned(),
                key: key.key.clone(),
                optional: key.optional,
            };
            self.push(&key.name, Value::Secret(reference), key.origin);
        }
    }

    fn env_from(&mut self, kind: EnvFromKind, object: &str, origin: Span) {
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
        if !self.take(&name.value, name.span) {
            return;
        }
        match shared {
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
        if let Some(Some(plain)) = self.scope.values.get(setting.key.value.as_str()) {
            self.out.connects.extend(plain.connects.iter().cloned());
            self.out
                .config_read
                .push(entry(&setting.key, plain.text.clone()));
        }
    }

    /// `NAME = value`.
    fn set(&mut self, setting: &'a ast::Setting) {
        let name = &setting.key;
        if !texts::is_variable(name, self.found) || !self.take(&name.value, name.span) {
            return;
        }
        let Some(value) = &setting.value else { return };
        let Some(resolved) = values::resolve(value, self.scope, self.found) else {
            return;
        };
        self.out.connects.extend(resolved.connects);
        match resolved.content {
            Content::Plain(text) => self.push(&name.value, Value::Text(text), name.span),
            Content::Config(key) => self.read_config(&name.value, key, name.span),
            Content::Secret(reference, _) => {
                self.reads_secret(&reference);
                self.push(&name.value, Value::Secret(reference), name.span);
            }
            Content::Composed(composed) => {
                // Only a variable that stands before it can be part of it.
                let known = self
                    .out
                    .env
                    .iter()
                    .find(|variable| variable.name == composed.variable);
                let password = Value::Secret(composed.password);
                match known {
                    Some(variable) if variable.value == password => {}
                    Some(_) => {
                        self.take(&composed.variable, value.span);
                        return;
                    }
                    None => {
                        if !self.take(&composed.variable, value.span) {
                            return;
                        }
                        self.push(&composed.variable, password, value.span);
                    }
                }
                self.push(&name.value, Value::Composed(composed.pieces), name.span);
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
        for setting in settings {
            self.read_entry(setting);
        }
        let object = self.scope.config_name.clone();
        self.env_from(EnvFromKind::ConfigMap, &object, word.span);
    }

    /// `..secrets`.
    fn spread_secrets(&mut self, word: &Name) {
        let mut keys = Vec::new();
        for (name, shared) in &self.scope.shared {
            if let Shared::Secret(secret) = shared {
                self.out.secrets_read.insert((*name).to_owned());
                // What is wrong with it is said where it is declared.
                keys.extend(secrets::lower(secret, &mut Findings::default()));
            }
        }
        if keys.is_empty() {
            self.nothing_to_spread(word, "secret NAME from env");
            return;
        }
        let object = self.scope.secret_name.clone();
        self.secret_keys(&object, &keys, word.span);
    }

    fn nothing_to_spread(&mut self, word: &Name, example: &str) {
        if self.scope.file.broken {
            return;
        }
        let message = format!("`..{}` stands for nothing: none is declared", word.value);
        let diagnostic = Diagnostic::new(Code::UnknownName, word.span, message);
        self.found
            .push(diagnostic.help(format!("declare one at the top level: `{example}`")));
    }
}

fn entry(key: &Name, value: String) -> Entry {
    Entry {
        key: key.value.clone(),
        value,
        origin: key.span,
    }
}
