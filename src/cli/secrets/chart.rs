//! Values of secrets as values of the application's chart, for `helm … -f -`.

use super::secret::Secret;
use super::values::Values;
use crate::backend::helm::secret_values;
use crate::cli::Failure;
use crate::ir::{App, ChartSecrets};
use crate::yaml;

/// Fails where the chart reads Secrets that exist already, and so takes no values of them.
pub(super) fn takes_values(app: &App) -> Result<(), Failure> {
    match app.helm.secrets {
        ChartSecrets::Values => Ok(()),
        ChartSecrets::Existing => Err(Failure::new(format!(
            "the chart of `{}` takes no values of secrets: its pods read Secrets that exist already",
            app.name
        ))
        .help(
            "make those with `todoc secrets apply`, or write `helm { secrets values }` in `app`",
        )),
    }
}

/// A values file of the secrets that have a value.
pub(super) fn values(app: &App, values: &Values) -> Secret {
    let rows = secret_values(app).into_iter();
    let rows = rows.filter_map(|(path, from)| Some((path, values.get(&from)?.quoted()?)));
    let mut rows: Vec<_> = rows.collect();
    // Groups stand together then.
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    let room = rows.iter().map(|(path, value)| {
        let keys = path
            .iter()
            .zip(1..)
            .map(|(key, level)| key.len() + 2 * level + 8);
        keys.sum::<usize>() + value.bytes().len()
    });
    let mut text = Secret::with_room(room.sum::<usize>() + 8);
    if rows.is_empty() {
        text.push(b"{}\n");
    }
    let mut before: &[String] = &[];
    for (path, value) in &rows {
        let same = path
            .iter()
            .zip(before)
            .take_while(|(one, other)| one == other);
        let same = same.count();
        for (level, key) in path.iter().enumerate().skip(same) {
            let is_last = level + 1 == path.len();
            let line = format!("{}{}:", "  ".repeat(level), yaml::word(key));
            text.push(line.as_bytes());
            text.push(if is_last { b" " } else { b"\n" });
        }
        text.push(value.bytes());
        text.push(b"\n");
        before = path;
    }
    text
}
