//! Commands of kubectl that steps of several kinds consist of.

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
