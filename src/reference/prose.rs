//! What the reference says in words, between its tables.

use crate::catalog::databases::ENGINES;
use crate::catalog::keys::Place;

/// What holds everywhere.
pub(super) const INTRODUCTION: &str = r#"<!-- Generated from the tables in src/catalog: `UPDATE_EXPECT=1 cargo test docs` writes it anew. -->

# The language

A `.todo` file states an application once: its tiers, what each needs, who may reach it, and which
secrets it reads. `todoc build` derives the rest. There is no computation in it: no loops, imports,
conditions or interpolation. What differs from place to place stands in a `target`.

## Shapes

There is one shape: a word, what belongs to it, perhaps `= value`, perhaps a block.

```todo
# A comment reaches to the end of its line.
app notes { version "1.0.0" }

tier web {
  build nextjs "./web" { node 24, NEXT_PUBLIC_THEME = "dark" }
  port 3000
  health "/" {
    liveness every 30s
  }
}
```

- **Statements** stand a line each, or on one line with commas between them. Their order doesn't
  matter, but for `env`, which keeps it. Those of the top level begin in the first column; a block
  opens on the line of its statement.
- **Names** of tiers, databases, jobs and crons are one set: lower-case letters, digits and `-`,
  beginning with a letter, up to 63 characters. `app`, `config`, `secret`, `env`, `target`, `default`
  and `internal` aren't free. Keys of the shared `config` and shared secrets are one set as well:
  letters, digits and `_`, not beginning with a digit.
- **Strings** are JSON's, on one line: `"a \"quoted\" word"`.
- **Numbers** have their units behind them. cpu is in cores or thousandths of one (`0.5`, `500m`);
  memory and storage are in bytes (`512Mi`, `1Gi`, `500M`); a duration is in seconds, minutes or
  hours (`30s`, `5m`, `1h`). `100m..500m` is a request and a limit, and has no blanks.
