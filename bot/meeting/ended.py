"""Ended: what came of a meeting, in short, in its rooms."""

from datetime import datetime

from adapters.base import Card, Part, Style
from bot.reader import Reader
from decisions.model import Meeting, Post
from storage.work import Work


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The minutes in short."""
    meeting = work.the(Meeting, id=post.meeting_id)
    return Card((Part(Style.TITLE, reader.say("card-title", meeting.ref, meeting.title)),), (), reader.language)
