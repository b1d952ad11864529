"""Sends what was ordered."""

import signal
import sys

from app.main import database, queue

signal.signal(signal.SIGTERM, lambda *_: sys.exit())
print("The worker waits.", flush=True)
while True:
    if found := queue().blpop(["orders"], timeout=1):
        with database() as connection:
            connection.execute("UPDATE orders SET state = 'sent' WHERE name = %s", [found[1].decode()])
