"""Days: where a text says a day, or how long from now."""

from collections.abc import Iterator

from bot.dates.facts import Ahead, Dated, Fact, Feast, IsoWeek, Named, Near, Part, Piece, Week, Weekday, Within
from bot.dates.listening import Heard, Number

WHICH = ("this", "next", "coming", "last")
SIGNS = "/.-"
FIRST_YEAR, LAST_YEAR = 1970, 2199


def days(heard: Heard, at: int, after: Fact | None) -> Iterator[Piece]:
    """Every way to read a day from this token on; `after` is the fact just before."""
    yield from _near(heard, at, after)
    yield from _weekdays(heard, at)
    yield from _numeric(heard, at)
    yield from _named_months(heard, at)
    yield from _days_alone(heard, at, after)
    yield from _feasts(heard, at)
    yield from _weeks(heard, at)
    yield from _lengths(heard, at)
    yield from _weeks_by_number(heard, at)


def _near(heard: Heard, at: int, after: Fact | None) -> Iterator[Piece]:
    # `Dienstag Morgen`, `heute Morgen`: after a day it is the morning, elsewhere tomorrow.
    if isinstance(after, Weekday | Near | Dated) and (found := heard.get(at, "partafter")):
        yield Piece(at, at + len(found.words), Part(found.value))
    elif found := heard.get(at, "day"):
        yield Piece(at, at + len(found.words), Near(int(found.value)), doubt=found.doubt)
    for name in ("now", "end", "eod"):
        if found := heard.get(at, name):
            yield Piece(at, at + len(found.words), Named(name), weak=name == "end", doubt=found.doubt)


def _weekdays(heard: Heard, at: int) -> Iterator[Piece]:
    before = heard.get(at, *WHICH)
    start = at + len(before.words) if before else at
    found = heard.get(start, "weekday")
    if found is None:
        return
    end = start + len(found.words)
    dotted = end + (found.weak and heard.word(end) == ".")
    behind = None if before else heard.get(dotted, *WHICH)
    week = behind is not None and _unit(heard, dotted + len(behind.words)) is not None
    which = before or (None if week else behind)
    end = dotted + len(which.words) if which and not before else dotted
    yield Piece(at, end, Weekday(int(found.value), which.kind if which else ""), found.weak, found.doubt)


# -- days of a month --------------------------------------------------------------------------------------------------


def _numeric(heard: Heard, at: int) -> Iterator[Piece]:
    """`2026-12-01`, `22.04.`, `27/11/2026`; `12-5` may be anything."""
    first, sign = heard.number(at, most=9999), heard.word(at + 1)
    second = heard.number(at + 2) if first and sign and sign in SIGNS else None
    if first is None or second is None or not (first.digits and second.digits):
        return
    third = heard.number(at + 4, most=9999) if heard.word(at + 3) == sign else None
    if len(first.text) == 4:
        if third and third.digits:
            yield Piece(at, at + 5, Dated(third.value, second.value, first.value))
    elif third and third.digits and len(third.text) in (2, 4):
        year = third.value if len(third.text) == 4 else 2000 + third.value
        yield from _either(heard, at, at + 5, first, second, year, sign, len(third.text) == 2 and sign != ".")
    elif third is None and first.value < 32:
        dot = sign == "." and heard.word(at + 3) == "."
        yield from _either(heard, at, at + 3 + dot, first, second, 0, sign, sign == "-" or (sign == "." and not dot))


def _either(
    heard: Heard, at: int, end: int, first: Number, second: Number, year: int, sign: str, doubt: bool
) -> Iterator[Piece]:
    """Day and month in the order of the language, and in the other where both could be."""
    pairs = [(first.value, second.value), (second.value, first.value)]
    if heard.lexicon.order == "mdy":
        pairs.reverse()
    fit = [pair for pair in dict.fromkeys(pairs) if 0 < pair[0] < 32 and 0 < pair[1] < 13]
    settled = sign == "." and heard.lexicon.dots
    for day, month in fit[:1] if settled else fit or pairs[:1]:
        yield Piece(at, end, Dated(day, month, year), doubt=doubt or (settled and (day, month) != pairs[0]))


