//! A backend of a test's own: a row is all that a backend takes.

use std::path::Path;

use todoc::backend::{
    Artifact, BACKENDS, Backend, Command, Delivery, Deployed, FileChange, Input, Places, Purpose,
    Run, Step, When, each, next,
};
use todoc::diag::{Bag, Code, Diagnostic};
use todoc::{CompiledAll, Options, compile, compile_all, ir};

/// Writes the tiers of all targets, a line each.
pub(crate) static TOY: Backend = Backend {
    name: "toy",
    doc: "a line for each tier",
    default: false,
    needs: &[],
    builds_images: false,
    runs_in_cluster: false,
    places: &["toy/"],
    stream: None,
    losses: Some("L02"),
    based_on: None,
    reads_other_targets: true,
    gives_values: false,
    check,
    lower: |inputs| each(inputs, lower),
    next: steps,
};

/// Takes no port 13, says of port 14 that it is nothing that it knows, and has no word for cpu.
fn check(app: &ir::App, found: &mut Bag) {
    for (port, tier) in ports(app) {
        if port.container == 13 {
            let message = format!("the port 13 of `{tier}` brings bad luck");
            found.push(Diagnostic::new(Code::PortTaken, port.origin, message));
        }
    }
}

fn lower(input: &Input, found: &mut Bag) -> Vec<Artifact> {
    let line = |app: &ir::App| {
        let tiers = app.tiers.iter().map(|tier| tier.id.name.as_str());
        let target = app.target.clone().unwrap_or_default();
        format!("{target}: {}\n", tiers.collect::<Vec<_>>().join(" "))
    };
    for (port, tier) in ports(input.app).filter(|(port, _)| port.container == 14) {
        let message = format!("the port 14 of `{tier}` isn't known here");
        found.push(Diagnostic::new(Code::Implausible, port.origin, message));
    }
    for tier in &input.app.tiers {
        if let Some(cpu) = &tier.pod.resources.cpu {
            let message = format!("the cpu request of `{}`: a toy reserves none", tier.id.name);
            found.push(Diagnostic::new(
                Code::ResourcesLost,
                cpu.request.span,
                message,
            ));
        }
    }
    let Places { out, source } = input.places;
    let mut text = format!("# {} {out} {source}\n", input.source);
    text.extend(std::iter::once(input.app).chain(input.others()).map(line));
    vec![Artifact {
        path: "toy/tiers".to_owned(),
        text,
        marks: Vec::new(),
    }]
}

fn ports(app: &ir::App) -> impl Iterator<Item = (&ir::Port, &str)> {
    let tiers = app.tiers.iter();
    tiers.flat_map(|tier| tier.ports.iter().map(|port| (port, tier.id.name.as_str())))
}

fn steps(_: &ir::App, delivery: Option<&Delivery>) -> Vec<Step> {
    let Some(delivery) = delivery else {
        return Vec::new();
    };
    let file = delivery.out.join("toy/tiers").display().to_string();
    let before = delivery.changes.iter().filter_map(|it| it.before.as_ref());
    let before: Vec<_> = before.map(String::as_str).collect();
    let step = |purpose, title: &str, words: &[&str]| {
        Step::run(
            purpose,
            When::EveryTime,
            title,
            vec![Command::run(words.iter().copied())],
        )
    };
    vec![
        step(Purpose::Delete, "clean up", &before),
        step(Purpose::Prepare, "look", &["cat", &file]),
    ]
}

fn options() -> Options {
    Options {
        emit: vec![&TOY],
        source_name: "a.todo".to_owned(),
        target_folders: true,
        ..Options::default()
    }
}

fn program(port: &str) -> String {
    format!(
        "app a\ntarget local {{\n}}\ntarget wide {{\n  tier web {{ replicas 2 }}\n}}\n\
         tier web {{ image \"acme/web:1.29\", port {port} }}\n"
    )
}

#[test]
fn a_backend_gets_all_targets_and_the_places() {
    let built = compile(&program("80"), &options());
    let [file] = built.artifacts.as_slice() else {
        panic!("{:?}", built.diagnostics);
    };
    assert_eq!(
        file.text,
        "# a.todo out/local ../..\nlocal: web\nwide: web\n"
    );
    let CompiledAll { builds, .. } = compile_all(&program("80"), &options());
    let texts: Vec<_> = builds
        .iter()
        .map(|it| it.artifacts[0].text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "# a.todo out/local ../..\nlocal: web\nwide: web\n",
            "# a.todo out/wide ../..\nwide: web\nlocal: web\n",
        ]
    );
}

#[test]
fn what_a_backend_refuses_counts_where_it_is_asked_for() {
    let codes = |options: &Options, port: &str| -> Vec<Code> {
        let built = compile(&program(port), options);
        assert_eq!(built.app.is_some(), built.diagnostics.is_empty());
        built.diagnostics.iter().map(|found| found.code).collect()
    };
    assert_eq!(codes(&options(), "13"), [Code::PortTaken]);
    let checked = Options {
        emit: Vec::new(),
        check: vec![&TOY],
        ..options()
    };
    assert_eq!(codes(&checked, "13"), [Code::PortTaken]);
    assert_eq!(codes(&Options::default(), "13"), []);
}

