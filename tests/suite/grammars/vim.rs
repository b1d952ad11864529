//! The syntax of Vim: regions within regions, as the grammar for TextMate.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use todoc::catalog::keys::{Free, Place};
use todoc::ide::tokens::Kind as Class;

use super::shape::{Shape, name, shapes};

/// Where a statement ends.
const END: &str = r"matchgroup=NONE end=/$/ end=/[,}#]/me=s-1";

/// The classes, and the groups of Vim that they look like.
const GROUPS: &[(Class, &str)] = &[
    (Class::Keyword, "Statement"),
    (Class::EnumMember, "Constant"),
    (Class::Class, "Type"),
    (Class::Variable, "Identifier"),
    (Class::Property, "Special"),
    (Class::Function, "Function"),
    (Class::Macro, "PreProc"),
    (Class::Type, "StorageClass"),
    (Class::String, "String"),
    (Class::Number, "Number"),
    (Class::Comment, "Comment"),
];

/// The group of a class.
pub(super) fn group(class: Class) -> String {
    format!("todoc{class:?}")
}

/// The file.
pub(super) fn syntax() -> String {
    let mut out = String::from(
        r#"" Made from the table of statements by tests/suite/grammars: change it there.
if exists("b:current_syntax")
  finish
endif

syn iskeyword @,48-57,_,-
syn sync minlines=200

syn match todocComment /#.*$/
"#,
    );
    values(&mut out);
    for place in Place::ALL {
        statements(*place, &mut out);
    }
    // The first column is no block.
    let _ = writeln!(out, "\nsyn cluster todocTop add=todocComment");
    for (class, looks) in GROUPS {
        let _ = writeln!(out, "hi def link {} {looks}", group(*class));
    }
    out.push_str("\nlet b:current_syntax = \"todoc\"\n");
    out
}

/// A group that looks like a class, and is a name of its own: what contains it contains no other.
fn alias(group_of_it: &str, class: Class, out: &mut String) {
    let _ = writeln!(out, "hi def link {group_of_it} {}", group(class));
}

fn values(out: &mut String) {
    out.push_str(
        r#"syn match todocEnumMember /\.\@1<!\<\h\k*/ contained
syn match todocNumber /\<\d\+\%(\.\d\+\)*[A-Za-z%]*\%(\.\.\d\+\%(\.\d\+\)*[A-Za-z%]*\)\?/ contained
syn region todocString start=/"/ skip=/\\./ end=/"/ end=/$/ contained oneline
syn match todocReference /\<\h\k*\.[A-Za-z0-9_.-]*/ contained contains=todocReferenceThing,todocReferenceMember,todocReferenceTable,todocReferenceKey
syn match todocReferenceThing /\.\@1<!\<\h\k*\.\@=/ contained
syn match todocReferenceMember /\.\@1<=\h\k*/ contained
syn match todocReferenceTable /\.\@1<!\<\%(config\|secret\)\.\@=/ contained
syn match todocReferenceKey /\%(\.\@1<!\<\%(config\|secret\)\.\)\@7<=\h\k*/ contained
syn region todocList matchgroup=NONE start=/\[/ end=/\]/ end=/$/ contained contains=@todocValue
syn cluster todocValue contains=todocEnumMember,todocNumber,todocString,todocReference,todocList,todocComment
"#,
    );
    alias("todocReferenceThing", Class::Class, out);
    alias("todocReferenceMember", Class::Property, out);
    alias("todocReferenceTable", Class::Keyword, out);
    alias("todocReferenceKey", Class::Variable, out);
}

/// A name for groups of a place.
fn short(place: Place) -> String {
    let words = name(place);
    let words = words.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect()
}

