//! Digests of images: what the file behind `pins` says, and where it counts.

use std::collections::{BTreeMap, BTreeSet};

use super::files;
use crate::catalog::Pins;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::check::types::image_names::{image_fault, reference};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Database, DockerfileSource, ImageReference, Job, Pinned, Tier};
use crate::syntax::ast::Name;

/// How to get a right file.
const HELP: &str = "run `todoc pin` with this program: it asks the registries, and writes the file";

/// What the file says; complains of each line that names no image with its digest.
pub(in crate::check) fn read(file: Option<&Name>, scope: &Scope<'_>, found: &mut Findings) -> Pins {
    let Some(file) = file else {
        return Pins::default();
    };
    let Some(bytes) = files::bytes(file, scope, found) else {
        return Pins::default();
    };
    let mut digests = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut twice = Vec::new();
    for (number, line) in pinned_lines(&String::from_utf8_lossy(bytes)) {
        match line {
            Some((image, digest)) => {
                let first = digests.entry(image).or_insert_with(|| digest.clone());
                if *first != digest {
                    twice.push(number);
                }
            }
            None => wrong.push(number),
        }
    }
    if !wrong.is_empty() {
        let message = format!(
            "`{}`: {} an image with its digest",
            file.value,
            lines(&wrong, "doesn't name", "don't name")
        );
        let diagnostic = Diagnostic::new(Code::InvalidPin, file.span, message)
            .label("each line is one, such as `nginx:1.29@sha256:…`");
        found.push(diagnostic.help(HELP));
    }
    if !twice.is_empty() {
        let lines = lines(&twice, "names", "name");
        let message = format!(
            "`{}`: {lines} an image that has another digest above",
            file.value
        );
        let diagnostic = Diagnostic::new(Code::InvalidPin, file.span, message);
        found.push(diagnostic.help("keep one line for each image"));
    }
    Pins::new(digests)
}

/// The images and their digests in a file of them, by the numbers of their lines; `None` where a line is none.
pub fn pinned_lines(text: &str) -> impl Iterator<Item = (usize, Option<(String, String)>)> {
    let text = text.trim_start_matches('\u{FEFF}');
    let lines = (1..).zip(text.lines().map(str::trim));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| {
        let image = reference(line);
        let bare = ImageReference {
            digest: None,
            ..image.clone()
        };
        let digest = image.digest.filter(|_| image_fault(line).is_none());
        (number, digest.map(|digest| (bare.to_string(), digest)))
    })
}

/// How many images or lines a message names.
const MOST_NAMES: usize = 3;

/// The first of some, and how many there are besides.
fn several(all: &[String]) -> String {
    let (shown, more) = all.split_at(all.len().min(MOST_NAMES));
    match (shown, more) {
        ([most @ .., last], []) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        (shown, []) => shown.join(", "),
        (shown, more) => format!("{} and {} more", shown.join(", "), more.len()),
    }
}

/// Lines by their numbers, and what one or several of them do.
fn lines(numbers: &[usize], one: &str, many: &str) -> String {
    match numbers {
        [only] => format!("line {only} {one}"),
        all => {
            let all: Vec<_> = all.iter().map(usize::to_string).collect();
            format!("lines {} {many}", several(&all))
        }
    }
}

/// Gives images of registries their digests, and says which have none.
pub(in crate::check) fn apply(
    file: Option<&Name>,
    (tiers, jobs, databases): (&mut [Tier], &mut [Job], &mut [Database]),
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<Pinned> {
    let file = file?;
    let mut images = BTreeSet::new();
    let tiers = tiers.iter_mut().map(|tier| &mut tier.pod);
    let pods = tiers.chain(jobs.iter_mut().map(|job| &mut job.pod));
    let mut theirs: Vec<&mut ImageReference> = Vec::new();
    for pod in pods {
        if let Some(build) = &pod.image.build
            && let DockerfileSource::Planned { plan, choice } = &build.dockerfile
        {
            images.extend(plan.images(choice, &pod.contract));
        }
        if !pod.image.ours {
            theirs.push(&mut pod.image.reference);
        }
    }
    theirs.extend(
        databases
            .iter_mut()
            .map(|database| &mut database.image.value),
    );
    for image in theirs.into_iter().filter(|image| image.digest.is_none()) {
        let name = image.to_string();
        image.digest = scope.pins.digest(&name).map(str::to_owned);
        images.insert(name);
    }
    let missing = images
        .iter()
        .filter(|image| scope.pins.digest(image).is_none());
    let missing: Vec<_> = missing.map(|image| format!("`{image}`")).collect();
    // Of a file that nobody can read it has been said.
    let is_read = matches!(scope.files.get(&file.value), Some(Ok(_)));
    if !missing.is_empty() && is_read {
        let names = several(&missing);
        let message = format!("`{}` has no digest of {names}", file.value);
        let diagnostic = Diagnostic::new(Code::NotPinned, file.span, message)
            .label("without a digest, a tag may name another image tomorrow");
        found.push(diagnostic.help(HELP));
    }
    Some(Pinned {
        file: file.clone(),
        images,
    })
}
