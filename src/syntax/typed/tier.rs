//! `tier` and what stands in it.

use super::storage::{file, patches, volume};
use super::{config, free_settings, secret, setting, takes_no_block};
use crate::catalog::keys::Place;
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::{
    Admission, Build, BuildSecret, EnvLine, Expose, ExposeWay, Giver, Handler, Health,
    HostSettings, Migration, Name, Port, ProbeLine, Replicas, Rollout, Scale, Setting, Tier,
    VersionOption,
};
use crate::syntax::signature::{self, Statement};
use crate::syntax::tree::{Fact, Form};
use crate::syntax::values;

pub(super) fn tier(statement: &Statement<'_>, bag: &mut Bag) -> Tier {
    Tier {
        span: statement.span(),
        name: statement.slot("name"),
        from: statement.slot("tier"),
        build: statement.child("build").map(|child| build(child, bag)),
        image: statement.setting("image"),
        ports: statement
            .children("port")
            .map(|port| Port {
                span: port.span(),
                name: port.slot("name"),
                container: port.slot("port"),
                service: port.slot("service"),
                udp: port.word("udp"),
                scheme: port.slot("scheme"),
            })
            .collect(),
        scale: scale(statement, bag),
        admits: statement.children("admit").map(admission).collect(),
        health: statement.child("health").map(health),
        disk: statement.child("disk").and_then(Statement::amount),
        rollout: statement.child("rollout").map(|rollout| Rollout {
            span: rollout.span(),
            recreate: rollout.word("recreate").is_some(),
            surge: rollout.slot("surge"),
            unavailable: rollout.slot("unavailable"),
        }),
        command: words(statement, "command"),
        args: words(statement, "args"),
        migrations: statement
            .children("migrate")
            .map(|line| Migration {
                span: line.span(),
                in_pod: line.word("in"),
                command: line.slots("text").collect(),
            })
            .collect(),
        user: statement.setting("user"),
        grace: statement.setting("grace"),
        account: statement.setting("account"),
        writable: statement.all("writable", "path"),
        volumes: statement.children("volume").map(volume).collect(),
        files: statement.children("file").map(file).collect(),
        annotations: statement
            .children("annotate")
            .filter_map(|line| annotation(line, bag))
            .collect(),
        alias: statement.setting("name"),
        without: statement.all("without", "default"),
        needs: names(statement, "needs"),
        after: names(statement, "after"),
        config: statement.child("config").map(|child| config(child, bag)),
        secrets: statement.children("secret").map(secret).collect(),
        env: statement
            .child("env")
            .map_or(Vec::new(), |child| env(child, bag)),
        broken: statement.is_broken(),
    }
}

/// `admit …`.
pub(super) fn admission(statement: &Statement<'_>) -> Admission {
    Admission {
        span: statement.span(),
        namespace: statement.slot("namespace"),
        labels: statement.slots("label").collect(),
        blocks: statement.slots("block").collect(),
        ports: statement.slots("port").collect(),
    }
}

/// The names behind the statement of that word.
fn names(statement: &Statement<'_>, word: &str) -> Vec<Name> {
    statement
        .child(word)
        .map_or(Vec::new(), |child| child.slots("name").collect())
}

/// The strings behind the statement of that word.
pub(super) fn words(statement: &Statement<'_>, word: &str) -> Vec<Name> {
    statement
        .child(word)
        .map_or(Vec::new(), |child| child.slots("text").collect())
}

/// `annotate "key" = value`.
pub(super) fn annotation(line: &Statement<'_>, bag: &mut Bag) -> Option<Setting> {
    let value = line.fact.value.as_ref()?;
    Some(Setting {
        key: line.slot("key")?,
        is_quoted: true,
        value: values::value(value, line.fact.broken, bag),
        giver: Giver::Here,
    })
}

/// What is said of hosts, by the block that it stands in.
pub(super) fn host_settings(statement: &Statement<'_>, bag: &mut Bag) -> HostSettings {
    let annotations = statement.children("annotate");
    HostSettings {
        annotations: annotations
            .filter_map(|line| annotation(line, bag))
            .collect(),
        body: statement.setting("body"),
        timeout: statement.setting("timeout"),
        strip: statement.child("strip").map(Statement::span),
        stripped: statement
            .children("strip")
            .flat_map(|line| line.slots("path"))
            .collect(),
    }
}

pub(super) fn scale(statement: &Statement<'_>, bag: &mut Bag) -> Scale {
    let exposes = statement.children("expose");
    let mut exposes: Vec<Expose> = exposes.map(|line| expose(line, bag)).collect();
    let is_ingress = |it: &Expose| matches!(it.way, Some(ExposeWay::Ingress { .. }));
    let first = exposes.iter().position(is_ingress).unwrap_or_default();
    Scale {
        replicas: statement.child("replicas").map(|replicas| Replicas {
            span: replicas.span(),
            // Of half a statement nobody knows what a range follows.
            number: replicas.amount().filter(|_| !replicas.broken),
            percent: share(replicas, "cpu"),
            memory_percent: share(replicas, "memory"),
        }),
        cpu: statement.child("cpu").and_then(Statement::amount),
        memory: statement.child("memory").and_then(Statement::amount),
        expose: (first < exposes.len()).then(|| exposes.remove(first)),
        further: exposes,
        patches: patches(statement),
        broken: statement.is_broken(),
    }
}

/// The share behind a word of `replicas`.
fn share(replicas: &Statement<'_>, of: &str) -> Option<Name> {
    let words = replicas.words.iter().filter(|word| word.value != "at");
    let mut shares = words.zip(replicas.slots("percent"));
    shares.find_map(|(word, percent)| (word.value == of).then_some(percent))
}

