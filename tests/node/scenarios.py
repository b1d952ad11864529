"""The scenarios by their names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import applications
import examples
import outer
import policies
import slow
import stock
import texts
from program import Source
from stage import Stage


@dataclass(frozen=True)
class Scenario:
    """What is played, and the programs that it plays with."""

    sources: list[Source]
    play: Callable[[Stage], None]
    # Those of one name are played one after another, and beside the others.
    lane: str
    # Images that it runs beside those of its programs.
    images: tuple[str, ...] = ()
    # Whether it is played only if it is asked for.
    is_extra: bool = False


# The lanes that take longest, by waiting: their images are built before all others.
LONG = ("late", "slow")


def _text(name: str, lane: str, *images: str) -> Scenario:
    return Scenario([texts.SOURCES[name]], partial(texts.play, name=name), lane, images)


ALL = {
    "late": Scenario([slow.LATE], slow.late, "late", (outer.IMAGE,)),
    "slow": Scenario([slow.SLOW], slow.starts, "slow", (outer.IMAGE,)),
    "stock": Scenario([stock.SOURCE], stock.play, "stock"),
    "todo": _text("todo", "updates", outer.IMAGE),
    "fullstack": _text("fullstack", "texts", policies.STRANGER_IMAGE),
    "shop": _text("shop", "texts"),
    "express": _text("express", "texts"),
    "faults": Scenario(
        [texts.SOURCES["todo"]], texts.play_faults, "updates", (outer.IMAGE,), is_extra=True
    ),
    **{
        name: Scenario(
            [examples.source(name)],
            partial(examples.play, name=name),
            # Those of one namespace one after another.
            "examples" if name in ("monolith", "todo-chatbot") else "updates",
            (outer.IMAGE,),
            is_extra=True,
        )
        for name in examples.EXAMPLES
    },
    **{
        f"app-{name}": Scenario(
            [applications.source(name)],
            partial(applications.play, name=name),
            "applications",
            # The images of all are run as their pods are by tests/images.
            is_extra=name not in applications.QUICK,
        )
        for name in applications.NAMES
        # That one is played with its chart.
        if name != "express"
    },
}
