"""Work: one transaction's reading and writing, values in and values out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.sql import Delete, Insert, Select, Update

from decisions.change import Change
from decisions.deadlines import next_due
from decisions.model import Group, Noun, Poll
from storage import journal
from storage.tables import TABLES, Seen, table

N = TypeVar("N", bound=Noun)
P = ParamSpec("P")
R = TypeVar("R")
Kind = type[Any]
"""A noun's class; what the statements are built from."""


def remembered(make: Callable[P, R]) -> Callable[P, R]:
    """`functools.cache`, typed: a class is hashable, which the type checker does not believe of `type[...]`."""
    return cast(Callable[P, R], cache(make))


class Work:
    """What a use case may ask of storage, inside one transaction.

    Values are remembered as they were read, so that `put` writes only what changed.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._read: dict[tuple[Kind, tuple[Any, ...]], Noun] = {}

    # -- any noun -----------------------------------------------------------------------------------------------------

    def get(self, noun: type[N], **where: Any) -> N | None:
        """The one value with these fields, or None."""
        row = self.connection.execute(_select(noun, tuple(where)), where).first()
        return None if row is None else self.keep(noun, row)

    def the(self, noun: type[N], **where: Any) -> N:
        """The one value with these fields, which is there. Raises LookupError if it is not."""
        found = self.get(noun, **where)
        if found is None:
            raise LookupError(f"no {noun.__name__} with {where}")
        return found

    def all(self, noun: type[N], **where: Any) -> list[N]:
        """Every value with these fields, in the order of their keys."""
        rows = self.connection.execute(_select(noun, tuple(where)), where)
        return [self.keep(noun, row) for row in rows]

    def keep(self, noun: type[N], row: Sequence[Any]) -> N:
        """Turn a row (the noun's columns, in order) into its value, and remember it as read."""
        value = noun(**dict(zip(names(noun), row, strict=False)))
        self._read[noun, _key(value)] = value
        return value

    def put(self, *values: Noun) -> None:
        """Write values: new ones whole, read ones where they changed."""
        for value in values:
            noun: Kind = type(value)
            key = _key(value)
            before = self._read.get((noun, key))
            if before is None:
                self.connection.execute(_insert(noun), _columns(value, names(noun)))
            else:
                changed = tuple(one for one in names(noun) if getattr(value, one) != getattr(before, one))
                if changed:
                    found = {f"_{name}": part for name, part in zip(keys(noun), key, strict=True)}
                    self.connection.execute(_update(noun, changed), _columns(value, changed) | found)
            self._read[noun, key] = value

    def drop(self, *values: Noun) -> None:
        """Delete values."""
        for value in values:
            noun: Kind = type(value)
            key = _key(value)
            self.connection.execute(_delete(noun), dict(zip(keys(noun), key, strict=True)))
            self._read.pop((noun, key), None)

    def next_id(self, noun: type[Noun]) -> int:
        """The next free id. Sure, because there is one writer at a time."""
        found = self.connection.execute(_max(noun, "id", None)).scalar()
        return (found or 0) + 1

    def next_number(self, noun: type[Noun], group_id: int, column: str = "number") -> int:
        """The next number that people say, counted in the group."""
        found = self.connection.execute(_max(noun, column, "group_id"), {"group_id": group_id}).scalar()
        return (found or 0) + 1

    # -- the record ---------------------------------------------------------------------------------------------------

    def apply(self, change: Change, group_id: int, now: datetime) -> Change:
        """Write a change and its journal lines, and return it."""
        self.drop(*change.drops)
        self.put(*change.puts)
        for event in change.events:
            self._append(group_id, event, now)
        return change

    def _append(self, group_id: int, event: Any, now: datetime) -> None:
        known = self._read.get((Group, (group_id,)))
        group = known if isinstance(known, Group) else self.the(Group, id=group_id)
        self.put(journal.append(self.connection, group, event, now))

    # -- requests -----------------------------------------------------------------------------------------------------

    def first_time(self, key: str, now: datetime) -> bool:
        """Remember a request's key; False if it was carried out before."""
        if self.connection.execute(_SEEN, {"key": key}).first() is not None:
            return False
        self.connection.execute(_SEE, {"key": key, "at": now})
        return True

    def forget_requests(self, before: datetime) -> None:
        """Let go of keys that no platform delivers again."""
        self.connection.execute(delete(table(Seen)).where(table(Seen).c.at < before))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What fails inside is undone, and the rest of the transaction goes on."""
        self.connection.exec_driver_sql("SAVEPOINT request")
        read = dict(self._read)
        try:
            yield
        except BaseException:
            self.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT request")
            self.connection.exec_driver_sql("RELEASE SAVEPOINT request")
            self._read = read
            raise
        self.connection.exec_driver_sql("RELEASE SAVEPOINT request")

    def select(self, noun: type[N], statement: Select[Any], **values: Any) -> list[N]:
        """Run a statement that selects a noun's columns."""
        return [self.keep(noun, row) for row in self.connection.execute(statement, values)]


# -- statements, built once -------------------------------------------------------------------------------------------

_SEEN = select(table(Seen).c.key).where(table(Seen).c.key == bindparam("key"))
_SEE = insert(table(Seen))


@remembered
def names(noun: Kind) -> tuple[str, ...]:
    """The fields of a noun, which are its columns."""
    return tuple(one.name for one in fields(noun))


@remembered
def keys(noun: Kind) -> tuple[str, ...]:
    """The columns of a noun's primary key."""
    return tuple(column.name for column in TABLES[noun].primary_key)


def columns(noun: Kind) -> list[Any]:
    """The columns of a noun, in the order of its fields."""
    return [TABLES[noun].c[name] for name in names(noun)]


def split(row: Sequence[Any], *nouns: Kind) -> list[Sequence[Any]]:
    """A row of several nouns' columns, cut into one part for each, and what is left."""
    parts, start = [], 0
    for noun in nouns:
        parts.append(row[start : start + len(names(noun))])
        start += len(names(noun))
    return [*parts, row[start:]]


def _key(value: Noun) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in keys(type(value)))


def _columns(value: Noun, of: Iterable[str]) -> dict[str, Any]:
    found = {name: getattr(value, name) for name in of}
    if isinstance(value, Poll):
        found["due_at"] = next_due(value)
    return found


@remembered
def _select(noun: Kind, where: tuple[str, ...]) -> Select[Any]:
    made = TABLES[noun]
    statement = select(*columns(noun)).order_by(*made.primary_key)
    return statement.where(*(made.c[name] == bindparam(name) for name in where))


@remembered
def _insert(noun: Kind) -> Insert:
    return insert(TABLES[noun])


@remembered
def _update(noun: Kind, changed: tuple[str, ...]) -> Update:
    made = TABLES[noun]
    also = ("due_at",) if noun is Poll else ()
    statement = update(made).values({name: bindparam(name) for name in (*changed, *also)})
    return statement.where(*(made.c[name] == bindparam(f"_{name}") for name in keys(noun)))


@remembered
def _delete(noun: Kind) -> Delete:
    made = TABLES[noun]
    return delete(made).where(*(made.c[name] == bindparam(name) for name in keys(noun)))


@remembered
def _max(noun: Kind, column: str, within: str | None) -> Select[Any]:
    made = TABLES[noun]
    statement = select(func.max(made.c[column]))
    return statement if within is None else statement.where(made.c[within] == bindparam(within))
