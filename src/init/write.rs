//! The plan as text.

use super::candidate::Candidate;
use super::plan::{DatabaseDraft, FileDraft, TierDraft, TierForm};
use crate::diag::wrap::wrap;
use crate::diag::{on_one_line, without_credentials};
use crate::format::{WIDTH, format};
use crate::source::reorders;

/// The first node port that is given.
const NODE_PORT: u16 = 30080;

/// The text, in its layout.
pub(super) fn text(plan: &FileDraft) -> String {
    let mut text = head(plan);
    for name in secrets(plan) {
        text.extend(["secret ", name, " from env\n"]);
    }
    for database in plan.databases() {
        text.push_str(&self::database(database));
    }
    for it in &plan.tiers {
        text.push_str(&match it.form {
            TierForm::Recipe | TierForm::Dockerfile => tier(plan, it),
            TierForm::Comment => commented(plan, it),
        });
    }
    text.push_str(&places(plan));
    format(&text).text
}

fn head(plan: &FileDraft) -> String {
    let app = &plan.app;
    if plan.tiers.iter().all(|it| it.form == TierForm::Comment) {
        let sample = "tier web {\n  build nextjs \"./web\"\n  port 3000\n  health \"/\"\n}\n";
        let words = if plan.tiers.is_empty() {
            "Nothing was found here that an image can be built from. A tier states what runs:"
        } else {
            "Nothing was found here that an image can be built from as it is. A tier states what runs:"
        };
        return format!("{}app {app}\n\n{}", comment(words, ""), block(sample));
    }
    let words = "Lines with `guessed` were read off the sources, or are what is usual: look at each. \
                 `todoc check app.todo` says what is wrong, and `todoc build app.todo` writes the files.";
    let tag = "# Changed code has another tag, so that a cluster runs it.\ntag from sources\n";
    format!("{}app {app} {{\n{}}}\n\n", comment(words, ""), within(tag))
}

