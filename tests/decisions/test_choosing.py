"""Choosing among times: which one wins, how long people are asked, and what cannot be added, dropped or said."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from decisions import choosing
from decisions.choosing import IF_NEED_BE, NO, YES, Burden
from decisions.model import Meeting, Member, Role, Slot, Stage, Suits
from decisions.refusals import (
    LastSlot,
    MeetingNotSo,
    NoSlotsYet,
    SlotTwice,
    TimeInPast,
    TooManySlots,
    UnknownSlot,
    UntilTooLate,
)

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
ANA = Member(id=1, group_id=1, person_id=1, role=Role.MEMBER, joined_at=NOW)
MEETING = Meeting(
    id=1, group_id=1, number=3, room_id=1, by=1, title="Budget", stage=Stage.ASKED, zone="UTC",
    ask_until=NOW + timedelta(hours=18), uid="m", made_at=NOW, salt="s", seal="",
)  # fmt: skip


def slot(number: int, days: float = 0, *, dropped: bool = False) -> Slot:
    at = NOW + timedelta(days=days or number)
    return Slot(meeting_id=1, number=number, wall=f"{at:%Y-%m-%dT%H:%M}", starts_at=at, by=None, dropped=dropped)


SLOTS = [slot(1), slot(2), slot(3)]


def said(marks: dict[int, str]) -> list[Suits]:
    """Slot number -> a letter for each member: y, m(aybe), n, or - for none."""
    letters = {"y": YES, "m": IF_NEED_BE, "n": NO}
    return [
        Suits(meeting_id=1, slot=number, member_id=member, mark=letters[letter], at=NOW)
        for number, all_ in marks.items()
        for member, letter in enumerate(all_, 1)
        if letter != "-"
    ]


@pytest.mark.parametrize(
    ("marks", "wins"),
    [
        ({1: "yy-", 2: "yyy", 3: "yyn"}, 2),
        ({1: "mmm", 2: "yy-", 3: "yyn"}, 1),
        ({1: "ymm", 2: "yym", 3: "mmm"}, 2),
        ({1: "nnn", 2: "nnn", 3: "nnm"}, 3),
        ({1: "yy", 2: "yy", 3: "yy"}, 1),
        ({1: "nnn", 2: "nnn"}, None),
        ({}, None),
    ],
)
def test_most_can_come_then_fewest_if_need_be_then_the_earliest(marks: dict[int, str], wins: int | None) -> None:
    found = choosing.winner(SLOTS, said(marks), {})
    assert (found and found.number) == wins


def test_of_equals_the_fairest_wins_before_the_earliest() -> None:
    burdens: dict[int, Burden] = {1: (7, 7, 0), 2: (3, 9, 1), 3: (3, 9, 0)}
    found = choosing.winner(SLOTS, said({1: "yy", 2: "yy", 3: "yy"}), burdens)
    assert found == SLOTS[2]


@given(
    some.lists(some.tuples(some.integers(1, 3), some.integers(1, 5), some.sampled_from(choosing.MARKS))), some.randoms()
)
def test_the_order_of_answers_never_matters(marks: list[tuple[int, int, int]], random: object) -> None:
    once = {(number, member): mark for number, member, mark in marks}
    answers = [
        Suits(meeting_id=1, slot=number, member_id=member, mark=mark, at=NOW) for (number, member), mark in once.items()
    ]
    found = choosing.winner(SLOTS, answers, {})
    shuffled = list(answers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choosing.winner(list(reversed(SLOTS)), shuffled, {}) == found
    counted = choosing.counts(SLOTS, answers)
    assert (found is None) == (not any(one.can for one in counted.values()))
    assert found is None or counted[found.number].can == max(one.can for one in counted.values())


def test_a_slot_suits_everyone_where_each_said_yes() -> None:
    assert choosing.suits_everyone(SLOTS, said({1: "yy", 2: "ym", 3: "y-"}), [1, 2]) == [SLOTS[0]]
    assert choosing.suits_everyone(SLOTS, said({1: "yy"}), []) == []


@pytest.mark.parametrize(
    ("first", "until"),
    [
        (timedelta(days=10), timedelta(days=3)),
        (timedelta(days=3), timedelta(days=2)),
        (timedelta(hours=30), timedelta(hours=15)),
        (timedelta(hours=2), timedelta(hours=1)),
        (timedelta(hours=9, minutes=3), timedelta(hours=4, minutes=30)),
        (timedelta(minutes=10), timedelta(minutes=5)),
    ],
)
def test_people_are_asked_for_three_days_or_up_to_a_day_before(first: timedelta, until: timedelta) -> None:
    assert choosing.ask_until(NOW + first, NOW) == NOW + until


def test_nobody_is_asked_up_to_the_first_of_the_times_or_in_the_past() -> None:
    with pytest.raises(UntilTooLate):
        choosing.check_until(NOW + timedelta(days=1), NOW + timedelta(days=1), NOW)
    with pytest.raises(TimeInPast):
        choosing.check_until(NOW, NOW + timedelta(days=1), NOW)


def test_a_slot_gets_a_number_that_none_had() -> None:
    added, meeting = choosing.add(
        MEETING, [slot(1), slot(2, dropped=True)], "2026-03-09T18:00", NOW + timedelta(days=7), by=ANA, now=NOW
    ).puts
    assert isinstance(added, Slot)
    assert isinstance(meeting, Meeting)
    assert (added.number, added.by, meeting.version) == (3, 1, 2)
    assert meeting.ask_until == MEETING.ask_until


def test_an_earlier_slot_has_people_asked_for_less_long() -> None:
    change = choosing.add(MEETING, SLOTS, "2026-03-03T08:00", NOW + timedelta(hours=14), by=ANA, now=NOW)
    meeting = next(one for one in change.puts if isinstance(one, Meeting))
    assert meeting.ask_until == meeting.wake_at == NOW + timedelta(hours=7)


def test_what_cannot_be_added() -> None:
    def add(slots: list[Slot], days: float, meeting: Meeting = MEETING) -> None:
        choosing.add(meeting, slots, "", NOW + timedelta(days=days), by=ANA, now=NOW)

    with pytest.raises(SlotTwice):
        add(SLOTS, 2)
    with pytest.raises(TimeInPast):
        add(SLOTS, -1)
    with pytest.raises(TooManySlots):
        add([slot(number) for number in range(1, 21)], 30)
    add([slot(number, dropped=number == 7) for number in range(1, 21)], 7)
    with pytest.raises(MeetingNotSo):
        add(SLOTS, 4, Meeting(**{**{one: getattr(MEETING, one) for one in Meeting.__slots__}, "stage": Stage.SET}))


def test_the_last_slot_stays() -> None:
    dropped, meeting = choosing.drop(MEETING, SLOTS, 1, now=NOW).puts
    assert dropped == slot(1, dropped=True)
    assert isinstance(meeting, Meeting)
    assert meeting.version == 2
    with pytest.raises(LastSlot):
        choosing.drop(MEETING, [slot(1), slot(2, dropped=True)], 1, now=NOW)
    with pytest.raises(UnknownSlot):
        choosing.drop(MEETING, [slot(1), slot(2, dropped=True)], 2, now=NOW)
    with pytest.raises(NoSlotsYet):
        choosing.drop(MEETING, [], 2, now=NOW)


def test_an_answer_said_twice_is_said_once() -> None:
    before = said({1: "y"})
    assert choosing.answer(MEETING, SLOTS, before, {1: YES}, by=ANA, now=NOW).puts == ()
    change = choosing.answer(MEETING, SLOTS, before, {1: YES, 2: NO}, by=ANA, now=NOW)
    assert [one.slot for one in change.puts if isinstance(one, Suits)] == [2]
    with pytest.raises(UnknownSlot):
        choosing.answer(MEETING, SLOTS, before, {1: YES, 9: NO}, by=ANA, now=NOW)
