"""Participation: who of an electorate took part and who is missing, by what they stand for; and a month of it."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T", bound=Hashable)

PICTURED = time(9)
"""When a month's picture is posted, on the first day of the next, in the group's zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A member of an electorate, and what they stand for there. `heard`: they took part."""

    member: int
    heard: bool = False
    affiliate: int | None = None
    region: str = ""
    language: str = ""
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """How many took part, or how often, of how many could have."""

    heard: int
    of: int

    @property
    def part(self) -> Fraction:
        """From nobody, 0, to everybody, 1."""
        return Fraction(self.heard, self.of) if self.of else Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The same, by each thing that voices stand for."""

    affiliates: Mapping[int, Share]
    regions: Mapping[str, Share]
    languages: Mapping[str, Share]
    platforms: Mapping[str, Share]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How a group took part in a month: in how many polls, how many of its people, and by what they stand for."""

    polls: int
    people: Share
    shares: Shares

    @property
    def unheard(self) -> tuple[int, ...]:
        """The affiliates that could have been heard, and were not once."""
        return tuple(one for one, share in self.shares.affiliates.items() if not share.heard)


# -- one poll ---------------------------------------------------------------------------------------------------------


def by_affiliate(voices: Sequence[Voice]) -> list[Voice]:
    """Where an affiliate has one ballot, all its voices are heard with one of them."""
    heard = {one.affiliate for one in voices if one.heard and one.affiliate is not None}
    return [replace(one, heard=one.heard or one.affiliate in heard) for one in voices]


def missing(voices: Iterable[Voice]) -> tuple[int, ...]:
    """The members who have not taken part."""
    return tuple(one.member for one in voices if not one.heard)


def share(voices: Iterable[Voice]) -> Share:
    """How many of these took part."""
    heard = [one.heard for one in voices]
    return Share(sum(heard), len(heard))


def shares(voices: Sequence[Voice]) -> Shares:
    """How many took part, by what they stand for."""
    return Shares(
        affiliates=_by(voices, lambda one: () if one.affiliate is None else (one.affiliate,)),
        regions=_by(voices, lambda one: (one.region,) if one.region else ()),
        languages=_by(voices, lambda one: (one.language,) if one.language else ()),
        platforms=_by(voices, lambda one: one.platforms),
    )


def least(shares: Mapping[T, Share]) -> list[tuple[T, Share]]:
    """Those that are not heard at all, then those least heard; none of whom everybody was."""
    behind = [(key, one) for key, one in shares.items() if one.part < 1]
    return sorted(behind, key=lambda pair: (pair[1].part, -pair[1].of))


def _by(voices: Iterable[Voice], what: Callable[[Voice], Iterable[T]]) -> dict[T, Share]:
    found: dict[T, list[Voice]] = {}
    for one in voices:
        for key in what(one):
            found.setdefault(key, []).append(one)
    return {key: share(those) for key, those in found.items()}


# -- a month ----------------------------------------------------------------------------------------------------------


def month(polls: Sequence[Sequence[Voice]]) -> Month:
    """A month's polls together: people once each, and every voice as often as it could have been heard."""
    every = [voice for voices in polls for voice in voices]
    heard = {one.member for one in every if one.heard}
    return Month(polls=len(polls), people=Share(len(heard), len({one.member for one in every})), shares=shares(every))


def month_of(at: datetime, zone: str) -> date:
    """The first day of the month in which an instant falls."""
    return at.astimezone(ZoneInfo(zone)).date().replace(day=1)


def before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def after(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def bounds(month: date, zone: str) -> tuple[datetime, datetime]:
    """The instants at which a month begins and has ended."""
    begin, end = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (month, after(month)))
    return begin, end


def next_picture(now: datetime, zone: str) -> datetime:
    """When the picture of the present month is due."""
    return datetime.combine(after(month_of(now, zone)), PICTURED, ZoneInfo(zone)).astimezone(UTC)