- **Values** stand behind `=`: a string, a number, `true` or `false`; a [member](#members) such as
  `api.url`, which a path may follow (`api.url "/v1"`); or a list of these (`["a", api.url "/v1"]`),
  which becomes one text with commas, or with `as json` behind it an array of JSON. All of them
  become text: containers read no types.
- **Secrets** have no values here. `secret X from env` says from where its value comes when somebody
  deploys; it can flow into a variable of a container and nowhere else.
- **Files** that a statement names lie in the folder of the `.todo` file or below it; their paths are
  relative to it. Read from standard input, a text has the current folder.
- **Patches** are YAML: `patch KIND {` begins a line, the lines below it are indented deeper than it,
  and a `}` below its first letter ends it. What they say is merged last into one object: mappings are
  added to, `null` deletes a field, containers, volumes and ports are merged by `name`, mounts by
  `mountPath`, rules are added to those of a NetworkPolicy, and any other sequence is replaced. A patch can't change names, namespaces, selectors,
  variables, secrets or the keys of a ConfigMap.
- **Text** is UTF-8. Windows' line ends and a byte-order mark are read.

In the tables below `CAPITALS` are to be filled in, `[…]` may be left out, `a|b` is a choice and `…`
means several. A statement that stands `once` in its block is an error the second time.
"#;

/// What to know before the table of what stands everywhere.
pub(super) const EVERY_BLOCK: &str = "\
A warning, `W…`, is what works and will hurt; `todoc explain` lists them. It stops a build only with
`--deny warnings`. `allow` accepts those whose place lies in its block, and the few errors that are a
judgement; where any word is a key, it is a statement by what follows it. One that accepts nothing for
any target is a warning itself.
";

/// What to know before the table of recipes.
pub(super) const RECIPES: &str = "\
`build RECIPE \"./folder\"` writes a Dockerfile: the folder is relative to the `.todo` file and may
not leave its folder. Packages are installed from their lock file. A variable with a public
prefix is read by browsers, and fixed when the image is built: set it in `build`. The default
version is bold, the default package manager is the first.

The process that a recipe starts is the first of its container, and gets no signal that it doesn't
handle. uvicorn, gunicorn, nginx and Go end on SIGTERM; a program of `node`, `python` or `rust` must
do so itself, or it is killed once the time to end has passed.

`todoc build` and `todoc check` look into the folder, if it is there, and warn of what would make the
image's build fail or the image misbehave: codes from `W0602` on. They run nothing, and say nothing of
what they can't be sure of. `--no-context` keeps them from looking. An `allow` of such a warning may
accept nothing: others have other files.

";

/// What to know before the table of defaults.
pub(super) const DEFAULTS: &str = "\
What holds where nothing is said. `without NAME` switches one off, in a tier, or in `app` for all.

";

/// What to know before the table of protocols.
pub(super) const PROTOCOLS: &str = "\
A port's name says what is spoken on it: `port grpc 9090`. So does the beginning of one, before a
`-`: `port http-admin 9000`. A port without a name speaks http. One of any other name has `.address`
and no `.url`, unless it says the scheme of its URLs: `port native 9000 scheme \"clickhouse\"`. A port
that says `udp` has no `.url` either: `port dns 53 udp`.

";

/// What to know before the tables of members.
pub(super) const MEMBERS: &str = "\
`NAME.MEMBER` is a value. `config.KEY` and `secret.NAME` are too: they give a shared key or secret to
a container under another name. `.url` is for processes in the cluster and `.public_url` for
browsers; `store.console.public_url` is that of the port `console` of the tier `store`. A reference to an address in the cluster also lets the traffic through, in `env`, in `config` and
in a build argument that browsers don't read; `needs` says so where nothing refers to it. `pod.MEMBER` is\n\
what the pod itself knows when it starts, alone behind `=` in `env`; where something is called `pod`, that is meant.
";

/// What to know before the table of a tier.
const TIER: &str = "A workload. It needs a `build` or an `image`. Without a `port` it is a worker, which nobody\n\
connects to.\n\
\n\
A `volume` is on a claim named WORKLOAD-NAME. One that isn't `shared` is mounted by one pod:\n\
the tier has one replica, is recreated, and its pods have one host name, WORKLOAD-0. `shared`\n\
needs a storage class that many nodes mount (ReadWriteMany), which `class` names. With `per pod` each\n\
pod has a claim of its own, named NAME-WORKLOAD-0 and on: the tier is a StatefulSet. Its pods keep\n\
their names and claims, and are replaced one by one, the last first. They start together, and each is\n\
reached by a name of its own, `WORKLOAD-0.SERVICE-pods`; `TIER.pods` is the name with all of them, by which\n\
pods also find each other. Fewer pods leave claims with data; to make claims larger, run what the build prints. Files are in a ConfigMap, 1 MiB for all of a tier; a changed file\n\
rolls the pods. `file secret.NAME` is a file with the value of a shared secret, such as a key of\n\
several lines, which only the user of the container can read where that is known. As with a variable,\n\
a changed value is seen by the next pod.\n\
\n\
`tier X from Y` runs the image of `Y`, which is built once, with the variables, the user, the\n\
writable folders, the files and the shared volumes of `Y`. What `X` says itself wins, and all\n\
else is its own: command, sizes, health, `needs`. `Y` may not be taken from a tier itself.\n\
\n\
`migrate` is a Job beside the tier. Its name holds a hash of what it runs, because a Job can't\n\
be changed: another image is another Job. The build prints the order: first the Job with what it\n\
needs, then, once it has ended well, the pods of its image; old ones go on until then. A Job that\n\
failed starts again with the same commands. `kubectl apply -f` of the whole folder starts both at\n\
once: that is for a new installation, where nobody is served yet.\n\
\n\
Where two tiers share a database, `after Y` has the migrations of `X` begin once those of `Y` have ended\n\
well. Their Job is made suspended, so that it never begins too early, and the commands that the build\n\
prints let it begin.\n\
\n\
`migrate in pod` is for what lies in a volume of the tier's own, such as a file of SQLite, which no\n\
other pod can mount. An init container runs it whenever a pod starts, so that it must do no harm when\n\
nothing is left to do; the pod starts once it has ended well.";

const JOB: &str = "\
What runs to its end. It needs a `build`, an `image` or a tier behind `from`, and of an image\n\
that serves a `command`. What fails is tried three times more. Nothing connects to it.\n\
\n\
A `job` is run by `kubectl apply`, once: its name holds a hash of what it runs, so that it runs\n\
again when that has changed. A `cron` runs at each time of its schedule, unless the run before\n\
hasn't ended. Its hours are those of its `zone`, else of the cluster.\n\
\n\
A `job` with `after` is made suspended, however it is applied, and the commands that the build\n\
prints let it begin once what it waits for has ended well. One that still runs at the next\n\
release starts anew then. What it waits for is a job, or a tier, whose migrations are meant.";

/// `a`, `a and b`, `a, b and c`.
fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A block's heading, and what to know before its table.
pub(super) fn block(place: Place) -> (String, &'static str) {
    let (heading, lead) = words(place);
    let heading = match place {
        Place::Database(engine) => format!("`{}`", engine.word),
        Place::External => {
            let all = ENGINES.iter();
            let all: Vec<_> = all.map(|it| format!("`{} … external`", it.word)).collect();
            and(&all)
        }
        Place::Top
        | Place::App
        | Place::Ingress
        | Place::Routes
        | Place::Exposure
        | Place::Naming
        | Place::Helm
        | Place::Labels
        | Place::Shared
        | Place::Config
        | Place::Secret
        | Place::ExternalService
        | Place::Tier
        | Place::Job
        | Place::Build
        | Place::Health
        | Place::Env
        | Place::Target
        | Place::TargetTier => heading.to_owned(),
    };
    (heading, lead)
}

/// What is said of `ingress` without a host.
const INGRESS: &str = "What all Ingresses have, in `app` or in a target.\n\n\
     Where `gateway` names a Gateway, each host has a route of it in place of an Ingress: an\n\
     HTTPRoute, or for ports of gRPC a GRPCRoute. What exposes tiers stays as it is written, so\n\
     that this one line moves an application, or one target, from an Ingress controller to a\n\
     Gateway; a target's `class` takes it back. `tls` says that browsers come by https: the\n\
     Gateway's listener has the certificate. Such a Gateway, its listeners and a controller must be\n\
     there; the summary of a build says with which hosts, and how to see whether it took the routes.";

/// The lead of the block of `expose ingress`.
const EXPOSURE: &str = "What one host is served with, where it differs from what `ingress` says for all of them. Of\n\
    several hosts or paths each has an Ingress of its own where their settings differ, since controllers\n\
    read annotations from the whole object.\n\n\
    `body` and `timeout` become annotations of the controllers that serve a class whose name has `nginx`,\n\
    `haproxy` or `traefik` in it. Traefik has no such limits for a host; that it reads a request for no\n\
    longer than a minute is a setting of its own, `readTimeout`. Behind a Gateway `timeout` is a field of\n\
    the route. Compose serves no hosts, and drops all of it.\n\n\
    `strip` is for a program that doesn't know the path at which it is served. A route of a Gateway takes\n\
    it off by a filter, controllers of classes with `nginx` or `haproxy` in their names by annotations;\n\
    others are an error. `.public_url` has the path: browsers know it. With Compose they reach the\n\
    program itself, and its address there has no path.";

/// The lead of `helm`.
const HELM: &str = "What the chart is like that `--emit helm` writes; docs/helm.md tells of charts. Facts of the\n\
    application are `namespace`, `host`, `pull`, `config.KEY` and `secret.NAME`; of a tier or job\n\
    those that it has of `enabled`, `replicas`, `image`, `tag`, `pull`, `expose`, `port`,\n\
    `nodeport`, `host`, `health`, `resources`, `schedule`, `config.KEY` and `secret.NAME`, of a port\n\
    that some target publishes besides the tier's first `PORT.expose` and `PORT.nodeport`, and of a\n\
    database `image`, `tag`, `pull`, `resources`, `storage`, `instances` and `secret.NAME`. `pull` of\n\
    the application stands for all of them.";

/// The same; no heading where it follows from another table.
fn words(place: Place) -> (&'static str, &'static str) {
    match place {
        Place::Top => (
            "The top level",
            "A file needs an `app`; all else is there or not. A file with targets is built for one of\n\
             them: `--target NAME`, else the first. `todoc check` checks all.\n\n\
             `object` copies a file as it is, after a look: each object needs `apiVersion`, `kind` and\n\
             `metadata.name`, may not be a Secret, and not one that `todoc` writes. No namespace is\n\
             added: an object without one goes to that of whoever applies it.",
        ),
        Place::App => ("`app`", "What holds for the whole application."),
        Place::Ingress => ("`ingress`", INGRESS),
        Place::Routes => (
            "`ingress` with a host",
            "In `app` or in a target, one host over several tiers: `\"/path\" = TIER`, for each path and all\n\
             below it. What else stands here holds for the host alone; `strip` is what the block of\n\
             `expose ingress` says of it.\n\n\
             In `app` it holds for every target. A target replaces what `app` says of a host by an `ingress` of\n\
             its own with that host; and each route to a tier that the target exposes itself, by a route or by\n\
             `expose`, or leaves out by `without`. In a target, a route wins over what the tier says of `expose`;\n\
             in `app`, a tier has either a route or an `expose`.",
        ),
        Place::Exposure => ("`expose ingress`", EXPOSURE),
        Place::Naming => (
            "`naming`",
            "By which patterns objects are named, so that a file can describe what runs already.\n\
             `{app}` is the application's name, `{tier}` that of a tier or database.",
        ),
        Place::Helm => ("`helm`", HELM),
        Place::Labels => (
            "`labels`",
            "`KEY = value`, or `\"KEY\" = value`, for each label that every object and pod has besides\n\
             those that todoc writes.",
        ),
        Place::Shared => (
            "`config` at the top level",
            "`KEY = value`, for each key of a ConfigMap that all tiers share: a tier sees those that its\n\
             `env` names. `KEY` alone has no value here: each target gives it one. `KEY optional` may\n\
             stay without, and is then left out.",
        ),
        Place::Config => (
            "`config` in a tier or target",
            "`KEY = value`, for each key. In a tier the keys are a ConfigMap of its own, and its\n\
             variables; in a target they give values to shared keys.",
        ),
        Place::Secret => (
            "`secret`",
            "Rules for a value that isn't here. They stand in the build's summary, for whoever makes\n\
             the Secret. A secret at the top level is shared: a tier sees those that its `env` names.\n\
             In a tier it is a variable of that tier alone.",
        ),
        Place::Database(engine) => ("", engine.prose),
        Place::External => (
            "",
            "A database that somebody else runs. It becomes no object.",
        ),
        Place::ExternalService => (
            "`external`",
            "What somebody else runs, and isn't a database: a name for its address, which stands in one\n\
             place. It becomes no object.",
        ),
        Place::Tier => ("`tier`", TIER),
        Place::Job => ("`job` and `cron`", JOB),
        Place::Build => (
            "`build`",
            "Options of the [recipe](#recipes). Any other `KEY = value` is a build argument. It stands in\n\
             the image for anyone to read, so it can't be a secret.",
        ),
        Place::Health => (
            "`health`",
            "The three probes ask what `health` says, but for one whose line says something else. `off`\n\
             leaves one out. Without `health` there is no probe. `grpc` asks the port of that name\n\
             where there is one; else all ask the port `http`, or the only one.\n\
             \n\
             What `health` asks should fail where the tier can't do its work: of an API a route that asks\n\
             its database (`SELECT 1`). Else a pod with a wrong password counts as ready, and a release of\n\
             such pods as a success. A database that is down is no reason to restart a container, so give\n\
             `liveness` a route that asks nothing else: `liveness \"/live\"`.",
        ),
        Place::Env => (
            "`env`",
            "What the containers of a tier see: `NAME` is a shared key or secret, `NAME = value` a\n\
             variable of its own, `..config` and `..secrets` are all shared keys and all shared secrets.\n\n\
             A name with dots or dashes stands in quotes, as in `\"discovery.type\" = \"single-node\"`. Shells\n\
             such as `sh` don't pass such variables on to what they start.",
        ),
        Place::Target => (
            "`target`",
            "What is different at one of the places where the application runs. What it says wins\n\
             over what `app` and the tiers say.",
        ),
        Place::TargetTier => (
            "`tier` in a `target`",
            "What is different about one tier there. Where it says nothing, the tier's own word counts.",
        ),
    }
}
