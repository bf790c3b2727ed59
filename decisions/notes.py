"""What is said in a meeting: who is there, what is noted, what was agreed to be done, and what comes up next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tag(StrEnum):
    """What a note in a meeting is."""

    SUBJECT = "subject"
    """What the whole meeting is about."""
    TOPIC = "topic"
    INFO = "info"
    IDEA = "idea"
    LINK = "link"
    HELP = "help"
    """Help is wanted."""
    AGREED = "agreed"
    REJECTED = "rejected"
    DECISION = "decision"
    """A poll was decided in the meeting; `poll_id` says which."""
    ACTION = "action"
    """`action_id` says which."""
    GUEST = "guest"
    """Somebody who is no member took part, by name."""
    CORRECTION = "correction"
    """Said afterwards, about the note whose number is `corrects`, or about the whole."""


class ActionStatus(StrEnum):
    """Where an action item is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """A member in a meeting."""

    meeting_id: int
    member_id: int
    here: bool
    """False: they sent regrets, or were only heard of."""
    regrets: bool = False
    chair: bool = False
    at: datetime
    queued_at: datetime | None = None
    """Since when they wait for the word; None: they do not."""
    queued_for: str = ""
    """What they want to speak about, if they said."""
    spoken: int = 0
    """How often they were given the word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing noted in a meeting. `number` counts in it, and is never given again."""

    id: int
    group_id: int
    meeting_id: int
    number: int
    tag: Tag
    text: str
    by: int
    at: datetime
    under: int = 0
    """The number of the topic under which it stands; 0: before the first."""
    corrects: int = 0
    poll_id: int | None = None
    action_id: int | None = None
    undone: bool = False
    origin: str = ""
    """The message in which it was said, by `turn.origin`."""
    salt: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that somebody will do, until when."""

    id: int
    group_id: int
    number: int
    meeting_id: int | None
    """None: it was noted outside a meeting."""
    text: str
    """As it was said, owner and day in it."""
    who: str = ""
    """Those of its owners who are no members, by name."""
    by: int
    made_at: datetime
    due: str = ""
    """The day until which, as `2026-12-04`; empty: none was said."""
    remind_at: datetime | None = None
    """When its owners are to be reminded; None once done, or where no day was said."""
    status: ActionStatus = ActionStatus.OPEN
    why: str = ""
    """Why it was dropped, or what came of it."""
    closed_by: int | None = None
    closed_at: datetime | None = None
    salt: str
    seal: str

    @property
    def ref(self) -> str:
        """What people call it."""
        return f"A-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who does it."""

    action_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """What is to be talked about, in a meeting or (None) in the next one."""

    id: int
    group_id: int
    meeting_id: int | None
    text: str
    by: int
    at: datetime
    reached: int | None = None
    """The meeting in which it came up."""
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """What was said in a room while a meeting ran."""

    id: int
    meeting_id: int
    room_id: int
    by: int
    text: str
    at: datetime
    origin: str = ""
