//! The paths of small servers whose one file names all of them.
//!
//! Nothing is run. A server that hands its routes to others, or takes theirs, may have any.

use super::modules::module_files;
use super::served::{AnsweredPaths, RouteRead, ServedPaths};
use super::setting::{code, quoted};
use super::site::Site;
use crate::catalog::frameworks::{EXPRESS, FASTAPI, FLASK, Framework, MIDDLEWARE};
use crate::catalog::is_python_file;
use crate::source::Look;

/// Files in which an application of Node.js often starts.
const STARTS: &[&str] = &[
    "src/index.ts",
    "src/main.ts",
    "src/server.ts",
    "src/app.ts",
    "src/index.js",
    "src/server.js",
    "src/app.js",
    "index.js",
    "server.js",
    "app.js",
    "main.js",
];

/// Folders of what a compiler makes of TypeScript.
const COMPILED: &[&str] = &["dist/", "build/", "lib/", "out/"];

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let said = site.entry.as_ref().map(|(_, text)| text.as_ref());
    let files: Vec<String> = match (site.recipe.name, said) {
        ("node", said) => {
            let said = said.into_iter().map(str::to_owned);
            let all = said.chain(STARTS.iter().map(|&it| it.to_owned()));
            all.map(|file| site.path(&file)).collect()
        }
        ("fastapi" | "python", Some(entry)) => files_of_python(entry),
        _ => Vec::new(),
    };
    let files = files.into_iter();
    files.map(|file| (file, Look::Content)).collect()
}

/// The files in which an entry of Python may be.
fn files_of_python(entry: &str) -> Vec<String> {
    if is_python_file(entry) {
        return vec![entry.to_owned()];
    }
    let module = entry.split(':').next().unwrap_or(entry);
    module_files(module)
}

/// The file of a Python application with what starts it: its path, its text, and the name of the object. Where the
/// recipe doesn't start it, the command must name that.
pub(super) fn python_file<'a>(
    site: &Site<'a>,
    command: &[String],
) -> Option<(String, &'a str, String)> {
    let (_, entry) = site.entry.as_ref()?;
    let module = entry.split(':').next()?.trim_end_matches(".py");
    let module = module.replace('/', ".");
    let object = if site.runs {
        let said = entry.split_once(':').map(|(_, object)| object);
        said.unwrap_or("app").to_owned()
    } else {
        let objects = command.iter().filter_map(|word| word.split_once(':'));
        let mut objects = objects.filter(|(name, _)| *name == module);
        objects.next()?.1.to_owned()
    };
    let mut files = files_of_python(entry).into_iter();
    files.find_map(|file| Some((file.clone(), site.text(&file)?, object.clone())))
}

/// What a server in Python answers.
pub(super) fn of_python(site: &Site<'_>, command: &[String]) -> Option<ServedPaths> {
    let (file, text, object) = python_file(site, command)?;
    let framework = [FASTAPI, FLASK];
    let framework = framework.iter().find(|it| text.contains(it.made_by))?;
    let lines: Vec<&str> = text.lines().collect();
    // The line that makes it stands by itself, and nobody is handed to it from behind.
    let start = |line: &str| {
        let rest = line.strip_prefix(object.as_str()).map(str::trim_start);
        let rest = rest
            .and_then(|rest| rest.strip_prefix('='))
            .map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with(framework.made_by))
    };
    let made = lines.iter().position(|line| start(line))?;
    let imports = |line: &&str| line.starts_with("from ") || line.starts_with("import ");
    let (before, after) = lines.split_at(made);
    if after.iter().any(imports) {
        return None;
    }
    let is_code = |line: &&&str| !imports(line) && !line.trim_start().starts_with('#');
    let lines: Vec<&str> = before
        .iter()
        .chain(after.iter().skip(1))
        .filter(is_code)
        .copied()
        .collect();
    let routes = read(framework, &lines.join("\n"), &object, "uvicorn.run(")?;
    Some(served(site, framework, &file, routes))
}

/// What a server in JavaScript or TypeScript answers.
pub(super) fn of_node(site: &Site<'_>) -> Option<ServedPaths> {
    let (_, entry) = site.entry.as_ref()?;
    let compiled = COMPILED
        .iter()
        .find_map(|folder| entry.strip_prefix(folder));
    let file = match compiled {
        Some(below) => {
            let stem = below.strip_suffix(".js")?;
            format!("src/{}.ts", stem.strip_prefix("src/").unwrap_or(stem))
        }
        None => entry.as_ref().to_owned(),
    };
    let text = site.text(&site.path(&file))?;
    let lines: Vec<&str> = text.lines().map(code).collect();
    let text = lines.join("\n");
    let (before, after) = text.split_once(EXPRESS.made_by)?;
    let before = before.trim_end().strip_suffix('=')?.trim_end();
    let start = before.rfind(|c: char| !is_word(c)).map_or(0, |at| at + 1);
    let object = before.get(start..).filter(|name| !name.is_empty())?;
    // One word before it, as in `const app`.
    let declared = before.get(..start)?.trim_end();
    let is_declared = ["const", "let", "var"]
        .iter()
        .any(|word| declared.ends_with(word));
    if !is_declared || after.contains(EXPRESS.made_by) {
        return None;
    }
    let routes = read(&EXPRESS, after, object, "createServer(")?;
    Some(served(site, &EXPRESS, &site.path(&file), routes))
}

