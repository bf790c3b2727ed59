"""Whole: a group's record as one object of plain values, which JSON is and the tables are made from.

`docs/export.schema.json` describes it, key by key.
"""

from datetime import datetime

from bot.export import learnt, meetings
from bot.export.gathered import Gathered
from bot.export.plain import decision
from bot.plain import Plain, instant


def plain(found: Gathered, now: datetime) -> Plain:
    """An object of `group` (its name), `exported_at`, `head` (the journal's), `decisions`, `meetings`, `actions` and
    `lessons`."""
    return {
        "group": found.group.name,
        "exported_at": instant(now),
        "head": found.group.head,
        "decisions": [decision(one, found.reader) for one in found.records],
        "meetings": [meetings.meeting(one) for one in found.held.meetings],
        "actions": meetings.actions(found.held),
        "lessons": [learnt.plain(one) for one in found.lessons],
    }
