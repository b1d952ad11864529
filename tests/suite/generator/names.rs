//! Names, hosts, paths and amounts, short and at their bounds.

use fastrand::Rng;

/// Words of the language, of YAML and of Kubernetes: any may be a name.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "web", "api", "backend", "worker", "search", "a", "y", "n", "on", "off", "no", "yes", "null",
    "nan", "inf", "true", "false", "x1", "e1", "from", "as", "of", "at", "tls", "path", "tier", "job",
    "cron", "object", "key", "shared", "read", "zone", "class", "tcp", "grpc", "exec", "every", "http",
    "service", "host", "port", "url", "origin", "kubernetes", "data", "files", "tmp", "public", "local",
    "latest", "allow", "needs", "volume", "patch", "build", "image", "secrets", "optional", "json",
];

/// A label of so many characters (RFC 1035).
pub(super) fn label(rng: &mut Rng, length: usize) -> String {
    const INNER: &[u8] = b"abcxyz0189-";
    let edge = |rng: &mut Rng| char::from(*rng.choice(b"aeinyz").expect("one"));
    let mut name: String = edge(rng).into();
    while name.len() + 1 < length {
        name.push(char::from(*rng.choice(INNER).expect("one")));
    }
    if length > 1 {
        name.push(edge(rng));
    }
    name
}

/// A label of at most so many characters: a word, one letter, or as many as there may be.
pub(super) fn name(rng: &mut Rng, most: usize) -> String {
    let word = *rng.choice(WORDS).expect("one");
    match rng.u8(..10) {
        0 => label(rng, 1),
        1 | 2 => label(rng, most),
        3..5 => {
            let length = rng.usize(1..=most.min(14));
            label(rng, length)
        }
        _ if word.len() <= most => word.to_owned(),
        _ => label(rng, most),
    }
}

/// Keys that readers of YAML or shells take for something else, and words of the language.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "y", "N", "on", "NO", "null", "true", "_", "__", "A1", "e1", "allow", "optional", "PATH_INFO",
    "LOG_LEVEL", "TZ", "build", "env", "config", "from", "inf", "x", "LANG", "port", "json", "nan",
];

/// The name of a variable: letters, digits and `_`, up to 253. Some letters are left out, so that
/// it ends in none of the words by which secrets, origins and hosts are known.
pub(super) fn key(rng: &mut Rng) -> String {
    const FIRST: &[u8] = b"ABCEFGabcefg_";
    const INNER: &[u8] = b"ABCEFGabcefg_0189";
    let length = match rng.u8(..20) {
        0 => 253,
        1 => 1,
        2..8 => return (*rng.choice(KEYS).expect("one")).to_owned(),
        _ => rng.usize(3..12),
    };
    let mut name: String = char::from(*rng.choice(FIRST).expect("one")).into();
    while name.len() < length {
        name.push(char::from(*rng.choice(INNER).expect("one")));
    }
    name
}

/// The key of a label or annotation: `[PREFIX/]NAME`.
pub(super) fn qualified(rng: &mut Rng) -> String {
    let length = *rng.choice(&[1, 2, 5, 5, 9, 63]).expect("one");
    let mut name = label(rng, length);
    if rng.bool() {
        name = name.to_ascii_uppercase();
    }
    if length > 3 {
        name = name.replace('-', rng.choice(&["-", "_", "."]).expect("one"));
        // What begins so may be a token of Yandex.
        name = name.replace("y0_", "y1_");
    }
    match rng.u8(..4) {
        0 => format!("example.com/{name}"),
        1 => format!("{}/{name}", host(rng, 253)),
        _ => name,
    }
}

/// The value of a label.
pub(super) fn label_value(rng: &mut Rng) -> String {
    match rng.u8(..10) {
        0 => String::new(),
        1 => label(rng, 63).to_ascii_uppercase(),
        2 => "1_0.0-a".to_owned(),
        3 => (*rng
            .choice(&[
                "y",
                "no",
                "1e3",
                "0x1F",
                "1_000",
                "2001-12-14",
                "null",
                "1.0",
            ])
            .expect("one"))
        .to_owned(),
        _ => label(rng, 6),
    }
}

