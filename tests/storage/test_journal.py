"""The journal: one unbroken chain that can be shown to anybody, since it tells who and when by number, and never what."""

import inspect
import json
from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import Row, select

from decisions import events
from decisions.events import Event, GroupMade, RoomJoined
from decisions.model import Group
from storage import journal
from storage.store import Store
from storage.tables import Journal, table
from tests.storage.eventful import NAMES, WORDS, play
from tests.storage.samples import GROUP, NOW

EVENTS = [one for _, one in inspect.getmembers(events, inspect.isclass) if issubclass(one, Event)]
MARKS = ("agree", "disagree", "abstain", "block", "consent", "object", "marks", "options", "reason", "passed")


def lines(store: Store) -> list[Row[Any]]:
    kept = table(Journal).c
    statement = select(kept.number, kept.before, kept.line, kept.hash).order_by(kept.number)
    with store.reading() as work:
        return list(work.connection.execute(statement))


def test_it_holds_no_names_no_words_and_no_marks(played: Store) -> None:
    """So it can be published, and somebody can be forgotten without breaking it."""
    for row in lines(played):
        for word in (*NAMES, *WORDS, *MARKS, "general", "Partnerships", "matrix"):
            assert word.casefold() not in row.line.casefold()


def test_it_is_one_chain_up_to_the_groups_head(played: Store) -> None:
    """Anybody who has the lines can recompute every hash from them alone."""
    head = ""
    for number, row in enumerate(lines(played), start=1):
        assert (row.number, row.before) == (number, head)
        head = journal.chained(head, row.line)
        assert head == row.hash
    with played.reading() as work:
        group = work.the(Group, id=1)
    assert (group.head, group.lines) == (head, number)


async def test_the_same_conversation_makes_the_same_journal(played: Store, sqlite_store: Store) -> None:
    await play(sqlite_store)
    assert lines(played) == lines(sqlite_store)


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_leaves_a_lines_own_fields_alone(kind: type[Event]) -> None:
    assert not {"at", "event"} & {one.name for one in fields(kind)}


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_is_made_of_ids_seals_and_instants(kind: type[Event]) -> None:
    """Nothing in it can hold what somebody wrote. A name that is new here has to be thought about first."""
    ids = {"by", "poll", "group", "room", "member", "revision", "concern", "remark", "earlier", "base"}
    ids |= {"affiliate", "listing", "weight", "proxy", "for_poll", "second", "into", "key"}
    texts = {"seal", "terms", "roll", "role", "seat", "setting", "what", "closes_at", "review_at", "cast_at", "until"}
    assert {one.name for one in fields(kind)} <= ids | texts


def test_a_line_is_canonical(store: Store) -> None:
    with store.unit_of_work() as work:
        work.put(GROUP)
        group = journal.append(work.connection, GROUP, RoomJoined(by=3, room=1), NOW)
        work.put(group)
    (row,) = lines(store)
    assert (row.number, row.before, row.hash) == (1, "", group.head)
    assert row.line == '{"at":"2026-03-02T18:00:00.123456+00:00","by":3,"event":"RoomJoined","room":1}'
    assert journal.parsed(row.line) == json.loads(row.line)


def test_each_group_has_a_chain_of_its_own(store: Store) -> None:
    with store.unit_of_work() as work:
        for one in (GROUP, Group(id=2, name="Others", made_at=NOW)):
            work.put(one)
            work.put(journal.append(work.connection, one, GroupMade(by=None, group=one.id), NOW))
    with store.reading() as work:
        assert [one.lines for one in work.all(Group)] == [1, 1]
    assert [row.before for row in lines(store)] == ["", ""]
