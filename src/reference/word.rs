//! What a word of the language means, of every table that has it, for a terminal.

use crate::catalog::databases::ENGINES;
use crate::catalog::defaults::{self, DEFAULTS};
use crate::catalog::keys::{self, Foreign, Part, Place, Row, foreign_words};
use crate::catalog::members::members;
use crate::catalog::protocols::PROTOCOLS;
use crate::catalog::{RECIPES, Runtime, runtimes};
use crate::diag::wrap::{WIDTH, wrap};
use crate::syntax::usage;

use super::from::{formats, from_format};
use super::{OWNERS, prose};

/// What a word means, in Markdown that fits a terminal; `None` where no table has it.
#[must_use]
pub fn explain(word: &str) -> Option<String> {
    let bare = word.strip_prefix('.').unwrap_or(word);
    let mut page = WordPage::default();
    if bare == word {
        statements(word, &mut page);
        parts(word, &mut page);
        recipe(word, &mut page);
        runtime(word, &mut page);
        protocol(word, &mut page);
        default(word, &mut page);
    }
    member(bare, &mut page);
    if page.text.is_empty() {
        if let Some(text) = from_format(word) {
            return Some(text);
        }
        elsewhere(word, &mut page);
    }
    (!page.text.is_empty()).then(|| format!("# {word}\n{}", page.text))
}

/// Every word that [`explain`] knows, but for those from elsewhere, and for [`formats`].
pub fn words() -> impl Iterator<Item = &'static str> {
    let statements = keys::all().flat_map(|row| [row.word].into_iter().chain(words_of(row.parts)));
    let recipes = RECIPES.iter().map(|recipe| recipe.name);
    let runtimes = runtimes::ALL.iter().map(|runtime| runtime.word);
    let protocols = PROTOCOLS.iter().map(|protocol| protocol.name);
    let defaults = defaults::switches();
    let members = OWNERS.iter().flat_map(|owner| members(*owner));
    let members = members.map(|member| member.word);
    let all = statements.chain(recipes).chain(runtimes);
    all.chain(protocols).chain(defaults).chain(members)
}

/// All that there is to ask for, by subject, but for codes.
#[must_use]
pub fn subjects() -> String {
    let mut page = WordPage::default();
    for place in Place::ALL {
        let rows = keys::rows(*place).filter(|row| row.places != keys::BLOCKS);
        page.subject(&place.phrase(), rows.map(|row| row.word));
    }
    let everywhere = keys::all().filter(|row| row.places == keys::BLOCKS);
    page.subject("in every block", everywhere.map(|row| row.word));
    page.subject("recipes", RECIPES.iter().map(|recipe| recipe.name));
    page.subject("runtimes", runtimes::ALL.iter().map(|it| it.word));
    page.subject("protocols", PROTOCOLS.iter().map(|it| it.name));
    page.subject("behind `without`", defaults::switches());
    for owner in OWNERS {
        let words = members(*owner).map(|member| member.word);
        page.subject(&format!("of {}", owner.noun()), words);
    }
    page.subject("for those who come from", formats());
    page.text
}

/// Markdown as it grows.
#[derive(Debug, Default)]
struct WordPage {
    text: String,
}

impl WordPage {
    fn heading(&mut self, heading: &str) {
        self.text.extend(["\n## ", heading, "\n"]);
    }

    fn paragraph(&mut self, text: &str) {
        self.text.push('\n');
        for line in wrap(text, WIDTH, WIDTH) {
            self.text.extend([&line, "\n"]);
        }
    }

    /// How something is written, which is no sentence. Alternatives may be broken.
    fn written(&mut self, text: &str) {
        const INDENT: usize = 4;
        self.text.push('\n');
        // A choice without a blank is longer than any line: its bars are where it may be broken.
        let parted = text.replace('|', " | ");
        let fits = text.chars().count() + INDENT <= WIDTH;
        let text = if fits { text } else { &parted };
        for line in wrap(text, WIDTH - INDENT, WIDTH - 2 * INDENT) {
            let more = if self.text.ends_with("\n\n") || self.text.ends_with("#\n") {
                ""
            } else {
                "    "
            };
            self.text.extend(["    ", more, &line, "\n"]);
        }
    }

    /// A subject, and its words, each once.
    fn subject(&mut self, subject: &str, words: impl Iterator<Item = &'static str>) {
        let mut all: Vec<&str> = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            if !all.contains(&word) {
                all.push(word);
            }
        }
        if all.is_empty() {
            return;
        }
        self.text.extend([subject, "\n"]);
        for line in wrap(&all.join(" "), WIDTH - 2, WIDTH - 2) {
            self.text.extend(["  ", &line, "\n"]);
        }
    }
}

/// A text that ends as a sentence does.
fn sentence(text: &str) -> String {
    capitalized(text) + "."
}

/// A text that begins as a sentence does.
fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The statements of this word, and the block that each opens.
fn statements(word: &str, page: &mut WordPage) {
    let mut seen: Vec<&Row> = Vec::new();
    for row in keys::all().filter(|row| row.word == word) {
        if seen.iter().any(|it| std::ptr::eq(*it, row)) {
            continue;
        }
        seen.push(row);
        page.heading(&places(row));
        page.written(&usage(row));
        page.paragraph(&sentence(row.doc));
        let times = if row.many {
            "It may stand several times."
        } else {
            "It stands once in its block."
        };
        let default = match row.default {
            "" => String::new(),
            default => format!(" Default: {default}."),
        };
        page.paragraph(&format!("{times}{default}"));
        if let Some(place) = row.body.place() {
            opens(place, page);
        }
    }
}