#[test]
fn what_a_backend_cannot_say_can_be_allowed() {
    let text = program("14");
    let built = compile(&text, &options());
    let codes = |built: &todoc::Compiled| -> Vec<Code> {
        built.diagnostics.iter().map(|found| found.code).collect()
    };
    assert_eq!(
        (codes(&built), built.artifacts.len()),
        (vec![Code::Implausible], 1)
    );
    let allowed = text.replace("port 14", "port 14, allow W0514 \"it is known elsewhere\"");
    let built = compile(&allowed, &options());
    assert_eq!((codes(&built), built.accepted.len()), (vec![], 1));
    // Where it isn't written, nothing of it is said.
    let built = compile(&text, &Options::default());
    assert_eq!(codes(&built), []);
}

/// The codes of the losses, of what else there is, and of what is accepted.
fn losses(text: &str, options: &Options) -> [Vec<Code>; 3] {
    let built = compile_all(text, options);
    let code = |found: &Diagnostic| found.code;
    let notes = built.notes.iter().filter(|it| it.backend.is_some());
    assert!(notes.clone().all(|it| it.backend == Some("toy")));
    let accepted = built.accepted.iter().map(|it| &it.diagnostic);
    [
        notes.map(code).collect(),
        built.diagnostics.iter().map(code).collect(),
        accepted.map(code).collect(),
    ]
}

#[test]
fn what_is_lost_stops_nothing_and_can_be_allowed() {
    let lost = vec![Code::ResourcesLost];
    let text = program("80, cpu 100m");
    assert_eq!(losses(&text, &options()), [lost.clone(), vec![], vec![]]);
    let built = compile(&text, &options());
    assert_eq!(built.artifacts.len(), 1);
    // Whoever only checks is told as well, and gets no file.
    let checked = Options {
        emit: Vec::new(),
        check: vec![&TOY],
        ..options()
    };
    assert_eq!(losses(&text, &checked), [lost.clone(), vec![], vec![]]);
    assert_eq!(compile(&text, &checked).artifacts, []);
    assert_eq!(losses(&text, &Options::default()), [vec![], vec![], vec![]]);

    let allowed = text.replace("cpu 100m", "cpu 100m, allow L0204 \"a laptop\"");
    assert_eq!(losses(&allowed, &options()), [vec![], vec![], lost]);
}

/// What one format has lost, another may say: an `allow` waits for the format that it is for.
#[test]
fn an_unused_allow_of_a_loss_is_told_where_it_was_looked_for() {
    let unused = program("80, allow L0204 \"a laptop\"");
    let told = vec![Code::UnusedAllow];
    assert_eq!(losses(&unused, &options()), [vec![], told.clone(), vec![]]);
    assert_eq!(
        losses(&unused, &Options::default()),
        [vec![], vec![], vec![]]
    );
    let codes = |text: &str, target: &str| -> Vec<Code> {
        let options = Options {
            target: Some(target.to_owned()),
            ..options()
        };
        let built = compile(text, &options);
        built.diagnostics.iter().map(|found| found.code).collect()
    };
    assert_eq!(codes(&unused, "local"), told);
    // The target that has it is another one.
    let wide = "tier web { replicas 2, cpu 1, allow L0204 \"a laptop\" }";
    let used = program("80").replace("tier web { replicas 2 }", wide);
    for target in ["local", "wide"] {
        assert_eq!(codes(&used, target), [], "{target}");
    }
}

#[test]
fn steps_of_several_backends_stand_in_one_order() {
    let text = program("8080").replace("image \"acme/web:1.29\"", "build go \"./web\"");
    let emit = [&[&TOY], BACKENDS].concat();
    let built = compile(
        &text,
        &Options {
            emit: emit.clone(),
            ..options()
        },
    );
    assert_eq!(built.diagnostics, []);
    let app = built.app.expect("an application");
    let delivery = Delivery {
        artifacts: &built.artifacts,
        builds_images: true,
        program: None,
        out: Path::new("out/local"),
        source: None,
        out_from_source: Path::new("out/local"),
        changes: &[FileChange {
            path: "toy/tiers".to_owned(),
            before: Some("before".to_owned()),
            after: Some("after"),
        }],
        deployed: &Deployed::default(),
    };
    let steps = next(&emit, &app, Some(&delivery));
    let purposes: Vec<_> = steps.iter().map(|step| step.purpose).collect();
    // Those of a backend that builds its images itself stand together behind the others.
    let behind = emit.iter().filter(|backend| !backend.needs.is_empty());
    let behind = behind.flat_map(|backend| (backend.next)(&app, Some(&delivery)));
    let count = behind.filter(|step| !step.commands.is_empty()).count();
    let (before, apart) = purposes.split_at(purposes.len() - count);
    assert!(
        before.is_sorted() && apart.is_sorted() && count > 0,
        "{purposes:?}"
    );
    let words = |step: &Step| match step.commands.as_slice() {
        [Command::Run(Run { words, .. }), ..] => words.join(" "),
        commands => panic!("{commands:?}"),
    };
    // Some tell something, and run nothing.
    let mut run = steps.iter().filter(|step| !step.commands.is_empty());
    assert_eq!(
        run.next().map(words).as_deref(),
        Some("cat out/local/toy/tiers")
    );
    assert!(run.any(|step| words(step) == "before"));
    let expected = [Purpose::BuildImages, Purpose::Apply, Purpose::Wait];
    assert!(
        expected.iter().all(|it| purposes.contains(it)),
        "{purposes:?}"
    );
    assert_eq!(next(&[&TOY], &app, None), []);
}
