"""The two migrations of the table, in an order that they need."""

import sys

from app.main import database

STEPS = {
    "first": "CREATE TABLE IF NOT EXISTS orders (name text PRIMARY KEY)",
    "second": "ALTER TABLE orders ADD COLUMN IF NOT EXISTS state text DEFAULT 'new'",
}

with database() as connection:
    connection.execute(STEPS[sys.argv[1]])
