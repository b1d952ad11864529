//! Requests of our own, and commands: they show, and change nothing.

use serde_json::{Value, json};

use super::fault::Fault;
use super::state::Server;
use crate::diag::Code;
use gen_lsp_types::Uri;

/// The names of the commands.
pub(super) const ALL: &[&str] = &["todoc.preview", "todoc.selectTarget", "todoc.explain"];

/// Runs a command.
pub(super) fn run(server: &mut Server, command: &str, arguments: &[Value]) -> Result<Value, Fault> {
    let first = arguments.first().unwrap_or(&Value::Null);
    match command {
        "todoc.preview" => preview(server, first),
        "todoc.selectTarget" => {
            let target = first.as_str().filter(|it| !it.is_empty());
            server.target = target.map(str::to_owned);
            server.refresh();
            Ok(Value::Null)
        }
        "todoc.explain" => {
            let number = first.as_str().unwrap_or_default();
            let code = Code::ALL.iter().find(|code| code.number() == number);
            Ok(code.map_or(Value::Null, |code| json!(code.page())))
        }
        _ => Err(Fault::Parameters(format!(
            "there is no command `{command}`"
        ))),
    }
}

/// The files that a text becomes for a target, as it stands in the editor: `{ uri, target?, line? }` to a
/// list of `{ path, text, marks }`, where a mark is a line of the file and the line of the text that it
/// comes from. `line` asks for the files of the statement at that line of the text alone.
pub(super) fn preview(server: &mut Server, params: &Value) -> Result<Value, Fault> {
    let uri = params.get("uri").and_then(Value::as_str);
    let uri = uri.ok_or_else(|| Fault::Parameters("`uri` is missing".to_owned()))?;
    let uri = Uri(uri.to_owned());
    let Some(view) = server.view(&uri) else {
        return Ok(Value::Null);
    };
    let chosen = params.get("target").and_then(Value::as_str).or(view.target);
    let target = view.analysis.shown(chosen);
    let line = |offset: u32| view.analysis.lines.line(offset as usize);
    let wanted = params.get("line").and_then(Value::as_u64);
    let files = view.analysis.output(target);
    let files = files.iter().filter_map(|file| {
        let marks: Vec<(usize, usize)> = file
            .marks
            .iter()
            .filter_map(|mark| Some((mark.line - 1, line(mark.origin.span?.start))))
            .collect();
        let is_wanted =
            wanted.is_none_or(|wanted| marks.iter().any(|(_, at)| *at as u64 == wanted));
        is_wanted.then(|| {
            let marks: Vec<_> = marks
                .iter()
                .map(|(line, from)| json!([line, from]))
                .collect();
            json!({ "path": view.masked(&file.path), "text": view.masked(&file.text), "marks": marks })
        })
    });
    Ok(Value::Array(files.collect()))
}
