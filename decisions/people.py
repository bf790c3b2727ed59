"""Who: groups and their rooms, people and their accounts, members and what they speak for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a member may do: observers speak, members decide, facilitators also look after the group's polls."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"


class Seat(StrEnum):
    """What a member is in their affiliate. Only a representative and alternates cast its ballot."""

    NONE = "none"
    ASKED = "asked"
    """They say that they speak for it; a facilitator has not confirmed it yet."""
    ASKED_ALTERNATE = "asked alternate"
    """The same, and they want to be an alternate."""
    REPRESENTATIVE = "representative"
    ALTERNATE = "alternate"


class Proposers(StrEnum):
    """Who may put proposals and questions to a group."""

    EVERYONE = "everyone"
    """Observers too."""
    MEMBERS = "members"
    FACILITATORS = "facilitators"


class Openness(StrEnum):
    """Who may read a group's decision log on the web."""

    PUBLIC = "public"
    MEMBERS = "members"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who decide together, and the head of their journal."""

    id: int
    name: str
    zone: str = "UTC"
    language: str = "en"
    head: str = ""
    lines: int = 0
    """The hash of the journal's last line, and how many lines it has."""
    shared: bool = False
    """Its members may show its decisions in chats outside the group."""
    languages: tuple[str, ...] = ()
    """What else is spoken here, besides `language`: command words of these are understood too."""
    usual: str = ""
    """How proposals are decided where they do not say, in the words one would type: `--by consent --for 3d`."""
    proposers: Proposers = Proposers.EVERYONE
    quiet: str = ""
    """When nobody is to be woken, as wall times: `22:00-07:00`."""
    remind_hours: int = 24
    """How long before a close those are reminded who have not voted; 0: never."""
    openness: Openness = Openness.MEMBERS
    pictured_at: datetime | None = None
    """When the next picture of a month's participation is due; None: none is wanted."""
    running: int = 0
    """The id of the meeting that runs now; 0: none does."""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A chat of a group on a platform. `size` is how many people the platform says are in it, if it says so."""

    id: int
    group_id: int
    platform: str
    chat: str
    name: str
    language: str = ""
    size: int | None = None
    announce: bool = False
    """What is put and decided is told here; nobody votes here, and who is here is no member by it."""
    gone_at: datetime | None = None
    """Since when we are no longer in it."""
    left_at: datetime | None = None
    """When it left the group: it stays for what was said in it, and is no room of the group any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human being with one or several accounts. Empty language or zone: as the room they are in."""

    id: int
    name: str
    language: str = ""
    zone: str = ""
    remind: bool = True
    nudge: bool = True
    """A facilitator may have them asked for a voice that is missing."""
    digest_at: datetime | None = None
    """When their next weekly digest is due; None: they want none."""
    token: str = ""
    """Drawn by chance when they were first met: what an erased person is known by afterwards, and says nothing of them."""
    erased: bool = False
    merged_into: int | None = None
    """The person that this one turned out to be: all that is left here is the token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's identity on one platform: its immutable id there, never a display name."""

    platform: str
    user: str
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in a group."""

    id: int
    group_id: int
    person_id: int
    role: Role = Role.MEMBER
    affiliate_id: int | None = None
    seat: Seat = Seat.NONE
    merged_into: int | None = None
    """The member that this one turned out to be: what they did stays theirs, and they do nothing more."""
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliate:
    """An organisation that members of a group speak for. Region and language are as the group names them."""

    id: int
    group_id: int
    name: str
    region: str = ""
    language: str = ""
    weight: int = 1
    named: bool = True
    """False: a member asked to speak for it, and it comes into being when a facilitator confirms that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A member is in a room."""

    room_id: int
    member_id: int


class Purpose(StrEnum):
    """What a code is for."""

    LINK = "link"
    """Two accounts are one person."""
    ROOM = "room"
    """A room joins a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code that was shown to one account, or in one room, to be typed at another place. Kept as its digest alone."""

    id: int
    purpose: Purpose
    digest: str
    platform: str
    user: str
    """Whom it was shown to."""
    group_id: int | None = None
    expires_at: datetime
    other_platform: str = ""
    other_user: str = ""
    other_chat: str = ""
    """Who typed it, and, of a ROOM, in which chat."""
    agreed: bool = False
    other_agreed: bool = False
    """Which of the two sides has said yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Somebody typed a code that was not right."""

    platform: str
    user: str
    at: datetime
