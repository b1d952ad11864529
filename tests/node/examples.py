"""The examples whose own sources are nowhere, each brought up on sources of the tests' and asked once.

Where one wants a version that no stand-in has, its text here says another: what runs by it is the same.
"""

from dataclasses import dataclass, field

import outer
from program import LONG, Source
from stage import Stage, ask, hold

# A page and an API that ask nobody else.
WEB, API, PIP_API = "tests/apps/nextjs/web", "tests/apps/fastapi/api", "tests/apps/fastapi-pip/api"
PORT = 5435
SECRETS = {
    "DATABASE_URL": outer.url(PORT),
    "OPENAI_API_KEY": f"sk-{LONG}",
    **{
        name: f"{LONG}-{LONG}"
        for name in (
            *["BETTER_AUTH_SECRET", "DB_PASSWORD", "GEMINI_API_KEY", "GOOGLE_AI_API_KEY"],
            *["GROQ_API_KEY", "JWT_SECRET", "POSTGRES_PASSWORD", "SECRET_KEY"],
            "SESSION_SECRET",
        )
    },
}


@dataclass(frozen=True)
class Example:
    """One, with the sources of its tiers, and what is asked of them."""

    files: dict[str, str]
    # Paths by the tiers that are forwarded.
    asked: dict[str, str]
    edits: dict[str, str] = field(default_factory=dict)
    # What some of those answer.
    says: dict[str, str] = field(default_factory=dict)


PAIR = {"frontend": "/", "backend": "/health"}
EXAMPLES = {
    "hackathon-todo": Example(
        {"frontend": WEB, "backend": PIP_API},
        PAIR,
        {"version 16": "version 17", "node 18 alpine": "node 24", "python 3.11": "python 3.13"},
    ),
    "monolith": Example(
        {"shop": "tests/node/programs/shop"},
        {"web": "/healthz"},
    ),
    "monorepo": Example(
        {"studio": "tests/node/programs/studio"},
        {"web": "/", "admin": "/", "api": "/health"},
        says={"web": "words of all", "admin": "<title>Admin</title>"},
    ),
    "polyglot": Example(
        {
            "site": "tests/apps/static/site",
            "api": "tests/node/programs/board/api",
            "services": "tests/apps/go/api",
            "services/cmd/scores": "tests/apps/go/api/cmd/api",
            "search": "tests/node/programs/board/search",
        },
        {"site": "/", "api": "/api/services"},
        {'build rust "./search" { entry': 'build rust "./search" { rust 1.85, entry'},
        {"api": '{"scores":true,"search":true}'},
    ),
    "todo-chatbot": Example({"frontend": WEB, "backend": API}, PAIR),
    "todo-crud": Example({"frontend": WEB, "backend": API}, PAIR),
    "todo-helm": Example({"frontend": WEB, "backend": API}, PAIR, {"node 20 alpine": "node 24"}),
    "todo-neon": Example(
        {"frontend": WEB, "backend": API},
        PAIR,
        {"node 22 alpine": "node 24", "python 3.12": "python 3.13"},
    ),
}


def source(name: str) -> Source:
    example = EXAMPLES[name]
    tiers = "".join(
        f", tier {tier} {{ expose forward {port} }}"
        for port, tier in enumerate(example.asked, 30060)
    )
    return Source(
        f"examples/{name}.todo",
        example.files,
        "laptop",
        f"\ntarget laptop {{ images local{tiers} }}\n",
        example.edits,
        SECRETS,
    )


def play(stage: Stage, name: str) -> None:
    """One of them."""
    outer.start(stage, PORT)
    app = stage.bring(source(name))
    with stage.shows("Ready by the printed lines, and it answers") as figures:
        app.run()
        app.is_restricted()
        figures.append(f"{app.all_are_ready()} pods")
        with app.forwarded():
            for tier, path in EXAMPLES[name].asked.items():
                status, text = ask(app.addresses[tier] + path)
                said = EXAMPLES[name].says.get(tier, "")
                hold(status == 200 and said in text, f"{tier} answers {status}: {text}")
            if name == "monolith":
                url = app.addresses["web"]
                app.wait(lambda: ask(f"{url}/swept")[1] == "yes", "beat or its worker does nothing")
    app.delete()
