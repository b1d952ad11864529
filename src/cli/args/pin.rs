//! Options of `todoc pin`.

use std::path::PathBuf;

const PIN_HELP: &str = "\
A tag may name another image tomorrow, a digest can't. A program says
`pins \"images.pins\"` in its `app`; this command asks the registries, by `docker
buildx imagetools inspect`, for the digest of each image that its pods run and
its Dockerfiles start from, in all targets, and writes them there, or changes
nothing. Builds read the file and ask nobody. Run it again to get what has been
mended in those images, and review what changed.

Example: todoc pin app.todo --missing";

/// Options of `todoc pin`.
#[derive(Debug, clap::Args)]
#[command(after_help = PIN_HELP)]
pub(in crate::cli) struct Pin {
    /// The .todo file; `-` is standard input
    pub(in crate::cli) file: PathBuf,
    /// Keep the digests that are there, and ask for the others alone
    #[arg(long)]
    pub(in crate::cli) missing: bool,
}
