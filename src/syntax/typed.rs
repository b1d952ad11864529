//! Matched statements to the typed tree. Every slot is filled by now or known to be missing, so
//! this only moves things to their fields.

use super::ast::{
    Amount, App, Build, Config, Database, EnvLine, Expose, ExposeWay, External, File, Health, Name,
    Port, ProbeLine, Scale, Secret, Setting, Settings, Target, TargetTier, Tier, VersionOption,
};
use super::signature::{Inside, Statement};
use super::tree::{Atom, AtomKind, Fact, Form};
use super::values;
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::{Span, Spanned};

impl Statement<'_> {
    /// The statement from its first word to its last token, without its block.
    fn span(&self) -> Span {
        let last = self
            .fact
            .atoms
            .last()
            .map_or(self.fact.head.span, |atom| atom.span);
        self.fact.head.span.to(last)
    }

    fn slots(&self, name: &str) -> impl Iterator<Item = Name> {
        self.slots
            .iter()
            .filter(move |(slot, _)| *slot == name)
            .filter_map(|(_, atom)| plain(atom))
    }

    /// What fills a slot, as written.
    fn slot(&self, name: &str) -> Option<Name> {
        self.slots(name).next()
    }

    fn amount(&self) -> Option<Amount> {
        let (_, atom) = self.slots.iter().find(|(slot, _)| *slot == "amount")?;
        if let AtomKind::Range(from, to) = &atom.kind {
            return Some(Amount {
                request: from.clone(),
                limit: Some(to.clone()),
            });
        }
        Some(Amount {
            request: plain(atom)?,
            limit: None,
        })
    }

    fn word(&self, word: &str) -> Option<Span> {
        self.words
            .iter()
            .find(|found| found.value == word)
            .map(|found| found.span)
    }

    fn statements(&self) -> &[Self] {
        self.body.as_ref().map_or(&[], |body| &body.statements)
    }

    fn free(&self) -> &[&Fact] {
        self.body.as_ref().map_or(&[], |body| &body.free)
    }

    /// Whether something in it or its block couldn't be read.
    fn is_broken(&self) -> bool {
        self.broken || self.body.as_ref().is_some_and(|body| body.broken)
    }

    /// The first statement of that word in its block.
    fn child(&self, word: &str) -> Option<&Self> {
        self.statements()
            .iter()
            .find(|child| child.row.word == word)
    }

    fn children<'b>(&'b self, word: &'b str) -> impl Iterator<Item = &'b Self> {
        self.statements()
            .iter()
            .filter(move |child| child.row.word == word)
    }

    /// The only slot of the statement of that word in its block.
    fn setting(&self, word: &str) -> Option<Name> {
        let child = self.child(word)?;
        child.slots.first().and_then(|(_, atom)| plain(atom))
    }

    /// The fixed word of the statement of that word in its block.
    fn choice(&self, word: &str) -> Option<Spanned<&'static str>> {
        self.child(word)?.words.first().cloned()
    }
}

/// A token that is one piece of text.
fn plain(atom: &Atom) -> Option<Name> {
    match &atom.kind {
        AtomKind::Word(text) | AtomKind::Text(text) | AtomKind::Number(text) => {
            Some(Spanned::new(text.clone(), atom.span))
        }
        AtomKind::Range(..) | AtomKind::Reference(..) | AtomKind::List(_) => None,
    }
}

/// The file, from the statements of its top level.
pub(super) fn file(top: &Inside<'_>, bag: &mut Bag) -> File {
    let mut file = File {
        broken: top.broken,
        ..File::default()
    };
    for statement in &top.statements {
        match statement.row.word {
            "app" => file.app = Some(app(statement)),
            "config" => file.config = Some(config(statement, bag)),
            "secret" => file.secrets.push(secret(statement)),
            "tier" => file.tiers.push(tier(statement, bag)),
            "target" => file.targets.push(target(statement)),
            engine if statement.word("external").is_some() => {
                file.externals.push(external(engine, statement));
            }
            engine => file.databases.push(database(engine, statement)),
        }
    }
    file
}

