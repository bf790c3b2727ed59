"""Wishes: what people write behind `meet` - a title, how long, which days, and settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import when
from bot.arguments import QUOTED, settings
from bot.meeting import exact, ranges, spans
from bot.meeting.spans import Span
from decisions.refusals import BadEvery, BadLength, BadSlots, NoTopic, PlaceTooLong, UnknownDays, UnknownTime
from decisions.wording import body, line, title

SETTINGS = ("at", "for", "until", "zone", "place", "slots", "every")
"""What may stand behind two dashes."""

HOURS = ("h", "hr", "hrs", "hour", "hours", "heure", "heures", "hora", "horas", "ساعة", "ساعات")
MINUTES = ("m", "min", "mins", "minute", "minutes", "minuto", "minutos", "دقيقة", "دقائق")
UNIT = "|".join(sorted((*HOURS, *MINUTES), key=len, reverse=True))
PART = re.compile(rf"(\d{{1,5}}) ?({UNIT})(?![^\W\d_])", re.IGNORECASE)
LENGTH = re.compile(rf"(?<!\S)(?:\d{{1,5}} ?(?:{UNIT})(?![^\W\d_]) ?)+(?!\S)", re.IGNORECASE)
DIGIT = re.compile(r"\d")
UNTIL = re.compile(r"(?:by|until|till|d['’]ici|jusqu['’]\w+|hasta|bis|até|حتى|بحلول)(?!\w)", re.IGNORECASE)
"""What stands before the last of the days."""

BESIDES = " ,;،؛:"
USUAL, SHORTEST, LONGEST = 60, 5, 12 * 60
"""Minutes of a meeting."""

MOST_WORDS = 8
"""Days behind a title without quotes are said in no more."""

MOST_PROPOSED = 10
"""How many times may be asked for."""

LONGEST_PLACE = 300
EVERY = {"1w": 7, "2w": 14, "4w": 28}
EXAMPLE = 'meet "Topic" 60m next week'


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A meeting as it was asked for."""

    title: str
    text: str
    minutes: int
    zone: str
    place: str
    days: Span
    at: exact.Moment | None
    """Its time, where that was said; none has to be found then."""
    until: datetime | None
    proposed: int
    """How many times, if that was said; 0: it was not."""
    every: int


def read(given: str, ours: str, theirs: str, now: datetime, language: str = "") -> Wish:
    """What is wished; `ours` is the group's zone, `theirs` that of whoever wishes. Raises refusals."""
    flags, left = settings(given, SETTINGS)
    first, _, text = left.partition("\n")
    zone = when.zone(flags["zone"]) if "zone" in flags else ours
    typed = zone if "zone" in flags else theirs
    today = now.astimezone(ZoneInfo(typed)).date()
    heading, length, days = _parts(first.strip(), typed, now, language)
    at, span = _when(flags, days, today, typed, zone, now, language)
    return Wish(
        title=_title(heading),
        text=body(text),
        minutes=_lasting(flags["for"], language) if "for" in flags else _minutes(length),
        zone=zone,
        place=place_in(flags.get("place", "")),
        days=span,
        at=at,
        until=when.instant(flags["until"], typed, now, language=language) if "until" in flags else None,
        proposed=_proposed(flags.get("slots", "")),
        every=_every(flags.get("every", "")),
    )


# -- the parts of the first line --------------------------------------------------------------------------------------


def _parts(first: str, typed: str, now: datetime, language: str) -> tuple[str, str, str]:
    """Title, length, days: what is quoted is the title; else all that stands before the length, or before the days.
    A month alone is none of these: in `Party 6 March` it belongs to a day; nor is `Translation weekend` one in days."""
    today = now.astimezone(ZoneInfo(typed)).date()
    quoted = QUOTED.match(first)
    if quoted is not None:
        return quoted[1], *_length(first[quoted.end() :])
    if (found := LENGTH.search(first)) is not None:
        return first[: found.start()], found[0], first[found.end() :].strip(BESIDES)
    said = first.split()
    for place in range(max(1, len(said) - MOST_WORDS), len(said)):
        days = " ".join(said[place:])
        span = None if spans.too_short(days) else spans.known(days, today, typed)
        if span is None and DIGIT.search(days):
            span = ranges.between(days, typed, now, language)
        if span is not None:
            return " ".join(said[:place]), "", days
    return first, "", ""


def _length(rest: str) -> tuple[str, str]:
    """The length, before the days or behind them, and the days."""
    found = LENGTH.search(rest)
    if found is None:
        return "", rest.strip(BESIDES)
    return found[0], f"{rest[: found.start()]} {rest[found.end() :]}".strip(BESIDES)


def _title(heading: str) -> str:
    named = title(heading.strip(BESIDES))
    if not named:
        raise NoTopic(EXAMPLE)
    return named


def _minutes(length: str) -> int:
    if not length:
        return USUAL
    parts = PART.findall(length.casefold())
    return _fitting(length, sum(int(count) * (60 if unit in HOURS else 1) for count, unit in parts))


def _lasting(given: str, language: str) -> int:
    return _fitting(given, when.duration(given, language) // timedelta(minutes=1))


def _fitting(length: str, minutes: int) -> int:
    if not SHORTEST <= minutes <= LONGEST:
        raise BadLength(line(length)[:40], SHORTEST, LONGEST // 60)
    return minutes


# -- when -------------------------------------------------------------------------------------------------------------


def _when(
    flags: Mapping[str, str], days: str, today: date, typed: str, zone: str, now: datetime, language: str
) -> tuple[exact.Moment | None, Span]:
    """The time, where it was said exactly, behind `--at` or in the place of the days; and the days."""
    if "at" in flags:
        return exact.read(flags["at"], typed, zone, now, language), spans.usual(today)
    if not days:
        return None, spans.usual(today)
    found = _surely(days, today, typed, now, language) or _named(days, typed, now, language)
    if isinstance(found, Span):
        return None, spans.to_come(found, days, today)
    return exact.once(days, found, typed, zone), spans.usual(today)


def _surely(days: str, today: date, typed: str, now: datetime, language: str) -> Span | None:
    """Several days, where they are said so that they can mean nothing else. Raises UnsureDays, UnknownDays."""
    return spans.known(days, today, typed) or ranges.between(days, typed, now, language)


def _named(days: str, typed: str, now: datetime, language: str) -> Span | datetime:
    """A day or a time, in whatever way times are understood. Raises UnknownDays, GapTime."""
    try:
        at = exact.instant(when.spelled(days, typed, now, language), typed, now, end_of_day=False)
    except UnknownTime:
        raise UnknownDays(days[:40], spans.EXAMPLE) from None
    local = at.astimezone(ZoneInfo(typed))
    if local.time() != time(0):
        return at
    if UNTIL.match(days):
        return Span(now.astimezone(ZoneInfo(typed)).date(), local.date())
    return Span(local.date(), local.date())


# -- settings ---------------------------------------------------------------------------------------------------------


def place_in(given: str) -> str:
    """Where people meet, as it was said. Raises PlaceTooLong."""
    place = line(given)
    if len(place) > LONGEST_PLACE:
        raise PlaceTooLong(len(place), LONGEST_PLACE)
    return place


def _proposed(given: str) -> int:
    if not given:
        return 0
    if not given.isdecimal() or not 1 <= int(given[:4]) <= MOST_PROPOSED:
        raise BadSlots(given[:40], MOST_PROPOSED)
    return int(given)


def _every(given: str) -> int:
    if given and given.casefold() not in EVERY:
        raise BadEvery(given[:40], tuple(f"--every {one}" for one in EVERY))
    return EVERY.get(given.casefold(), 0)