/// A DNS name of at most so many characters.
pub(super) fn host(rng: &mut Rng, most: usize) -> String {
    match rng.u8(..12) {
        0 => {
            let mut name = label(rng, 63);
            while name.len() + 64 <= most {
                name = format!("{}.{name}", label(rng, 63));
            }
            if name.len() + 2 <= most {
                let left = most - name.len() - 1;
                name = format!("{}.{name}", label(rng, left));
            }
            name
        }
        1 => format!("0{}.1e3.example", label(rng, 2)),
        2 => format!("xn--{}.example.com", label(rng, 6)),
        _ => format!("{}.example.com", label(rng, 8)),
    }
}

/// A path of a URL; `number` makes it one of its own.
pub(super) fn url_path(rng: &mut Rng, number: usize) -> String {
    let tail = *rng
        .choice(&[
            "", "/", "/a%20b", "/~x", "/a.b", "/$(A)", "/[x]", "/a;b=c,d", "/'", "/*", "/@:",
        ])
        .expect("one");
    format!("/p{number}{tail}")
}

/// An absolute path in a container; `number` makes it one of its own.
pub(super) fn folder(rng: &mut Rng, number: usize) -> String {
    let long = format!("/srv/{}/x", "d".repeat(200));
    let before = *rng
        .choice(&[
            "/srv", "/tmp", "/var/lib", "/a'b", "/a\"b", "/$(A)", "/{{x}}", "/-", "/.hidden",
            "/A,B", "/#", "/a=b", &long,
        ])
        .expect("one");
    let end = if rng.u8(..8) == 0 { "/" } else { "" };
    format!("{before}/m{number}{end}")
}

/// Amounts of cpu, and of bytes: each list from the smallest to the largest.
const CPUS: &[&str] = &[
    "0.001", "1m", "10m", "0.1", "100m", "0.25", "500m", "1", "1000m", "1.5", "2", "32", "64",
];
const BYTES: &[&str] = &[
    "1k",
    "1024",
    "1Ki",
    "500k",
    "1M",
    "1Mi",
    "10Mi",
    "64Mi",
    "128Mi",
    "0.5Gi",
    "512Mi",
    "1G",
    "1Gi",
    "1024Mi",
    "1.5Gi",
    "2Gi",
    "100Gi",
    "1T",
    "1Ti",
    "999999999999999",
    "1P",
    "1Pi",
    "8Pi",
];

/// The first of them in which a process starts.
const LEAST: usize = 6;

/// An amount of cpu, or a range.
pub(super) fn cpu(rng: &mut Rng) -> String {
    range(rng, CPUS, 0)
}

/// An amount of memory or storage, or a range.
pub(super) fn memory(rng: &mut Rng) -> String {
    range(rng, BYTES, LEAST)
}

/// An amount of bytes.
pub(super) fn bytes(rng: &mut Rng) -> String {
    (*rng.choice(BYTES).expect("one")).to_owned()
}

/// The size of a claim that a database doesn't fill by itself.
pub(super) fn claim(rng: &mut Rng) -> String {
    let size = bytes(rng);
    if size.ends_with(['i', 'G', 'T']) && !size.ends_with("Ki") && !size.ends_with("Mi") {
        size
    } else {
        "1Gi".to_owned()
    }
}

/// An amount, or a request and a limit, the limit from the amount at `least` on.
fn range(rng: &mut Rng, amounts: &[&str], least: usize) -> String {
    let from = rng.usize(..amounts.len());
    let limit = from.max(least);
    match rng.u8(..4) {
        0 => amounts[limit].to_owned(),
        1 => format!("{0}..{0}", amounts[limit]),
        _ => format!(
            "{}..{}",
            amounts[from],
            amounts[rng.usize(limit..amounts.len())]
        ),
    }
}

/// A duration, from a second to a day.
pub(super) fn duration(rng: &mut Rng) -> &'static str {
    rng.choice(&["1s", "2s", "30s", "60s", "5m", "90m", "1h", "24h", "86400s"])
        .expect("one")
}
