//! The program reads as Compose does, and says what Compose says.

use std::collections::BTreeMap;

use super::{Answer, Compose, Question};

const FILE: &str = r#"name: shop
services:
  web:
    image: "shop:1"
    environment:
      PLAIN: "a$$b"
      SET: "${SET:?set it}"
      PASSED:
      MISSING:
    profiles: [jobs]
"#;

fn ask(compose: &mut Compose, text: &str, variables: &[(&str, &str)]) -> Answer {
    let variables = variables.iter();
    let environment: BTreeMap<_, _> = variables
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    compose.ask(&Question {
        text,
        folder: "/shop/out",
        environment: &environment,
    })
}

#[test]
fn it_reads_and_refuses_as_compose_does() {
    let Some(mut compose) = Compose::start() else {
        return;
    };
    let hostile = "'\"$X ${Y} #\n\u{1f600} \\";
    let answer = ask(&mut compose, FILE, &[("SET", hostile), ("PASSED", "p")]);
    assert_eq!(answer.said, [""; 0]);
    let project = answer.project.expect("a project");
    let web = &project["services"]["web"];
    assert_eq!(web["environment"]["PLAIN"], "a$b");
    assert_eq!(web["environment"]["SET"], hostile);
    assert_eq!(web["environment"]["PASSED"], "p");
    // Compose passes it through; where it isn't set the container gets none.
    assert!(web["environment"]["MISSING"].is_null());

    let refused = |compose: &mut Compose, text| ask(compose, text, &[]).project;
    let missing = refused(&mut compose, FILE).expect_err("a variable is missing");
    assert!(missing.contains("SET"), "{missing}");
    assert!(missing.contains("set it"), "{missing}");
    let unknown = refused(&mut compose, "services: {web: {image: a, colour: red}}");
    let unknown = unknown.expect_err("a field is unknown");
    assert!(unknown.contains("colour"), "{unknown}");

    let blank = "name: a\nservices: {web: {image: \"a\", command: [\"$NONE\"]}}";
    let answer = ask(&mut compose, blank, &[]);
    assert!(answer.project.is_ok(), "{answer:?}");
    assert!(answer.said[0].contains("NONE"), "{answer:?}");
}
