//! A database that an operator runs: its object, who may connect to its pods, and what it needs in the cluster.

use super::network_policy::{Access, network_policy_of};
use super::pod::pull;
use super::scope::Scope;
use super::{resources, unless_empty};
use crate::catalog::databases::operator::Operator;
use crate::catalog::defaults::Switch;
use crate::ir::{App, Database, Operated};
use crate::source::Spanned;
use crate::yaml::{Field, Key, Node, map};

/// The object that the operator makes pods, claims and Services of.
pub(super) fn object(scope: &Scope, database: &Database, operated: Operated) -> Node {
    let Operated {
        operator,
        instances,
        origin,
    } = operated;
    let app = scope.app;
    let name = &database.id.workload;
    let pull_secret = app.pull_secret.as_ref();
    let pull_secret = pull_secret.map(|said| vec![map! { "name": &said.value }.at(said.span)]);
    let spread = (!app.keeps(Switch::Spread)).then(|| map! { "enablePodAntiAffinity": false });
    let size = database.storage.as_ref();
    map! {
        "apiVersion": operator.api,
        "kind": operator.kind,
        "metadata": scope.metadata(name),
        "spec": map! {
            "instances": Node::integer(instances).at(origin),
            "imageName": Node::quoted(database.image.value.to_string()).at(database.image.span),
            "imagePullPolicy": pull(app, &database.pull),
            "imagePullSecrets": pull_secret.and_then(unless_empty),
            "inheritedMetadata": map! { "labels": inherited(app) },
            // One server alone must go when its node is drained.
            "enablePDB": has_budget(app, instances).because("disruption_budget"),
            "bootstrap": map! { "initdb": first(database, operator) },
            "postgresql": settings(database, operator),
            "storage": map! {
                "size": size.map(|size| Node::quoted(&size.value.text).at(size.span)),
                "storageClass": database.class.as_deref(),
            },
            "resources": resources::resources(&database.resources),
            "affinity": spread.because("spread"),
        },
    }
    .at(scope.origin)
    .also([origin])
    .because("operator")
}

/// Whether nodes are drained of its servers one by one.
pub(super) fn has_budget(app: &App, instances: u32) -> bool {
    instances > 1 && app.keeps(Switch::DisruptionBudget)
}

/// The labels of all that the operator makes, by which it is found.
fn inherited(app: &App) -> Node {
    let part_of = (
        Key::from("app.kubernetes.io/part-of"),
        Some(Node::quoted(&app.name)),
    );
    let said = app.labels.iter().map(|entry| {
        let value = Node::quoted(&entry.value).at(entry.origin);
        (Key::from(entry.key.clone()), Some(value))
    });
    Node::mapping(std::iter::once(part_of).chain(said))
        .also([app.origin])
        .because("labels")
}

/// What the first server is made with.
fn first(database: &Database, operator: &Operator) -> Node {
    let account = database.account.as_ref();
    let said = |said: &Spanned<String>| Node::quoted(&said.value).also([said.span]);
    let secret = database.secret.as_ref();
    let is_own = database.image.value.repository == operator.images;
    let locale = if is_own {
        operator.locale
    } else {
        operator.plain_locale
    };
    map! {
        "database": account.map(|account| said(&account.database)),
        "owner": account.map(|account| said(&account.user)),
        "secret": secret.map(|secret| map! { "name": &secret.name }.at(secret.origin)),
        "localeCollate": locale,
        "localeCType": locale,
    }
}

/// Its settings, of which one is a list of its own.
fn settings(database: &Database, operator: &Operator) -> Option<Node> {
    let mut settings = database.settings();
    let libraries = settings.shift_remove(operator.libraries).map(|said| {
        let names = said.value.split(',').map(str::trim);
        let names = names.filter(|name| !name.is_empty());
        Node::sequence(names.map(Node::text)).at(said.span)
    });
    let parameters = settings.into_iter().map(|(name, said)| {
        let value = Node::quoted(&said.value).at(said.span);
        (Key::from(name), Some(value))
    });
    let parameters: Vec<_> = parameters.collect();
    let parameters = (!parameters.is_empty()).then(|| Node::mapping(parameters));
    (parameters.is_some() || libraries.is_some()).then(|| {
        map! { "parameters": parameters, "shared_preload_libraries": libraries }
    })
}

/// The policy of its pods: besides those who may connect come the operator, which asks each server how it
/// is, and the servers among themselves. What they ask has no address that is known: the API server.
pub(super) fn policy(
    scope: &Scope,
    database: &Database,
    operated: Operated,
    access: &Access,
) -> Node {
    let operator = operated.operator;
    let labels = || {
        let label = Node::quoted(&database.id.workload);
        map! { "matchLabels": Node::mapping([(operator.pod_label, Some(label))]) }
            .because("selector")
    };
    let (key, value) = operator.own_label;
    // Whatever namespace it is in.
    let own = map! {
        "namespaceSelector": Node::mapping::<&str>([]),
        "podSelector": map! { "matchLabels": Node::mapping([(key, Some(Node::quoted(value)))]) },
    };
    let port = |port: u16| map! { "protocol": "TCP", "port": port };
    let rule = map! {
        "from": vec![own, map! { "podSelector": labels() }],
        "ports": vec![port(database.engine.port), port(operator.status_port)],
    }
    .also([operated.origin])
    .because("operator");
    network_policy_of(scope, &database.id.workload, labels(), vec![rule], access)
}

/// What the cluster must have before an operator's objects are applied, a line for each thing.
pub(super) fn needs(app: &App) -> Vec<String> {
    let mut operators: Vec<&Operator> = Vec::new();
    for database in &app.databases {
        if let Some(operated) = database.operated()
            && !operators.contains(&operated.operator)
        {
            operators.push(operated.operator);
        }
    }
    let lines = operators.into_iter().flat_map(|operator| {
        let Operator {
            name,
            version,
            definition,
            install,
            ..
        } = operator;
        [
            format!(
                "the operator {name}, in version {version} or a later one: `kubectl get crd {definition}` shows whether it is there"
            ),
            format!("where it isn't: `kubectl apply --server-side -f {install}`"),
        ]
    });
    lines.collect()
}

/// The labels that the Secret of a database has besides those of all: the operator looks at it as soon as it
/// changes, and changes the password.
pub(in crate::backend) fn secret_labels(database: &Database) -> Option<Node> {
    let operated = database.operated()?;
    let label = (operated.operator.reload_label, Some(Node::quoted("true")));
    Some(Node::mapping([label]).because("operator"))
}
