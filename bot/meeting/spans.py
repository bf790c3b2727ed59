"""Spans: which days people mean - "next week", "in December", "2026-12-01..2026-12-05", "tomorrow"."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_month_names

from bot import when, words
from decisions.refusals import DaysOver, TooManyDays, UnsureDays

MOST_DAYS = 31
"""How many days are searched at once."""

USUAL = 7
"""How many, from tomorrow on, where none are named."""

WEEKENDS = ("weekend", "this-weekend", "next-weekend")
SAID = ("today", "tomorrow", "this-week", "next-week", "this-month", "next-month", "in", "to", "from", *WEEKENDS)
"""What may be typed of days in the words of every language: the texts `typed-SAID`."""

EXAMPLE = 'meet "Topic" 60m 2027-03-08..2027-03-12'
DAY = re.compile(r"\d{4}-\d\d?-\d\d?", re.ASCII)
DOTS = re.compile(r" ?(?:\.\.+|…|–|—| - ) ?")
MONTH = re.compile(r"(?P<name>[^\d]+?)(?: (?P<year>\d{4}))?")


class Span(NamedTuple):
    """Days, the last one included."""

    first: date
    last: date


def usual(today: date) -> Span:
    """The days that are meant where none are named."""
    return Span(today + timedelta(days=1), today + timedelta(days=USUAL))


def to_come(span: Span, given: str, today: date) -> Span:
    """Those of the days that are not over. Raises DaysOver, TooManyDays."""
    if span.last < today:
        raise DaysOver(given[:40])
    left = Span(max(span.first, today), span.last)
    if left.last - left.first >= timedelta(days=MOST_DAYS):
        raise TooManyDays(given[:40], MOST_DAYS)
    return left


def known(given: str, today: date, zone: str) -> Span | None:
    """The days, where they are said in a way that can mean nothing else; None: they are not.

    Raises UnsureDays where it may be one of two weekends."""
    plain = folded(given)
    return _week(plain, today) or _weekend(plain, today, zone) or _month(plain, today) or _between(plain)


def too_short(given: str) -> bool:
    """Whether the words may as well be a part of a title: a month, or `weekend`."""
    return folded(given) in alone() or folded(given) in typed("weekend")


@cache
def typed(what: str) -> frozenset[str]:
    """What may be typed for a thing, in any language: the text `typed-WHAT`."""
    texts = (words.keys(language)[f"typed-{what}"] for language in words.languages())
    return frozenset(folded(one) for text in texts for one in re.split("[,،]", text))


def folded(given: str, most: int = when.MOST_TYPED) -> str:
    """Small letters without accents, ASCII digits, single spaces; of what is longer than `most`, the beginning."""
    letters = unicodedata.normalize("NFKD", given[:most].casefold().replace("’", "'"))
    kept = (one for one in letters if not unicodedata.combining(one) and unicodedata.category(one) != "Cf")
    return " ".join("".join(str(unicodedata.decimal(one, one)) for one in kept).split())


# -- the ways to say it -----------------------------------------------------------------------------------------------


def _week(plain: str, today: date) -> Span | None:
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    spans = (
        Span(today, today),
        Span(today + timedelta(days=1), today + timedelta(days=1)),
        Span(today, sunday),
        Span(monday + timedelta(days=7), sunday + timedelta(days=7)),
        _all_of(today.year, today.month),
        _all_of(today.year + today.month // 12, today.month % 12 + 1),
    )
    return next((span for what, span in zip(SAID, spans, strict=False) if plain in typed(what)), None)


def _weekend(plain: str, today: date, zone: str) -> Span | None:
    """What is left of the one that is now, or the next; on its last day, `weekend` may be either, and before the one that
    comes, so may `next weekend`."""
    which = next((one for one in WEEKENDS if plain in typed(one)), None)
    if which is None:
        return None
    first, days = _weekend_of(zone)
    begins = today - timedelta(days=(today.weekday() - first) % 7)
    now, ahead, later = (Span(one, one + timedelta(days=days - 1)) for one in _weekly(begins))
    inside = today <= now.last
    coming = now if inside else ahead
    if which == "next-weekend":
        if not inside:
            raise UnsureDays(plain, _told(ahead), _told(later))
        return ahead
    if which == "weekend" and today == now.last:
        raise UnsureDays(plain, _told(now), _told(ahead))
    return coming


def _weekly(day: date) -> tuple[date, date, date]:
    return day, day + timedelta(days=7), day + timedelta(days=14)


def _told(span: Span) -> str:
    return f"{span.first}..{span.last}"


@cache
def _weekend_of(zone: str) -> tuple[int, int]:
    """The weekday on which weekends begin where the clocks are of this zone, and their days; a day alone has the one before
    it."""
    where = get_global("zone_territories").get(zone, "001")
    land = Locale.parse("und_001") if where == "ZZ" else Locale.parse(f"und_{where}")
    first, last = land.weekend_start, land.weekend_end
    return ((first - 1) % 7, 2) if first == last else (first, (last - first) % 7 + 1)


def _month(plain: str, today: date) -> Span | None:
    """`in December`, `December 2027`: the next such month, or the one that is now."""
    found = MONTH.fullmatch(plain)
    month = _months().get(found["name"]) if found else None
    if not found or not month:
        return None
    year = int(found["year"]) if found["year"] else today.year + (month < today.month)
    return _all_of(year, month) if date.min.year <= year < date.max.year else None


def _between(plain: str) -> Span | None:
    """`2026-12-01..2026-12-05`, `2026-12-01 to 2026-12-05`, or one such day."""
    parts = DOTS.split(plain) if DOTS.search(plain) else _parted(plain)
    days = [_iso(one) for one in parts]
    if len(days) > 2 or None in days:
        return None
    first, last = days[0], days[-1]
    return Span(first, last) if first and last and first <= last else None


def _parted(plain: str) -> list[str]:
    parts = [""]
    for one in plain.split():
        if one in typed("to"):
            parts.append("")
        elif one not in typed("from"):
            parts[-1] = f"{parts[-1]} {one}".strip()
    return parts


def _iso(text: str) -> date | None:
    if not DAY.fullmatch(text.strip()):
        return None
    year, month, day = (int(one) for one in text.split("-"))
    try:
        return date(year, month, day) if year < date.max.year else None
    except ValueError:
        return None


def _all_of(year: int, month: int) -> Span:
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


# -- words ------------------------------------------------------------------------------------------------------------


@cache
def _months() -> Mapping[str, int]:
    """What months are called, in all our languages, also with what stands before them: `in december`, `en decembre`."""
    found = dict(alone())
    return found | {f"{before} {name}": month for name, month in found.items() for before in typed("in")}


@cache
def alone() -> Mapping[str, int]:
    """The names of months, with nothing before them."""
    return dict(_named())


def _named() -> Iterator[tuple[str, int]]:
    for language in words.languages():
        for context in ("format", "stand-alone"):
            names = get_month_names("wide", context, locale=Locale.parse(language))
            yield from ((folded(name), month) for month, name in names.items())


def start(day: date, zone: str) -> datetime:
    """When a day begins in a zone."""
    return datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)
