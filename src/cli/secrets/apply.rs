//! `todoc secrets apply`: writes the Secrets into the cluster.

use super::judge::{Judged, Verdict, judge};
use super::kubectl::{Kubectl, Place, State};
use super::mask::Mask;
use super::plan::{Deed, Planned, behind_a_database, plan};
use super::program::{Application, Loaded, load};
use super::values::are_apart;
use super::{ask, check, fill};
use crate::backend::secrets::{ChangedSecret, namespace, restarts};
use crate::cli::args::secrets::{Apply, Sources};
use crate::cli::input::is_standard_input;
use crate::cli::page::Page;
use crate::cli::{Failure, Status, count, output};
use crate::diag::on_one_line;
use crate::ir::Rule;
use std::path::Path;

/// Writes them, once the question is answered with yes.
pub(super) fn run(args: &Apply) -> Result<Status, Failure> {
    if !args.yes && !args.dry_run {
        reads_no_answer(&args.sources, &args.program.file)?;
    }
    are_apart(&args.sources, &args.program.file)?;
    let Loaded::Right(application) = load(&args.program)? else {
        return Ok(Status::Wrong);
    };
    let own = application.own();
    fill::are_known("--generate", &args.generate, &own)?;
    fill::are_known("--replace", &args.replace, &own)?;
    let mut values = check::values(&application, &args.sources)?;
    let judged = judge(&own, &values);
    let is_made = |it: &&Judged| {
        it.verdict == Verdict::Missing && fill::is_asked(&args.generate, &it.key.from_env)
    };
    let stops = judged.iter().any(|it| it.verdict.stops() && !is_made(&it));
    if !stops {
        warn(&application, &judged);
    }
    if own.is_empty() {
        application.print(&format!("{} asks for no values\n", application.title()))?;
        return Ok(Status::Clean);
    }

    let without = values.to_hide();
    let mut kubectl = Kubectl {
        mask: Mask::of(values.all()),
        without: &without,
        context: args
            .context
            .clone()
            .or_else(|| application.app.context.clone()),
        namespace: &application.app.namespace.name,
    };
    if stops {
        let kept = kept_by_cluster(&judged, &mut kubectl);
        let judged: Vec<_> = judged.into_iter().filter(|it| !is_made(&it)).collect();
        let refused = refuse(&application, &judged)?;
        if !kept.is_empty() {
            output::complain(&keeps(&kept));
        }
        return Ok(refused);
    }
    let place = kubectl.place()?;
    let is_ours = application.app.namespace.create;
    let makes_namespace = args.create_namespace && is_ours && !kubectl.has_namespace()?;
    let states = own.iter().map(|secret| {
        if makes_namespace {
            return Ok(State::Missing);
        }
        kubectl.state(&secret.object.name)
    });
    let states = states.collect::<Result<Vec<_>, _>>()?;
    fill::fill(&mut values, &args.generate, &own, &states, &mut kubectl)?;
    let judged = judge(&own, &values);
    if judged.iter().any(|it| it.verdict.stops()) {
        return refuse(&application, &judged);
    }
    let planned = plan(
        &application.app,
        &own,
        states,
        &values,
        &kubectl,
        !makes_namespace,
    )?;
    if let Some(it) = behind_a_database(&planned, &args.replace, &values, &kubectl)? {
        output::failure(&kept(it));
        return Ok(Status::Wrong);
    }
    application.print(&announced(&planned, &place, &kubectl, &application))?;
    if args.dry_run || planned.iter().all(|it| it.deed == Deed::Leave) {
        return Ok(Status::Clean);
    }
    if !args.yes && !ask::is_yes(&question(&planned, &place, &application)) {
        output::complain("nothing was written\n");
        return Ok(Status::Wrong);
    }
    if makes_namespace {
        kubectl.make_namespace(&namespace(&application.app))?;
        application.print(&format!("made       namespace {}\n", kubectl.namespace))?;
    }
    let mut changed = Vec::new();
    let written = write(&planned, &kubectl, &application, &mut changed);
    let workloads = restarts(&application.app, &changed);
    if workloads.is_empty() {
        return written.map(|()| Status::Clean);
    }
    let restarted = match &written {
        Ok(()) if args.restart => kubectl.restart(&workloads).map(Some),
        Ok(()) | Err(_) => Ok(None),
    };
    // Whoever runs it again is told of no change: what this run changed must be known now.
    if let Ok(Some(said)) = &restarted {
        application.print(said)?;
    } else {
        let is_chosen = application.app.context.is_some() || args.context.is_some();
        let line = restart_line(&kubectl, &workloads, is_chosen);
        application.print(&kubectl.masked(&line))?;
    }
    written?;
    restarted.map(|_| Status::Clean)
}

