"""Clocks: where a text says a time of day, or from when to when."""

from collections.abc import Iterator
from dataclasses import replace

from bot.dates.facts import Clock, Hours, Named, Part, Piece
from bot.dates.listening import Heard, Number

Said = tuple[Clock, int, bool]
"""A time of day, the token behind it, and whether it is in doubt."""

UNTIL = ("-",)


def clocks(heard: Heard, at: int) -> Iterator[Piece]:
    """Every way to read a time from this token on."""
    behind = heard.past(at, "at")
    for clock, end, doubt in _times(heard, behind):
        if not clock.bare or behind > at or _of_a_part(heard, end):
            yield Piece(at, end, replace(clock, bare=False), doubt=doubt)
    for name in ("noon", "midnight"):
        if found := heard.get(behind, name):
            yield Piece(at, behind + len(found.words), Named(name))
    yield from _parts(heard, at)
    yield from _hours(heard, at)


def _parts(heard: Heard, at: int) -> Iterator[Piece]:
    if found := heard.get(at, "part"):
        yield Piece(at, at + len(found.words), Part(found.value), weak=True)
    if found := heard.get(at, "tonight", "today"):
        yield Piece(at, at + len(found.words), Part(found.value or "night", today=True))
        return
    behind = heard.past(at, "this")
    if behind > at and (found := heard.get(behind, "part", "partafter")):
        yield Piece(at, behind + len(found.words), Part(found.value, today=True))


def _of_a_part(heard: Heard, end: int) -> bool:
    """Whether a part of the day follows: `8 in the morning`, `diez esta noche`."""
    return any(isinstance(one.fact, Part) for one in _parts(heard, heard.past_all(end, "glue"))) or any(
        isinstance(one.fact, Part) for one in _parts(heard, end)
    )


def _times(heard: Heard, at: int) -> Iterator[Said]:
    """Times of day from here on, without the word before them."""
    if half := heard.get(at, "am", "pm"):
        for clock, end, doubt in _written(heard, at + len(half.words)):
            if not clock.half:
                yield replace(clock, half=half.kind, bare=False), end, doubt
    yield from _written(heard, at)
    yield from _before_the_hour(heard, at)
    yield from _minutes_first(heard, at)


def _written(heard: Heard, at: int) -> Iterator[Said]:
    hour = _hour(heard, at)
    if hour is None:
        return
    for clock, end, doubt in _from_hour(heard, hour):
        half = heard.get(end, "am", "pm")
        if half and clock.hour <= 24:
            yield replace(clock, half=half.kind, bare=False), end + len(half.words), doubt
        yield clock, end, doubt


def _hour(heard: Heard, at: int) -> Number | None:
    if heard.lexicon.hours == "ordinal" and (found := heard.get(at, "ordinal")):
        return Number(int(found.value), at + len(found.words), False)
    return heard.number(at, most=24)


def _from_hour(heard: Heard, hour: Number) -> Iterator[Said]:
    """`8`, `8:00`, `8.30`, `18h30`, `8 Uhr 15`, `huit heures moins vingt`, `cinco y media`."""
    alone = Clock(hour.value, plain=hour.value > 12, bare=True)
    yield from _digital(heard, hour)
    marked = heard.past(hour.end, "hmark")
    if marked > hour.end:
        alone = replace(alone, bare=False, plain=alone.plain or (hour.digits and heard.lexicon.clock24))
        yield from _minutes_behind(heard, alone, marked, marked=True)
        yield alone, marked, False
    elif not _goes_on(heard, hour.end):
        yield from _minutes_behind(heard, alone, hour.end, marked=False)
        yield alone, hour.end, False


def _goes_on(heard: Heard, at: int) -> bool:
    """Whether what follows shows that a number is no hour: `8:00`, `8%`, `8 days`."""
    after = heard.word(at + 1)
    decimal = heard.word(at) in (".", ",", ":", "/", "-") and after.isascii() and after.isdigit()
    clings = decimal and heard.tokens[at].begin == heard.tokens[at - 1].end and heard.word(at) != "-"
    return bool(clings or heard.word(at) in ("%", "€", "$", "°") or heard.get(at, "unit"))


