"""What the tests of storage share."""

import asyncio
from collections.abc import Iterator
from contextlib import closing

import pytest

from storage.store import Store
from tests.conftest import KINDS, NewDatabase
from tests.storage.eventful import play
from tests.storage.samples import AFFILIATE, GROUP, MEMBER, PERSON, POLL, ROOM


@pytest.fixture
def peopled(store: Store) -> Store:
    """A store with a group, a room, a member and a poll."""
    with store.unit_of_work() as work:
        work.put(GROUP, ROOM, PERSON, AFFILIATE, MEMBER, POLL)
    return store


@pytest.fixture(scope="session")
def eventful_sqlite(new_database: NewDatabase, sqlite: NewDatabase) -> Iterator[str]:
    """The URL of a database in which the eventful conversation has happened, to be copied."""
    with new_database("sqlite") as url:
        yield _happened(url)


@pytest.fixture(scope="session")
def eventful_postgresql(new_database: NewDatabase, postgresql: NewDatabase) -> Iterator[str]:
    """The same on PostgreSQL, for as long as its server runs."""
    with new_database("postgresql") as url:
        yield _happened(url)


def _happened(url: str) -> str:
    with closing(Store(url)) as store:
        asyncio.run(play(store))
    return url


@pytest.fixture(params=KINDS)
def played(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[Store]:
    """A store of one's own in which the eventful conversation has happened."""
    like = request.getfixturevalue(f"eventful_{request.param}")
    with new_database(request.param, like=like) as url, closing(Store(url)) as store:
        yield store
