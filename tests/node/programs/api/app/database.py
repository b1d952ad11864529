"""Where the items are."""

import os

import sqlalchemy

# Whatever driver the address names: this program has one.
URL = sqlalchemy.make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+psycopg")
engine = sqlalchemy.create_engine(URL, pool_pre_ping=True, connect_args={"connect_timeout": 30})


def names() -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(sqlalchemy.text("SELECT name FROM items ORDER BY id")))


def insert(name: str) -> None:
    with engine.begin() as connection:
        connection.execute(
            sqlalchemy.text("INSERT INTO items (name) VALUES (:name)"), {"name": name}
        )


def ask() -> None:
    """Fails where the database doesn't answer."""
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("SELECT 1"))
