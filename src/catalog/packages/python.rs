//! Package managers of Python.

use super::{Cache, LockForms, NameList, PackageManager, Tool};

/// uv.
pub const UV: PackageManager = PackageManager {
    name: "uv",
    // Version: the newest on PyPI, as `pip index versions uv` says; images have the same.
    tool: Some(Tool::Binary {
        image: "ghcr.io/astral-sh/uv:0.13.8",
        program: "/uv",
    }),
    manifest: "pyproject.toml",
    lock: "uv.lock",
    marker: "",
    locked_by: "uv lock",
    names: Some(NameList::UvLock),
    forms: None,
    others: &[],
    settings: &[],
    folders: &[],
    passwords: &[],
    variables: &[
        ("UV_COMPILE_BYTECODE", "1"),
        // The cache is on another file system than the environment.
        ("UV_LINK_MODE", "copy"),
        ("UV_NO_DEV", "1"),
        // Else uv may bring a Python of its own, below a folder that only root may enter.
        ("UV_PYTHON_DOWNLOADS", "never"),
    ],
    // Members of a workspace, and packages by path, aren't there yet; whether the lock file is
    // theirs is seen once they are.
    install: &[&["uv", "sync", "--frozen", "--no-install-local"]],
    verify: None,
    build: Some(&["uv", "sync", "--locked", "--no-editable"]),
    build_members: None,
    prune: &[],
    environment: "/app/.venv",
    cache: Cache {
        path: "/root/.cache/uv",
        locked: false,
    },
};

/// Poetry. It installs the application as a local build does: by its name, where it is a package.
pub const POETRY: PackageManager = PackageManager {
    name: "poetry",
    // Version: the newest on PyPI, as `pip index versions poetry` says.
    tool: Some(Tool::Python(&[
        &["python", "-m", "venv", "/opt/poetry"],
        &["/opt/poetry/bin/pip", "install", "poetry==2.5.1"],
    ])),
    manifest: "pyproject.toml",
    lock: "poetry.lock",
    marker: "",
    locked_by: "poetry lock",
    names: Some(NameList::UvLock),
    forms: None,
    others: &[],
    settings: &[],
    folders: &[],
    passwords: &[],
    variables: &[
        ("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
        ("POETRY_NO_INTERACTION", "1"),
        ("POETRY_VIRTUALENVS_IN_PROJECT", "1"),
        ("POETRY_VIRTUALENVS_OPTIONS_NO_PIP", "1"),
    ],
    // Packages by path aren't there yet.
    install: &[&[
        "/opt/poetry/bin/poetry",
        "install",
        "--only=main",
        "--no-root",
        "--no-directory",
    ]],
    verify: None,
    build: Some(&["/opt/poetry/bin/poetry", "install", "--only=main"]),
    build_members: None,
    prune: &[],
    environment: "/app/.venv",
    cache: Cache {
        path: "/root/.cache/pypoetry",
        locked: true,
    },
};

/// Lock files of PDM before 2.17, whose checksums of `pyproject.toml` are made of other parts of it.
const PDM_FORMS: LockForms = LockForms {
    key: "lock_version =",
    releases: &[],
    refused: &[
        ("4.0", "PDM before 2.17"),
        ("4.1", "PDM before 2.17"),
        ("4.2", "PDM before 2.17"),
        ("4.3", "PDM before 2.17"),
        ("4.4", "PDM before 2.17"),
        ("4.4.1", "PDM before 2.17"),
        ("4.4.2", "PDM before 2.17"),
    ],
    help: "let a later release write it, with the same versions: `pdm lock --update-reuse`",
    named: "",
};

/// PDM.
pub const PDM: PackageManager = PackageManager {
    name: "pdm",
    // Version: the newest on PyPI, as `pip index versions pdm` says. It fails with the next hishel.
    tool: Some(Tool::Python(&[
        &["python", "-m", "venv", "/opt/pdm"],
        &["/opt/pdm/bin/pip", "install", "pdm==2.29.4", "hishel<2"],
    ])),
    manifest: "pyproject.toml",
    lock: "pdm.lock",
    marker: "",
    locked_by: "pdm lock",
    names: Some(NameList::UvLock),
    forms: Some(&PDM_FORMS),
    others: &[],
    settings: &[],
    folders: &[],
    passwords: &[],
    variables: &[
        ("PDM_CHECK_UPDATE", "0"),
        ("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
    ],
    install: &[&[
        "/opt/pdm/bin/pdm",
        "install",
        "--check",
        "--prod",
        "--no-self",
    ]],
    verify: None,
    build: Some(&[
        "/opt/pdm/bin/pdm",
        "install",
        "--check",
        "--prod",
        "--no-editable",
    ]),
    build_members: None,
    prune: &[],
    environment: "/app/.venv",
    cache: Cache {
        path: "/root/.cache/pdm",
        locked: true,
    },
};

/// Pipenv.
pub const PIPENV: PackageManager = PackageManager {
    name: "pipenv",
    // Version: the newest on PyPI, as `pip index versions pipenv` says.
    tool: Some(Tool::Python(&[
        &["python", "-m", "venv", "/opt/pipenv"],
        &["/opt/pipenv/bin/pip", "install", "pipenv==2026.10.3"],
    ])),
    manifest: "Pipfile",
    lock: "Pipfile.lock",
    marker: "",
    locked_by: "pipenv lock",
    names: Some(NameList::PipfileLock),
    forms: None,
    others: &[],
    settings: &[],
    folders: &[],
    passwords: &[],
    variables: &[
        ("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
        ("PIPENV_NOSPIN", "1"),
        ("PIPENV_VENV_IN_PROJECT", "1"),
    ],
    // Both of what it locks: its `verify` says whether the lock file is older than the manifest.
    install: &[
        &["/opt/pipenv/bin/pipenv", "verify"],
        &["/opt/pipenv/bin/pipenv", "sync"],
    ],
    verify: None,
    build: None,
    build_members: None,
    prune: &[],
    environment: "/app/.venv",
    cache: Cache {
        path: "/root/.cache/pipenv",
        locked: true,
    },
};

/// pip, with a `requirements.txt`. It stays out of the environment, which saves 17 MB.
pub const PIP: PackageManager = PackageManager {
    name: "pip",
    tool: None,
    manifest: "requirements.txt",
    lock: "requirements.txt",
    marker: "",
    locked_by: "pip freeze > requirements.txt",
    names: Some(NameList::Requirements),
    forms: None,
    others: &[],
    settings: &[],
    folders: &[],
    passwords: &[],
    variables: &[("PIP_DISABLE_PIP_VERSION_CHECK", "1")],
    install: &[
        &["python", "-m", "venv", "--without-pip", "/opt/venv"],
        &[
            "pip",
            "--python",
            "/opt/venv/bin/python",
            "install",
            "--requirement",
            "requirements.txt",
        ],
    ],
    verify: None,
    build: None,
    build_members: None,
    prune: &[],
    environment: "/opt/venv",
    cache: Cache {
        path: "/root/.cache/pip",
        locked: false,
    },
};
