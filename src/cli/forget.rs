//! `todoc forget`: what an earlier build left to be done is done.

use super::args::Forget;
use super::lock;
use super::output::{self, shown};
use super::survey::read_lock;
use super::{Failure, Status, disk};

/// Drops what a lock remembers of it, and says so.
pub(super) fn run(args: &Forget) -> Result<Status, Failure> {
    let out = &args.folder;
    let path = out.join(lock::NAME);
    let (mut lock, text) = read_lock(out, false)?;
    if text.is_none() {
        let message = format!(
            "nothing was built into `{}`: it has no {}",
            shown(out),
            lock::NAME
        );
        return Err(Failure::new(message)
            .help("name the folder that a build wrote to, such as `out/production`"));
    }
    let left = lock.memory.left();
    let unknown = args.names.iter().find(|name| !left.contains(*name));
    if let Some(name) = unknown {
        let failure = Failure::new(format!(
            "`{}` has nothing of `{name}` to forget",
            shown(out)
        ));
        return Err(failure.help(if left.is_empty() {
            "nothing is left to be done there".to_owned()
        } else {
            format!("it has: {}", left.join(", "))
        }));
    }
    let names = if args.names.is_empty() {
        &left
    } else {
        &args.names
    };
    for name in names {
        lock.memory.forget(name);
    }
    disk::replace_lock(out, &lock)?;
    let what = match names.as_slice() {
        [] => "nothing was left to be done".to_owned(),
        names => format!("forgotten: {}", names.join(", ")),
    };
    output::print(&format!("{}: {what}\n", shown(&path)))?;
    Ok(Status::Clean)
}
