"""The nouns: frozen values, the same in the rules, in storage and in exports.

Instants are aware UTC datetimes. Ids are given by storage; `number` is what people say (`P-7`, `D-12`, `C-3`), counted
a group. Members are known to the rules by id alone: names belong to `Person`, and the rules never need one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

Marks = Mapping[str, int]
"""One member's ballot, whatever the method: option key -> mark. A stance is `{"agree": 1}`."""


class Role(StrEnum):
    """What a member may do: observers speak, members decide, facilitators also look after the group's polls."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"


class Status(StrEnum):
    """Where a poll is in its life; `lifecycle` says which may follow which."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Result(StrEnum):
    """How a poll came out."""

    PASSED = "passed"
    NOT_PASSED = "not passed"
    BLOCKED = "blocked"
    NO_QUORUM = "no quorum"
    WITHDRAWN = "withdrawn"
    CHOSEN = "chosen"


class Electorate(StrEnum):
    """Who may vote: whoever is in the group's rooms when they vote, or a roll fixed when the poll opens."""

    OPEN = "open"
    ROLL = "roll"


class Base(StrEnum):
    """What a threshold is a part of: the marks cast without abstentions, or the whole electorate."""

    CAST = "cast"
    ELECTORATE = "electorate"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human being with one or several accounts. Empty language or zone: as the room they are in."""

    id: int
    name: str
    language: str = ""
    zone: str = ""
    remind: bool = True


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
    affiliate: str = ""
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A member is in a room."""

    room_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a poll is counted by. A quorum is a number of people, or a part of the electorate."""

    quorum: int | Fraction | None = None
    threshold: Fraction = Fraction(1, 2)
    beyond: bool = True
    """More than the threshold is needed; False: exactly the threshold is enough."""
    base: Base = Base.CAST
    least: int = 1
    most: int = 1
    """How many options a ballot may mark, at least and at most."""
    points: int = 0
    """`score`: the highest mark an option can get. `dots`: the dots a person can hand out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided, with all that is needed to say why in one sentence."""

    result: Result
    counts: Mapping[str, int]
    chosen: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    turnout: int = 0
    base: int = 0
    needed: int | None = None
    """The quorum in people, if there was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A proposal or question put to a group, and how it is decided. Its words are in `Revision`."""

    id: int
    group_id: int
    number: int
    room_id: int
    by: int
    template: str
    method: str
    options: tuple[str, ...]
    rules: Rules = field(default_factory=Rules)
    electorate: Electorate = Electorate.OPEN
    base: int = 0
    """People in the electorate at opening, each once."""
    salt: str = ""
    """Keeps the sealed terms and outcome from being guessed."""
    revision: int = 1
    firm_revision: int = 1
    """The last revision a facilitator made: blocks cast on it or later still stand."""
    turnout: int = 0
    """Ballots on the current revision; what early closing looks at, so that no ballot is ever counted for it."""
    status: Status
    made_at: datetime
    opens_at: datetime
    closes_at: datetime
    remind_at: datetime | None = None
    """When to remind those who have not voted; None once done, or where the poll is too short for it."""
    review_at: datetime | None = None
    """When to ask whether it worked, if that is wanted."""
    review_asked: bool = False
    closed_at: datetime | None = None
    decision: int | None = None
    outcome: Outcome | None = None
    statement: str = ""
    version: int = 1
    """Grows with every change that a card shows; posts are behind it or up to it."""

    @property
    def ref(self) -> str:
        """What people call it."""
        return f"P-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The words of a proposal, as they stood from `at` on. `title` is its first line."""

    poll_id: int
    number: int
    title: str
    text: str = ""
    by: int
    at: datetime
    salt: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """One line of a roll: this member may vote in this poll."""

    poll_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a ballot said before its last change, so that one press can undo a stance that was not meant as one."""

    revision: int
    marks: Marks
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One member's marks in one poll, on the revision they had read."""

    poll_id: int
    member_id: int
    revision: int
    marks: Marks
    reason: str = ""
    earlier: Earlier | None = None
    origin: str = ""
    """The message that set the marks, by `turn.origin`: if its author takes it back, the ballot goes with it."""
    worded: str = ""
    """The message that the reason stands in, in the same way: the reason follows its edits."""
    at: datetime
    salt: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody said about a poll in answer to its card, without a stance: the discussion."""

    id: int
    group_id: int
    poll_id: int
    by: int
    text: str
    at: datetime
    origin: str = ""
    """The message in which it was said, by `turn.origin`."""
    salt: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A worry about a proposal, by name: raised, answered, and resolved by whoever raised it."""

    id: int
    group_id: int
    number: int
    poll_id: int
    by: int
    text: str
    raised_at: datetime
    answer: str = ""
    answered_by: int | None = None
    resolved_at: datetime | None = None
    salt: str
    seal: str

    @property
    def ref(self) -> str:
        """What people call it."""
        return f"C-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supersedes:
    """A later decision stands in the place of an earlier one."""

    poll_id: int
    earlier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a member says of a decision some time after: whether it worked, and what was learnt."""

    poll_id: int
    member_id: int
    worked: bool
    text: str
    at: datetime
    salt: str
    seal: str


class PostKind(StrEnum):
    """What a post says; each has its builder in the views."""

    CARD = "card"
    OPENED = "opened"
    AMENDED = "amended"
    RESULT = "result"
    REVIEW = "review"
    REMINDER = "reminder"
    CONFIRM = "confirm"
    REASON = "reason"
    """Asks one person for their reason; a reply to it is the reason."""
    NATIVE = "native"
    """The poll in the platform's own form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message of ours in one place: a room, or (`room_id` None) one person's private chat on one platform.

    It is wanted while it has no `message`, and stale while `shown` is behind its poll's version. Once nothing more can
    change it, it is no longer `live`.
    """

    id: int
    group_id: int
    kind: PostKind
    poll_id: int
    room_id: int | None = None
    platform: str = ""
    user: str = ""
    message: str = ""
    shown: int = 0
    live: bool = True
    tries: int = 0
    not_before: datetime | None = None
    """After a failure: when to try again."""
    reply_to: str = ""
    """The message that asked for it, in the same room."""
    stance: str = ""
    """Of a REASON: what a reply to it casts, where that is not the stance the person already has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """How far a platform's stream was read, and when we last heard of it."""

    platform: str
    token: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """When we last could not hear what is pressed on a platform for so long that it may have been lost."""

    platform: str
    since: datetime
    until: datetime


Noun = (
    Group
    | Room
    | Person
    | Account
    | Member
    | Presence
    | Poll
    | Revision
    | Voter
    | Ballot
    | Remark
    | Concern
    | Supersedes
    | Review
    | Post
    | Bookmark
    | Silence
)
"""Everything that is kept."""
