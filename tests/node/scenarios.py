"""The scenarios by their names."""

from collections.abc import Callable
from dataclasses import dataclass

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
    "text": Scenario(list(texts.SOURCES.values()), texts.play),
    "updates": Scenario([texts.SOURCES["todo"]], updates.play),
}
