"""Called: a meeting whose time is known, put before a group at once."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.meeting import invited, posts
from decisions import meetings
from decisions.model import Meeting, PostKind, Stage
from tests.house import AnyHouse

BEGINS = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
"""Three days after a house begins, less an hour."""


async def called(house: AnyHouse, at: datetime = BEGINS, zone: str = "Europe/Berlin", **more: Any) -> Meeting:
    """The first member calls a meeting. `more`: what else it has; without a time it is being looked for."""
    with house.store.unit_of_work() as work:
        number = work.next_number(Meeting, 1)
        meeting = Meeting(
            id=work.next_id(Meeting),
            group_id=1,
            number=number,
            room_id=1,
            by=1,
            title="Spring planning",
            stage=Stage.SET,
            zone=zone,
            wall=f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}",
            starts_at=at,
            uid=f"m{number}@folkmoot",
            made_at=house.now,
            salt="00",
            seal="",
        )
        meeting = replace(meeting, **more)
        meeting = replace(meeting, wake_at=meetings.next_wake(meeting, house.now))
        work.apply(meetings.call(meeting, by=1), 1, house.now)
        if meeting.stage is Stage.SET:
            invited.announce(work, work.the(Meeting, id=meeting.id), house.now)
        else:
            posts.in_rooms(work, meeting, PostKind.MEETING)
    await house.settle()
    return meeting