/// The secrets that tiers read by their names.
fn secrets(plan: &FileDraft) -> Vec<&str> {
    let tiers = plan
        .tiers
        .iter()
        .filter(|it| it.form != TierForm::Comment && !it.bare);
    let variables = tiers.flat_map(|it| &it.env).filter(|it| it.value.is_none());
    let mut names: Vec<_> = variables.map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn database(database: &DatabaseDraft) -> String {
    let DatabaseDraft { engine, name, from } = database;
    let mut lines = format!(
        "version {}{}\n",
        engine.suggested,
        guessed("the newest that is known here")
    );
    if !engine.forgets {
        let key = name.to_uppercase().replace('-', "_");
        lines.extend([
            format!("storage 1Gi{}\n", guessed("a small claim")),
            format!("secret {key}_PASSWORD from env\n"),
        ]);
    }
    format!(
        "\n{}{} {name} {{\n{}}}\n",
        comment(&format!("{from}."), ""),
        engine.word,
        within(&lines)
    )
}

/// A tier with nothing but what it is built by and where it listens.
pub(super) fn brief(name: &str, found: &Candidate) -> String {
    let (recipe, context) = (found.recipe, quoted(&found.context()));
    let entry = found.entry.as_ref();
    let entry = entry.map_or(String::new(), |it| format!(" {{ entry {} }}", quoted(it)));
    let port = found.port.as_ref();
    let port = port.map_or(String::new(), |port| format!("  port {}\n", port.value));
    format!("tier {name} {{\n  build {recipe} {context}{entry}\n{port}}}")
}

/// A tier, with the comment above it.
fn tier(plan: &FileDraft, tier: &TierDraft) -> String {
    let mut above = format!("{}.", tier.found.why);
    if let Some(lacks) = &tier.lacks {
        above = format!("{above} The Dockerfile builds it, because {lacks}.");
    }
    format!(
        "\n{}{}",
        comment(&above, ""),
        body(plan, tier, tier.form == TierForm::Dockerfile)
    )
}

/// A tier as a comment, with what keeps it from being more.
fn commented(plan: &FileDraft, tier: &TierDraft) -> String {
    let lacks = tier.lacks.as_deref().unwrap_or_default();
    let words = format!("{}, but {lacks}. When that is mended:", tier.found.why);
    format!(
        "\n{}#\n{}",
        comment(&words, ""),
        block(&body(plan, tier, false))
    )
}

fn body(plan: &FileDraft, tier: &TierDraft, by_dockerfile: bool) -> String {
    let mut lines = vec![build(plan, tier, by_dockerfile)];
    let exposed = tier.found.exposed.as_ref().filter(|_| by_dockerfile);
    if let Some(port) = exposed.or(tier.found.port.as_ref()) {
        lines.push(format!("port {}{}", port.value, guessed(&port.from)));
    } else {
        let words = "No port was found: without one it is a worker, which nobody connects to.";
        lines.push(comment(words, "  ").trim_end().to_owned());
    }
    lines.extend(sizes(tier));
    if !tier.bare {
        lines.extend(health(tier));
        if !tier.found.command.is_empty() && !by_dockerfile {
            let words: Vec<_> = tier.found.command.iter().map(|it| quoted(it)).collect();
            let from = guessed("the server that its packages have");
            lines.push(format!("command {}{from}", words.join(" ")));
        }
        if tier.migrates && !by_dockerfile {
            lines.push("migrate \"python\" \"manage.py\" \"migrate\" \"--noinput\"".to_owned());
        }
        lines.extend(connections(plan, tier));
    }
    format!("tier {} {{\n{}}}\n", tier.name, within(&lines.join("\n")))
}

fn build(plan: &FileDraft, tier: &TierDraft, by_dockerfile: bool) -> String {
    let found = &tier.found;
    let mut options = Vec::new();
    let below = found.below_context();
    let mut from = String::new();
    if by_dockerfile || found.recipe == "dockerfile" {
        options.extend(below.map(|it| format!("file {}", quoted(&format!("{it}/Dockerfile")))));
    } else {
        options.extend(tier.packages.as_ref().map(|it| format!("packages {it}")));
        options.extend(below.map(|it| format!("workspace {}", quoted(it))));
        options.extend(
            found
                .entry
                .as_ref()
                .map(|it| format!("entry {}", quoted(it))),
        );
        if !tier.bare {
            let secrets = tier.env.iter().filter(|it| it.value.is_none());
            let secrets = secrets.filter(|_| found.recipe == "django");
            options.extend(secrets.map(|it| format!("stand_in {}", it.name)));
            if let Some((variable, api)) =
                tier.public.as_ref().filter(|(_, api)| plan.is_there(api))
            {
                options.push(format!("{} = {api}.public_url", variable.value));
                from = guessed(&format!("browsers call {api} by it; {}", variable.from));
            }
        }
    }
    let recipe = if by_dockerfile {
        "dockerfile"
    } else {
        found.recipe
    };
    let context = quoted(&found.context());
    if options.is_empty() {
        return format!("build {recipe} {context}{from}");
    }
    format!(
        "build {recipe} {context} {{ {} }}{from}",
        options.join(", ")
    )
}

fn sizes(tier: &TierDraft) -> [String; 2] {
    let (cpu, memory) = match tier.found.recipe {
        "vite" | "static" => ("10m..100m", "16Mi..64Mi"),
        "go" | "rust" => ("50m..500m", "32Mi..128Mi"),
        _ => ("100m..500m", "128Mi..512Mi"),
    };
    let from = guessed("measure what it takes");
    [format!("cpu {cpu}{from}"), format!("memory {memory}")]
}

fn health(tier: &TierDraft) -> Option<String> {
    if matches!(tier.found.recipe, "vite" | "static") {
        return Some("health \"/healthz\"".to_owned());
    }
    tier.found.port.as_ref()?;
    if let Some(route) = &tier.health {
        let from = guessed(&route.from);
        return Some(format!("health {}{from}", quoted(route.value)));
    }
    let words = "No route was found that tells whether it is healthy: add one, and say it, as in \
                 `health \"/health\"`.";
    Some(comment(words, "  ").trim_end().to_owned())
}

/// What it needs, and its variables.
fn connections(plan: &FileDraft, tier: &TierDraft) -> Vec<String> {
    let mut lines = Vec::new();
    let needs: Vec<_> = tier
        .needs
        .iter()
        .filter(|it| plan.is_there(it))
        .map(String::as_str)
        .collect();
    if !needs.is_empty() {
        lines.push(format!("needs {}", needs.join(" ")));
    }
    let env = tier
        .env
        .iter()
        .filter(|it| it.of.as_ref().is_none_or(|of| plan.is_there(of)));
    let env: Vec<_> = env
        .map(|it| match &it.value {
            Some(value) => format!("{} = {value}{}\n", it.name, guessed(&it.from)),
            None => format!("{}{}\n", it.name, guessed(&it.from)),
        })
        .collect();
    if !env.is_empty() {
        lines.push(format!("env {{\n{}}}", within(&env.concat())));
    }
    if !tier.open.is_empty() {
        let words = format!(
            "{} also names {}: say in `env` what the process needs of them, as in `LOG_LEVEL = \"info\"`.",
            tier.shown_by,
            tier.open.join(", ")
        );
        lines.push(comment(&words, "  ").trim_end().to_owned());
    }
    lines
}

/// The target of one's own machine, and another one as a comment.
fn places(plan: &FileDraft) -> String {
    let exposed = exposed(plan);
    if plan.tiers.iter().all(|it| it.form == TierForm::Comment) {
        return String::new();
    }
    let ports = NODE_PORT..;
    let local = exposed.iter().zip(ports);
    let local = local.map(|(name, port)| format!("tier {name} {{ expose nodeport {port} }}\n"));
    let local: String = local.collect();
    let hosts = exposed.iter().enumerate().map(|(at, name)| match at {
        0 => format!("tier {name} {{ expose ingress \"example.com\" tls }}\n"),
        _ => format!("tier {name} {{ expose ingress \"{name}.example.com\" tls }}\n"),
    });
    let hosts: String = hosts.collect();
    let hosts = within(&format!("registry \"ghcr.io/acme\"\n{hosts}"));
    let other = format!("target production {{\n{hosts}}}\n");
    let local = within(&format!("images local\nhost \"localhost\"\n{local}"));
    let here = "A cluster on this machine. Its images are loaded by hand, and it \
                is reached by ports of its nodes.";
    let there = "Another place, once there are a registry and a domain:";
    format!(
        "\n{}target local {{\n{local}}}\n\n{}#\n{}",
        comment(here, ""),
        comment(there, ""),
        block(&other)
    )
}

/// The tiers that browsers reach: pages, and whom they call; without pages all that listen.
fn exposed(plan: &FileDraft) -> Vec<&str> {
    let live = || {
        let tiers = plan.tiers.iter();
        tiers.filter(|it| it.form != TierForm::Comment && it.found.port.is_some())
    };
    let called = |name: &String| {
        live().any(|it| !it.bare && it.public.as_ref().is_some_and(|(_, api)| api == name))
    };
    let has_pages = live().any(|it| it.found.is_page());
    let exposed = live().filter(|it| !has_pages || it.found.is_page() || called(&it.name));
    exposed.map(|it| it.name.as_str()).collect()
}

/// Lines within a block: what begins in the first column belongs to none.
fn within(lines: &str) -> String {
    let lines = lines.lines().map(|line| format!("  {line}\n"));
    lines.collect()
}

/// A comment behind a line: what the line was read off.
fn guessed(from: &str) -> String {
    format!("  # guessed: {}", on_one_line(&without_credentials(from)))
}

/// Lines of a comment.
fn comment(words: &str, indent: &str) -> String {
    let width = WIDTH - indent.len() - 2;
    let lines = wrap(&on_one_line(&without_credentials(words)), width, width).into_iter();
    let lines = lines.map(|line| format!("{indent}# {line}\n"));
    lines.collect()
}

/// A statement as a comment.
fn block(text: &str) -> String {
    let text = format(text).text;
    let lines = text.lines().map(|line| format!("# {line}\n"));
    lines.collect()
}

/// A text as a string. What would show it as another one stands there as a number.
fn quoted(text: &str) -> String {
    let mut shown = String::new();
    for c in serde_json::Value::from(text).to_string().chars() {
        if reorders(c) {
            shown.extend([format!("\\u{:04x}", u32::from(c))]);
        } else {
            shown.push(c);
        }
    }
    shown
}
