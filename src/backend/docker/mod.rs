//! Dockerfiles, their ignore files and the file for `docker buildx bake`.

mod bake;
mod ignore;
mod next;
mod origins;
mod sources;

use super::{Artifact, Backend, Input, each};
use crate::catalog::{Choice, EntryKind, Plan};
use crate::diag::{Bag, Code, Diagnostic};
use crate::docker::{Dockerfile, FRONTEND, print, print_with_reasons};
use crate::ir;
use crate::source::Span;
use crate::yaml::Origin;
pub(super) use sources::{content_tag, left_out, sources};

/// The backend.
pub(super) const BACKEND: Backend = Backend {
    name: "docker",
    doc: "Dockerfiles and bake.json",
    default: true,
    needs: &[],
    builds_images: true,
    runs_in_cluster: false,
    places: &["docker/"],
    stream: None,
    losses: None,
    based_on: None,
    reads_other_targets: false,
    gives_values: true,
    check: |_, _| {},
    lower: |inputs| each(inputs, lower),
    next: next::steps,
};

/// The file for `docker buildx bake`.
const BAKE: &str = "docker/bake.json";

/// A tier or job whose image is built here.
#[derive(Clone, Copy)]
struct Built<'a> {
    name: &'a str,
    pod: &'a ir::Pod,
    build: &'a ir::Build,
    /// The tier, where it is one.
    tier: Option<&'a ir::Tier>,
    /// Where the application's version is said.
    version: Span,
}

/// Whether neither the text nor the sources say what is started, and no command does.
fn lacks_entry(plan: &Plan, choice: &Choice) -> bool {
    let is_built = plan
        .entry
        .as_ref()
        .is_some_and(|it| it.kind == EntryKind::Binary);
    choice.entry.is_empty() && (is_built || choice.command.is_empty())
}

