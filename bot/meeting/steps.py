"""What the clock does about a meeting, by where it is in its life."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.meeting import awaited, chosen, held
from decisions import meetings
from decisions.model import Meeting, Stage
from storage.work import Work

DUE: Mapping[Stage, Callable[[Work, Meeting, datetime], None]] = {
    Stage.ASKED: chosen.due,
    Stage.SET: awaited.due,
    Stage.RUNNING: held.due,
}


def step(work: Work, meeting: Meeting, now: datetime) -> None:
    """Do what is due, and say when the clock has to look again."""
    if meeting.stage in DUE:
        DUE[meeting.stage](work, meeting, now)
    kept = work.the(Meeting, id=meeting.id)
    if kept.wake_at == meeting.wake_at:
        work.put(replace(kept, wake_at=meetings.next_wake(kept, now)))
