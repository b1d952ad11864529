//! Names of variables, and what else is an identifier.

use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::{Name, Setting};

/// A variable's name, which is a key of a ConfigMap or Secret as well.
pub(in crate::check) fn is_variable(name: &Name, found: &mut Findings) -> bool {
    is_identifier(name, "the name of a variable", MOST_VARIABLE, found)
}

/// The key of a tier's own ConfigMap, which is a variable of it.
pub(in crate::check) fn is_key(setting: &Setting, found: &mut Findings) -> bool {
    let name = &setting.key;
    let fault = identifier_fault(name, "a key", MOST_VARIABLE).map(|fault| {
        if setting.is_quoted && is_name_in_quotes(&name.value) {
            fault.help(format!("write `\"{}\" = …` in `env`", name.value))
        } else {
            fault
        }
    });
    is_right(fault, found)
}

/// The name of a variable that stands in `env` without quotes.
pub(in crate::check) fn is_variable_of_env(name: &Name, found: &mut Findings) -> bool {
    let fault = identifier_fault(name, "the name of a variable", MOST_VARIABLE).map(|fault| {
        if is_name_in_quotes(&name.value) {
            fault.help(format!(
                "write `\"{}\"` in quotes, if that is the name that the program reads",
                name.value
            ))
        } else {
            fault
        }
    });
    is_right(fault, found)
}

/// The name of a variable that stands in `env` in quotes: what every Kubernetes takes (its
/// `IsEnvVarName`). Since 1.32 it takes most other characters as well.
pub(in crate::check) fn is_variable_in_quotes(name: &Name, found: &mut Findings) -> bool {
    if is_name_in_quotes(&name.value) {
        return true;
    }
    let message = match name.value.as_str() {
        "" => "an empty string can't be the name of a variable".to_owned(),
        text => format!("`{text}` can't be the name of a variable"),
    };
    let diagnostic = Diagnostic::new(Code::InvalidVariable, name.span, message);
    // .NET reads two of them where a setting has a colon.
    let right = name.value.replace(':', "__");
    found.push(if right != name.value && is_name_in_quotes(&right) {
        let right = format!("\"{right}\"");
        diagnostic.maybe(format!("write {right}, which .NET reads as that"), name.span, right)
    } else {
        diagnostic.help(format!(
            "write letters, digits, `_`, `.` and `-`, up to {MOST_VARIABLE} of them, and no digit or two dots at the beginning"
        ))
    });
    false
}

fn is_name_in_quotes(text: &str) -> bool {
    is_config_key(text) && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a text is a key of a ConfigMap or Secret (Kubernetes' `IsConfigMapKey`).
pub(super) fn is_config_key(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    (1..=MOST_VARIABLE).contains(&text.len())
        && text.chars().all(known)
        && text != "."
        && !text.starts_with("..")
}

/// The most characters of a variable's name: those of a key of a ConfigMap.
const MOST_VARIABLE: usize = 253;

/// Whether a text is what shells and languages take for the name of a variable: letters, digits and
/// `_`, not beginning with a digit.
pub(in crate::check) fn is_identifier_text(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a name is such a text, of at most `most` characters. Complains where it isn't.
pub(super) fn is_identifier(name: &Name, what: &str, most: usize, found: &mut Findings) -> bool {
    is_right(identifier_fault(name, what, most), found)
}

/// Whether a name is valid: `fault` says why it isn't, and is reported.
fn is_right(fault: Option<Diagnostic>, found: &mut Findings) -> bool {
    let Some(fault) = fault else { return true };
    found.push(fault);
    false
}

fn identifier_fault(name: &Name, what: &str, most: usize) -> Option<Diagnostic> {
    let right = |text: &str| is_identifier_text(text) && text.len() <= most;
    if right(&name.value) {
        return None;
    }
    let message = format!("`{}` can't be {what}", name.value);
    let diagnostic = Diagnostic::new(Code::InvalidVariable, name.span, message);
    let fixed = name.value.replace('-', "_");
    Some(if right(&fixed) {
        diagnostic.maybe(format!("write `{fixed}`"), name.span, fixed)
    } else {
        diagnostic.help(format!(
            "write letters, digits and `_`, up to {most} of them"
        ))
    })
}
