"""The limits: how many acts of an account are followed in a minute, and how little is remembered for it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.limits import MINUTE, MOST, Kind, Limits
from decisions.refusals import Refusal, TooManyCommands, TooManyPresses

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
ANA, BEN = ("matrix", "@ana:here"), ("matrix", "@ben:here")
TWENTY, SIXTY = MOST[Kind.COMMAND], MOST[Kind.PRESS]


@pytest.fixture
def limits() -> Limits:
    return Limits(MOST)


def spend(limits: Limits, count: int, kind: Kind = Kind.COMMAND, apart: timedelta = timedelta(0)) -> datetime:
    """Ana does so many acts, so far apart; when the last of them was."""
    for number in range(count):
        at = NOW + number * apart
        assert not limits.over(ANA, kind, f"act-{number}", at)
        limits.count(ANA, kind, f"act-{number}", at)
    return at


def warned(limits: Limits, key: str, now: datetime, kind: Kind = Kind.COMMAND) -> Refusal | None:
    assert limits.over(ANA, kind, key, now)
    return limits.warning(ANA, kind, key, now)


def test_the_twenty_first_is_one_too_many(limits: Limits) -> None:
    now = spend(limits, TWENTY, apart=timedelta(seconds=2))
    no = warned(limits, "more", now + timedelta(milliseconds=500))
    assert isinstance(no, TooManyCommands)
    assert (no.limit, no.seconds) == (20, 22)


def test_the_sixty_first_press_is_one_too_many(limits: Limits) -> None:
    no = warned(limits, "more", spend(limits, SIXTY, Kind.PRESS), Kind.PRESS)
    assert isinstance(no, TooManyPresses)
    assert (no.limit, no.seconds) == (60, 60)


def test_one_warning_a_minute(limits: Limits) -> None:
    now = spend(limits, TWENTY)
    assert warned(limits, "first", now) is not None
    assert [warned(limits, f"more-{number}", now) for number in range(5)] == [None] * 5
    later = now + MINUTE
    for number in range(TWENTY):
        limits.count(ANA, Kind.COMMAND, f"later-{number}", later)
    assert warned(limits, "again", later) is not None


def test_no_second_warning_where_a_place_is_taken_as_soon_as_it_is_free(limits: Limits) -> None:
    spend(limits, TWENTY, apart=timedelta(seconds=1))
    assert warned(limits, "first", NOW + timedelta(seconds=30)) is not None
    free = NOW + MINUTE
    assert not limits.over(ANA, Kind.COMMAND, "next", free)
    limits.count(ANA, Kind.COMMAND, "next", free)
    assert warned(limits, "after", free) is None


def test_what_was_warned_of_is_warned_of_again_when_it_is_delivered_again(limits: Limits) -> None:
    now = spend(limits, TWENTY)
    assert warned(limits, "first", now) is not None
    assert warned(limits, "first", now) is not None


@pytest.mark.parametrize("passed", [MINUTE - timedelta(microseconds=1), timedelta(0)])
def test_a_place_is_not_free_before_its_minute_is_over(limits: Limits, passed: timedelta) -> None:
    spend(limits, TWENTY)
    assert limits.over(ANA, Kind.COMMAND, "more", NOW + passed)


def test_each_place_is_free_after_a_minute_of_its_own(limits: Limits) -> None:
    spend(limits, TWENTY, apart=timedelta(seconds=1))
    assert not limits.over(ANA, Kind.COMMAND, "more", NOW + MINUTE)
    limits.count(ANA, Kind.COMMAND, "more", NOW + MINUTE)
    assert limits.over(ANA, Kind.COMMAND, "one more", NOW + MINUTE)


def test_what_is_delivered_again_counts_once_and_is_never_too_much(limits: Limits) -> None:
    spend(limits, TWENTY)
    assert not limits.over(ANA, Kind.COMMAND, "act-0", NOW)
    fresh = Limits(MOST)
    for _ in range(3 * TWENTY):
        fresh.count(ANA, Kind.COMMAND, "the same", NOW)
    assert not fresh.over(ANA, Kind.COMMAND, "more", NOW)


def test_presses_and_commands_and_accounts_are_counted_apart(limits: Limits) -> None:
    now = spend(limits, TWENTY)
    assert not limits.over(ANA, Kind.PRESS, "more", now)
    assert not limits.over(BEN, Kind.COMMAND, "more", now)
    assert not limits.over(("telegram", ANA[1]), Kind.COMMAND, "more", now)


def test_without_a_limit_nothing_is_remembered() -> None:
    limits = Limits({})
    spend(limits, 1000)
    assert len(limits) == 0


def test_who_is_quiet_for_a_minute_is_let_go_of(limits: Limits) -> None:
    for number in range(1000):
        limits.count(("matrix", f"@{number}:here"), Kind.COMMAND, "act", NOW)
    assert len(limits) == 1000
    limits.count(BEN, Kind.COMMAND, "act", NOW + MINUTE)
    assert len(limits) == 1


def test_who_went_on_is_not_let_go_of(limits: Limits) -> None:
    limits.count(ANA, Kind.COMMAND, "act", NOW)
    limits.count(BEN, Kind.COMMAND, "act", NOW)
    limits.count(ANA, Kind.COMMAND, "more", NOW + MINUTE / 2)
    limits.count(ANA, Kind.PRESS, "press", NOW + MINUTE)
    assert len(limits) == 2


def test_a_clock_that_is_put_back_shuts_nobody_out(limits: Limits) -> None:
    spend(limits, TWENTY)
    assert not limits.over(ANA, Kind.COMMAND, "more", NOW - timedelta(hours=1))
