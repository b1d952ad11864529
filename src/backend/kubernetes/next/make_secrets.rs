//! The commands that make the Secrets which an application reads, but for those of somebody else.

use crate::backend::kubernetes::secrets::{certificates, create_pull, create_tls, own};
use crate::backend::{Command, Delivery, Purpose, Step, When, argument};
use crate::diag::on_one_line;
use crate::ir;

/// The steps, of which each is taken once; those that have keys of the application's own are among
/// them if `with_own`.
pub(super) fn steps(app: &ir::App, delivery: &Delivery, with_own: bool) -> Vec<Step> {
    let secrets = own(app);
    let secrets = secrets.first().filter(|_| with_own).into_iter();
    let pull_secret = app.pull_secret.iter();
    let certificates = certificates(app).into_iter();
    let steps: [(&str, Vec<Command>); 3] = [
        (
            "make the Secrets, once, and again after a value changed, from variables of your shell; \
             without todoc there: `todoc secrets script`",
            secrets.map(|_| apply(app, delivery)).collect(),
        ),
        (
            "make the Secret of the registry, once, and again for another login, from a name and a \
             token that may pull",
            pull_secret
                .map(|said| create_pull(app, &said.value))
                .collect(),
        ),
        (
            "make the Secrets of certificates, once, and again after they changed, from files with \
             chain and key",
            certificates
                .map(|(name, _)| create_tls(app, name))
                .collect(),
        ),
    ];
    let steps = steps.into_iter().filter_map(|(title, commands)| {
        Step::run(Purpose::MakeSecrets, When::Once, title, commands).unless_empty()
    });
    steps.collect()
}

/// The values never stand in the command: todoc hands them on.
fn apply(app: &ir::App, delivery: &Delivery) -> Command {
    Command::run(program("apply", app, delivery))
}

/// The words that run a command of `todoc secrets` for an application and its target.
pub(in crate::backend) fn program(
    command: &str,
    app: &ir::App,
    delivery: &Delivery,
) -> Vec<String> {
    // What was read from standard input is a file somewhere; and a name with a line break would begin
    // a line of somebody else's.
    let file = delivery.program.map(argument);
    let file = file.filter(|file| on_one_line(file) == *file);
    let file = file.unwrap_or_else(|| "FILE".to_owned());
    let mut words = ["todoc", "secrets", command, &file]
        .map(str::to_owned)
        .to_vec();
    if let Some(target) = &app.target {
        words.extend(["-t".to_owned(), target.clone()]);
    }
    words
}
