"""Later: an answer that takes long to make is made after the commit, so that nobody else waits for it."""

from collections.abc import Callable
from dataclasses import dataclass

from adapters.base import Answer, Verdict
from bot.reader import Reader
from bot.turn import Turn
from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Later(Answer):
    """That whoever asks may have it is settled; what it says is read then, all of it as of one moment."""

    make: Callable[[Work], Answer]
    """Only reads. Raises refusals."""
    reader: Reader
    """Whoever asks, who is told if it cannot be."""


def later(turn: Turn, make: Callable[[Work], Answer]) -> Later:
    """What whoever asks may look at, and is to be shown as soon as it is made."""
    return Later(verdict=Verdict.DONE, looked=True, make=make, reader=turn.reader)
