"""No: what cannot be put, or not for then."""

from dataclasses import dataclass
from datetime import datetime

from decisions.refusal import Refusal

# -- what is put ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class EmptyTitle(Refusal):
    example: str


@dataclass(eq=False)
class EmptyText(Refusal):
    example: str


@dataclass(eq=False)
class TitleTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class TextTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class ReasonTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class OptionTooLong(Refusal):
    option: str
    length: int
    limit: int


@dataclass(eq=False)
class EmptyOption(Refusal):
    pass


@dataclass(eq=False)
class DuplicateOption(Refusal):
    option: str


@dataclass(eq=False)
class TooFewOptions(Refusal):
    count: int
    least: int


@dataclass(eq=False)
class TooManyOptions(Refusal):
    count: int
    limit: int


@dataclass(eq=False)
class BadLimits(Refusal):
    least: int
    most: int
    count: int


@dataclass(eq=False)
class BadQuorum(Refusal):
    given: str


@dataclass(eq=False)
class BadThreshold(Refusal):
    given: str


@dataclass(eq=False)
class BadPoints(Refusal):
    given: str
    limit: int


# -- time -------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class UnknownTime(Refusal):
    given: str


@dataclass(eq=False)
class SkippedTime(Refusal):
    given: str
    zone: str


@dataclass(eq=False)
class TimeInPast(Refusal):
    at: datetime


@dataclass(eq=False)
class NoDuration(Refusal):
    given: str


@dataclass(eq=False)
class TooFarAhead(Refusal):
    at: datetime
    days: int


@dataclass(eq=False)
class ClosesBeforeOpening(Refusal):
    pass
