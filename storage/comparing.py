"""Comparing: rows as they are kept, held against what was told of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DataError

from decisions.model import Noun
from storage.faults import ADDED, CHANGED, MISSING, UNREADABLE
from storage.tables import TABLES
from storage.work import Kind, Work

N = TypeVar("N", bound=Noun)
V = TypeVar("V")
T = TypeVar("T")

UNREAD = (ValueError, LookupError, TypeError, AttributeError, DataError)
"""What reading a value raises where somebody wrote something else into its column."""


def read(work: Work, noun: type[N], by: str, **where: Any) -> dict[int, N | None]:
    """The values with these fields, by another one; None where a row cannot be read."""
    fresh = Work(work.connection)  # one that forgets them again
    try:
        return {getattr(one, by): one for one in fresh.all(noun, **where)}
    except UNREAD:
        return {key: _one(fresh, noun, where | {by: key}) for key in _keys(work, noun, by, where)}


def _keys(work: Work, noun: Kind, by: str, where: dict[str, Any]) -> list[int]:
    columns = TABLES[noun].c
    statement = select(columns[by]).where(*(columns[name] == value for name, value in where.items()))
    return list(work.connection.execute(statement.order_by(columns[by])).scalars())


def _one(work: Work, noun: type[N], where: dict[str, Any]) -> N | None:
    try:
        return work.get(noun, **where)
    except UNREAD:
        return None


def presence(kept: Mapping[int, V | None], told: Mapping[int, T], key: int) -> str:
    """What is wrong with a row's being there at all; empty: nothing."""
    if key not in kept:
        return MISSING
    if key not in told:
        return ADDED
    return UNREADABLE if kept[key] is None else ""


def unmatched(
    kept: Mapping[int, V | None], told: Mapping[int, T], holds: Callable[[V, T], bool]
) -> Iterator[tuple[int, str]]:
    """The keys of the rows that are not as they were told, in order, each with what is wrong."""
    for key in sorted({*kept, *told}):
        value = kept.get(key)
        wrong = presence(kept, told, key)
        if not wrong and value is not None and not holds(value, told[key]):
            wrong = CHANGED
        if wrong:
            yield key, wrong
