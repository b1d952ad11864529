//! Databases of several servers, which an operator runs: what holds of them, and what only a pod of our own
//! can have.

use crate::catalog::databases::operator::{Operator, settings};
use crate::catalog::databases::{Engine, version};
use crate::check::findings::Findings;
use crate::check::types::numbers;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Database, ImageReference, Operated, Quantity, SecretKey};
use crate::source::Span;
use crate::syntax::ast::{self, Name};

/// What of a database's pod an operator decides, in the words that follow `it`.
const DECIDES: &str = "makes the pods itself";

/// How many servers there are, and who runs them; complains of statements that hold of a pod of our own alone.
pub(in crate::check) fn of(
    database: &ast::Database,
    engine: &Engine,
    found: &mut Findings,
) -> Option<Operated> {
    let (said, operator) = (database.instances.as_ref()?, engine.operator?);
    let most = operator.most;
    let instances = numbers::number(said, "number of servers", 1..=most, found);
    of_pods(database, operator, said.span, found);
    if let Some(secret) = database.secrets.first()
        && let Some(key) = &secret.key
        && key.value != operator.secret_keys.1
    {
        let message = format!(
            "{} reads the password by the key `{}`, and no other",
            operator.name, operator.secret_keys.1
        );
        found.push(refused(key.span, message, said.span).help(format!(
            "delete `as \"{}\"`, or write `as \"{}\"`",
            key.value, operator.secret_keys.1
        )));
    }
    Some(Operated {
        operator,
        // What is wrong with the number is said: it is run by the operator in any case.
        instances: instances.unwrap_or(1),
        origin: said.span,
    })
}

fn refused(place: Span, message: String, instances: Span) -> Diagnostic {
    Diagnostic::new(Code::Misplaced, place, message).also(instances, "by this statement")
}

/// Complains of what is said of pods.
fn of_pods(database: &ast::Database, operator: &Operator, place: Span, found: &mut Findings) {
    let mut refuse = |span: Span, word: &str, help: &str| {
        let message = format!(
            "`{word}` has no effect beside `instances`: {} {DECIDES}",
            operator.name
        );
        found.push(refused(span, message, place).help(help));
    };
    if let Some(word) = &database.workload {
        let help = "delete this line, or `instances`: its pods belong to the `Cluster`";
        refuse(word.span, "workload", help);
    }
    if let Some(uid) = &database.uid {
        let help = "delete this line; what runs as another user is `patch Cluster` with `spec: {postgresUID: …, postgresGID: …}`";
        refuse(uid.span, "uid", help);
    }
    for path in &database.writable {
        refuse(path.span, "writable", "delete this line");
    }
    if let Some(line) = database.env.first() {
        let help = "delete this block; settings of the server are `args \"-c\" \"NAME=VALUE\"`, such as \"timezone=UTC\"";
        refuse(line_span(line), "env", help);
    }
    for file in &database.files {
        let help = "delete this line; tables are made by `migrate` of a tier, and extensions by `patch Cluster` with \
                    `spec: {bootstrap: {initdb: {postInitApplicationSQL: […]}}}`";
        refuse(file.span, "file", help);
    }
    for name in &database.without {
        if matches!(name.value.as_str(), "read_only_root" | "egress_policy") {
            let word = format!("without {}", name.value);
            refuse(
                name.span,
                &word,
                "delete this line: it is about pods of our own",
            );
        }
    }
}

fn line_span(line: &ast::EnvLine) -> Span {
    match line {
        ast::EnvLine::Set(setting) => setting.key.span,
        ast::EnvLine::Shared(name) | ast::EnvLine::Spread(name) => name.span,
    }
}

/// The image of the operator for the version of the engine's own; complains of a release that is older than
/// the first of them.
pub(in crate::check) fn image(
    image: &ImageReference,
    operated: &Operated,
    version: &Name,
    found: &mut Findings,
) -> ImageReference {
    let operator = operated.operator;
    let mut numbers = version.value.split('.').map(str::parse::<u32>);
    if let (Some(Ok(major)), Some(Ok(release))) = (numbers.next(), numbers.next())
        && let Some((_, first)) = operator.releases.iter().find(|(it, _)| *it == major)
        && release < *first
    {
        let message = format!(
            "{} has no image of `{}`: its images begin with {major}.{first}",
            operator.name, version.value
        );
        found.push(
            Diagnostic::new(Code::UnknownVersion, version.span, message)
                .also(operated.origin, "which runs it")
                .help(format!(
                    "write `version {major}`, or `version {major}.{first}`"
                )),
        );
    }
    let tag = image.tag.as_ref();
    ImageReference {
        repository: operator.images.to_owned(),
        tag: tag.map(|tag| format!("{tag}-{}", operator.variant)),
        digest: None,
    }
}