/// Writes what is planned, one after the other, and adds what pods read that run.
fn write<'a>(
    planned: &[Planned<'a>],
    kubectl: &Kubectl,
    application: &Application,
    changed: &mut Vec<ChangedSecret<'a>>,
) -> Result<(), Failure> {
    for it in planned {
        let deed = match it.deed {
            Deed::Leave => Deed::Leave,
            Deed::Make | Deed::Change | Deed::Write => {
                it.outcome(&kubectl.apply(&it.document, false)?)
            }
        };
        if matches!(deed, Deed::Change | Deed::Write) {
            changed.push(ChangedSecret {
                secret: it.secret,
                keys: it.changed.clone(),
            });
        }
        let name = &it.secret.object.name;
        application.print(&format!("{:10} Secret {name}\n", done(deed)))?;
    }
    Ok(())
}

/// The variables without a value of which the cluster has one that `--generate` would keep, as far as it
/// can be asked.
fn kept_by_cluster(judged: &[Judged], kubectl: &mut Kubectl) -> Vec<String> {
    let can_be_made = |it: &&Judged| {
        let is_missing = it.verdict == Verdict::Missing;
        is_missing
            && it
                .key
                .rules
                .iter()
                .all(|rule| !matches!(rule, Rule::Url { .. }))
    };
    let missing: Vec<_> = judged.iter().filter(can_be_made).collect();
    if missing.is_empty() || kubectl.place().is_err() {
        return Vec::new();
    }
    let of_secrets = missing.chunk_by(|a, b| a.secret.object.name == b.secret.object.name);
    let kept = of_secrets.flat_map(|of_secret| {
        let name = of_secret.first().map(|it| it.secret.object.name.as_str());
        let keys = match kubectl.state(name.unwrap_or_default()) {
            Ok(State::There { keys, .. }) => keys,
            Ok(State::Missing | State::Unreadable) | Err(_) => Vec::new(),
        };
        let there = of_secret
            .iter()
            .filter(move |it| keys.contains(&it.key.key));
        there.map(|it| it.key.from_env.clone())
    });
    kept.collect()
}

/// What to do about those.
fn keeps(variables: &[String]) -> String {
    let names: Vec<_> = variables.iter().map(|it| format!("${it}")).collect();
    let options: Vec<_> = variables
        .iter()
        .map(|it| format!("--generate {it}"))
        .collect();
    format!(
        "help: the cluster has a value for {}; to keep it, add `{}`\n",
        names.join(", "),
        options.join(" ")
    )
}

/// Fails where standard input is taken for something else than an answer, or nobody is there.
fn reads_no_answer(sources: &Sources, program: &Path) -> Result<(), Failure> {
    let files = sources.env_file.iter().map(|file| &**file);
    if files.chain([program]).any(is_standard_input) {
        let failure = Failure::new("standard input can't be read and answer a question as well");
        return Err(failure.help("say yes beforehand with `-y`, or look first with `--dry-run`"));
    }
    ask::can_ask()
}

