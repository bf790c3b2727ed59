"""When: meetings and the times that are looked for, who comes, and when people can."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """Where a meeting is in its life; `meetings` says which may follow which."""

    ASKED = "asked"
    """A time is being looked for."""
    SET = "set"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Coming(StrEnum):
    """What a member answers to an invitation."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of a group, from the first wish to its end.

    A meeting to come keeps the wall time in its zone; `starts_at` is derived from it. Of a series each meeting is one of
    its own, made when the one before it is over.
    """

    id: int
    group_id: int
    number: int
    room_id: int
    """Where it was asked for."""
    by: int
    title: str
    text: str = ""
    place: str = ""
    """Where people meet, if not in the group's rooms: an address, or words."""
    minutes: int = 60
    stage: Stage
    zone: str
    wall: str = ""
    """When it begins on the clocks of its zone: `2026-12-01T18:00`; empty while a time is looked for."""
    starts_at: datetime | None = None
    ask_until: datetime | None = None
    """While a time is looked for: when the best is taken."""
    every: int = 0
    """Of a series: after how many days the next one begins; 0: it is none."""
    series: int = 0
    """Of a series: the id of its first meeting; 0: it is none."""
    twin: int = 0
    """Of twin sessions: the id of the other one; 0: it has none."""
    uid: str
    """What calendars know it by, for good."""
    sequence: int = 0
    """Grows with every change that calendars have to be told of."""
    wake_at: datetime | None = None
    """When the clock next has something to do with it."""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    awaited: tuple[str, ...] = ()
    """The accounts that lead it as soon as they speak: named by a chair before anybody knew them."""
    made_at: datetime
    salt: str
    seal: str
    version: int = 1
    """Grows with every change that its card shows."""

    @property
    def ref(self) -> str:
        """What people call it."""
        return f"M-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One of the times among which people choose. Its number is never given again in its meeting."""

    meeting_id: int
    number: int
    wall: str
    """On the clocks of the meeting's zone."""
    starts_at: datetime
    by: int | None
    """Who added it; None: it was found by looking at everybody's hours."""
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suits:
    """How a slot suits a member: 2 yes, 1 if need be, 0 no. Who has not answered has none, which counts as no."""

    meeting_id: int
    slot: int
    member_id: int
    mark: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rsvp:
    """Whether a member comes."""

    meeting_id: int
    member_id: int
    coming: Coming
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """Somebody was at a meeting at a bad hour of theirs: the ledger of who has borne them."""

    meeting_id: int
    member_id: int
    local: str
    """Their wall time when it began: `02:00`."""
    cost: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When in a week a person has time, on the clocks of their zone: `1 09:00-17:00`, the day as ISO counts it."""

    person_id: int
    ranges: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar in which a person's busy times are looked up. Nothing else of it is kept."""

    person_id: int
    url: str
    """Empty: it was handed over once, and is not looked up again."""
    fetched_at: datetime | None = None
    fetch_at: datetime | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A time at which a person cannot."""

    id: int
    person_id: int
    begins_at: datetime
    ends_at: datetime
