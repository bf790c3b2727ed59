"""What happened in and around meetings, in the past tense: ids and seals alone, as in `events`."""

from dataclasses import dataclass

from decisions.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEvent(Event):
    meeting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalled(MeetingEvent):
    """It is wanted; `seal` is over its words."""

    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReworded(MeetingEvent):
    """Title, text, place or length are others now."""

    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTimed(MeetingEvent):
    """Its time was set, or is another one now."""

    starts_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCancelled(MeetingEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStarted(MeetingEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEnded(MeetingEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceNoted(MeetingEvent):
    """A member is there, or (`here` false) is not."""

    member: int
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMade(MeetingEvent):
    """Noted, or, where the same note was made before, noted in other words."""

    note: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUndone(MeetingEvent):
    note: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionMade(Event):
    """Made, or, where it was made before, changed."""

    action: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone(Event):
    action: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDropped(Event):
    action: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReopened(Event):
    action: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedWordsErased(Event):
    """The words of an erased person were taken out of a note or an action (`what`, `key`: its id); `seal` is over what is left."""

    what: str
    key: int
    seal: str
