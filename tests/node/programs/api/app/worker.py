"""Adds items, some of them slowly."""

import os
import time

from app import database
from celery import Celery

# Where there is no queue the database is one.
in_database = "sqla+" + database.URL.render_as_string(hide_password=False)
app = Celery(broker=os.environ.get("QUEUE_URL", in_database))
app.conf.worker_concurrency = 1
app.conf.broker_connection_retry_on_startup = True


@app.task
def add(name: str, seconds: float) -> None:
    print(f"{name} begins", flush=True)
    time.sleep(seconds)
    database.insert(name)
