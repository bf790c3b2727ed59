"""What the tests of storage share."""

import pytest

from storage.store import Store
from tests.storage.samples import AFFILIATE, GROUP, MEMBER, PERSON, POLL, ROOM


@pytest.fixture
def peopled(store: Store) -> Store:
    """A store with a group, a room, a member and a poll."""
    with store.unit_of_work() as work:
        work.put(GROUP, ROOM, PERSON, AFFILIATE, MEMBER, POLL)
    return store
