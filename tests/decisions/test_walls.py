"""Clocks on walls: they come once, twice or never, and show what a series does to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import walls
from decisions.refusals import SkippedTime, UnknownTime
from tests.decisions.seekers import ZONES


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "times"),
    [
        ("2026-12-01T18:00", "Europe/Berlin", 1),
        ("2026-03-29T01:59", "Europe/Berlin", 1),
        ("2026-03-29T02:00", "Europe/Berlin", 0),
        ("2026-03-29T02:59", "Europe/Berlin", 0),
        ("2026-03-29T03:00", "Europe/Berlin", 1),
        ("2026-10-25T02:00", "Europe/Berlin", 2),
        ("2026-10-25T02:59", "Europe/Berlin", 2),
        ("2026-10-25T03:00", "Europe/Berlin", 1),
        ("2026-04-05T01:30", "Australia/Lord_Howe", 2),  # half an hour only
        ("2026-04-05T01:29", "Australia/Lord_Howe", 1),
        ("2026-09-06T00:30", "America/Santiago", 0),  # a day without a midnight
        ("2011-12-30T12:00", "Pacific/Apia", 0),  # a day that never was
    ],
)
def test_a_wall_time_comes_once_or_twice_or_never(wall: str, zone: str, times: int) -> None:
    assert walls.comes(wall, zone) == times


def test_the_instant_of_a_wall_time() -> None:
    assert walls.instant_of("2026-12-01T18:00", "Asia/Kathmandu") == at("2026-12-01T12:15")
    assert walls.instant_of("2026-10-25T02:30", "Europe/Berlin") == at("2026-10-25T00:30")
    assert walls.instant_of("2026-10-25T02:30", "Europe/Berlin", fold=1) == at("2026-10-25T01:30")


def test_a_time_that_clocks_skip_is_refused_alone_and_later_in_a_series() -> None:
    with pytest.raises(SkippedTime) as refused:
        walls.instant_of("2026-03-29T02:30", "Europe/Berlin")
    assert (refused.value.given, refused.value.zone) == ("2026-03-29 02:30", "Europe/Berlin")
    assert walls.next_instant_of("2026-03-29T02:30", "Europe/Berlin") == at("2026-03-29T01:30")  # 3:30 there


@pytest.mark.parametrize("wall", ["", "soon", "2026-02-30T10:00", "2026-12-01T18:00+01:00", "0001-01-01T00:00"])
def test_what_is_no_wall_time_is_refused(wall: str) -> None:
    with pytest.raises(UnknownTime):
        walls.instant_of(wall, "Asia/Tokyo")


@given(st.integers(0, 17 * 366 * 24 * 60), st.sampled_from(ZONES))
def test_what_a_wall_shows_is_found_again(minutes: int, zone: str) -> None:
    instant = at("2020-01-01T00:00") + timedelta(minutes=minutes)
    wall = walls.wall_of(instant, zone)
    assert walls.comes(wall, zone) in (1, 2)
    assert instant in {walls.instant_of(wall, zone, fold) for fold in (0, 1)}


def test_a_series_keeps_its_wall_time_and_shifts_others() -> None:
    wall = "2026-10-20T17:00"
    again = walls.later(wall, 7)
    before, after = (walls.instant_of(one, "Europe/Berlin") for one in (wall, again))
    assert after - before == timedelta(days=7, hours=1)
    zones = [(1, "Europe/Berlin"), (2, "America/New_York"), (3, "Asia/Kolkata"), (4, "Europe/Paris")]
    shifted = walls.shifts(before, after, zones)
    assert [(one.member_id, one.minutes, one.before, one.after) for one in shifted] == [
        (2, 60, "11:00", "12:00"),
        (3, 60, "20:30", "21:30"),
    ]


def test_a_shift_over_midnight_is_short() -> None:
    shift = walls.shifts(at("2026-10-20T14:30"), at("2026-10-27T15:30"), [(1, "Asia/Tokyo")])[0]
    assert (shift.minutes, shift.before, shift.after) == (60, "23:30", "00:30")
