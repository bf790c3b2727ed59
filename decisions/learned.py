"""What is learnt and handed on: lessons and their use elsewhere, what belongs together, and who can help whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Thing(StrEnum):
    """What has a page of its own."""

    POLL = "poll"
    MEETING = "meeting"
    ACTION = "action"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a group tried, what came of it, and what it would do again."""

    id: int
    group_id: int
    number: int
    by: int | None
    """None: filed without a name, or made of what was said in the review of a decision."""
    worked: bool | None
    """None: neither is said, or both."""
    tried: str = ""
    """On one line. Of a decision's lesson, empty: the decision's title says it."""
    text: str = ""
    """In which circumstances, and whatever else was said at once."""
    happened: str = ""
    again: str = ""
    """What we would do again."""
    never: str = ""
    """What we would not."""
    helps: str = ""
    """Whom it may help."""
    region: str = ""
    affiliate: str = ""
    size: str = ""
    """Of the group or event, in people's own words: `40 people`."""
    language: str = ""
    """In which language people worked there; empty: the group's."""
    topic: str = ""
    poll_id: int | None = None
    """The decision that it looks back at."""
    withdrawn: bool = False
    """Its words are gone; its number is never given again."""
    at: datetime
    salt: str
    seal: str
    version: int = 1
    """Grows with every change that its card shows."""

    @property
    def ref(self) -> str:
        """What people call it."""
        return f"L-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """A group, often another one, used a lesson: what it changed, and whether it worked there. It is on the journal of the
    group that used it."""

    id: int
    lesson_id: int
    group_id: int
    """The group that used it."""
    by: int
    worked: bool | None
    """None: it is not said yet."""
    place: str = ""
    """Where, as people say it: `Ghana`."""
    text: str = ""
    at: datetime
    salt: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Two things that somebody found to belong together, of one group or of two. `thing` and `key` (an id) are of
    `group_id`, on whose journal it is."""

    group_id: int
    thing: Thing
    key: int
    other: Thing
    other_key: int
    by: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A lesson that somebody is asked for, question by question, in private."""

    platform: str
    user: str
    group_id: int
    """The group that will have it."""
    asked: str
    """The question that waits for an answer: the name of a field of Lesson, or `name`: whether theirs may be told."""
    worked: bool | None
    poll_id: int | None = None
    said: tuple[str, ...] = ()
    """What was answered: the name of a field and the words, by turns."""
    at: datetime


class Side(StrEnum):
    """Which way help goes."""

    OFFER = "offer"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What somebody offers to others, or asks of them, in all groups. It is told without a name."""

    id: int
    person_id: int
    side: Side
    text: str
    language: str
    """Of the person who wrote it."""
    at: datetime
    ends_at: datetime | None
    """When it is over by itself; None: it is over."""
    seek_at: datetime | None = None
    """When it is looked for whom it may fit, and others may read it from then on; None: that was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """An offer and an ask that may fit. Names are exchanged once both sides want that."""

    id: int
    offer_id: int
    ask_id: int
    at: datetime
    offers: bool | None = None
    """Whether whoever offers wants it; None: they have not said."""
    asks: bool | None = None
    """Whether whoever asks wants it."""
