//! What the library gives to those who use it without the command.

use todoc::backend::BACKENDS;
use todoc::diag::{Code, Diagnostic};
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

/// What is wrong whatever the target is found once, and so is a credential in a file that the text names.
#[test]
fn what_is_wrong_for_all_targets_is_said_once() {
    let credential = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
    let target = |number| format!("target t{number} {{ namespace n{number} }}\n");
    let targets: String = (0..20).map(target).collect();
    let text = format!(
        "app a {{ allow E0220 \"\" }}\nconfig {{ KEY = \"{credential}\" }}\ntier t {{ image \"x:1\"\n  \
         file \"./conf\" at \"/etc/conf\"\n  port = = 1\n}}\n{targets}"
    );
    let file = (
        "./conf".to_owned(),
        Ok(format!("token={credential}\n").into_bytes()),
    );
    let options = Options {
        files: [file].into(),
        ..options(None)
    };
    let count = |found: &[Diagnostic], code| found.iter().filter(|it| it.code == code).count();
    let all = compile_all(&text, &options);
    let one = compile(&text, &options);
    for found in [&all.diagnostics, &one.diagnostics] {
        assert_eq!(count(found, Code::NotAllowed), 1, "{found:#?}");
        assert!(found.iter().any(|it| it.code.number().starts_with("E01")));
    }
    for accepted in [&all.accepted, &one.accepted] {
        let codes: Vec<_> = accepted.iter().map(|it| it.diagnostic.code).collect();
        assert_eq!(codes, [Code::Credential; 2]);
    }
    let of_targets: usize = all.builds.iter().map(|it| it.diagnostics.len()).sum();
    assert_eq!(of_targets, 0, "{:#?}", all.builds);
    assert!(all.builds.iter().all(|it| it.app.is_none()));
}
