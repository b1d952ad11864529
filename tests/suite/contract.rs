//! Image and pod follow one contract: what is changed in the source is changed in both, and nothing
//! else is.

use todoc::backend::{BACKENDS, Input, Places};
use todoc::catalog::{Choice, Plan, RECIPES, Recipe};
use todoc::diag::Bag;
use todoc::{Options, compile, ir};

use crate::support::{overview, report};

/// A fact of the source: a text that stands in it, another one to stand there, and where else the
/// first must be found.
struct Fact {
    name: &'static str,
    text: &'static str,
    other: &'static str,
    /// Whether the image of such a recipe holds it.
    in_image: fn(&Plan) -> bool,
}

const FACTS: &[Fact] = &[
    Fact {
        name: "the port",
        text: "8123",
        other: "9234",
        in_image: |_| true,
    },
    Fact {
        name: "the user",
        text: "20001",
        other: "20002",
        in_image: |_| true,
    },
    Fact {
        name: "a folder to write to",
        text: "scratch1",
        other: "scratch2",
        in_image: |_| true,
    },
    Fact {
        name: "the path of the health check",
        text: "/alive",
        other: "/ready/now",
        // What has nothing but one program has nothing that could ask.
        in_image: |plan| plan.runtime.health.is_some(),
    },
];

/// A program with one tier of that recipe, which states all facts.
fn program(recipe: &Recipe, plan: &Plan) -> String {
    let entry = plan.entry.as_ref();
    let entry = entry.map_or(String::new(), |entry| {
        format!("entry \"{}\"", entry.example)
    });
    format!(
        "app contract\n\
         tier web {{\n\
         build {} \"./web\" {{ {entry} }}\n\
         port 8123\n\
         user 20001\n\
         writable \"/srv/scratch1\"\n\
         health \"/alive\"\n\
         }}\n",
        recipe.name
    )
}

fn app(program: &str) -> ir::App {
    let compiled = compile(program, &Options::default());
    let found = compiled.diagnostics;
    compiled
        .app
        .unwrap_or_else(|| panic!("{program}\n{found:?}"))
}

/// What the backends make of an application: the image's file, and the objects.
fn outputs(app: &ir::App) -> [String; 2] {
    ["docker", "kubernetes"].map(|name| {
        let backend = BACKENDS.iter().find(|backend| backend.name == name);
        let input = Input {
            app,
            all: &[app],
            source: "contract.todo",
            places: &Places::default(),
            marks: false,
        };
        let written = (backend.expect("a backend").lower)(&[input]);
        let written = written.into_iter().next().expect("what is written");
        assert_eq!(written.found, Bag::default());
        overview(&written.artifacts)
    })
}

fn planned() -> impl Iterator<Item = (&'static Recipe, &'static Plan)> {
    let recipes = RECIPES.iter();
    recipes.filter_map(|recipe| Some((*recipe, recipe.plan.as_ref()?)))
}

#[test]
fn image_and_pod_follow_the_source() {
    let mut failures = Vec::new();
    for (recipe, plan) in planned() {
        let program = program(recipe, plan);
        let [image, pod] = outputs(&app(&program));
        for fact in FACTS {
            let Fact { text, other, .. } = fact;
            let [other_image, other_pod] = outputs(&app(&program.replace(text, other)));
            for (what, before, after, holds) in [
                ("image", &image, &other_image, (fact.in_image)(plan)),
                ("pod", &pod, &other_pod, true),
            ] {
                if before.contains(text) != holds || before.replace(text, other) != *after {
                    let name = fact.name;
                    failures.push(format!("{}: the {what} doesn't follow {name}", recipe.name));
                }
            }
        }
    }
    report(&failures);
}

/// How long a process may take to end is no statement: the recipe says it, to the pod and to the
/// servers that take it as an option.
#[test]
fn image_and_pod_follow_the_time_to_end() {
    let mut failures = Vec::new();
    for (recipe, plan) in planned() {
        let mut app = app(&program(recipe, plan));
        let pod = &mut app.tiers[0].pod;
        let Some(build) = &mut pod.image.build else {
            panic!("{} builds nothing", recipe.name);
        };
        let ir::DockerfileSource::Planned { choice, .. } = &mut build.dockerfile else {
            panic!("{} has no plan", recipe.name);
        };
        **choice = Choice {
            shutdown_seconds: 77,
            ..(**choice).clone()
        };
        pod.contract = (plan.contract)(choice);
        let [image, pod] = outputs(&app);
        let option = match recipe.name {
            "fastapi" => "\"--timeout-graceful-shutdown\", \"67\"",
            "django" => "\"--graceful-timeout\", \"67\"",
            _ => "",
        };
        if !image.contains(option) {
            failures.push(format!("{}: the image doesn't follow it", recipe.name));
        }
        if !pod.contains("terminationGracePeriodSeconds: 77\n") {
            failures.push(format!("{}: the pod doesn't follow it", recipe.name));
        }
    }
    report(&failures);
}
