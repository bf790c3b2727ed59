"""Facts: what single pieces of a text say of a day or of a time, before they are put together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weekday:
    """Monday is 0. `which` is "", `this`, `next`, `coming` or `last`."""

    day: int
    which: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day of a month, of which month and year may be left out (0); `months` ahead is said of `the 15th of next month`."""

    day: int
    month: int = 0
    year: int = 0
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Today is 0, tomorrow 1."""

    days: int


@dataclass(frozen=True, slots=True)
class Week:
    """This week is 0, the next is 1."""

    ahead: int


@dataclass(frozen=True, slots=True)
class IsoWeek:
    """A week by its number, and a day of it: 1 is Monday, 0 none."""

    number: int
    year: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Feast:
    """A holiday by its name in `holidays`."""

    name: str
    year: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """So long from now; or, with `sign`, before or after the day that is named besides."""

    count: int
    unit: str
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Within:
    """From now, so long."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was said. `half` is `am` or `pm` where that was said; `plain`: by 24 hours, as it stands."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    plain: bool = False
    bare: bool = False
    """It may be no time at all: a number alone."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of day to another."""

    first: Clock
    last: Clock


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day; `today` where it was said of this one."""

    name: str
    today: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """`now`, `noon`, `midnight`, `end` (of the day that is named besides), `eod` (of today), `doubt`."""

    name: str


Fact = Weekday | Dated | Near | Week | IsoWeek | Feast | Ahead | Within | Clock | Hours | Part | Named


@dataclass(frozen=True, slots=True)
class Piece:
    """A fact, and the tokens that say it. Weak ones count only in company."""

    begin: int
    end: int
    fact: Fact
    weak: bool = False
    doubt: bool = False
