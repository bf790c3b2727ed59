"""A page of what is found: what is on it, whatever else there is, and how little it asks of the database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from bot.reader import Reader
from bot.searching import searched
from decisions.model import Action, Group, Lesson, Meeting, Member, Person, Remark, Role, Room, Stage
from decisions.searching import Query
from storage import search
from storage.search import find
from storage.store import Store
from storage.work import Work
from tests.storage.samples import GROUP, NOW
from tests.storage.test_search import SEALED, poll, revision


def people(work: Work, key: int, name: str) -> None:
    """A group, and who facilitates it."""
    work.put(replace(GROUP, id=key, name=f"Group {key}"), Person(id=key, name=name))
    work.put(Room(id=key, group_id=key, platform="matrix", chat=f"!{key}", name="general"))
    work.put(Member(id=key, group_id=key, person_id=key, joined_at=NOW, role=Role.FACILITATOR))


@pytest.fixture
def garden(store: Store) -> Store:
    """Two groups that speak of gardens in all the ways there are."""
    with store.unit_of_work() as work:
        people(work, 1, "Ana")
        people(work, 2, "Ben")
        work.put(Person(id=3, name="Ana"), Member(id=3, group_id=1, person_id=3, joined_at=NOW))
        work.put(poll(1), revision(1, "Plant a garden"), poll(2, 2, decision=7), revision(2, "Water the garden", by=2))
        work.put(
            Meeting(
                id=1, group_id=1, number=1, room_id=1, by=1, title="In the garden", stage=Stage.ENDED, zone="UTC", uid="m",
                made_at=NOW, **SEALED,
            ),
            Action(id=1, group_id=1, number=1, meeting_id=1, text="Weed the garden", by=3, made_at=NOW, **SEALED),
            Lesson(id=1, group_id=1, number=1, by=1, worked=True, tried="", text="gardens", poll_id=1, at=NOW, **SEALED),
            Lesson(id=2, group_id=1, number=2, by=1, worked=True, tried="", text="no garden", at=NOW, **SEALED),
        )  # fmt: skip
    return store


def page(work: Work, words: str) -> list[tuple[str, str, str, str]]:
    found = searched(work, words, (1, 2), Reader("en", "UTC"), now=NOW, size=10)
    return sorted((one.ref, one.heading, one.group.name, one.by) for one in found.shown)


def test_each_thing_is_called_as_people_call_it(garden: Store) -> None:
    with garden.reading() as work:
        assert page(work, "garden") == [
            ("A-1", "Weed the garden", "Group 1", "Ana #3"),
            ("D-7", "Water the garden", "Group 2", "Ben"),
            ("L-1", "Plant a garden", "Group 1", "Ana #1"),
            ("L-2", "(title taken out)", "Group 1", "Ana #1"),
            ("M-1", "In the garden", "Group 1", "Ana #1"),
            ("P-1", "Plant a garden", "Group 1", "Ana #1"),
        ]


def test_a_page_asks_as_much_of_the_database_whatever_is_on_it(garden: Store) -> None:
    asked: list[str] = []
    with garden.reading() as work:
        event.listen(garden.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        assert len(page(work, "garden")) == 6
    # the languages that are spoken, what holds the words, what is shown of it, and what people are called
    assert len(asked) == 4


def test_reading_sees_one_moment_and_changes_nothing(garden: Store) -> None:
    with garden.reading() as work:
        before = page(work, "garden")
        with garden.unit_of_work() as other:
            other.put(Remark(id=1, group_id=1, poll_id=1, by=1, text="gardeners", at=NOW, **SEALED))
            other.put(poll(3), revision(3, "Another garden"))
        assert page(work, "garden") == before
    with garden.reading() as work:
        assert len(page(work, "garden")) == len(before) + 1
    if garden.engine.dialect.name == "postgresql":
        with garden.reading() as work, pytest.raises(DBAPIError, match="read-only"):
            work.connection.execute(text("DELETE FROM entries"))
    with garden.unit_of_work() as work:  # and whoever has the connection next may write
        work.put(replace(work.the(Group, id=1), name="Gardeners"))


def found(store: Store, **asked: Any) -> list[tuple[str, int]]:
    with store.reading() as work:
        return [(one.ref, one.more) for one in find(work, Query(**asked), [1]).hits]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the three newest texts are looked at."""
    monkeypatch.setattr(search, "RANKED", 3)


def test_what_is_called_so_is_found_among_ever_so_many_newer_texts(garden: Store, few: None) -> None:
    with garden.unit_of_work() as work:
        work.put(poll(4), revision(4, "Rent a shed", at=NOW - timedelta(days=900)), poll(5), revision(5, "Else"))
        for key in range(10, 16):
            work.put(Remark(id=key, group_id=1, poll_id=5, by=1, text="that shed, and this rent", at=NOW, **SEALED))
        work.put(poll(6), revision(6, "Something", "to rent for a shed"))
    assert found(garden, words="shed rent") == [("P-4", 0), ("P-6", 0), ("P-5", 1)]
    assert found(garden, phrases=("rent a shed",)) == [("P-4", 0)]
    assert found(garden, phrases=("shed a rent",)) == []
    with garden.reading() as work:
        every = find(work, Query(words="shed"), [1])
        one = find(work, Query(phrases=("rent a shed",)), [1])
    assert (every.total, every.more, one.total, one.more) == (3, True, 1, False)


def test_filters_hold_for_what_is_called_so_too(garden: Store, few: None) -> None:
    assert found(garden, words="garden", outcomes=frozenset({"open"})) == [("P-1", 0), ("A-1", 0)]
    assert found(garden, words="garden", by="nobody") == found(garden, by="nobody") == []
    assert [ref for ref, _ in found(garden, outcomes=frozenset({"worked"}))] == ["L-2", "L-1"]
