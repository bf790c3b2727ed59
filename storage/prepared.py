"""Prepared: a statement that is compiled once for a kind of database, and from then on handed to the driver as it is.

SQLAlchemy's own way to run a statement takes ten times as long as what SQLite itself does for one row, and a ballot
takes eight of them. Schema, statements and types stay SQLAlchemy's; so do connections and transactions.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ARRAY, ColumnElement, Connection, Executable, Select, Text, bindparam, func, select, text
from sqlalchemy import cast as sql_cast
from sqlalchemy.engine.interfaces import DBAPICursor, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

Values = Mapping[str, Any]
Row = tuple[Any, ...]
Convert = Callable[[Any], Any]

REMEMBERED = 1024
"""How many of a column's instants are not parsed again: a poll has six, and it is read for each of its ballots."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the driver is given, and how values become the driver's and back."""

    sql: str
    parameters: tuple[tuple[str, Convert | None], ...]
    results: tuple[tuple[int, Convert], ...]


class Prepared:
    """One statement, for any number of connections.

    All its values are bound parameters. Not for `IN` lists, which are another statement at each length: see `among`.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}

    def first(self, connection: Connection, values: Values) -> Row | None:
        """The first row, or None."""
        compiled = self._for(connection)
        row = _fetched(connection, compiled, _run(connection, compiled, values).fetchone)
        return None if row is None else _read(compiled, row)

    def all(self, connection: Connection, values: Values) -> list[Row]:
        """Every row."""
        compiled = self._for(connection)
        rows: list[Row] = _fetched(connection, compiled, _run(connection, compiled, values).fetchall)
        return [_read(compiled, row) for row in rows] if compiled.results else rows

    def run(self, connection: Connection, values: Values) -> int:
        """Carry out a change, and return how many rows it met."""
        return _run(connection, self._for(connection), values).rowcount

    def _for(self, connection: Connection) -> Compiled:
        kind = connection.dialect.name
        if kind not in self._compiled:
            self._compiled[kind] = _compile(self._statement, connection.dialect)
        return self._compiled[kind]


def among(kind: str, column: ColumnElement[Any], name: str, *, planned_once: bool = False) -> ColumnElement[bool]:
    """Whether a column is one of several values, which are handed over as one: `several`.

    `planned_once`: PostgreSQL does not look how many there are, and so keeps its plan. Where it does look, it makes one
    for each handful, which can take longer than to find it.
    """
    if kind == "sqlite":
        return column.in_(select(text("value")).select_from(func.json_each(bindparam(name, type_=Text))))
    given: ColumnElement[Any] = bindparam(name, type_=ARRAY(column.type))
    return column == func.any(sql_cast(select(given).scalar_subquery(), given.type) if planned_once else given)


def several(kind: str, values: Sequence[Any]) -> Any:
    """Several values as one, for `among`."""
    return json.dumps(values) if kind == "sqlite" else list(values)


def _compile(statement: Executable, dialect: Dialect) -> Compiled:
    compiled = cast(SQLCompiler, statement.compile(dialect=dialect))  # type: ignore[attr-defined]
    binds = compiled.binds
    names = compiled.positiontup or []
    results = [_reader(one.type, dialect) for one in _selected(statement)]
    return Compiled(
        sql=compiled.string,
        parameters=tuple((name, binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names),
        results=tuple((place, read) for place, read in enumerate(results) if read is not None),
    )


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    read = kind.dialect_impl(dialect).result_processor(dialect, None)
    return lru_cache(REMEMBERED)(read) if read is not None and isinstance(kind, UTCDateTime) else read


def _selected(statement: Executable) -> list[ColumnElement[Any]]:
    return list(statement.selected_columns) if isinstance(statement, Select) else []


def _run(connection: Connection, compiled: Compiled, values: Values) -> DBAPICursor:
    bound = tuple([values[name] if to is None else to(values[name]) for name, to in compiled.parameters])
    cursor = connection.connection.cursor()
    if connection.dispatch.before_cursor_execute:
        _tell(connection, cursor, compiled.sql, bound)
    try:
        cursor.execute(compiled.sql, bound)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection.dialect, compiled, error) from error
    return cursor


def _fetched(connection: Connection, compiled: Compiled, fetch: Callable[[], Any]) -> Any:
    """What a cursor holds. PostgreSQL keeps instants that no `datetime` does: its driver finds out here."""
    try:
        return fetch()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection.dialect, compiled, error) from error


def _read(compiled: Compiled, row: Row) -> Row:
    if not compiled.results:
        return row
    values = list(row)
    for place, read in compiled.results:
        values[place] = read(values[place])
    return tuple(values)


def _tell(connection: Connection, cursor: DBAPICursor, sql: str, bound: Row) -> None:
    """Whoever listens to what is sent to the database hears of these statements as of any other."""
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, cursor, sql, bound, None, False)


def _wrapped(dialect: Dialect, compiled: Compiled, error: Exception) -> Exception:
    """The error as SQLAlchemy would have raised it, without the values."""
    base = dialect.loaded_dbapi.Error
    return DBAPIError.instance(compiled.sql, None, error, base, hide_parameters=True, dialect=dialect)
