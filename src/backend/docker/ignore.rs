//! What of a context stays out of an image.

use crate::catalog::Plan;

/// What no image of ours needs, and some must not have. A pattern without `**/` is about the
/// context's top folder alone, because deeper down the same name may be a package's.
const COMMON: &[&str] = &[
    "**/.git",
    "**/.hg",
    "**/.svn",
    "**/.gitignore",
    // Next.js copies it into its output, and any of them may hold a secret.
    "**/.env*",
    "!**/.env.example",
    "**/*.pem",
    "**/*.key",
    "**/*.p12",
    "**/*.pfx",
    "**/*.jks",
    "**/*.keystore",
    "**/*.kdbx",
    "**/*.ppk",
    "**/id_rsa*",
    "**/id_dsa*",
    "**/id_ecdsa*",
    "**/id_ed25519*",
    // What tools keep for whoever works here: logins, and what they know of running systems.
    "**/.netrc",
    "**/_netrc",
    "**/.git-credentials",
    "**/.gitconfig",
    "**/.pgpass",
    "**/.my.cnf",
    "**/.htpasswd",
    "**/.pypirc",
    "**/.vault-token",
    "**/.dockercfg",
    "**/.docker",
    "**/.aws",
    "**/.azure",
    "**/.boto",
    "**/.s3cfg",
    "**/.ssh",
    "**/.gnupg",
    "**/.kube",
    // Not `kubeconfig.go` and its like, which are sources.
    "**/kubeconfig",
    "**/kubeconfig*.y*ml",
    "**/*.kubeconfig",
    "**/.terraform",
    "**/*.tfstate*",
    "**/*.tfvars*",
    "**/.pulumi",
    "**/.secrets*",
    "**/*service-account*.json",
    "**/*service_account*.json",
    "**/*serviceaccount*.json",
    "**/*firebase-adminsdk*.json",
    "**/*credentials.json",
    "**/client_secret*.json",
    "**/.*_history",
    "**/*.swp",
    "**/.DS_Store",
    "*.todo",
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

/// The text of the ignore file of a Dockerfile.
pub(super) fn text(plan: &Plan, header: &str) -> String {
    let mut text = format!("# {}\n\n", header.replace(char::is_control, " "));
    for pattern in patterns(plan) {
        text += pattern;
        text.push('\n');
    }
    text
}

/// Its patterns, in order.
pub(super) fn patterns(plan: &Plan) -> impl Iterator<Item = &'static str> {
    let lists = [COMMON, plan.runtime.ignore, plan.ignore];
    lists.into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::patterns;
    use crate::catalog::{Choice, Plan, RECIPES, recipe};
    use crate::docker::{Instruction, Mount, Stage};

    fn plans() -> impl Iterator<Item = &'static Plan> {
        RECIPES.iter().filter_map(|recipe| recipe.plan.as_ref())
    }

    fn plan(name: &str) -> &'static Plan {
        let recipe = recipe(name).expect("a recipe");
        recipe.plan.as_ref().expect("a plan")
    }

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
    fn context_files(stages: &[Stage]) -> Vec<String> {
        let instructions = stages.iter().flat_map(|stage| &stage.instructions);
        let named = instructions.flat_map(|instruction| {
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
                Mount::Bind { source, .. } => Some((*source).to_owned()),
                Mount::Cache { .. } | Mount::Secret { .. } => None,
            });
            bound.collect()
        });
        // A pattern fits the file that it is named after.
        let named = named.map(|source| source.trim_end_matches('*').to_owned());
        named.filter(|source| source != ".").collect()
    }

    #[test]
    fn nothing_that_is_copied_is_ignored() {
        for plan in plans() {
            let managers = plan.packages.iter().map(|packages| Some(*packages));
            for packages in managers.chain([None]) {
                let choice = Choice {
                    packages,
                    ..Choice::of(plan)
                };
                let stages = (plan.stages)(&choice, &(plan.contract)(&choice));
                for file in context_files(&stages) {
                    assert!(!is_ignored(&file, patterns(plan)), "{file}");
                }
            }
        }
    }

    #[test]
    fn secrets_and_what_is_made_again_are_ignored() {
        for plan in plans() {
            for (path, ignored) in [
                (".env", true),
                ("app/.env.production", true),
                ("certs/server.key", true),
                ("deploy/id_ed25519.pub", true),
                ("home/.netrc", true),
                (".svn/wc.db", true),
                (".git/config", true),
                (".git-credentials", true),
                ("infra/terraform.tfstate.backup", true),
                ("infra/prod.tfvars", true),
                ("keys/my-service-account-1.json", true),
                ("application_default_credentials.json", true),
                ("app/.aws/credentials", true),
                (".kube/config", true),
                ("kubeconfig-prod.yaml", true),
                ("src/kubeconfig.go", false),
                (".bash_history", true),
                ("release.keystore", true),
                ("app.todo", true),
                ("app/accounts.json", false),
                ("app/service.json", false),
                ("compose.override.yaml", true),
                ("app/build/lib.py", false),
                ("app/main.py", false),
                ("app/page.tsx", false),
            ] {
                assert_eq!(is_ignored(path, patterns(plan)), ignored, "{path}");
            }
        }
        let site = |path| is_ignored(path, patterns(plan("static")));
        assert!(site(".npmrc") && site("a/.hidden/page.html") && site(".env.example"));
        assert!(!site(".well-known/security.txt") && !site("index.html"));
        let nextjs = |path| is_ignored(path, patterns(plan("nextjs")));
        assert!(!nextjs("app/.env.example") && !nextjs(".npmrc"));
        assert!(
            nextjs("node_modules/next/index.js") && nextjs("web/node_modules") && nextjs(".next")
        );
        let fastapi = |path| is_ignored(path, patterns(plan("fastapi")));
        assert!(fastapi(".venv/bin/python") && fastapi("app/__pycache__/main.pyc"));
        // The build of a project whose metadata names it fails without it.
        assert!(!fastapi("README.md"));
        let rust = |path| is_ignored(path, patterns(plan("rust")));
        assert!(rust("target/release/api") && !rust("README.md"));
    }
}
