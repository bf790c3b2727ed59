"""Edits of what the eventful conversation left of meetings, each with where it is found and what is wrong there."""

ADD = """INSERT INTO attendances (meeting_id, member_id, here, regrets, chair, at, queued_for, spoken)
SELECT meeting_id, 4, here, regrets, chair, at, queued_for, spoken FROM attendances"""

MEETINGS: dict[str, tuple[str, str, str]] = {
    "a meeting by another title": ("UPDATE meetings SET title = 'no' WHERE id = 1", "M-1", "broken-changed"),
    "a meeting somewhere else": ("UPDATE meetings SET place = 'no' WHERE id = 3", "M-3", "broken-changed"),
    "a meeting in another zone": ("UPDATE meetings SET zone = 'Europe/Berlin' WHERE id = 3", "M-3", "broken-changed"),
    "a meeting that somebody else called": ("UPDATE meetings SET by = 2 WHERE id = 3", "M-3", "broken-changed"),
    "a meeting with earlier words and their seal": (
        "UPDATE meetings SET title = 'Of halcyon', place = '', seal = 'no' WHERE id = 2",
        "M-2",
        "broken-changed",
    ),
    "another number of a meeting": ("UPDATE meetings SET number = 9 WHERE id = 3", "M-3", "broken-number"),
    "a meeting moved by hand": (
        "UPDATE meetings SET starts_at = '2026-03-30 00:00:00' WHERE id = 3",
        "M-3",
        "broken-meeting-time",
    ),
    "a meeting called off by hand": ("UPDATE meetings SET stage = 'cancelled' WHERE id = 3", "M-3", "broken-stage"),
    "a meeting that is to be after all": ("UPDATE meetings SET stage = 'set' WHERE id = 2", "M-2", "broken-stage"),
    "a meeting that ended later": (
        "UPDATE meetings SET ended_at = '2026-03-30 00:00:00' WHERE id = 1",
        "M-1",
        "broken-stage",
    ),
    "a meeting that never began": ("UPDATE meetings SET started_at = NULL WHERE id = 1", "M-1", "broken-stage"),
    "a deleted meeting": ("DELETE FROM meetings WHERE id = 3", "M-3", "broken-missing"),
    "a meeting that cannot be read": ("UPDATE meetings SET stage = 'no' WHERE id = 3", "M-3", "broken-unreadable"),
    "somebody who was there after all": (
        f"{ADD} WHERE member_id = 2",
        "M-1, attendance of member 4",
        "broken-added",
    ),
    "somebody who was not there": (
        "UPDATE attendances SET here = false WHERE member_id = 2",
        "M-1, attendance of member 2",
        "broken-changed",
    ),
    "somebody who was there and is gone": (
        "DELETE FROM attendances WHERE member_id = 2",
        "M-1, attendance of member 2",
        "broken-missing",
    ),
    "somebody who was never there": (
        "UPDATE attendances SET member_id = 4 WHERE member_id = 2",
        "M-1, attendance of member 2",
        "broken-missing",
    ),
    "a changed note": ("UPDATE notes SET text = 'no' WHERE id = 4", "M-1, note 4", "broken-changed"),
    "a note before it was edited": (
        "UPDATE notes SET text = 'It is in burlap' WHERE id = 2",
        "M-1, note 2",
        "broken-changed",
    ),
    "a rejection made an agreement": (
        "UPDATE notes SET tag = 'rejected' WHERE id = 4",
        "M-1, note 4",
        "broken-changed",
    ),
    "a note under another topic": ("UPDATE notes SET under = 0 WHERE id = 4", "M-1, note 4", "broken-changed"),
    "a note of somebody else": ("UPDATE notes SET by = 1 WHERE id = 4", "M-1, note 4", "broken-changed"),
    "a note undone by hand": ("UPDATE notes SET undone = true WHERE id = 4", "M-1, note 4", "broken-changed"),
    "an undone note put back": ("UPDATE notes SET undone = false WHERE id = 3", "M-1, note 3", "broken-changed"),
    "a deleted note": ("DELETE FROM notes WHERE id = 4", "M-1, note 4", "broken-missing"),
    "a note in another meeting": ("UPDATE notes SET meeting_id = 3 WHERE id = 4", "M-1, note 4", "broken-missing"),
    "a forgotten note put back": ("UPDATE notes SET text = 'no' WHERE id = 7", "M-1, note 7", "broken-changed"),
    "a changed action": ("UPDATE actions SET text = 'no' WHERE id = 2", "A-2", "broken-changed"),
    "an action of another name": ("UPDATE actions SET who = 'no' WHERE id = 2", "A-2", "broken-changed"),
    "an action with more time": ("UPDATE actions SET due = '2027-01-01' WHERE id = 1", "A-1", "broken-changed"),
    "an action done by hand": ("UPDATE actions SET status = 'done' WHERE id = 1", "A-1", "broken-changed"),
    "an action that somebody else dropped": ("UPDATE actions SET closed_by = 2 WHERE id = 2", "A-2", "broken-changed"),
    "another number of an action": ("UPDATE actions SET number = 9 WHERE id = 1", "A-1", "broken-changed"),
    "a deleted action": ("DELETE FROM actions WHERE id = 2", "A-2", "broken-missing"),
    "a forgotten action put back": ("UPDATE actions SET text = 'no' WHERE id = 3", "A-3", "broken-changed"),
}
