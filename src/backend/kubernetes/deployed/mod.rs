//! What a change of an application means for what earlier builds may have brought to a cluster.

mod changes;
mod commands;
mod move_data;
mod objects;
mod of_app;
mod warn;

use crate::backend::deployed::{Deployed, Facts, What};
use crate::ir::App;
pub(in crate::backend::kubernetes) use move_data::steps;
pub(in crate::backend::kubernetes) use objects::gone;
pub(crate) use warn::warnings;

/// What is remembered after a build of an application: a change is one until data was moved, which no build can
/// know, or until the text is as it was. `writes_objects` says whether it wrote any, or left that to a chart.
pub(crate) fn after(deployed: &Deployed, app: &App, writes_objects: bool) -> Deployed {
    let then = deployed.then();
    let mut before = Facts::default();
    for change in changes::changes(&then, app) {
        if matches!(change.way, changes::Way::Namespace) {
            before = then.clone();
        } else {
            before.take(&then, &change.thing);
            if let changes::Way::Gone { now: Some(store) } = change.way {
                before.add(&change.thing, [(What::Now, store.thing().name)]);
            }
        }
    }
    let now = writes_objects.then(|| objects::of(app));
    Deployed {
        said: of_app::of(app),
        before,
        objects: deployed.objects.after(now, &app.namespace.name),
    }
}
