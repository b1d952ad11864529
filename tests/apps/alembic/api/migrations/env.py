"""Runs the migrations on the database that the application has."""

from alembic import context

from app.models import Base, engine

with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
