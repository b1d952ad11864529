//! The queries of the tree-sitter grammar: what the words of its shapes mean.
//!
//! No two patterns fit one word, so that nothing hangs on which of several counts: editors differ there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use todoc::catalog::defaults::switches;
use todoc::catalog::keys::{Free, Place};
use todoc::ide::tokens::Kind as Class;

use super::shape::{Shape, shapes, words};

const HEAD: &str =
    "; Made from the table of statements by tests/suite/grammars: change it there.\n";

/// The name of a class in queries.
pub(super) fn capture(class: Class) -> &'static str {
    match class {
        Class::Keyword => "keyword",
        Class::EnumMember => "constant",
        Class::Class => "type",
        Class::Variable => "variable",
        Class::Property => "property",
        Class::Function => "function",
        Class::Macro => "keyword.directive",
        Class::Type => "type.builtin",
        Class::String => "string",
        Class::Number => "number",
        Class::Comment => "comment",
    }
}

fn any_of(capture: &str, words: &BTreeSet<&str>) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("(#any-of? @{capture} {})", quoted.join(" "))
}

fn none_of(capture: &str, words: &BTreeSet<&str>) -> String {
    if words.is_empty() {
        return String::new();
    }
    let any = any_of(capture, words);
    format!("\n  {}", any.replace("#any-of?", "#not-any-of?"))
}

/// The words in whose blocks any word is a key, and those in whose blocks a word that isn't a
/// statement is one.
fn of_keys() -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
    let (mut keys, mut options) = (BTreeSet::new(), BTreeSet::new());
    for place in Place::ALL {
        for (word, shape) in shapes(*place) {
            for body in shape.bodies {
                if holds_keys(body) {
                    keys.insert(word);
                } else if body.free() == Free::Settings {
                    options.insert(word);
                }
            }
        }
    }
    (keys, options)
}

/// Whether words in a place are keys.
fn holds_keys(place: Place) -> bool {
    place.is_of_keys() && place.free() != Free::Routes
}

/// The grammar, which is written by hand but for those words.
pub(super) fn grammar(file: &str) -> String {
    let list = |words: &BTreeSet<&str>| {
        let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
        quoted.join(", ")
    };
    let (keys, options) = of_keys();
    let lists = format!(
        "const OF_KEYS = [{}];\nconst OF_OPTIONS = [{}];\n",
        list(&keys),
        list(&options)
    );
    between(
        file,
        "// Made from the table of statements by tests/suite/grammars.\n",
        "// End of what is made.\n",
        &lists,
    )
}

/// A file with other text between two marks.
pub(super) fn between(file: &str, start: &str, end: &str, text: &str) -> String {
    let (before, rest) = file.split_once(start).expect("a mark before what is made");
    let (_, after) = rest.split_once(end).expect("a mark behind what is made");
    format!("{before}{start}{text}{end}{after}")
}

/// What colours the words.
pub(super) fn highlights() -> String {
    let mut out = HEAD.to_owned();
    out.push_str(TOKENS);
    out.push_str("\n; The words that statements begin with, and keys.\n");
    heads(&mut out);
    out.push_str("\n; Names and fixed words within statements.\n");
    let mut all: BTreeMap<&'static str, Vec<(Place, Shape)>> = BTreeMap::new();
    for place in Place::ALL {
        for (word, shape) in shapes(*place) {
            all.entry(word).or_default().push((*place, shape));
        }
    }
    let mut patterns = Patterns::new();
    for (word, shapes) in &all {
        of_word(word, shapes, &mut patterns);
    }
    for ((node, behind, predicates), words) in &patterns {
        let is = any_of("_head", words);
        let _ = writeln!(
            out,
            "({node} head: (word) @_head{behind}\n  {is}{predicates})"
        );
    }
    out.push_str("\n; Values.\n");
    out.push_str(VALUES);
    out
}

const TOKENS: &str = r#"
(comment) @comment
(string) @string
(number) @number
(range) @number
(spread) @keyword.directive
"=" @operator
["," "."] @punctuation.delimiter
["{" "}" "[" "]" "(" ")"] @punctuation.bracket
"#;

