"""A worker without a port. What it has begun it ends before it goes."""

import os
import signal
import time

import schedule

from mailer.paths import ALIVE

told = False


def end(*_: object) -> None:
    global told
    told = True


def send() -> None:
    print("A letter is being sent.")
    time.sleep(3)
    ALIVE.touch()
    print("It was sent.")


signal.signal(signal.SIGTERM, end)
print(f"It says {os.environ['GREETING']} by {os.environ['API_TOKEN']}.")
ALIVE.touch()
schedule.every().second.do(send)
while not told:
    schedule.run_pending()
    time.sleep(0.1)
print("The last letter was sent.")
