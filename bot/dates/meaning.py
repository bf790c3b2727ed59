"""Meaning: the facts of one stretch of a text, made the instants that they may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.dates.choosing import Days, chosen
from bot.dates.facts import Ahead, Fact, Named, Part, Within
from bot.dates.hours import LAST, Time, Times, told
from bot.dates.lexicon import Lexicon

LENGTHS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class Meant:
    """One reading. `at` and `until` are UTC instants; `local` is the same on the wall, with the zone.

    With `day`, only a day was named, and `at` is where it begins. With `vague`, its hours are those of a part of the day.
    """

    at: datetime
    until: datetime | None
    local: datetime
    day: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Meanings:
    """All readings of a stretch, the best first, and whether there is a doubt besides."""

    meant: tuple[Meant, ...]
    doubt: bool


@dataclass(frozen=True, slots=True)
class _Wall:
    """One reading in wall time."""

    at: datetime
    until: datetime | None = None
    day: bool = False


def meanings(facts: Sequence[Fact], lexicon: Lexicon, zone: ZoneInfo, now: datetime) -> Meanings:
    """What facts mean together. Raises ValueError or OverflowError for what cannot be."""
    exact = _exact(facts, zone, now)
    if exact is not None:
        return exact
    here = now.astimezone(zone).replace(tzinfo=None)
    days, times = chosen(facts, here.date(), lexicon.language), told(facts, lexicon.parts)
    ending = any(one in (Named("end"), Named("eod")) for one in facts)
    if ending and times is None and days:
        times = Times((Time(LAST),))
    walls, doubt = _walls(days, times, here)
    doubt = doubt or (ending and _timed(facts)) or any(one in (Named("doubt"), Named("now")) for one in facts)
    doubt = doubt or any(isinstance(one, Within) or _short(one) or _lone_shift(one, days) for one in facts)
    doubt = doubt or _other_day(facts, days, here.date())
    found = [(meant, odd) for wall in walls for meant, odd in _placed(wall, zone, bool(times and times.vague))]
    readings = tuple(dict.fromkeys(meant for meant, _ in found))
    return Meanings(readings, doubt or any(odd for _, odd in found))


def _exact(facts: Sequence[Fact], zone: ZoneInfo, now: datetime) -> Meanings | None:
    """So many minutes or hours from now: an instant whatever clocks do."""
    if len(facts) != 1:
        return None
    match facts[0]:
        case Ahead(sign=0) as one if one.unit in LENGTHS:
            at = now.astimezone(UTC) + one.count * LENGTHS[one.unit]
            return Meanings((Meant(at, None, at.astimezone(zone)),), doubt=False)
        case Named("now"):
            return Meanings((Meant(now.astimezone(UTC), None, now.astimezone(zone)),), doubt=False)
        case Within() as one:
            until = now.astimezone(UTC) + one.count * LENGTHS.get(
                one.unit, timedelta(days=7 if one.unit == "week" else 1)
            )
            doubt = one.unit not in (*LENGTHS, "day", "week")
            return Meanings((Meant(now.astimezone(UTC), until, now.astimezone(zone)),), doubt)
    return None


def _short(fact: Fact) -> bool:
    return isinstance(fact, Ahead) and fact.unit in LENGTHS


def _lone_shift(fact: Fact, days: Days | None) -> bool:
    return isinstance(fact, Ahead) and bool(fact.sign) and days is None


def _timed(facts: Sequence[Fact]) -> bool:
    return told(facts, ()) is not None


def _other_day(facts: Sequence[Fact], days: Days | None, today: date) -> bool:
    """Whether `tonight` or the end of today was said of another day."""
    ours = any((isinstance(one, Part) and one.today) or one == Named("eod") for one in facts)
    return ours and days is not None and today not in days.days


def _walls(days: Days | None, times: Times | None, here: datetime) -> tuple[list[_Wall], bool]:
    if days is not None and times is None:
        return [_Wall(datetime.combine(day, time()), day=True) for day in days.days], days.doubt
    if times is None:
        return [], False
    if days is None:
        # A part of the day alone, `morning`, names no day.
        found = sorted((_next(one, here) for one in times.times), key=lambda one: one.at)
        return found, times.doubt or times.vague or len(found) > 1
    found = [_wall(day, one) for day in days.days for one in times.times]
    coming = [one for one in found if (one.until or one.at) >= here]
    sure = len(coming) == 1 and len(days.days) == 1
    return coming or found, days.doubt or times.doubt or not sure


def _wall(day: date, said: Time) -> _Wall:
    at = datetime.combine(day + timedelta(days=said.days), said.at)
    if said.until is None:
        return _Wall(at)
    until = datetime.combine(at.date(), said.until)
    return _Wall(at, until if until > at else until + timedelta(days=1))


def _next(said: Time, here: datetime) -> _Wall:
    days = (here.date() + timedelta(days=ahead - said.days) for ahead in range(3))
    return next(one for one in (_wall(day, said) for day in days) if one.at > here)


def _placed(wall: _Wall, zone: ZoneInfo, vague: bool) -> Iterator[tuple[Meant, bool]]:
    """The instants at which clocks of the zone show this: two where they go back, none that is sure where they skip it."""
    folds = (0,) if wall.day else (0, 1)
    begins = list(dict.fromkeys(wall.at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in folds))
    until, odd_end = _end(wall, zone)
    for at in begins:
        yield Meant(at, until, at.astimezone(zone), wall.day, vague), len(begins) > 1 or odd_end


def _end(wall: _Wall, zone: ZoneInfo) -> tuple[datetime | None, bool]:
    if wall.until is None:
        return None, False
    ends = [wall.until.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return ends[0], ends[0] != ends[1]
