//! `helm test`: what the pods of charts ask, by programs that are here.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use serde_json::Value;

use todoc::backend::backend;
use todoc::{Options, compile};

use super::chart::charts;
use super::{Case, Helm};
use crate::support::{has_tool, report};

/// A server on this machine that answers requests of one path with 200 and of all others with 404.
fn server(path: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let answer = move |mut stream: TcpStream| {
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line).ok()?;
        let is_there = line.starts_with(&format!("GET {path} "));
        let status = if is_there { "200 OK" } else { "404 Not Found" };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .ok()
    };
    // It ends with the tests.
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = answer(stream);
        }
    });
    port
}

/// The words of a test's container, with another host and port.
fn command(pod: &Value, host: &str, port: u16) -> Vec<String> {
    let words = pod["spec"]["containers"][0]["command"].as_array();
    let words = words.expect("a command").iter();
    let words = words.map(|word| word.as_str().expect("a text").replace(host, "127.0.0.1"));
    words
        .map(|word| word.replace("7117", &port.to_string()))
        .collect()
}

#[test]
fn tests_ask_services_as_images_ask_processes() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let (mut failures, mut asked) = (Vec::new(), 0);
    let (right, wrong) = (server("/asked"), server("/other"));
    for chart in charts() {
        let case = Case::render(4).file(chart.example());
        let answer = helm.ask_one(&chart.files, case.clone());
        for (path, pods) in &answer.objects {
            let Some(tier) = path
                .strip_prefix("templates/")
                .and_then(|it| it.strip_suffix("/test.yaml"))
            else {
                continue;
            };
            let pod = &pods[0];
            // No Service and no policy takes it for a pod of the application.
            let labels = pod["metadata"]["labels"].as_object().expect("labels");
            for key in [
                "app",
                "app.kubernetes.io/name",
                "app.kubernetes.io/instance",
            ] {
                if labels.contains_key(key) {
                    failures.push(format!("{} {path}: it has the label {key}", chart.name));
                }
            }
            // Asked at another port and path, if it asks for one.
            let values = chart.values();
            let mut set = case.clone();
            for (field, value) in [("service.port", "7117"), ("healthPath", "/asked")] {
                let mut values = values.iter();
                let value_of =
                    values.find(|it| it.thing.as_deref() == Some(tier) && it.field == field);
                if let Some(it) = value_of {
                    set = set.set(&format!("{}={value}", it.path.join(".")));
                }
            }
            let pod = &helm.ask_one(&chart.files, set).objects[path][0];
            let service = chart.app.tiers.iter().find(|it| it.id.name == tier);
            let host = &service.expect("a tier").id.service;
            let words = command(pod, host, right);
            let program = if words[0] == "python" {
                "python3"
            } else {
                &words[0]
            };
            if !["python3", "node", "wget"].contains(&program)
                || program != "python3" && Command::new(program).arg("--version").output().is_err()
                || !has_tool(program, Command::new(program).arg("--version"))
            {
                continue;
            }
            let succeeds = |words: &[String]| {
                let ran = Command::new(program).args(&words[1..]).output();
                ran.expect("it starts").status.success()
            };
            asked += 1;
            if !succeeds(&words) {
                failures.push(format!("{} {path}: {words:?} fails", chart.name));
            }
            let is_got = words.iter().any(|word| word.contains("/asked"));
            if is_got && succeeds(&command(pod, host, wrong)) {
                failures.push(format!("{} {path}: it takes 404 for an answer", chart.name));
            }
        }
    }
    assert!(asked > 0, "nothing was asked");
    report(&failures);
}

/// No image has a client that trusts whatever certificate: whether somebody listens is all that it asks.
#[test]
fn what_speaks_tls_is_asked_whether_it_listens() {
    for name in ["https", "https-admin"] {
        let program = format!(
            "app shop\n\ntier web {{\n  build node \"./web\"\n  port {name} 8443\n  health \"/ready\"\n  \
             expose ingress \"shop.example.com\" tls\n}}\n"
        );
        let options = Options {
            emit: vec![backend("helm").expect("a backend")],
            ..Options::default()
        };
        let built = compile(&program, &options);
        let files = &mut built.artifacts.iter();
        let pod = files.find(|it| it.path == "helm/shop/templates/web/test.yaml");
        let pod = &pod
            .unwrap_or_else(|| panic!("{:?}", built.diagnostics))
            .text;
        assert!(pod.contains("connect("), "{name}: {pod}");
        assert!(!pod.contains("healthPath"), "{name}: {pod}");
    }
}
