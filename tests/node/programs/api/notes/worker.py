"""The worker, by the name that another program's text has for it."""

from app.worker import app

__all__ = ["app"]
