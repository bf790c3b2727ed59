"""Times: an instant names its zone, in each language; a length is said in units that people use."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot import times
from bot.times import shown, shown_day, span

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "language", "text"),
    [
        ("UTC", "en", "Mon 9 Mar 2026, 18:00 UTC"),
        ("Europe/Berlin", "en", "Mon 9 Mar 2026, 19:00 CET"),
        ("America/Sao_Paulo", "en", "Mon 9 Mar 2026, 15:00 UTC-3"),
        ("Asia/Kathmandu", "en", "Mon 9 Mar 2026, 23:45 UTC+5:45"),
        ("Asia/Kolkata", "en", "Mon 9 Mar 2026, 23:30 IST (UTC+5:30)"),
        ("Asia/Shanghai", "en-us", "Tue 10 Mar 2026, 02:00 CST (UTC+8)"),
        ("Europe/Berlin", "de", "Mo., 9. März 2026, 19:00 CET"),
        ("Europe/Berlin", "pt-br", "seg., 9 de mar. de 2026 19:00 CET"),
        ("Europe/Berlin", "ar", "الاثنين، 9 مارس 2026، 19:00 CET"),
        ("Africa/Cairo", "ar-eg", "الاثنين، 9 مارس 2026، 20:00 EET"),
        ("Europe/Berlin", "no such language", "Mon 9 Mar 2026, 19:00 CET"),
    ],
)
def test_shown(zone: str, language: str, text: str) -> None:
    assert shown(NOW.replace(hour=18), zone, language) == text


def test_day_shown_is_the_day_in_the_zone() -> None:
    late = NOW.replace(hour=23)
    assert shown_day(late, "UTC", "en") == "Mon 9 Mar 2026"
    assert shown_day(late, "Asia/Tokyo", "en") == "Tue 10 Mar 2026"
    assert shown_day(late, "Asia/Tokyo", "fr") == "mar. 10 mars 2026"


def test_a_language_without_names_of_months_leaves_the_others_theirs() -> None:
    assert "M03" in shown_day(NOW, "UTC", "ann")
    assert "มี.ค." in shown_day(NOW, "UTC", "th")
    assert "ಮಾರ್ಚ್" in shown_day(NOW, "UTC", "kn")
    assert "អង្គារ" in shown_day(NOW.replace(day=10), "UTC", "km")
    assert "មីនា" in shown_day(NOW, "UTC", "km")


def test_zone_names_that_mean_several_are_known() -> None:
    ahead = defaultdict(set)
    for key in available_timezones():
        for month in (1, 3, 7, 10):
            local = datetime(2026, month, 15, tzinfo=ZoneInfo(key))
            ahead[local.tzname()].add(local.utcoffset())
    assert {name for name, offsets in ahead.items() if len(offsets) > 1} <= times.AMBIGUOUS


@pytest.mark.parametrize(
    ("delta", "text"),
    [
        (timedelta(days=7), "7 days"),
        (timedelta(days=7, seconds=-20), "7 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=10), "10 days"),
        (timedelta(weeks=2), "2 weeks"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(hours=36), "1 day and 12 hours"),
        (timedelta(hours=1, minutes=30), "1 hour and 30 minutes"),
        (timedelta(minutes=59, seconds=59), "1 hour"),
        (timedelta(seconds=45), "45 seconds"),
        (timedelta(), "0 minutes"),
        (-timedelta(hours=3), "3 hours"),
    ],
)
def test_span(delta: timedelta, text: str) -> None:
    assert span(delta, "en") == text


@pytest.mark.parametrize(
    ("language", "text"), [("de", "7 Tage"), ("ar", "7 أيام"), ("ja", "7 日"), ("ru", "7 дней"), ("fa", "7 روز")]
)
def test_span_in_other_languages(language: str, text: str) -> None:
    assert span(timedelta(days=7), language) == text
