//! Public paths and what serves below them: the folders of their sources and what is said of them.

use super::rows::{BUILD, LOCKED, Row, STANDALONE, UVICORN};

const BELOW: &str = "export default { output: 'standalone', basePath: '/docs' }\n";
const PLAIN_NEXT: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    ("next.config.mjs", STANDALONE),
];
const NEXT_BELOW: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    ("next.config.mjs", BELOW),
];

/// Paths. The program asks for `/` in its probes.
pub(super) const PATHS: &[Row] = &[
    ("build nextjs \"./it\"", PLAIN_NEXT, &[]),
    (
        "build nextjs \"./it\"",
        NEXT_BELOW,
        &["W0619: `next` serves below `/docs` alone, and probes ask for `/`"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" path \"/docs\" tls",
        PLAIN_NEXT,
        &["W0619: `next` serves from `/` on, and the whole of `/docs` is passed on to it"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" path \"/docs\" tls",
        NEXT_BELOW,
        &["W0619: `next` serves below `/docs` alone, and probes ask for `/`"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" tls",
        PLAIN_NEXT,
        &[],
    ),
    // A path that is taken off, by a Gateway.
    (
        "build nextjs \"./it\"\n  port 3000\n  health \"/docs\"\n  cpu 1\n  memory 1Gi\n  expose ingress \"example.com\" path \"/docs\" tls { strip }\n}\n\ntarget here { ingress { gateway \"public\" } }\n\ntier other {\n  image \"ghcr.io/acme/x:1.0.0\"\n  user 1",
        NEXT_BELOW,
        &[
            "W0619: `next` serves below `/docs` alone, and `strip` takes `/docs` off what it is asked for",
        ],
    ),
    (
        "build nextjs \"./it\"\n  port 3000\n  health \"/\"\n  cpu 1\n  memory 1Gi\n  expose ingress \"example.com\" path \"/docs\" tls { strip }\n}\n\ntarget here { ingress { gateway \"public\" } }\n\ntier other {\n  image \"ghcr.io/acme/x:1.0.0\"\n  user 1",
        PLAIN_NEXT,
        &[
            "W0619: pages of `next` name their scripts from `/` on, and browsers ask for those without `/docs`",
        ],
    ),
    (
        "build vite \"./it\"\n  expose ingress \"example.com\" path \"/page\" tls",
        &[("package.json", BUILD), ("package-lock.json", LOCKED)],
        &["W0619: `nginx` serves from `/` on, and the whole of `/page` is passed on to it"],
    ),
    (
        "build vite \"./it\"\n  expose ingress \"example.com\" tls",
        &[("package.json", BUILD), ("package-lock.json", LOCKED)],
        &[],
    ),
    // NestJS.
    (
        "build node \"./it\"",
        NEST,
        &["W0619: `nest` serves below `/api` alone, and probes ask for `/`"],
    ),
    ("build node \"./it\"", NEST_EXCLUDING, &[]),
    // Spring Boot.
    (
        "build dockerfile \"./it\"",
        SPRING,
        &["W0619: `spring` serves below `/shop` alone, and probes ask for `/`"],
    ),
    ("build dockerfile \"./it\"", SPRING_OF_PROFILES, &[]),
    (
        "build dockerfile \"./it\"\n  env { SERVER_SERVLET_CONTEXT_PATH = \"/\" }",
        SPRING,
        &[],
    ),
    // Routes that stand in one file.
    (
        "build node \"./it\" { entry \"server.js\" }",
        EXPRESS,
        &["W0619: `./it/server.js` has no route for `/`, which probes ask for"],
    ),
    (
        "build node \"./it\" { entry \"dist/server.js\" }\n  expose ingress \"example.com\" path \"/shop\" tls",
        EXPRESS_TYPED,
        &[
            "W0619: `./it/src/server.ts` has no route below `/shop`, and the whole of it is passed on",
        ],
    ),
    (
        "build node \"./it\" { entry \"dist/server.js\" }\n  expose ingress \"example.com\" path \"/api\" tls",
        EXPRESS_TYPED,
        &[],
    ),
    (
        "build node \"./it\" { entry \"server.js\" }",
        EXPRESS_OPEN,
        &[],
    ),
    (
        "build fastapi \"./it\"",
        FASTAPI,
        &["W0619: `./it/app/main.py` has no route for `/`, which probes ask for"],
    ),
    ("build fastapi \"./it\"", FASTAPI_OPEN, &[]),
    ("build fastapi \"./it\"", FASTAPI_AT_ROOT, &[]),
    (
        "build fastapi \"./it\"\n  expose ingress \"example.com\" path \"/api\" tls",
        FASTAPI_AT_ROOT,
        &["W0619: `./it/app/main.py` has no route below `/api`, and the whole of it is passed on"],
    ),
    (
        "build python \"./it\" { entry \"app.py\" }\n  command \"gunicorn\" \"-b\" \"0.0.0.0:8000\" \"app:app\"",
        FLASK,
        &["W0619: `./it/app.py` has no route for `/`, which probes ask for"],
    ),
    // Servers that put a path before others, or take it off.
    (
        "build fastapi \"./it\"\n  expose ingress \"example.com\" path \"/api\" tls\n  env { UVICORN_ROOT_PATH = \"/api\" }",
        FASTAPI_OPEN,
        &["W0619: uvicorn puts `/api` before each path, and browsers ask for `/api` already"],
    ),
    (
        "build fastapi \"./it\"\n  command \"uvicorn\" \"app.main:app\" \"--host\" \"0.0.0.0\" \"--root-path\" \"/api\"\n  expose ingress \"example.com\" path \"/api\" tls",
        FASTAPI_OPEN,
        &["W0619: uvicorn puts `/api` before each path, and browsers ask for `/api` already"],
    ),
    (
        "build fastapi \"./it\"\n  expose ingress \"example.com\" path \"/api\" tls\n  env { UVICORN_ROOT_PATH = \"/v1\" }",
        FASTAPI_OPEN,
        &[],
    ),
    (
        "build django \"./it\" { packages pip }\n  env { SCRIPT_NAME = \"/api\" }",
        DJANGO,
        &["W0619: `gunicorn` serves below `/api` alone, and probes ask for `/`"],
    ),
    (
        "build django \"./it\" { packages pip }\n  expose ingress \"example.com\" path \"/api\" tls",
        DJANGO,
        &[
            "W0619: `FORCE_SCRIPT_NAME` in `./it/core/settings.py` puts `/api` before links, and nothing takes it off requests",
        ],
    ),
    // Lists of hosts in the sources. The program asks for the pod's address.
    (
        "build django \"./it\" { packages pip }",
        DJANGO_HOSTS,
        &[
            "W0620: probes ask for the address of the pod, which isn't in `ALLOWED_HOSTS` of `./it/core/settings.py`",
        ],
    ),
    (
        "build django \"./it\" { packages pip }\n  env { DJANGO_SETTINGS_MODULE = \"core.production\" }",
        DJANGO_HOSTS,
        &[],
    ),
    ("build django \"./it\" { packages pip }", DJANGO, &[]),
    (
        "build fastapi \"./it\"\n  expose ingress \"www.example.com\" tls",
        FASTAPI_HOSTS,
        &[
            "W0620: browsers know `it` by the host `www.example.com`, which isn't in `allowed_hosts` of `./it/app/main.py`",
            "W0620: probes ask for the address of the pod, which isn't in `allowed_hosts` of `./it/app/main.py`",
        ],
    ),
    (
        "build python \"./it\" { entry \"app.py\" }\n  command \"gunicorn\" \"-b\" \"0.0.0.0:8000\" \"app:app\"",
        FLASK_HOSTS,
        &[
            "W0620: probes ask for the address of the pod, which isn't in `TRUSTED_HOSTS` of `./it/app.py`",
        ],
    ),
    (
        "build dockerfile \"./it\"",
        RAILS,
        &[
            "W0620: probes ask for the address of the pod, which isn't in `config.hosts` of `./it/config/environments/production.rb`",
        ],
    ),
    ("build dockerfile \"./it\"", RAILS_EXCLUDING, &[]),
];

const NEST: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    (
        "src/main.ts",
        "  app.setGlobalPrefix('api');\n  SwaggerModule.setup('docs', app);\n",
    ),
];
const NEST_EXCLUDING: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    (
        "src/main.ts",
        "  app.setGlobalPrefix('api', { exclude: ['/'] });\n",
    ),
];

const SPRING: &[(&str, &str)] = &[
    ("Dockerfile", "FROM eclipse-temurin:21\n"),
    (
        "src/main/resources/application.properties",
        "server.servlet.context-path=/shop\n",
    ),
];
const SPRING_OF_PROFILES: &[(&str, &str)] = &[
    (
        "Dockerfile",
        "FROM eclipse-temurin:21\nENV SPRING_PROFILES_ACTIVE=cloud\n",
    ),
    (
        "src/main/resources/application.properties",
        "server.servlet.context-path=/shop\n",
    ),
];

const EXPRESS: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    (
        "server.js",
        "const app = express()\napp.use(express.json())\napp.get('/health', f)\napp.listen(8000)\n",
    ),
];
const EXPRESS_TYPED: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    (
        "src/server.ts",
        "const app = express();\napp.get('/', f);\napp.use('/api', api);\nexport default app;\n",
    ),
];
const EXPRESS_OPEN: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    (
        "server.js",
        "const app = express()\napp.get('/health', f)\napp.use(routes)\n",
    ),
];

