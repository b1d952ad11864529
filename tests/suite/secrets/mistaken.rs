//! A file of values that is given for the program: none of its lines is shown.

use super::{CANARY, ran};
use crate::cli::Test;

/// Files of values, as people write them.
const FILES: [&str; 8] = [
    "API_KEY=CANARYplain\n",
    "# CANARYcomment\nexport API_KEY='CANARY one'\nOTHER=\"CANARY two\" # CANARYthree\n",
    "\u{feff}API_KEY=CANARYbom\r\nB=CANARYsecond\r\n",
    "PEM='-----BEGIN KEY-----\nCANARYline\napp CANARYapp {\n-----END KEY-----'\nB=1\n",
    "CANARYstray\nAPI_KEY = CANARYblanks\n",
    "API_KEY: CANARYcolon\nB: 'CANARYquoted'\n",
    "A=CANARY'\nB=\"CANARYopen\ntier x {\n",
    "api_key=CANARY{\"a\": [1, 2]}\nB=$CANARY\n",
];

/// Every command that takes a program.
const COMMANDS: [&[&str]; 16] = [
    &["check"],
    &["check", "--diff"],
    &["check", "--report", "json"],
    &["check", "--report", "sarif"],
    &["check", "--report", "github"],
    &["check", "--report", "short"],
    &["build"],
    &["build", "--stdout"],
    &["build", "--emit", "compose"],
    &["fmt", "--check"],
    &["fmt", "--diff"],
    &["secrets", "list"],
    &["secrets", "template"],
    &["secrets", "check"],
    &["secrets", "script"],
    &["secrets", "apply", "-y"],
];

#[test]
fn a_file_of_values_shows_none_of_its_lines() {
    for text in FILES {
        let test = Test::new().file("good.env", text).file("other.env", text);
        for command in COMMANDS {
            let args = [command, &["good.env"]].concat();
            let ran = ran(&test, &args);
            assert_ne!(ran.status, Some(0), "{args:?} of {text:?}: {ran:?}");
            let formats = command.contains(&"fmt");
            let shown = format!("{}{}", ran.stdout, ran.stderr);
            assert!(
                formats || shown.contains("this is a file of values"),
                "{args:?} of {text:?}: {ran:?}"
            );
        }
        // A file of another kind has no layout of ours.
        let formatted = ran(&test, &["fmt", "good.env"]);
        assert_eq!(formatted.status, Some(1), "{formatted:?}");
        assert_eq!(test.read("good.env"), text);
        let swapped = ["secrets", "check", "good.env", "--env-file", "other.env"];
        ran(&test, &swapped);
        assert_eq!(test.read("good.env"), text);
    }
}

#[test]
fn a_file_of_values_that_is_not_utf8_shows_none_of_its_lines() {
    let test = Test::new().file("good.env", b"API_KEY=CANARY\xffplain\nB=CANARYtwo\n");
    for command in COMMANDS {
        ran(&test, &[command, &["good.env"]].concat());
    }
}

#[test]
fn standard_input_is_either_the_program_or_its_values() {
    let written = "API_KEY=CANARYplain\n";
    for command in [
        &["secrets", "check", "-", "--env-file", "-"][..],
        &["secrets", "apply", "-", "--env-file", "-", "-y"],
        &["secrets", "pipe", "-", "--env-file", "-", "--", "cat"],
        &[
            "secrets",
            "check",
            "app.todo",
            "--env-file",
            "-",
            "--env-file",
            "-",
        ],
    ] {
        let test = Test::new().file("app.todo", super::SHOP).stdin(written);
        ran(&test, command).fails("error: standard input can be read once\nhelp: write `-` once\n");
    }
}

/// What has a statement of the first column is a program, and its lines are shown where they are wrong.
#[test]
fn a_program_with_a_stray_assignment_is_one() {
    let test = Test::new().file(
        "app.todo",
        "COLOUR=red\napp shop\ntier web { image \"nginx:1.29\" }\n",
    );
    let ran = test.run(&["check", "app.todo"]);
    assert!(ran.stderr.contains("COLOUR=red"), "{ran:?}");
    assert!(
        !ran.stderr.contains(CANARY) && !ran.stderr.contains("file of values"),
        "{ran:?}"
    );
}
