//! What stands in `app`, `naming` and `target`.

use super::Body::Required;
use super::Part::{Either, Many, Maybe, Options, Slot, Word};
use super::parts::{HOST, HOST_TEXT, KEY, NAME, NUMBER, ONE_BLOCK, SECRET, TEXT, THING};
use super::repairs::instead_of;
use super::{Means, Place, Repair, Row, SlotKind as Kind, Token, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(&[Place::App, Place::Target], "namespace", &[NAME, Maybe(&[Word("existing")])], "the namespace of all objects; the build makes it, unless it is `default` or `existing`: then somebody else makes and deletes it")
        .default("the application's name"),
    row(&[Place::App, Place::Target], "context", &[TEXT], "the context of kubectl's configuration, which every printed command names, so that it acts on no other cluster"),
    row(&[Place::App], "version", &[TEXT], "the application's version").default("`\"0.1.0\"`"),
    row(
        &[Place::App, Place::Target],
        "tag",
        &[Either(&[&[TEXT], &[Word("from"), Either(&[&[Word("sources")], &[Word("git")]])]])],
        "the tag of the images that are built: a text; `from sources` a digest of each image's sources and recipe, so that changed code has another tag; `from git` the commit",
    )
    .repairs(&[instead_of("text", &[Token::Word], "write `\"{0}\"`", "\"{0}\"")])
    .default("the version; in a target that sets no text, `VERSION-TARGET` for tiers with build arguments that browsers read, or that other targets give other values"),
    row(&[Place::App], "pins", &[Slot("file", Kind::Text(Means::File))], "a file of digests, which `todoc pin` writes: each image of a registry that it names runs, or is built on, by its digest"),
    row(&[Place::App, Place::Target], "registry", &[TEXT], "the registry, and folder in it, that images are pushed to"),
    row(&[Place::App, Place::Target], "host", &[HOST_TEXT], "a bare name by which browsers reach node ports and load balancers"),
    row(
        &[Place::App, Place::Target],
        "pull",
        &[Either(&[&[Word("missing")], &[Word("never")], &[Word("always")]])],
        "when nodes pull images",
    )
    .repairs(&[Repair::advice("missing", &[Token::Text], "write it without quotes: `pull always`")])
    .default("`missing`"),
    row(&[Place::App, Place::Target], "images", &[Word("local")], "images are loaded into the cluster by hand: no registry"),
    row(
        &[Place::App, Place::Target],
        "platform",
        &[Many("platform", Kind::Text(Means::Platform))],
        "the platform that images are built for, such as \"linux/amd64\"; of several, each node pulls its own. Where `images local` stands, that of `app` doesn't count in a target",
    )
    .default("that of the machine that builds them"),
    row(&[Place::App, Place::Target], "ingress", &[], "what all Ingresses have, or by which Gateway hosts are reached instead; the target's word wins, one by one")
        .body(Required(Place::Ingress)),
    row(
        &[Place::App, Place::Target],
        "ingress",
        &[
            HOST,
            Maybe(&[Word("tls"), Maybe(&[Slot("secret", Kind::Text(Means::Free))])]),
        ],
        "one host over several tiers: the paths that lead to each; what a target says of a host, or by `expose` of a tier, stands in place of it",
    )
    .many()
    .body(Required(Place::Routes)),
    row(&[Place::Ingress], "class", &[TEXT], "the class of Ingress controllers that serve them")
        .default("the cluster's"),
    row(
        &[Place::Ingress],
        "gateway",
        &[
            Slot("gateway", Kind::Text(Means::Free)),
            Options(&[
                &[Word("namespace"), Slot("namespace", Kind::Text(Means::Free))],
                &[Word("section"), Slot("section", Kind::Text(Means::Free))],
                &[Word("redirect"), Slot("redirect", Kind::Text(Means::Free))],
            ]),
        ],
        "the Gateway that leads to the hosts in place of an Ingress controller, by an HTTPRoute each, or a GRPCRoute; behind `namespace` the Gateway's, if not the application's own; behind `section` the listener that serves hosts with `tls`, else all that serve the host; behind `redirect` the one for plain http, which sends those hosts on to https, and serves the others",
    )
    .repairs(&[Repair::advice(
        "gateway",
        &[Token::Word],
        "name the Gateway between quotes: `gateway \"{0}\"`",
    )]),
    row(&[Place::Ingress], "issuer", &[TEXT], "the ClusterIssuer by which cert-manager makes the certificates of hosts with `tls`"),
    row(&[Place::Ingress], "annotate", &[KEY], "an annotation of them").value().many(),
    row(&[Place::Exposure, Place::Routes], "annotate", &[KEY], "an annotation of its Ingress or route alone").value().many(),
    row(
        &[Place::Ingress, Place::Exposure, Place::Routes],
        "body",
        &[NUMBER],
        "how large the body of a request may be at least, such as `20Mi`; what controller is told so, and by which annotation, follows from `class`",
    )
    .default("the controller's: nginx takes `1Mi`"),
    row(
        &[Place::Ingress, Place::Exposure, Place::Routes],
        "timeout",
        &[NUMBER],
        "how long an answer may take, such as `5m`, and how long a web socket may be silent",
    )
    .default("the controller's: nginx waits for `60s`"),
    row(
        &[Place::Exposure],
        "strip",
        &[],
        "takes the path behind `path` off what the tier is asked for: of `path \"/api\"`, `/api/items` reaches it as `/items`",
    )
    .repairs(&[Repair::advice(
        "",
        &[Token::Text],
        "leave the path out: `strip` means the one behind `path`",
    )
    .behind()]),
    row(
        &[Place::Routes],
        "strip",
        &[Many("path", Kind::Text(Means::Url))],
        "takes these paths off what their tiers are asked for: of `\"/api\"`, `/api/items` reaches one as `/items`",
    )
    .many(),
    row(&[Place::App], "language", &[NUMBER], "the version of the language that the file is written in").default("`1`"),
    row(&[Place::App, Place::Target], "pull_secret", &[TEXT], "a Secret with the credentials that nodes pull images with"),
    row(&[Place::App], "labels", &[], "labels of every object").body(Required(Place::Labels)),
    row(&[Place::App], "naming", &[], "patterns over `{app}` and `{tier}` that objects are named by")
        .body(Required(Place::Naming)),
    row(&[Place::Naming], "workload", &[TEXT], "Deployments, StatefulSets and what belongs to them")
        .default("{app}-{tier}"),
    row(&[Place::Naming], "service", &[TEXT], "Services").default("{app}-{tier}"),
    row(&[Place::Naming], "image", &[TEXT], "images that are built").default("{app}-{tier}"),
    row(&[Place::Naming], "label", &[TEXT], "the label `app`, which selects pods").default("{app}-{tier}"),
    row(&[Place::Naming], "config", &[TEXT], "the shared ConfigMap").default("{app}-config"),
    row(&[Place::Naming], "secret", &[TEXT], "the shared Secret").default("{app}-secrets"),
    row(&[Place::Naming], "tier_config", &[TEXT], "a tier's own ConfigMap").default("{app}-{tier}-config"),
    row(&[Place::Naming], "tier_secret", &[TEXT], "a tier's or database's own Secret").default("{app}-{tier}-secrets"),
    row(
        &[Place::Naming],
        "selector",
        &[Either(&[&[Word("app")], &[Word("standard")]])],
        "what selects pods: the label `app`, or `app.kubernetes.io/name` with that value and `app.kubernetes.io/instance` with the application's name",
    )
    .default("app"),
    row(&[Place::App], "helm", &[], "what the chart is like that `--emit helm` writes").body(Required(Place::Helm)),
    row(
        &[Place::Helm],
        "secrets",
        &[Either(&[&[Word("existing")], &[Word("values")]])],
        "whether pods read Secrets that exist in the cluster, or the chart makes them from its values, which each release then stores",
    )
    .default("`existing`"),
    row(
        &[Place::Helm],
        "values",
        &[Word("by"), Either(&[&[Word("tier")], &[Word("field")]])],
        "how values of tiers are ordered: `web.image.tag` by tier, `image.web.tag` by field",
    )
    .default("`by tier`"),
    row(
        &[Place::Helm],
        "value",
        &[Slot("path", Kind::Text(Means::Free)), Slot("fact", Kind::Fact)],
        "puts the value of one fact at a path of its own",
    )
    .many(),
    row(&[Place::Target], "config", &[], "values of shared keys there")
        .body(Required(Place::Config))
        .twice(ONE_BLOCK),
    row(&[Place::Target], "without", &[THING], "a tier or database that isn't there").many(),
    row(&[Place::Target], "external", &[THING, SECRET], "a database that somebody else runs there, and the secret that holds its URL")
        .many()
        .repairs(&[Repair::advice(
            "secret",
            &[Token::Text],
            "declare a secret at the top level, whose value is the URL, and name it: `external db DATABASE_URL`",
        )]),
    row(&[Place::TargetTier], "env", &[], "variables of its own there, or other values for them")
        .body(Required(Place::Config))
        .twice(ONE_BLOCK),
    row(&[Place::TargetTier], "annotate", &[KEY], "an annotation of the pods there")
        .value()
        .many(),
    row(&[Place::Target], "tier", &[THING], "what is different about this tier there")
        .many()
        .body(Required(Place::TargetTier)),
];
