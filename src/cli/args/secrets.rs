//! Commands and options of `todoc secrets`.

use clap::Subcommand;
use std::ffi::OsString;
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
    /// Print a shell script that does what `apply` does, for a machine without todoc
    Script(Script),
    /// Write the Secrets into the cluster, once you said yes
    Apply(Apply),
    /// Hand the Secrets to another program, such as kubeseal or sops
    Pipe(Pipe),
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
    /// Ask the cluster which Secrets and keys it has, instead of looking at values
    #[arg(long, conflicts_with_all = ["env_file", "deny"])]
    pub(in crate::cli) live: bool,
    /// The context of kubectl's that `--live` asks [default: its current one]
    #[arg(long, value_name = "NAME", requires = "live")]
    pub(in crate::cli) context: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(in crate::cli) report: Form,
}

/// Options of `todoc secrets script`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc secrets script app.todo > make-secrets.sh")]
pub(in crate::cli) struct Script {
    #[command(flatten)]
    pub(in crate::cli) program: Program,
}

const APPLY_ABOUT: &str = "\
Write the Secrets into the cluster, once you said yes

The values are held to their rules, and the server is asked whether it takes each Secret, before \
anything is written. What was written is made, changed or unchanged; for what changed there is the \
command that restarts the workloads which read it. The same command rotates a value later on. \
kubectl does the writing: it has to be installed and to know the cluster.";

const GENERATE_HELP: &str = "\
Make this variable's value, if the cluster has none; several are several options

The value keeps to the rules of the program and is shown to nobody. One that the cluster has stays \
as it is, so that a database keeps its password: later runs need the option again, unless they are \
given the value.";

const REPLACE_HELP: &str = "\
Write the password of a database in this variable, though the database keeps its old one

PostgreSQL and MySQL read their password at their first start alone. Change it there first, by ALTER \
ROLE or ALTER USER; without this option another password is refused.";

/// Options of `todoc secrets apply`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[derive(Debug, clap::Args)]
#[command(long_about = APPLY_ABOUT, after_help = "\
Examples:
  todoc secrets apply app.todo --target production
  todoc secrets apply app.todo --generate DB_PASSWORD
  sops decrypt x.env | todoc secrets apply app.todo --env-file - -y")]
pub(in crate::cli) struct Apply {
    #[command(flatten)]
    pub(in crate::cli) program: Program,
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    /// The context of kubectl's to write to [default: its current one]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) context: Option<String>,
    #[arg(long, value_name = "VARIABLE", help = "Make this variable's value, if the cluster has none", long_help = GENERATE_HELP)]
    pub(in crate::cli) generate: Vec<String>,
    #[arg(long, value_name = "VARIABLE", help = "Write a database's password, though the database keeps its old one", long_help = REPLACE_HELP)]
    pub(in crate::cli) replace: Vec<String>,
    /// Make the namespace first, if there is none
    #[arg(long)]
    pub(in crate::cli) create_namespace: bool,
    /// Restart the workloads that read what changed
    #[arg(long)]
    pub(in crate::cli) restart: bool,
    /// Write nothing; say what the server would do
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Don't ask; needed where there is no terminal
    #[arg(short, long)]
    pub(in crate::cli) yes: bool,
}

const PIPE_ABOUT: &str = "\
Hand the Secrets to another program, such as kubeseal or sops

The program gets them on its standard input: as a YAML stream of Secrets, or with `--as values` as \
values of the chart that `todoc build --emit helm` writes. What it prints is passed on, with `***` in \
place of each value: as it is, in base64, or as JSON and YAML write it. Where that changed its output, \
the status is 2: it isn't what the program printed.";

/// What a program is handed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum PipeKind {
    /// Secrets, a YAML document each
    Manifests,
    /// Values of the chart, where `helm { secrets values }` is said
    Values,
}

/// Options of `todoc secrets pipe`.
#[derive(Debug, clap::Args)]
#[command(long_about = PIPE_ABOUT, after_help = "\
Examples:
  todoc secrets pipe app.todo -- kubeseal --format yaml > sealed.yaml
  todoc secrets pipe app.todo --as values -- helm upgrade --install app out/helm/app -f -")]
pub(in crate::cli) struct Pipe {
    #[command(flatten)]
    pub(in crate::cli) program: Program,
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
    /// What to hand to it
    #[arg(long = "as", value_name = "KIND", default_value = "manifests")]
    pub(in crate::cli) kind: PipeKind,
    /// The program, and what it is given
    #[arg(last = true, required = true)]
    pub(in crate::cli) command: Vec<OsString>,
}
