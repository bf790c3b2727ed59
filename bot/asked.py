"""What was typed, understood."""

from collections.abc import Callable
from dataclasses import dataclass

from adapters.base import Answer
from bot.turn import Turn

Run = Callable[[Turn, str], Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """Run it with these words. `casts`: it is a vote. `about`: what its command is about, if it is one."""

    run: Run
    words: str
    casts: bool = False
    about: str = ""
