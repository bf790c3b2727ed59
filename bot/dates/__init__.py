"""Dates: what people say of a day or a time in their own words, made the instants that it may mean.

Never silently wrong: what may mean several things, or is not surely meant for a time, is not `certain`, and is asked back.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.dates.lexicon import lexicon
from bot.dates.listening import Heard
from bot.dates.meaning import Meant, meanings
from bot.dates.sentence import found

__all__ = ["MOST_TYPED", "Meant", "Reading", "read"]

MOST_TYPED = 64
MOST_READINGS = 6
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


def _today(now: datetime, here: ZoneInfo) -> datetime:
    return now.astimezone(here).replace(hour=0, minute=0, second=0, microsecond=0)
