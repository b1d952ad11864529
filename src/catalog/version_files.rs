//! Files of sources that say which version of a runtime they are made for.

use serde_json::Value;

/// A file, and where in it the version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionFile {
    /// Its path, in the folder of the package.
    pub path: &'static str,
    /// How it says it.
    pub form: VersionForm,
}

/// How a file says a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionForm {
    /// By its first line, which is a version or a name of one.
    Whole,
    /// By the line that begins with this word, as `.tool-versions` of asdf and mise has it.
    Line(&'static str),
    /// By its first line, behind this beginning.
    Behind(&'static str),
    /// By a version of this tool in `[tools]`, as the TOML of mise has it.
    Tool(&'static str),
    /// By a range in JSON, at this pointer (RFC 6901).
    Json(&'static str),
    /// By a range in TOML, behind these keys.
    Toml(&'static [&'static str]),
    /// By the oldest version that will do, in TOML behind these keys.
    TomlFrom(&'static [&'static str]),
    /// By the oldest version that will do, in the line `go` of a module.
    GoModule,
}

const fn file(path: &'static str, form: VersionForm) -> VersionFile {
    VersionFile { path, form }
}

/// Of asdf and of mise, for all languages.
const TOOLS: &str = ".tool-versions";

/// Of mise alone.
const MISE: &str = "mise.toml";
const HIDDEN_MISE: &str = ".mise.toml";

/// Those of Node.js.
pub const NODE: &[VersionFile] = &[
    file(".nvmrc", VersionForm::Whole),
    file(".node-version", VersionForm::Whole),
    file(TOOLS, VersionForm::Line("nodejs")),
    file(TOOLS, VersionForm::Line("node")),
    file(MISE, VersionForm::Tool("node")),
    file(HIDDEN_MISE, VersionForm::Tool("node")),
    file("package.json", VersionForm::Json("/volta/node")),
    file("package.json", VersionForm::Json("/engines/node")),
];

/// Those of Python.
pub const PYTHON: &[VersionFile] = &[
    file(".python-version", VersionForm::Whole),
    file(TOOLS, VersionForm::Line("python")),
    file(MISE, VersionForm::Tool("python")),
    file(HIDDEN_MISE, VersionForm::Tool("python")),
    // Of Heroku.
    file("runtime.txt", VersionForm::Behind("python-")),
    file(
        "pyproject.toml",
        VersionForm::Toml(&["project", "requires-python"]),
    ),
    file(
        "pyproject.toml",
        VersionForm::Toml(&["tool", "poetry", "dependencies", "python"]),
    ),
    file(
        "Pipfile",
        VersionForm::Toml(&["requires", "python_version"]),
    ),
];

/// Those of Go. Its line `toolchain` asks for nothing that images without another one would have to do.
pub const GO: &[VersionFile] = &[
    file("go.mod", VersionForm::GoModule),
    file(TOOLS, VersionForm::Line("golang")),
    file(TOOLS, VersionForm::Line("go")),
    file(MISE, VersionForm::Tool("go")),
    file(HIDDEN_MISE, VersionForm::Tool("go")),
];

/// Those of Rust.
pub const RUST: &[VersionFile] = &[
    file(
        "rust-toolchain.toml",
        VersionForm::Toml(&["toolchain", "channel"]),
    ),
    file("rust-toolchain", VersionForm::Whole),
    file(TOOLS, VersionForm::Line("rust")),
    file(MISE, VersionForm::Tool("rust")),
    file(HIDDEN_MISE, VersionForm::Tool("rust")),
    file(
        "Cargo.toml",
        VersionForm::TomlFrom(&["package", "rust-version"]),
    ),
];

/// The names under which nvm knows the lines of Node.js with long-term support, newest last (the release
/// schedule of nodejs.org).
const LINES_OF_NODE: &[(&str, &str)] = &[
    ("lts/hydrogen", "18"),
    ("lts/iron", "20"),
    ("lts/jod", "22"),
    ("lts/krypton", "24"),
];

/// The version that the first line of a file is, or stands for.
#[must_use]
pub fn version_of_line(text: &str) -> Option<&str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let line = line.split_whitespace().next()?;
    let mut known = LINES_OF_NODE.iter();
    let known = known.find(|(name, _)| line.eq_ignore_ascii_case(name));
    Some(known.map_or(line, |(_, version)| version))
}

/// The first version in the line of `.tool-versions` that is about `tool`.
#[must_use]
pub fn version_of_tool<'t>(text: &'t str, tool: &str) -> Option<&'t str> {
    text.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        (words.next() == Some(tool)).then(|| words.next()).flatten()
    })
}

/// The version of a tool in `[tools]` of mise, where one is said: a text, the first of several, or with options.
#[must_use]
pub fn version_of_mise<'t>(manifest: &'t Value, tool: &str) -> Option<&'t str> {
    let said = manifest.get("tools")?.get(tool)?;
    let one = said.get(0).unwrap_or(said);
    let text = one.get("version").unwrap_or(one).as_str()?;
    text.starts_with(|c: char| c.is_ascii_digit())
        .then_some(text)
}

/// The version in the line `go` of a `go.mod`.
#[must_use]
pub fn version_of_module(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let line = line.split("//").next()?;
        let mut words = line.split_whitespace();
        (words.next() == Some("go")).then(|| words.next()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::{version_of_line, version_of_mise, version_of_module, version_of_tool};

    #[test]
    fn versions_are_found_in_their_lines() {
        assert_eq!(
            version_of_line("\u{feff}\n# ours\n  v20.11 # x\n"),
            Some("v20.11")
        );
        assert_eq!(version_of_line("lts/Iron"), Some("20"));
        assert_eq!(version_of_line(" \n"), None);
        let tools = "python 3.12.1 3.11\nnodejs\n";
        assert_eq!(version_of_tool(tools, "python"), Some("3.12.1"));
        assert_eq!(version_of_tool(tools, "nodejs"), None);
        for (tool, expected) in [
            ("node", Some("22")),
            ("python", Some("3.12")),
            ("go", Some("1.26")),
            ("rust", None),
            ("ruby", None),
        ] {
            let mise = serde_json::json!({ "tools": {
                "node": "22", "python": ["3.12", "3.11"], "go": { "version": "1.26" }, "rust": "latest"
            } });
            assert_eq!(version_of_mise(&mise, tool), expected, "{tool}");
        }
        let module = "module it // go 1.1\n\ngo 1.27 // newer\ntoolchain go1.27.2\n";
        assert_eq!(version_of_module(module), Some("1.27"));
        assert_eq!(version_of_module("module go\n"), None);
    }
}
