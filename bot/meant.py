"""Meant: what somebody said that their words for a time mean, while what they asked for is carried out again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from decisions.refusals import UnsureTime

Meant = tuple[str, datetime]
"""The words, as `UnsureTime` has them, and the instant."""

_LEFT: ContextVar[list[Meant] | None] = ContextVar("left", default=None)
"""What was said, and not yet asked for. It is of one request, which is carried out from start to end in one thread."""


@contextmanager
def meaning(said: Sequence[Meant]) -> Iterator[None]:
    """Inside, these words mean these instants, each as often as it was said."""
    token = _LEFT.set(list(said))
    try:
        yield
    finally:
        _LEFT.reset(token)


def settled(words: str, readings: tuple[datetime, ...]) -> datetime:
    """The instant that these words were said to mean. Raises UnsureTime where nobody has said it yet.

    Each saying stands for one reading: the same words behind `--from` and `--until` need not be the same instant.
    """
    left = _LEFT.get() or []
    for place, (said, at) in enumerate(left):
        if said == words:
            del left[place]
            return at
    raise UnsureTime(words, readings)
