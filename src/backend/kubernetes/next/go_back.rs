//! What to do to go back to an earlier version.

use crate::backend::kubernetes::migrated;
use crate::backend::kubernetes::secrets::rollout_name_of_tier;
use crate::backend::{Detail, Purpose, Step, When};
use crate::ir::App;

/// What to do with the objects.
pub(super) fn step(app: &App) -> Step {
    let mut details = of_text(app);
    let workloads = app.tiers.iter().map(rollout_name_of_tier);
    let mut workloads = workloads.peekable();
    if workloads.peek().is_some() {
        details.push(Detail::new(
            "meanwhile, this takes pods back by themselves; the next `kubectl apply` takes them forward again:",
        ));
        let undo = ["kubectl", "rollout", "undo", "-n", &app.namespace.name];
        let undo = undo.map(str::to_owned).into_iter().chain(workloads);
        details.push(Detail::program(1, undo));
    }
    tell(details)
}

/// What to do with the release of a chart.
pub(in crate::backend) fn of_chart(app: &App) -> Step {
    let mut details = of_text(app);
    let which = if migrated(app).next().is_some() {
        ", of its two numbers the later one"
    } else {
        ""
    };
    details.push(Detail::new(format!(
        "or by Helm, which keeps the releases of then: `helm rollback {}` with the number that this shows{which}, and \
         the same options:",
        app.name
    )));
    let history = ["helm", "history", &app.name, "-n", &app.namespace.name];
    details.push(Detail::program(1, history.map(str::to_owned)));
    tell(details)
}

fn tell(details: Vec<Detail>) -> Step {
    let title = "To go back to an earlier version";
    Step::tell(Purpose::GoBack, When::WhileUsed, title, details)
}

/// What an earlier text brings back, and what it doesn't.
fn of_text(app: &App) -> Vec<Detail> {
    let builds = app.pods().any(|(_, pod)| pod.image.build.is_some());
    let images = match (builds, app.tag_from) {
        (false, _) => "",
        (true, Some(_)) => {
            "; their images have the tags that they had, and are built again only where they are gone"
        }
        (true, None) => {
            "; under a tag that stays the same, such as the version, a registry has the latest code alone: `tag \
             from sources` keeps each"
        }
    };
    let mut details = vec![Detail::new(format!(
        "check out the text and the sources of then, build, and run what is printed{images}"
    ))];
    let tiers: Vec<_> = migrated(app)
        .map(|(tier, _)| tier.id.name.as_str())
        .collect();
    if !tiers.is_empty() {
        details.push(Detail::new(format!(
            "migrations aren't undone by that: the code of then must work with the tables of now, or the tool of \
             `{}`'s migrations takes them back first, run with the code of now",
            tiers.join("`, `")
        )));
    }
    details
}
