"""Noted: a meeting's notes, as they are kept - numbered, each under its topic."""

from datetime import datetime
from typing import Any

from decisions import noting
from decisions.model import Meeting, Note, Tag
from storage.noting import place
from storage.work import Work


def make(work: Work, meeting: Meeting, tag: Tag, text: str, *, by: int, salt: str, now: datetime, **more: Any) -> Note:
    """Note something. `more`: what else the note has."""
    number, topic = place(work, meeting.id)
    note = Note(
        id=work.next_id(Note),
        group_id=meeting.group_id,
        meeting_id=meeting.id,
        number=number,
        tag=tag,
        text=text,
        by=by,
        at=now,
        under=0 if tag is Tag.TOPIC else topic,
        salt=salt,
        seal="",
        **more,
    )
    work.apply(noting.make(note), meeting.group_id, now)
    return note