pub(super) fn build(statement: &Statement<'_>, bag: &mut Bag) -> Build {
    let options = statement.statements().iter();
    let options = options.filter(|child| child.row.places == [Place::Build]);
    let versions = statement
        .statements()
        .iter()
        .filter(|child| matches!(child.row.word, "node" | "python" | "go" | "rust"));
    Build {
        span: statement.span(),
        recipe: statement.slot("recipe"),
        context: statement.slot("context"),
        options: options
            .map(|option| Spanned::new(option.row.word, option.fact.head.span))
            .collect(),
        versions: versions
            .map(|option| VersionOption {
                runtime: Spanned::new(option.row.word, option.fact.head.span),
                version: option.slot("version"),
                flavour: option.words.first().cloned(),
            })
            .collect(),
        packages: statement.setting("packages"),
        entry: statement.setting("entry"),
        workspace: statement.setting("workspace"),
        system: words(statement, "system"),
        build_system: words(statement, "build_system"),
        data: words(statement, "data"),
        stand_ins: statement.all("stand_in", "name"),
        secrets: statement
            .children("secret")
            .filter_map(|line| {
                Some(BuildSecret {
                    name: line.slot("name")?,
                    file: line.slot("path"),
                })
            })
            .collect(),
        max_size: statement.setting("max_size"),
        file: statement.setting("file"),
        stage: statement.setting("stage"),
        arguments: free_settings(statement, bag),
    }
}

pub(super) fn expose(statement: &Statement<'_>, bag: &mut Bag) -> Expose {
    let way = statement.words.first().map(|word| match word.value {
        "nodeport" => ExposeWay::NodePort(statement.slot("port")),
        "loadbalancer" => ExposeWay::LoadBalancer(statement.slot("host")),
        "ingress" => ExposeWay::Ingress {
            host: statement.slot("host"),
            path: statement.slot("path"),
            tls: statement.word("tls"),
            secret: statement.slot("secret"),
        },
        "forward" => ExposeWay::Forward(statement.slot("local")),
        "elsewhere" => ExposeWay::Elsewhere(statement.slot("url")),
        _ => ExposeWay::Internal,
    });
    let has_block = !statement.statements().is_empty();
    Expose {
        span: statement.span(),
        way,
        port: statement.slot("name"),
        settings: has_block.then(|| host_settings(statement, bag)),
    }
}

pub(super) fn health(statement: &Statement<'_>) -> Health {
    Health {
        span: statement.span(),
        handler: handler(statement),
        host: statement.setting("host"),
        port: statement.child("port").and_then(|port| port.slot("name")),
        probes: statement
            .statements()
            .iter()
            .filter(|line| !matches!(line.row.word, "host" | "port"))
            .map(|probe| ProbeLine {
                which: Spanned::new(probe.row.word, probe.fact.head.span),
                off: probe.word("off").is_some(),
                handler: handler(probe),
                every: probe.slot("every"),
                after: probe.slot("after"),
                timeout: probe.slot("timeout"),
                failures: probe.slot("failures"),
            })
            .collect(),
    }
}

/// What a probe asks, if its line says so.
fn handler(statement: &Statement<'_>) -> Option<Handler> {
    if let Some(path) = statement.slot("path") {
        return Some(Handler::Get(path));
    }
    if statement.word("exec").is_some() {
        return Some(Handler::Exec(statement.slots("command").collect()));
    }
    let tcp = statement.word("tcp").map(Handler::Tcp);
    tcp.or_else(|| statement.word("grpc").map(Handler::Grpc))
}

/// `..config` or `..secrets`, each once in a block: a line behind the lines before it.
fn spread(fact: &Fact, before: &[EnvLine], bag: &mut Bag) -> Option<EnvLine> {
    let word = Spanned::new(fact.head.value.clone(), fact.span);
    if !matches!(word.value.as_str(), "config" | "secrets") {
        let message = format!("`..{}` isn't a group of variables", word.value);
        let diagnostic = Diagnostic::new(Code::UnknownWord, fact.span, message);
        bag.push(diagnostic.help("write `..config` or `..secrets`"));
        return None;
    }
    let first = before.iter().find_map(|line| match line {
        EnvLine::Spread(first) if first.value == word.value => Some(first),
        EnvLine::Spread(_) | EnvLine::Shared(_) | EnvLine::Set(_) => None,
    });
    let Some(first) = first else {
        return Some(EnvLine::Spread(word));
    };
    bag.push(signature::spread_again(first, &word));
    None
}

pub(super) fn env(statement: &Statement<'_>, bag: &mut Bag) -> Vec<EnvLine> {
    let mut lines = Vec::new();
    for fact in statement.free() {
        let head = &fact.head;
        if fact.form == Form::Spread {
            lines.extend(spread(fact, &lines, bag));
        } else if fact.value.is_some() {
            lines.push(EnvLine::Set(setting(fact, bag)));
        } else if let Some(atom) = fact.atoms.first() {
            let message = format!(
                "expected `=`, a comma or a new line, found {}",
                atom.describe()
            );
            let diagnostic = Diagnostic::new(Code::Expected, atom.span, message);
            bag.push(diagnostic.help(format!("write `{0}` or `{0} = value`", head.value)));
        } else if fact.block.is_some() {
            takes_no_block(fact, bag);
        } else if !fact.broken {
            lines.push(EnvLine::Shared(head.clone()));
        }
    }
    lines
}
