//! Names that linters take for those of secrets.
//!
//! A variable that browsers read is called `…_API_KEY` as often as not. Where every name that a
//! linter would complain of is public, the printer switches that one rule off for the file.

use super::{Dockerfile, Instruction};

/// A linter's rule about names.
pub(super) struct LintRule {
    /// Whether it complains of a name in lower case.
    complains: fn(&str) -> bool,
}

/// hadolint 2.15, `DL3064`: some substrings. It also knows some sixty whole names, none of which
/// has a public prefix.
pub(super) const HADOLINT: LintRule = LintRule {
    complains: |name| {
        [
            "api_key",
            "client_key",
            "password",
            "private",
            "secret",
            "token",
            "username",
        ]
        .iter()
        .any(|part| name.contains(part))
    },
};

/// BuildKit 0.33, `SecretsUsedInArgOrEnv`: some words between underscores, unless another word
/// says that the value is harmless.
pub(super) const BUILDKIT: LintRule = LintRule {
    complains: |name| {
        let has = |words: &[&str]| name.split('_').any(|word| words.contains(&word));
        has(&[
            "apikey",
            "auth",
            "credential",
            "credentials",
            "key",
            "password",
            "pword",
            "passwd",
            "secret",
            "token",
        ]) && !has(&["public", "file", "version"])
    },
};

impl LintRule {
    /// Whether it complains of arguments, and of public ones alone. It must stay on for others.
    pub(super) fn is_mistaken(&self, file: &Dockerfile) -> bool {
        let instructions = file.stages.iter().flat_map(|stage| &stage.instructions);
        let mut suspects = instructions
            .filter_map(|instruction| {
                let Instruction::Arg { name, public, .. } = instruction.bare() else {
                    return None;
                };
                (self.complains)(&name.to_ascii_lowercase()).then_some(*public)
            })
            .peekable();
        suspects.peek().is_some() && suspects.all(|public| public)
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILDKIT, HADOLINT};

    #[test]
    fn names_are_suspected_as_the_linters_suspect_them() {
        for (name, hadolint, buildkit) in [
            ("next_public_api_url", false, false),
            ("next_public_supabase_anon_key", false, false),
            ("next_public_auth_domain", false, false),
            ("next_public_firebase_api_key", true, false),
            ("next_public_client_key", true, false),
            ("vite_maps_key", false, true),
            ("vite_auth_url", false, true),
            ("vite_clerk_publishable_key", false, true),
            ("node_auth_token", true, true),
            ("tokenizers_parallelism", true, false),
        ] {
            let found = ((HADOLINT.complains)(name), (BUILDKIT.complains)(name));
            assert_eq!(found, (hadolint, buildkit), "{name}");
        }
    }
}
