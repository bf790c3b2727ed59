"""Sentence: the stretch of a text that says when, and whether anything else in it puts that in doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from bot.dates.clocks import clocks
from bot.dates.days import days
from bot.dates.facts import Clock, Dated, Fact, Feast, Hours, Piece, Weekday
from bot.dates.listening import Heard

MOST_WAYS = 8
"""Readings of one stretch that are looked at."""

SOFT = (",", "(", ")", "-", "/", "'")
"""Signs that may stand inside a stretch."""

GLUE = ("at", "on", "glue")
ZONES = frozenset(
    [
        "utc",
        "gmt",
        "cet",
        "cest",
        "est",
        "edt",
        "cst",
        "cdt",
        "mst",
        "mdt",
        "pst",
        "pdt",
        "bst",
        "ist",
        "jst",
        "pt",
        "et",
        "ct",
        "mt",
        "eet",
        "eest",
        "wet",
        "msk",
        "z",
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """What stands from one token to another: several pieces where it may be read in several ways."""

    begin: int
    end: int
    ways: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring pieces, which are read together."""

    begin: int
    end: int
    places: tuple[Place, ...]

    def ways(self) -> Iterator[tuple[Piece, ...]]:
        """Each way to read it."""
        yield from islice(product(*(one.ways for one in self.places)), MOST_WAYS)


@dataclass(frozen=True, slots=True)
class Found:
    """What is read of a text, and whether the rest puts it in doubt; `whole` where there is no rest."""

    stretch: Stretch
    doubt: bool
    whole: bool

    def facts(self, way: Sequence[Piece]) -> list[Fact]:
        return [one.fact for one in way]


def found(heard: Heard) -> Found | None:
    """The stretch that says most, if any does."""
    stretches, rest = _stretches(heard)
    strong = [one for one in stretches if _strong(heard, one)]
    if not strong:
        return None
    best = max(strong, key=lambda one: (len(one.places), one.end - one.begin))
    others = len(strong) > 1 or any(one is not best and _counts(one) for one in stretches)
    doubt = others or any(_doubtful(heard, at) for at in rest) or _weak_month(heard, best)
    doubt = doubt or (_zoned(heard, best.end) and _timed(best))
    whole = not [at for at in rest if not _soft(heard, at) and heard.word(at) not in ".!?"]
    # Where we have but the calendar's names, what is left over may say anything: `co piątek` is every Friday.
    doubt = doubt or not (whole or heard.lexicon.ours)
    return Found(best, doubt or len(list(best.ways())) > 1, whole and not others)


def _stretches(heard: Heard) -> tuple[list[Stretch], list[int]]:
    """The stretches of a text, and the tokens that belong to none."""
    made: list[Stretch] = []
    rest: list[int] = []
    at = joined = 0  # up to `joined`, what comes belongs to the stretch before
    while at < len(heard.tokens):
        goes_on = bool(made) and at <= joined
        place = _place(heard, at, made[-1].places[-1] if goes_on else None)
        if place is not None:
            last = made.pop() if goes_on else Stretch(at, at, ())
            made.append(Stretch(last.begin, place.end, (*last.places, place)))
            at = joined = place.end
            continue
        skipped = heard.get(at, "skip")
        if skipped is None:
            rest.append(at)
            joined = _joined(heard, at) if goes_on else joined
        at += len(skipped.words) if skipped else 1
    return made, [one for one in rest if not any(held.begin <= one < held.end for held in made)]


def _joined(heard: Heard, at: int) -> int:
    """How far a stretch goes on over this token: behind `at`, `of` and a comma."""
    return max(heard.past(at, *GLUE), at + 1 if heard.word(at) in SOFT else 0, at - 1)


def _place(heard: Heard, at: int, before: Place | None) -> Place | None:
    if heard.get(at, "skip"):
        return None
    after = before.ways[0].fact if before else None
    all_ways = [*days(heard, at, after), *clocks(heard, at)]
    if not all_ways:
        return None
    end = max(one.end for one in all_ways)
    longest = [one for one in all_ways if one.end == end]
    ways = {one.fact: one for one in reversed(longest)}
    return Place(at, end, tuple(reversed(ways.values())))


def _strong(heard: Heard, stretch: Stretch) -> bool:
    """Whether it says something surely meant for a time, not a word that may be another: `sat`, `may`, `second`."""
    pieces = [one.ways[0] for one in stretch.places]
    if any(not one.weak for one in pieces):
        return True
    alone = stretch.begin == 0 and all(_soft(heard, at) for at in range(stretch.end, len(heard.tokens)))
    return alone or heard.ends(stretch.begin, "on") or (len(pieces) > 1 and any(_holds(one.fact) for one in pieces))


def _zoned(heard: Heard, at: int) -> bool:
    """Whether a zone is named behind it: `3pm EST`, though `8:00 ist es` is German and `est` French for *is*."""
    names = [heard.word(at), heard.word(at + 1)]
    return any(
        one in ZONES and (heard.lexicon.language == "en" or heard.large(at + place)) for place, one in enumerate(names)
    )


def _timed(stretch: Stretch) -> bool:
    return any(isinstance(one.fact, Clock | Hours) for place in stretch.places for one in place.ways)


def _holds(fact: Fact) -> bool:
    return isinstance(fact, Weekday | Clock | Feast) or (isinstance(fact, Dated) and bool(fact.month))


def _counts(stretch: Stretch) -> bool:
    return any(_holds(one.ways[0].fact) and not one.ways[0].weak for one in stretch.places)


def _weak_month(heard: Heard, stretch: Stretch) -> bool:
    """`may 5 people come`: a word that is also something else before a number, in the midst of others."""
    weak = [one for one in stretch.places if one.ways[0].weak and isinstance(one.ways[0].fact, Dated | Weekday)]
    alone = stretch.begin == 0 and all(_soft(heard, at) for at in range(stretch.end, len(heard.tokens)))
    return bool(weak) and not alone and not heard.ends(stretch.begin, "on", "at", "from", "between")


def _soft(heard: Heard, at: int) -> bool:
    return heard.word(at) in (*SOFT, ".", "!", "?", "¿", "¡", "…") or any(one.kind in GLUE for one in heard.all(at))


def _doubtful(heard: Heard, at: int) -> bool:
    """Whether a token outside of what was read may say something of when all the same."""
    word = heard.word(at)
    if any(letter.isdigit() for letter in word):
        return heard.word(at + 1) != "%"
    kinds = {one.kind for one in heard.all(at) if len(one.words) == 1}
    if kinds & {"doubt", "ago", "noon", "midnight", "am", "pm", "unit", "post"} or any(
        one.kind == "doubt" for one in heard.all(at)
    ):
        return not (kinds & {"glue", "on", "at"})
    number = heard.get(at, "number")
    return number is not None and int(number.value) > 1
