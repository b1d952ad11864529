//! What to do with a chart.

use super::{readme, secret_values};
use crate::backend::kubernetes::{
    go_back_by_chart, secrets_program, see_cluster, steps_before_chart, steps_for_chart,
};
use crate::backend::{Command, Delivery, Detail, Purpose, Step, When, argument};
use crate::ir::{App, ChartSecrets};

/// The value by which the first of two upgrades starts migrations alone.
const PAUSED: &str = "pauseRollouts=true";

/// The value with the number of the stage that a release has come to.
const STAGE: &str = "releaseStage";

/// The steps.
pub(super) fn steps(app: &App, delivery: Option<&Delivery>) -> Vec<Step> {
    let Some(delivery) = delivery else {
        return Vec::new();
    };
    let mut steps = vec![about(app, delivery)];
    let mut paths = delivery.artifacts.iter().map(|it| it.path.as_str());
    let has_objects = paths.any(|path| path.starts_with("kubernetes/"));
    // Where objects are written, their backend says the same of images and Secrets.
    if !has_objects {
        steps.extend(steps_before_chart(app, delivery));
        steps.extend(see_cluster(app));
    }
    steps.push(go_back_by_chart(app));
    let chart = argument(&delivery.out.join("helm").join(&app.name));
    let upgrade = ["helm", "upgrade", "--install", &app.name, &chart, "-n"];
    let mut words: Vec<_> = upgrade.map(str::to_owned).to_vec();
    words.push(app.namespace.name.clone());
    if app.namespace.create {
        words.push("--create-namespace".to_owned());
    }
    let reads_values = app.helm.secrets == ChartSecrets::Values && !secret_values(app).is_empty();
    let install = |mut words: Vec<String>| {
        if reads_values {
            words.extend(["-f".to_owned(), "-".to_owned()]);
            let pipe = secrets_program("pipe", app, delivery).into_iter();
            let values = ["--as", "values", "--"].map(str::to_owned);
            words = pipe.chain(values).chain(words).collect();
        }
        words
    };
    let title = if reads_values {
        "install the chart, or upgrade it, with the values of secrets from variables of your shell"
    } else {
        "install the chart, or upgrade it"
    };
    let (apply, every) = (Purpose::Apply, When::EveryTime);
    let by_order = steps_for_chart(app, |is_paused, stage| {
        let mut words = words.clone();
        let stage = (stage > 0).then(|| format!("{STAGE}={stage}"));
        for set in is_paused
            .then(|| PAUSED.to_owned())
            .into_iter()
            .chain(stage)
        {
            words.extend(["--set".to_owned(), set]);
        }
        install(words)
    });
    steps.extend(by_order.unwrap_or_else(|| {
        let command = Command::run(install(words.clone()));
        vec![Step::run(apply, every, title, vec![command])]
    }));
    if has_objects {
        words.extend(["--take-ownership", "--server-side=false"].map(str::to_owned));
        steps.push(Step::run(
            apply,
            When::Once,
            "or, with Helm 4, let it take over what `kubectl apply` made, which must end then",
            vec![Command::run(install(words))],
        ));
    }
    steps
}

/// What there is of the chart.
fn about(app: &App, delivery: &Delivery) -> Step {
    let folder = format!("helm/{}/", app.name);
    let files = delivery.artifacts.iter();
    let files = files.filter_map(|it| Some((it.path.strip_prefix(&folder)?, it.text.as_str())));
    let (mut details, mut targets) = (Vec::new(), Vec::new());
    for (path, text) in files {
        if path == "README.md" {
            details.push(Detail::new(readme::about(text)));
        }
        let target = path.strip_prefix("values-");
        let target = target.and_then(|it| it.strip_suffix(".yaml"));
        targets.extend(target.map(|target| format!("{path} for target {target}")));
    }
    if !targets.is_empty() {
        details.push(Detail::new(targets.join(", ")));
    }
    let title = format!("Chart {}", delivery.out.join(&folder).display());
    let title = title.trim_end_matches('/');
    Step::tell(Purpose::Open, When::EveryTime, title, details)
}
