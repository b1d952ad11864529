//! What `helm test` does: a pod for each tier that browsers may reach, with the tier's own image, asks
//! the tier's Service as the image's own check would ask the process.
//!
//! Of tiers within the cluster there is none: their policies would turn it away, and with a client's
//! labels it would get that client's requests.

use super::edit::Edits;
use super::pod::{any, of_test};
use super::public::opened;
use super::rows::{base, health_path};
use super::text::{Expressions, Word};
use crate::backend::kubernetes::{self, Group};
use crate::catalog::defaults::Switch;
use crate::catalog::{Choice, SelfCheck};
use crate::ir::{DockerfileSource, Handler, Port, Tier};
use crate::yaml::{Kind, Node, map};

/// What a recipe's scripts ask, and what stands for the port and the path that they ask for: texts
/// that nothing else in them holds.
const LOOPBACK: &str = "127.0.0.1";
const PORT: u16 = u16::MAX;
const PATH: &str = "/{path}";

/// The pod of a tier's test, if its image can ask. `like` describes the tier's pods.
pub(super) fn pod(tier: &Tier, like: &Node, with: Expressions<'_>) -> Option<Edits> {
    let name = tier.id.name.as_str();
    let port = with
        .shape
        .exposed_port(tier)
        .filter(|port| port.is_tcp() && with.shape.is_exposed(tier))?;
    let enabled = with.values.read(Some(name), "enabled")?;
    let words = words(tier, port, with)?;
    let group = Group::Tier(tier);
    let mut about =
        kubernetes::metadata(with.shape.app, group, &format!("{}-test", tier.id.workload));
    // No Service and no policy shall take it for one of the tier's pods.
    if let Some(Kind::Mapping(labels)) = about.get_mut("labels").map(|labels| &mut labels.kind) {
        labels.retain(|(key, _)| !OF_PODS.contains(&key.as_ref()));
        labels.push(("app.kubernetes.io/component".into(), Node::text("test")));
    }
    let hook = map! {
        "helm.sh/hook": "test",
        "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
    };
    let container = like.get("containers")?.step("0")?;
    let own = |key: &str| container.get(key).cloned();
    let of_pod = |key: &str| like.get(key).cloned();
    let node = map! {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": about,
        "spec": map! {
            "serviceAccountName": of_pod("serviceAccountName"),
            "imagePullSecrets": of_pod("imagePullSecrets"),
            "automountServiceAccountToken": of_pod("automountServiceAccountToken"),
            "enableServiceLinks": of_pod("enableServiceLinks"),
            "restartPolicy": "Never",
            "securityContext": of_pod("securityContext"),
            "containers": vec![map! {
                "name": "test",
                "image": own("image"),
                "imagePullPolicy": own("imagePullPolicy"),
                "command": Node::sequence(words),
                "resources": own("resources"),
                "securityContext": own("securityContext"),
            }],
        },
    }
    .at(tier.id.origin);
    let mut edits = Edits::new(node, Vec::new());
    edits.put("metadata", "annotations", &["labels"], hook);
    let image = base(with.shape.app, &tier.pod.image);
    of_test(&mut edits, Some(name), image, with);
    // Somebody must be let in.
    let mut conditions = opened(with, tier, &port.name);
    if let Some(policies) = with
        .values
        .read(None, "networkPolicy.enabled")
        .filter(|_| tier.keeps(Switch::NetworkPolicy))
    {
        conditions.push(format!("(not {policies})"));
        edits.guard_all(format!("if and {enabled} ({})", any(&conditions)));
    } else {
        edits.guard_all(format!("if {enabled}"));
    }
    Some(edits)
}

/// Labels by which Services and policies know pods.
const OF_PODS: &[&str] = &[
    "app",
    "app.kubernetes.io/name",
    "app.kubernetes.io/instance",
];

/// The command that asks.
fn words(tier: &Tier, port: &Port, with: Expressions<'_>) -> Option<Vec<Node>> {
    let name = Some(tier.id.name.as_str());
    let is_got = !port.is_https()
        && tier.probes.iter().any(|probes| {
            let all = [&probes.readiness, &probes.liveness, &probes.startup];
            all.into_iter().flatten().any(|probe| {
                matches!(&probe.handler, Handler::Get { port: asked, host: None, .. } if *asked == port.name)
            })
        });
    let path = health_path(tier).filter(|_| is_got);
    let health = match path {
        Some(_) => SelfCheck::Get(PATH.to_owned()),
        None => SelfCheck::Connect,
    };
    let number = with.values.int(name, "service.port")?;
    let path = match with.values.read(name, "healthPath") {
        Some(value) => Word::Any(format!("{value} | replace \"$\" \"$$\"")),
        None => Word::Literal(kubernetes::literal(path.unwrap_or_default())),
    };
    let port = PORT.to_string();
    let marks = [
        (LOOPBACK, Word::Literal(tier.id.service.clone())),
        (port.as_str(), Word::Plain(number)),
        (PATH, path),
    ];
    let words = script(tier, health, with)?.into_iter();
    let words = words.map(|word| {
        let words = filled(&kubernetes::literal(&word), &marks);
        Expressions::node(&words)
    });
    Some(words.collect())
}

/// What the image of a tier asks its own process by.
fn script(tier: &Tier, health: SelfCheck, with: Expressions<'_>) -> Option<Vec<String>> {
    let pod = with.shape.app.builder(&tier.pod.image.reference)?;
    let (build, contract) = (pod.image.build.as_ref()?, &pod.contract);
    let DockerfileSource::Planned { plan, choice } = &build.dockerfile else {
        return None;
    };
    let choice = Choice {
        health: Some(health),
        port: Some(PORT),
        ..(**choice).clone()
    };
    plan.check_command(&choice, contract)
}

/// A text with words in the places of marks.
fn filled(text: &str, marks: &[(&str, Word)]) -> Vec<Word> {
    let found = marks.iter().filter_map(|(mark, word)| {
        let at = text.find(mark)?;
        Some((at, mark.len(), word))
    });
    match found.min_by_key(|(at, _, _)| *at) {
        Some((at, length, word)) => {
            let (before, rest) = text.split_at(at);
            let mut words = vec![Word::Literal(before.to_owned()), word.clone()];
            words.extend(filled(&rest[length..], marks));
            words
        }
        None => vec![Word::Literal(text.to_owned())],
    }
}
