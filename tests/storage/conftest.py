"""What the tests of storage share."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache

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


Played = Callable[[str], str]
"""`conversation(kind)`: the URL of a database in which the eventful conversation has happened, to be copied."""


@pytest.fixture(scope="session")
def conversation(new_database: NewDatabase) -> Iterator[Played]:
    """The eventful conversation, played once for each kind of database."""
    with ExitStack() as ending:

        @cache
        def played(kind: str) -> str:
            url = ending.enter_context(new_database(kind))
            with closing(Store(url)) as store:
                asyncio.run(play(store))
            return url

        yield played


@pytest.fixture(params=KINDS)
def played(request: pytest.FixtureRequest, new_database: NewDatabase, conversation: Played) -> Iterator[Store]:
    """A store of one's own in which the eventful conversation has happened."""
    with new_database(request.param, like=conversation(request.param)) as url, closing(Store(url)) as store:
        yield store
