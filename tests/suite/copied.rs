//! Files behind `object`, as kubectl reads them: what is copied holds the objects that we say it holds,
//! and never a Secret, whatever it looks like.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use fastrand::Rng;
use serde::Deserialize;
use serde_json::Value;
use todoc::yaml::{self, Marked};
use todoc::{Options, compile};

use crate::support::{has_tool, report};

/// How many files are made, where `TODOC_CASES` doesn't say so.
const COUNT: usize = 300;

/// Lines that are put into an object, most of them ways to make it something else.
#[rustfmt::skip]
const TRICKS: &[&str] = &[
    "kind: Secret", "Kind: Secret", "KIND: Secret", "kind: secret", "kind: SECRET", "\"kind\": Secret",
    "\"\\x6bind\": Secret", "? kind\n: Secret", "kind: !!str Secret", "kind: !!binary U2VjcmV0",
    "!!str kind: Secret", "!!binary a2luZA==: Secret", "kind: &k Secret", "kind: *k", "apiVersion: /v1",
    "items:\n- {apiVersion: v1, kind: Secret, metadata: {name: NAME}}",
    "Items:\n- {apiVersion: v1, kind: Secret, metadata: {name: NAME}}",
    "ITEMS: [{apiVersion: v1, kind: Secret, metadata: {name: NAME}}]",
    "item\u{17f}: [{apiVersion: v1, kind: Secret, metadata: {name: NAME}}]",
    "<<: {kind: Secret}", "? <<\n: {kind: Secret}", "<<: [{kind: Secret}, {a: b}]", "\"<<\": {kind: Secret}",
    "m: &m {kind: Secret}\n<<: *m", "!!merge <<: {kind: Secret}",
    "# \u{2028}kind: Secret", "# \u{85}kind: Secret", "# \rkind: Secret", "a: b # \u{2029}kind: Secret",
    "---\napiVersion: v1\nkind: Secret\nmetadata: {name: NAME}", "--- {apiVersion: v1, kind: Secret, metadata: {name: NAME}}",
    "...\napiVersion: v1\nkind: Secret\nmetadata: {name: NAME}", "...", "...\n---", "---", "--- # a",
    "---x", "%YAML 1.1\n---", "\u{feff}kind: Secret", "a: |\n  ---\n  kind: Secret", "a: \"\n\n  kind: Secret\"",
    "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}", "metadata: {name: NAME}", "data: {a: b}",
    "data:\n  a: b", "data: {kind: Secret}", "data: {items: x}", "immutable: true", "a: &a [b]\nc: *a",
    "data: {a\n  : b}", "data: {\"a\"\n  : b, c: d}", "data: {a: [\"b\"\n  : c]}", "data: {? a\n  : b}",
    "metadata: {name: yes}", "metadata: {name: 010}", "metadata: {name: NAME, namespace: other}",
];

/// What an object begins with.
const HEADS: &[&str] = &[
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n",
    "kind: ConfigMap\nmetadata:\n  name: NAME\napiVersion: v1\n",
    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: NAME}\n",
    "apiVersion: v1\nmetadata: {name: NAME}\n",
    "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"NAME\"}}\n",
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: NAME}\n",
];

/// The text of a file; each name in it has its number.
fn text(rng: &mut Rng, number: usize) -> String {
    let mut text = String::new();
    for _ in 0..rng.usize(1..3) {
        if !text.is_empty() {
            text.push_str("---\n");
        }
        text.push_str(rng.choice(HEADS).expect("there are some"));
        for _ in 0..rng.usize(..3) {
            text.push_str(rng.choice(TRICKS).expect("there are some"));
            text.push('\n');
        }
    }
    let mut named = String::new();
    for (at, part) in text.split("NAME").enumerate() {
        if at > 0 {
            named.extend(["f", &number.to_string(), "-", &at.to_string()]);
        }
        named.push_str(part);
    }
    named
}

/// What a file holds, as kind and name.
type Objects = BTreeSet<(String, String)>;

