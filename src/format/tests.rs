//! The rules of the layout, each by the least text that shows it.

use super::format;

#[track_caller]
fn becomes(text: &str, expected: &str) {
    assert_eq!(format(text).text, expected, "of {text:?}");
    assert_eq!(format(expected).text, expected, "once more");
}

#[track_caller]
fn stays(text: &str) {
    becomes(text, text);
}

#[test]
fn blanks_stand_between_tokens_and_before_statements() {
    becomes(
        "tier   web{\n\tport\t80   as  90\n      needs a  b\n}",
        "tier web {\n  port 80 as 90\n  needs a b\n}\n",
    );
    becomes(
        "config{A=[ \"x\",b.url   \"/y\" ]\n}\n",
        "config {\n  A = [\"x\", b.url \"/y\"]\n}\n",
    );
    becomes(
        "tier web { env{..config,A,B=\"1\"} }\n",
        "tier web { env { ..config, A, B = \"1\" } }\n",
    );
    becomes("target a{  }\n", "target a {}\n");
}

#[test]
fn blocks_keep_their_form() {
    stays("target a { images local, host \"b\" }\n");
    stays("target a {\n  images local\n}\n");
    becomes(
        "target a { images local,\nhost \"b\" }\n",
        "target a {\n  images local\n  host \"b\"\n}\n",
    );
}

#[test]
fn long_lines_break_their_outer_block() {
    let long = "x".repeat(60);
    becomes(
        &format!("tier web {{ build go \"./{long}\" {{ go 1, entry \"a\" }}, port 80 }} # c\n"),
        &format!(
            "tier web {{\n  build go \"./{long}\" {{ go 1, entry \"a\" }}\n  port 80\n}}  # c\n"
        ),
    );
    stays(&format!(
        "tier web {{\n  command \"{long}\" \"{long}\"\n}}\n"
    ));
}

#[test]
fn commas_go_where_lines_end() {
    becomes(
        "tier web {\n  port 80, replicas 2,\n  needs a\n  ,\n  cpu 1\n}\n",
        "tier web {\n  port 80\n  replicas 2\n  needs a\n  cpu 1\n}\n",
    );
}

#[test]
fn blank_lines() {
    becomes(
        "\n\napp a\n\n\n\ntarget a {\n\n  images local\n\n\n  host \"b\"\n\n}\ntarget b {}\ntarget c {}\n# d\ntarget d {\n}\n\n",
        "app a\n\ntarget a {\n  images local\n\n  host \"b\"\n}\n\ntarget b {}\ntarget c {}\n\n# d\ntarget d {\n}\n",
    );
    becomes("app a\r\n\r\nobject \"b\"\r\n", "app a\n\nobject \"b\"\n");
    becomes("\u{feff}app a", "app a\n");
    stays("");
    becomes(" \n\n", "");
}

#[test]
fn columns_of_neighbours() {
    becomes(
        "config {\n  A = \"1\"\n  LONGER = \"2\"\n  B\n  CC = \"3\"\n\n  D = \"4\"\n}\n",
        "config {\n  A      = \"1\"\n  LONGER = \"2\"\n  B\n  CC     = \"3\"\n\n  D = \"4\"\n}\n",
    );
    becomes(
        "secret A from env { optional }\nsecret LONGER from env VAR { optional }\n",
        "secret A      from env     { optional }\nsecret LONGER from env VAR { optional }\n",
    );
    becomes(
        "target t {\n  tier a { replicas 2 }\n  tier longer { replicas 2 }\n}\n",
        "target t {\n  tier a      { replicas 2 }\n  tier longer { replicas 2 }\n}\n",
    );
    becomes(
        "app a {\n  naming {\n    service \"x\"\n    tier_config \"y\"\n  }\n}\n",
        "app a {\n  naming {\n    service     \"x\"\n    tier_config \"y\"\n  }\n}\n",
    );
}

#[test]
fn comments_follow_statements() {
    becomes(
        "#a\n#!b\n##c\n#\napp a#d\ntier web {#e\n      # f\n  port 80, cpu 1   # g  \n    # h\n} # i\n",
        "# a\n#!b\n##c\n#\napp a  # d\n\ntier web {  # e\n  # f\n  port 80\n  cpu 1  # g\n  # h\n}  # i\n",
    );
}

#[test]
fn yaml_moves_with_its_patch() {
    becomes(
        "tier web {\n      patch   Deployment{ # c\n        spec:\n\n          a:  1\n      }\n}\n",
        "tier web {\n  patch Deployment {  # c\n    spec:\n\n      a:  1\n  }\n}\n",
    );
}

#[test]
fn what_cannot_be_read_stays_as_it_is() {
    for text in [
        "tier web {\n   image nginx:1.29   x\n  port 80\n}\n",
        "tier web {\n    port   80\n  env {\n A = 1\n",
        "tier web\n     port   80\n",
        "tier web {\n  port 80  \"x\n}\n",
        "tier web {\n  needs   a, b\n}\n",
    ] {
        let formatted = format(text);
        assert!(formatted.is_broken, "{text:?}");
        assert_eq!(formatted.text, text);
    }
    becomes(
        "tier   web {\n   image  nginx:1.29\n port   80\n}\n",
        "tier web {\n   image  nginx:1.29\n  port 80\n}\n",
    );
    // Whether the second says the same as the first, to the byte, depends on the layout of both.
    becomes(
        "config {\n  A = \"1\" # b\n}\nconfig {\n  A = \"1\" # b\n}\n",
        "config {\n  A = \"1\"  # b\n}\nconfig {\n  A = \"1\"  # b\n}\n",
    );
    for text in [
        "target a {\n},  # b\n,\n",
        "target a {\n},\n,\n,#\n",
        "target a {\n }\n t\nv{\nN}\n}\n",
    ] {
        stays(text);
    }
}
