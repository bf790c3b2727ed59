"""Holidays: those whose day can be computed, by name and year."""

from datetime import date, timedelta

FIXED = {
    "new-year": ((1, 1),),
    "epiphany": ((1, 6),),
    "valentine": ((2, 14),),
    "womens-day": ((3, 8),),
    "labour": ((5, 1),),
    "bastille": ((7, 14),),
    "assumption": ((8, 15),),
    "german-unity": ((10, 3),),
    "reformation": ((10, 31),),
    "halloween": ((10, 31),),
    "all-saints": ((11, 1),),
    "all-souls": ((11, 2),),
    "armistice": ((11, 11),),
    "saint-nicholas": ((12, 6),),
    "immaculate": ((12, 8),),
    "christmas-eve": ((12, 24),),
    "christmas": ((12, 25),),
    "boxing": ((12, 26),),
    "new-year-eve": ((12, 31),),
    # Kept on several days: by the country, or by whether one asks the sun or the weather.
    "childrens-day": ((6, 1), (9, 20), (11, 20)),
    "childrens-day-de": ((6, 1), (9, 20)),
    "spring": ((3, 20), (3, 1)),
    "summer": ((6, 21), (6, 1)),
    "autumn": ((9, 22), (9, 1)),
    "winter": ((12, 21), (12, 1)),
}
FROM_EASTER = {
    "carnival": -47,
    "maundy-thursday": -3,
    "good-friday": -2,
    "easter": 0,
    "easter-monday": 1,
    "ascension": 39,
    "pentecost": 49,
    "pentecost-monday": 50,
    "corpus-christi": 60,
}


def holiday(name: str, year: int) -> tuple[date, ...]:
    """The day of a holiday in a year; several where it is kept on several."""
    if name in FROM_EASTER:
        return (easter(year) + timedelta(days=FROM_EASTER[name]),)
    return tuple(date(year, month, day) for month, day in FIXED[name])


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, skipped = divmod(century, 4)
    moved = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - moved + 15) % 30
    week = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def coming(name: str, today: date) -> tuple[date, ...]:
    """The days of a holiday that are not over: this year's, else the next."""
    years = [holiday(name, year) for year in (today.year, today.year + 1)]
    return tuple(sorted(next(day for day in days if day >= today) for days in zip(*years, strict=True)))
