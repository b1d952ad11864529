//! `Chart.yaml` and `.helmignore`.

use crate::ir::App;
use crate::yaml::{self, Node, map};

/// The first version of Kubernetes with all that the objects have: containers that sleep before they
/// stop. Versions of clouds, such as `v1.30.3-gke.1`, count as pre-releases.
const KUBERNETES: &str = ">=1.30.0-0";

/// The version of a chart whose application has none that Helm takes.
pub(super) const FIRST: &str = "0.1.0";

/// `Chart.yaml`.
pub(super) fn chart(head: &str, app: &App) -> String {
    let parts: Vec<_> = app.tiers.iter().map(|tier| tier.id.name.as_str()).collect();
    let description = match parts.as_slice() {
        [] => format!("{} on Kubernetes", app.name),
        parts => format!("{}: {}", app.name, parts.join(", ")),
    };
    let chart = map! {
        "apiVersion": "v2",
        "name": &app.name,
        "description": Node::quoted(description),
        "type": "application",
        "version": Node::quoted(version(&app.version.value).unwrap_or_else(|| FIRST.to_owned())),
        "appVersion": Node::quoted(&app.version.value),
        "kubeVersion": Node::quoted(KUBERNETES),
    };
    yaml::print(head, &[chart])
}

/// What Helm leaves out of a package.
pub(super) const IGNORE: &str =
    "# What Helm leaves out of a package.\n.git/\n.DS_Store\n*.swp\nci/\n";

/// A version as Semantic Versioning writes it: `v` and leading zeros go, and of a short one zeros are
/// added. `None` where it can't be one.
pub(super) fn version(text: &str) -> Option<String> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let (rest, build) = match text.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (text, None),
    };
    let (core, before) = match rest.split_once('-') {
        Some((core, before)) => (core, Some(before)),
        None => (rest, None),
    };
    let numbers: Option<Vec<u64>> = core.split('.').map(number).collect();
    let mut numbers = numbers.filter(|numbers| numbers.len() <= 3)?;
    numbers.resize(3, 0);
    let numbers: Vec<_> = numbers.iter().map(u64::to_string).collect();
    let mut version = numbers.join(".");
    if let Some(before) = before.filter(|before| are_words(before, true)) {
        version.extend([format!("-{before}")]);
    } else if before.is_some() {
        return None;
    }
    if let Some(build) = build.filter(|build| are_words(build, false)) {
        version.extend([format!("+{build}")]);
    } else if build.is_some() {
        return None;
    }
    Some(version)
}

fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Identifiers with dots between them; of a pre-release, none is a number with a leading zero.
fn are_words(text: &str, is_before: bool) -> bool {
    text.split('.').all(|word| {
        let known = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let is_padded = word.len() > 1 && word.starts_with('0') && number(word).is_some();
        !word.is_empty() && known && !(is_before && is_padded)
    })
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_become_semantic_ones() {
        for (text, expected) in [
            ("1.2.3", Some("1.2.3")),
            ("1.0", Some("1.0.0")),
            ("v2", Some("2.0.0")),
            ("2024.05.01", Some("2024.5.1")),
            ("1.0.0-rc.1+build.07", Some("1.0.0-rc.1+build.07")),
            ("1.0.0-01", None),
            ("1.2.3.4", None),
            ("latest", None),
            ("", None),
            ("1..2", None),
            ("1.0.0+", None),
        ] {
            assert_eq!(version(text).as_deref(), expected, "{text}");
        }
    }
}
