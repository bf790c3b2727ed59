"""What people write of times, and behind `meet`: read rightly or refused, in every language."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot import meant
from bot.meeting import exact, ranges, replies, spans, wishes
from bot.meeting.spans import Span
from decisions.choosing import IF_NEED_BE, NO, YES
from decisions.refusals import (
    BadEvery,
    BadLength,
    BadMarks,
    BadSlots,
    DaysOver,
    GapTime,
    MarkedTwice,
    NoTimeOfDay,
    NoTopic,
    PlaceTooLong,
    Refusal,
    TitleTooLong,
    TooManyDays,
    UnknownDays,
    UnknownSetting,
    UnknownTime,
    UnknownZone,
    UnsureDays,
    UnsureTime,
)

SLOTS = (1, 2, 3, 4)
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def marks(given: str) -> dict[int, int]:
    return replies.read(given, SLOTS, "M-3")


# -- how times suit ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("1 yes", {1: YES}),
        ("1 yes, 2 no, rest if need be", {1: YES, 2: NO, 3: IF_NEED_BE, 4: IF_NEED_BE}),
        ("1 3 yes", {1: YES, 3: YES}),
        ("1, 3 yes", {1: YES, 3: YES}),
        ("1 and 3: yes; 2: no", {1: YES, 3: YES, 2: NO}),
        ("yes 1 3, no 2", {1: YES, 3: YES, 2: NO}),
        ("1-3 yes", {1: YES, 2: YES, 3: YES}),
        ("1=yes 2=no", {1: YES, 2: NO}),
        ("1 ✅ 2 ❌", {1: YES, 2: NO}),
        ("1✅", {1: YES}),
        ("all yes", dict.fromkeys(SLOTS, YES)),
        ("ALL IF NEED BE.", dict.fromkeys(SLOTS, IF_NEED_BE)),
        ("none", dict.fromkeys(SLOTS, NO)),
        ("2 yes, rest no", {1: NO, 2: YES, 3: NO, 4: NO}),
        ("1 yes 1 yes", {1: YES}),
        ("1 oui, 2 non, le reste si besoin", {1: YES, 2: NO, 3: IF_NEED_BE, 4: IF_NEED_BE}),
        ("todos sí", dict.fromkeys(SLOTS, YES)),
        ("1 si, 2 no", {1: YES, 2: NO}),
        ("1 si hace falta", {1: IF_NEED_BE}),
        ("1 نعم، 2 لا، الباقي عند الضرورة", {1: YES, 2: NO, 3: IF_NEED_BE, 4: IF_NEED_BE}),
        ("لا شيء", dict.fromkeys(SLOTS, NO)),
        ("٣ نعم", {3: YES}),
        ("\u200e1 نعم", {1: YES}),
        ("9 yes", {9: YES}),  # that there is no such slot is said by the rules
    ],
)
def test_what_people_write_of_times(given: str, read: dict[int, int]) -> None:
    assert marks(given) == read


@pytest.mark.parametrize(
    "given",
    [
        "",
        "1",
        "yes",
        "no",
        "1 yes 2",
        "1 perhaps not",
        "1 yes and Ben cannot come",
        "none yes",
        "1 none",
        "1 yes, 2 no, 3",
        "yes no",
        "3-1 yes",
        "1-9999 yes",
        "99999 yes",
        "-1 yes",
        "1.5e3 yes",
        "rest",
        "✅",
        "1 yes" * 200,
        "yes" * 10_000,
        "\u202e1 yes\u202e nope",
    ],
)
def test_what_cannot_be_told_notes_nothing(given: str) -> None:
    with pytest.raises(BadMarks):
        marks(given)


def test_a_mark_alone_is_enough_where_there_is_one_time() -> None:
    assert replies.read("yes", (4,), "M-3") == {4: YES}


@pytest.mark.parametrize(
    ("given", "number", "said"),
    [
        ("1 yes, 1 no", 1, ("suits-yes", "suits-no")),
        ("all yes, 2 no", 2, ("suits-yes", "suits-no")),
        ("1 2 yes, 2 if need be", 2, ("suits-yes", "suits-need")),
    ],
)
def test_a_contradiction_is_named(given: str, number: int, said: tuple[str, ...]) -> None:
    with pytest.raises(MarkedTwice) as refused:
        marks(given)
    assert (refused.value.number, refused.value.marks) == (number, said)


@given(some.text(max_size=300))
def test_any_text_is_read_or_refused(given: str) -> None:
    try:
        read = marks(given)
    except (BadMarks, MarkedTwice):
        return
    assert read
    assert set(read.values()) <= {YES, IF_NEED_BE, NO}


# -- which days -------------------------------------------------------------------------------------------------------


def days(given: str, zone: str = "UTC", now: datetime = NOW, language: str = "") -> Span:
    found = wishes.read(f'"Budget" {given}', zone, zone, now, language)
    assert found.at is None
    return found.days


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("next week", (3, 9), (3, 15)),
        ("Next  Week", (3, 9), (3, 15)),
        ("this week", (3, 2), (3, 8)),
        ("tomorrow", (3, 3), (3, 3)),
        ("today", (3, 2), (3, 2)),
        ("in March", (3, 2), (3, 31)),
        ("April", (4, 1), (4, 30)),
        ("next month", (4, 1), (4, 30)),
        ("2026-03-10..2026-03-12", (3, 10), (3, 12)),
        ("2026-03-10…2026-03-12", (3, 10), (3, 12)),
        ("2026-03-10 - 2026-03-12", (3, 10), (3, 12)),
        ("2026-03-10 to 2026-03-12", (3, 10), (3, 12)),
        ("from 2026-03-10 to 2026-03-12", (3, 10), (3, 12)),
        ("2026-03-10", (3, 10), (3, 10)),
        ("2026-02-20..2026-03-05", (3, 2), (3, 5)),
        ("la semaine prochaine", (3, 9), (3, 15)),
        ("en avril", (4, 1), (4, 30)),
        ("du 2026-03-10 au 2026-03-12", (3, 10), (3, 12)),
        ("aujourd'hui", (3, 2), (3, 2)),
        ("la próxima semana", (3, 9), (3, 15)),
        ("en abril", (4, 1), (4, 30)),
        ("mañana", (3, 3), (3, 3)),
        ("الأسبوع القادم", (3, 9), (3, 15)),
        ("في أبريل", (4, 1), (4, 30)),
    ],
)
def test_which_days_people_mean(given: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert days(given) == Span(date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    ("given", "language", "first", "last"),
    [
        ("10 march to 12 march", "en", (3, 10), (3, 12)),
        ("March 10 to March 12, 2026", "en", (3, 10), (3, 12)),
        ("from 10 to 12 march 2026", "en", (3, 10), (3, 12)),
        ("between the 10th and the 12th of march", "en", (3, 10), (3, 12)),
        ("10-12 March", "en", (3, 10), (3, 12)),
        ("march 10–12", "en", (3, 10), (3, 12)),
        ("31 march .. 2 april", "en", (3, 31), (4, 2)),
        ("tuesday to thursday", "en", (3, 3), (3, 5)),
        ("du 10 au 12 mars", "fr", (3, 10), (3, 12)),
        ("10 mars au 2 avril", "fr", (3, 10), (4, 2)),
        ("10 march to 12 march", "fr", (3, 10), (3, 12)),
        ("del 10 al 12 de marzo", "es", (3, 10), (3, 12)),
        ("vom 10. bis zum 12. März", "de", (3, 10), (3, 12)),
        ("de 10 a 12 de março", "pt", (3, 10), (3, 12)),
        ("من ١٠ مارس إلى ١٢ مارس", "ar", (3, 10), (3, 12)),
        ("weekend", "en", (3, 7), (3, 8)),
        ("this weekend", "en", (3, 7), (3, 8)),
        ("ce week-end", "fr", (3, 7), (3, 8)),
        ("el fin de semana", "es", (3, 7), (3, 8)),
        ("نهاية الأسبوع", "ar", (3, 7), (3, 8)),
    ],
)
def test_which_days_people_mean_in_their_own_language(
    given: str, language: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert days(given, language=language) == Span(date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    "given",
    [
        "12 march to 10 march",
        "monday to wednesday",  # it is Monday
        "saturday to tuesday",
        "12/3 to 14/3",
        "28 february to 3 march",  # it may have begun, or be next year
    ],
)
def test_a_range_that_is_not_sure_is_asked_back(given: str) -> None:
    with pytest.raises(UnknownDays):
        days(given)


@pytest.mark.parametrize("given", ["10 march 3 to 5", "10 march 15-17", "friday 3-5", "from 3 to 5 tomorrow"])
def test_hours_of_a_day_are_no_days(given: str) -> None:
    assert ranges.between(given, "UTC", NOW, "en") is None


@pytest.mark.parametrize(
    ("given", "day", "zone", "span"),
    [
        ("weekend", 7, "UTC", ((3, 7), (3, 8))),
        ("this weekend", 8, "UTC", ((3, 8), (3, 8))),
        ("next weekend", 7, "UTC", ((3, 14), (3, 15))),
        ("next weekend", 8, "Europe/Berlin", ((3, 14), (3, 15))),
        ("weekend", 2, "Africa/Cairo", ((3, 6), (3, 7))),
        ("next weekend", 6, "Asia/Riyadh", ((3, 13), (3, 14))),
        ("weekend", 2, "Asia/Kolkata", ((3, 7), (3, 8))),
    ],
)
def test_a_weekend_is_that_of_where_people_live(
    given: str, day: int, zone: str, span: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    assert days(given, zone, NOW.replace(day=day)) == Span(*(date(2026, *one) for one in span))


@pytest.mark.parametrize(("given", "day"), [("next weekend", 2), ("next weekend", 6), ("weekend", 8)])
def test_a_weekend_that_may_be_one_of_two_is_asked_back(given: str, day: int) -> None:
    with pytest.raises(UnsureDays) as no:
        days(given, now=NOW.replace(day=day))
    both = [days(one, now=NOW.replace(day=day)) for one in (no.value.first, no.value.second)]
    assert [one.last for one in both] == ([date(2026, 3, 8), date(2026, 3, 15)])


def test_a_month_that_is_over_is_the_next_years() -> None:
    assert days("in January") == Span(date(2027, 1, 1), date(2027, 1, 31))
    assert days("January 2028").first == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ("soonish", UnknownDays),
        ("2026-03-12..2026-03-10", UnknownDays),
        ("2026-02-30", UnknownDays),
        ("2026-13-01..2026-13-05", UnknownDays),
        ("0000-01-01", UnknownDays),
        ("9999-12-31", UnknownDays),
        ("2026-02-01..2026-02-10", DaysOver),
        ("March 2024", DaysOver),
        ("2026-03-10..2026-05-10", TooManyDays),
        ("x" * 10_000, UnknownDays),
        ("2026-03-10..2026-03-12..2026-03-14", UnknownDays),
    ],
)
def test_days_that_are_none(given: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        days(given)


# -- an exact time ----------------------------------------------------------------------------------------------------


def test_a_time_is_that_of_whoever_types_it_on_the_clocks_of_the_meeting() -> None:
    found = exact.read("2026-03-10 18:00", "Asia/Kolkata", "Europe/Berlin", NOW)
    assert found == ("2026-03-10T13:30", datetime(2026, 3, 10, 12, 30, tzinfo=UTC))


def test_a_time_that_the_clocks_leave_out_is_refused_with_what_there_is() -> None:
    with pytest.raises(GapTime) as refused:
        exact.read("2026-03-29 02:30", "Europe/Berlin", "Europe/Berlin", NOW)
    assert refused.value.instead == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_asked_back() -> None:
    now, said = datetime(2026, 10, 1, tzinfo=UTC), "2026-10-25 02:30"
    with pytest.raises(UnsureTime) as refused:
        exact.read(said, "Europe/Berlin", "Europe/Berlin", now)
    first, second = refused.value.readings
    assert (first, second) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    with meant.meaning([meant.Meant(refused.value.words, 1, now)]):
        assert exact.read(said, "Europe/Berlin", "Europe/Berlin", now) == ("2026-10-25T02:30", second)
    assert exact.read(f"{said} UTC+1", "Europe/Berlin", "Europe/Berlin", now).at == second


def test_a_day_alone_is_no_time() -> None:
    with pytest.raises(NoTimeOfDay):
        exact.read("2026-03-10", "UTC", "UTC", NOW)


# -- the whole wish ---------------------------------------------------------------------------------------------------


def wish(given: str) -> wishes.Wish:
    return wishes.read(given, "UTC", "UTC", NOW, "en")


@pytest.mark.parametrize(
    ("given", "title", "minutes", "said"),
    [
        ('"Budget" 60m next week', "Budget", 60, "next week"),
        ('"Budget" next week 90m', "Budget", 90, "next week"),
        ('"Budget"', "Budget", 60, ""),
        ("Budget", "Budget", 60, ""),
        ("Budget for next year", "Budget for next year", 60, ""),
        ("Budget next week", "Budget", 60, "next week"),
        ("Budget talk 1h30m tomorrow", "Budget talk", 90, "tomorrow"),
        ("Budget 45 min", "Budget", 45, ""),
        ("Budget 2 hours in April", "Budget", 120, "in April"),
        ("\u201cBudget 60m\u201d 30m", "Budget 60m", 30, ""),
        ("Plan 2027 60m", "Plan 2027", 60, ""),
        ("Party on 6 March", "Party on 6 March", 60, ""),
        ("Budget March", "Budget March", 60, ""),
        ("Budget in March", "Budget", 60, "in March"),
        ("5 May party", "5 May party", 60, ""),
        ("Party 10 march to 12 march", "Party", 60, "2026-03-10..2026-03-12"),
        ("Party this weekend", "Party", 60, "2026-03-07..2026-03-08"),
        ("Translation weekend", "Translation weekend", 60, ""),
        ("Move it from tuesday to thursday", "Move it from tuesday to thursday", 60, ""),
        ('"Budget" --for "90 minutes" next week', "Budget", 90, "next week"),
        ("Budget next week --for “2 hours and 15 minutes”", "Budget", 135, "next week"),
        ("« Budget » 60 minutes la semaine prochaine", "Budget", 60, "next week"),
    ],
)
def test_title_length_and_days(given: str, title: str, minutes: int, said: str) -> None:
    found = wish(given)
    assert (found.title, found.minutes) == (title, minutes)
    assert found.days == (days(said) if said else spans.usual(TODAY))


def test_settings_and_the_text_below() -> None:
    found = wish('"Budget" 60m --every 2w --place "Room 3" --slots 3 --zone berlin\nThe figures\nof this year')
    assert (found.every, found.place, found.proposed, found.zone) == (14, "Room 3", 3, "Europe/Berlin")
    assert found.text == "The figures\nof this year"


def test_an_exact_time_needs_no_search() -> None:
    for said in ('Budget --at "2026-03-10 18:00"', '"Budget" 60m 2026-03-10 18:00'):
        assert wish(said).at == ("2026-03-10T18:00", datetime(2026, 3, 10, 18, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ("", NoTopic),
        ('"" 60m', NoTopic),
        ("60m next week", NoTopic),
        ("\u200b\u202e", NoTopic),
        ('"Budget" 4m', BadLength),
        ('"Budget" 13h', BadLength),
        ('"Budget" 99999h', BadLength),
        ('"Budget" --for "3 days"', BadLength),
        ('"Budget" --for "a while"', UnknownTime),
        ('"Budget" 60m whenever', UnknownDays),
        ('"Budget" --zone Atlantis/Middle', UnknownZone),
        ('"Budget" --every 3d', BadEvery),
        ('"Budget" --slots 0', BadSlots),
        ('"Budget" --slots 11', BadSlots),
        ('"Budget" --slots ²', BadSlots),
        ('"Budget" --slots many', BadSlots),
        ('"Budget" --at soon', UnknownTime),
        ('"Budget" --until later', UnknownTime),
        ('"Budget" --roll everyone', UnknownSetting),
        (f'"Budget" --place {"x" * 301}', PlaceTooLong),
    ],
)
def test_wishes_that_cannot_be(given: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        wish(given)


@given(some.text(max_size=200))
def test_any_wish_is_read_or_refused(given: str) -> None:
    try:
        found = wish(given)
    except Refusal:
        return
    assert found.title


def test_a_long_wish_is_read_in_no_time() -> None:
    with pytest.raises(TitleTooLong):
        wish("in " * 500_000)  # looked at from each of its words, it takes minutes, and the test is stopped
