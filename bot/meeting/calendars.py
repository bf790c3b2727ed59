"""Calendars: meetings as calendar programs read them (RFC 5545) - one to take over, or all of a group to subscribe to.

Nobody's name stands in them, nor who comes: a calendar is passed on more easily than a chat.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from adapters.base import File
from decisions import meetings, wording
from decisions.model import Group, Meeting, Stage
from storage.work import Work

if TYPE_CHECKING:  # the library is loaded with the first calendar, not with every start of the program
    from icalendar import Calendar, Event

KIND = "text/calendar"
MAKER = "-//Folkmoot//Folkmoot//EN"

KEPT = timedelta(days=365)
"""For how long a group's calendar has a meeting that is over or was called off."""

MOST = 500
"""How many meetings a group's calendar has: the last ones, where there are more."""

MOST_WORDS = 2000
"""Characters of a meeting's text in the calendar of a group; its own file has all."""

REFRESH = timedelta(hours=1)
"""How often we ask programs to look again."""

ADDRESS = re.compile(r"https?://[!-;=?-~]+", re.IGNORECASE)
"""What may stand as an address: http or https, and nothing but ASCII that is seen."""


def of_meeting(work: Work, meeting: Meeting, now: datetime) -> File:
    """One meeting, to be taken over into a calendar."""
    group = work.the(Group, id=meeting.group_id)
    return _file(f"folkmoot-{meeting.ref}", written(group, (meeting,), now))


def of_group(work: Work, group: Group, now: datetime) -> File:
    """All meetings of a group, as a file."""
    return _file(f"folkmoot-{group.id}", feed(work, group, now))


def of_groups(work: Work, groups: Iterable[Group], now: datetime) -> File:
    """All meetings of several groups, as one file."""
    known = [one for group in groups for one in _known(work, group, now - KEPT)]
    return _file("folkmoot", written(None, known, now, MOST_WORDS))


def feed(
    work: Work,
    group: Group,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    placed: bool = True,
) -> str:
    """All meetings of a group that have a time: those to come, and those of the last year, or from `since` on and before
    `until`. What was called off stays in it as such: a program that has it learns so. `placed`: with the places, to which
    whoever knows them may come."""
    known = _known(work, group, since or now - KEPT, until)
    return written(group, known if placed else [replace(one, place="") for one in known], now, MOST_WORDS)


def _known(work: Work, group: Group, oldest: datetime, until: datetime | None = None) -> list[Meeting]:
    timed = [(one.starts_at, one.id, one) for one in work.all(Meeting, group_id=group.id) if one.starts_at]
    return [one for at, _, one in sorted(timed) if at >= oldest and (until is None or at < until)][-MOST:]


def written(group: Group | None, known: Iterable[Meeting], now: datetime, most: int = wording.TEXT) -> str:
    """These meetings as a calendar, with the name of their group if it is one. `most`: so many characters of each text."""
    raw: bytes = _calendar(group, known, now, most).to_ical()
    return raw.decode()


def event(meeting: Meeting, now: datetime, most: int = wording.TEXT) -> "Event":
    """A meeting as an event; its wall time is kept in its zone. `most`: so many characters of its text."""
    from icalendar import Event
    from icalendar.enums import STATUS

    found = Event.new(uid=meeting.uid, stamp=now, sequence=meeting.sequence, summary=_line(meeting.title))
    begins, ends = meeting.starts_at, meetings.ends_at(meeting)
    if begins is not None and ends is not None:
        found.DTSTART, found.DTEND = _walls(meeting.zone, begins, ends)
    found.status = STATUS.CANCELLED if meeting.stage is Stage.CANCELLED else STATUS.CONFIRMED
    if text := _text(meeting.text, most):
        found.description = text
    if place := _line(meeting.place):
        found.location = place
        if is_address(place):
            found.url = place
    return found


def is_address(place: str) -> bool:
    """Whether a place is an address of the web, and nothing else."""
    return ADDRESS.fullmatch(place) is not None


def _calendar(group: Group | None, known: Iterable[Meeting], now: datetime, most: int) -> "Calendar":
    from icalendar import Calendar

    from bot.meeting.rules import rules

    known = [one for one in known if one.starts_at is not None]
    name = _line(group.name) if group else None
    made = Calendar.new(prodid=MAKER, calscale="GREGORIAN", method="PUBLISH", name=name or None)
    made.pop("UID", None)  # drawn by chance, another one each time
    made.refresh_interval = REFRESH
    made.add("X-PUBLISHED-TTL", "PT1H")
    for zone in sorted({one.zone for one in known if one.zone not in _PLAIN}):
        years = [one.starts_at.year for one in known if one.zone == zone and one.starts_at]
        made.add_component(rules(zone, min(years) - 1, max(years) + 2))
    for one in known:
        made.add_component(event(one, now, most))
    return made


_PLAIN = frozenset(("UTC", "Etc/UTC"))
"""Zones without rules: what is in them is written with a Z."""


def _walls(zone: str, begins: datetime, ends: datetime) -> tuple[datetime, datetime]:
    """Both on the clocks of the zone. Of an hour that comes twice programs do not agree on which is meant: then in UTC."""
    walls = begins.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
    if zone in _PLAIN or any(_twice(one) for one in walls):
        return begins.astimezone(UTC), ends.astimezone(UTC)
    return walls


def _twice(wall: datetime) -> bool:
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def _line(text: str) -> str:
    return wording.line(text[: wording.MOST_TYPED])


def _text(text: str, most: int) -> str:
    cleaned = wording.clean(text[: wording.MOST_TYPED])
    return cleaned if len(cleaned) <= most else f"{cleaned[: most - 1]}…"


def _file(name: str, content: str) -> File:
    return File(f"{name}.ics", content, KIND)
