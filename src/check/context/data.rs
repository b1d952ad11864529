//! Files that a program reads while it runs, where the image holds the program alone.

use super::site::Site;
use crate::catalog::Need;
use crate::catalog::context::DATA;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;

/// What to look at.
pub(super) fn looks(site: &Site<'_>, told_by: &str) -> Vec<(String, Look)> {
    let folders = DATA.iter().map(|folder| (site.path(folder), Look::Content));
    let told = (site.path(told_by), Look::Content);
    folders
        .chain([told, (beside(site), Look::Content)])
        .collect()
}

/// The folder of the package.
fn beside(site: &Site<'_>) -> String {
    match site.workspace {
        "" => ".".to_owned(),
        workspace => workspace.to_owned(),
    }
}

/// What to know of folders that are beside the sources, and neither in the image nor, as far as can be
/// seen, in the program. Where a source that wasn't read may put them there, nothing is said.
pub(super) fn notes(site: &Site<'_>, need: &Need) -> Vec<Diagnostic> {
    let Need::Data {
        sources,
        told_by,
        embeds,
    } = *need
    else {
        return Vec::new();
    };
    let told = site.text(&site.path(told_by)).unwrap_or_default();
    let embeds = embeds.iter().any(|word| told.contains(word));
    let is_unread = |name: &String| name.ends_with(sources) && name != told_by;
    let has_unread = site
        .names(&beside(site))
        .is_none_or(|names| names.iter().any(is_unread));
    if embeds || has_unread {
        return Vec::new();
    }
    let is_data = |folder: &&&str| {
        let Some(names) = site.names(&site.path(folder)) else {
            return false;
        };
        let mut said = site.said.data.iter();
        let is_said = said.any(|path| {
            let path = path.value.strip_prefix("./").unwrap_or(&path.value);
            path.split('/').next() == Some(**folder)
        });
        let is_source = names.iter().any(|name| name.ends_with(sources));
        !names.is_empty() && !is_source && !is_said
    };
    let note = |folder: &&str| {
        let text = format!(
            "`{}` stays out of the image, which holds the program alone",
            site.shown(&site.path(folder))
        );
        let note = Diagnostic::new(Code::DataLeftOut, site.place(), text);
        note.help(format!(
            "if the program reads it, add `data \"{}\"` to the build",
            site.path(folder)
        ))
    };
    DATA.iter().filter(is_data).map(note).collect()
}
