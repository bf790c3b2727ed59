"""Doing: an action item on one line, as minutes, lists and cards show it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot import times
from bot.reader import Reader
from decisions.model import Action, ActionStatus


def line(action: Action, reader: Reader, ref: str = "") -> str:
    """`A-9 · ask WMSE (until 4 Dec 2026)`, and what became of it; `ref`: what it is called, where that is not its id alone."""
    said = reader.say("card-title", ref or action.ref, action.text or reader.say("forgotten-words"))
    if action.due:
        said = reader.say("action-until", said, day(action.due, reader))
    if action.who:
        said = reader.say("action-also", said, action.who)
    if action.status is ActionStatus.OPEN:
        return said
    if action.why:
        return reader.say(f"action-{action.status.value}-why", said, action.why)
    return reader.say(f"action-{action.status.value}", said)


def day(due: str, reader: Reader) -> str:
    """A day as people say it: `Fri 4 Dec 2026`."""
    return times.shown_day(datetime.combine(date.fromisoformat(due), time(12), UTC), "UTC", reader.language)


def overdue(action: Action, zone: str, now: datetime) -> bool:
    """Whether its day is over, on the clocks of a zone."""
    return bool(action.due) and date.fromisoformat(action.due) < now.astimezone(ZoneInfo(zone)).date()
