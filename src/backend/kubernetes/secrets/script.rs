//! A script that makes Secrets as `todoc secrets apply` does, for a machine that has a shell and
//! kubectl, and no todoc.

use super::object::{head, plain_rows};
use super::own::{OwnSecret, own};
use crate::backend::quote;
use crate::ir::{App, Rule, SecretKey};
use std::fmt::Write;

/// What every script begins with. Of a shell whose `printf` is a program of its own, values would be
/// arguments. Blanks are those of Unicode, byte by byte, as in `str::trim`; of characters the first bytes
/// count.
const BEGIN: &str = r#"set -eu
LC_ALL=C
export LC_ALL

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}
for tool in kubectl base64 tr wc; do
  command -v "$tool" >/dev/null || fail "$tool isn't installed"
done
case $(command -v printf) in
/*) fail 'printf is no part of this shell: take another, such as bash or dash' ;;
esac
blanks=$(
  printf '\302\205 \302\240 \341\232\200 \342\200\200 \342\200\201 \342\200\202 \342\200\203 '
  printf '\342\200\204 \342\200\205 \342\200\206 \342\200\207 \342\200\210 \342\200\211 '
  printf '\342\200\212 \342\200\250 \342\200\251 \342\200\257 \342\201\237 \343\200\200'
)
is_blank() {
  rest=$1
  for blank in $blanks; do
    while :; do
      case $rest in
      *"$blank"*) rest=${rest%%"$blank"*}${rest#*"$blank"} ;;
      *) break ;;
      esac
    done
  done
  case $rest in
  *[![:space:]]*) return 1 ;;
  esac
}
is_text() {
  ! command -v iconv >/dev/null || printf %s "$1" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1
}
is_url() {
  case $1 in
  "$2"://*) return 0 ;;
  "$2"+*://*) ;;
  *) return 1 ;;
  esac
  driver=${1#"$2"+}
  case ${driver%%://*} in
  '' | *[!A-Za-z0-9+.-]*) return 1 ;;
  esac
}
length() {
  printf %s "$1" | tr -d '\200-\277' | wc -c
}
encode() {
  printf %s "$1" | base64 | tr -d '\n'
}
key() {
  printf '  "%s": "%s"\n' "$1" "$(encode "$2")"
}
write() {
  kubectl apply --server-side --field-manager=todoc --force-conflicts -f -
}
"#;

/// The script, below a comment. It takes the values from the environment and holds none.
#[must_use]
pub fn script(app: &App, comment: &str) -> String {
    let mut text = String::from("#!/bin/sh\n");
    for line in comment.lines() {
        text.extend(["# ", line, "\n"]);
    }
    text.push_str(BEGIN);
    let own = own(app);
    text.push_str("\n# Nothing is written before all values are right.\n");
    for secret in &own {
        for key in &secret.object.keys {
            check(&mut text, key);
        }
    }
    for secret in &own {
        keep(&mut text, app, secret);
    }
    for secret in &own {
        write(&mut text, app, secret);
    }
    let Some(context) = &app.context else {
        return text;
    };
    let with = format!("kubectl --context {} ", quote(context));
    text.replace("  kubectl ", &format!("  {with}"))
        .replace("$(kubectl ", &format!("$({with}"))
}

/// Holds a value to its rules.
fn check(text: &mut String, key: &SecretKey) {
    let name = &key.from_env;
    let message = key.message.as_ref();
    let message = message.map_or(String::new(), |it| format!(" ({})", it.replace('\n', " ")));
    let fail = |why: &str| format!("fail {}", quote(&format!("${name} {why}{message}")));
    let mut lines = Vec::new();
    if !key.optional {
        lines.push(format!("[ -n \"${{{name}:-}}\" ] || {}", fail("isn't set")));
    }
    lines.push(format!(
        "is_text \"${name}\" || {}",
        fail("isn't UTF-8 text")
    ));
    lines.push(format!("! is_blank \"${name}\" || {}", fail("is blank")));
    for rule in &key.rules {
        let fail = fail(&rule.broken());
        lines.push(match rule {
            Rule::Url { scheme } => format!("is_url \"${name}\" {} || {fail}", quote(scheme)),
            Rule::StartsWith(start) => {
                format!("case ${name} in\n{}*) ;;\n*) {fail} ;;\nesac", quote(start))
            }
            Rule::MinLength(least) => {
                format!("[ \"$(length \"${name}\")\" -ge {least} ] || {fail}")
            }
            Rule::UrlSafe => format!("case ${name} in\n*[!A-Za-z0-9._~-]*) {fail} ;;\nesac"),
        });
    }
    let lines = lines.join("\n");
    if key.optional {
        let _ = writeln!(text, "if [ -n \"${{{name}:-}}\" ]; then\n{lines}\nfi");
    } else {
        text.push_str(&lines);
        text.push('\n');
    }
}

/// Fails where a database keeps another password than the one that is given.
fn keep(text: &mut String, app: &App, secret: &OwnSecret) {
    let Some((database, statement)) = secret.kept_by() else {
        return;
    };
    let (name, namespace) = (quote(&secret.object.name), &app.namespace.name);
    for key in &secret.object.keys {
        let from = &key.from_env;
        let format = format!(
            "go-template={{{{with .data}}}}{{{{with index . \"{}\"}}}}{{{{.}}}}{{{{end}}}}{{{{end}}}}",
            key.key
        );
        let message = format!(
            "database `{}` has another password than ${from}, and keeps it: give that one, or change it \
             there first, by {statement}, and run this with REPLACE={from}",
            database.id.name
        );
        let _ = write!(
            text,
            "\nthere=$(kubectl get secret {name} -n {namespace} --ignore-not-found -o {})\n\
             [ -z \"$there\" ] || [ \"$there\" = \"$(encode \"${from}\")\" ] ||\n  \
             [ \"${{REPLACE:-}}\" = {from} ] ||\n  fail {}\n",
            quote(&format),
            quote(&message)
        );
    }
}

/// Writes a Secret. One whose keys are all left out isn't made.
fn write(text: &mut String, app: &App, secret: &OwnSecret) {
    let keys = &secret.object.keys;
    let rows = keys.iter().map(|key| {
        let (name, from) = (quote(&key.key), &key.from_env);
        if key.optional {
            format!("  [ -z \"${{{from}:-}}\" ] || key {name} \"${from}\"\n")
        } else {
            format!("  key {name} \"${from}\"\n")
        }
    });
    let plain = plain_rows(secret);
    let head = format!("{}data:\n{plain}", head(app, secret));
    let head = quote(head.trim_end());
    let rows: String = rows.collect();
    let block = format!("{{\n  printf '%s\\n' {head}\n{rows}}} | write\n");
    if keys.iter().all(|key| key.optional) {
        let any = keys.iter().map(|key| format!("${{{}:-}}", key.from_env));
        let any: String = any.collect();
        let _ = write!(text, "\nif [ -n \"{any}\" ]; then\n{block}fi\n");
    } else {
        text.push('\n');
        text.push_str(&block);
    }
}