/// Says what is wrong with the values. Nothing was written.
fn refuse(application: &Application, judged: &[Judged]) -> Result<Status, Failure> {
    application.print(&check::page(application, judged, "Values of the secrets"))?;
    let stops = judged.iter().filter(|it| it.verdict.stops()).count();
    output::complain(&format!(
        "{} missing or wrong; nothing was written\n",
        count(stops, "value")
    ));
    Ok(Status::Wrong)
}

fn warn(application: &Application, judged: &[Judged]) {
    for Judged { key, warnings, .. } in judged {
        for warning in warnings {
            let line = application.line(key.origin);
            output::complain(&format!(
                "warning: ${} {warning}; line {line} of {}\n",
                key.from_env, application.file
            ));
        }
    }
}

/// Why a database's password isn't replaced.
fn kept(it: &Planned) -> Failure {
    let keys: Vec<_> = it
        .secret
        .object
        .keys
        .iter()
        .map(|key| key.from_env.as_str())
        .collect();
    let keys = keys.join(", ");
    let Some((database, statement)) = it.secret.kept_by() else {
        return Failure::new(format!("${keys} isn't to be replaced"));
    };
    let name = &database.id.name;
    let seen = if it.deed == Deed::Write {
        "may have another password than"
    } else {
        "has another password than"
    };
    Failure::new(format!("database `{name}` {seen} ${keys}, and keeps it; nothing was written")).help(format!(
        "give the password that it has; or change that in the database first, by {statement}, and then write it with `--replace {keys}`"
    ))
}

/// What would be done, Secret by Secret.
fn announced(
    planned: &[Planned],
    place: &Place,
    kubectl: &Kubectl<'_>,
    application: &Application,
) -> String {
    let mut page = Page::default();
    let Place { context, server } = place;
    let namespace = &application.app.namespace.name;
    page.line(
        0,
        &format!("context {context} ({server}), namespace {namespace}"),
    );
    for it in planned {
        let deed = match it.deed {
            Deed::Make => "make",
            Deed::Change => "change",
            Deed::Leave => "unchanged",
            Deed::Write => "write",
        };
        let goes = match it.goes.as_slice() {
            [] => String::new(),
            // The server says their names.
            goes => {
                let goes = kubectl.masked(&goes.join(", "));
                format!("; deletes {goes} (no value is given)")
            }
        };
        let (name, keys) = (&it.secret.object.name, it.keys.join(", "));
        page.line(2, &format!("{deed:9}  {name}: {keys}{goes}"));
    }
    page.text
}

fn question(planned: &[Planned], place: &Place, application: &Application) -> String {
    let written = planned.iter().filter(|it| it.deed != Deed::Leave);
    let written: Vec<_> = written.collect();
    let keys = written.iter().map(|it| it.keys.len()).sum();
    let secrets = match written.as_slice() {
        [only] => format!("Secret {}", only.secret.object.name),
        _ => count(written.len(), "Secret"),
    };
    let namespace = &application.app.namespace.name;
    let (context, server) = (on_one_line(&place.context), on_one_line(&place.server));
    format!(
        "Write {} to {secrets} in namespace {namespace} of context {context} ({server})?",
        count(keys, "key")
    )
}

fn done(deed: Deed) -> &'static str {
    match deed {
        Deed::Make => "made",
        Deed::Change => "changed",
        Deed::Leave => "unchanged",
        Deed::Write => "written",
    }
}

/// The command that lets pods read what changed.
fn restart_line(kubectl: &Kubectl, workloads: &[String], is_chosen: bool) -> String {
    let context = kubectl.context.iter().filter(|_| is_chosen);
    let context = context.map(|context| format!("--context={context}"));
    let words = ["rollout", "restart", "-n", kubectl.namespace].map(str::to_owned);
    let words = ["kubectl".to_owned()]
        .into_iter()
        .chain(context)
        .chain(words);
    let words = words.chain(workloads.iter().cloned());
    let mut page = Page::default();
    page.push("# pods read a value when they start: restart those that read what changed");
    page.command(&words.collect::<Vec<_>>());
    page.text
}
