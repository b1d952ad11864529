//! The process: what it does on its standard input and output, and how it ends.

use std::io::{BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

use crate::support::is_on;

struct Process {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Process {
    fn new() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_todoc"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("it has an output"));
        Process {
            child,
            input,
            output,
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        // It may have ended, which is what some tests are after.
        let input = self.input.as_mut().expect("it isn't closed");
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    fn send(&mut self, message: impl Into<Message>) {
        let mut bytes = Vec::new();
        message.into().write(&mut bytes).expect("memory takes it");
        self.raw(&bytes);
    }

    fn start(&mut self) {
        let params = json!({ "capabilities": {}, "processId": std::process::id() });
        self.send(Request::new(1.into(), "initialize".to_owned(), params));
        let answer = self.receive().expect("it answers");
        assert!(matches!(answer, Message::Response(_)), "{answer:?}");
    }

    fn receive(&mut self) -> Option<Message> {
        Message::read(&mut self.output).ok().flatten()
    }

    /// What it ends with once its input is closed, or at once.
    fn end(mut self) -> Option<i32> {
        self.input = None;
        while self.receive().is_some() {}
        self.child.wait().expect("it ends").code()
    }
}

fn exit() -> Notification {
    Notification::new("exit".to_owned(), Value::Null)
}

#[test]
fn it_starts_answers_and_ends() {
    let mut process = Process::new();
    process.start();
    let item = json!({ "uri": "file:///nowhere/a.todo", "languageId": "todoc", "version": 7, "text": "nonsense\n" });
    process.send(Notification::new(
        "textDocument/didOpen".to_owned(),
        json!({ "textDocument": item }),
    ));
    let Some(Message::Notification(told)) = process.receive() else {
        panic!("diagnostics come first");
    };
    assert_eq!(told.params["version"], 7);
    process.send(Request::new(
        "a".to_owned().into(),
        "shutdown".to_owned(),
        Value::Null,
    ));
    process.send(exit());
    assert_eq!(process.end(), Some(0));
}

#[test]
fn whatever_comes_in_it_ends() {
    let endless = format!("Content-Length: {}\r\n\r\n{{", u64::MAX);
    let long = "x".repeat(100_000);
    let inputs: &[&[u8]] = &[
        b"",
        b"\r\n\r\n\r\n",
        b"Content-Length: 4\r\n\r\n\xff\xfe{}",
        b"Content-Length: nonsense\r\n\r\n{}",
        b"Content-Length: 99\r\n\r\n{}",
        b"Content-Length: -1\r\n\r\n{}",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        endless.as_bytes(),
        long.as_bytes(),
    ];
    for input in inputs {
        let mut process = Process::new();
        process.start();
        process.raw(input);
        assert_eq!(
            process.end(),
            Some(1),
            "{:?}",
            String::from_utf8_lossy(&input[..input.len().min(40)])
        );
    }
}

#[test]
fn what_is_no_message_is_passed_over() {
    let mut process = Process::new();
    process.start();
    for body in [
        &b"{}"[..],
        b"[]",
        b"\xc3(",
        b"{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"x\"}",
    ] {
        let header = format!("Content-Length: {}\r\nContent-Type: x\r\n\r\n", body.len());
        process.raw(&[header.as_bytes(), body].concat());
    }
    process.send(Request::new(2.into(), "nonsense".to_owned(), Value::Null));
    let answer = serde_json::to_value(process.receive().expect("it answers")).expect("JSON");
    assert_eq!(
        (&answer["id"], &answer["error"]["code"]),
        (&json!(2), &json!(-32601))
    );
    process.send(exit());
    assert_eq!(process.end(), Some(1));
}

#[test]
fn a_root_that_is_no_folder_holds_nothing() {
    for root in [
        "file:///dev/null",
        "file:///nowhere/at/all",
        "untitled:x",
        "file:///dev/fd",
    ] {
        let mut process = Process::new();
        let params = json!({ "capabilities": {}, "rootUri": root });
        process.send(Request::new(1.into(), "initialize".to_owned(), params));
        process.receive().expect("it answers");
        process.send(Request::new(
            2.into(),
            "workspace/symbol".to_owned(),
            json!({ "query": "" }),
        ));
        let answer = serde_json::to_value(process.receive().expect("it answers")).expect("JSON");
        assert_eq!(answer["result"], json!([]), "{root}");
        process.send(exit());
        process.end();
    }
}

/// Two clients, each with a server, at work on one folder: neither writes anything, and both are answered.
#[test]
fn two_clients_share_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("app.todo");
    std::fs::write(&path, "app a\n").expect("a file");
    let uri = format!("file://{}", path.display());
    let mut both = [Process::new(), Process::new()];
    for (at, process) in both.iter_mut().enumerate() {
        process.start();
        let text = format!("app a\nnonsense{at}\n");
        let item = json!({ "uri": uri, "languageId": "todoc", "version": at, "text": text });
        let params = json!({ "textDocument": item });
        process.send(Notification::new("textDocument/didOpen".to_owned(), params));
    }
    for (at, process) in both.iter_mut().enumerate() {
        let Some(Message::Notification(told)) = process.receive() else {
            panic!("it is told of");
        };
        let first = told.params["diagnostics"][0]["message"].to_string();
        assert!(first.contains(&format!("nonsense{at}")), "{first}");
    }
    for process in both {
        assert_eq!(process.end(), Some(1));
    }
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .collect();
    assert_eq!(names.len(), 1);
}

/// A client that is killed leaves no server behind.
#[cfg(unix)]
#[test]
fn a_client_that_dies_takes_its_server_along() {
    let mut parent = Command::new("sleep").arg("600").spawn().expect("it starts");
    let mut process = Process::new();
    let params = json!({ "capabilities": {}, "processId": parent.id() });
    process.send(Request::new(1.into(), "initialize".to_owned(), params));
    process.receive().expect("it answers");
    parent.kill().and_then(|()| parent.wait()).expect("it ends");
    // Its input stays open, as where another process has it too.
    let status = process.child.wait().expect("it ends");
    assert_eq!(status.code(), Some(1));
}

/// A text that is far too long for an editor is looked at nonetheless.
#[test]
fn megabytes_are_looked_at() {
    // `TODOC_KEYSTROKES=1` takes minutes.
    let length = if is_on("TODOC_KEYSTROKES") {
        20 << 20
    } else {
        64 << 10
    };
    for line in [
        "tier a { port 80 }\n",
        "{\n",
        "# x\n",
        "\u{e9}\u{1f600} \"",
        "a.b = [c.d,\n",
    ] {
        let text = line.repeat(length / line.len());
        let mut process = Process::new();
        process.start();
        let uri = "file:///nowhere/a.todo";
        let item = json!({ "uri": uri, "languageId": "todoc", "version": 1, "text": text });
        let params = json!({ "textDocument": item });
        process.send(Notification::new("textDocument/didOpen".to_owned(), params));
        let Some(Message::Notification(told)) = process.receive() else {
            panic!("it is told of");
        };
        let count = told.params["diagnostics"].as_array().map(Vec::len);
        assert!(count.is_some_and(|count| count <= 1000), "{count:?}");
        process.send(exit());
        assert_eq!(process.end(), Some(1));
    }
}
