"""Days: until when something is to be done, in the words that say what - `by Friday`, `d'ici le 4 décembre`, `2026-12-04`.

What is not sure is no day: it is said back instead.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import dates, when

MARKERS = {
    "en": r"(?:not later than|no later than|by|until|till|before|due(?: on| by)?|deadline:?)",
    "fr": r"(?:d['’]ici(?: au| le| à)?|avant(?: le| la)?|pour le|jusqu['’](?:au|à)|au plus tard(?: le)?)",
    "es": r"(?:antes del?|para el|hasta el|a más tardar el|a mas tardar el)",
    "de": r"(?:bis(?: zum| spätestens)?|spätestens(?: am)?|vor dem)",
    "pt": r"(?:até(?: ao?| à)?|antes d[eoa]|para o|para a)",
    "ar": r"(?:قبل|بحلول|حتى|في موعد أقصاه|إلى يوم)",
}
"""What stands before such a day. The language of these words is taken for that of the day."""

FOUND = {
    language: re.compile(rf"(?<!\w){marker}\s+(?P<day>\S.{{0,80}})", re.IGNORECASE | re.DOTALL)
    for language, marker in MARKERS.items()
}
BEGINS = re.compile(rf"(?:{'|'.join(MARKERS.values())}|avant|antes)(?:\s+|$)", re.IGNORECASE)
ISO = re.compile(r"(?<![\d-])\d{4}-\d{1,2}-\d{1,2}(?![\d-])")
ENDS = re.compile(r"[;!?()\[\]\n]|(?<!\d)\.(?=\s|$)|(?<=\d{4})\.(?=\s|$)")
"""Where the words for a day end at the latest."""

GLUE = ("", "the", "le", "la", "el", "den", "dem", "يوم")
"""What may stand between such words and the day."""

YEAR = re.compile(r"\d{4}|[mhdw]$", re.IGNORECASE)
MOST_WORDS = 6
FARTHEST, AHEAD = timedelta(days=3660), timedelta(days=330)
"""How far away a day may be; and one without a year."""


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
    return _day(bare, language, zone, now, alone=True) or _day(bare, "en", zone, now, alone=True) or Until()


def begins(words: str) -> bool:
    """Whether they begin as a day does, or a number."""
    return words[:1].isdecimal() or BEGINS.match(words.strip()) is not None


def _marked(words: str, language: str, zone: str, now: datetime) -> list[Until]:
    typed = [ENDS.split(one["day"], maxsplit=1)[0] for one in FOUND[language].finditer(words)]
    return [_first(one, language, zone, now) for one in typed if not ISO.match(one)]


def _first(typed: str, language: str, zone: str, now: datetime) -> Until:
    """The day that these words begin with: all of them are looked at, or else, where they say none, fewer and fewer."""
    fitting = typed[: dates.MOST_TYPED + 1].rpartition(" ")[0] if len(typed) > dates.MOST_TYPED else typed
    found = _day(fitting, language, zone, now)
    words = fitting.split()[:MOST_WORDS]
    for length in range(len(words), 0, -1):
        found = found or _day(" ".join(words[:length]).strip(",،"), language, zone, now)
    return found or Until()


def _day(typed: str, language: str, zone: str, now: datetime, *, alone: bool = False) -> Until | None:
    """The day that these words say at once; `alone`: and nothing else. None: they say none."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if when.LASTING.fullmatch(typed.casefold()):
        return _near((now + when.duration(typed)).astimezone(ZoneInfo(zone)).date(), typed, today)
    said = dates.read(typed, language, zone, now)
    begin, end = said.span
    if not (said.readings or said.impossible) or typed[:begin].strip() not in GLUE or (alone and not said.whole):
        return None
    if not said.certain:
        return Until(doubtful=typed[begin:].strip(" ,،"))
    at = said.readings[0].at
    return (
        _near(at.astimezone(ZoneInfo(zone)).date(), typed[begin:end], today)
        if said.readings[0].day or at > now
        else None
    )


def _near(day: date, typed: str, today: date) -> Until:
    """The day, if it is not so far away that the one just over may have been meant, or that it is no day at all."""
    farthest = FARTHEST if YEAR.search(typed) else AHEAD
    return Until(day=day.isoformat()) if today <= day <= today + farthest else Until(doubtful=typed)


def _iso(typed: str, today: date) -> Until:
    try:
        day = date.fromisoformat("-".join(part.zfill(2) for part in typed.split("-")))
    except ValueError:
        return Until(doubtful=typed)
    return Until(day=day.isoformat()) if today <= day <= today + FARTHEST else Until(doubtful=typed)
