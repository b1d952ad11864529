//! What a tier or job says of its container besides what the recipe says: as whom it runs, where it
//! writes, what is noted on its pods, which defaults it does without.

use std::collections::BTreeSet;

use crate::catalog::Contract;
use crate::catalog::contract::{
    DRAIN_SECONDS, SHUTDOWN_SECONDS, TEMPORARY, WORKER_SHUTDOWN_SECONDS,
};
use crate::catalog::defaults::{self, Switch};
use crate::check::findings::{Findings, Wanted};
use crate::check::names::face::TierFace;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::ContractChanges;
use crate::source::Spanned;
use crate::syntax::ast::{self, Name};

/// The contract, as the tier changes it: image and pod both follow. Returns what is wrong with what the
/// tier says.
pub(in crate::check) fn change(
    contract: &mut Contract,
    said: &mut ContractChanges,
    tier: &ast::Tier,
    off: &[Spanned<Switch>],
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    if let Some(number) = &tier.user {
        match numbers::whole(number, "number of a user", 0..=i32::MAX.unsigned_abs()) {
            Ok(user) => {
                if user == 0 {
                    let message = "`user 0` runs the container as root";
                    let diagnostic = Diagnostic::new(Code::RootUser, number.span, message);
                    faults.push(diagnostic.help("write another number, such as `user 10001`"));
                }
                contract.user = Some(user);
                said.user = Some(number.span);
            }
            Err(fault) => faults.push(*fault),
        }
    }
    let mut writable: BTreeSet<&str> = contract.writable.iter().map(String::as_str).collect();
    let mut more = Vec::new();
    for path in &tier.writable {
        if !texts::is_path_of_folder(&path.value) {
            faults.push(texts::no_folder(path));
            continue;
        }
        // A slash at its end makes it no other.
        let folder = path.value.trim_end_matches('/');
        if !writable.insert(folder) {
            let message = format!("`{}` is writable already", path.value);
            let diagnostic = Diagnostic::new(Code::Repeated, path.span, message);
            faults.push(diagnostic.help("delete this line"));
            continue;
        }
        contract.read_only_root = true;
        more.push(Spanned::new(folder.to_owned(), path.span));
    }
    if let Some(first) = more.first() {
        said.read_only_root = Some(first.span);
        // Most programs need it, and nobody thinks of it. A recipe's contract has it already.
        if writable.insert(TEMPORARY) {
            contract.writable.push(TEMPORARY.to_owned());
        }
    }
    let folders = more.iter().map(|folder| folder.value.clone());
    contract.writable.extend(folders);
    said.writable.extend(more);
    let mut off = off.iter();
    if let Some(off) = off.find(|off| off.value == Switch::ReadOnlyRoot) {
        contract.read_only_root = false;
        said.read_only_root = Some(off.span);
    }
    faults
}

/// Seconds from the moment at which a tier or job is told to stop until it is killed. Complains of a time
/// that the pod of a port spends waiting.
pub(in crate::check) fn shutdown_seconds(face: &TierFace<'_>, found: &mut Findings) -> u32 {
    let tier = face.tier;
    let is_worker = tier.ports.is_empty() && !face.is_job;
    let default = if is_worker {
        WORKER_SHUTDOWN_SECONDS
    } else {
        SHUTDOWN_SECONDS
    };
    let Some(said) = &tier.grace else {
        return default;
    };
    let Some(seconds) = numbers::duration(said, found) else {
        return default;
    };
    if seconds <= DRAIN_SECONDS && !tier.ports.is_empty() {
        let message = format!(
            "a pod with a port serves for {DRAIN_SECONDS}s after it is told to stop: `{}` leaves it no time to end",
            said.value
        );
        let diagnostic = Diagnostic::new(Code::InvalidDuration, said.span, message);
        found.push(diagnostic.help(format!("write more, such as `grace {SHUTDOWN_SECONDS}s`")));
        return default;
    }
    seconds
}

/// The defaults that are switched off.
pub(in crate::check) fn without(names: &[Name], found: &mut Findings) -> Vec<Spanned<Switch>> {
    let mut off = Vec::new();
    for name in names {
        match defaults::switch(&name.value) {
            Some(switch) => off.push(Spanned::new(switch, name.span)),
            None => found.unknown(name, Wanted::Default, defaults::switches()),
        }
    }
    off
}
