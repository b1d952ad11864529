//! Edits of objects, kind by kind, and the file that each stands in.

mod gateway;
mod ingress;
mod operated;
mod stored;
mod tier;

use super::edit::Edits;
use super::pod::{self, Of, add_texts};
use super::text::Expressions;
use crate::backend::kubernetes::Group;
use crate::ir::{Database, FileMap, HostKind, Job, Tier, Volume};
use crate::yaml::Node;
use stored::{claim, config, keep, own_config, policy, secret_data, volume};
use tier::pauses;

const INGRESS: &str = HostKind::Ingress.word();

/// The name of the file of a route that leads to https.
const REDIRECT: &str = "redirect";

/// Edits an object of a group, and returns the path of its template.
pub(super) fn edit(
    edits: &mut Edits,
    kind: &str,
    name: &str,
    group: Group<'_>,
    with: Expressions<'_>,
) -> String {
    let lower = kind.to_ascii_lowercase();
    match group {
        Group::Namespace | Group::Shared => {
            shared(edits, kind, with);
            format!("{lower}.yaml")
        }
        Group::Ingresses => match with.shape.host_of_object(name) {
            Some(host) => {
                let file = if kind == INGRESS {
                    ingress::over_tiers(edits, host, with);
                    lower.as_str()
                } else {
                    gateway::over_tiers(edits, name, host, with);
                    if host.name == name { &lower } else { REDIRECT }
                };
                if with.shape.hosts().len() == 1 {
                    format!("{file}.yaml")
                } else {
                    format!("{file}-{}.yaml", with.shape.host_key(host))
                }
            }
            None => format!("{lower}-{name}.yaml"),
        },
        Group::Database(database) => {
            of_database(edits, kind, name, database, with);
            let files = database.files.as_ref();
            format!("{}/{}.yaml", database.id.name, file(kind, name, files, &[]))
        }
        Group::Tier(tier) => {
            tier::of_tier(edits, kind, name, tier, with);
            let volumes: Vec<_> = tier.pod.volumes.iter().collect();
            let file = match kind {
                "Job" => "migrate-job".to_owned(),
                _ if kind == HostKind::HttpRoute.word() && name != tier.id.workload => {
                    REDIRECT.to_owned()
                }
                "NetworkPolicy" if name != tier.id.workload => "migrate-networkpolicy".to_owned(),
                "Service" if tier.public_service.as_deref() == Some(name) => {
                    "service-public".to_owned()
                }
                "Service" if tier.pods_service.as_deref() == Some(name) => {
                    "service-pods".to_owned()
                }
                _ => match further_port(tier, kind, name) {
                    Some(port) => format!("service-port-{port}"),
                    None => file(kind, name, tier.pod.files.as_ref(), &volumes),
                },
            };
            format!("{}/{file}.yaml", tier.id.name)
        }
        Group::Job(job) => {
            of_job(edits, kind, name, job, with);
            let volumes: Vec<_> = job.pod.volumes.iter().collect();
            let file = file(kind, name, job.pod.files.as_ref(), &volumes);
            format!("{}/{file}.yaml", job.id.name)
        }
    }
}

/// The port that a Service publishes besides the first one, if it is such.
fn further_port<'t>(tier: &'t Tier, kind: &str, name: &str) -> Option<&'t str> {
    let mut further = tier.further.iter().filter(|_| kind == "Service");
    let found = further.find(|it| it.service.as_deref() == Some(name));
    found.map(|it| it.port.as_str())
}

/// The name of an object's file in the folder of its thing.
fn file(kind: &str, name: &str, files: Option<&FileMap>, volumes: &[&Volume]) -> String {
    let lower = kind.to_ascii_lowercase();
    match kind {
        "ConfigMap" if files.is_some_and(|files| files.name == name) => "files".to_owned(),
        "PersistentVolumeClaim" => {
            let volume = volumes.iter().find(|it| it.object == name);
            volume.map_or(lower.clone(), |volume| format!("{lower}-{}", volume.name))
        }
        _ => lower,
    }
}

