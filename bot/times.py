"""Times: an instant, a day and a length as people read them, each in its reader's language and zone."""

from copy import deepcopy
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import DateTimePattern, format_skeleton, format_timedelta, match_skeleton, parse_pattern
from babel.localedata import load

from bot.words import joined, locale_of

Unit = Literal["week", "day", "hour", "minute", "second"]

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800
AMBIGUOUS = frozenset(("CDT", "CST", "IST", "PST"))
"""Names that zones with different clocks share today: CST is Chicago, Shanghai and Havana. A test holds this true."""


def shown(at: datetime, zone: str, language: str) -> str:
    """Say an aware instant in a zone, which is always named: `Mon 9 Mar 2026, 19:00 CET`. Digits are Western."""
    local = at.astimezone(ZoneInfo(zone))
    locale, day, clock, joint = _patterns(language)
    both = joint.replace("{0}", clock.apply(local, locale)).replace("{1}", day.apply(local, locale))
    return f"{both} {_zone_name(local)}"


def shown_day(at: datetime, zone: str, language: str) -> str:
    """Say the day in a zone on which an aware instant falls: `Mon 9 Mar 2026`."""
    locale, day, _, _ = _patterns(language)
    return day.apply(at.astimezone(ZoneInfo(zone)), locale)


def shown_clock(at: datetime, zone: str, language: str) -> str:
    """Say the time of day in a zone, which is named: `19:00 CET`."""
    local = at.astimezone(ZoneInfo(zone))
    locale, _, clock, _ = _patterns(language)
    return f"{clock.apply(local, locale)} {_zone_name(local)}"


def city(zone: str, language: str) -> str:
    """The place after which a zone is called: `Buenos Aires`, in the language's own spelling where it has one."""
    known = locale_of(language).time_zones.get(zone, {})
    return str(known.get("city") or zone.rpartition("/")[2].replace("_", " "))


def shown_month(month: date, language: str) -> str:
    """A month of a year."""
    locale, *_ = _patterns(language)
    return format_skeleton("yMMMM", month, locale=locale)


def span(delta: timedelta, language: str) -> str:
    """Say how long: `7 days`, `2 weeks`, `1 day and 12 hours`, whichever way it runs.

    Rounded to hours from a day on, to minutes from a minute on. Weeks only where they are whole and more than one,
    because people say 7 days for a deadline.
    """
    return joined(language, [_one_unit(unit, seconds, language) for unit, seconds in _units(delta)])


def _one_unit(unit: Unit, seconds: int, language: str) -> str:
    # No unit ever passes so high a threshold, so the smallest one asked for is the one that is said.
    return format_timedelta(seconds, granularity=unit, threshold=10**9, locale=locale_of(language))


def _units(delta: timedelta) -> list[tuple[Unit, int]]:
    seconds = abs(round(delta.total_seconds()))
    step = HOUR if seconds >= DAY else MINUTE if seconds >= MINUTE else 1
    left = (seconds + step // 2) // step * step
    if left > WEEK and left % WEEK == 0:
        return [("week", left)]
    parts: list[tuple[Unit, int]] = [("day", left // DAY * DAY), ("hour", left % DAY // HOUR * HOUR)]
    parts += [("minute", left % HOUR // MINUTE * MINUTE), ("second", left % MINUTE)]
    return [part for part in parts if part[1]] or [("minute", 0)]


@lru_cache(1024)
def _patterns(language: str) -> tuple[Locale, DateTimePattern, DateTimePattern, str]:
    """The locale, its day with weekday, its time of day, and how the two are joined."""
    locale = locale_of(language)
    _part_from_others(locale)
    if locale.language == "en":  # English is what people of all countries share: no AM and PM, no month first
        return locale, parse_pattern("E d MMM y"), parse_pattern("HH:mm"), "{1}, {0}"
    skeletons = locale.datetime_skeletons
    day = skeletons[match_skeleton("yMMMEd", skeletons) or "yMMMd"]
    joint = str(locale.datetime_formats["medium"]).replace("'", "")
    if (
        locale.language == "ar"
    ):  # one letter for the half of the day, beside a zone's Latin name, is read as part of that
        return locale, day, skeletons["Hm"], joint
    return locale, day, parse_pattern(locale.time_formats["short"]), joint


def _part_from_others(locale: Locale) -> None:
    """Give a locale its own copy of what days and months are called.

    Babel 2.18 keeps what it looks up in data that locales share: a language that has no names of months of its own would
    leave Arabic and Korean without theirs, until the process ends (python-babel/babel#1234).
    """
    data = load(str(locale))
    data.update({part: deepcopy(data[part]) for part in ("months", "days", "day_periods")})


def _zone_name(local: datetime) -> str:
    """`CET`; `UTC-3` where a zone has no name, `IST (UTC+5:30)` where its name means several."""
    name = local.tzname() or ""
    if name in AMBIGUOUS:
        return f"{name} ({_behind(local)})"
    return name if name.isalpha() else _behind(local)


def _behind(local: datetime) -> str:
    ahead = local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(ahead) // timedelta(minutes=1), 60)
    sign = "-" if ahead < timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "") if hours or minutes else "UTC"
