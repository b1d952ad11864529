//! The servers, a row each.

use super::Server;

/// A server in Python that listens on the container alone by default, at port 8000.
const fn python(program: &'static str) -> Server {
    Server {
        program,
        runtime: "python",
        verbs: &[],
        hosts: &["--host"],
        ports: &["--port"],
        binds: &[],
        is_positional: false,
        is_loopback: true,
        port: 8000,
        variables: &[],
        unclear: &["--uds", "--fd", "--unix"],
        reloads: &["--reload"],
        instead: None,
    }
}

/// A server of Node.js that listens everywhere by default.
const fn node(program: &'static str, verbs: &'static [&'static str], port: u16) -> Server {
    Server {
        runtime: "node",
        verbs,
        ports: &["--port", "-p"],
        is_loopback: false,
        port,
        variables: &["PORT", "HOST"],
        unclear: &["--config", "-c"],
        reloads: &[],
        ..python(program)
    }
}

/// A server for the developer's own machine, which listens there alone.
const fn development(
    program: &'static str,
    verbs: &'static [&'static str],
    port: u16,
    instead: &'static str,
) -> Server {
    Server {
        is_loopback: true,
        instead: Some(instead),
        ..node(program, verbs, port)
    }
}

/// A program that starts another again whenever its sources change; where that listens isn't known.
const fn watcher(program: &'static str, verbs: &'static [&'static str]) -> Server {
    Server {
        hosts: &[],
        ports: &[],
        is_loopback: false,
        port: 0,
        instead: Some(STARTS),
        ..node(program, verbs, 0)
    }
}

const STARTS: &str = "start what the build makes, such as `\"node\" \"dist/main.js\"`";
const BUILDS: &str = "build it, and serve what comes of that";

/// Every server that is known. Hosts and ports: the documentation of each.
pub const SERVERS: &[Server] = &[
    Server {
        variables: &["UVICORN_HOST", "UVICORN_PORT"],
        ..python("uvicorn")
    },
    Server {
        hosts: &[],
        ports: &[],
        binds: &["--bind", "-b"],
        // With `PORT`, it listens everywhere on that.
        variables: &["PORT", "GUNICORN_CMD_ARGS"],
        unclear: &["--config", "-c"],
        ..python("gunicorn")
    },
    Server {
        hosts: &[],
        ports: &[],
        binds: &["--bind", "-b"],
        unclear: &["--config", "-c"],
        ..python("hypercorn")
    },
    Server {
        hosts: &["--bind", "-b"],
        ports: &["--port", "-p"],
        unclear: &["--endpoint", "-e", "-u", "--fd"],
        reloads: &[],
        ..python("daphne")
    },
    Server {
        variables: &["GRANIAN_HOST", "GRANIAN_PORT"],
        ..python("granian")
    },
    Server {
        verbs: &["run"],
        hosts: &["--host", "-h"],
        ports: &["--port", "-p"],
        port: 5000,
        variables: &["FLASK_RUN_HOST", "FLASK_RUN_PORT"],
        reloads: &["--reload", "--debug"],
        instead: Some(
            "serve it by gunicorn, as in `\"gunicorn\" \"--bind\" \"0.0.0.0:8000\" \"app:app\"`",
        ),
        ..python("flask")
    },
    Server {
        verbs: &["run"],
        hosts: &["--host", "-h"],
        ports: &["--port", "-p"],
        port: 5000,
        reloads: &["--reload", "--debug"],
        instead: Some(
            "serve it by hypercorn, as in `\"hypercorn\" \"--bind\" \"0.0.0.0:8000\" \"app:app\"`",
        ),
        ..python("quart")
    },
    Server {
        verbs: &["run"],
        is_loopback: false,
        ..python("fastapi")
    },
    Server {
        verbs: &["dev"],
        instead: Some("leave the command out: the recipe `fastapi` starts uvicorn"),
        ..python("fastapi")
    },
    Server {
        verbs: &["run"],
        hosts: &["--host", "-H"],
        ports: &["--port", "-p"],
        variables: &["LITESTAR_HOST", "LITESTAR_PORT"],
        reloads: &["--reload", "-r"],
        ..python("litestar")
    },
    Server {
        hosts: &["--host", "-H"],
        ports: &["--port", "-p"],
        reloads: &["--dev", "-d", "--auto-reload", "-r"],
        ..python("sanic")
    },
    Server {
        verbs: &["run"],
        variables: &["CHAINLIT_HOST", "CHAINLIT_PORT"],
        reloads: &["--watch", "-w"],
        ..python("chainlit")
    },
    Server {
        verbs: &["serve"],
        hosts: &["--host", "-h"],
        ports: &["--port", "-p"],
        port: 8001,
        reloads: &["--reload"],
        ..python("datasette")
    },
    Server {
        hosts: &["--host", "-h"],
        ports: &["--port", "-p"],
        port: 3000,
        variables: &["DAGSTER_WEBSERVER_HOST", "DAGSTER_WEBSERVER_PORT"],
        reloads: &[],
        ..python("dagster-webserver")
    },
    Server {
        verbs: &["lab", "notebook", "server"],
        hosts: &["--ip", "--ServerApp.ip"],
        ports: &["--port", "--ServerApp.port"],
        port: 8888,
        variables: &["JUPYTER_IP", "JUPYTER_PORT"],
        unclear: &["--config", "--sock"],
        reloads: &[],
        ..python("jupyter")
    },
    Server {
        verbs: &["server", "ui"],
        hosts: &["--host", "-h"],
        ports: &["--port", "-p"],
        port: 5000,
        variables: &["MLFLOW_HOST", "MLFLOW_PORT"],
        reloads: &["--dev"],
        ..python("mlflow")
    },
    Server {
        port: 6006,
        unclear: &["--bind_all"],
        reloads: &[],
        ..python("tensorboard")
    },
    django("manage.py"),
    django("django-admin"),
    Server {
        hosts: &["--host"],
        ports: &["--port"],
        is_loopback: false,
        port: 8080,
        unclear: &["--listen", "--unix-socket"],
        reloads: &[],
        ..python("waitress-serve")
    },
    Server {
        verbs: &["run"],
        hosts: &["--server.address"],
        ports: &["--server.port"],
        is_loopback: false,
        port: 8501,
        variables: &["STREAMLIT_SERVER_PORT", "STREAMLIT_SERVER_ADDRESS"],
        reloads: &[],
        ..python("streamlit")
    },
    Server {
        hosts: &["--hostname", "-H"],
        variables: &["PORT"],
        ..node("next", &["start"], 3000)
    },
    Server {
        hosts: &["--hostname", "-H"],
        is_loopback: false,
        ..development(
            "next",
            &["dev", ""],
            3000,
            "leave the command out: the recipe `nextjs` starts the server that the build makes",
        )
    },
    development(
        "vite",
        &["preview"],
        4173,
        "leave the command out: the recipe `vite` serves what is built by nginx",
    ),
    development("vite", &["", "dev", "serve"], 5173, BUILDS),
    development("astro", &["dev", "preview"], 4321, BUILDS),
    development(
        "nuxt",
        &["dev", "preview"],
        3000,
        "start what the build makes: `\"node\" \".output/server/index.mjs\"`",
    ),
    development(
        "nuxi",
        &["dev", "preview"],
        3000,
        "start what the build makes: `\"node\" \".output/server/index.mjs\"`",
    ),
    development("ng", &["serve"], 4200, BUILDS),
    Server {
        is_loopback: false,
        ..development("react-scripts", &["start"], 3000, BUILDS)
    },
    development("webpack", &["serve"], 8080, BUILDS),
    development("webpack-dev-server", &[], 8080, BUILDS),
    Server {
        ports: &["--listen", "-l", "-p"],
        ..node("serve", &[], 3000)
    },
    Server {
        ports: &["--port", "-p"],
        hosts: &["-a"],
        ..node("http-server", &[], 8080)
    },
    development(
        "json-server",
        &[],
        3000,
        "it is a stand-in for an API, and keeps its data in a file of the image: serve the API itself",
    ),
    Server {
        instead: Some("start the panel as it was built: `\"npx\" \"strapi\" \"start\"`"),
        ..watcher("strapi", &["develop", "dev"])
    },
    development("wrangler", &["dev"], 8787, BUILDS),
    watcher("nodemon", &[]),
    watcher("ts-node-dev", &[]),
    watcher("tsx", &["watch"]),
    watcher("nest", &["start"]),
    Server {
        runtime: "go",
        ..watcher("air", &[])
    },
    Server {
        verbs: &["serve"],
        unclear: &[],
        reloads: &[],
        instead: Some(
            "serve it by an image of PHP with a web server, such as `frankenphp` or `php:apache`",
        ),
        runtime: "php",
        ..python("artisan")
    },
];

const fn django(program: &'static str) -> Server {
    Server {
        verbs: &["runserver", "runserver_plus"],
        hosts: &[],
        ports: &[],
        is_positional: true,
        reloads: &[],
        instead: Some("leave the command out: the recipe `django` starts gunicorn"),
        ..python(program)
    }
}
