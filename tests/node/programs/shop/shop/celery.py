"""The queue, with what beat puts into it."""

import os
from pathlib import Path

from celery import Celery

app = Celery("shop", broker=os.environ.get("CELERY_BROKER"))
app.conf.broker_connection_retry_on_startup = True
app.conf.beat_schedule = {"sweep": {"task": "shop.celery.sweep", "schedule": 2.0}}


@app.task
def sweep() -> None:
    """Leaves a file where the web server sees it."""
    (Path(os.environ["MEDIA_ROOT"]) / "swept").write_text("yes")