fn served(
    site: &Site<'_>,
    framework: &Framework,
    file: &str,
    routes: Vec<RouteRead>,
) -> ServedPaths {
    ServedPaths {
        server: framework.name,
        file: site.shown(file),
        setting: String::new(),
        answered: AnsweredPaths::Routes(routes),
        variables: &[],
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// The routes that an application gets in a text; `None` where it may get others. `taken_by` may take all of it.
fn read(framework: &Framework, text: &str, object: &str, taken_by: &str) -> Option<Vec<RouteRead>> {
    if framework.open.iter().any(|word| text.contains(word)) {
        return None;
    }
    let always = framework.always.iter().map(|path| RouteRead {
        path: (*path).to_owned(),
        is_open: true,
    });
    let mut routes: Vec<_> = always.collect();
    for (at, _) in text.match_indices(object) {
        let (before, after) = (&text[..at], &text[at + object.len()..]);
        if before.ends_with(|c| is_word(c) || c == '.') || after.starts_with(is_word) {
            continue;
        }
        let Some(call) = after.strip_prefix('.') else {
            // A word in a text, or another's.
            let is_handed = after
                .trim_start()
                .starts_with([')', ',', '[', '}', '.', '=']);
            let is_taken = !taken_by.is_empty() && before.ends_with(taken_by);
            if is_handed && !is_taken {
                return None;
            }
            continue;
        };
        let name = &call[..call.find(|c| !is_word(c)).unwrap_or(call.len())];
        let argument = call[name.len()..].strip_prefix('(').map(str::trim_start);
        let Some(argument) = argument.filter(|_| framework.methods.contains(&name)) else {
            if framework
                .harmless
                .iter()
                .any(|start| call.starts_with(start))
            {
                continue;
            }
            return None;
        };
        let is_mounted = name == "use";
        match quoted(argument) {
            // `app.get("port")` reads a setting, and `app.get("*")` answers everything.
            Some((path, _)) if !path.starts_with('/') => {
                if !path.chars().all(|c| is_word(c) || c == ' ') {
                    return None;
                }
            }
            Some((path, _)) if path.contains(['\\', '$']) => return None,
            Some(("/", _)) if is_mounted => return None,
            Some((path, _)) => {
                let route = RouteRead::of(path);
                let is_open = route.is_open || is_mounted;
                routes.push(RouteRead { is_open, ..route });
            }
            None if is_mounted && MIDDLEWARE.iter().any(|it| argument.starts_with(it)) => {}
            None => return None,
        }
    }
    (routes.len() > framework.always.len()).then_some(routes)
}

#[cfg(test)]
mod tests {
    use super::{EXPRESS, FASTAPI, FLASK, Framework, read};

    fn paths(framework: &Framework, text: &str) -> Option<String> {
        let routes = read(framework, text, "app", "createServer(")?;
        let own = routes.iter().skip(framework.always.len());
        let paths: Vec<_> = own.map(|route| route.path.as_str()).collect();
        Some(paths.join(" "))
    }

    #[test]
    fn routes_are_read_where_one_file_has_all() {
        for (framework, text, expected) in [
            (
                &FASTAPI,
                "@app.get(\"/health\")\n@app.post(\n    '/items/{id}')\n",
                Some("/health /items/"),
            ),
            (
                &FASTAPI,
                "app.add_middleware(CORSMiddleware, allow_origins=[])\n@app.get('/x')",
                Some("/x"),
            ),
            (&FASTAPI, "@app.get('/x')\napp.include_router(items)", None),
            (
                &FASTAPI,
                "@app.get('/x')\nInstrumentator().expose(app)",
                None,
            ),
            (&FASTAPI, "@app.get('/x')\n@app.middleware('http')", None),
            (&FASTAPI, "@app.get(PATH)", None),
            (&FASTAPI, "", None),
            (&FLASK, "@app.route('/a/<int:id>')\napp.run()", Some("/a/")),
            (&FLASK, "@app.route('/a')\napp.register_blueprint(b)", None),
            (&FLASK, "@app.route('/a')\napp.wsgi_app = x", None),
            (
                &EXPRESS,
                "app.set('port', 1)\napp.use(express.json())\napp.get('/a/:id', f)\napp.use('/api', api)\napp.listen(app.get('port'))",
                Some("/a/ /api"),
            ),
            (
                &EXPRESS,
                "app.get('/a', f)\nhttp.createServer(app).listen(1)\nconsole.log('app is up')",
                Some("/a"),
            ),
            (&EXPRESS, "app.get('/a', f)\napp.use(router)", None),
            (
                &EXPRESS,
                "app.get('/a', f)\napp.use(express.static('x'))",
                None,
            ),
            (&EXPRESS, "app.get('/a', f)\nrequire('./routes')(app)", None),
            (&EXPRESS, "app.get(/re/, f)", None),
            (&EXPRESS, "app.use('/', api)", None),
            (&EXPRESS, "app.get('/a', f)\napp.get('*', f)", None),
            (&EXPRESS, "app.get('", None),
        ] {
            assert_eq!(paths(framework, text).as_deref(), expected, "{text}");
        }
    }
}
