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
from decisions.refusals import Refusal

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
ENDS = re.compile(r"[;!?()\[\]\n]|[.,،](?=\s|$)")
"""Where the words for a day end at the latest."""

GOES_ON = frozenset(
    [
        "next",
        "this",
        "coming",
        "following",
        "week",
        "month",
        "after",
        "before",
        "or",
        "of",
        "de",
        "del",
        "du",
        "que",
        "in",
        "prochain",
        "prochaine",
        "suivant",
        "suivante",
        "semaine",
        "ou",
        "o",
        "oder",
        "próximo",
        "próxima",
        "proximo",
        "siguiente",
        "viene",
        "semana",
        "nächste",
        "nächsten",
        "nächster",
        "woche",
        "القادم",
        "القادمة",
        "المقبل",
        "المقبلة",
        "التالي",
        "أو",
        "بعد",
        "الأسبوع",
    ]
)
"""Words behind a day that may make another day of it, or several."""

MOST_WORDS = 6
FARTHEST = timedelta(days=3660)


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
        said = " ".join(typed[:length])
        day = _day(said, language, zone, now)
        if day is not None:
            goes_on = length < len(typed) and _goes_on(typed[length], language)
            return Until(doubtful=" ".join(typed[: length + 1])) if goes_on else day
    return Until()


def _goes_on(word: str, language: str) -> bool:
    plain = word.casefold().strip(".,")
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
    try:
        at = when.instant(typed, zone, now)
    except Refusal:
        return None
    return Until(day=at.astimezone(ZoneInfo(zone)).date().isoformat())


@cache
def _months(language: str) -> frozenset[str]:
    locale = locale_of(language)
    names = (get_month_names(width, locale=locale).values() for width in ("abbreviated", "wide"))
    return frozenset(str(name).casefold().strip(".") for each in names for name in each)


@cache
def _weekdays(language: str) -> dict[str, int]:
    """What the days of the week are called -> 0 for Monday."""
    found: dict[str, int] = {}
    for width in ("abbreviated", "wide"):
        names = get_day_names(width, locale=locale_of(language))
        found |= {str(name).casefold().strip("."): day for day, name in names.items()}
    return found
