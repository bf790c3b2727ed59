"""When: what people type for a time, made an instant, and for a zone, made its key."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from bot import dates, meant
from bot.dates import lengths, library
from decisions.refusals import NoDuration, SkippedTime, UnknownTime, UnknownZone
from decisions.wording import DASHES, line

MOST_TYPED = 64
SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
LONGEST = timedelta(days=3660)
"""Longer durations are taken for this one: it is more than ten years, so whoever asked refuses it anyway."""

# What `_plain` leaves of a text: ASCII digits, small letters, single spaces, one kind of dash.
PARTS = r"(?:\d+ ?[mhdw] ?)+"
DATE = r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
CLOCK = r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
OFFSET = r"(?P<universal>utc|gmt|z)?(?:(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>[0-5]\d))?)?"
LASTING = re.compile(PARTS, re.ASCII)
AHEAD = re.compile(rf"(?:in |\+ ?)?({PARTS})", re.ASCII)
BARE = re.compile(DATE, re.ASCII)
TIMED = re.compile(rf"(?:{DATE}(?P<joint>t|,? ))?{CLOCK} ?{OFFSET}", re.ASCII)

BIDI_MARKS = dict.fromkeys((0x061C, 0x200E, 0x200F))


# -- what people type -------------------------------------------------------------------------------------------------


def duration(words: str, language: str = "") -> timedelta:
    """Read `30m`, `2h`, `3d`, `1w` or several of them, `1d12h`; where a language is given, also `3 days` in its words.

    At most `LONGEST`, whatever is typed. Raises UnknownTime for what is no duration, NoDuration for one of nothing.
    """
    text = _plain(words)
    seconds: int | None = None
    if LASTING.fullmatch(text):
        seconds = sum(int(count) * SECONDS[unit] for count, unit in re.findall(r"(\d+) ?([mhdw])", text))
    elif language:
        seconds = lengths.seconds(words, language)
    if seconds is None:
        raise UnknownTime(_given(words))
    if not seconds:
        raise NoDuration(_given(words))
    return timedelta(seconds=min(seconds, int(LONGEST.total_seconds())))


def instant(words: str, zone: str, now: datetime, end_of_day: bool = True, language: str = "") -> datetime:
    """Read a date, a time or a duration as an aware UTC instant; `zone` is an IANA key, `now` an aware instant.

    What is none of these in digits is read as people of the language say it, where one is given.

    A date alone is the last minute of that day in the zone, or its first with `end_of_day` false. A time alone is the
    next such time; one that comes twice, as clocks go back, is the first. Durations count from `now`.
    Raises SkippedTime for a time that clocks going forward leave out, NoDuration for `0h`, UnsureTime for what may mean
    several, UnknownTime for the rest.
    """
    text, now = _plain(words), meant.read_at(_given(words), now)
    try:
        at = _read(text, _given(words), ZoneInfo(zone), now, end_of_day).astimezone(UTC)
    except (ValueError, OverflowError):
        at = _natural(words, zone, now, end_of_day, language)
    if not date.min.year < at.year < date.max.year:  # shown in another zone it could fall off the calendar
        raise UnknownTime(_given(words))
    return at


def spelled(words: str, zone: str, now: datetime, language: str) -> str:
    """Words for a time as they stand where they are in digits, else what they mean in digits, with its offset.

    So that what is asked back is asked once, however often a time is looked at.
    """
    text = _plain(words)
    if any(one.fullmatch(text) for one in (AHEAD, BARE, TIMED)):
        return words
    local = instant(words, zone, now, end_of_day=False, language=language).astimezone(ZoneInfo(zone))
    found = dates.understood(words, language, zone, meant.read_at(_given(words), now)).readings
    if found and all(one.day for one in found):
        return f"{local:%Y-%m-%d}"
    ahead = local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(ahead) // timedelta(minutes=1), 60)
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{'-' if ahead < timedelta() else '+'}{hours:02}:{minutes:02}"


def _natural(words: str, zone: str, now: datetime, end_of_day: bool, language: str) -> datetime:
    """What people say of when. Only what means one instant, and nothing besides, is taken without asking."""
    if not language:
        raise UnknownTime(_given(words))
    now = meant.read_at(_given(words), now)
    found = dates.understood(words, language, zone, now)
    readings = tuple(dict.fromkeys(_edge(one, end_of_day) for one in found.readings))
    if not readings and not found.impossible and (other := library.read(_given(words), language, zone, now)):
        readings = (other,)
    if not readings:
        raise UnknownTime(_given(words))
    best = found.readings[0] if found.readings else None
    if best and found.certain and found.whole and not best.until:
        return readings[0]
    return meant.settled(_given(words), readings)


def _edge(one: dates.Meant, end_of_day: bool) -> datetime:
    if not (one.day and end_of_day):
        return one.at
    return datetime.combine(one.local.date(), time(23, 59, fold=1), one.local.tzinfo).astimezone(UTC)


def _plain(words: str) -> str:
    """Letters small, digits and dashes ASCII, spaces single. Raises UnknownTime for a text too long to be a time."""
    if len(words) > MOST_TYPED:
        raise UnknownTime(_given(words))
    text = unicodedata.normalize("NFKC", line(words)).casefold().translate(DASHES | BIDI_MARKS)
    return " ".join("".join(str(unicodedata.decimal(one, one)) for one in text).split())


def _given(words: str) -> str:
    return line(words[:MOST_TYPED])


def _read(text: str, words: str, here: tzinfo, now: datetime, end_of_day: bool) -> datetime:
    """What `_plain` text means; ValueError or OverflowError where it means nothing."""
    if found := AHEAD.fullmatch(text):
        return now + duration(found[1])
    if found := BARE.fullmatch(text):
        # Nobody named 23:59 or 00:00, so a clock change there is no reason to refuse: the day has an end all the same.
        edge = time(23, 59, fold=1) if end_of_day else time(0)
        return datetime.combine(_day_of(found), edge, here)
    if found := TIMED.fullmatch(text):
        clock = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
        there = _offset_of(found) or here
        local = datetime.combine(_day_of(found), clock, there) if found["year"] else _coming(clock, there, now)
        return _existing(local, words)
    raise ValueError(text)


def _day_of(found: re.Match[str]) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _offset_of(found: re.Match[str]) -> tzinfo | None:
    if not found["sign"]:
        return UTC if found["universal"] else None
    if found["sign"] == "-" and not found["universal"] and found["joint"] != "t":
        # To people 18:00-19:00 is an hour. Only 2026-03-10T18:00-05:00 and 18:00 UTC-5 are surely offsets.
        raise ValueError(found[0])
    ahead = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return timezone(ahead if found["sign"] == "+" else -ahead)


def _coming(clock: time, there: tzinfo, now: datetime) -> datetime:
    today = now.astimezone(there).date()
    days = (today, today + timedelta(days=1))
    times = (datetime.combine(day, clock.replace(fold=fold), there) for day in days for fold in (0, 1))
    return next(one for one in times if one.astimezone(UTC) > now)


def _existing(local: datetime, words: str) -> datetime:
    at = local.astimezone(UTC)
    if at.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise SkippedTime(words, str(local.tzinfo))
    return at


# -- zones ------------------------------------------------------------------------------------------------------------


def zone(words: str) -> str:
    """Find the IANA key for `europe/berlin`, `berlin` or `utc`, in any case, with or without accents.

    Raises UnknownZone with up to three that look like it.
    """
    name = _folded(words[:MOST_TYPED])
    if name in _zones() and len(words) <= MOST_TYPED:
        return _zones()[name]
    near = get_close_matches(name, [one for one, key in _zones().items() if key in _used()], n=9, cutoff=0.5)
    raise UnknownZone(_given(words), tuple(dict.fromkeys(_zones()[one] for one in near))[:3])


@cache
def _zones() -> Mapping[str, str]:
    keys = sorted(available_timezones() - {"Factory", "localtime"})  # neither says where
    cities = {_folded(key.rpartition("/")[2]): key for key in keys if key in _used()}
    return {_folded(key): key for key in keys} | cities


@cache
def _used() -> frozenset[str]:
    """The zones in use, without the old names: each city once, though Istanbul is also an `Asia/Istanbul`.

    Nor is `Etc/GMT+5` one of them: it is five hours behind, and would be proposed to those who type GMT+5.
    """
    rows = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines()
    return frozenset(row.split("\t")[2] for row in rows if not row.startswith("#")) | {"UTC"}


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", line(name).casefold().replace("-", " "))
    kept = "".join(one for one in letters if one not in ".'’" and not unicodedata.combining(one))
    return "_".join(kept.split())
