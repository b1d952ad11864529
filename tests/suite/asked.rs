//! Programs of the tests' own, which answer on standard output what they are asked on standard input:
//! JSON, a line each.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::support::has_tool;

/// A running program. It ends with this.
pub(crate) struct Asked {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Asked {
    /// Starts one, if it is here: asked with `probe` it ends by itself.
    pub(crate) fn start(program: &str, probe: &[&str]) -> Option<Asked> {
        if !has_tool(program, Command::new(program).args(probe)) {
            return None;
        }
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it was here just now");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("its output is piped"));
        Some(Asked {
            child,
            input,
            output,
        })
    }

    /// The next line that it says.
    pub(crate) fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it answers");
        serde_json::from_str(&line).expect("an answer")
    }

    /// Its answer to a request, which it reads whole before it answers, so that no pipe fills up.
    pub(crate) fn ask(&mut self, request: &Value) -> Value {
        let (input, _) = self.pipes();
        writeln!(input, "{request}").expect("it takes requests");
        input.flush().expect("it takes requests");
        self.answer()
    }

    /// Where it is asked and where it answers, for whoever does both at once.
    pub(crate) fn pipes(&mut self) -> (&mut ChildStdin, &mut BufReader<ChildStdout>) {
        let input = self.input.as_mut().expect("it takes requests");
        (input, &mut self.output)
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        // It ends with its input.
        self.input = None;
        let _ = self.child.wait();
    }
}