const FASTAPI: &[(&str, &str)] = &[
    ("pyproject.toml", ""),
    ("uv.lock", UVICORN),
    (
        "app/main.py",
        "app = FastAPI()\n\n@app.get(\"/health\")\ndef health(): ...\n",
    ),
];
const FASTAPI_AT_ROOT: &[(&str, &str)] = &[
    ("pyproject.toml", ""),
    ("uv.lock", UVICORN),
    (
        "app/main.py",
        "app = FastAPI()\n\n@app.get(\"/\")\ndef root(): ...\n",
    ),
];
const FASTAPI_OPEN: &[(&str, &str)] = &[
    ("pyproject.toml", ""),
    ("uv.lock", UVICORN),
    ("app/main.py", "app = FastAPI()\napp.include_router(api)\n"),
];
const FASTAPI_HOSTS: &[(&str, &str)] = &[
    ("pyproject.toml", ""),
    ("uv.lock", UVICORN),
    (
        "app/main.py",
        "app = FastAPI()\napp.add_middleware(TrustedHostMiddleware, allowed_hosts=['example.com'])\napp.include_router(api)\n",
    ),
];

const FLASK: &[(&str, &str)] = &[
    ("pyproject.toml", ""),
    ("uv.lock", GUNICORN),
    (
        "app.py",
        "app = Flask(__name__)\n\n@app.route(\"/health\")\ndef health(): ...\n",
    ),
];
const FLASK_HOSTS: &[(&str, &str)] = &[
    ("pyproject.toml", ""),
    ("uv.lock", GUNICORN),
    (
        "app.py",
        "app = Flask(__name__)\napp.config['TRUSTED_HOSTS'] = ['example.com']\napp.register_blueprint(api)\n",
    ),
];
const GUNICORN: &str = "[[package]]\nname = \"gunicorn\"\n";

