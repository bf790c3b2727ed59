"""The cards about meetings: which builder makes which."""

from collections.abc import Callable, Mapping
from datetime import datetime

from adapters.base import Card
from bot.meeting import asked, ended, invited, telling
from bot.reader import Reader
from decisions.model import Meeting, Post, PostKind, Stage
from storage.work import Work


def _meeting(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """What stands in a room: the times to choose among, and then the time."""
    stage = work.the(Meeting, id=post.meeting_id).stage
    return (asked.card if stage is Stage.ASKED else invited.card)(work, post, reader, now)


def _soon(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """What is told of it once."""
    again = post.said[:1] == (telling.AGAIN,)
    return (asked.again if again else telling.card)(work, post, reader, now)


CARDS: Mapping[PostKind, Callable[[Work, Post, Reader, datetime], Card]] = {
    PostKind.MEETING: _meeting,
    PostKind.SLOTS: lambda work, post, reader, now: asked.own(work, post, reader, now),
    PostKind.INVITE: lambda work, post, reader, now: invited.own(work, post, reader, now),
    PostKind.SOON: lambda work, post, reader, now: _soon(work, post, reader, now),
    PostKind.MINUTES: lambda work, post, reader, now: ended.card(work, post, reader, now),
}
"""Each looked up when it is needed: those who make cards also want posts, whose cards are made here."""