fn app(statement: &Statement<'_>) -> App {
    let naming = statement
        .child("naming")
        .map_or(&[][..], Statement::statements);
    App {
        span: statement.span(),
        name: statement.slot("name"),
        settings: settings(statement),
        version: statement.setting("version"),
        naming: naming
            .iter()
            .filter_map(|pattern| Some((pattern.row.word, pattern.slot("text")?)))
            .collect(),
    }
}

fn settings(statement: &Statement<'_>) -> Settings {
    Settings {
        namespace: statement.setting("namespace"),
        tag: statement.setting("tag"),
        registry: statement.setting("registry"),
        host: statement.setting("host"),
        pull: statement.choice("pull"),
        local_images: statement.child("images").map(Statement::span),
    }
}

fn config(statement: &Statement<'_>, bag: &mut Bag) -> Config {
    Config {
        span: statement.span(),
        settings: free_settings(statement, bag),
        broken: statement.is_broken(),
    }
}

fn free_settings(statement: &Statement<'_>, bag: &mut Bag) -> Vec<Setting> {
    statement
        .free()
        .iter()
        .map(|fact| setting(fact, bag))
        .collect()
}

fn setting(fact: &Fact, bag: &mut Bag) -> Setting {
    if let Some(atom) = fact.atoms.first() {
        let message = format!("unexpected {} before `=`", atom.describe());
        let diagnostic = Diagnostic::new(Code::Expected, atom.span, message);
        bag.push(diagnostic.help(format!("write `{} = value`", fact.head.value)));
    }
    if let Some(block) = &fact.block {
        let place = Span {
            end: block.span.start + 1,
            ..block.span
        };
        bag.push(Diagnostic::new(
            Code::Expected,
            place,
            "a value takes no block",
        ));
    }
    let value = fact
        .value
        .as_ref()
        .and_then(|value| values::value(value, fact.broken, bag));
    Setting {
        key: fact.head.clone(),
        value,
    }
}

fn secret(statement: &Statement<'_>) -> Secret {
    Secret {
        span: statement.span(),
        name: statement.slot("name"),
        variable: statement.slot("variable"),
        key: statement.slot("key"),
        optional: statement.child("optional").is_some(),
        starts_with: statement.setting("starts_with"),
        min_length: statement.setting("min_length"),
        url: statement.setting("url"),
        message: statement.setting("message"),
    }
}

fn database(engine: &'static str, statement: &Statement<'_>) -> Database {
    Database {
        span: statement.span(),
        engine,
        name: statement.slot("name"),
        version: statement.setting("version"),
        image: statement.setting("image"),
        storage: statement.setting("storage"),
        database: statement.setting("database"),
        user: statement.setting("user"),
        cpu: statement.child("cpu").and_then(Statement::amount),
        memory: statement.child("memory").and_then(Statement::amount),
        workload: statement.choice("workload"),
        secrets: statement.children("secret").map(secret).collect(),
        broken: statement.is_broken(),
    }
}

fn external(engine: &'static str, statement: &Statement<'_>) -> External {
    External {
        span: statement.span(),
        engine,
        name: statement.slot("name"),
        url: statement.setting("url"),
        broken: statement.is_broken(),
    }
}

fn tier(statement: &Statement<'_>, bag: &mut Bag) -> Tier {
    Tier {
        span: statement.span(),
        name: statement.slot("name"),
        build: statement.child("build").map(|child| build(child, bag)),
        image: statement.setting("image"),
        port: statement.child("port").map(|port| Port {
            span: port.span(),
            container: port.slot("port"),
            service: port.slot("service"),
        }),
        scale: scale(statement),
        health: statement.child("health").map(health),
        needs: statement
            .child("needs")
            .map_or(Vec::new(), |needs| needs.slots("name").collect()),
        config: statement.child("config").map(|child| config(child, bag)),
        secrets: statement.children("secret").map(secret).collect(),
        env: statement
            .child("env")
            .map_or(Vec::new(), |child| env(child, bag)),
        broken: statement.is_broken(),
    }
}

