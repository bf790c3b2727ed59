"""Invited: a meeting whose time is set, as a room and as each member sees it, and its reminders."""

from datetime import datetime

from adapters.base import Card, Part, Style
from bot.reader import Reader
from decisions.model import Meeting, Post
from storage.work import Work


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The time, in a room."""
    meeting = work.the(Meeting, id=post.meeting_id)
    return Card((Part(Style.TITLE, reader.say("card-title", meeting.ref, meeting.title)),), (), reader.language)


def own(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The time in one member's own zone."""
    return card(work, post, reader, now)


def soon(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """It begins soon."""
    return card(work, post, reader, now)


def announce(work: Work, meeting: Meeting, now: datetime) -> None:
    """Tell everybody the time."""


def due(work: Work, meeting: Meeting, now: datetime) -> None:
    """A reminder is due, or the meeting is over."""