def _named_months(heard: Heard, at: int) -> Iterator[Piece]:
    yield from _day_first(heard, at)
    yield from _month_first(heard, at)
    first = heard.ordinal(at) if heard.lexicon.dots else None
    second = heard.ordinal(first.end) if first else None
    if first and second and second.value < 13 and not second.digits:  # `7. vierter`
        yield _with_year(heard, at, second.end, first.value, second.value)


def _day_first(heard: Heard, at: int) -> Iterator[Piece]:
    for first in (heard.ordinal(at), heard.number(at, most=31)):
        joint = _past_joint(heard, first.end) if first else at
        found = heard.get(joint, "month") if first else None
        if first and found and (first.value or first.digits):
            dot = found.weak and heard.word(joint + len(found.words)) == "."
            yield _with_year(heard, at, joint + len(found.words) + dot, first.value, int(found.value), found.weak)


def _month_first(heard: Heard, at: int) -> Iterator[Piece]:
    found = heard.get(at, "month")
    if found is None:
        return
    joint = heard.past_all(at + len(found.words), "glue", signs=SIGNS)
    for second in (heard.ordinal(joint), heard.number(joint, most=31)):
        if second and heard.word(second.end) != ":" and not heard.get(second.end, "hmark", "am", "pm"):
            yield _with_year(heard, at, second.end, second.value, int(found.value), found.weak)
    if not found.weak:
        yield Piece(at, at + len(found.words), Dated(1, int(found.value)), weak=True, doubt=True)


def _past_joint(heard: Heard, at: int) -> int:
    return heard.past_all(at, "glue", signs=SIGNS)


def _with_year(heard: Heard, at: int, end: int, day: int, month: int, weak: bool = False) -> Piece:
    joint = heard.past_all(end, "glue", signs=",/-.")
    year = heard.number(joint, most=LAST_YEAR)
    if year and year.value >= FIRST_YEAR and (not year.digits or len(year.text) == 4):
        return Piece(at, year.end, Dated(day, month, year.value), weak)
    return Piece(at, end, Dated(day, month), weak)


def _days_alone(heard: Heard, at: int, after: Fact | None) -> Iterator[Piece]:
    """`the 15th`, `le 23`, `dia 15`, `lunes 21`, `the 15th of next month`."""
    found = heard.ordinal(at)
    if found is None or (after is None and not found.digits and not heard.get(at - 1, "on", "glue")):
        found = _plain_day(heard, at, after) or found
    if found is None or not 0 < found.value < 32:
        return
    behind = heard.past_all(found.end, "glue")
    which = heard.get(behind, "this", "next")
    unit = heard.get(behind + len(which.words), "unit") if which else None
    weak = not found.digits and not isinstance(after, Weekday)
    if which and unit and unit.value == "month":
        end = behind + len(which.words) + len(unit.words)
        yield Piece(at, end, Dated(found.value, months=int(which.kind == "next")), weak)
    yield Piece(at, found.end, Dated(found.value), weak, doubt=not heard.lexicon.ours)


def _plain_day(heard: Heard, at: int, after: Fact | None) -> Number | None:
    found = heard.number(at, most=31)
    if found is None or not found.digits or heard.word(found.end) in (":", "%", "/", "€", "$", "°"):
        return None
    if heard.get(found.end, "unit", "hmark", "am", "pm", "part", "suffix", "post"):
        return None
    named = heard.lexicon.order == "dmy" and not heard.lexicon.dots and heard.ends(at, "on", "dom")
    return found if isinstance(after, Weekday) or named else None


# -- the rest ---------------------------------------------------------------------------------------------------------


def _feasts(heard: Heard, at: int) -> Iterator[Piece]:
    start = heard.past(at, "next", "this")
    found = heard.get(start, "holiday")
    if found is None:
        return
    end = start + len(found.words)
    year = heard.number(heard.past_all(end, "glue"), most=LAST_YEAR)
    if year and year.digits and len(year.text) == 4:
        yield Piece(at, year.end, Feast(found.value, year.value), doubt=found.doubt)
    yield Piece(at, end, Feast(found.value), doubt=found.doubt)


