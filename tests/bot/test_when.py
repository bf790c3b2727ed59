"""What people type for a time, a length and a zone."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.times import shown
from bot.when import LONGEST, duration, instant, zone
from decisions.refusals import NoDuration, Refusal, SkippedTime, UnknownTime, UnknownZone

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)  # a Monday; 13:00 in Berlin
SPRING = "2026-03-29"  # 02:00 to 03:00 is left out in Berlin
AUTUMN = "2026-10-25"  # 02:00 to 03:00 comes twice
LIKE_TIMES = st.text("0123456789-:+.,/ TZtzUCGMinmhdw٣３２:−\u200f\x00\U0001f600", max_size=30)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("30m", 30),
        ("2h", 120),
        ("3d", 3 * 1440),
        ("1w", 7 * 1440),
        ("1d12h", 2160),
        ("1d 12h", 2160),
        (" 1 D 12 H ", 2160),
        ("1h1h", 120),
        ("٣d", 3 * 1440),
        ("３ｄ", 3 * 1440),
        ("\u20682h\u2069", 120),
        ("\u200f2h", 120),
    ],
)
def test_duration(words: str, minutes: int) -> None:
    assert duration(words) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("words", "language", "minutes"),
    [
        ("3 days", "en", 4320),
        ("90 minutes", "en", 90),
        ("three days", "en", 4320),
        ("an hour", "en", 60),
        ("1 day and 12 hours", "en", 2160),
        ("2 weeks, 1 day", "en", 21600),
        ("a fortnight", "en", 20160),
        ("3 jours", "fr", 4320),
        ("une heure et 30 minutes", "fr", 90),
        ("3 days", "fr", 4320),
        ("dos horas y 5 minutos", "es", 125),
        ("drei Tage", "de", 4320),
        ("2 semanas", "pt", 20160),
        ("٣ أيام", "ar", 4320),
        ("يومين", "ar", 2880),
        ("3d", "ar", 4320),
    ],
)
def test_duration_in_words(words: str, language: str, minutes: int) -> None:
    assert duration(words, language) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "words",
    ["a month", "1 year", "half an hour", "1.5 hours", "an hour and a half", "3 days ago", "in 3 days", "3 to 4 days", "days", "-3 days", "3 days and", "about 3 days", "10000 days"],
)  # fmt: skip
def test_words_that_are_not_surely_a_duration_are_none(words: str) -> None:
    with pytest.raises(UnknownTime):
        duration(words, "en")


@pytest.mark.parametrize("words", ["", " ", "h", "2", "2x", "1.5h", "-2h", "2h-", "in 2h", "x2h", "1h" * 33])
def test_no_duration(words: str) -> None:
    with pytest.raises(UnknownTime):
        duration(words)


@pytest.mark.parametrize("words", ["0m", "0h 0d", "000w"])
def test_duration_of_nothing(words: str) -> None:
    with pytest.raises(NoDuration, match=words):
        duration(words)


@pytest.mark.parametrize("words", ["999999999999999999w", "9" * 63 + "w", "3661d"])
def test_endless_duration_is_capped(words: str) -> None:
    assert duration(words) == LONGEST > timedelta(days=3653)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026-03-10", "2026-03-10T22:59Z"),
        ("2026-3-9", "2026-03-09T22:59Z"),
        (SPRING, "2026-03-29T21:59Z"),
        ("2026-03-10 18:00", "2026-03-10T17:00Z"),
        ("2026-03-10, 18:00", "2026-03-10T17:00Z"),
        ("2026-03-10T18:00", "2026-03-10T17:00Z"),
        ("2026-03-10t18:00:30.123z", "2026-03-10T18:00:30Z"),
        ("2026-03-10T18:00Z", "2026-03-10T18:00Z"),
        ("2026-03-10 18:00 UTC", "2026-03-10T18:00Z"),
        ("2026-03-10 18:00+05:30", "2026-03-10T12:30Z"),
        ("2026-03-10T18:00-05:00", "2026-03-10T23:00Z"),
        ("2026-03-10 18:00 GMT-5", "2026-03-10T23:00Z"),
        ("2026-03-10T18:00+0530", "2026-03-10T12:30Z"),
        ("2026-03-10T18:00 +02", "2026-03-10T16:00Z"),
        ("٢٠٢٦-٠٣-١٠ ١٨:٠٠", "2026-03-10T17:00Z"),
        ("２０２６－０３－１０　１８：００", "2026-03-10T17:00Z"),
        ("2026‑03‑10\u202f18:00", "2026-03-10T17:00Z"),
        ("1999-12-31T23:59Z", "1999-12-31T23:59Z"),
        ("2h", "2026-03-09T14:00Z"),
        ("in 2h", "2026-03-09T14:00Z"),
        ("In 1d 12h", "2026-03-11T00:00Z"),
        ("+2h", "2026-03-09T14:00Z"),
        ("18:00", "2026-03-09T17:00Z"),
        ("9:30", "2026-03-10T08:30Z"),
        ("13:00", "2026-03-10T12:00Z"),
        ("13:00Z", "2026-03-09T13:00Z"),
        ("13:00 UTC+9", "2026-03-10T04:00Z"),
        (f"{AUTUMN} 02:30", "2026-10-25T00:30Z"),
    ],
)
def test_instant(words: str, expected: str) -> None:
    at = instant(words, "Europe/Berlin", NOW)
    assert at == datetime.fromisoformat(expected)
    assert at.tzinfo is UTC


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "2026",
        "2026-13-01",
        "2026-02-30",
        "2026-03-10 24:00",
        "2026-03-10 18:60",
        "2026-03-10T",
        "2026-03-10T18:00+99:00",
        "2026-03-10T18:00 Mars/Base",
        "18",
        "25:00",
        "18:00-19:00",
        "2026-03-10 18:00-19:00",
        "-2h",
        "0000-00-00",
        "0001-01-01",
        "0001-01-01T00:00+14:00",
        "9999-12-31",
        "9999-12-31T23:59-12:00",
        "2026-03-10" + " " * 80 + "18:00",
        "2" * 1_000_000,
    ],
)
def test_no_instant(words: str) -> None:
    with pytest.raises(UnknownTime) as refused:
        instant(words, "Europe/Berlin", NOW)
    assert len(refused.value.given) <= 64


def test_a_date_alone_is_its_end_or_its_beginning() -> None:
    assert instant("2026-03-10", "Asia/Tokyo", NOW) == datetime(2026, 3, 10, 14, 59, tzinfo=UTC)
    assert instant("2026-03-10", "Asia/Tokyo", NOW, end_of_day=False) == datetime(2026, 3, 9, 15, tzinfo=UTC)


def test_a_day_without_midnight_begins_after_it() -> None:
    begins = instant("2026-04-24", "Africa/Cairo", NOW, end_of_day=False)  # clocks go from 00:00 to 01:00
    assert begins.astimezone(ZoneInfo("Africa/Cairo")).strftime("%d %H:%M") == "24 01:00"


def test_a_day_with_two_midnights_ends_at_the_second() -> None:
    ends = instant("2026-10-31", "America/Havana", NOW)  # the night after, clocks go from 01:00 to 00:00
    assert ends == datetime(2026, 11, 1, 3, 59, tzinfo=UTC)


def test_skipped_time() -> None:
    with pytest.raises(SkippedTime) as refused:
        instant(f"{SPRING} 02:30", "Europe/Berlin", NOW)
    assert refused.value.values() == (f"{SPRING} 02:30", "Europe/Berlin")
    with pytest.raises(SkippedTime):
        instant("02:30", "Europe/Berlin", datetime(2026, 3, 28, 22, tzinfo=UTC))
    assert instant(f"{SPRING}T02:30Z", "Europe/Berlin", NOW) == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"), [("00:10", "25 00:30"), ("00:40", "25 01:30"), ("01:40", "26 01:30")]
)  # fmt: skip
def test_next_of_a_time_that_comes_twice(now: str, expected: str) -> None:
    at = instant("02:30", "Europe/Berlin", datetime.fromisoformat(f"{AUTUMN}T{now}Z"))
    assert at.strftime("%d %H:%M") == expected


@given(st.one_of(st.text(), LIKE_TIMES), st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Apia"]), st.booleans())
def test_any_text_is_a_time_or_refused(words: str, zone: str, end_of_day: bool) -> None:
    try:
        at = instant(words, zone, NOW, end_of_day)
    except Refusal:
        return
    assert at.tzinfo is UTC
    for there in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert shown(at, there, "en")


@given(st.integers(0, 60_000_000), st.sampled_from(sorted(available_timezones())[::7]))
def test_what_is_written_is_read_again(minutes: int, zone: str) -> None:
    local = (NOW.replace(year=1971) + timedelta(minutes=minutes)).replace(tzinfo=None)
    try:
        at = instant(local.strftime("%Y-%m-%d %H:%M"), zone, NOW)
    except SkippedTime:
        return
    assert at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


@given(st.one_of(st.text(), LIKE_TIMES))
def test_any_text_is_a_duration_or_refused(words: str) -> None:
    with suppress(Refusal):
        assert timedelta() < duration(words) <= LONGEST
    with suppress(Refusal):
        assert timedelta() < duration(words, "en") <= LONGEST


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" BERLIN ", "Europe/Berlin"),
        ("utc", "UTC"),
        ("UTC", "UTC"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("são paulo", "America/Sao_Paulo"),
        ("port au prince", "America/Port-au-Prince"),
        ("St. Johns", "America/St_Johns"),
        ("istanbul", "Europe/Istanbul"),
        ("İstanbul", "Europe/Istanbul"),
        ("singapore", "Asia/Singapore"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("asia/calcutta", "Asia/Calcutta"),
        ("Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_zone(words: str, key: str) -> None:
    assert zone(words) == key


def test_every_zone_is_found_by_its_key() -> None:
    keys = {key for key in available_timezones() if "/" in key}
    assert {zone(key.upper()) for key in keys} == keys


@pytest.mark.parametrize(
    ("words", "nearest"), [("berln", "Europe/Berlin"), ("kiev", "Europe/Kyiv"), ("new yrok", "America/New_York")]
)
def test_unknown_zone_names_the_nearest(words: str, nearest: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone(words)
    assert refused.value.given == words
    assert refused.value.nearest[0] == nearest
    assert len(refused.value.nearest) <= 3


def test_hours_ahead_are_not_taken_for_their_opposite() -> None:
    with pytest.raises(UnknownZone) as refused:
        zone("GMT+5")
    assert not any("Etc" in key for key in refused.value.nearest)


@given(st.text())
def test_any_text_is_a_zone_or_refused(words: str) -> None:
    with suppress(UnknownZone):
        assert ZoneInfo(zone(words)).key == zone(words)


@pytest.mark.parametrize(
    "words", ["", "localtime", "Factory", "../etc/passwd", "x" * 1_000_000, "utc" + " " * 99 + "x"]
)
def test_unknown_zone(words: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone(words)
    assert len(refused.value.given) <= 64
