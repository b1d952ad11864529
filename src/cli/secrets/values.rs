//! Where values come from: the environment, or files that the command line names. The one place that
//! reads any.

use super::env_file;
use super::secret::Secret;
use crate::cli::input::is_standard_input;
use crate::cli::output::{reason, shown};
use crate::cli::read::{self, bounds};
use crate::cli::{Failure, args::secrets::Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, io};

/// The values that are given, by the variables that hold them.
pub(super) struct Values {
    given: BTreeMap<String, Secret>,
    /// Whether they are the environment's.
    from_environment: bool,
}

impl Values {
    /// The value of a variable; `None` if it isn't set, or to nothing, which no shell tells apart
    /// from that in `${NAME:?}`.
    pub(super) fn get(&self, variable: &str) -> Option<&Secret> {
        let value = self.given.get(variable);
        value.filter(|value| !value.bytes().is_empty())
    }

    /// Takes a value in, in place of what was given.
    pub(super) fn put(&mut self, variable: &str, value: Secret) {
        self.given.insert(variable.to_owned(), value);
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Secret> {
        self.given.values()
    }

    /// The variables that no program which is started is to get, as its environment would hold the
    /// values.
    pub(super) fn to_hide(&self) -> Vec<String> {
        let names = self.given.keys().filter(|_| self.from_environment);
        names.cloned().collect()
    }
}

/// Fails where standard input would be the program and its values, or those of two files: whoever reads
/// it first takes it for what it isn't.
pub(super) fn are_apart(sources: &Sources, program: &Path) -> Result<(), Failure> {
    let files = sources.env_file.iter().map(|file| &**file);
    let inputs = files.chain([program]);
    if inputs.filter(|file| is_standard_input(file)).count() > 1 {
        return Err(Failure::new("standard input can be read once").help("write `-` once"));
    }
    Ok(())
}

/// Gathers the values of the variables of these names. Their sources are [apart](are_apart).
pub(super) fn gather(names: &BTreeSet<&str>, sources: &Sources) -> Result<Values, Failure> {
    if sources.env_file.is_empty() {
        let given = names.iter().filter_map(|name| {
            let value = env::var_os(name)?;
            Some(((*name).to_owned(), Secret::new(value.into_encoded_bytes())))
        });
        return Ok(Values {
            given: given.collect(),
            from_environment: true,
        });
    }
    let files = sources.env_file.iter().map(|file| &**file);
    let mut given = BTreeMap::new();
    for file in files {
        let (name, bytes) = if is_standard_input(file) {
            let bytes = read::bounded(io::stdin().lock(), bounds::VALUES);
            ("standard input".to_owned(), bytes)
        } else {
            (shown(file), read::any(file, bounds::VALUES))
        };
        let bytes =
            bytes.map_err(|why| Failure::new(format!("can't read {name}: {}", reason(&why))))?;
        let found = env_file::read(&Secret::new(bytes), names).map_err(|fault| {
            let failure = Failure::new(format!("{name}, line {}: {}", fault.line, fault.message));
            failure.help(fault.help)
        })?;
        given.extend(found);
    }
    Ok(Values {
        given,
        from_environment: false,
    })
}
