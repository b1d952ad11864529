//! What of a context stays out of an image.

use crate::catalog::Recipe;

/// What no image of ours needs, and some must not have. A pattern without `**/` is about the
/// context's top folder alone, because deeper down the same name may be a package's.
const COMMON: &[&str] = &[
    "**/.git",
    "**/.gitignore",
    // Next.js copies it into its output, and any of them may hold a secret.
    "**/.env*",
    "!**/.env.example",
    "**/*.pem",
    "**/*.key",
    "**/.DS_Store",
    ".dockerignore",
    "Dockerfile*",
    "compose*.y*ml",
    "docker-compose*.y*ml",
    // What todoc writes where the command line doesn't say.
    "out",
    "k8s",
    ".github",
    ".vscode",
    ".idea",
];

/// The text of the ignore file of a recipe's Dockerfile.
pub(super) fn text(recipe: &Recipe, header: &str) -> String {
    let mut text = format!("# {}\n\n", header.replace(char::is_control, " "));
    for pattern in patterns(recipe) {
        text += pattern;
        text.push('\n');
    }
    text
}

fn patterns(recipe: &Recipe) -> impl Iterator<Item = &'static str> {
    let lists = [COMMON, recipe.runtime.ignore, recipe.ignore];
    lists.into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::patterns;
    use crate::catalog::{Base, Choice, Flavour, RECIPES};
    use crate::docker::{Instruction, Mount, Stage};

    /// Docker's rules, for the patterns that we write: each name of a path is compared with `*`,
    /// a leading `**/` is any folder, what is in an ignored folder is ignored, and the last
    /// pattern that fits decides.
    fn is_ignored<'a>(path: &str, patterns: impl Iterator<Item = &'a str>) -> bool {
        let mut ignored = false;
        for pattern in patterns {
            let (negated, pattern) = match pattern.strip_prefix('!') {
                Some(rest) => (true, rest),
                None => (false, pattern),
            };
            let names = path.split('/').collect::<Vec<_>>();
            let found = match pattern.strip_prefix("**/") {
                Some(name) => names.iter().any(|one| fits(one, name)),
                None => fits(names[0], pattern),
            };
            if found {
                ignored = !negated;
            }
        }
        ignored
    }

    fn fits(name: &str, pattern: &str) -> bool {
        match pattern.split_once('*') {
            None => name == pattern,
            Some((start, rest)) => name.strip_prefix(start).is_some_and(|tail| {
                (0..=tail.len()).any(|at| tail.is_char_boundary(at) && fits(&tail[at..], rest))
            }),
        }
    }

    /// Every file that the stages name in the context.
    fn context_files(stages: &[Stage]) -> Vec<&'static str> {
        let instructions = stages.iter().flat_map(|stage| &stage.instructions);
        instructions
            .flat_map(|instruction| {
                if let Instruction::Copy {
                    from: None,
                    sources,
                    ..
                } = instruction
                {
                    return sources.clone();
                }
                let Instruction::Run { mounts, .. } = instruction else {
                    return Vec::new();
                };
                let bound = mounts.iter().filter_map(|mount| match mount {
                    Mount::Bind { source, .. } => Some(*source),
                    Mount::Cache { .. } => None,
                });
                bound.collect()
            })
            .filter(|source| *source != ".")
            .collect()
    }

    #[test]
    fn nothing_that_is_copied_is_ignored() {
        for recipe in RECIPES {
            for (packages, flavour) in recipe
                .packages
                .iter()
                .flat_map(|packages| Flavour::ALL.iter().map(move |flavour| (packages, *flavour)))
            {
                let choice = Choice {
                    base: Base {
                        runtime: recipe.runtime,
                        version: recipe.runtime.default,
                        flavour,
                    },
                    packages,
                    entry: String::new(),
                    command: Vec::new(),
                    port: Some(8000),
                    health: None,
                    arguments: Vec::new(),
                    title: String::new(),
                    version: String::new(),
                };
                let stages = (recipe.plan)(&choice, &(recipe.contract)(&choice));
                let files = context_files(&stages);
                assert!(!files.is_empty(), "{}", recipe.name);
                for file in files {
                    assert!(
                        !is_ignored(file, patterns(recipe)),
                        "{}: {file}",
                        recipe.name
                    );
                }
            }
        }
    }

    #[test]
    fn secrets_and_what_is_made_again_are_ignored() {
        for recipe in RECIPES {
            for (path, ignored) in [
                (".env", true),
                ("app/.env.production", true),
                ("app/.env.example", false),
                ("certs/server.key", true),
                (".git/config", true),
                ("compose.override.yaml", true),
                ("app/build/lib.py", false),
                ("app/main.py", false),
                ("app/page.tsx", false),
            ] {
                assert_eq!(is_ignored(path, patterns(recipe)), ignored, "{path}");
            }
        }
        let nextjs = |path| is_ignored(path, patterns(RECIPES[0]));
        assert!(
            nextjs("node_modules/next/index.js") && nextjs("web/node_modules") && nextjs(".next")
        );
        let fastapi = |path| is_ignored(path, patterns(RECIPES[1]));
        assert!(fastapi(".venv/bin/python") && fastapi("app/__pycache__/main.pyc"));
        // The build of a project whose metadata names it fails without it.
        assert!(!fastapi("README.md"));
    }
}