fn shared(edits: &mut Edits, kind: &str, with: Expressions<'_>) {
    let app = with.shape.app;
    match kind {
        "ServiceAccount" => {
            if let Some(map) = with.values.read(None, "serviceAccount.annotations") {
                add_texts(edits, "metadata", "annotations", &map);
            }
        }
        "ConfigMap" => config(edits, "config", with),
        "Secret" => {
            if let Some(secret) = &app.secret {
                secret_data(edits, None, secret, None, with);
            }
        }
        _ => {}
    }
}

fn of_database(
    edits: &mut Edits,
    kind: &str,
    name: &str,
    database: &Database,
    with: Expressions<'_>,
) {
    let thing = Some(database.id.name.as_str());
    match kind {
        "Secret" => {
            if let Some(secret) = &database.secret {
                secret_data(edits, thing, secret, None, with);
            }
        }
        "NetworkPolicy" => policy(edits, None, with),
        "ConfigMap" => own_config(
            edits,
            name,
            &database.id.name,
            (None, database.files.as_ref()),
            with,
        ),
        "PersistentVolumeClaim" => {
            claim(edits, "spec", thing, "persistence", with);
            keep(edits);
        }
        kind if database
            .operated()
            .is_some_and(|it| it.operator.kind == kind) =>
        {
            operated::edit(edits, database, with);
            // With it would go its claims.
            keep(edits);
        }
        "StatefulSet" | "Deployment" => {
            pod::of_database(edits, "spec.template", database, with);
            claim(
                edits,
                "spec.volumeClaimTemplates.0.spec",
                thing,
                "persistence",
                with,
            );
        }
        _ => {}
    }
}

/// Leaves a Job without a pod for these reasons, and where it waits, until its stage has come.
pub(super) fn suspended(
    edits: &mut Edits,
    thing: &str,
    mut reasons: Vec<String>,
    with: Expressions<'_>,
) {
    let stage = with.shape.app.stages().of(thing);
    if edits.has("spec.suspend")
        && let Some(reached) = with.values.int(None, "releaseStage")
    {
        reasons.push(format!("(lt ({reached}) {stage})"));
    }
    if !reasons.is_empty() {
        let node = Node::expression("true").guarded(format!("if {}", pod::any(&reasons)));
        edits.put(
            "spec",
            "suspend",
            &["backoffLimit", "podFailurePolicy"],
            node,
        );
    }
}

fn of_job(edits: &mut Edits, kind: &str, name: &str, job: &Job, with: Expressions<'_>) {
    let thing = Some(job.id.name.as_str());
    let read = |field: &str| with.values.read(thing, field);
    let Some(enabled) = read("enabled") else {
        return;
    };
    edits.guard_all(format!("if {enabled}"));
    let of = Of {
        id: &job.id,
        pod: &job.pod,
        container: &job.id.name,
        tier: None,
    };
    match kind {
        "NetworkPolicy" => policy(edits, Some(&enabled), with),
        "Job" => {
            let reasons = pauses(&job.pod, with).into_iter();
            suspended(edits, &job.id.name, reasons.collect(), with);
            pod::edit(edits, "spec.template", of, with);
        }
        "CronJob" => {
            if let (Some(times), Some(zone), Some(suspend)) =
                (read("schedule"), read("timeZone"), read("suspend"))
            {
                edits.set("spec.schedule", format!("{{{{ {times} | quote }}}}"));
                let node = Node::expression("{{ . | quote }}").guarded(format!("with {zone}"));
                edits.put("spec", "timeZone", &["schedule"], node);
                let reasons = std::iter::once(suspend).chain(pauses(&job.pod, with));
                let reasons = pod::any(&reasons.collect::<Vec<_>>());
                let node = Node::expression("true").guarded(format!("if {reasons}"));
                edits.put("spec", "suspend", &["timeZone"], node);
            }
            pod::edit(edits, "spec.jobTemplate.spec.template", of, with);
        }
        "ConfigMap" => {
            let maps = (job.pod.config.as_ref(), job.pod.files.as_ref());
            own_config(edits, name, &job.id.name, maps, with);
        }
        "Secret" => {
            if let Some(secret) = &job.pod.secret {
                secret_data(edits, thing, secret, Some(&enabled), with);
            }
        }
        "PersistentVolumeClaim" => volume(edits, name, thing, &job.pod.volumes, with),
        _ => {}
    }
}