const VALUES: &str = r#"(statement head: (word) value: (value (word) @constant))
(statement head: (string) value: (value (word) @type))
(key value: (value (word) @constant))
(list (word) @constant)
(reference object: (word) @type
  (#not-any-of? @type "config" "secret"))
(reference object: (word) @_object member: (word) @property
  (#not-any-of? @_object "config" "secret"))
(reference object: (word) @keyword . member: (word) @variable
  (#any-of? @keyword "config" "secret"))
(reference object: (word) @_object . member: (word) . member: (word) @property
  (#any-of? @_object "config" "secret"))
"#;

fn heads(out: &mut String) {
    let mut statements = BTreeSet::new();
    let mut options = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for place in Place::ALL {
        let of_it = words(*place);
        if holds_keys(*place) {
            keys.extend(of_it);
        } else if place.free() == Free::Settings {
            options.extend(of_it);
        } else {
            statements.extend(of_it);
        }
    }
    let any = any_of("keyword", &statements);
    let options_any = any_of("keyword", &options);
    let options_none = none_of("variable", &options);
    // A word of a statement is a key, but where a word follows that none has.
    let keys_any = any_of("keyword", &keys);
    let keys_none = none_of("variable", &keys);
    let keys_value = any_of("variable", &keys);
    let _ = write!(
        out,
        r#"(statement head: (word) @keyword
  {any})
(patch head: (word) @keyword)
(options (key head: (word) @keyword
  {options_any}))
(options (key head: (word) @variable{options_none}))
(keys (key head: (word) @keyword . (word)
  {keys_any}))
(keys (key head: (word) @variable . value: (value)
  {keys_value}))
(keys (key head: (word) @variable{keys_none}))
(keys (key head: (word) . (word) @constant
  (#eq? @constant "optional")))
"#
    );
}

/// What stands behind the head of a node, what else must hold, and the heads for which it is so: one pattern
/// for all of them, since Neovim drops matches where more than 256 have begun and not ended.
type Patterns = BTreeMap<(&'static str, String, String), BTreeSet<&'static str>>;

/// What the names and fixed words of a statement are, wherever it stands.
fn of_word(word: &'static str, shapes: &[(Place, Shape)], out: &mut Patterns) {
    let mut fixed: BTreeSet<&str> = BTreeSet::new();
    let mut leads: BTreeSet<&[Class]> = BTreeSet::new();
    let mut after: BTreeMap<&str, Class> = BTreeMap::new();
    let mut rest = None;
    let mut nodes = BTreeSet::new();
    for (place, shape) in shapes {
        fixed.extend(&shape.fixed);
        leads.insert(&shape.lead);
        after.extend(shape.after.iter());
        rest = rest.or(shape.rest);
        let is_key = holds_keys(*place) || place.free() == Free::Settings;
        nodes.insert(match (shape.is_yaml, is_key) {
            (true, _) => "patch",
            (false, true) => "key",
            (false, false) => "statement",
        });
    }
    let mut put = |behind: &str, predicates: &str| {
        for node in &nodes {
            let pattern = (*node, behind.to_owned(), predicates.to_owned());
            out.entry(pattern).or_default().insert(word);
        }
    };
    let longest = leads.iter().max_by_key(|lead| lead.len());
    let longest: &[Class] = longest.copied().unwrap_or_default();
    if leads.iter().all(|lead| longest.starts_with(lead)) {
        for (at, class) in longest.iter().enumerate() {
            let name = capture(*class);
            let before = " . (word)".repeat(at);
            put(
                &format!("{before} . (word) @{name}"),
                &none_of(name, &fixed),
            );
        }
    } else {
        // A default in one place, and a thing in another.
        let both = BTreeSet::from([&[Class::EnumMember][..], &[Class::Class][..]]);
        assert_eq!(leads, both, "queries can't tell what a name of `{word}` is");
        let defaults: BTreeSet<&str> = switches().collect();
        let any = format!(" {}", any_of("constant", &defaults));
        put(" . (word) @constant", &any);
        put(" . (word) @type", &none_of("type", &defaults));
    }
    for (before, class) in &after {
        let name = capture(*class);
        let is = format!(" (#eq? @_before \"{before}\"){}", none_of(name, &fixed));
        put(&format!(" (word) @_before . (word) @{name}"), &is);
    }
    if let Some(class) = rest {
        let name = capture(class);
        put(&format!(" (word) @{name}"), &none_of(name, &fixed));
    }
    if !fixed.is_empty() {
        put(
            " (word) @constant",
            &format!(" {}", any_of("constant", &fixed)),
        );
    }
}

/// What can be folded away.
pub(super) fn folds() -> String {
    format!("{HEAD}\n[(block) (keys) (options) (patch) (list)] @fold\n")
}

/// Where lines are indented, in Neovim.
pub(super) fn indents() -> String {
    format!(
        "{HEAD}\n[(block) (keys) (options) (patch)] @indent.begin\n\"}}\" @indent.branch @indent.end\n(raw) @indent.auto\n[(comment) (string)] @indent.ignore\n"
    )
}

/// Where lines are indented, in Helix.
pub(super) fn helix_indents() -> String {
    format!("{HEAD}\n[(block) (keys) (options) (patch)] @indent\n\"}}\" @outdent\n")
}

/// Where lines are indented, in Zed.
pub(super) fn zed_indents() -> String {
    format!("{HEAD}\n(_ \"{{\" \"}}\" @end) @indent\n")
}

/// Pairs of braces, in Zed.
pub(super) fn zed_brackets() -> String {
    format!("{HEAD}\n(\"{{\" @open \"}}\" @close)\n(\"[\" @open \"]\" @close)\n")
}

/// What an outline lists in Zed: statements that declare names, and blocks in them.
pub(super) fn zed_outline() -> String {
    let any = any_of("context", &declaring());
    format!(
        "{HEAD}\n(source_file (statement head: (word) @context . (word) @name\n  {any}) @item)\n(statement head: (word) @name . block: (_)) @item\n"
    )
}

/// The same for whoever looks up symbols.
pub(super) fn tags() -> String {
    let any = any_of("_word", &declaring());
    format!(
        "{HEAD}\n(source_file (statement head: (word) @_word . (word) @name\n  {any}) @definition.class)\n(reference object: (word) @name) @reference.class\n"
    )
}

/// The words of the first column that declare a name.
fn declaring() -> BTreeSet<&'static str> {
    let all = shapes(Place::Top).into_iter();
    all.filter(|(_, shape)| !shape.lead.is_empty())
        .map(|(word, _)| word)
        .collect()
}

/// The lines of a patch are YAML.
pub(super) fn injections() -> String {
    format!(
        "{HEAD}\n((raw) @injection.content\n  (#set! injection.language \"yaml\"))\n((comment) @injection.content\n  (#set! injection.language \"comment\"))\n"
    )
}

/// The same, as Zed names it.
pub(super) fn zed_injections() -> String {
    format!("{HEAD}\n((raw) @injection.content\n  (#set! injection.language \"yaml\"))\n")
}