fn statements(place: Place, out: &mut String) {
    let here = short(place);
    let is_top = place == Place::Top;
    let contained = if is_top { "" } else { " contained" };
    let _ = writeln!(out, "\n\" {here}");
    let mut all = vec!["todocComment".to_owned()];
    let mut key = |suffix: &str, class: Class, start: &str, inside: &str, out: &mut String| {
        let it = format!("todocKey{here}{suffix}");
        let _ = writeln!(
            out,
            "syn region {it} matchgroup={} start=/{start}/ {END} contained contains={inside}",
            group(class)
        );
        all.push(it);
    };
    let word = r"\.\@1<!\<\h\k*";
    let text = r#""\%([^"\\]\|\\.\)*""#;
    let free = place.free();
    if free != Free::Nothing && free != Free::Routes {
        key("Word", Class::Variable, word, "@todocValue", out);
    }
    if matches!(free, Free::Labels | Free::Variables) || place == Place::Config {
        key("Text", Class::String, text, "@todocValue", out);
    }
    if free == Free::Routes {
        key("Text", Class::String, text, "@todocValue,todocRoute", out);
        let _ = writeln!(
            out,
            r"syn match todocRoute /\.\@1<!\<\h\k*\>\.\@!/ contained"
        );
        alias("todocRoute", Class::Class, out);
    }
    if free == Free::Variables {
        let it = format!("todocSpread{here}");
        let _ = writeln!(out, r"syn match {it} /\.\.\h\k*/ contained");
        alias(&it, Class::Macro, out);
        all.push(it);
    }
    for (word, shape) in &shapes(place) {
        all.push(statement(place, word, shape, contained, out));
    }
    let _ = writeln!(out, "syn cluster todoc{here} contains={}", all.join(","));
}

/// Prints a statement, and gives the name of its region.
fn statement(place: Place, word: &str, shape: &Shape, contained: &str, out: &mut String) -> String {
    let it = format!("todoc{}_{word}", short(place));
    let not = not(&shape.fixed);
    let mut inside = vec!["@todocValue".to_owned()];
    if let Some(class) = shape.rest {
        let rest = format!("{it}_rest");
        let _ = writeln!(
            out,
            r"syn match {rest} /\.\@1<!\<{not}\h\k*\>\.\@!/ contained"
        );
        alias(&rest, class, out);
        inside.push(rest);
    }
    let mut before = format!(r"\.\@1<!\<{word}\s\+");
    for (at, class) in shape.lead.iter().enumerate() {
        let lead = format!("{it}_{at}");
        let _ = writeln!(
            out,
            r"syn match {lead} /\%({before}\)\@<=\<{not}\h\k*\>\.\@!/ contained"
        );
        alias(&lead, *class, out);
        inside.push(lead);
        let _ = write!(before, r"{not}\h\k*\s\+");
    }
    for (fixed, class) in &shape.after {
        let after = format!("{it}_{fixed}");
        let _ = writeln!(
            out,
            r"syn match {after} /\%(\.\@1<!\<{fixed}\s\+\)\@<=\<{not}\h\k*\>\.\@!/ contained"
        );
        alias(&after, *class, out);
        inside.push(after);
    }
    let keyword = group(Class::Keyword);
    if shape.is_yaml {
        let _ = writeln!(
            out,
            r"syn region {it}_raw matchgroup=NONE start=/{{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}}/ contained contains={it}_comment"
        );
        let comment = format!("{it}_comment");
        let _ = writeln!(out, r"syn match {comment} /\%({{\s*\)\@<=#.*$/ contained");
        alias(&comment, Class::Comment, out);
        inside.push(format!("{it}_raw"));
        let _ = writeln!(
            out,
            r"syn region {it} matchgroup={keyword} start=/\.\@1<!\<{word}\>/ matchgroup=NONE end=/}}/{contained} contains={}",
            inside.join(",")
        );
        return it;
    }
    if !shape.bodies.is_empty() {
        // Rows with one word may have blocks of several kinds.
        let bodies: Vec<String> = shape
            .bodies
            .iter()
            .map(|it| format!("@todoc{}", short(*it)))
            .collect();
        let _ = writeln!(
            out,
            "syn region {it}_block matchgroup=NONE start=/{{/ end=/}}/ contained contains={}",
            bodies.join(",")
        );
        inside.push(format!("{it}_block"));
    }
    // Where any word is a key, only what can't be one is a statement.
    let follows = if place.is_of_keys() {
        r"\%(\s\+[^ \t={},#]\)\@="
    } else {
        ""
    };
    let _ = writeln!(
        out,
        r"syn region {it} matchgroup={keyword} start=/\.\@1<!\<{word}\>{follows}/ {END}{contained} contains={}",
        inside.join(",")
    );
    it
}

fn not(fixed: &BTreeSet<&str>) -> String {
    if fixed.is_empty() {
        return String::new();
    }
    let fixed: Vec<&str> = fixed.iter().copied().collect();
    format!(r"\%(\%({}\)\>\)\@!", fixed.join(r"\|"))
}
