"""Lengths: how long something lasts, in words that can mean nothing else - `3 days`, `une heure`, `1 day and 12 hours`."""

from collections.abc import Iterator, Mapping

from bot.dates.lexicon import lexicon
from bot.dates.listening import Heard

MINUTE, HOUR, DAY = 60, 3600, 86400
SECONDS: Mapping[str, int] = {"minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY, "fortnight": 14 * DAY}
"""Months and years are not all of one length, so nothing lasts so long."""

BETWEEN = ("and",)


def seconds(words: str, language: str) -> int | None:
    """How long, in a language or in English; None: they say no length, or something besides."""
    for one in dict.fromkeys((lexicon(language).language, "en")):
        parts = list(_parts(Heard(words, lexicon(one))))
        if parts and None not in parts:
            return sum(part for part in parts if part is not None)
    return None


def _parts(heard: Heard) -> Iterator[int | None]:
    """Each amount in turn; None for what is none."""
    at = 0
    while at < len(heard.tokens):
        found = _amount(heard, at)
        yield found[0] if found else None
        at = found[1] if found else len(heard.tokens)
        if at < len(heard.tokens) - 1:
            at = heard.past(at, *BETWEEN) if heard.word(at) != "," else at + 1


def _amount(heard: Heard, at: int) -> tuple[int, int] | None:
    """So many of a unit: how long that is, and the place behind it."""
    if two := heard.get(at, "dual"):
        return _of(two.value, 2, at + len(two.words))
    count, one = heard.number(at, most=9999), heard.get(at, "one")
    start = count.end if count else at + len(one.words) if one else at
    unit = heard.get(start, "unit") if start > at else None
    return _of(unit.value, count.value if count else 1, start + len(unit.words)) if unit else None


def _of(unit: str, count: int, end: int) -> tuple[int, int] | None:
    return (SECONDS[unit] * count, end) if unit in SECONDS else None
