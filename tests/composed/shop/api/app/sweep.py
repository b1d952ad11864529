"""Counts what was sent."""

from app.main import database

with database() as connection:
    [sent] = connection.execute("SELECT count(*) FROM orders WHERE state = 'sent'").fetchone()
print(f"{sent} were sent.")
