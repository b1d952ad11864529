//! The files that tiers read: bytes arrive as they are, and what no release can hold is told before.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use todoc::backend::backend;
use todoc::{Compiled, Options, compile_all};

use super::chart::Chart;
use super::equality::{case, otherwise};
use super::{HELMS, Helm};
use crate::cli::Test;
use crate::server::Server;
use crate::support::has_tool;

const PROGRAM: &str = r#"app shop {
  namespace files
  allow E0318 "it is installed by Helm"
}

tier web {
  image "nginx:1.29"
  port 80
  health "/"
  file "./data.bin" at "/srv/data.bin"
}
"#;

fn built(content: Vec<u8>) -> Vec<Compiled> {
    let emit = ["kubernetes", "helm"].map(|name| backend(name).expect("a backend"));
    let options = Options {
        emit: emit.to_vec(),
        files: [("./data.bin".to_owned(), Ok(content))].into(),
        ..Options::default()
    };
    compile_all(PROGRAM, &options).builds
}

/// Bytes that nothing can pack, the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(7);
    (0..length).map(|_| random.u8(..)).collect()
}

/// Text of characters that hardly pack.
fn noisy_text(length: usize) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(7);
    (0..length).map(|_| random.u8(b' '..=b'~')).collect()
}

/// The bytes of the one file of a ConfigMap.
fn content(map: &Value) -> Vec<u8> {
    let of = |list: &str| map[list]["data.bin"].as_str().map(str::to_owned);
    let binary = of("binaryData").map(|text| STANDARD.decode(text).expect("base64"));
    binary
        .or_else(|| of("data").map(String::into_bytes))
        .expect("a file")
}

#[test]
fn bytes_arrive_as_they_are() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    for bytes in [
        &b""[..],
        b"\n",
        b"{{ .Values.x }} {{ fail \"read as a template\" }} {",
        b"{{- /* */}}\r\nb\rc\n\n\n",
        "\u{feff}a mark first".as_bytes(),
        "\u{2028}\u{85}\u{7f} \u{1f980}".as_bytes(),
        b"a\0b",
        b"\xff\0\x80",
        b"\x89PNG\r\n\x1a\n",
        b"\x1f\x8b\x08\0",
        &noise(50_000),
    ] {
        let chart = Chart::of("files".to_owned(), 0, &built(bytes.to_vec())).expect("a chart");
        for version in HELMS {
            let answer = helm.ask_one(&chart.files, case(version, &chart));
            let start: String = bytes
                .iter()
                .take(40)
                .map(|&byte| char::from(byte))
                .collect();
            assert_eq!(
                otherwise(&chart, &answer),
                [""; 0],
                "Helm {version}: {start:?}"
            );
            let map = &answer.objects["templates/web/files.yaml"][0];
            assert!(content(map) == bytes, "Helm {version}: {start:?}");
        }
    }
}

/// Sizes below and above what surely fits: bytes become a third longer, and are stored twice.
const FITS: usize = 285_000;
const MAY_NOT_FIT: usize = 300_000;
const FITS_NOT: usize = 400_000;
const TEXT_FITS: usize = 380_000;

fn losses(content: Vec<u8>) -> Vec<&'static str> {
    let built = built(content);
    let codes = built[0].notes.iter().map(|it| it.code.number());
    codes.filter(|code| code.starts_with("L01")).collect()
}

#[test]
fn what_may_not_fit_a_release_is_told() {
    assert_eq!(losses(noise(FITS)), [""; 0]);
    assert_eq!(losses(noisy_text(TEXT_FITS)), [""; 0]);
    assert_eq!(losses(noise(MAY_NOT_FIT)), ["L0105"]);
    assert_eq!(losses(noisy_text(400_000)), ["L0105"]);
}

/// What isn't told of fits: Helm itself stores it, and the API server takes it. What can't fit is refused by
/// them, so that the limit isn't imagined.
#[test]
fn what_is_not_told_of_fits_a_release() {
    let tools = [("helm", "version"), ("kubectl", "--help")];
    let mut tools = tools.iter();
    if !tools.all(|(tool, proof)| has_tool(tool, Command::new(tool).arg(proof))) {
        return;
    }
    let Some(server) = Server::start() else {
        return;
    };
    for (bytes, fits) in [
        (noise(FITS), true),
        (noisy_text(TEXT_FITS), true),
        (noise(FITS_NOT), false),
    ] {
        let test = Test::new()
            .file("app.todo", PROGRAM)
            .file("data.bin", &bytes);
        test.run(&["build", "app.todo", "--emit", "helm"]).ok();
        let run = |program: &str, words: &str| {
            let output = Command::new(program)
                .args(words.split(' '))
                .args(["--namespace", "files"])
                .env("KUBECONFIG", &server.kubeconfig)
                .env("HELM_CACHE_HOME", test.path("helm"))
                .env("HELM_CONFIG_HOME", test.path("helm"))
                .env("HELM_DATA_HOME", test.path("helm"))
                .current_dir(test.path(""))
                .output()
                .expect("it was here just now");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            (output.status.success(), output.stdout, said)
        };
        let (is_done, _, said) = run(
            "helm",
            "upgrade --install shop out/helm/shop --create-namespace",
        );
        assert_eq!(is_done, fits, "{} bytes: {said}", bytes.len());
        if fits {
            let (_, map, said) = run("kubectl", "get configmap shop-web-files -o json");
            let map: Value = serde_json::from_slice(&map).expect(&said);
            assert!(content(&map) == bytes, "{} bytes arrive", bytes.len());
            run("helm", "uninstall shop");
        } else {
            assert!(said.contains("Too long"), "{said}");
        }
    }
}
