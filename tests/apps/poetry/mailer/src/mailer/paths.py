from pathlib import Path

ALIVE = Path("/tmp/alive")
