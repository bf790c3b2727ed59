"""Meant: what somebody said that their words for a time mean, while what they asked for is carried out again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NamedTuple

from decisions.refusals import UnsureTime


class Meant(NamedTuple):
    """Of these words, as `UnsureTime` has them, the reading in that place is meant, as they were read at that time."""

    words: str
    which: int
    at: datetime


_SAID: ContextVar[Sequence[Meant]] = ContextVar("said", default=())
"""It is of one request, which is carried out from start to end in one thread."""


@contextmanager
def meaning(said: Sequence[Meant]) -> Iterator[None]:
    """Inside, these words mean that."""
    token = _SAID.set(said)
    try:
        yield
    finally:
        _SAID.reset(token)


def read_at(words: str, now: datetime) -> datetime:
    """From when on words count: what was meant by `at 6` is not another time because it was said an hour later."""
    found = _of(words)
    return found.at if found else now


def settled(words: str, readings: tuple[datetime, ...]) -> datetime:
    """The reading that was said to be meant. Raises UnsureTime where nobody has said it yet."""
    found = _of(words)
    if found is None or found.which >= len(readings):
        raise UnsureTime(words, readings)
    return readings[found.which]


def _of(words: str) -> Meant | None:
    return next((one for one in _SAID.get() if one.words == words), None)
