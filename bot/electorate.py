"""Electorate: what people write for whose voices count - `--roll since:2026-01-01`, `--quorum "5 affiliates from 3 regions"`."""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from bot import words
from decisions.refusals import BadQuorum, UnknownTime
from decisions.rolls import AFFILIATES, EVERYONE, LIST, SINCE
from decisions.wording import line

AMOUNT = re.compile(r"(?P<amount>\d{1,4}/\d{1,4}|\d{1,6}\s*[%\u066a]?)\s*(?P<of>[^\d%\u066a]*)")
"""`50% and`, `5 affiliates from`, `3 regions`."""

NAMED = re.compile(r"(?P<kind>[^:\s]+)\s*:\s*(?P<what>.+)", re.DOTALL)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NAMES = re.compile(r"#\d+|[^,;\s]+(?:\s+#\d+)?")
"""`ana, ben #12`, `ana #12`: a number behind a name belongs to it."""

LONGEST_GIVEN = 40


class Breadth(NamedTuple):
    """How many affiliates and regions have to take part."""

    affiliates: int = 0
    regions: int = 0


def roll(given: str) -> tuple[str, tuple[str, ...]]:
    """Whom a roll names: as `Poll.roll` has it, a list by its name; or people one by one. Raises UnknownTime."""
    plain = line(given).casefold()
    if plain in said("everyone"):
        return EVERYONE, ()
    if plain in said("affiliates"):
        return AFFILIATES, ()
    named = NAMED.fullmatch(line(given))
    if named is not None and named["kind"].casefold() in said("since"):
        return f"{SINCE}{_day(named['what'])}", ()
    if named is not None and named["kind"].casefold() in said("list"):
        return f"{LIST}{named['what'].strip()}", ()
    return "", tuple(NAMES.findall(given))


def quorum(given: str) -> tuple[str, Breadth]:
    """The amount that is of people, empty if there is none, and the breadth. Raises BadQuorum."""
    plain = re.sub(r"[,;+،؛&]", " ", line(given).casefold())
    found = list(AMOUNT.finditer(plain))
    people, breadth = "", {"affiliates": 0, "regions": 0}
    if not found or "".join(one[0] for one in found) != plain.lstrip():
        raise BadQuorum(given[:LONGEST_GIVEN])
    for one in found:
        kind, amount = _kind(one["of"], given), "".join(one["amount"].split())
        if kind == "people" and not people:
            people = amount
        elif kind in breadth and not breadth[kind] and amount.isdecimal() and int(amount):
            breadth[kind] = int(amount)
        else:
            raise BadQuorum(given[:LONGEST_GIVEN])
    return people, Breadth(**breadth)


def _kind(of: str, given: str) -> str:
    """What an amount is of, where nothing but words for that, and between them, stand behind it."""
    kinds = set()
    for word in of.split():
        hits = [one for one in ("affiliates", "regions", "people") if word in said(one)]
        if not hits and word not in said("between"):
            raise BadQuorum(given[:LONGEST_GIVEN])
        kinds.update(hits)
    if len(kinds) > 1:
        raise BadQuorum(given[:LONGEST_GIVEN])
    return kinds.pop() if kinds else "people"


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given.strip() if DAY.fullmatch(given.strip()) else "").isoformat()
    except ValueError:
        raise UnknownTime(given[:LONGEST_GIVEN]) from None


@cache
def said(what: str) -> frozenset[str]:
    """What may be written for a thing, in any language: the text `asked-WHAT`."""
    texts = (words.keys(language)[f"asked-{what}"] for language in words.languages())
    return frozenset(one.strip().casefold() for text in texts for one in re.split("[,،]", text))
