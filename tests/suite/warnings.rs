//! Warnings stop nothing unless they are denied, and `allow` accepts them for the targets that have
//! them.

use todoc::check_all;
use todoc::source::Files;

use crate::cli::{TODO, Test};

/// A program with one warning, for one of its targets alone.
fn moving() -> String {
    TODO.replace("images local", "images local, tag \"latest\"")
}

#[test]
fn a_warning_is_told_and_stops_nothing() {
    let test = Test::new().file("app.todo", moving());
    let told = "\
warning[W0501]: the tag `latest` moves: it names whatever was pushed last
   ┌─ app.todo:17:21
   │
17 │   images local, tag \"latest\"
   │                     ^^^^^^^^
   │
   = help: name a version, such as \"1.0.0\"

1 warning in app.todo; `todoc explain W0501` says more
";
    let ran = test.run(&["check", "app.todo"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), told));
    assert!(
        ran.stdout.starts_with("\nNotes on app.todo\n"),
        "{}",
        ran.stdout
    );
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), told));
    assert!(
        test.read("out/local/kubernetes/30-web.yaml")
            .contains(":latest")
    );
}

#[test]
fn warnings_that_are_denied_fail() {
    let test = Test::new().file("app.todo", moving());
    let ran = test.run(&["check", "app.todo", "--deny", "warnings"]);
    assert_eq!(ran.status, Some(1));
    let last = "\n1 warning in app.todo; warnings are denied; `todoc explain W0501` says more\n";
    assert!(ran.stderr.ends_with(last), "{}", ran.stderr);

    let ran = test.run(&["build", "app.todo", "--deny", "warnings"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    let last = "\n1 warning in app.todo; nothing was built; warnings are denied; \
                `todoc explain W0501` says more\n";
    assert!(ran.stderr.ends_with(last), "{}", ran.stderr);
    assert!(!test.path("out").exists());

    let production = [
        "build",
        "app.todo",
        "--deny",
        "warnings",
        "-t",
        "production",
    ];
    assert_eq!(test.run(&production).status, Some(0));
}

#[test]
fn errors_and_warnings_are_counted_apart() {
    let text = moving()
        .replace("port 3000", "port 3000000\n  user 0")
        .replace("health \"/\"", "health \"x\"");
    let ran = Test::new()
        .file("app.todo", text)
        .run(&["check", "app.todo"]);
    assert_eq!(ran.status, Some(1));
    // The code that is named is one of an error.
    let last = "\n2 errors, 2 warnings in app.todo; `todoc explain E0207` says more\n";
    assert!(ran.stderr.ends_with(last), "{}", ran.stderr);
}

#[test]
fn what_one_target_uses_is_used() {
    let allowed = "app todo {\n  allow W0501 \"it is never pushed\"";
    let program = moving().replacen("app todo {", allowed, 1);
    let test = Test::new().file("app.todo", program);
    for command in [
        &["check", "app.todo"][..],
        &["build", "app.todo"],
        &["build", "app.todo", "-t", "production"],
        &["build", "app.todo", "--all-targets"],
    ] {
        let ran = test.run(command);
        assert_eq!(
            (ran.status, ran.stderr.as_str()),
            (Some(0), ""),
            "{command:?}"
        );
    }
}

#[test]
fn what_no_target_uses_is_told_for_each_of_them() {
    let allowed = "app todo {\n  allow W0504 \"nothing is root\"";
    let program = TODO.replacen("app todo {", allowed, 1);
    let test = Test::new().file("app.todo", program);
    for command in [
        &["check", "app.todo"][..],
        &["build", "app.todo", "-t", "production"],
        &["build", "app.todo", "--all-targets"],
    ] {
        let ran = test.run(command);
        assert_eq!(ran.status, Some(0));
        assert_eq!(
            ran.stderr.matches("warning[W0507]").count(),
            1,
            "{command:?}"
        );
    }
}

/// Until it is right, nobody knows what else it has.
#[test]
fn a_wrong_text_does_not_complain_of_what_it_allows() {
    let allowed = "app todo {\n  allow W0504 \"nothing is root\"";
    let text = TODO
        .replacen("app todo {", allowed, 1)
        .replace("nextjs", "nexjs");
    let ran = Test::new()
        .file("app.todo", text)
        .run(&["check", "app.todo"]);
    assert!(ran.stderr.contains("\n1 error in "), "{}", ran.stderr);
}

#[test]
fn the_list_of_codes_says_what_may_be_allowed() {
    let ran = Test::new().run(&["explain"]);
    assert!(
        ran.stdout
            .contains("\nW0501  an image whose tag moves (`allow` accepts it)\n")
    );
    assert!(
        ran.stdout
            .contains("\nE0219  an `allow` of what can't be allowed\n")
    );
}

/// A variable of its own wins over the shared key of its name, and over that of the tier which it is taken
/// from: nothing is said of what nobody reads.
#[test]
fn what_another_statement_replaces_is_not_warned_of() {
    let codes = |config: &str, tiers: &str| -> Vec<_> {
        let text = format!("app a\nconfig {{ LOG_LEVEL = \"info\"{config} }}\n{tiers}\n");
        let found = check_all(&text, Files::new());
        found.iter().map(|it| it.code.number()).collect()
    };
    let spread =
        |more: &str| format!("tier t {{ image \"x:1\", port 80\n  env {{ ..config{more} }}\n}}");
    let (loops, other) = (
        ", API_URL = \"http://localhost:1\"",
        ", API_URL = \"http://api.example.com\"",
    );
    assert_eq!(codes(loops, &spread("")), ["W0508"]);
    assert_eq!(codes(loops, &spread(other)), [""; 0]);
    let taken = |more: &str| {
        format!(
            "tier t {{ image \"x:1\", port 80, volume d 1Gi at \"/d\"\n  env {{ A = \"sqlite:////d/a\" }}\n}}\n\
             tier u from t {{\n  command \"b\"\n  env {{ B = \"c\"{more} }}\n}}"
        )
    };
    assert_eq!(codes("", &taken("")), ["W0515"]);
    assert_eq!(codes("", &taken(", A = \"d\"")), [""; 0]);
}

/// An application of which Compose can't say everything.
fn losing(allows: &str) -> Test {
    let text = format!(
        "app shop {{ version \"1.0.0\"{allows} }}\n\ntier web {{\n  image \"nginx:1.29\"\n  port 80\n  \
         cpu 100m..200m\n  memory 64Mi..128Mi\n  health \"/\"\n}}\n"
    );
    Test::new().file("app.todo", text)
}

#[test]
fn losses_that_are_denied_fail_unless_they_are_accepted() {
    let test = losing("");
    let denied = ["--emit", "compose", "--deny", "warnings", "--deny", "loss"];
    let mut codes = std::collections::BTreeSet::new();
    for command in ["check", "build"] {
        let ran = test.run(&[&[command, "app.todo"], &denied[..]].concat());
        assert_eq!(ran.status, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("\n4 losses in app.todo; "), "{ran:?}");
        assert!(ran.stderr.contains("losses are denied; "), "{ran:?}");
        let found = ran
            .stderr
            .match_indices("[L")
            .map(|(at, _)| &ran.stderr[at + 1..at + 6]);
        codes.extend(found.map(str::to_owned));
    }
    assert!(!test.path("out").exists());
    assert!(
        codes.contains("L0204") && codes.contains("L0216"),
        "{codes:?}"
    );
    // Those of Compose alone, and of no other format.
    test.run(&["build", "app.todo", "--deny", "loss"]).ok();

    let allows: Vec<_> = codes
        .iter()
        .map(|code| format!(", allow {code} \"one machine\""))
        .collect();
    let test = losing(&allows.concat());
    test.run(&[&["build", "app.todo"], &denied[..]].concat())
        .ok();
    assert!(test.path("out/compose.yaml").exists());
    let but_one = losing(&allows[1..].concat());
    let ran = but_one.run(&[&["build", "app.todo"], &denied[..]].concat());
    assert_eq!(ran.status, Some(1), "{ran:?}");
}

#[test]
fn what_is_right_gets_no_warning() {
    let programs = [
        // Options with names like those of secrets, and no secret behind them.
        "app shop\ntier web {\n  image \"ghcr.io/acme/web:1.0.0\"\n  command \"serve\" \"--token-file=/run/token\" \
         \"--max-tokens=5\" \"--password\" \"--verbose\" \"--csrf-token=x\" \"--api-key=$API_KEY\"\n}\n",
        // A port that an argument, a file or a variable may tell an image.
        "app shop\ntier web {\n  image \"nginx:1.29\"\n  port 8080\n  args \"nginx\" \"-c\" \"/srv/nginx.conf\"\n}\n",
        "app shop\ntier web {\n  image \"grafana/grafana:12.0.0\"\n  port 8080\n  env { GF_SERVER_HTTP_PORT = \"8080\" }\n}\n",
        "app shop\ntier web {\n  image \"ghcr.io/acme/nginx:1.29\"\n  port 8080\n}\n",
        // The recipe's own values, said again.
        "app shop\ntier web {\n  build nextjs \"./web\"\n  port 3000\n  env { PORT = web.port, HOSTNAME = \"0.0.0.0\" }\n}\n",
        // Braces that name nothing of the program.
        "app shop\ntier web {\n  image \"ghcr.io/acme/web:1.0.0\"\n  env { FORMAT = \"{user.name}: {level}\" }\n}\n",
        // A little to begin with.
        "app shop\ntier web {\n  image \"ghcr.io/acme/web:1.0.0\"\n  memory 4Mi..16Mi\n}\n",
    ];
    for program in programs {
        let found = todoc::check_all(program, crate::support::named(program));
        let said: Vec<_> = found.iter().map(|it| &it.message).collect();
        assert!(said.is_empty(), "{program}\n{said:?}");
    }
}
