//! Valid programs over the whole language, at random: every statement of the table, names and
//! amounts at their bounds, and in every string whatever its readers stumble over.
//!
//! [`program`] is all that others need. First a plan is made of what there is (`plan`, `planned`),
//! so that what refers to something finds it in every target; then each part is written from it, as
//! a tree of statements, which can be printed in several layouts and shrunk.

mod app;
mod build;
mod database;
mod exposures;
mod job;
mod names;
mod naming;
mod pins;
mod plan;
mod planned;
mod storage;
mod strings;
mod target;
mod text;
mod tier;
mod values;

use std::collections::BTreeSet;

use fastrand::Rng;
use todoc::source::Files;

use plan::Plan;
use text::{Body, Line};

/// A valid program: it compiles for each of its targets, without a warning.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// What it was made from.
    pub(crate) seed: u64,
    /// Its statements.
    lines: Vec<Line>,
    /// The files that it names.
    pub(crate) files: Files,
}

/// The program of a seed: the same for all time, as long as this generator stays as it is. Most are
/// small; some are large.
pub(crate) fn program(seed: u64) -> Program {
    let mut rng = Rng::with_seed(seed);
    let density = *rng.choice(&[35, 35, 35, 60, 100]).expect("one");
    // Of a seed of its own, so that all other programs stay as they are.
    let mut apart = Rng::with_seed(!seed);
    let has_pins = apart.u8(..100) < 5;
    let mut generator = Generator {
        rng,
        apart,
        orders: Rng::with_seed(!seed.rotate_left(1)),
        strips: Rng::with_seed(!seed.rotate_left(2)),
        takes_paths_off: false,
        density,
        count: 0,
        plan: Plan::default(),
        files: Files::new(),
        taken: BTreeSet::new(),
        allowed: BTreeSet::new(),
        tags: BTreeSet::new(),
        spread: 0,
        variables: Vec::new(),
    };
    generator.plan();
    if has_pins {
        generator
            .files
            .insert(pins::FILE.to_owned(), Ok(Vec::new()));
    }
    let lines = generator.write();
    let mut program = Program {
        seed,
        lines,
        files: generator.files,
    };
    program.pin();
    program
}

impl Program {
    /// A text that somebody wrote, a line of which stands for a statement. It names no files.
    pub(crate) fn of(text: &str) -> Program {
        Program {
            seed: 0,
            lines: text.lines().map(Line::new).collect(),
            files: Files::new(),
        }
    }

    /// The same program, whose `app` accepts these codes for the whole file.
    pub(crate) fn allowing(&self, codes: &BTreeSet<&'static str>) -> Program {
        let mut program = self.clone();
        for line in &mut program.lines {
            if line.head.starts_with("app ") {
                let allows = codes
                    .iter()
                    .map(|code| Line::new(format!("allow {code} \"x\"")));
                match &mut line.body {
                    Body::Block(lines) => lines.extend(allows),
                    Body::None | Body::Yaml(_) => line.body = Body::Block(allows.collect()),
                }
            }
        }
        program
    }

    /// Its text, a statement on each line.
    pub(crate) fn text(&self) -> String {
        text::plain(&self.lines)
    }

    /// The same program in another layout, with comments: what it means is the same.
    pub(crate) fn otherwise(&self, rng: &mut Rng) -> String {
        text::otherwise(&self.lines, rng)
    }

    /// The smallest program that is found by leaving out statements one by one, so that `is_bad`
    /// still holds of it. It may be no valid one any more.
    pub(crate) fn shrunk(&self, is_bad: impl Fn(&Program) -> bool) -> Program {
        let mut best = self.clone();
        let mut changed = true;
        while changed {
            changed = false;
            let mut at = 0;
            while at < text::count(&best.lines) {
                let smaller = Program {
                    lines: text::without(&best.lines, at),
                    ..best.clone()
                };
                if is_bad(&smaller) {
                    best = smaller;
                    changed = true;
                } else {
                    at += 1;
                }
            }
        }
        best
    }
}

/// The state of one program's making.
struct Generator {
    rng: Rng,
    /// For what came later: with numbers of its own it leaves all else as it is.
    apart: Rng,
    /// What is random about what waits for what.
    orders: Rng,
    /// What is random about paths that are taken off.
    strips: Rng,
    /// Whether some are.
    takes_paths_off: bool,
    /// How much is said of all that may be, in percent: most programs say little.
    density: u32,
    /// For what must be different each time.
    count: usize,
    plan: Plan,
    files: Files,
    /// Names that are taken, by kinds of things that must have names of their own.
    taken: BTreeSet<(&'static str, String)>,
    /// Codes that `app` accepts for the whole file.
    allowed: BTreeSet<&'static str>,
    /// Tags that are said: two targets that say one may have different images of that name.
    tags: BTreeSet<String>,
    /// How many workloads read all secrets.
    spread: usize,
    /// The variables that each tier sets, once it is written.
    variables: Vec<Vec<String>>,
}

impl Generator {
    /// Whether something that happens in so many of a hundred cases happens.
    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u32(..100) * 100 < u32::from(percent) * self.density
    }

    /// Does something by the numbers of what came later.
    fn by_apart<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        std::mem::swap(&mut self.rng, &mut self.apart);
        let result = work(self);
        std::mem::swap(&mut self.rng, &mut self.apart);
        result
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        *self.rng.choice(of).expect("there is one at least")
    }

    /// A number that is used once.
    fn fresh(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    /// Takes a name of a kind, if it is free.
    fn take(&mut self, kind: &'static str, name: &str) -> bool {
        self.taken.insert((kind, name.to_owned()))
    }

    /// Any text, as a string.
    fn hostile(&mut self) -> String {
        let text = strings::hostile(&mut self.rng);
        self.quote(&text)
    }

    /// A text as a string.
    fn quote(&mut self, text: &str) -> String {
        strings::quoted(text, &mut self.rng)
    }

    /// Any texts, as strings, one at least.
    fn words(&mut self) -> String {
        let count = if self.chance(5) {
            12
        } else {
            self.rng.usize(1..4)
        };
        let words: Vec<_> = (0..count).map(|_| self.hostile()).collect();
        words.join(" ")
    }

    /// The name of a variable that nothing else in the program has.
    fn key(&mut self) -> String {
        for _ in 0..20 {
            let key = names::key(&mut self.rng);
            if self.take("variable", &key) {
                return key;
            }
        }
        let key = format!("V{}", self.fresh());
        self.take("variable", &key);
        key
    }

    /// All statements, in any order.
    fn write(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        for at in 0..self.plan.tiers.len() {
            lines.push(self.tier(at));
        }
        for at in 0..self.plan.jobs.len() {
            lines.push(self.job(at));
        }
        for at in 0..self.plan.databases.len() {
            lines.push(self.database(at));
        }
        lines.extend(self.outside());
        let targets: Vec<_> = (0..self.plan.targets.len())
            .map(|at| self.target(at))
            .collect();
        lines.extend(self.shared_config());
        lines.extend(self.shared_secrets());
        if self.chance(10) {
            lines.push(self.object());
        }
        self.rng.shuffle(&mut lines);
        // The first target is the one that is built where none is said.
        lines.extend(targets);
        let app = self.app();
        let at = if self.chance(80) {
            0
        } else {
            self.rng.usize(..=lines.len())
        };
        lines.insert(at, app);
        lines
    }
}
