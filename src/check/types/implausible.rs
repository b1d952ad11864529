//! Values that Kubernetes takes and that are hardly meant: a unit was forgotten, or two numbers
//! were taken for each other.

use super::measure::Measure;
use crate::catalog::databases::{ENGINES, Engine};
use crate::catalog::protocols;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::Quantity;
use crate::source::{Span, Spanned};
use crate::syntax::ast::Name;

/// Most cores of one container that are taken for meant, in thousandths.
const MOST_CPU: i128 = 64 * 1000;
/// The least of memory, in thousandths of bytes: no runtime starts a container in less.
const LEAST_MEMORY: i128 = 1000 * (4 << 20);
/// The most of memory, in thousandths of bytes.
const MOST_MEMORY: i128 = 1000 * (1 << 40);
/// The least of storage, in thousandths of bytes.
const LEAST_STORAGE: i128 = 1000 * (1 << 20);

/// Folders of an image that nothing works without.
const OF_IMAGES: &[&str] = &[
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/lib64",
    "/proc",
    "/sbin",
    "/sys",
    "/usr",
    "/usr/bin",
    "/usr/lib",
    "/usr/local",
    "/usr/local/bin",
    "/usr/local/lib",
    "/usr/sbin",
    "/var",
];

/// Warns of an amount that no container has.
pub(in crate::check) fn amount(
    name: &Name,
    quantity: &Quantity,
    measure: Measure,
    found: &mut Findings,
) {
    let text = name.value.as_str();
    let milli = quantity.milli;
    let unit = |unit: &str| format!("{text}{unit}");
    let is_bare = text.chars().all(|c| c.is_ascii_digit());
    let (what, right) = match measure {
        // Rounded up: `0.001` and `1m` are as short as they get.
        Measure::Cpu if milli == 1 && text.len() > "0.001".len() => {
            ("less than a thousandth of a core", Some("1m".to_owned()))
        }
        Measure::Cpu if milli > MOST_CPU => {
            let right = is_bare.then(|| unit("m"));
            ("more cores than nodes have", right)
        }
        Measure::Memory if milli < LEAST_MEMORY => {
            let right = is_bare.then(|| unit("Mi"));
            ("too little memory for any process", right)
        }
        Measure::Memory if milli > MOST_MEMORY => ("more memory than nodes have", None),
        Measure::Storage if milli < LEAST_STORAGE => {
            let right = is_bare.then(|| unit(if text.len() > 2 { "Mi" } else { "Gi" }));
            ("less storage than a file system takes for itself", right)
        }
        Measure::Cpu | Measure::Memory | Measure::Storage => return,
    };
    let message = format!("`{text}` is {what}");
    let diagnostic = Diagnostic::new(Code::Implausible, name.span, message);
    found.push(match right {
        Some(right) => diagnostic.maybe(format!("write `{right}`"), name.span, right),
        None => diagnostic.help("write what the process takes, with its unit"),
    });
}

/// Warns of a claim that a database fills before anybody writes anything.
pub(in crate::check) fn storage(
    name: &Name,
    quantity: &Quantity,
    (engine, least): (&str, u64),
    found: &mut Findings,
) {
    // What is less than any file system takes has been complained of.
    if quantity.milli < LEAST_STORAGE || quantity.milli >= 1000 * i128::from(least) {
        return;
    }
    let message = format!(
        "`{}` is less than an empty `{engine}` takes, which is {} MiB",
        name.value,
        least >> 20
    );
    let diagnostic = Diagnostic::new(Code::Implausible, name.span, message);
    found.push(diagnostic.maybe("write `1Gi`", name.span, "1Gi"));
}

/// Warns of a port without a name whose number is that of another protocol than http.
pub(in crate::check) fn speaks_http(written: &Name, number: u16, found: &mut Findings) {
    let Some(protocol) = protocols::by_number(number) else {
        return;
    };
    let message = format!("`port {number}` speaks http, and this is the number of {protocol}");
    let right = format!("{protocol} {number}");
    found.push(
        Diagnostic::new(Code::Implausible, written.span, message).maybe(
            format!("write `port {right}`"),
            written.span,
            right,
        ),
    );
}

/// Warns of a tier without pods.
pub(in crate::check) fn no_pods(number: &Name, found: &mut Findings) {
    let message = "with `0` replicas, nothing runs";
    found.push(
        Diagnostic::new(Code::Implausible, number.span, message).help(
            "write how many pods there are, or leave the tier out of a target: `without NAME`",
        ),
    );
}