/// Where a statement stands, in words.
fn places(row: &Row) -> String {
    if row.places == keys::BLOCKS {
        return "In every block".to_owned();
    }
    let is_of_one = |place: &&Place| matches!(place, Place::Database(_));
    let is_of_all = row.places.iter().filter(is_of_one).count() == ENGINES.len();
    let mut phrases: Vec<_> = Vec::new();
    for place in row.places {
        let phrase = if is_of_all && is_of_one(&place) {
            "in databases".into()
        } else {
            place.phrase()
        };
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    capitalized(&phrases.join(", "))
}

/// What may stand in the block of a statement.
fn opens(place: Place, page: &mut WordPage) {
    let (_, lead) = prose::block(place);
    let plain = lead.split("\n\n").map(|part| part.replace('\n', " "));
    for part in plain {
        page.paragraph(&part);
    }
    let rows = keys::rows(place).filter(|row| row.places != keys::BLOCKS);
    let mut words: Vec<&str> = Vec::new();
    for row in rows.filter(|row| !row.word.is_empty()) {
        if !words.contains(&row.word) {
            words.push(row.word);
        }
    }
    if !words.is_empty() {
        page.paragraph(&format!("In its block: {}.", words.join(", ")));
    }
}

/// The statements of which it is a fixed word.
fn parts(word: &str, page: &mut WordPage) {
    for row in keys::all().filter(|row| row.word != word) {
        if words_of(row.parts).contains(&word) {
            page.heading(&format!("A word of `{}`", row.word));
            page.written(&usage(row));
            page.paragraph(&sentence(row.doc));
        }
    }
}

/// The fixed words of a signature, in order.
fn words_of(parts: &'static [Part]) -> Vec<&'static str> {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Part::Word(word) => all.push(*word),
            Part::Slot(..) | Part::Many(..) => {}
            Part::Maybe(parts) => all.extend(words_of(parts)),
            Part::Either(choices) | Part::Options(choices) => {
                for parts in *choices {
                    all.extend(words_of(parts));
                }
            }
        }
    }
    all
}

fn recipe(word: &str, page: &mut WordPage) {
    for recipe in RECIPES.iter().filter(|recipe| recipe.name == word) {
        page.heading("A recipe");
        page.written(&format!("build {word} \"./folder\" {{ … }}"));
        page.paragraph(&format!("For {}.", recipe.doc));
        let listed = |label: &str, words: Vec<&str>| {
            let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            (!words.is_empty()).then(|| format!("{label}: {}.", words.join(", ")))
        };
        let plan = recipe.plan.as_ref();
        let packages = plan.map_or(Vec::new(), |plan| {
            plan.packages.iter().map(|one| one.name).collect()
        });
        let all = [
            listed("Options", recipe.options.to_vec()),
            listed("Package managers", packages),
            listed(
                "Prefixes of variables that browsers read",
                recipe.public_prefixes.to_vec(),
            ),
        ];
        for text in all.into_iter().flatten() {
            page.paragraph(&text);
        }
    }
}

fn runtime(word: &str, page: &mut WordPage) {
    for runtime in runtimes::ALL.iter().filter(|runtime| runtime.word == word) {
        let Runtime {
            image,
            default,
            versions,
            ..
        } = runtime;
        page.heading("A runtime, in `build`");
        let names: Vec<_> = versions.iter().map(|version| version.name).collect();
        page.paragraph(&format!(
            "Images are made from `{image}`; versions {}, of which {default} is the default.",
            names.join(", ")
        ));
    }
}

fn protocol(word: &str, page: &mut WordPage) {
    for protocol in PROTOCOLS.iter().filter(|protocol| protocol.name == word) {
        page.heading("A protocol, as a port's name");
        page.written(&format!("port {word} PORT"));
        page.paragraph(&match protocol.scheme {
            Some(scheme) => format!("Its URLs begin with `{scheme}://`."),
            None => "It has `.address` and no `.url`.".to_owned(),
        });
    }
}

fn default(word: &str, page: &mut WordPage) {
    let named = |name: &str| name.split(", ").any(|name| name == word);
    for default in DEFAULTS.iter().filter(|default| named(default.name)) {
        page.heading("Where nothing is said");
        page.paragraph(&sentence(default.rule));
        page.paragraph(&format!("Why: {}.", default.reason));
        if default.other != "-" {
            page.paragraph(&format!("For something else: {}.", default.other));
        }
    }
}

fn member(word: &str, page: &mut WordPage) {
    for owner in OWNERS {
        for member in members(*owner).filter(|member| member.word == word) {
            page.heading(&format!("`.{word}`, of {}", owner.noun()));
            page.paragraph(&sentence(member.doc));
        }
    }
    for engine in ENGINES.iter().filter(|engine| engine.scheme == word) {
        page.heading("A scheme of URLs");
        page.paragraph(&format!("That of a `{}`.", engine.word));
    }
}

/// What to write in place of a word from elsewhere.
fn elsewhere(word: &str, page: &mut WordPage) {
    let mut told: Vec<&str> = Vec::new();
    for row in foreign_words().filter(|row: &&Foreign| row.has(word)) {
        if told.contains(&row.instead) {
            continue;
        }
        told.push(row.instead);
        if told.len() == 1 {
            page.paragraph(&format!(
                "The language has no `{word}`, which other formats have."
            ));
        }
        let places: Vec<_> = row.places.iter().map(|place| place.phrase()).collect();
        if places.is_empty() {
            page.paragraph(&sentence(row.instead));
        } else {
            let place = sentence(&places.join(", "));
            page.paragraph(&format!("{} {}.", place.replace('.', ":"), row.instead));
        }
    }
}
