"""The scenarios by their names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import applications
import examples
import faults
import kept
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
    # Whether it is played unless others are asked for: what shows most in few minutes.
    is_first: bool = False


# The lanes that take longest, by waiting: their images are built before all others.
LONG = ("late", "slow")


def _text(name: str, lane: str, *images: str, is_first: bool = False) -> Scenario:
    play = partial(texts.play, name=name)
    return Scenario([texts.SOURCES[name]], play, lane, images, is_first)


ALL = {
    "late": Scenario([slow.LATE], slow.late, "late", (outer.IMAGE,)),
    "slow": Scenario([slow.SLOW], slow.starts, "slow", (outer.IMAGE,)),
    "stock": Scenario([stock.SOURCE], stock.play, "stock", is_first=True),
    "kept": Scenario([kept.SOURCE], kept.play, "kept"),
    "todo": _text("todo", "updates", outer.IMAGE, is_first=True),
    "faults": Scenario([faults.SOURCE], faults.play, "faults", (outer.IMAGE,), is_first=True),
    "fullstack": _text("fullstack", "texts", policies.STRANGER_IMAGE),
    "shop": _text("shop", "texts"),
    "express": _text("express", "texts"),
    **{
        name: Scenario(
            [examples.source(name)],
            partial(examples.play, name=name),
            # Those of one namespace one after another.
            "examples" if name in ("monolith", "todo-chatbot") else "updates",
            (outer.IMAGE,),
        )
        for name in examples.EXAMPLES
    },
    **{
        f"app-{name}": Scenario(
            [applications.source(name)],
            partial(applications.play, name=name),
            "applications",
        )
        for name in applications.NAMES
        # That one is played with its chart.
        if name != "express"
    },
}
