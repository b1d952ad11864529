//! `build`, with the options that a recipe's row has.

use todoc::catalog::keys::{Place, rows};
use todoc::catalog::{EntryKind, Plan, Recipe};

use super::text::Line;
use super::{Generator, names};

/// Folders and files beside the source, in any spelling that is one.
const FOLDERS: &[&str] = &[
    ".",
    "./web",
    "web",
    "./a b/ümlaut",
    "a/./b",
    "./x/",
    "./a@1+2",
    "./-x",
    "./1e3",
];

impl Generator {
    /// `build RECIPE "CONTEXT"`; `calls` are tiers whose addresses are for browsers.
    pub(super) fn build(&mut self, recipe: &'static Recipe, calls: &[usize]) -> Line {
        let mut lines = Vec::new();
        for option in recipe.options {
            let must = *option == "entry" && recipe.plan.as_ref().is_some_and(needs_entry);
            if must || self.chance(20) {
                lines.extend(self.build_option(option, recipe));
            }
        }
        for server in calls {
            let prefix = self.pick(recipe.public_prefixes);
            let (name, number) = (self.plan.tiers[*server].name.clone(), self.fresh());
            let member = self.pick(&[
                "public_url",
                "public_url \"/v9\"",
                "public_ws_url",
                "origin",
                "public_host",
            ]);
            lines.push(Line::new(format!("{prefix}A{number} = {name}.{member}")));
        }
        while self.chance(15) {
            let mut key = self.key();
            if let (Some(prefix), true) = (recipe.public_prefixes.first(), self.chance(50)) {
                key = format!("{prefix}{}", key.chars().take(200).collect::<String>());
            }
            // Words of the language are options here.
            if rows(Place::Build).any(|row| row.word == key) {
                continue;
            }
            // A text alone: a page may not know every address.
            let value = self.hostile();
            lines.push(Line::new(format!("{key} = {value}")));
        }
        self.rng.shuffle(&mut lines);
        let folder = self.pick(FOLDERS);
        self.maybe_block(format!("build {} \"{folder}\"", recipe.name), lines)
    }

    fn build_option(&mut self, option: &str, recipe: &Recipe) -> Vec<Line> {
        let said = |value: &str| vec![Line::new(format!("{option} {value}"))];
        match (option, &recipe.plan) {
            ("packages", Some(plan)) => {
                let manager = self.pick(plan.packages);
                said(manager.name)
            }
            ("entry", Some(plan)) => {
                let entry = plan.entry.as_ref().map(|entry| self.entry(entry.kind));
                said(&format!("\"{}\"", entry.unwrap_or_default()))
            }
            ("workspace", _) => {
                said(self.pick(&["\"apps/web\"", "\"./a\"", "\"@x/a+b\"", "\".hidden\""]))
            }
            ("system" | "build_system", _) => said(self.pick(&[
                "\"ffmpeg\"",
                "\"libpq5\" \"g++\" \"0ad\"",
                "\"a.b\" \"a.b\"",
            ])),
            ("data", _) => said(self.pick(&["\"templates\"", "\"./a/x\" \"static\""])),
            ("stand_in", _) => self.stand_in(),
            ("secret", _) => self.build_secret(),
            ("max_size", _) => {
                let size = names::bytes(&mut self.rng);
                said(&size)
            }
            ("file", _) => {
                said(self.pick(&["\"docker/api.Dockerfile\"", "\"a b/ü\"", "\"./Dockerfile\""]))
            }
            ("stage", _) => said(self.pick(&["\"runner\"", "\"a-b_c.1\"", "\"y\""])),
            (word, Some(plan)) if plan.runtime.word == word => self.version_of(plan),
            _ => panic!("nobody says how the option `{option}` is written"),
        }
    }

    fn version_of(&mut self, plan: &Plan) -> Vec<Line> {
        let runtime = plan.runtime;
        let version = self.rng.choice(runtime.versions).expect("there is one");
        let flavours: Vec<_> = runtime.flavours.iter().map(|it| it.word()).collect();
        let flavour = match flavours.as_slice() {
            [] | [_] => String::new(),
            _ if self.chance(30) => String::new(),
            several => format!(" {}", self.pick(several)),
        };
        let mut lines = vec![Line::new(format!(
            "{} {}{flavour}",
            runtime.word, version.name
        ))];
        if version.ended().is_some() {
            lines.push(self.allow("W0601"));
        }
        lines
    }

    fn entry(&mut self, kind: EntryKind) -> &'static str {
        self.pick(match kind {
            EntryKind::Object => &["app.main:app", "_a:_b", "main:app"],
            EntryKind::Module => &["app.worker", "worker.py", "a/b-c.py", "_"],
            EntryKind::Script => &["dist/main.js", "a@b/c+d.mjs", "server"],
            EntryKind::Package => &[".", "./cmd/api", "./a-b_c"],
            EntryKind::Binary => &["api", "0-a_b", "search"],
        })
    }

    /// One that nothing else has the name of.
    fn build_secret(&mut self) -> Vec<Line> {
        let number = self.fresh();
        let place = self.pick(&["", " at \"/root/.netrc\"", " at \"/a/@b+c\""]);
        vec![Line::new(format!("secret BUILD_TOKEN_{number}{place}"))]
    }

    fn stand_in(&mut self) -> Vec<Line> {
        if self.plan.secrets.is_empty() {
            return Vec::new();
        }
        let at = self.rng.usize(..self.plan.secrets.len());
        self.plan.secrets[at].is_read = true;
        vec![Line::new(format!(
            "stand_in {}",
            self.plan.secrets[at].name
        ))]
    }
}

fn needs_entry(plan: &Plan) -> bool {
    plan.entry
        .as_ref()
        .is_some_and(|entry| entry.default.is_none())
}
