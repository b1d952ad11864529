//! What to do with a chart.

use crate::backend::{Command, Delivery, Purpose, Step, When, argument};
use crate::ir::{App, ChartSecrets};

/// The steps.
pub(super) fn steps(app: &App, delivery: Option<&Delivery>) -> Vec<Step> {
    let Some(delivery) = delivery else {
        return Vec::new();
    };
    let mut steps = Vec::new();
    let chart = argument(&delivery.out.join("helm").join(&app.name));
    let mut words = vec!["helm", "upgrade", "--install", &app.name, &chart, "-n"];
    words.extend([app.namespace.name.as_str(), "--create-namespace"]);
    let title = match app.helm.secrets {
        ChartSecrets::Existing => "install the chart, or upgrade it",
        ChartSecrets::Values => {
            words.extend(["-f", "secrets.yaml"]);
            "install the chart, or upgrade it; secrets.yaml is yours, with the values of secrets"
        }
    };
    steps.push(Step::run(
        Purpose::Apply,
        When::EveryTime,
        title,
        vec![Command::run(words.iter().copied())],
    ));
    let mut paths = delivery.artifacts.iter().map(|it| it.path.as_str());
    if paths.any(|path| path.starts_with("kubernetes/")) {
        words.extend(["--take-ownership", "--server-side=false"]);
        steps.push(Step::run(
            Purpose::Apply,
            When::Once,
            "or, with Helm 4, let it take over what `kubectl apply` made, which must end then",
            vec![Command::run(words)],
        ));
    }
    steps
}
