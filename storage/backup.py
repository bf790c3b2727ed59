"""Backup: a SQLite database as one whole file, taken while it is in use, and brought back from it."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

from storage import state
from storage.disk import sync
from storage.store import Store


class HasItsOwnTools(Exception):  # noqa: N818 - told in one line, as those below
    """PostgreSQL: pg_dump and pg_restore do it."""


class AlreadyThere(Exception):  # noqa: N818
    """Nothing is ever overwritten."""


class NotEmpty(Exception):  # noqa: N818
    """The database holds a group, which a restored one would replace."""


class NoBackup(Exception):  # noqa: N818
    """The file is no whole database of ours, or one of a later version."""


def backup(store: Store, file: Path) -> None:
    """Write the whole database to a new file, as of one moment. Raises HasItsOwnTools or AlreadyThere."""
    with _sqlite(store) as source:
        if file.exists():
            raise AlreadyThere(str(file))
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        os.close(handle)
        try:
            _copy(source, name)
            Path(name).replace(file)
            sync(file.parent)
        finally:
            Path(name).unlink(missing_ok=True)


def restore(store: Store, file: Path) -> None:
    """Fill an empty database from a backup, and bring it up to date. Raises HasItsOwnTools, NoBackup or NotEmpty."""
    with _sqlite(store) as target:
        if not file.is_file():
            raise FileNotFoundError(2, os.strerror(2), str(file))
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
            _check_whole(store, source)
            _check_empty(store)
            source.backup(target)
    store.migrate()


@contextmanager
def _sqlite(store: Store) -> Iterator[sqlite3.Connection]:
    """The driver's own connection: SQLAlchemy has no word for the online copy."""
    if store.engine.dialect.name != "sqlite":
        raise HasItsOwnTools
    with closing(store.engine.raw_connection()) as pooled:
        yield cast(sqlite3.Connection, pooled.driver_connection)


def _copy(source: sqlite3.Connection, name: str) -> None:
    with closing(sqlite3.connect(name)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # all in the one file, with no log beside it
    sync(Path(name))


def _check_whole(store: Store, source: sqlite3.Connection) -> None:
    try:
        sound = source.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        version = source.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as wrong:
        raise NoBackup(str(wrong)) from wrong
    with store.reading() as work:
        known = state.versions(work.connection)
    if not sound or version is None or version[0] not in known:
        raise NoBackup


def _check_empty(store: Store) -> None:
    with store.reading() as work:
        if state.revision(work.connection) is not None and state.holds_people(work):
            raise NotEmpty
