"""The database: connecting to it, checking that it is durable, and giving out units of work."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import ConnectionPoolEntry

from storage import erased, filling
from storage.prepared import Prepared
from storage.work import Work

WRITERS = 0x466F_6C6B
"""The advisory lock that every writing transaction on PostgreSQL takes first: one writer at a time, so that requests
that share a transaction can touch several groups and never wait for each other in a circle."""


PATIENCE = 30
"""Seconds that SQLite waits for another process to let go of the database."""

SHORT = 500
"""Milliseconds that it waits, holding up who writes, for who reads."""

_READS: dict[str, dict[str, Any]] = {
    "sqlite": {"reads": True},
    "postgresql": {"reads": True, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
"""How a transaction begins that only reads. To PostgreSQL the driver says it with its BEGIN: that is one way less."""

_BEGIN_READING = Prepared(text("BEGIN"))
_BEGIN_WRITING = Prepared(text("BEGIN IMMEDIATE"))


class NotDurable(Exception):  # noqa: N818 - told at start, in one line
    """The database does not keep what it acknowledges, or does not hold its own constraints."""


class Store:
    """One database. Safe to use from several threads; writing is one at a time."""

    def __init__(self, url: str, erased: Path | None = None) -> None:
        """Connect to a SQLAlchemy URL (`sqlite:///FILE` or `postgresql+psycopg://...`). Raises NotDurable.

        `erased`: the file in which those who are forgotten are remembered.
        """
        self.engine = _engine(url)
        self.erased = erased
        self._writing = RLock()
        self._writer: Connection | None = None
        self._traces: Sequence[Callable[[sqlite3.Connection], bool]] = ()
        """What is left to be done until nothing is left of what was deleted."""
        self._reads = _READS[self.engine.dialect.name]

    @contextmanager
    def unit_of_work(self) -> Iterator[Work]:
        """One writing transaction: committed at the end, rolled back on any exception.

        Who is forgotten in it is in the file before the commit: killed between the two, the next start forgets them.
        """
        with self._writing:
            try:
                with self._connected().begin() as transaction:
                    work = Work(transaction.connection)
                    yield work
                    if work.forgotten and self.erased is not None:
                        erased.add(self.erased, work.forgotten)
            except BaseException:
                self._let_go()
                raise
            if work.forgotten or work.traceless:
                self.leave_no_trace()
            elif self._traces:
                self._empty(0)
            if self.engine.dialect.name != "sqlite":
                self._let_go()

    def leave_no_trace(self) -> None:
        """On SQLite, let the index of words go of those that were deleted, and empty the write-ahead log, in which pages
        stand as they were. While somebody reads that cannot be: then the next unit of work does it that finds nobody."""
        if self.engine.dialect.name == "sqlite":
            with self._writing:
                self._traces = (filling.let_deleted_go, _empty_log)
                self._empty(SHORT)

    def _empty(self, patience: int) -> None:
        """Do what is left to be done of it, waiting so many milliseconds for others."""
        raw: Any = self._connected().connection.driver_connection
        raw.execute(f"PRAGMA busy_timeout = {patience}")
        try:
            while self._traces and self._traces[0](raw):
                self._traces = self._traces[1:]
        except sqlite3.Error:  # what was done is kept, whatever is wrong with the log
            return
        finally:
            raw.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """One transaction that only reads: everything in it is seen as of one moment."""
        with self.engine.connect() as connection, connection.execution_options(**self._reads).begin():
            yield Work(connection)

    def migrate(self) -> None:
        """Bring the schema up to date."""
        with self._writing:
            with self.engine.begin() as connection:
                before = MigrationContext.configure(connection).get_current_revision()
                command.upgrade(migrations(connection), "head")
                after = MigrationContext.configure(connection).get_current_revision()
                filling.bring_up_to_date(Work(connection))
            if before not in (None, after):
                self._write_anew()

    def _write_anew(self) -> None:
        """On SQLite, write the file anew: what was deleted in earlier versions may still stand in its free pages."""
        if self.engine.dialect.name == "sqlite":
            raw: Any = self._connected().connection.driver_connection
            with suppress(sqlite3.Error):  # where there is no room for it, those pages are used again in time
                raw.execute("VACUUM")
            self.leave_no_trace()

    def close(self) -> None:
        """Let go of every connection."""
        with self._writing:
            self._let_go()
        self.engine.dispose()

    def _connected(self) -> Connection:
        """The connection that writes. To a file it stays open, as long as all goes well; to a server it may break, and
        the pool looks first."""
        if self._writer is None:
            self._writer = self.engine.connect()
        return self._writer

    def _let_go(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def migrations(connection: Connection) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(
            address, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": PATIENCE}
        )
        event.listen(engine, "connect", _durable_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        # "format": values go by position, as with SQLite, which is how `Prepared` hands them over
        engine = create_engine(address, hide_parameters=True, pool_pre_ping=True, paramstyle="format")
        event.listen(engine, "connect", _durable_postgres)
        event.listen(engine, "begin", _begin_postgres)
    return engine


def _empty_log(raw: sqlite3.Connection) -> bool:
    """Whether nobody was reading."""
    return not raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _durable_sqlite(raw: Any, entry: ConnectionPoolEntry) -> None:
    raw.isolation_level = None  # the driver must not begin on its own: `_begin_sqlite` does, in time for savepoints
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        raw.execute(f"PRAGMA {setting}")
    for setting, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)):
        found = raw.execute(f"PRAGMA {setting}").fetchone()[0]
        if found != wanted:
            raise NotDurable(f"SQLite says {setting} = {found}, and not {wanted}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    (_BEGIN_READING if reads else _BEGIN_WRITING).run(connection, {})


def _durable_postgres(raw: Any, entry: ConnectionPoolEntry) -> None:
    for setting in ("fsync", "synchronous_commit"):
        found = raw.execute(f"SHOW {setting}").fetchone()[0]
        if found == "off":
            raise NotDurable(f"PostgreSQL says {setting} = off")
    raw.commit()


def _begin_postgres(connection: Connection) -> None:
    if not connection.get_execution_options().get("reads", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
