"""Paging: a long list as pages that people ask for by number."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def page(found: Sequence[T], number: int, size: int) -> tuple[Sequence[T], int]:
    """The page of this number, from 1, or the last one where there are not so many; and how many come after it."""
    begin = min(number - 1, max(len(found) - 1, 0) // size) * size
    return found[begin : begin + size], max(len(found) - begin - size, 0)


def onward(typed: str, number: int) -> str:
    """What is typed for the page after it."""
    return f"{typed} {number + 1}".strip()
