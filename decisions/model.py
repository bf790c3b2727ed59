"""The nouns: frozen values, the same in the rules, in storage and in exports.

Instants are aware UTC datetimes. Ids are given by storage; `number` is what people say (`P-7`, `D-12`, `C-3`), counted
a group. Members are known to the rules by id alone: names belong to `Person`, and the rules never need one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from decisions.calendar import Borne as Borne
from decisions.calendar import Busy as Busy
from decisions.calendar import Coming as Coming
from decisions.calendar import Feed as Feed
from decisions.calendar import Hours as Hours
from decisions.calendar import Meeting as Meeting
from decisions.calendar import Rsvp as Rsvp
from decisions.calendar import Slot as Slot
from decisions.calendar import Stage as Stage
from decisions.calendar import Suits as Suits
from decisions.learned import Draft as Draft
from decisions.learned import Help as Help
from decisions.learned import Introduction as Introduction
from decisions.learned import Lesson as Lesson
from decisions.learned import Related as Related
from decisions.learned import Reuse as Reuse
from decisions.learned import Side as Side
from decisions.learned import Thing as Thing
from decisions.notes import Action as Action
from decisions.notes import ActionStatus as ActionStatus
from decisions.notes import AgendaItem as AgendaItem
from decisions.notes import Attendance as Attendance
from decisions.notes import LogLine as LogLine
from decisions.notes import Note as Note
from decisions.notes import Owner as Owner
from decisions.notes import Tag as Tag
from decisions.people import Account as Account
from decisions.people import Affiliate as Affiliate
from decisions.people import Code as Code
from decisions.people import Group as Group
from decisions.people import Member as Member
from decisions.people import Openness as Openness
from decisions.people import Person as Person
from decisions.people import Presence as Presence
from decisions.people import Proposers as Proposers
from decisions.people import Purpose as Purpose
from decisions.people import Role as Role
from decisions.people import Room as Room
from decisions.people import Seat as Seat
from decisions.people import Try as Try
from decisions.posts import Bookmark as Bookmark
from decisions.posts import Doubt as Doubt
from decisions.posts import Post as Post
from decisions.posts import PostKind as PostKind
from decisions.posts import Silence as Silence
from decisions.rules import ADDED_RULES as ADDED_RULES
from decisions.rules import ADDED_TO_OUTCOME as ADDED_TO_OUTCOME
from decisions.rules import Base as Base
from decisions.rules import Electorate as Electorate
from decisions.rules import Outcome as Outcome
from decisions.rules import Result as Result
from decisions.rules import Rules as Rules
from decisions.searching import Sought as Sought
from decisions.voters import Addition as Addition
from decisions.voters import Listed as Listed
from decisions.voters import Listing as Listing
from decisions.voters import Proxy as Proxy
from decisions.voters import Spent as Spent
from decisions.voters import Voter as Voter

Marks = Mapping[str, int]
"""One member's ballot, whatever the method: option key -> mark. A stance is `{"agree": 1}`."""


class Status(StrEnum):
    """Where a poll is in its life; `lifecycle` says which may follow which."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


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
    roll: str = ""
    """Whom the roll names when the poll opens: `everyone`, `affiliates`, `since:2026-01-01`, `list:3`; empty: by name."""
    base: int = 0
    """People in the electorate at opening, each once."""
    salt: str = ""
    """Keeps the sealed terms and outcome from being guessed."""
    revision: int = 1
    firm_revision: int = 1
    """The last revision a facilitator made: blocks cast on it or later still stand."""
    turnout: int = 0
    """Ballots on the current revision; what early closing looks at, so that no ballot is ever counted for it."""
    spent: int = 0
    """How many accounts have no ballot of their own here any more; see `Spent`."""
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
    thread: str = ""
    """The thread or topic in which it was put, as `platform:chat:thread`: what is said there is its discussion."""
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


Noun = (
    Group
    | Room
    | Person
    | Account
    | Member
    | Affiliate
    | Presence
    | Poll
    | Revision
    | Voter
    | Addition
    | Spent
    | Proxy
    | Listing
    | Listed
    | Ballot
    | Remark
    | Concern
    | Supersedes
    | Review
    | Post
    | Code
    | Try
    | Bookmark
    | Silence
    | Doubt
    | Meeting
    | Slot
    | Suits
    | Rsvp
    | Borne
    | Hours
    | Feed
    | Busy
    | Attendance
    | Note
    | Action
    | Owner
    | AgendaItem
    | LogLine
    | Lesson
    | Reuse
    | Related
    | Draft
    | Help
    | Introduction
    | Sought
)
"""Everything that is kept."""
