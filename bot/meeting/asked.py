"""Asked: a meeting for which a time is being looked for, as a room and as each member sees it."""

from datetime import datetime

from adapters.base import Card, Part, Style
from bot.reader import Reader
from decisions.model import Meeting, Post
from storage.work import Work


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The times among which people choose, in a room."""
    meeting = work.the(Meeting, id=post.meeting_id)
    return Card((Part(Style.TITLE, reader.say("card-title", meeting.ref, meeting.title)),), (), reader.language)


def own(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """One member's own answers."""
    return card(work, post, reader, now)


def due(work: Work, meeting: Meeting, now: datetime) -> None:
    """The time to choose is over."""
