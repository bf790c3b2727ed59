"""Decided: what is decided while a meeting runs stands in its minutes."""

from datetime import datetime

from bot.meeting import noted
from decisions import seals
from decisions.model import Group, Meeting, Note, Poll, Tag
from storage.work import Work


def note(work: Work, poll: Poll, by: int | None, now: datetime) -> None:
    """A poll was closed, and decides something; noted in the meeting that runs, if one does."""
    running = work.the(Group, id=poll.group_id).running
    if running and poll.decision is not None and not work.all(Note, meeting_id=running, poll_id=poll.id):
        salt = seals.seal(poll.salt, "minuted", poll.id)[:32]
        meeting = work.the(Meeting, id=running)
        noted.make(work, meeting, Tag.DECISION, "", by=by or poll.by, salt=salt, now=now, poll_id=poll.id)
