//! `todoc check --fix` and `--diff`.

use super::input::{Input, is_standard_input};
use super::{Failure, count, disk, named, output};
use crate::diag::{Masks, on_one_line, printable};
use crate::diff::unified;
use crate::{Fixed, Program, fix};
use std::path::Path;

/// Makes the changes that are certain, in the file; gives it as it is then.
pub(super) fn write(path: &Path, input: Input) -> Result<Input, Failure> {
    if is_standard_input(path) {
        let failure = Failure::new("there is no file to fix: the text is standard input");
        return Err(failure.help("see the changes with `--diff`"));
    }
    let Fixed { text, made, .. } = fixed(&input);
    if made == 0 {
        return Ok(input);
    }
    disk::replace(path, text.as_bytes())?;
    let name = on_one_line(&input.name);
    output::complain(&format!("{name}: {} made\n", count(made, "change")));
    Ok(input.with_text(text))
}

/// Prints the changes that are certain as a patch.
pub(super) fn print(input: &Input) -> Result<(), Failure> {
    let fixed = fixed(input);
    let name = on_one_line(&input.name);
    let patch = unified((name.as_str(), name.as_str()), input.text(), &fixed.text);
    let masks = Masks::at(&input.sources, &fixed.masks);
    output::print_raw(&printable(&masks.over(&patch)))
}

fn fixed(input: &Input) -> Fixed {
    fix(input.text(), |text| {
        named::read(&input.folder, &Program::parse(text))
    })
}
