"""Dates: what people say of a day or a time in their own words, made the instants that it may mean.

Never silently wrong: what may mean several things, or is not surely meant for a time, is not `certain`, and is asked back.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.dates.lexicon import lexicon
from bot.dates.listening import Heard
from bot.dates.meaning import Meant, meanings
from bot.dates.sentence import found

__all__ = ["MOST_TYPED", "Meant", "Reading", "beginning", "read", "understood"]

MOST_TYPED = 64
MOST_SENTENCE = 256
MOST_READINGS = 6
SAYS_NOTHING = ("and", "at", "from", "glue", "in", "on", "to")
"""Words that mean no time by themselves, so that a sentence may go on with them."""
FIRST, LAST = 1970, 9000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text may mean, the likeliest first, and the words that say it, as places in the text.

    `certain`: it is the first, and nothing else. `whole`: the text says nothing besides. `impossible`: a day that no
    calendar has, or words like `one day`, which name none.
    """

    readings: tuple[Meant, ...] = ()
    certain: bool = False
    span: tuple[int, int] = (0, 0)
    whole: bool = False
    impossible: bool = False


def read(words: str, language: str, zone: str, now: datetime) -> Reading:
    """Read what people say of when. `now` is aware, `zone` an IANA key. Nothing is read of longer texts."""
    if len(words) > MOST_TYPED:
        return Reading()
    heard = Heard(words, lexicon(language))
    said = found(heard)
    if said is None:
        idle = any(heard.get(at, "skip") for at in range(len(heard.tokens)))
        return Reading(impossible=idle)
    meant: dict[Meant, None] = {}
    doubt, failed, here = said.doubt, False, ZoneInfo(zone)
    for way in said.stretch.ways():
        try:
            one = meanings(said.facts(way), heard.lexicon, here, now)
        except (ValueError, OverflowError):
            failed = True
            continue
        meant |= dict.fromkeys(one.meant)
        doubt = doubt or one.doubt or any(piece.doubt for piece in way)
    readings = tuple(one for one in meant if FIRST <= one.at.year < LAST)[:MOST_READINGS]
    begin, end = heard.tokens[said.stretch.begin].begin, heard.tokens[said.stretch.end - 1].end
    return Reading(
        readings=readings,
        certain=len(readings) == 1 and not doubt and not failed and readings[0].at >= _today(now, here),
        span=(begin, end),
        whole=said.whole,
        impossible=failed and not readings,
    )


def understood(words: str, language: str, zone: str, now: datetime) -> Reading:
    """As `read`; what is no whole text in somebody's own language is read in English too, which many write besides theirs.

    What English alone reads is certain only where it is the whole text; what it surely reads otherwise puts the other in doubt.
    """
    own = read(words, language, zone, now)
    if own.whole or lexicon(language).language == "en":
        return own
    other = read(words, "en", zone, now)
    if other.readings and (other.whole or not (own.readings or own.impossible)):
        return replace(other, certain=other.certain and other.whole)
    return replace(own, certain=own.certain and not (other.certain and _besides(other.span, own.span)))


def _besides(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether words lie apart from others, or around them."""
    apart = one[1] <= other[0] or other[1] <= one[0]
    return apart or (one != other and one[0] <= other[0] and other[1] <= one[1])


def beginning(sentence: str, language: str) -> str:
    """As much of a sentence as is read, if what it goes on with has nothing that could be of a time; else the whole."""
    begin, _, _ = sentence[: MOST_TYPED + 1].rpartition(" ")
    if not begin or not MOST_TYPED < len(sentence) <= MOST_SENTENCE:
        return sentence
    rest = Heard(sentence[len(begin) :], lexicon(language))
    timely = any(one.kind not in SAYS_NOTHING for at in range(len(rest.tokens)) for one in rest.all(at))
    return sentence if timely or any(map(str.isdigit, rest.text)) else begin


def _today(now: datetime, here: ZoneInfo) -> datetime:
    return now.astimezone(here).replace(hour=0, minute=0, second=0, microsecond=0)