fn scale(statement: &Statement<'_>) -> Scale {
    Scale {
        replicas: statement.setting("replicas"),
        cpu: statement.child("cpu").and_then(Statement::amount),
        memory: statement.child("memory").and_then(Statement::amount),
        expose: statement.child("expose").map(expose),
    }
}

fn build(statement: &Statement<'_>, bag: &mut Bag) -> Build {
    let versions = statement
        .statements()
        .iter()
        .filter(|child| matches!(child.row.word, "node" | "python"));
    Build {
        span: statement.span(),
        recipe: statement.slot("recipe"),
        context: statement.slot("context"),
        versions: versions
            .map(|option| VersionOption {
                runtime: Spanned::new(option.row.word, option.fact.head.span),
                version: option.slot("version"),
                flavour: option.words.first().cloned(),
            })
            .collect(),
        packages: statement.setting("packages"),
        entry: statement.setting("entry"),
        arguments: free_settings(statement, bag),
    }
}

fn expose(statement: &Statement<'_>) -> Expose {
    let way = statement.words.first().map(|word| match word.value {
        "nodeport" => ExposeWay::NodePort(statement.slot("port")),
        "loadbalancer" => ExposeWay::LoadBalancer(statement.slot("host")),
        "ingress" => ExposeWay::Ingress {
            host: statement.slot("host"),
            path: statement.slot("path"),
            tls: statement.word("tls"),
            secret: statement.slot("secret"),
        },
        _ => ExposeWay::Internal,
    });
    Expose {
        span: statement.span(),
        way,
    }
}

fn health(statement: &Statement<'_>) -> Health {
    Health {
        span: statement.span(),
        path: statement.slot("path"),
        probes: statement
            .statements()
            .iter()
            .map(|probe| ProbeLine {
                which: Spanned::new(probe.row.word, probe.fact.head.span),
                off: probe.word("off").is_some(),
                every: probe.slot("every"),
                after: probe.slot("after"),
                timeout: probe.slot("timeout"),
                failures: probe.slot("failures"),
            })
            .collect(),
    }
}

fn env(statement: &Statement<'_>, bag: &mut Bag) -> Vec<EnvLine> {
    let mut lines = Vec::new();
    for fact in statement.free() {
        let head = &fact.head;
        if fact.form == Form::Spread {
            if matches!(head.value.as_str(), "config" | "secrets") {
                lines.push(EnvLine::Spread(Spanned::new(head.value.clone(), fact.span)));
            } else {
                let message = format!("`..{}` is no group of variables", head.value);
                let diagnostic = Diagnostic::new(Code::UnknownWord, fact.span, message);
                bag.push(diagnostic.help("write `..config` or `..secrets`"));
            }
        } else if fact.value.is_some() {
            lines.push(EnvLine::Set(setting(fact, bag)));
        } else if let Some(atom) = fact.atoms.first() {
            let message = format!(
                "expected `=`, a comma or a new line, found {}",
                atom.describe()
            );
            let diagnostic = Diagnostic::new(Code::Expected, atom.span, message);
            bag.push(diagnostic.help(format!("write `{0}` or `{0} = value`", head.value)));
        } else if !fact.broken {
            lines.push(EnvLine::Shared(head.clone()));
        }
    }
    lines
}

fn target(statement: &Statement<'_>) -> Target {
    Target {
        span: statement.span(),
        name: statement.slot("name"),
        settings: settings(statement),
        tiers: statement
            .children("tier")
            .map(|tier| TargetTier {
                span: tier.span(),
                name: tier.slot("name"),
                scale: scale(tier),
            })
            .collect(),
    }
}
