//! Libraries that must be told the address by which browsers know their server.

use super::packages::SCRIPTS;
use super::site::Site;
use crate::catalog::addresses::{ADDRESSED, AddressNeed};
use crate::catalog::scripts::requested;
use crate::source::Look;

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    if site.runtime() != "node" {
        return Vec::new();
    }
    let files = ADDRESSED.iter().flat_map(|need| need.files);
    let files = files.chain([&SCRIPTS]);
    files.map(|file| (site.path(file), Look::Content)).collect()
}

/// The first of them that a server has, and that its sources tell nothing.
pub(super) fn untold(site: &Site<'_>) -> Vec<&'static AddressNeed> {
    let Some(manifest) = site.json(&site.path(SCRIPTS)) else {
        return Vec::new();
    };
    let is_there = |need: &&AddressNeed| {
        let Some(version) = requested(&manifest, need.package) else {
            return false;
        };
        let version = version.trim_start_matches(['^', '~', '>', '=', 'v', ' ']);
        let is_its = |start: &&str| {
            let rest = version.strip_prefix(*start);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        need.versions.is_empty() || need.versions.iter().any(is_its)
    };
    let is_settled = |need: &&AddressNeed| {
        let files = need.files.iter().map(|file| site.path(file));
        let there: Vec<_> = files.filter(|file| !site.lacks(file)).collect();
        let texts: Option<Vec<_>> = there.iter().map(|file| site.text(file)).collect();
        let Some(texts) = texts else {
            return true;
        };
        let has = |word: &str| texts.iter().any(|text| text.contains(word));
        need.open.iter().any(|word| has(word)) || !(need.made_by.is_empty() || has(need.made_by))
    };
    let found = ADDRESSED.iter().filter(is_there);
    found.filter(|need| !is_settled(need)).collect()
}
