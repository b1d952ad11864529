//! The chart's `README.md`: how it is installed, and every value.

use super::text::Expressions;
use super::values::ChartValue;
use crate::ir::{App, ChartSecrets};
use crate::yaml::{self, Kind, Node};

/// What a row says behind the meaning of a value that an installation must set.
const REQUIRED: &str = "; **required** |";

/// The file.
pub(super) fn text(
    head: &str,
    with: Expressions<'_>,
    others: &[String],
    has_tests: bool,
) -> String {
    let app = with.shape.app;
    let (name, namespace) = (&app.name, &app.namespace.name);
    let mut out = format!("<!-- {head} -->\n\n# {name}\n\n");
    out.extend([format!(
        "A Helm chart of {name} {}, for Helm 3 and 4 and Kubernetes 1.30 or later.\n\n",
        app.version.value
    )]);
    out.push_str("## Install\n\n");
    let secrets = match app.helm.secrets {
        ChartSecrets::Existing => {
            "The Secrets that pods read must exist in the namespace; the values `…existingSecret` name\nthem, and the table says which keys each needs.\n"
        }
        ChartSecrets::Values => {
            "Values of secrets come from a file or from standard input (`-f -`), never from `--set`, which\ncuts them at commas and shows them in lists of processes. Helm stores them with the release: whoever\nmay read Secrets in the namespace can read them there. To keep them out of it, make the Secrets\nyourself and name them in `…existingSecret`.\n"
        }
    };
    let creates = if app.namespace.create {
        " --create-namespace"
    } else {
        ""
    };
    let file = match app.helm.secrets {
        ChartSecrets::Existing => "",
        ChartSecrets::Values => " -f secrets.yaml",
    };
    out.extend([format!(
        "```sh\nhelm upgrade --install {name} . -n {namespace}{creates}{file} --wait\n```\n\n{secrets}\n"
    )]);
    if app.tiers.iter().any(|tier| tier.migration.is_some()) {
        out.extend([format!(
            "A release with new migrations takes two upgrades, so that no pod expects what isn't there yet: the\nfirst with `--set pauseRollouts=true` and without `--wait`, which leaves old pods as they are; then, once\n`kubectl wait` has seen the Job complete, the one without it. A Job that failed runs again once it was\ndeleted: `kubectl delete jobs -n {namespace} --field-selector status.successful=0`.\n\n"
        )]);
    }
    if app.stages().last > 0 {
        out.push_str(&stages(app));
    }
    if let Some(own) = &app.target
        && !others.is_empty()
    {
        out.extend([format!(
            "The defaults are those of target {own}. For another target, add its file of values:\n\n"
        )]);
        for other in others {
            out.extend([format!("- {other}: `-f values-{other}.yaml`\n")]);
        }
        out.push('\n');
    }
    if has_tests {
        out.extend([format!(
            "`helm test {name} -n {namespace}` asks the tiers that browsers reach whether they answer.\n\n"
        )]);
    }
    out.push_str(
        "Names of objects are fixed, so a namespace holds one installation. The volumes stay when the chart\nis uninstalled, with their data.\n\n## Values\n\n| value | default | meaning |\n| --- | --- | --- |\n",
    );
    for value in with.values.by_path() {
        out.push_str(&row(value));
    }
    out
}

/// How many values a README lists, and those that an installation must set.
pub(super) fn about(readme: &str) -> String {
    let rows = readme.lines().filter(|line| line.starts_with("| `"));
    let count = rows.clone().count();
    let required = rows.filter(|line| line.contains(REQUIRED));
    let required = required.filter_map(|line| line.split('`').nth(1));
    let required: Vec<_> = required.collect();
    let values = match count {
        1 => "1 value".to_owned(),
        count => format!("{count} values"),
    };
    match required.as_slice() {
        [] => format!("{values}, none of which must be set"),
        names => format!("{values}, of which must be set: {}", names.join(", ")),
    }
}

fn row(value: &ChartValue) -> String {
    let default = code(&flow(&value.default));
    let mut doc = cell(&value.doc);
    if let Some(derived) = &value.derived {
        let rule = value.follows();
        doc.extend([format!("; {rule}: {}", code(&yaml::word(derived)))]);
    }
    let end = if value.required { REQUIRED } else { " |" };
    format!("| `{}` | {default} | {doc}{end}\n", value.path.join("."))
}

/// A default on one line, as JSON and YAML both write it.
fn flow(node: &Node) -> String {
    match &node.kind {
        Kind::Mapping(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(key, value)| format!("{}: {}", yaml::word(key), flow(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Kind::Sequence(items) => {
            let items = items.iter().map(flow);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Kind::Text(_)
        | Kind::Quoted(_)
        | Kind::Integer(_)
        | Kind::Decimal(_)
        | Kind::Bool(_)
        | Kind::Null
        | Kind::Expression(_)
        | Kind::Block(_)
        | Kind::Lines(_) => {
            let text = yaml::print("", std::slice::from_ref(node));
            text.trim_start_matches("---\n").trim_end().to_owned()
        }
    }
}

/// Text that ends no cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Text in backticks, which it may hold.
fn code(text: &str) -> String {
    let text = cell(text);
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// What begins behind what, and by which upgrades.
fn stages(app: &App) -> String {
    let stages = app.stages();
    let mut out = "Some of it begins once others have ended well, one stage after the other. See by `kubectl wait\n--for=condition=complete` that they have, and then upgrade with the number of the next stage:\n\n".to_owned();
    for stage in 1..=stages.last {
        let mut begun = Vec::new();
        let mut waited = Vec::new();
        let tiers = app.tiers.iter().filter_map(|tier| {
            let migration = tier.migration.as_ref()?;
            Some((&tier.id, &migration.after))
        });
        let jobs = app.jobs.iter().map(|job| (&job.id, &job.after));
        for (id, after) in tiers.chain(jobs) {
            if stages.of(&id.name) == stage && !after.is_empty() {
                begun.push(called(app, &id.name));
                waited.extend(after.iter().map(|name| called(app, &name.value.0)));
            }
        }
        waited.sort();
        waited.dedup();
        let paused = if stage <= stages.application {
            "--set pauseRollouts=true "
        } else {
            ""
        };
        out.extend([format!(
            "- `{paused}--set releaseStage={stage}`: {}, after {}\n",
            begun.join(", "),
            waited.join(", ")
        )]);
    }
    out.push('\n');
    out
}

/// A job, or the migrations of a tier.
fn called(app: &App, name: &str) -> String {
    match app.tier(name) {
        Some(_) => format!("the migrations of `{name}`"),
        None => format!("`{name}`"),
    }
}