const MANAGE: &str = "set(\"DJANGO_SETTINGS_MODULE\", \"core.settings\")\n";
const DJANGO: &[(&str, &str)] = &[
    ("requirements.txt", "django\ngunicorn\n"),
    ("manage.py", MANAGE),
    ("core/wsgi.py", MANAGE),
    (
        "core/settings.py",
        "STATIC_ROOT = 'x'\nFORCE_SCRIPT_NAME = '/api'\nALLOWED_HOSTS = ['*']\n",
    ),
];
const DJANGO_HOSTS: &[(&str, &str)] = &[
    ("requirements.txt", "django\ngunicorn\n"),
    ("manage.py", MANAGE),
    ("core/wsgi.py", MANAGE),
    (
        "core/settings.py",
        "STATIC_ROOT = 'x'\nALLOWED_HOSTS = ['example.com']\nMIDDLEWARE = [\n    'django.middleware.common.CommonMiddleware',\n]\n",
    ),
];

const RAILS: &[(&str, &str)] = &[
    ("Dockerfile", "FROM ruby:3.4\nENV RAILS_ENV=production\n"),
    (
        "config/environments/production.rb",
        "  config.hosts = [\n    \"example.com\",\n  ]\n",
    ),
];
const RAILS_EXCLUDING: &[(&str, &str)] = &[
    ("Dockerfile", "FROM ruby:3.4\nENV RAILS_ENV=production\n"),
    (
        "config/environments/production.rb",
        "  config.hosts << \"example.com\"\n  config.host_authorization = { exclude: ->(it) { it.path == \"/up\" } }\n",
    ),
];
