"""Held: a group's meetings with their minutes, and its action items, as plain values for the export."""

from datetime import datetime

from bot.export.plain import Plain
from bot.minutes import forgetting, plain
from bot.reader import Reader
from decisions.model import ActionStatus, Group, Meeting
from storage import finding, minuting
from storage.work import Work


def meetings(work: Work, group: Group, since: datetime | None, reader: Reader) -> list[Plain]:
    """Every meeting with its minutes, in the order of their numbers; `since` leaves out what was over before it."""
    found = [one for one in work.all(Meeting, group_id=group.id) if since is None or _until(one) >= since]
    found.sort(key=lambda one: one.number)
    return [plain.meeting(forgetting.told(minuting.minuted(work, one), reader)) for one in found]


def actions(work: Work, group: Group, since: datetime | None, reader: Reader) -> list[Plain]:
    """Every action item, in the order of their numbers; `since` leaves out what was closed before it."""
    found = [one for one in minuting.standing(work, group.id, *ActionStatus) if since is None or _still(one, since)]
    people = finding.named(work, {each for one in found for each in (one.action.by, *one.owners)})
    names = {one: name or reader.say("forgotten") for one, (name, _) in people.items()}
    refs = {one.id: one.ref for one in work.all(Meeting, group_id=group.id)}
    return [
        plain.action(
            one.action, [names[each] for each in one.owners], names[one.action.by], refs.get(one.action.meeting_id or 0)
        )
        for one in found
    ]


def _until(one: Meeting) -> datetime:
    return one.ended_at or one.started_at or one.starts_at or one.made_at


def _still(one: minuting.Standing, since: datetime) -> bool:
    return one.action.closed_at is None or one.action.closed_at >= since
