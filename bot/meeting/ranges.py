"""Ranges: from one day to another as people say it - `3 march to 6 march`, `du 3 au 6 mars`, `Monday to Wednesday`."""

import re
from collections.abc import Iterator
from datetime import datetime

from bot import dates
from bot.dates.lexicon import Lexicon, lexicon
from bot.dates.listening import Heard
from bot.meeting.spans import EXAMPLE, Span, folded
from decisions.refusals import UnknownDays

OPENS = {"from": ("to",), "between": ("and",)}
"""What may stand before the first day, and what then stands before the last."""

WELDED = {"del": "de", "al": "a", "ao": "a", "vom": "von", "zum": ""}
"""What is written in one word with an article."""

ARTICLE = r"(?:(?:the|le|el|o|den|dem) )?"
SIGNS = re.compile(r"\.\.+|[-\u2010-\u2015\u2212\u2026]")
NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
BARE = re.compile(rf"{ARTICLE}{NUMBER.pattern}(?:st|nd|rd|th|er|\.)?")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def between(given: str, zone: str, now: datetime, language: str) -> Span | None:
    """The days from one to another; None: no two days are named. Raises UnknownDays where it is not sure which they are."""
    if len(given) > dates.MOST_TYPED:
        return None
    unsure = False
    for first, last in _pairs(given, language):
        ends = [dates.understood(one, language, zone, now) for one in (first, last)]
        if not all(one.whole and one.readings and one.readings[0].day for one in ends):
            continue
        begin, end = (one.readings[0].local.date() for one in ends)
        if all(one.certain for one in ends) and begin <= end:
            return Span(begin, end)
        unsure = True
    if unsure:
        raise UnknownDays(given[:40], EXAMPLE)
    return None


def _pairs(given: str, language: str) -> Iterator[tuple[str, str]]:
    """Each way to part the words in two, with what the one half leaves to the other."""
    plain = " ".join(WELDED.get(one, one) for one in folded(given).split())
    for known in {one.language: one for one in (lexicon(language), lexicon("en"))}.values():
        for first, last in _parted(plain, known):
            yield _completed(first.strip(" ,;:"), last.strip(" ,;:"), known)


def _parted(given: str, known: Lexicon) -> Iterator[tuple[str, str]]:
    heard = Heard(given, known)
    opening = next((one for one in heard.all(0) if one.kind in OPENS), None)
    start = heard.tokens[len(opening.words)].begin if opening and len(opening.words) < len(heard.tokens) else 0
    kinds = OPENS[opening.kind] if opening else ("to",)
    for at, token in enumerate(heard.tokens):
        for one in heard.all(at) if token.begin > start else ():
            behind = at + len(one.words)
            if one.kind in kinds and behind < len(heard.tokens):
                yield given[start : token.begin], given[heard.tokens[behind].begin :]
    for sign in SIGNS.finditer(given, start):
        yield given[start : sign.start()], given[sign.end() :]


def _completed(first: str, last: str, known: Lexicon) -> tuple[str, str]:
    """`3` to `6 march` is from `3 march`, and `march 3` to `6` until `march 6`; a year behind the last day is that of both."""
    if (day := BARE.fullmatch(first)) and _names_month(last, known):
        first = NUMBER.sub(day[1], last, count=1)
    elif (day := BARE.fullmatch(last)) and _names_month(first, known):
        last = NUMBER.sub(day[1], first, count=1)
    if (year := YEAR.search(last)) and not YEAR.search(first):
        first = f"{first} {year[0]}"
    return first.removeprefix("the "), last.removeprefix("the ")


def _names_month(part: str, known: Lexicon) -> bool:
    heard = Heard(part, known)
    return any(heard.get(at, "month") for at in range(len(heard.tokens)))