/// Warns of a rollout that may stop all pods at once.
pub(in crate::check) fn all_stop(
    unavailable: &Name,
    replicas: u32,
    origin: Span,
    found: &mut Findings,
) {
    let message =
        format!("with {replicas} of {replicas} pods stopped at once, nothing serves meanwhile");
    let diagnostic = Diagnostic::new(Code::Implausible, unavailable.span, message);
    found.push(
        diagnostic
            .also(origin, "this is how many there are")
            .help("write `surge 1 unavailable 0`, or `rollout recreate` if that is meant"),
    );
}

/// Warns of a probe that is asked again before it must have answered.
pub(in crate::check) fn overlaps(timeout: &Name, seconds: u32, every: u32, found: &mut Findings) {
    let message = format!("an answer may take {seconds}s, and is asked for every {every}s");
    found.push(
        Diagnostic::new(Code::Implausible, timeout.span, message).help(format!(
            "write a timeout of at most `{every}s`, or ask less often"
        )),
    );
}

/// Warns of a route that is written as a pattern: it is compared letter by letter.
pub(in crate::check) fn pattern(path: &Name, found: &mut Findings) {
    let text = path.value.as_str();
    let plain = text.trim_end_matches(['*', '$', '.']).trim_end_matches('/');
    if !text.contains(['*', '(', '|', '^', '$']) {
        return;
    }
    let message = format!("`{text}` is compared letter by letter, and not as a pattern");
    let diagnostic = Diagnostic::new(Code::Implausible, path.span, message);
    found.push(
        if plain.is_empty() || plain.contains(['*', '(', '|', '^', '$']) {
            diagnostic.help("write the path that all of them begin with")
        } else {
            let right = format!("\"{plain}\"");
            diagnostic.maybe(
                format!("write {right}: it means all below it, too"),
                path.span,
                right,
            )
        },
    );
}

/// Warns of a scheme of databases of another kind.
pub(in crate::check) fn scheme(scheme: &Name, member: &str, engine: &Engine, found: &mut Findings) {
    const OF_OTHERS: &[&str] = &[
        "amqp", "http", "https", "mongodb", "mssql", "oracle", "sqlite",
    ];
    if engine.drivers.contains(&scheme.value.as_str()) {
        let message = format!("`{}` is a driver, and no scheme", scheme.value);
        let right = format!("\"{}+{}\"", engine.scheme, scheme.value);
        let diagnostic = Diagnostic::new(Code::Implausible, scheme.span, message);
        found.push(diagnostic.maybe(format!("write {right}"), scheme.span, right));
        return;
    }
    let base = scheme.value.split('+').next().unwrap_or_default();
    let others = ENGINES.iter().filter(|it| it.word != engine.word);
    let mut others = others.flat_map(|it| it.schemes.iter().chain([&it.scheme]));
    let is_own = engine.scheme == base || engine.schemes.contains(&base);
    if !is_own && (OF_OTHERS.contains(&base) || others.any(|other| *other == base)) {
        let message = format!("`{}` isn't a scheme of this kind of database", scheme.value);
        let help = format!(
            "write `{member}` for its own, or a driver of it: `url(\"{}\")`",
            engine.driver
        );
        found.push(Diagnostic::new(Code::Implausible, scheme.span, message).help(help));
    }
}

/// Warns of a limit of memory in which a database doesn't come up.
pub(in crate::check) fn database_memory(
    limit: &Spanned<Quantity>,
    engine: &Engine,
    found: &mut Findings,
) {
    let least = engine.least_memory;
    if limit.value.milli >= 1000 * (i128::from(least) << 20) {
        return;
    }
    let message = format!("a {} doesn't start in `{}`", engine.word, limit.value.text);
    found.push(
        Diagnostic::new(Code::Implausible, limit.span, message).help(format!(
            "give it `{least}Mi` at the least, and more for its data"
        )),
    );
}

/// Warns of a folder over one that the image needs.
pub(in crate::check) fn hides(path: &Name, found: &mut Findings) {
    let text = path.value.trim_end_matches('/');
    if !OF_IMAGES.contains(&text) {
        return;
    }
    let message = format!("a folder at `{text}` hides all that the image has there");
    found.push(
        Diagnostic::new(Code::Implausible, path.span, message).help(format!(
            "choose a folder of the application's own, such as \"{text}/data\" or \"/srv/data\""
        )),
    );
}
