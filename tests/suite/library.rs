//! What the library gives to those who use it without the command.

use todoc::backend::BACKENDS;
use todoc::{Options, compile, compile_all};

/// One target, and a tier that the fault of another one leaves alone.
const TEXT: &str = "\
app shop
tier web { image \"a:1\", port 80 }
tier api { image \"b:1\", port 99999 }
target staging { namespace shop-staging }
";

fn options(target: Option<&str>) -> Options {
    Options {
        target: target.map(str::to_owned),
        emit: BACKENDS.to_vec(),
        ..Options::default()
    }
}

#[test]
fn an_unknown_target_is_an_error_value() {
    let text = TEXT.replace("99999", "8080");
    let compiled = compile(&text, &options(Some("stagin")));
    let unknown = compiled.unknown_target.expect("an error");
    assert_eq!(unknown.to_string(), "no target is called `stagin`");
    assert_eq!(unknown.known, ["staging"]);
    assert!(compiled.app.is_none() && compiled.artifacts.is_empty());

    let right = compile(&text, &options(Some("staging")));
    assert!(right.unknown_target.is_none() && right.app.is_some());
    let all = compile_all(&text, &options(Some("stagin")));
    assert!(all.builds.iter().all(|it| it.unknown_target.is_none()));
}

#[test]
fn a_file_without_targets_has_none_that_is_asked_for() {
    let compiled = compile("app a\ntier t { image \"x:1\" }\n", &options(Some("prod")));
    let unknown = compiled.unknown_target.expect("an error");
    assert!(unknown.known.is_empty() && compiled.targets.is_empty());
}

#[test]
fn an_application_with_errors_is_there_in_part() {
    // A fault of the check, and one of the syntax.
    for text in [TEXT.to_owned(), TEXT.replace("port 99999", "port = = 8080")] {
        let compiled = compile(&text, &options(None));
        assert!(compiled.app.is_none() && compiled.artifacts.is_empty());
        let partial = compiled.partial.expect("what is known").0;
        assert_eq!(partial.name, "shop");
        assert_eq!(partial.namespace.name, "shop-staging");
        let names: Vec<_> = partial.tiers.iter().map(|it| it.id.name.as_str()).collect();
        assert_eq!(names.first(), Some(&"web"));
    }
    let right = compile(&TEXT.replace("99999", "8080"), &options(None));
    assert!(right.partial.is_none() && right.app.is_some());
}
