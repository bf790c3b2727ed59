"""The way out and in: what we have said or have to say, and how far each platform was heard."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    COUNTDOWN = "countdown"
    """Tells a room, once, that a poll closes soon, and how many have taken part."""
    NUDGE = "nudge"
    """A facilitator asks for a voice that is missing."""
    NOTICE = "notice"
    """What `said` says: about no poll, or about one in passing."""
    DIGEST = "digest"
    """One person's week."""
    PICTURE = "picture"
    """A group's month: who took part."""
    MEETING = "meeting"
    """A meeting's card in a room: the times among which people choose, then the time."""
    SLOTS = "slots"
    """One member's own answers to the times, with buttons."""
    INVITE = "invite"
    """A meeting in one member's own zone, with the buttons to say whether they come."""
    SOON = "soon"
    """Reminds of a meeting; `said` has how long before."""
    MINUTES = "minutes"
    """What came of a meeting, in short."""
    LESSON = "lesson"
    """A lesson, in a room of the group that learnt it."""
    CHART = "chart"
    """An outcome as a picture, in a room where pictures can be shown."""
    DOUBT = "doubt"
    """Asks once more what waits for its author: a Doubt, which has the same id."""
    PEER = "peer"
    """Asks one person whether they want to be brought together with another; `said` has the id of the Introduction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message of ours in one place: a room, or (`room_id` None) one person's private chat on one platform.

    It is wanted while it has no `message`, and stale while `shown` is behind the version of its poll, meeting or lesson. Once nothing more can
    change it, it is no longer `live`.
    """

    id: int
    group_id: int | None
    """None: it speaks to one person, about no group alone."""
    kind: PostKind
    poll_id: int | None = None
    meeting_id: int | None = None
    lesson_id: int | None = None
    """None, all three of them: it is about none, and has nothing to be behind of."""
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
    said: tuple[str, ...] = ()
    """Of a NOTICE: the key of its text, and what stands in it. Of a PICTURE: the month."""

    @property
    def about(self) -> int:
        """The id of the poll that it is about. Raises LookupError where it is about none."""
        if self.poll_id is None:
            raise LookupError(f"post {self.id} is about no poll")
        return self.poll_id


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something asked for with a time in it that may mean several: kept until whoever asked says which."""

    id: int
    platform: str
    user: str
    chat: str
    private: bool
    text: str
    message: str
    reply_to: str
    thread: str = ""
    words: str
    """The words for the time."""
    readings: tuple[str, ...]
    """What they may mean, as ISO instants; the likeliest first."""
    settled: tuple[str, ...] = ()
    """What was said before about other words in it: the words, the place of their reading, and when they were read, by
    turns."""
    alike: tuple[str, ...] = ()
    """What it looks like, the closest first, as `poll:12`; then it is this that is asked, and there are no readings."""
    at: datetime
