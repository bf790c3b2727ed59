"""Choosing days: which day of the calendar was meant, of those that what was said may name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.dates import holidays
from bot.dates.facts import Ahead, Dated, Fact, Feast, IsoWeek, Named, Near, Part, Week, Weekday

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


@dataclass(frozen=True, slots=True)
class Days:
    """The days that may be meant, the best first, and whether there is a doubt besides."""

    days: tuple[date, ...]
    doubt: bool = False


def chosen(facts: Sequence[Fact], today: date, language: str) -> Days | None:
    """The day that facts name; None where they name none. Raises ValueError or OverflowError for a day that cannot be."""
    starts = (MONDAY, SUNDAY, SATURDAY) if language == "ar" else (MONDAY, SUNDAY)
    bases = [found for one in facts if (found := _base(one, today))]
    weekdays = [one for one in facts if isinstance(one, Weekday)]
    found = bases[0] if bases else None
    if weekdays:
        found = _with_weekday(weekdays[0], found, facts, today, starts)
    elif found is None:
        found = _today_or_week(facts, today)
    if found is None:
        return None
    found = _beside(found, facts)
    crowded = len(bases) > 1 or len(weekdays) > 1
    weeks = any(isinstance(one, Week) for one in facts) and bool(bases)
    past = not found.days or found.days[0] < today
    return Days(found.days, found.doubt or len(found.days) > 1 or crowded or weeks or past)


def _base(fact: Fact, today: date) -> Days | None:
    match fact:
        case Near():
            return Days((today + timedelta(days=fact.days),))
        case Dated():
            return _dated(fact, today)
        case Feast():
            return Days(holidays.holiday(fact.name, fact.year) if fact.year else holidays.coming(fact.name, today))
        case IsoWeek():
            year = fact.year or today.year
            return Days((date.fromisocalendar(year, fact.number, fact.day or 1),), doubt=not fact.day)
        case Ahead(sign=0) if fact.unit not in ("minute", "hour"):
            return _ahead(fact, today)
    return None


def _today_or_week(facts: Sequence[Fact], today: date) -> Days | None:
    if any((isinstance(one, Part) and one.today) or one == Named("eod") for one in facts):
        return Days((today,))
    ahead = next((one.ahead for one in facts if isinstance(one, Week)), None)
    if ahead is None:
        return None
    return Days((max(today, _start(today, MONDAY) + timedelta(weeks=ahead)),), doubt=True)


# -- days of the calendar ---------------------------------------------------------------------------------------------


def _dated(fact: Dated, today: date) -> Days:
    if fact.year:
        return Days((date(fact.year, fact.month, fact.day),))
    if fact.months is not None:
        return Days((_month(today, fact.months).replace(day=fact.day),))
    if fact.month:
        return _yearly(fact, today)
    days = tuple(_monthly(fact.day, today))[:2]
    skipped = days[0] - today > timedelta(days=31)
    return Days(days, doubt=True) if days[0] == today else Days(days[:1], doubt=skipped)


def _yearly(fact: Dated, today: date) -> Days:
    for year in range(today.year, today.year + 9):
        try:
            day = date(year, fact.month, fact.day)
        except ValueError:
            if (fact.month, fact.day) != (2, 29):
                raise
            continue
        if day >= today:
            return Days((day,), doubt=(fact.month, fact.day) == (2, 29) and day.year > today.year)
    raise ValueError(fact)


def _monthly(day: int, today: date) -> Iterator[date]:
    """The next times that a month has this day, for as long as weekdays need to come round."""
    for months in range(48):
        try:
            one = _month(today, months).replace(day=day)
        except ValueError:
            continue
        if one >= today:
            yield one


def _month(today: date, ahead: int) -> date:
    years, month = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, month + 1, 1)


def _ahead(fact: Ahead, day: date) -> Days:
    if fact.unit in ("month", "year"):
        first = _month(day, fact.count * (12 if fact.unit == "year" else 1))
        last = (_month(first, 1) - timedelta(days=1)).day
        return Days((first.replace(day=min(day.day, last)),), doubt=day.day > last)
    return Days((day + timedelta(days=fact.count * {"day": 1, "week": 7, "fortnight": 14}[fact.unit]),))


def _beside(found: Days, facts: Sequence[Fact]) -> Days:
    """Two weeks before that day."""
    shift = next((one for one in facts if isinstance(one, Ahead) and one.sign), None)
    if shift is None:
        return found
    if shift.unit in ("minute", "hour"):
        return Days(found.days, doubt=True)
    signed = Ahead(shift.count * shift.sign, shift.unit)
    moved = [_ahead(signed, day) for day in found.days]
    return Days(tuple(day for one in moved for day in one.days), found.doubt or any(one.doubt for one in moved))


# -- weekdays ---------------------------------------------------------------------------------------------------------


def _with_weekday(
    said: Weekday, base: Days | None, facts: Sequence[Fact], today: date, starts: Sequence[int]
) -> Days | None:
    week = next((one for one in facts if isinstance(one, Week)), None)
    if base is None:
        return _in_week(said.day, week.ahead, today, starts) if week else _weekday(said, today, starts)
    agreeing = tuple(day for day in base.days if day.weekday() == said.day)
    if agreeing and (len(base.days) == 1 or agreeing[0] == base.days[0]):
        return Days(agreeing[:1], base.doubt and len(base.days) == 1)
    return Days((*_agreeing_later(said, facts, today), *base.days), doubt=True)


def _agreeing_later(said: Weekday, facts: Sequence[Fact], today: date) -> tuple[date, ...]:
    """The next time that a day of the month falls on that weekday, where no month was named."""
    dated = next((one for one in facts if isinstance(one, Dated)), None)
    if dated is None or dated.month or dated.year or dated.months is not None:
        return ()
    return next(((day,) for day in _monthly(dated.day, today) if day.weekday() == said.day), ())


def _weekday(said: Weekday, today: date, starts: Sequence[int]) -> Days:
    away = (said.day - today.weekday()) % 7
    coming, later = today + timedelta(days=away), today + timedelta(days=away + 7)
    match said.which:
        case "this":
            return Days((coming,), doubt=today.weekday() + away > SUNDAY)
        case "next":
            weeks = _in_week(said.day, 1, today, starts)
            sure = away and set(weeks.days) == {coming}
            return (
                Days((coming,))
                if sure
                else Days(tuple(dict.fromkeys((weeks.days[0], coming if away else later))), True)
            )
        case "coming" if not away:
            return Days((later, today))
        case "last":
            return Days((coming,), doubt=True)
    return Days((coming,)) if away else Days((today, later))


def _in_week(day: int, ahead: int, today: date, starts: Sequence[int]) -> Days:
    """A weekday of this week or the next: several days where weeks begin on several."""
    begins = ((start, _start(today, start) + timedelta(weeks=ahead)) for start in starts)
    return Days(tuple(dict.fromkeys(begin + timedelta(days=(day - start) % 7) for start, begin in begins)))


def _start(today: date, first: int) -> date:
    return today - timedelta(days=(today.weekday() - first) % 7)
