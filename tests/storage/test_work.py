"""Work: what a use case asks of storage inside one transaction, and no more written than has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from decisions.model import Concern, Group, Member, Poll, Post, Voter
from storage.store import Store
from storage.work import Work
from tests.storage.samples import CONCERN, NOW, POLL


@contextmanager
def statements(work: Work) -> Iterator[list[str]]:
    """The statements that a transaction sends."""
    sent: list[str] = []

    def hear(*heard: Any) -> None:
        sent.append(heard[2])

    event.listen(work.connection, "before_cursor_execute", hear)
    yield sent
    event.remove(work.connection, "before_cursor_execute", hear)


def test_an_unchanged_value_is_not_written(peopled: Store) -> None:
    with peopled.unit_of_work() as work:
        group, poll = work.the(Group, id=1), work.all(Poll)[0]
        with statements(work) as sent:
            work.put(group, replace(group), poll)
        assert sent == []


def test_of_a_changed_value_the_change_is_written(peopled: Store) -> None:
    with peopled.unit_of_work() as work:
        group = work.the(Group, id=1)
        with statements(work) as sent:
            work.put(replace(group, name="Others"))
            work.put(replace(group, name="Others"))
        (one,) = sent
    assert one.startswith("UPDATE groups SET name=")
    assert one.count("=") == 2


def test_due_at_goes_with_every_change_of_a_poll(peopled: Store) -> None:
    moved = POLL.review_at and POLL.review_at + timedelta(days=1)
    with peopled.unit_of_work() as work:
        work.put(replace(work.the(Poll, id=1), review_at=moved))
        assert work.connection.exec_driver_sql("SELECT due_at = review_at FROM polls").scalar()


def test_a_dropped_value_is_gone_and_can_come_back(peopled: Store) -> None:
    voter = Voter(poll_id=1, member_id=1)
    with peopled.unit_of_work() as work:
        work.put(voter)
        work.drop(voter)
        assert work.get(Voter, poll_id=1, member_id=1) is None
        work.put(voter)
        assert work.all(Voter) == [voter]


def test_what_is_not_there_is_said(store: Store) -> None:
    with store.reading() as work:
        assert work.get(Member, id=7) is None
        with pytest.raises(LookupError, match="Member"):
            work.the(Member, id=7)


def test_ids_and_numbers_go_on_from_the_last(peopled: Store) -> None:
    with peopled.unit_of_work() as work:
        assert (work.next_id(Post), work.next_id(Poll)) == (1, 2)
        assert (work.next_number(Poll, 1), work.next_number(Poll, 1, "decision")) == (8, 5)
        assert (work.next_number(Poll, 2), work.next_number(Concern, 1)) == (1, 1)
        work.put(CONCERN)
        assert work.next_number(Concern, 1) == 4


def test_a_request_is_new_once(store: Store) -> None:
    with store.unit_of_work() as work:
        assert work.first_time("matrix:1", NOW)
        assert not work.first_time("matrix:1", NOW)
    with store.unit_of_work() as work:
        assert not work.first_time("matrix:1", NOW)
        work.forget_requests(NOW)
        assert not work.first_time("matrix:1", NOW)
        work.forget_requests(NOW + timedelta(seconds=1))
        assert work.first_time("matrix:1", NOW)
