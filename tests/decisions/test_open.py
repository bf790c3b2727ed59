"""Five polls of one's own may be open or scheduled in a room, and no more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from decisions.model import Poll, Status
from decisions.proposals import MOST_OPEN, check_open
from decisions.refusals import TooManyOpen

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
POLL = Poll(
    id=1,
    group_id=1,
    number=1,
    room_id=1,
    by=1,
    template="consensus",
    method="consensus",
    options=(),
    status=Status.OPEN,
    made_at=NOW,
    opens_at=NOW,
    closes_at=NOW + timedelta(days=7),
)


def polls(count: int, status: Status = Status.OPEN) -> list[Poll]:
    return [replace(POLL, id=number, number=number, status=status) for number in range(1, count + 1)]


def test_a_sixth_is_refused_with_the_ids_of_the_five() -> None:
    with pytest.raises(TooManyOpen) as no:
        check_open(polls(MOST_OPEN), NOW)
    assert no.value.values() == (5, ("P-1", "P-2", "P-3", "P-4", "P-5"), "withdraw P-1")


def test_a_scheduled_poll_counts_as_an_open_one() -> None:
    with pytest.raises(TooManyOpen):
        check_open([*polls(4), replace(POLL, status=Status.SCHEDULED, opens_at=NOW + timedelta(days=1))], NOW)


def test_a_fifth_is_not_refused() -> None:
    check_open(polls(MOST_OPEN - 1), NOW)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_what_is_over_does_not_count(status: Status) -> None:
    check_open(polls(MOST_OPEN, status), NOW)


def test_what_is_about_to_be_closed_does_not_count() -> None:
    check_open(polls(MOST_OPEN), POLL.closes_at)
