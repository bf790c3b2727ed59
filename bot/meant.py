"""Meant: what somebody said that their words for a time mean, while what they asked for is carried out again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NamedTuple

from decisions.refusals import UnsureTime

GONE_ON = "\n"
"""How the words begin of which not a time is meant: it was shown what it looks like, and goes on. No words for a time
have a line break."""


class Meant(NamedTuple):
    """Of these words, as `UnsureTime` has them, the reading in that place is meant, as they were read at that time.

    Words that begin with `GONE_ON` say that it is to go on whatever it looks like; and, behind that, what to link it to.
    """

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


def gone_on() -> str | None:
    """What to link it to, as `poll:12`, or nothing, where it goes on whatever it looks like; None: that was not said."""
    found = next((one.words for one in _SAID.get() if one.words.startswith(GONE_ON)), None)
    return None if found is None else found.removeprefix(GONE_ON)


def _of(words: str) -> Meant | None:
    return next((one for one in _SAID.get() if one.words == words), None)
