"""The table of items, with one in it."""

import sqlalchemy
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    table = op.create_table(
        "items",
        sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True),
        sqlalchemy.Column("name", sqlalchemy.Text, nullable=False),
    )
    op.bulk_insert(table, [{"name": "buy milk"}])
