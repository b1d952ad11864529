"""Whether the worker has done something of late: its status says so."""

import sys
import time

from mailer.paths import ALIVE

sys.exit(not ALIVE.exists() or time.time() - ALIVE.stat().st_mtime > 30)
