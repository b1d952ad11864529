//! `todoc secrets script`: the same as `apply`, for a machine without todoc.

use super::program::{Loaded, load};
use crate::backend::secrets::script;
use crate::cli::args::secrets::Script;
use crate::cli::{Failure, Status};

/// Prints the script. It reads no value.
pub(super) fn run(args: &Script) -> Result<Status, Failure> {
    let Loaded::Right(application) = load(&args.program)? else {
        return Ok(Status::Wrong);
    };
    let comment = format!(
        "Printed by todoc from {}: writes the Secrets of {} into the cluster that kubectl\n\
         finds, from variables of the environment. It holds no value, and hands each on through pipes\n\
         alone. Run it again after a value changed, then `kubectl rollout restart` what reads it.\n\
         Where iconv isn't installed, it doesn't check that values are UTF-8.",
        application.file,
        application.title()
    );
    application.print(&script(&application.app, &comment))?;
    Ok(Status::Clean)
}
