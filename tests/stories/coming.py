"""Coming: a meeting whose time is set, and of which nobody was told, for stories that begin there."""

from datetime import datetime
from typing import Any

from decisions import meetings
from decisions.model import Meeting, Stage
from tests.house import House


def to_come(house: House, number: int, title: str, at: datetime, **more: Any) -> Meeting:
    """A meeting of the first group, called by its first member. `more`: what else it has."""
    usual: dict[str, Any] = {"by": 1, "zone": "UTC", "wall": f"{at:%Y-%m-%dT%H:%M}"}
    with house.store.unit_of_work() as work:
        meeting = Meeting(
            id=work.next_id(Meeting),
            group_id=1,
            number=number,
            room_id=1,
            title=title,
            stage=Stage.SET,
            starts_at=at,
            uid=f"uid-{number}",
            made_at=house.now,
            salt=f"salt-{number}",
            seal="",
            **(usual | more),
        )
        work.apply(meetings.call(meeting, by=meeting.by), 1, house.now)
        return work.the(Meeting, id=meeting.id)
