//! Commands of kubectl that steps of several kinds consist of.

use crate::backend::kubernetes::secrets::rollout_name;
use crate::ir::Database;

/// Waits until databases and what else runs all the time are as their objects say. An operator says of its
/// own whether they are.
pub(super) fn until_ready<'a>(
    namespace: &str,
    databases: impl IntoIterator<Item = &'a Database>,
    workloads: impl IntoIterator<Item = String>,
) -> Vec<Vec<String>> {
    let mut operated = Vec::new();
    let mut all = Vec::new();
    for database in databases {
        match database.operated() {
            Some(it) => {
                let resource = it.operator.resource;
                operated.push(format!("{resource}/{}", database.id.workload));
            }
            None => all.push(rollout_name(database)),
        }
    }
    all.extend(workloads);
    let wait = ["kubectl", "wait", "--for=condition=Ready", "--timeout=10m"];
    let wait = wait.into_iter().chain(["-n", namespace]).map(str::to_owned);
    let wait = (!operated.is_empty()).then(|| wait.chain(operated).collect());
    let status = (!all.is_empty()).then(|| rollout_status(namespace, all));
    wait.into_iter().chain(status).collect()
}

/// Waits until workloads of a namespace run as their objects say, such as `deployment/shop-web`.
pub(super) fn rollout_status(
    namespace: &str,
    workloads: impl IntoIterator<Item = String>,
) -> Vec<String> {
    let words = [
        "kubectl",
        "rollout",
        "status",
        "--timeout=10m",
        "-n",
        namespace,
    ];
    let words = words.map(str::to_owned).into_iter();
    words.chain(workloads).collect()
}