/// The objects that we find in a file, unless it is refused.
fn ours(text: &str) -> Option<Objects> {
    let options = Options {
        files: [("x.yaml".to_owned(), Ok(text.as_bytes().to_vec()))].into(),
        ..Options::default()
    };
    let compiled = compile("app shelf\n\nobject \"x.yaml\"\n", &options);
    let app = compiled.app.filter(|_| compiled.diagnostics.is_empty())?;
    let documents = app
        .objects
        .iter()
        .flat_map(|file| yaml::parse(&file.text).documents);
    let text = |value: Option<&Marked>| value.and_then(Marked::as_text).map(str::to_owned);
    let objects = documents.map(|document| {
        let name = document.get("metadata").and_then(|it| it.get("name"));
        Some((text(document.get("kind"))?, text(name)?))
    });
    objects.collect()
}

#[test]
fn a_file_that_is_copied_holds_what_kubectl_finds_in_it() {
    let count = std::env::var("TODOC_CASES").map_or(COUNT, |it| it.parse().expect("a number"));
    let seed = std::env::var("TODOC_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let rng = &mut Rng::with_seed(seed);
    let texts: Vec<String> = (0..count).map(|number| text(rng, number)).collect();
    let ours: Vec<Option<Objects>> = texts.iter().map(String::as_str).map(ours).collect();
    let taken = ours.iter().flatten().count();
    assert!(
        taken > count / 20 && taken < count,
        "{taken} of {count} are taken"
    );

    let mut failures = Vec::new();
    for (number, objects) in ours.iter().enumerate() {
        let Some(objects) = objects else { continue };
        let theirs = by_serde_yaml(&texts[number]);
        if theirs.as_ref() != Some(objects) {
            let text = &texts[number];
            failures.push(format!(
                "{text:?}: serde_yaml reads {theirs:?}, and we {objects:?}"
            ));
        }
    }
    if let Some(theirs) = by_kubectl(&texts) {
        let nothing = Objects::new();
        for (number, objects) in ours.iter().enumerate() {
            let read = theirs.get(&number).unwrap_or(&nothing);
            // What kubectl refuses does no harm.
            if objects
                .as_ref()
                .is_some_and(|objects| !read.is_subset(objects))
            {
                let text = &texts[number];
                failures.push(format!(
                    "{text:?}: kubectl reads {read:?}, and we {objects:?}"
                ));
            }
        }
        // The tricks work: kubectl finds Secrets in what we refuse.
        let hidden = theirs.values().flatten();
        let hidden = hidden
            .filter(|(kind, _)| kind.eq_ignore_ascii_case("secret"))
            .count();
        assert!(hidden > count / 20, "{hidden} Secrets in {count} files");
        let same = (0..count).filter(|number| ours[*number].as_ref() == theirs.get(number));
        assert!(same.count() > taken / 2, "kubectl reads what is taken");
    }
    failures.truncate(10);
    report(&failures);
}

fn by_serde_yaml(text: &str) -> Option<Objects> {
    let mut objects = Objects::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let mut value = serde_yaml::Value::deserialize(document).ok()?;
        value.apply_merge().ok()?;
        let word = |value: &serde_yaml::Value| value.as_str().map(str::to_owned);
        if !value.is_null() {
            objects.insert((word(&value["kind"])?, word(&value["metadata"]["name"])?));
        }
    }
    Some(objects)
}

/// The objects that kubectl finds in each file, if it is here.
fn by_kubectl(texts: &[String]) -> Option<BTreeMap<usize, Objects>> {
    let mut proof = Command::new("kubectl");
    if !has_tool("kubectl", proof.args(["version", "--client"])) {
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.yaml")), text).expect("it can be written");
    }
    // It goes on behind what it can't read.
    let output = Command::new("kubectl")
        .args(["annotate", "--local", "-o", "json", "a=b", "-f"])
        .arg(folder.path())
        .output()
        .expect("it ran before");
    let mut found: BTreeMap<usize, Objects> = BTreeMap::new();
    let values = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
    for value in values {
        let value = value.expect("kubectl prints JSON");
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (kind, name) = (word(&value["kind"]), word(&value["metadata"]["name"]));
        let number = name
            .strip_prefix('f')
            .and_then(|name| name.split('-').next());
        let number = number.and_then(|number| number.parse().ok());
        found
            .entry(number.unwrap_or(usize::MAX))
            .or_default()
            .insert((kind, name));
    }
    Some(found)
}
