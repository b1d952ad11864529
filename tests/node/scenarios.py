"""The scenarios by their names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import policies
import slow
import texts
import updates
from program import Source
from stage import Stage


@dataclass(frozen=True)
class Scenario:
    """What is played, and the programs that it plays with."""

    sources: list[Source]
    play: Callable[[Stage], None]


ALL = {
    **{
        name: Scenario([source], partial(texts.play, name=name))
        for name, source in texts.SOURCES.items()
    },
    "updates": Scenario([texts.SOURCES["todo"]], updates.play),
    "policies": Scenario([policies.SOURCE], policies.play),
    "slow": Scenario([slow.SOURCE], slow.play),
}
