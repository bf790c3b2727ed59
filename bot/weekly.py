"""What people type for the hours of their week, read; and those hours, said."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from babel.dates import get_day_names

from bot.reader import Reader
from bot.words import locale_of
from decisions.refusals import UnknownWeek
from decisions.wording import DASHES

MOST_TYPED = 500
MOST_RANGES = 35
"""Five a day."""

DAY = 24 * 60
TO = ("to", "à", "a", "au", "hasta", "الى", "حتى")
"""What people write between two days or two times, beside dashes."""
CLOCK = r"\d{1,2}(?:[:.h]\d\d)?h? ?(?:[ap]\.?m\.?(?!\w))?"
PARTS_OF_CLOCK = re.compile(r"(\d+)(?:[:.h](\d\d))?h? ?([ap]?)", re.ASCII)
BETWEEN = r"[\s,;&+]+|(?:and|et|y|و)(?!\w)"


def read(words: str, languages: Iterable[str]) -> tuple[str, ...]:
    """`mon-fri 9:00-17:00, sat 10-12` as `Hours.ranges`. Times belong to the days before them.

    Raises UnknownWeek with the part that cannot be read.
    """
    if len(words) > MOST_TYPED:
        raise UnknownWeek(words[:40])
    names, items = _vocabulary(tuple(languages))
    days: list[int] = []
    found: set[str] = set()
    timed = False
    for item in _items(items, _folded(words)):
        if item["first"]:
            days = [] if timed else days
            first, last = (names[one.strip(" .")] for one in (item["first"], item["last"] or item["first"]))
            days, timed = [*days, *_days(first, last)], False
        elif item["begins"]:
            found |= {_range(day, item) for day in days}
            timed = True
    if not found or not timed or len(found) > MOST_RANGES:
        raise UnknownWeek(words[:40])
    return tuple(sorted(found))


def _items(items: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text):
        found = items.match(text, place)
        if found is None:
            raise UnknownWeek(text[place : place + 40])
        place = found.end()
        yield found


def _days(first: int, last: int) -> Iterator[int]:
    """From a day to a day, over the end of the week if it has to be."""
    return ((first + ahead - 1) % 7 + 1 for ahead in range((last - first) % 7 + 1))


def _range(day: int, item: re.Match[str]) -> str:
    begins, until = _minutes(item["begins"]), _minutes(item["until"])
    if begins in (until, DAY):
        raise UnknownWeek(item[0])
    return f"{day} {begins // 60:02}:{begins % 60:02}-{until // 60:02}:{until % 60:02}"


def _minutes(clock: str) -> int:
    found = PARTS_OF_CLOCK.match(clock)
    hour, minute, half = found.groups() if found else ("99", "", "")
    hours = int(hour) % 12 + 12 * (half == "p") if half else int(hour)
    minutes = hours * 60 + int(minute or 0)
    if (half and not 1 <= int(hour) <= 12) or int(minute or 0) > 59 or minutes > DAY:
        raise UnknownWeek(clock)
    return minutes


@lru_cache(64)
def _vocabulary(languages: tuple[str, ...]) -> tuple[dict[str, int], re.Pattern[str]]:
    """Names of days in these languages and English, the first to know one deciding; and what a text is made of."""
    names: dict[str, int] = {}
    for language in (*languages, "en"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for day, name in get_day_names(width, context, locale_of(language)).items():
                    names.setdefault(_folded(name).rstrip("."), day + 1)
    names |= {f"{name}s": day for name, day in names.items()}
    day = "(?:" + "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True)) + r")(?!\w)\.?"
    to = "(?:-|" + "|".join(rf"{re.escape(_folded(one))}(?!\w)" for one in TO) + ")"
    days = rf"(?P<first>{day})(?: ?{to} ?(?P<last>{day}))?"
    return names, re.compile(rf"{days}|(?P<begins>{CLOCK}) ?{to} ?(?P<until>{CLOCK})|{BETWEEN}", re.ASCII)


def _folded(text: str) -> str:
    """Small letters without accents, ASCII digits, one kind of dash."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(DASHES))
    kept = "".join(one for one in letters if unicodedata.category(one) not in ("Mn", "Cf"))
    return "".join(str(unicodedata.decimal(one, one)) for one in kept)


# -- what people read -------------------------------------------------------------------------------------------------


def lines(ranges: Iterable[str], reader: Reader) -> list[str]:
    """The hours, a line for each run of days that have the same."""
    by_day: dict[int, list[str]] = {}
    for one in ranges:
        day, _, hours = one.partition(" ")
        by_day.setdefault(int(day), []).append(hours.replace("-", "–"))
    alike = [(day, ", ".join(by_day[day])) for day in sorted(by_day)]
    runs = [list(run) for _, run in groupby(enumerate(alike), key=lambda one: (one[1][0] - one[0], one[1][1]))]
    return [f"{_named([day for _, (day, _) in run], reader)}: {run[0][1][1]}" for run in runs]


def _named(days: list[int], reader: Reader) -> str:
    names = get_day_names("abbreviated", "stand-alone", locale_of(reader.language))
    ends = (days[0],) if len(days) == 1 else (days[0], days[-1])
    return "–".join(names[one - 1] for one in ends)
