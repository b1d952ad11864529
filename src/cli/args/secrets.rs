//! Commands and options of `todoc secrets`.

use clap::Subcommand;
use std::path::PathBuf;

const ABOUT: &str = "\
Bring the values of secrets to where they belong, without showing them

A program says which secrets there are and what their values must be like; it holds no value. \
These commands take the values from the environment, or from the files behind `--env-file` alone, \
and hold them to their rules. No value is ever printed, written to a file or given as an argument.";

const ENV_FILE_HELP: &str = "\
Take the values from this file instead of the environment; `-` is standard input

Several are read one after the other: of a name, the last value counts. A line is NAME=value, with \
`export` before it or not; a value of several lines, or with characters that programs read \
differently, stands in 'single quotes'. Names that the program doesn't ask for are ignored.";

/// Options of `todoc secrets`.
#[derive(Debug, clap::Args)]
#[command(long_about = ABOUT)]
pub(in crate::cli) struct Secrets {
    #[command(subcommand)]
    pub(in crate::cli) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// List the secrets of an application, their rules and who reads them
    List(List),
    /// Print a .env file to fill in, or objects of the External Secrets Operator
    Template(Template),
    /// Hold the values to their rules, or ask the cluster what it has
    Check(Check),
}

/// Which application.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Program {
    /// The .todo file; `-` is standard input
    pub(in crate::cli) file: PathBuf,
    /// The target that is deployed [default: the file's first]
    #[arg(short, long, value_name = "NAME")]
    pub(in crate::cli) target: Option<String>,
}

/// Where values come from.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Sources {
    #[arg(long, value_name = "FILE", help = "Take the values from this file instead of the environment; `-` is standard input", long_help = ENV_FILE_HELP)]
    pub(in crate::cli) env_file: Vec<PathBuf>,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Form {
    /// For people
    Human,
    /// One JSON object
    Json,
}

/// Options of `todoc secrets list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc secrets list app.todo --target production")]
pub(in crate::cli) struct List {
    #[command(flatten)]
    pub(in crate::cli) program: Program,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(in crate::cli) report: Form,
}

/// What a template is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum TemplateKind {
    /// A .env file with an empty value for each name
    Env,
    /// ExternalSecret objects, which name the values in a store
    ExternalSecret,
}

/// Options of `todoc secrets template`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc secrets template app.todo > production.env")]
pub(in crate::cli) struct Template {
    #[command(flatten)]
    pub(in crate::cli) program: Program,
    /// What to print
    #[arg(long = "as", value_name = "KIND", default_value = "env")]
    pub(in crate::cli) kind: TemplateKind,
    /// The store that external secrets are read from: NAME, or ClusterSecretStore/NAME
    #[arg(long, value_name = "STORE", required_if_eq("kind", "external-secret"))]
    pub(in crate::cli) store: Option<String>,
}

/// What may be refused besides values that are missing or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Values that are hardly meant, such as `changeme`
    Warnings,
}

/// Options of `todoc secrets check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc secrets check app.todo --env-file production.env")]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    pub(in crate::cli) program: Program,
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    /// What to refuse besides values that are missing or wrong
    #[arg(long, value_name = "WHAT")]
    pub(in crate::cli) deny: Option<Deny>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(in crate::cli) report: Form,
}
