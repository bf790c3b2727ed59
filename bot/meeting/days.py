"""Days: until when something is to be done, in the words that say what - `by Friday`, `d'ici le 4 décembre`, `2026-12-04`.

What is not sure is no day: it is said back instead.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from bot import when
from bot.words import locale_of
from decisions.refusals import Refusal, UnsureTime

MARKERS = {
    "en": r"(?:not later than|no later than|by|until|till|before|due(?: on| by)?|deadline:?)",
    "fr": r"(?:d['’]ici(?: au| le| à)?|avant(?: le| la)?|pour le|jusqu['’](?:au|à)|au plus tard(?: le)?)",
    "es": r"(?:antes del?|para el|hasta el|a más tardar el|a mas tardar el)",
    "de": r"(?:bis(?: zum| spätestens)?|spätestens(?: am)?|vor dem)",
    "pt": r"(?:até(?: ao?| à)?|antes d[eoa]|para o|para a)",
    "ar": r"(?:قبل(?: يوم)?|بحلول(?: يوم)?|حتى(?: يوم)?|في موعد أقصاه|إلى يوم)",
}
"""What stands before such a day. The language of these words is taken for that of the day."""

FOUND = {language: re.compile(rf"(?<!\w){marker}\s+(?P<day>\S.{{0,80}})", re.IGNORECASE | re.DOTALL) for language, marker in MARKERS.items()}  # fmt: skip
BEGINS = re.compile(rf"(?:{'|'.join(MARKERS.values())}|avant|antes|قبل|حتى)(?:\s+|$)", re.IGNORECASE)
ISO = re.compile(r"(?<![\d-])\d{4}-\d{1,2}-\d{1,2}(?![\d-])")
ENDS = re.compile(r"[;!?()\[\]\n]|(?<!\d)\.(?=\s|$)")
"""Where the words for a day end at the latest."""

GOES_ON = frozenset((
    "next", "this", "coming", "following", "week", "month", "after", "before", "or", "que", "in",
    "prochain", "prochaine", "suivant", "suivante", "semaine", "ou", "o", "oder", "próximo", "próxima", "proximo", "siguiente",
    "viene", "semana", "nächste", "nächsten", "nächster", "woche", "القادم", "القادمة", "المقبل", "المقبلة", "التالي", "أو", "بعد",
    "الأسبوع",
))  # fmt: skip
"""Words behind a day that may make another day of it, or several."""

JOINTS = frozenset(("the", "of", "le", "la", "el", "de", "del", "den", "dem", "o", "do", "يوم", "من"))
"""What may stand between the parts of a date."""

DATED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª)? (?P<month>[^\W\d_]+)|(?P<first>[^\W\d_]+) (?P<second>\d{1,2})(?:st|nd|rd|th)?)"
    r"(?: (?P<year>2\d{3}))?"
)
SHORT = re.compile(r"\d{1,2}[./-]\d{1,2}")
"""A date of which the world does not agree what stands first."""

MOST_WORDS = 8
FARTHEST, AHEAD = timedelta(days=3660), timedelta(days=330)
"""How far a day may be; without a year, one that is nearly a year away may have been meant for the one just over."""


@dataclass(frozen=True, slots=True)
class Until:
    """`day`: as `2026-12-04`, or empty. `doubtful`: words that may say a day, of which it is not sure which."""

    day: str = ""
    doubtful: str = ""


def until(words: str, zone: str, now: datetime) -> Until:
    """The day until which something is to be done, by the words for it. Of several that differ none is sure."""
    today = now.astimezone(ZoneInfo(zone)).date()
    found = [_iso(one[0], today) for one in ISO.finditer(words)]
    found += [one for language in FOUND for one in _marked(words, language, zone, now)]
    doubts = [one.doubtful for one in found if one.doubtful]
    days = list(dict.fromkeys(one.day for one in found if one.day))
    if doubts or len(days) > 1:
        return Until(doubtful=" / ".join(dict.fromkeys(doubts or days)))
    return Until(day=days[0]) if days else Until()


def read(words: str, language: str, zone: str, now: datetime) -> Until:
    """A day that was typed by itself, with or without anything before it."""
    found = until(words, zone, now)
    if found.day or found.doubtful:
        return found
    bare = BEGINS.sub("", words.strip(), count=1)
    return _day(bare, language, zone, now) or _day(bare, "en", zone, now) or Until()


def begins(words: str) -> bool:
    """Whether they begin as a day does, or a number."""
    return words[:1].isdecimal() or BEGINS.match(words.strip()) is not None


def _marked(words: str, language: str, zone: str, now: datetime) -> list[Until]:
    found = []
    for one in FOUND[language].finditer(words):
        typed = ENDS.split(one["day"], maxsplit=1)[0].split()[:MOST_WORDS]
        if typed and not ISO.match(typed[0]):
            found.append(_longest(typed, language, zone, now))
    return found


def _longest(typed: list[str], language: str, zone: str, now: datetime) -> Until:
    """The day that most of these words say, if those behind it do not go on to say another."""
    for length in range(len(typed), 0, -1):
        said = " ".join(typed[:length]).strip(",،")
        day = _day(said, language, zone, now)
        if day is not None:
            goes_on = _goes_on(typed[length:], language)
            return Until(doubtful=" ".join(typed[: length + 1]).strip(",،")) if goes_on else day
    return Until(doubtful=typed[0]) if SHORT.match(typed[0]) else Until()


def _goes_on(rest: list[str], language: str) -> bool:
    """Whether these words go on to say a day."""
    plain = next((one for word in rest if (one := word.casefold().strip(".,،")) not in JOINTS), "")
    return plain[:1].isdecimal() or plain in GOES_ON or plain in _months(language) or plain in _weekdays(language)


def _iso(typed: str, today: date) -> Until:
    try:
        day = date.fromisoformat("-".join(part.zfill(2) for part in typed.split("-")))
    except ValueError:
        return Until(doubtful=typed)
    return Until(day=day.isoformat()) if today <= day <= today + FARTHEST else Until(doubtful=typed)


def _day(typed: str, language: str, zone: str, now: datetime) -> Until | None:
    """What these words say; None: no day at all."""
    today = now.astimezone(ZoneInfo(zone)).date()
    weekday = _weekdays(language).get(typed.casefold().strip("."))
    if weekday is not None:
        ahead = (weekday - today.weekday()) % 7
        return Until(day=(today + timedelta(days=ahead)).isoformat()) if ahead else Until(doubtful=typed)
    if (dated := _dated(typed, language, today)) is not None:
        return dated
    try:
        at = when.instant(typed, zone, now)
    except UnsureTime:
        return Until(doubtful=typed)
    except Refusal:
        return None
    return Until(day=at.astimezone(ZoneInfo(zone)).date().isoformat())


def _dated(typed: str, language: str, today: date) -> Until | None:
    """`4 December`, `Friday, 4 décembre 2026`, `December 4th`: with a weekday that is that day's."""
    words = [one.strip(",.،") for one in typed.casefold().split() if one.strip(",.،") not in JOINTS]
    weekday = _weekdays(language).get(words[0]) if words else None
    found = DATED.fullmatch(" ".join(words[1:] if weekday is not None else words))
    month = found and _months(language).get(found["month"] or found["first"])
    if not found or not month:
        return None
    try:
        day = _coming(int(found["day"] or found["second"]), month, int(found["year"] or 0), today)
    except ValueError:
        return Until(doubtful=typed)
    sure = today <= day <= today + (FARTHEST if found["year"] else AHEAD) and weekday in (None, day.weekday())
    return Until(day=day.isoformat()) if sure else Until(doubtful=typed)


def _coming(day: int, month: int, year: int, today: date) -> date:
    """That day of that year; without one, the next such day."""
    this = date(year or today.year, month, day)
    return this if year or this >= today else date(today.year + 1, month, day)


@cache
def _months(language: str) -> dict[str, int]:
    """What the months are called -> 1 for January."""
    found: dict[str, int] = {}
    for width in ("abbreviated", "wide"):
        names = get_month_names(width, locale=locale_of(language))
        found |= {str(name).casefold().strip("."): month for month, name in names.items()}
    return found


@cache
def _weekdays(language: str) -> dict[str, int]:
    """What the days of the week are called -> 0 for Monday."""
    found: dict[str, int] = {}
    for width in ("abbreviated", "wide"):
        names = get_day_names(width, locale=locale_of(language))
        found |= {str(name).casefold().strip("."): day for day, name in names.items()}
    return found
