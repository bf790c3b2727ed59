"""Hours: which times of day were meant, of those that what was said may name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.dates.facts import Clock, Fact, Hours, Named, Part

NOON, MIDNIGHT, LAST = time(12), time(0), time(23, 59, 59)
HELD = {
    "dawn": range(7),
    "morning": range(12),
    "afternoon": range(12, 21),
    "evening": range(15, 24),
    "night": range(18, 24),
}
"""The hours that people say in a part of the day."""

WHOLE = {
    "dawn": (time(4), time(8)),
    "morning": (time(8), NOON),
    "afternoon": (NOON, time(16)),
    "evening": (time(16), time(20)),
    "night": (time(20), LAST),
}
"""What a part of the day is when no hour is said."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, or a stretch; `days` is 1 where it begins on the day after the named one."""

    at: time
    until: time | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Times:
    """The times that may be meant, the likeliest first; whether there is a doubt besides; `vague` for parts of the day."""

    times: tuple[Time, ...]
    doubt: bool = False
    vague: bool = False


def told(facts: Sequence[Fact], sure_parts: Sequence[str]) -> Times | None:
    """The time of day that facts name; None where they name none."""
    said = [one for one in facts if isinstance(one, Clock | Hours) or one in (Named("noon"), Named("midnight"))]
    parts = [one.name for one in facts if isinstance(one, Part)]
    part = parts[0] if parts else ""
    crowded = len(said) > 1 or len(set(parts)) > 1
    if said:
        found = _told(said[0], part)
        return replace(found, doubt=found.doubt or crowded)
    if part not in WHOLE:
        return None
    begin, end = WHOLE[part]
    return Times((Time(begin, end),), doubt=crowded or part not in sure_parts, vague=True)


def _told(fact: Fact, part: str) -> Times:
    match fact:
        case Clock():
            times, doubt = _clock(fact, part)
            midnight = fact.hour == 24
            return Times(tuple(Time(one, days=int(midnight)) for one in times), doubt or midnight)
        case Hours():
            return _hours(fact, part)
        case Named("noon"):
            return Times((Time(NOON),), doubt=bool(part) and part != "afternoon")
    return Times((Time(MIDNIGHT), Time(MIDNIGHT, days=1)), doubt=True)


def _clock(clock: Clock, part: str) -> tuple[list[time], bool]:
    """The times that a clock may show, and whether it is in doubt also where it is one."""
    hour = clock.hour % 24
    if clock.half:
        return _halved(clock, part)
    if part:
        return _of_part(clock, part)
    if clock.plain or not 1 <= clock.hour <= 12:
        return [_time(clock, hour)], False
    return [_time(clock, hour), _time(clock, (hour + 12) % 24)], False


def _halved(clock: Clock, part: str) -> tuple[list[time], bool]:
    if not 1 <= clock.hour <= 12:
        return [_time(clock, clock.hour % 24)], True
    hour = clock.hour % 12 + 12 * (clock.half == "pm")
    if clock.hour == 12 and not clock.minute:  # half of the world has it the other way round
        return [_time(clock, hour), _time(clock, (hour + 12) % 24)], True
    return [_time(clock, hour)], bool(part) and hour not in HELD[part]


def _of_part(clock: Clock, part: str) -> tuple[list[time], bool]:
    hour = clock.hour % 24
    both = [hour, (hour + 12) % 24] if clock.hour <= 12 else [hour]
    fit = [one for one in both if one in HELD[part]]
    odd = (clock.hour == 12 and part != "afternoon") or (part == "night" and 1 <= clock.hour <= 5)
    return [_time(clock, one) for one in fit or both], odd or len(fit) != 1


def _time(clock: Clock, hour: int) -> time:
    return time(hour, clock.minute, clock.second)


def _hours(said: Hours, part: str) -> Times:
    first, last, sure_night = _shared(said)
    begins, one = _clock(first, part)
    ends, other = _clock(last, part)
    pairs = [(begin, end) for begin in begins for end in ends if begin < end and _near(begin, end, begins)]
    if pairs:
        return Times(tuple(Time(*pair) for pair in pairs), one or other)
    return Times((Time(begins[0], ends[0]),), one or other or not sure_night or begins[0] == ends[0])


def _near(begin: time, end: time, begins: Sequence[time]) -> bool:
    """Whether no other reading of the beginning stands between: 7 to 9 is two hours, not fourteen."""
    return not any(begin < other < end for other in begins)


def _shared(said: Hours) -> tuple[Clock, Clock, bool]:
    """`from 7 to 9pm` is 7pm, `11 to 1pm` is 11am, `9 - 17h` is as it stands."""
    first, last = said.first, said.last
    if last.half and not first.half and not first.plain and first.hour <= 12:
        earlier = first.hour % 12 < last.hour % 12
        first = replace(first, half=last.half if earlier else {"am": "pm", "pm": "am"}[last.half])
    elif first.half and not last.half and last.hour <= 12 and first.hour % 12 < last.hour % 12:
        last = replace(last, half=first.half)
    elif last.plain and not first.plain and not first.half and first.hour < last.hour:
        first = replace(first, plain=True)
    elif first.plain and not last.plain and not last.half and first.hour < last.hour:
        last = replace(last, plain=True)
    return first, last, bool(said.first.half and said.last.half)
