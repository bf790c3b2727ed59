"""Seeing: one's own groups and the public ones, and no other."""

from dataclasses import replace

from decisions.model import Openness
from storage.seeing import visible
from storage.store import Store
from tests.storage.samples import GROUP


def test_own_groups_and_public_ones_are_seen(store: Store) -> None:
    with store.unit_of_work() as work:
        for key, openness in enumerate((Openness.PUBLIC, Openness.MEMBERS, Openness.OFF), start=11):
            work.put(replace(GROUP, id=key, openness=openness))
        assert visible(work, []) == {11}
        assert visible(work, [13]) == {11, 13}
