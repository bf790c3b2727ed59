"""Times that are fair: found fast and found plainly they are the same, and the reason is told with them."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import fairness, lanes, slots
from decisions.fairness import BAD, FITS, NEED_BE, NIGHT, week_of
from decisions.model import Borne
from decisions.slots import Seeker, best
from tests.decisions import seekers as plain

HOUR = timedelta(hours=1)
OFFICE = week_of([f"{day} 09:00-17:00" for day in range(1, 6)])


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@given(st.data())
def test_the_fast_search_finds_what_the_plain_one_finds(data: st.DataObject) -> None:
    begin = data.draw(st.sampled_from(plain.BEGINS))
    some = data.draw(plain.seekers(begin))
    lasts = timedelta(minutes=data.draw(st.sampled_from((15, 25, 60, 90, 240))))
    end = begin + timedelta(minutes=data.draw(st.integers(0, 3 * 1440)))
    wanted = data.draw(st.integers(1, 7))
    assert [one.rank for one in best(some, begin, end, lasts=lasts, wanted=wanted)] == plain.plain_best(
        some, begin, end, lasts, wanted
    )


@given(st.data())
def test_every_time_is_ranked_as_it_is_by_itself(data: st.DataObject) -> None:
    begin = data.draw(st.sampled_from(plain.BEGINS))
    some = data.draw(plain.seekers(begin))
    steps = lanes.steps_of(begin, begin + timedelta(days=2), HOUR, fairness.STEP)
    for *rank, number in lanes.ranked(some, steps):
        assert (*rank, steps.at(number)) == plain.plain_rank(some, steps.at(number), HOUR)


def test_for_two_hundred_members_in_forty_zones_both_find_the_same() -> None:
    begin, draw = at("2026-10-20T00:00"), random.Random(7)  # clocks change on two of the days
    zones = draw.sample(sorted(available_timezones()), 40)
    hours = [begin + hour * HOUR for hour in range(14 * 24)]
    members = [
        Seeker(
            number,
            zones[number % 40],
            OFFICE if number % 3 else None,
            tuple((one, one + HOUR) for one in draw.sample(hours, number % 7)),
            draw.randrange(60),
        )
        for number in range(200)
    ]
    end = begin + timedelta(days=14)
    assert [one.rank for one in best(members, begin, end)] == plain.plain_best(members, begin, end, HOUR, 5)


@pytest.mark.parametrize(
    ("clock", "costs"),
    [
        ("00:00", NIGHT),
        ("05:59", NIGHT),
        ("06:00", BAD),
        ("07:59", BAD),
        ("08:00", FITS),
        ("20:59", FITS),
        ("21:00", BAD),
    ],
)
def test_a_day_without_hours_of_ones_own(clock: str, costs: int) -> None:
    assert fairness.cost("UTC", None, at(f"2026-12-01T{clock}"), timedelta(minutes=1)) == costs


@pytest.mark.parametrize(
    ("when", "costs"),
    [
        ("2026-12-01T09:00", FITS),
        ("2026-12-01T16:00", FITS),
        ("2026-12-01T16:01", NEED_BE),
        ("2026-12-05T12:00", NEED_BE),  # a Saturday
        ("2026-12-01T20:15", BAD),
        ("2026-12-01T23:30", NIGHT),
    ],
)
def test_an_hour_costs_what_its_worst_moment_does(when: str, costs: int) -> None:
    assert fairness.cost("UTC", OFFICE, at(when), HOUR) == costs


def test_who_says_that_the_night_suits_them_pays_nothing_for_it() -> None:
    owl = week_of(["7 22:00-04:00"])
    assert owl is not None
    assert fairness.cost("UTC", owl, at("2026-12-07T03:00"), HOUR) == FITS  # Monday, from Sunday's hours
    assert fairness.cost("UTC", owl, at("2026-12-07T03:30"), HOUR) == NIGHT
    assert fairness.cost("UTC", owl, at("2026-12-08T03:00"), HOUR) == NIGHT


def test_no_hours_are_no_week() -> None:
    assert week_of([]) is None


def test_the_worst_off_come_first_then_all_together() -> None:
    three = [Seeker(1, "Europe/Berlin"), Seeker(2, "America/New_York"), Seeker(3, "Asia/Tokyo")]
    first = best(three, at("2026-12-01T00:00"), at("2026-12-02T00:00"), wanted=1)[0]
    assert first.worst == BAD  # somebody is up early or late, and nobody in the night
    assert [one.cost for one in first.costs] == [BAD] * len(first.costs)
    assert first.total == BAD * len(first.costs)


@pytest.mark.parametrize(("borne", "bearer"), [((9, 0), 2), ((0, 9), 1)])
def test_of_equals_those_bear_it_who_have_borne_least(borne: tuple[int, int], bearer: int) -> None:
    two = [Seeker(1, "Asia/Tokyo", borne=borne[0]), Seeker(2, "America/New_York", borne=borne[1])]
    # four hours are one too many for them: either it begins at 7 in Tokyo, or ends at 22 in New York
    found = best(two, at("2026-12-01T00:00"), at("2026-12-03T00:00"), lasts=4 * HOUR, wanted=1)[0]
    assert [one.member_id for one in found.costs] == [bearer]


def test_who_cannot_is_worse_off_than_who_wakes_at_night() -> None:
    day = ((at("2026-12-01T06:00"), at("2026-12-01T22:00")),)
    two = [Seeker(1, "UTC", busy=day), Seeker(2, "UTC")]
    found = best(two, at("2026-12-01T00:00"), at("2026-12-01T22:30"), wanted=1)[0]
    assert (found.absent, found.worst) == ((), NIGHT)


def test_proposals_are_not_five_quarters_of_one_evening() -> None:
    week = best([Seeker(1, "UTC"), Seeker(2, "Europe/Berlin")], at("2026-12-01T00:00"), at("2026-12-08T00:00"))
    assert len({one.starts_at.date() for one in week}) == 5
    day = best([Seeker(1, "UTC")], at("2026-12-01T00:00"), at("2026-12-02T00:00"))
    assert all(later - earlier >= 3 * HOUR for earlier, later in pairwise(sorted(one.starts_at for one in day)))
    assert len(day) == 5
    afternoon = best([Seeker(1, "UTC")], at("2026-12-01T14:00"), at("2026-12-01T17:00"))
    assert [one.starts_at.hour for one in afternoon] == [14, 15, 16]


def test_nothing_fits_in_no_time() -> None:
    assert best([Seeker(1, "UTC")], at("2026-12-01T14:00"), at("2026-12-01T14:59")) == ()
    assert best([Seeker(1, "UTC")], at("2026-12-01T14:00"), at("2026-11-01T14:59")) == ()
    assert len(best([], at("2026-12-01T14:00"), at("2026-12-01T15:00"))) == 1


def test_a_clock_that_changes_counts_on_the_day_itself() -> None:
    berlin = [Seeker(1, "Europe/Berlin")]
    before = best(berlin, at("2026-03-28T00:00"), at("2026-03-29T00:00"), wanted=1)[0]
    after = best(berlin, at("2026-03-29T00:00"), at("2026-03-30T00:00"), wanted=1)[0]
    assert (before.starts_at.hour, after.starts_at.hour) == (7, 6)  # both are 8:00 in Berlin


# -- twins ------------------------------------------------------------------------------------------------------------


@given(st.data())
def test_the_fast_pair_is_the_plain_pair(data: st.DataObject) -> None:
    begin = data.draw(st.sampled_from(plain.BEGINS))
    some = data.draw(plain.seekers(begin))
    lasts = timedelta(minutes=data.draw(st.sampled_from((30, 60, 240))))
    end = begin + timedelta(minutes=data.draw(st.integers(0, 2 * 1440)))
    found = slots.twins(some, begin, end, lasts=lasts)
    expected = plain.plain_twins(some, begin, end, lasts)
    assert (found and (found[0].starts_at, found[1].starts_at)) == (expected and expected[3:])
    if found and expected:
        assert len(found[0].absent) == expected[0]
        assert found[0].total + found[1].total == expected[2]


def test_twins_serve_both_sides_of_the_world() -> None:
    three = [Seeker(1, "Asia/Tokyo"), Seeker(2, "Europe/Berlin"), Seeker(3, "America/Los_Angeles")]
    found = slots.twins(three, at("2026-12-01T00:00"), at("2026-12-03T00:00"), lasts=4 * HOUR)
    assert found is not None
    assert [(one.absent, one.worst) for one in found] == [((), FITS), ((), FITS)]


def test_there_are_no_twins_where_one_serves_all() -> None:
    two = [Seeker(1, "UTC"), Seeker(2, "Europe/Berlin")]
    assert slots.twins(two, at("2026-12-01T00:00"), at("2026-12-03T00:00")) is None


def test_there_are_no_twins_where_a_second_helps_nobody() -> None:
    always = ((at("2026-11-01T00:00"), at("2027-01-01T00:00")),)
    two = [Seeker(1, "UTC", busy=always), Seeker(2, "UTC")]
    assert slots.twins(two, at("2026-12-01T00:00"), at("2026-12-03T00:00")) is None
    assert slots.twins([], at("2026-12-01T00:00"), at("2026-12-03T00:00")) is None


def test_who_can_come_to_neither_is_said_of_both() -> None:
    always = ((at("2026-11-01T00:00"), at("2027-01-01T00:00")),)
    mornings = ((at("2026-12-01T00:00"), at("2026-12-01T12:00")),)
    evenings = ((at("2026-12-01T12:00"), at("2026-12-02T00:00")),)
    three = [Seeker(1, "UTC", busy=always), Seeker(2, "UTC", busy=mornings), Seeker(3, "UTC", busy=evenings)]
    found = slots.twins(three, at("2026-12-01T00:00"), at("2026-12-02T00:00"))
    assert found is not None
    assert [one.absent for one in found] == [(1,), (1,)]


# -- the reason -------------------------------------------------------------------------------------------------------

ANA, BAO = 1, 2


def test_the_reason_names_the_worst_hour_and_whose_turn_it_was() -> None:
    proposed = slots.at([Seeker(ANA, "America/New_York"), Seeker(BAO, "UTC")], at("2026-12-01T07:00"), HOUR)
    ledger = [
        Borne(meeting_id=1, member_id=ANA, local="23:00", cost=BAD, at=at("2026-10-01T00:00")),
        Borne(meeting_id=2, member_id=ANA, local="21:00", cost=BAD, at=at("2026-11-01T00:00")),
        Borne(meeting_id=2, member_id=BAO, local="01:00", cost=NIGHT, at=at("2026-11-01T00:00")),
    ]
    reason = fairness.why(proposed.costs, ledger)
    assert reason is not None
    assert (reason.bears.member_id, reason.bears.clock, reason.others) == (ANA, "02:00", 0)
    assert reason.last is not None
    assert reason.last.member_id == BAO


def test_of_several_the_reason_names_whose_turn_it_is() -> None:
    proposed = slots.at([Seeker(ANA, "UTC"), Seeker(BAO, "UTC")], at("2026-12-01T02:00"), HOUR)
    ledger = [Borne(meeting_id=1, member_id=ANA, local="23:00", cost=BAD, at=at("2026-10-01T00:00"))]
    reason = fairness.why(proposed.costs, ledger)
    assert reason is not None
    assert (reason.bears.member_id, reason.others) == (BAO, 1)


def test_there_is_no_reason_where_nobody_bears_a_bad_hour() -> None:
    proposed = slots.at([Seeker(ANA, "UTC", OFFICE)], at("2026-12-05T12:00"), HOUR)
    assert proposed.total == NEED_BE
    assert fairness.why(proposed.costs, []) is None


def test_the_ledger_holds_bad_hours_alone() -> None:
    line = fairness.borne(5, ANA, "America/New_York", None, at("2026-12-01T07:00"), HOUR)
    assert line == Borne(meeting_id=5, member_id=ANA, local="02:00", cost=NIGHT, at=at("2026-12-01T07:00"))
    assert fairness.borne(5, ANA, "UTC", OFFICE, at("2026-12-05T12:00"), HOUR) is None
    assert line is not None
    assert fairness.burdens([line, line]) == {ANA: 2 * NIGHT}
