"""Work: one transaction's reading and writing, values in and values out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update
from sqlalchemy.sql import Select

from decisions.change import Change
from decisions.deadlines import next_due
from decisions.model import Group, Noun, Poll, Sought
from storage import indexing, journal
from storage.erased import Forgotten
from storage.prepared import Prepared
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
        self._read: dict[tuple[Kind, Any], Noun] = {}
        self.traceless = False
        """Nothing of what stood in the rows that changed may be left anywhere."""
        self.forgotten: list[Forgotten] = []
        """Those who are forgotten for good with this transaction."""

    # -- any noun -----------------------------------------------------------------------------------------------------

    def get(self, noun: type[N], **where: Any) -> N | None:
        """The one value with these fields, or None."""
        row = _select(noun, tuple(where)).first(self.connection, where)
        return None if row is None else self.keep(noun, row)

    def the(self, noun: type[N], **where: Any) -> N:
        """The one value with these fields, which is there. Raises LookupError if it is not."""
        found = self.get(noun, **where)
        if found is None:
            raise LookupError(f"no {noun.__name__} with {where}")
        return found

    def known(self, noun: type[N], key: int) -> N:
        """The value with this id, as it was read or written here before, or else as it is kept."""
        found = self._read.get((noun, key))
        return found if isinstance(found, noun) else self.the(noun, id=key)

    def all(self, noun: type[N], **where: Any) -> list[N]:
        """Every value with these fields, in the order of their keys."""
        return [self.keep(noun, row) for row in _select(noun, tuple(where)).all(self.connection, where)]

    def keep(self, noun: type[N], row: Sequence[Any]) -> N:
        """Turn a row (the noun's columns, in order) into its value, and remember it as read."""
        value = noun(**dict(zip(names(noun), row, strict=False)))
        self._read[noun, _key(noun)(value)] = value
        return value

    def put(self, *values: Noun) -> None:
        """Write values: new ones whole, read ones where they changed. A group's journal never goes back."""
        for value in values:
            noun: Kind = type(value)
            key = _key(noun)(value)
            before = self._read.get((noun, key))
            if isinstance(value, Group) and isinstance(before, Group) and value.lines < before.lines:
                value = replace(value, head=before.head, lines=before.lines)
            if before is None:
                _insert(noun).run(self.connection, _row(value))
            elif changed := _changed(before, value):
                found = {f"_{name}": getattr(value, name) for name in keys(noun)}
                _update(noun, tuple(changed)).run(self.connection, changed | found)
            self._read[noun, key] = value
            indexing.follow(self, before, value)

    def drop(self, *values: Noun) -> None:
        """Delete values."""
        for value in values:
            noun: Kind = type(value)
            indexing.let_go(self, value)
            _delete(noun).run(self.connection, {name: getattr(value, name) for name in keys(noun)})
            self._read.pop((noun, _key(noun)(value)), None)

    def next_id(self, noun: type[Noun]) -> int:
        """The next free id. Sure, because there is one writer at a time."""
        found = _max(noun, "id", None).first(self.connection, {})
        return ((found and found[0]) or 0) + 1

    def next_number(self, noun: type[Noun], group_id: int, column: str = "number") -> int:
        """The next number that people say, counted in the group."""
        found = _max(noun, column, "group_id").first(self.connection, {"group_id": group_id})
        return ((found and found[0]) or 0) + 1

    # -- the record ---------------------------------------------------------------------------------------------------

    def apply(self, change: Change, group_id: int, now: datetime) -> Change:
        """Write a change and its journal lines, and return it."""
        self.drop(*change.drops)
        self.put(*change.puts)
        for event in change.events:
            self._append(group_id, event, now)
        return change

    def _append(self, group_id: int, event: Any, now: datetime) -> None:
        known = self._read.get((Group, group_id))
        group = known if isinstance(known, Group) else self.the(Group, id=group_id)
        self.put(journal.append(self.connection, group, event, now))

    # -- requests -----------------------------------------------------------------------------------------------------

    def first_time(self, key: str, now: datetime) -> bool:
        """Remember a request's key; False if it was carried out before."""
        return _SEE.run(self.connection, {"key": key, "at": now}) == 1

    def seen(self, key: str) -> bool:
        """Whether the request with this key was carried out before."""
        return _SEEN.first(self.connection, {"key": key}) is not None

    def unsee(self, keys: Iterable[str]) -> None:
        """Let go of what says that these requests were carried out: it may say whose they were, and when."""
        self.connection.execute(delete(table(Seen)).where(table(Seen).c.key.in_(list(keys))))

    def forget_requests(self, before: datetime) -> None:
        """Let go of keys that no platform delivers again."""
        self.connection.execute(delete(table(Seen)).where(table(Seen).c.at < before))

    def forget_searches(self, before: datetime) -> None:
        """Let go of what was searched for, where nobody turns the page any more."""
        self.connection.execute(delete(TABLES[Sought]).where(TABLES[Sought].c.at < before))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What fails inside is undone, and the rest of the transaction goes on."""
        _MARK.run(self.connection, {})
        read, forgotten = dict(self._read), list(self.forgotten)
        try:
            yield
        except BaseException:
            _GO_BACK.run(self.connection, {})
            _UNMARK.run(self.connection, {})
            self._read, self.forgotten = read, forgotten
            raise
        _UNMARK.run(self.connection, {})

    def select(self, noun: type[N], statement: Select[Any], **values: Any) -> list[N]:
        """Run a statement that selects a noun's columns."""
        return [self.keep(noun, row) for row in self.connection.execute(statement, values)]


# -- statements, built once -------------------------------------------------------------------------------------------

_MARK = Prepared(text("SAVEPOINT request"))
_GO_BACK = Prepared(text("ROLLBACK TO SAVEPOINT request"))
_UNMARK = Prepared(text("RELEASE SAVEPOINT request"))

_SEE = Prepared(
    text("INSERT INTO seen (key, at) VALUES (:key, :at) ON CONFLICT DO NOTHING").bindparams(
        bindparam("at", type_=table(Seen).c.at.type)
    )
)

_SEEN = Prepared(text("SELECT key FROM seen WHERE key = :key"))


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


@remembered
def _key(noun: Kind) -> Callable[[Noun], Any]:
    return attrgetter(*keys(noun))


@remembered
def _fields(noun: Kind) -> Callable[[Noun], tuple[Any, ...]]:
    return attrgetter(*names(noun))


def _row(value: Noun) -> dict[str, Any]:
    noun: Kind = type(value)
    return dict(zip(names(noun), _fields(noun)(value), strict=True)) | _beside(value)


def _changed(before: Noun, value: Noun) -> dict[str, Any]:
    """The columns in which a value is not what was read. (Two fields are mostly the same object.)"""
    noun: Kind = type(value)
    pairs = zip(names(noun), _fields(noun)(before), _fields(noun)(value), strict=True)
    changed = {name: is_ for name, was, is_ in pairs if was is not is_ and was != is_}
    return changed | _beside(value) if changed and _beside(before) != _beside(value) else changed


def _beside(value: Noun) -> dict[str, Any]:
    """What is kept beside a noun's own fields."""
    return {"due_at": next_due(value)} if isinstance(value, Poll) else {}


@remembered
def _select(noun: Kind, where: tuple[str, ...]) -> Prepared:
    made = TABLES[noun]
    statement = select(*columns(noun)).order_by(*made.primary_key)
    return Prepared(statement.where(*(made.c[name] == bindparam(name) for name in where)))


@remembered
def _insert(noun: Kind) -> Prepared:
    return Prepared(insert(TABLES[noun]))


@remembered
def _update(noun: Kind, changed: tuple[str, ...]) -> Prepared:
    made = TABLES[noun]
    statement = update(made).values({name: bindparam(name) for name in changed})
    return Prepared(statement.where(*(made.c[name] == bindparam(f"_{name}") for name in keys(noun))))


@remembered
def _delete(noun: Kind) -> Prepared:
    made = TABLES[noun]
    return Prepared(delete(made).where(*(made.c[name] == bindparam(name) for name in keys(noun))))


@remembered
def _max(noun: Kind, column: str, within: str | None) -> Prepared:
    made = TABLES[noun]
    statement = select(func.max(made.c[column]))
    return Prepared(statement if within is None else statement.where(made.c[within] == bindparam(within)))