fn lower(input: &Input, bag: &mut Bag) -> Vec<Artifact> {
    let app = input.app;
    let tiers = app.tiers.iter().map(|it| (&it.id, &it.pod, Some(it)));
    let jobs = app.jobs.iter().map(|it| (&it.id, &it.pod, None));
    let built = tiers.chain(jobs).filter_map(|(id, pod, tier)| {
        Some(Built {
            name: &id.name,
            pod,
            build: pod.image.build.as_ref()?,
            tier,
            version: app.version.span,
        })
    });
    let built = built.collect::<Vec<_>>();
    let header = super::header(input.source);
    let mut artifacts = Vec::new();
    for one in &built {
        let ir::DockerfileSource::Planned { plan, choice } = &one.build.dockerfile else {
            continue;
        };
        if let Some(point) = plan.entry.as_ref().filter(|_| lacks_entry(plan, choice)) {
            let message = format!(
                "`{}` doesn't say what it starts, and nobody looked into `{}`",
                one.name, one.build.context
            );
            let missing = Diagnostic::new(Code::MissingStatement, one.pod.image.origin, message);
            bag.push(missing.help(format!("say it: `{{ entry \"{}\" }}`", point.example)));
            continue;
        }
        let path = format!("docker/{}.Dockerfile", one.name);
        let dockerfile = Dockerfile {
            frontend: choice.pins.pinned(FRONTEND),
            header: header.clone(),
            stages: plan.pinned_stages(choice, &one.pod.contract),
        };
        let (text, marks) = if input.marks {
            let (text, reasons) = print_with_reasons(&dockerfile);
            let marks = reasons.iter();
            let marks = marks.map(|reason| origins::of_line(*one, &dockerfile, reason));
            (text, marks.collect())
        } else {
            (print(&dockerfile), Vec::new())
        };
        artifacts.push(Artifact {
            text,
            path: path.clone(),
            marks,
        });
        // BuildKit reads it beside the Dockerfile, before the context's own.
        let text = ignore::text(plan, &header);
        artifacts.push(Artifact {
            marks: input.marks(&text, |line, _| {
                let rule = if line == 1 { "header" } else { "ignored" };
                (String::new(), Origin::rule(rule, one.pod.image.origin))
            }),
            text,
            path: format!("{path}.dockerignore"),
        });
    }
    if !built.is_empty() {
        let text = bake::text(&built, app.target.as_deref());
        let mut keys = Vec::new();
        artifacts.push(Artifact {
            marks: input.marks(&text, |_, line| {
                origins::of_bake(&mut keys, line, &built, app.origin)
            }),
            text,
            path: BAKE.to_owned(),
        });
    }
    artifacts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Places;
    use crate::catalog::{Argument, Choice, recipe};
    use crate::ir::{App, Build, Setting, Text, Tier, sample};

    fn written(app: &App, source: &str) -> Vec<Artifact> {
        let input = Input {
            app,
            all: &[app],
            source,
            places: &Places::default(),
            marks: false,
        };
        lower(&input, &mut Bag::default())
    }

    fn build(name: &str, arguments: &[(&str, &str)]) -> Build {
        let recipe = recipe(name).expect("a recipe");
        let argument = |(key, _): &(&str, &str)| Argument {
            name: (*key).to_owned(),
            public: recipe.is_public(key),
        };
        let plan = recipe.plan.as_ref().expect("a plan");
        Build {
            context: format!("./{name}"),
            dockerfile: ir::DockerfileSource::Planned {
                plan,
                choice: Box::new(Choice {
                    port: Some(3000),
                    arguments: arguments.iter().map(argument).collect(),
                    title: name.to_owned(),
                    version: "1.0.0".to_owned(),
                    ..Choice::of(plan)
                }),
            },
            arguments: arguments
                .iter()
                .map(|(key, value)| Setting {
                    key: (*key).to_owned(),
                    value: Text::literal(*value, sample::place()),
                    origin: sample::place(),
                })
                .collect(),
            secrets: Vec::new(),
            said: Vec::new(),
            platforms: Vec::new(),
            max_size: None,
        }
    }

    fn tier(name: &str, build: Option<Build>) -> Tier {
        let mut tier = sample::tier(name);
        if let Some(build) = &build
            && let ir::DockerfileSource::Planned { plan, choice } = &build.dockerfile
        {
            tier.pod.contract = (plan.contract)(choice);
        }
        tier.pod.image.build = build;
        tier
    }

    fn app(target: Option<&str>, tiers: Vec<Tier>) -> App {
        App {
            target: target.map(str::to_owned),
            ..sample::app(tiers)
        }
    }

    #[test]
    fn only_tiers_that_are_built_have_files() {
        assert_eq!(written(&app(None, vec![tier("cache", None)]), "a.todo"), []);
        let tiers = vec![tier("cache", None), tier("web", Some(build("nextjs", &[])))];
        let artifacts = written(&app(None, tiers), "a.todo");
        let paths = artifacts.iter().map(|one| one.path.as_str());
        assert_eq!(
            paths.collect::<Vec<_>>(),
            [
                "docker/web.Dockerfile",
                "docker/web.Dockerfile.dockerignore",
                "docker/bake.json"
            ]
        );
        for text in artifacts[..2].iter().map(|one| &one.text) {
            assert!(
                text.contains("# Generated by todoc from a.todo: changes made here are lost.\n")
            );
        }
    }

    #[test]
    fn a_file_name_cannot_leave_its_comment() {
        let tiers = vec![tier("web", Some(build("nextjs", &[])))];
        for artifact in written(&app(None, tiers), "a\nUSER root\r.todo") {
            assert!(!artifact.text.contains("\nUSER root"), "{}", artifact.path);
        }
    }

    #[test]
    fn bake_builds_every_image_with_its_arguments() {
        let arguments = [
            ("NEXT_PUBLIC_API_URL", "/api"),
            ("NEXT_PUBLIC_HOSTILE", "${OUT} %{if} \"\\\n"),
        ];
        let tiers = vec![
            tier("web", Some(build("nextjs", &arguments))),
            tier("api", Some(build("fastapi", &[]))),
        ];
        let artifacts = written(&app(Some("local"), tiers), "a.todo");
        let bake = artifacts.last().expect("a last file");
        assert_eq!(
            bake.text,
            r#"{
  "variable": {
    "OUT": {
      "default": "out/local"
    }
  },
  "group": {
    "default": {
      "targets": [
        "web",
        "api"
      ]
    }
  },
  "target": {
    "web": {
      "context": "./nextjs",
      "dockerfile": "cwd://${OUT}/docker/web.Dockerfile",
      "tags": [
        "ghcr.io/acme/web:1.0.0"
      ],
      "args": {
        "NEXT_PUBLIC_API_URL": "/api",
        "NEXT_PUBLIC_HOSTILE": "$${OUT} %%{if} \"\\\n"
      }
    },
    "api": {
      "context": "./fastapi",
      "dockerfile": "cwd://${OUT}/docker/api.Dockerfile",
      "tags": [
        "ghcr.io/acme/api:1.0.0"
      ]
    }
  }
}
"#
        );
        // A value that is in a Dockerfile is in every image made from it.
        for artifact in artifacts.iter().filter(|one| one.path != bake.path) {
            assert!(!artifact.text.contains("%{if}"), "{}", artifact.path);
        }
    }

    #[test]
    fn a_dockerfile_of_others_is_named_and_not_written() {
        let theirs = |file: &str, stage: Option<&str>| Build {
            context: "./legacy".to_owned(),
            dockerfile: ir::DockerfileSource::Theirs {
                file: file.to_owned(),
                stage: stage.map(str::to_owned),
            },
            arguments: Vec::new(),
            secrets: Vec::new(),
            said: Vec::new(),
            platforms: Vec::new(),
            max_size: None,
        };
        let tiers = vec![
            tier("a", Some(theirs("Dockerfile", None))),
            tier("b", Some(theirs("docker/b.Dockerfile", Some("runner")))),
        ];
        let artifacts = written(&app(None, tiers), "a.todo");
        let [bake] = artifacts.as_slice() else {
            panic!("nothing but bake.json");
        };
        let bake: serde_json::Value = serde_json::from_str(&bake.text).expect("JSON");
        assert_eq!(
            bake["target"],
            serde_json::json!({
                "a": {
                    "context": "./legacy",
                    "dockerfile": "Dockerfile",
                    "tags": ["ghcr.io/acme/a:1.0.0"],
                },
                "b": {
                    "context": "./legacy",
                    "dockerfile": "docker/b.Dockerfile",
                    "target": "runner",
                    "tags": ["ghcr.io/acme/b:1.0.0"],
                },
            })
        );
    }
}
