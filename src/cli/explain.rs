//! `todoc explain`.

use super::args::Explain;
use super::{Failure, Status, output};
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, on_one_line};
use crate::reference;

/// Prints what a code or a word means, or the list of all.
pub(super) fn run(args: &Explain) -> Result<Status, Failure> {
    match &args.what {
        None => output::print(&list())?,
        Some(what) => output::print(&find(what)?)?,
    }
    Ok(Status::Clean)
}

/// The subjects of codes, by the letters and digits that their numbers begin with.
const SUBJECTS: &[(&str, &str)] = &[
    ("E01", "errors of syntax"),
    ("E02", "errors of names and types"),
    ("E03", "errors of how things fit together"),
    ("E04", "errors of a format"),
    ("E05", "errors of images and their sources"),
    ("W05", "warnings"),
    ("W06", "warnings of images and their sources"),
    ("W07", "warnings of what was deployed before"),
    ("L01", "what a Helm chart can't say"),
    ("L02", "what a Compose file can't say"),
    ("N05", "notes"),
    ("N06", "notes on images and their sources"),
];

fn list() -> String {
    let mut text = "The words of the language\n\n".to_owned();
    text.push_str(&reference::subjects());
    for (begin, subject) in SUBJECTS {
        let codes = Code::ALL.iter();
        let codes: String = codes
            .filter(|it| it.number().starts_with(begin))
            .map(|code| row(*code))
            .collect();
        if !codes.is_empty() {
            text.extend(["\nCodes: ", subject, "\n\n", &codes]);
        }
    }
    text
}

fn row(code: Code) -> String {
    let may = if code.may_be_allowed() {
        " (`allow` accepts it)"
    } else {
        ""
    };
    format!("{code}  {}{may}\n", code.summary())
}

fn find(what: &str) -> Result<String, Failure> {
    let is_it = |code: &&Code| code.number().eq_ignore_ascii_case(what);
    if let Some(code) = Code::ALL.iter().find(is_it) {
        return Ok(code.page().to_owned());
    }
    if let Some(page) = reference::explain(what) {
        return Ok(page);
    }
    let failure = Failure::new(format!(
        "there is no code and no word `{}`",
        on_one_line(what)
    ));
    let numbers = Code::ALL.iter().map(|code| code.number());
    let words = reference::words().chain(reference::formats());
    Err(match did_you_mean(what, numbers.chain(words)) {
        Some(near) => failure.help(format!("did you mean `{near}`? `todoc explain` lists all")),
        None => failure.help("`todoc explain` lists all"),
    })
}

#[cfg(test)]
mod tests {
    use super::SUBJECTS;
    use crate::diag::Code;

    #[test]
    fn every_code_has_one_subject() {
        for code in Code::ALL {
            let subjects = SUBJECTS
                .iter()
                .filter(|(begin, _)| code.number().starts_with(begin));
            assert_eq!(subjects.count(), 1, "{code}");
        }
    }
}
