//! Frameworks of servers whose routes are read from their sources.

/// A framework whose routes are read.
#[derive(Debug)]
pub struct Framework {
    /// Its name, for a message.
    pub name: &'static str,
    /// What makes an application of it.
    pub made_by: &'static str,
    /// Methods that name a path.
    pub methods: &'static [&'static str],
    /// What else may be done with it, without a path.
    pub harmless: &'static [&'static str],
    /// Words with which it serves more than its routes.
    pub open: &'static [&'static str],
    /// Paths that it answers in any case.
    pub always: &'static [&'static str],
}

/// `FastAPI`.
pub const FASTAPI: Framework = Framework {
    name: "fastapi",
    made_by: "FastAPI(",
    methods: &[
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "options",
        "api_route",
        "websocket",
    ],
    harmless: &[
        "state",
        "on_event(",
        "add_middleware(CORSMiddleware",
        "add_middleware(GZipMiddleware",
        "add_middleware(TrustedHostMiddleware",
    ],
    open: &[
        "root_path",
        "routes=",
        "openapi_",
        "docs_url",
        "redoc_url",
        "import *",
    ],
    always: &["/docs", "/redoc", "/openapi.json"],
};

/// Flask.
pub const FLASK: Framework = Framework {
    name: "flask",
    made_by: "Flask(",
    methods: &["route", "get", "post", "put", "patch", "delete"],
    harmless: &[
        "config",
        "logger",
        "run(",
        "teardown_appcontext",
        "secret_key",
        "json",
    ],
    open: &["static_", "import *"],
    always: &["/static"],
};

/// Express.
pub const EXPRESS: Framework = Framework {
    name: "express",
    made_by: "express()",
    methods: &[
        "get", "post", "put", "patch", "delete", "all", "head", "options", "route", "use",
    ],
    harmless: &["set(", "listen(", "disable(", "enable(", "locals"],
    open: &["eval("],
    always: &[],
};

/// Functions whose middleware answers nothing by itself.
pub const MIDDLEWARE: &[&str] = &[
    "express.json(",
    "express.urlencoded(",
    "express.text(",
    "express.raw(",
    "bodyParser.",
    "cors(",
    "helmet(",
    "morgan(",
    "compression(",
    "cookieParser(",
    "session(",
    "rateLimit(",
    "pinoHttp(",
    "(err",
];

/// The object that a file of Python makes by a call.
#[must_use]
pub fn made<'t>(text: &'t str, call: &str) -> Option<&'t str> {
    text.lines().find_map(|line| {
        let (before, after) = line.split_once('=')?;
        let name = before.split(':').next()?.trim_end();
        (after.trim_start().starts_with(call) && !name.starts_with([' ', '\t'])).then_some(name)
    })
}