/// Complains of an image that starts a server by itself, as the engine's own does: the operator starts
/// servers by a program of its own, as the user of its images.
pub(in crate::check) fn can_run(
    image: &Name,
    reference: &ImageReference,
    engine: &Engine,
    operated: &Operated,
    found: &mut Findings,
) {
    let bare = reference.repository.as_str();
    let bare = bare.strip_prefix("docker.io/").unwrap_or(bare);
    let name = bare.rsplit('/').next().unwrap_or_default();
    let is_own =
        matches!(bare.rsplit_once('/'), None | Some(("library", _))) && name == engine.image;
    let operator = operated.operator;
    let group = operator.images.rsplit_once('/').map(|(group, _)| group);
    let is_of_operator = group.is_some_and(|group| reference.repository.starts_with(group));
    if is_of_operator || !(is_own || engine.derived.contains(&name)) {
        let tag = reference.tag.as_deref().unwrap_or_default();
        if !tag.starts_with(|c: char| c.is_ascii_digit()) {
            let message = format!(
                "the tag of `{}` doesn't begin with a number, by which {} knows the version",
                image.value, operator.name
            );
            found.push(
                Diagnostic::new(Code::UnknownVersion, image.span, message)
                    .also(operated.origin, "by this statement")
                    .help("give the image a tag such as `17.6-1`"),
            );
        }
        return;
    }
    let message = format!(
        "{} can't run `{}`: that image starts one server by itself",
        operator.name, image.value
    );
    let major = reference.tag.as_deref().and_then(version::major);
    let major = major.map_or(engine.suggested.to_owned(), |major| major.to_string());
    let example = format!("{}:{major}-{}", operator.images, operator.variant);
    found.push(
        Diagnostic::new(Code::InvalidImage, image.span, message)
            .also(operated.origin, "by this statement")
            .help(format!(
                "write `version {major}`, whose image has pgvector among others, or an image made from \"{example}\""
            )),
    );
}

/// Makes the password's key the one that the operator reads.
pub(in crate::check) fn named(mut key: SecretKey, operator: Option<&Operator>) -> SecretKey {
    if let Some(operator) = operator {
        operator.secret_keys.1.clone_into(&mut key.key);
    }
    key
}

/// Complains of arguments that aren't settings, or settings that the operator makes itself.
pub(in crate::check) fn settings_are_right(database: &Database, found: &mut Findings) {
    let Some(operated) = database.operated() else {
        return;
    };
    let operator = operated.operator;
    let args: Vec<_> = database.args.iter().map(|arg| arg.value.as_str()).collect();
    if let Err(at) = settings(&args) {
        let place = database
            .args
            .get(at)
            .map_or(database.id.origin, |arg| arg.span);
        let message = format!(
            "{} takes settings of the server, and no other arguments",
            operator.name
        );
        found.push(refused(place, message, operated.origin).help(
            "write each as `\"-c\" \"NAME=VALUE\"`, such as `args \"-c\" \"max_connections=200\"`",
        ));
        return;
    }
    for (name, value) in database.settings() {
        let what = if operator.own_settings.contains(&name.as_str()) {
            format!(
                "{} makes `{name}` itself, and refuses another",
                operator.name
            )
        } else if name == "wal_level" && value.value == "minimal" {
            format!("a server whose `{name}` is `minimal` has no others beside it")
        } else if name == "wal_log_hints" && is_off(&value.value) {
            format!("servers that take each other's place need `{name}`")
        } else {
            continue;
        };
        found.push(refused(value.span, what, operated.origin).help("leave this setting out"));
    }
    buffers_fit(database, operator, found);
}

fn is_off(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    ["off", "false", "no", "0", "f", "n"].contains(&value.as_str())
}

/// Complains of more shared buffers than memory is set aside: the operator refuses them.
fn buffers_fit(database: &Database, operator: &Operator, found: &mut Findings) {
    let settings = database.settings();
    let (Some(said), Some(memory)) = (settings.get("shared_buffers"), &database.resources.memory)
    else {
        return;
    };
    let value = said.value.trim_end_matches('B').replace(' ', "");
    let value = match value.strip_suffix(['k', 'M', 'G', 'T']) {
        Some(number) => {
            let unit = value
                .get(number.len()..)
                .unwrap_or_default()
                .to_ascii_uppercase();
            Quantity::parse(&format!("{number}{unit}i"))
        }
        None => Quantity::parse(&format!("{value}Mi")),
    };
    let fits = value.is_none_or(|value| value.milli <= memory.request.value.milli);
    if !fits {
        let message = format!(
            "{} refuses `shared_buffers` of more than the {} that are requested",
            operator.name, memory.request.value.text
        );
        found.push(
            Diagnostic::new(Code::InvalidQuantity, said.span, message)
                .also(memory.request.span, "the request")
                .help("write less, such as a quarter of the memory, or request more memory"),
        );
    }
}

/// The place of a reserved name, which the operator has for itself.
pub(in crate::check) fn names_are_free(
    database: &Database,
    said: &ast::Database,
    found: &mut Findings,
) {
    use crate::check::types::texts;
    let (Some(operated), Some(account)) = (database.operated(), &database.account) else {
        return;
    };
    let operator = operated.operator;
    let free = texts::is_free(
        &account.database,
        texts::DATABASE,
        operator.databases,
        found,
    );
    // By default it is that of the database, of which it is said.
    if free || said.user.is_some() {
        texts::is_free(&account.user, texts::USER, operator.users, found);
    }
}
