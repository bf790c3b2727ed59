"""Queries: what people write behind `search`, with filters in English or their own words, as a Query."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot import when
from bot.export.wanted import period
from bot.reader import Reader
from decisions.refusals import (
    BadPeriod,
    SearchTooLong,
    SearchTooShort,
    UnknownFilter,
    UnknownTime,
)
from decisions.searching import LONGEST, MOST_WORDS, SHORTEST, Kind, Query
from decisions.wording import line
from storage import folding

KINDS: dict[str, Query] = {
    "decision": Query(kinds=frozenset({Kind.PROPOSAL, Kind.STATEMENT}), decided=True),
    "lesson": Query(kinds=frozenset({Kind.LESSON, Kind.REUSE})),
} | {one.value: Query(kinds=frozenset({one})) for one in Kind if one is not Kind.LESSON}
"""What is said behind `kind:` -> what it asks for. Each has its text `search-kind-NAME`."""

OUTCOMES = (
    "passed", "not passed", "chosen", "blocked", "no quorum", "withdrawn", "scheduled", "open", "done", "dropped",
    "worked", "failed", "cancelled",
)  # fmt: skip
"""What is said behind `outcome:`. Each has its text `search-outcome-NAME`."""

FILTERS = ("by", "kind", "since", "until", "affiliate", "outcome", "group")
"""Each has its text `search-filter-NAME`."""

FILTER = re.compile(r"(?:(?<=\s)|^)(?P<name>[^\W\d_]+)[:：]\s?(?P<value>\"[^\"]*\"|[^\s\"]+)(?=\s|$)")
PHRASE = re.compile(r'"([^"]*)"')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
COMMAS = re.compile("[,،、]")
AGO = re.compile(r"(?:\d+[mhdw])+", re.ASCII)


def query(said: str, reader: Reader, now: datetime, mine: frozenset[int] = frozenset()) -> Query:
    """What is asked for. `mine`: the members that whoever asks is, for `by:me`. Raises refusals."""
    if len(said) > LONGEST:
        raise SearchTooLong(LONGEST, MOST_WORDS)
    text, found = said.translate(QUOTES), Query()
    for one in FILTER.finditer(text):
        if (name := _meant(one["name"], FILTERS, "filter", reader)) is not None:
            found = _READ[name](found, one["value"].strip('"'), _Asked(reader, now, mine))
            text = text.replace(one[0], " ", 1)
    phrases = tuple(one for one in PHRASE.findall(text) if folding.words(one))
    found = replace(found, words=line(PHRASE.sub(" ", text).replace('"', " ")), phrases=phrases)
    return _checked(found, said)


def _checked(found: Query, said: str) -> Query:
    words = folding.words(" ".join((found.words, *found.phrases)))
    if len(found.words.split()) > MOST_WORDS:
        raise SearchTooLong(LONGEST, MOST_WORDS)
    if found.is_empty or (
        found.says_something and not any(len(one) >= SHORTEST or folding.RUN.match(one) for one in words)
    ):
        raise SearchTooShort(line(said[:40]))
    return found


class _Asked:
    """Who asks, when, and which members they are."""

    def __init__(self, reader: Reader, now: datetime, mine: frozenset[int]) -> None:
        self.reader, self.now, self.mine = reader, now, mine


def _by(found: Query, value: str, asked: _Asked) -> Query:
    own = {one.strip().casefold() for one in COMMAS.split(f"me,{asked.reader.say('search-me')}")}
    return replace(found, mine=asked.mine) if value.casefold() in own else replace(found, by=value)


def _kind(found: Query, value: str, asked: _Asked) -> Query:
    """Several, with commas between."""
    for each in filter(None, COMMAS.split(value)):
        name = _meant(each, tuple(KINDS), "kind", asked.reader)
        if name is None:
            raise _unknown("kind", each, tuple(KINDS), asked.reader)
        wanted = KINDS[name]
        decided = wanted.decided and (found.decided or not found.kinds)
        found = replace(found, kinds=found.kinds | wanted.kinds, decided=decided)
    return found


def _outcome(found: Query, value: str, asked: _Asked) -> Query:
    for each in filter(None, COMMAS.split(value)):
        name = _meant(each, OUTCOMES, "outcome", asked.reader)
        if name is None:
            raise _unknown("outcome", each, OUTCOMES, asked.reader)
        found = replace(found, outcomes=found.outcomes | {name})
    return found


def _since(found: Query, value: str, asked: _Asked) -> Query:
    return replace(found, since=_period(value, asked)[0])


def _until(found: Query, value: str, asked: _Asked) -> Query:
    return replace(found, until=_period(value, asked)[1])


def _period(value: str, asked: _Asked) -> tuple[datetime, datetime]:
    """The first instant of what was said and the first after it: of `30d`, thirty days ago; of `2026-03`, the month."""
    if AGO.fullmatch(value):
        ago = asked.now - when.duration(value)
        return ago, ago
    try:
        return period(value, asked.reader.zone)
    except BadPeriod:
        day = timedelta(minutes=1)
        try:
            begins = when.instant(value, asked.reader.zone, asked.now, end_of_day=False, language=asked.reader.language)
            ends = when.instant(value, asked.reader.zone, asked.now, language=asked.reader.language)
        except UnknownTime:
            raise BadPeriod(line(value[:40])) from None
        return begins, ends + day


_READ: dict[str, Callable[[Query, str, _Asked], Query]] = {
    "by": _by,
    "kind": _kind,
    "since": _since,
    "until": _until,
    "affiliate": lambda found, value, _: replace(found, affiliate=value),
    "outcome": _outcome,
    "group": lambda found, value, _: replace(found, group=value),
}


def _meant(said: str, known: tuple[str, ...], what: str, reader: Reader) -> str | None:
    """Which of these is meant, in English or in the reader's own words; None: none."""
    plain = _plain(said)
    for name in known:
        if plain in (_plain(name), f"{_plain(name)}s", *map(_plain, own(name, what, reader))):
            return name
    return None


def own(name: str, what: str, reader: Reader) -> list[str]:
    """What the reader calls it; the first of them is what is shown."""
    slug = name.replace(" ", "-")
    keys = {"filter": f"search-filter-{slug}", "kind": f"search-kind-{slug}", "outcome": f"search-outcome-{slug}"}
    return COMMAS.split(reader.say(keys[what]))


def _plain(said: str) -> str:
    return " ".join(folding.words(said))


def _unknown(name: str, value: str, known: tuple[str, ...], reader: Reader) -> UnknownFilter:
    said = own(name, "filter", reader)[0].strip()
    return UnknownFilter(said, line(value[:40]), tuple(own(one, name, reader)[0].strip() for one in known))
