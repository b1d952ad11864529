//! Text that looks like a credential, wherever it stands: in the source, and in files beside it.

use crate::check::findings::Findings;
use crate::diag::credentials::credentials;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Files, Span};
use crate::syntax::ast::File;

/// Complains of credentials in a file, and in those that it names. Returns their places in the file, in
/// its order.
pub(in crate::check) fn check(file: &File, beside: &Files, found: &mut Findings) -> Vec<Span> {
    let builds = file.workloads().filter_map(|tier| tier.build.as_ref());
    let arguments = builds.flat_map(|build| &build.arguments);
    let mut arguments: Vec<Span> = arguments
        .filter_map(|argument| Some(argument.value.as_ref()?.span))
        .collect();
    arguments.sort_unstable();
    let is_argument = |place: Span| {
        let before = arguments.partition_point(|it| it.start <= place.start);
        let last = before.checked_sub(1).and_then(|at| arguments.get(at));
        last.is_some_and(|span| span.contains(place))
    };
    let mut places = Vec::new();
    for credential in credentials(&file.uncommented) {
        let place = Span::new(FileId(0), credential.range.clone());
        if credential.public && is_argument(place) {
            continue;
        }
        places.push(place);
        let message = format!("this looks like {}", credential.noun);
        found.push(
            Diagnostic::new(Code::Credential, place, message)
                .help("declare it, as in `secret API_KEY from env`, and let containers read it by name")
                .help("get a new one: whoever has this file has it")
                .mask(place),
        );
    }
    for path in file.files() {
        let text = match beside.get(&path.value) {
            Some(Ok(bytes)) => std::str::from_utf8(bytes).unwrap_or_default(),
            Some(Err(_)) | None => "",
        };
        if let Some(credential) = credentials(text).first() {
            let line = text[..credential.range.start].matches('\n').count() + 1;
            let message = format!(
                "line {line} of `{}` looks like {}",
                path.value, credential.noun
            );
            found.push(
                Diagnostic::new(Code::Credential, path.span, message)
                    .help("keep it out of the file, and let what reads it take a variable: `secret API_KEY from env`"),
            );
        }
    }
    places
}
