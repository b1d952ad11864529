//! What stands in a tier.

use super::Body::{Optional, Required};
use super::Part::{Either, Many, Maybe, Options, Slot, Word};
use super::parts::{AMOUNT, HANDLER, HOST, KEY, NUMBER, ONE_BLOCK, TEXT, WHO};
use super::places::{CHANGEABLE, WORKLOADS};
use super::repairs::{ADMITTED, ADMITTED_BLOCK, BYTES, CORES, PORTS, instead_of, too_many};
use super::{Means, Names, Part, Place, Repair, Row, SlotKind as Kind, Token, row};

/// What says what a pod runs and sees, whatever runs the pod.
const RUNS: &[Place] = &[Place::Tier, Place::Job];

/// A share of a request.
const PERCENT: Part = Slot("percent", Kind::Number);

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(RUNS, "config", &[], "plain settings of its own: a ConfigMap, whose keys are its variables")
        .body(Required(Place::Config))
        .twice(ONE_BLOCK),
    row(
        RUNS,
        "build",
        &[Slot("recipe", Kind::Name(Means::Recipe)), Slot("context", Kind::Text(Means::Folder))],
        "the image is built by a recipe from a folder of sources",
    )
    .body(Optional(Place::Build))
    .repairs(&[
        Repair::advice(
            "context",
            &[Token::Number],
            "write the folder behind the recipe, and the version in the block behind that: `node {0}`",
        ),
        Repair::advice(
        "recipe",
        &[Token::Text],
        "say by which recipe: `build node {0}`, `build python {0}` or another; with a Dockerfile of its own, `build dockerfile {0}`",
        ),
    ]),
    row(RUNS, "image", &[TEXT], "the image is there already"),
    row(
        &[Place::Tier],
        "port",
        &[
            Maybe(&[Slot("name", Kind::Name(Means::Declares(Names::Ports)))]),
            Slot("port", Kind::Number),
            Options(&[
                &[Word("as"), Slot("service", Kind::Number)],
                &[Word("udp")],
                &[Word("scheme"), Slot("scheme", Kind::Text(Means::Free))],
            ]),
        ],
        "what the container listens on, and the Service's port if it is another; the name is its [protocol](#protocols), `http` where none is said; TCP unless it says `udp`; behind `scheme` that of its URLs, where its name says none or another; without a port the tier is a worker",
    )
    .many()
    .repairs(&[
        PORTS,
        Repair::advice(
            "port",
            &[Token::OneOf(&["udp"])],
            "write the number before it: `port dns 53 udp`",
        ),
        Repair::advice("", &[Token::OneOf(&["tcp"])], "leave `tcp` out: a port is TCP unless it says `udp`")
            .behind(),
        too_many(&[Token::Number, Token::Word], "write `port {1} {0}`", "{1} {0}").alone(),
    ]),
    row(
        &[Place::Tier, Place::TargetTier],
        "replicas",
        &[
            AMOUNT,
            Maybe(&[
                Word("at"),
                Either(&[
                    &[Word("cpu"), PERCENT, Maybe(&[Word("memory"), PERCENT])],
                    &[Word("memory"), PERCENT, Maybe(&[Word("cpu"), PERCENT])],
                ]),
            ]),
        ],
        "how many pods; `2..6 at cpu 70%` leaves it to the load, as a share of the cpu request, and `at memory 80%` of the memory request; of both, whichever wants more pods counts",
    )
    .repairs(&[instead_of("cpu", &[Token::Percent], "write `at cpu {0}`", "cpu {0}")])
    .default("`1`"),
    row(&CHANGEABLE, "cpu", &[AMOUNT], "request and limit; one amount means both")
        .repairs(CORES),
    row(&CHANGEABLE, "memory", &[AMOUNT], "request and limit; one amount means both")
        .repairs(BYTES),
    row(RUNS, "disk", &[AMOUNT], "request and limit of what a container writes besides volumes")
        .repairs(BYTES),
    row(
        &[Place::Tier],
        "health",
        &[HANDLER],
        "what answers while the tier is healthy: a GET of the path, a connection, the health service of gRPC, or a command that succeeds; the startup, readiness and liveness probes ask it",
    )
    .body(Optional(Place::Health))
    .repairs(&[
        Repair::advice(
            "path",
            &[Token::Number],
            "say what it asks for: `health \"/health\"`, or `health tcp` for a connection",
        ),
        Repair::advice(
            "",
            &[Token::Text, Token::Number],
            "delete the number: what answers with a status from 200 to 399 is healthy",
        )
        .behind(),
    ]),
    row(
        &[Place::Tier, Place::TargetTier],
        "expose",
        &[
            Either(&[
            &[Word("internal")],
            &[Word("nodeport"), Maybe(&[Slot("port", Kind::Number)])],
            &[Word("loadbalancer"), Maybe(&[HOST])],
            &[
                Word("ingress"),
                HOST,
                Options(&[
                    &[Word("path"), Slot("path", Kind::Text(Means::Url))],
                    &[Word("tls"), Maybe(&[Slot("secret", Kind::Text(Means::Free))])],
                ]),
            ],
            &[Word("forward"), Slot("local", Kind::Number)],
            &[Word("elsewhere"), Slot("url", Kind::Text(Means::Free))],
        ]),
            Maybe(&[Word("of"), Slot("name", Kind::Name(Means::Refers(Names::Ports)))]),
        ],
        "who reaches it from outside of the cluster: `forward` by `kubectl port-forward` alone, `elsewhere` by what isn't described here, such as a tunnel, at this address; of several ports the one behind `of`, else `http`. Of several, `.public_url` is that of the first Ingress, else of the first; `.PORT.public_url` is that of a port",
    )
    .default("`internal`")
    .body(Optional(Place::Exposure))
    .repairs(&[
        Repair::advice(
            "ingress",
            &[Token::OneOf(&["gateway", "httproute", "grpcroute", "route"])],
            "write `expose ingress \"www.example.com\"`, and name the Gateway in the block `ingress` of `app` or of a target: `gateway \"NAME\"`",
        ),
        instead_of("ingress", &[Token::Text], "write `expose ingress {0}`", "ingress {0}").unsure(),
        Repair::advice(
            "ingress",
            &[Token::Number],
            "say in which way: `expose nodeport 30080`, or `expose ingress \"www.example.com\"`; `port {0}` says what it listens on",
        ),
        Repair::advice(
            "host",
            &[Token::OneOf(&["host", "domain", "hostname"])],
            "leave `{0}` out: `expose ingress \"www.example.com\"`",
        ),
        Repair::advice(
            "",
            &[Token::OneOf(&["nodeport"]), Token::Text],
            "write the number without quotes",
        )
        .behind(),
        Repair::advice(
            "",
            &[Token::OneOf(&["tls"]), Token::OneOf(&["true", "yes", "on"])],
            "write `tls` alone",
        )
        .behind(),
        Repair::advice(
            "",
            &[Token::OneOf(&["ingress"]), Token::Text, Token::Text],
            "write a statement for each host",
        )
        .behind(),
        Repair::advice(
            "local",
            &[Token::OneOf(&["forward"])],
            "say by which port of this machine: `expose forward 8080`",
        )
        .at_end(),
        Repair::advice(
            "host",
            &[Token::OneOf(&["tls", "path", "of"])],
            "name the host before it: `expose ingress \"www.example.com\" {0}`",
        ),
        Repair::advice(
            "",
            &[Token::OneOf(&["loadbalancer"]), Token::Number],
            "delete the number: the Service's port stands behind `as`, in `port 8080 as {1}`",
        )
        .behind(),
        too_many(&[Token::Path], "write `path {0}`", "path {0}").certain(),
        too_many(
            &[Token::OneOf(&["strip"])],
            "write it in a block at the end: `{ strip }`",
            "{ strip }",
        ),
    ])
    .many(),
    row(
        &[Place::Tier, Place::TargetTier],
        "admit",
        &[WHO, Maybe(&[Word("to"), Many("port", Kind::Name(Means::Refers(Names::Ports)))])],
        "who else may connect, besides what refers to it: the pods of a namespace, such as that of Prometheus, or those with labels (`\"KEY=VALUE\"`), there or in the application's own namespace; behind `cidr` addresses outside of the cluster, such as `\"10.0.0.0/8\"`; behind `to` the ports, else all. In a target it adds to what the tier says",
    )
    .many()
    .repairs(&[
        ADMITTED_BLOCK,
        ADMITTED,
        Repair::advice(
            "port",
            &[Token::Number],
            "name the port: `to metrics`, of `port metrics {0}`",
        ),
        Repair::advice("", &[Token::OneOf(&["of", "on", "port", "ports"])], "write the ports behind `to`: `to metrics`").behind(),
    ]),
    row(
        &[Place::Tier],
        "rollout",
        &[Either(&[
            &[Word("recreate")],
            &[Options(&[
                &[Word("surge"), Slot("surge", Kind::Number)],
                &[Word("unavailable"), Slot("unavailable", Kind::Number)],
            ])],
        ])],
        "how new pods replace old ones: so many more than wanted, so many fewer, or all old ones first",
    )
    .default("`surge 1 unavailable 0`"),
    row(RUNS, "command", &[Many("text", Kind::Text(Means::Free))], "replaces what the image starts"),
    row(&WORKLOADS, "args", &[Many("text", Kind::Text(Means::Free))], "replaces the arguments of what the image starts; of a database it adds to them"),
    row(&[Place::Tier], "migrate", &[Maybe(&[Word("in"), Word("pod")]), Many("text", Kind::Text(Means::Free))], "a command that a Job runs with the tier's image and variables, once for each version of them; several run in order. With `in pod` each pod runs it before its container, with its volumes")
        .many(),
    row(RUNS, "user", &[NUMBER], "the user and group that the container runs as")
        .default("`10001` for recipes, the image's own for images"),
    row(RUNS, "writable", &[Slot("path", Kind::Text(Means::Free))], "a folder that the container writes to, which is empty at each start; for an image it also makes the rest read-only, but for `/tmp`")
        .many(),
    row(RUNS, "grace", &[NUMBER], "how long it may take to end once it is told to, such as `2m`; then it is killed")
        .default("`30s`, of workers `60s`"),
    row(RUNS, "account", &[TEXT], "the ServiceAccount that the pods run as, and get the token of; an `object` file makes it, or somebody else")
        .default("the application's, without a token"),
    row(RUNS, "annotate", &[KEY], "an annotation of the pods")
        .value()
        .many()
        .repairs(&[too_many(&[Token::Text], "write `= {0}`", "= {0}")]),
    row(RUNS, "name", &[TEXT], "what stands for `{tier}` in the names of its objects").default("its own name"),
    row(&[Place::App, Place::Tier, Place::Job], "without", &[Slot("default", Kind::Name(Means::Switch))], "switches a default off; in `app` for all of it")
        .many(),
    row(RUNS, "needs", &[Many("name", Kind::Name(Means::Refers(Names::Things)))], "connects to these; starts after the databases among them")
        .repairs(&[instead_of("name", &[Token::Member], "write `{0}`: what is needed is all of it", "{0}")])
        .twice("name all behind one: `needs db cache`"),
    row(RUNS, "after", &[Many("name", Kind::Name(Means::Refers(Names::Things)))], "waits until these have ended well: a job waits for jobs and for migrations of tiers, and the migrations of a tier wait for those of other tiers")
        .twice("name all behind one: `after seed api`"),
    row(RUNS, "env", &[], "variables: shared keys and secrets by name, `NAME = value`, `..config`, `..secrets`")
        .body(Required(Place::Env))
        .twice(ONE_BLOCK),
];