def _digital(heard: Heard, hour: Number) -> Iterator[Said]:
    sign, minutes = heard.word(hour.end), heard.word(hour.end + 1)
    if not hour.digits or sign not in (":", ".") or not _sixty(minutes) or not _close(heard, hour.end):
        return
    plain = heard.lexicon.clock24 or hour.value > 12 or hour.text.startswith("0")
    clock, end = Clock(hour.value, int(minutes), plain=plain), hour.end + 2
    if heard.word(end) == sign and _sixty(heard.word(end + 1)):
        clock, end = replace(clock, second=int(heard.word(end + 1))), end + 2
    if heard.word(end) == sign and heard.word(end + 1).isdigit():
        return
    behind = heard.past(end, "hmark")
    sure = sign == ":" or behind > end or bool(heard.get(hour.end - 2, "at")) or bool(heard.get(end, "am", "pm"))
    yield clock, behind, not (sure or _of_a_part(heard, end))


def _sixty(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isdigit() and int(text) < 60


def _close(heard: Heard, at: int) -> bool:
    """Whether a sign has no space about it."""
    first, sign, last = heard.tokens[at - 1 : at + 2]
    return first.end == sign.begin and sign.end == last.begin


def _minutes_behind(heard: Heard, hour: Clock, at: int, marked: bool) -> Iterator[Said]:
    hour = replace(hour, bare=False)
    if found := heard.get(at, "post"):
        yield _shifted(hour, int(found.value)), at + len(found.words), False
    for kind, sign in (("postplus", 1), ("postminus", -1)):
        joint = heard.past(at, kind)
        if joint > at and (more := heard.number(joint, most=59)):
            yield _shifted(hour, sign * more.value), heard.past(more.end, "minute", "unit"), not marked
    plain = heard.number(at, most=59)
    if plain and (marked or not heard.tokens[at].number) and (plain.value > 9 or len(plain.text) == 2):
        yield _shifted(hour, plain.value), _past_minutes(heard, plain.end), False


def _past_minutes(heard: Heard, at: int) -> int:
    found = heard.get(at, "unit")
    return at + len(found.words) if found and found.value == "minute" else at


def _shifted(hour: Clock, minutes: int) -> Clock:
    if minutes >= 0:
        return replace(hour, minute=minutes)
    earlier = hour.hour - 1 if hour.hour not in (0, 1, 13) else {0: 23, 1: 12, 13: 12}[hour.hour]
    return replace(hour, hour=earlier, minute=60 + minutes)


def _before_the_hour(heard: Heard, at: int) -> Iterator[Said]:
    """`half past six`, `viertel vor acht`, `halb acht`."""
    found = heard.get(at, "pre")
    hour = heard.number(at + len(found.words), most=24) if found else None
    if found and hour:
        yield from _halved(heard, _shifted(Clock(hour.value), int(found.value)), hour.end, found.doubt)


def _minutes_first(heard: Heard, at: int) -> Iterator[Said]:
    """`ten minutes to six`, `zehn nach acht`, `15 para as 8`."""
    minutes = heard.number(at, most=59)
    for kind, sign in (("minpast", 1), ("minto", -1)) if minutes else ():
        behind = heard.past(minutes.end, kind) if minutes else 0
        hour = heard.number(behind, most=24) if minutes and behind > minutes.end else None
        if minutes and hour and minutes.value:
            yield from _halved(heard, _shifted(Clock(hour.value), sign * minutes.value), hour.end, False)


def _halved(heard: Heard, clock: Clock, end: int, doubt: bool) -> Iterator[Said]:
    behind = heard.past(end, "hmark")
    half = heard.get(behind, "am", "pm")
    yield replace(clock, half=half.kind if half else ""), behind + (len(half.words) if half else 0), doubt


def _hours(heard: Heard, at: int) -> Iterator[Piece]:
    """`from 7 to 9pm`, `14h - 16h`, `zwischen 10 und 12 Uhr`."""
    for kind, joint in (("from", "to"), ("between", "and"), ("", "to")):
        begin = heard.past(at, kind) if kind else at
        if begin > at or (not kind and not heard.ends(at, "dom")):  # `dia 20 às 15:30` is no stretch
            yield from _hours_from(heard, at, heard.past(begin, "at"), joint, bool(kind))


def _hours_from(heard: Heard, at: int, begin: int, joint: str, opened: bool) -> Iterator[Piece]:
    for first, middle, one_doubt in _times(heard, begin):
        behind = heard.past(middle, joint)
        if behind == middle and joint == "to" and heard.word(middle) in UNTIL:
            behind += 1
        if behind == middle or (first.bare and not opened and heard.get(middle, "at")):
            continue  # `lunes 6 a las 17h` is a day and a time
        for last, end, other_doubt in _times(heard, heard.past(behind, "at")):
            alone = first.bare and last.bare
            doubt = one_doubt or other_doubt or alone
            if opened or not alone or heard.word(middle) not in UNTIL:
                yield Piece(at, end, Hours(first, last), weak=alone and not opened, doubt=doubt)
