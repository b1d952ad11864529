//! Values that `--generate` makes: those that the cluster has stay as they are, the others are
//! random.

use super::generate::generate;
use super::kubectl::{Kubectl, State};
use super::secret::Secret;
use super::values::Values;
use crate::backend::secrets::{OwnSecret, claim_name};
use crate::cli::Failure;
use crate::diag::on_one_line;
use crate::diag::suggest::did_you_mean;
use crate::ir::SecretKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Whether a variable is among those that an option names.
pub(super) fn is_asked(named: &[String], variable: &str) -> bool {
    named.iter().any(|name| name == variable)
}

/// Fails where a variable is named that the application doesn't ask for.
pub(super) fn are_known(option: &str, named: &[String], own: &[OwnSecret]) -> Result<(), Failure> {
    let keys = own.iter().flat_map(|secret| &secret.object.keys);
    let known: Vec<_> = keys.map(|key| key.from_env.as_str()).collect();
    let Some(name) = named.iter().find(|name| !known.contains(&name.as_str())) else {
        return Ok(());
    };
    let failure = Failure::new(format!(
        "no secret has its value from ${}",
        on_one_line(name)
    ));
    Err(match did_you_mean(name, known.iter().copied()) {
        Some(near) => failure.help(format!("did you mean `{option} {near}`?")),
        None => failure.help("`todoc secrets list` says which there are"),
    })
}

/// Fills in the values that are to be made.
pub(super) fn fill(
    values: &mut Values,
    named: &[String],
    own: &[OwnSecret],
    states: &[State],
    kubectl: &mut Kubectl,
) -> Result<(), Failure> {
    for variable in named {
        if values.get(variable).is_some() {
            let message =
                format!("${variable} has a value, and `--generate {variable}` asks for one");
            return Err(Failure::new(message).help("leave one of the two out"));
        }
        let keys = keys_of(variable, own, states);
        let there = keys.iter().find(|(_, state, key)| match state {
            State::There { keys, .. } => keys.contains(&key.key),
            State::Missing | State::Unreadable => false,
        });
        let value = if let Some((secret, _, key)) = there {
            let value = kubectl.value(&secret.object.name, &key.key)?;
            let bytes = STANDARD.decode(value.bytes());
            Secret::new(bytes.unwrap_or_default())
        } else {
            may_be_made(variable, &keys, kubectl)?;
            let rules = keys.iter().flat_map(|(_, _, key)| &key.rules);
            generate(variable, &rules.collect::<Vec<_>>())?
        };
        kubectl.mask.add(&value);
        values.put(variable, value);
    }
    Ok(())
}

/// A key, its Secret, and what the cluster has of that.
type Wanted<'o, 'a> = (&'o OwnSecret<'a>, &'o State, &'a SecretKey);

/// The keys whose value a variable holds.
fn keys_of<'o, 'a>(
    variable: &str,
    own: &'o [OwnSecret<'a>],
    states: &'o [State],
) -> Vec<Wanted<'o, 'a>> {
    let all = own.iter().zip(states).flat_map(|(secret, state)| {
        let keys = secret.object.keys.iter();
        keys.map(move |key| (secret, state, key))
    });
    all.filter(|(_, _, key)| key.from_env == variable).collect()
}

/// Fails where a value is made already, or may be.
fn may_be_made(variable: &str, keys: &[Wanted], kubectl: &Kubectl) -> Result<(), Failure> {
    for (secret, state, _) in keys {
        if **state == State::Unreadable {
            let message = format!(
                "nobody can tell whether Secret {} has a value for ${variable}",
                secret.object.name
            );
            return Err(Failure::new(message).help(
                "ask for the right to `get` Secrets, which keeps a value from being replaced",
            ));
        }
        if let Some((database, _)) = secret.kept_by()
            && let Some(claim) = claim_name(database)
            && kubectl.has_claim(&claim)?
        {
            let message = format!(
                "database `{}` has data with a password already, and no Secret holds it",
                database.id.name
            );
            return Err(Failure::new(message).help(format!(
                "give the password of its first start in ${variable}, without `--generate`"
            )));
        }
    }
    Ok(())
}
