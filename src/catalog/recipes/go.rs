//! Go: one program without a libc.

use super::compiled::{BUILT, contract, folders, shipped};
use super::frame::{APP, arguments, cache, run_with_secrets, sources, strings, workdir};
use crate::catalog::context::PROCESS_VARIABLES;
use crate::catalog::runtimes::GO;
use crate::catalog::{Choice, Contract, EntryKind, EntryPoint, Need, Plan, Recipe};
use crate::docker::{DockerValue, Instruction, Stage};

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "go",
    doc: "a Go program without cgo; the image holds it and its `data` alone, with no shell and no health check of its own",
    options: &["go", "entry", "secret", "data", "max_size"],
    public_prefixes: &[],
    several: "",
    plan: Some(Plan {
        runtime: &GO,
        packages: &[],
        entry: Some(EntryPoint {
            kind: EntryKind::Package,
            default: Some("."),
            example: "./cmd/api",
        }),
        is_server: false,
        contract,
        stages,
        ignore: &[],
    }),
    context: &[
        Need::File {
            path: "go.mod",
            help: "make it: `go mod init`, then `go mod tidy`",
        },
        Need::Entry {
            others: &[],
            told_by: None,
        },
        Need::Data {
            sources: ".go",
            told_by: "main.go",
            embeds: &["//go:embed"],
        },
        PROCESS_VARIABLES,
    ],
};

/// Certificates, time zones and `/tmp`, and nothing that runs. It has floating tags alone.
const RUNNER: &str = "gcr.io/distroless/static-debian13:nonroot";

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    vec![builder(choice, contract), shipped(choice, contract, RUNNER)]
}

/// Compiles for the image's platform on the machine's own.
fn builder(choice: &Choice, contract: &Contract) -> Stage {
    let cache = |what: &str, target: &str| cache(choice, what, target, false);
    let modules = || cache("go-mod", "/go/pkg/mod");
    let platform = |name: &str, help| Instruction::Arg {
        name: name.to_owned(),
        help,
        public: true,
    };
    let mut instructions = vec![
        workdir(APP),
        // A module that needs no other has no sums.
        Instruction::Copy {
            from: None,
            sources: strings(&["go.mod", "go.sum*"]),
            target: "./".to_owned(),
            owner: None,
        },
        run_with_secrets(
            choice,
            vec![modules()],
            vec![strings(&["go", "mod", "download"])],
        ),
        sources(),
        platform("TARGETOS", "is the image's system."),
        platform("TARGETARCH", "is the image's processor."),
        Instruction::Env(vec![
            ("CGO_ENABLED".to_owned(), DockerValue::text("0")),
            ("GOOS".to_owned(), DockerValue::variable("TARGETOS")),
            ("GOARCH".to_owned(), DockerValue::variable("TARGETARCH")),
        ]),
    ];
    instructions.extend(arguments(choice));
    let flags = "-ldflags=-s -w";
    let mut commands = vec![strings(&[
        "go",
        "build",
        "-trimpath",
        flags,
        "-o",
        BUILT,
        &choice.entry,
    ])];
    commands.extend(folders(contract));
    instructions.push(run_with_secrets(
        choice,
        vec![modules(), cache("go-build", "/root/.cache/go-build")],
        commands,
    ));
    Stage {
        name: "builder",
        from: choice.base.reference(),
        native: true,
        help: "compiles the program.",
        instructions,
    }
}