def _unit(heard: Heard, at: int) -> str | None:
    found = heard.get(at, "unit")
    return found.value if found else None


def _weeks(heard: Heard, at: int) -> Iterator[Piece]:
    """`next week`, `la semana que viene`; `next month` is no day, so it is in doubt."""
    which, unit = heard.get(at, *WHICH[:3]), heard.get(at, "unit")
    if which:
        unit = heard.get(at + len(which.words), "unit")
    elif unit:
        which = heard.get(at + len(unit.words), *WHICH[:3])
    if which is None or unit is None or unit.value not in ("week", "month", "year"):
        return
    end, ahead = at + len(which.words) + len(unit.words), int(which.kind != "this")
    if unit.value == "week":
        yield Piece(at, end, Week(ahead))
    elif unit.value == "month" and ahead:
        yield Piece(at, end, Dated(1, months=1), doubt=True)
    else:
        yield Piece(at, end, Named("doubt"), doubt=True)


def _lengths(heard: Heard, at: int) -> Iterator[Piece]:
    """`in 3 days`, `3 minutes from now`, `dans les 2h`, `2 weeks before`."""
    if (dual := heard.get(at, "in")) and (two := heard.get(at + len(dual.words), "dual")):
        yield Piece(at, at + len(dual.words) + len(two.words), Ahead(2, two.value))
    yield from _from_now_to(heard, at)
    for opening in [one for one in heard.all(at) if one.kind in ("in", "within")]:
        for count, unit, end in _amounts(heard, at + len(opening.words), "unit"):
            fact = Ahead(count, unit) if opening.kind == "in" else Within(count, unit)
            yield Piece(at, end, fact, doubt=opening.doubt)
    for count, unit, end in _amounts(heard, at, "unit"):
        for kind, sign in (("fromnow", 0), ("before", -1), ("after", 1), ("from", 1)):
            if found := heard.get(end, kind):
                yield Piece(at, end + len(found.words), Ahead(count, unit, sign), weak=bool(sign), doubt=kind == "from")
    for count, unit, end in _amounts(heard, at, "unitahead"):
        yield Piece(at, end, Ahead(count, unit))


def _from_now_to(heard: Heard, at: int) -> Iterator[Piece]:
    """`desde ahora hasta 3 min después`."""
    start = heard.past(at, "from")
    now = heard.past(start, "now")
    until = heard.past(now, "to")
    if start > at and now > start and until > now:
        for count, unit, end in _amounts(heard, until, "unit"):
            behind = heard.past(end, "later", "fromnow")
            if behind > end:
                yield Piece(at, behind, Within(count, unit))


def _amounts(heard: Heard, at: int, kind: str) -> Iterator[tuple[int, str, int]]:
    count = heard.number(at, most=9999)
    one = heard.get(at, "one")
    start = count.end if count else at + len(one.words) if one else at
    found = heard.get(start, kind) if start > at else None
    if found:
        end = start + len(found.words)
        yield count.value if count else 1, found.value, end + (heard.word(end) == "." and not _ends(heard, end))


def _ends(heard: Heard, at: int) -> bool:
    """Whether a full stop is the last token: then it may end the sentence as well as a short word."""
    return at == len(heard.tokens) - 1


def _weeks_by_number(heard: Heard, at: int) -> Iterator[Piece]:
    """`2026-W49-2`; `W49` and `week 49` name a week alone."""
    year = heard.number(at, most=LAST_YEAR)
    if year and len(year.text) == 4 and heard.word(at + 1) == "-" and heard.word(at + 2) == "w":
        week, day = heard.number(at + 3, most=53), heard.number(at + 5, most=7)
        if week and day and heard.word(at + 4) == "-":
            yield Piece(at, at + 6, IsoWeek(week.value, year.value, day.value))
        elif week:
            yield Piece(at, at + 4, IsoWeek(week.value, year.value), doubt=True)
    named = heard.word(at) in ("w", "kw") or _unit(heard, at) == "week"
    number = heard.number(at + 1, most=53) if named else None
    if number and number.digits:
        yield Piece(at, at + 2, IsoWeek(number.value), doubt=True)
