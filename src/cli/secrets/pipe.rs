//! `todoc secrets pipe`: hands the Secrets to another program.

use super::chart;
use super::check;
use super::child::{Fate, PassedOn, Program};
use super::judge::judge;
use super::manifest::manifest;
use super::mask::Mask;
use super::program::{Loaded, load};
use super::secret::Secret;
use super::values::are_apart;
use crate::cli::args::secrets::{Pipe, PipeKind};
use crate::cli::output::reason;
use crate::cli::{Failure, Status, count, output};
use crate::diag::on_one_line;

/// Starts the program, with the Secrets on its standard input.
pub(super) fn run(args: &Pipe) -> Result<Status, Failure> {
    are_apart(&args.sources, &args.program.file)?;
    let Loaded::Right(application) = load(&args.program)? else {
        return Ok(Status::Wrong);
    };
    if args.kind == PipeKind::Values {
        chart::takes_values(&application.app)?;
    }
    let own = application.own();
    let values = check::values(&application, &args.sources)?;
    let judged = judge(&own, &values);
    let stops = judged.iter().filter(|it| it.verdict.stops()).count();
    if stops > 0 {
        // Standard output is the other program's.
        let page = check::page(&application, &judged, "Values of the secrets");
        output::complain(&application.masked(&page));
        let values = count(stops, "value");
        output::complain(&format!("{values} missing or wrong; nothing was started\n"));
        return Ok(Status::Wrong);
    }
    let stream = match args.kind {
        PipeKind::Values => chart::values(&application.app, &values),
        PipeKind::Manifests => {
            let documents = own.iter();
            let documents = documents.map(|secret| manifest(&application.app, secret, &values));
            let documents: Vec<_> = documents.collect();
            let room = documents.iter().map(|it| it.bytes().len()).sum();
            let mut stream = Secret::with_room(room);
            for document in &documents {
                stream.push(document.bytes());
            }
            stream
        }
    };
    let mask = Mask::of(values.all());
    let hidden = values.to_hide();
    let program = Program {
        words: &args.command,
        without: &hidden,
    };
    let name = args.command.first().cloned().unwrap_or_default();
    let name = on_one_line(&name.to_string_lossy());
    let passed = program.pass(&stream, &mask);
    let passed = passed.map_err(|why| program.failure(&why))?;
    let told = match passed.stderr {
        Fate::Whole => None,
        Fate::Masked => Some("complained with values: `***` is in their places"),
        Fate::Withheld => {
            Some("complained, which is withheld: a value is too short to be masked in it")
        }
    };
    if let Some(told) = told {
        output::complain(&format!("note: `{name}` {told}\n"));
    }
    fault(&name, &passed).map_or(Ok(Status::Clean), Err)
}

/// What of a program's output whoever reads it must not take for what it printed; or how it failed.
fn fault(name: &str, passed: &PassedOn) -> Option<Failure> {
    const HELP: &str = "its output isn't what it printed: don't use it; a program that prints values can \
                        write them itself, as in `-- sh -c 'PROGRAM > FILE'`";
    let status = passed.status;
    if !status.success() {
        let how = match status.code() {
            Some(code) => format!("ended with status {code}"),
            None => "was ended by a signal".to_owned(),
        };
        return Some(Failure::new(format!("`{name}` {how}")));
    }
    if let Some(why) = &passed.lost {
        let why = reason(why);
        return Some(Failure::new(format!(
            "can't write what `{name}` printed: {why}"
        )));
    }
    match passed.stdout {
        Fate::Whole => None,
        Fate::Masked => {
            let message = format!("`{name}` printed values: `***` is in their places");
            Some(Failure::new(message).help(HELP))
        }
        Fate::Withheld => {
            let message = format!(
                "what `{name}` printed is withheld: a value is too short to be masked in it"
            );
            Some(Failure::new(message).help(HELP))
        }
    }
}
