"""Whom stories of a called meeting invite, and what is looked at there."""

from datetime import timedelta

from adapters.console.conversation import Person
from decisions.model import Meeting, Rsvp
from tests.house import House

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PEOPLE = (
    Person(name="ana", role="facilitator", zone="Europe/Berlin", affiliate="WMDE"),
    Person(name="bo", zone="America/New_York", affiliate="WMUS"),
    Person(name="cem", zone="Asia/Kolkata", affiliate="WMIN"),
    Person(name="dee", zone="Pacific/Auckland"),
    Person(name="eve", zone="Europe/Paris", affiliate="WMDE"),
)
ROOMS = {"general": "matrix", "chat": "telegram"}


def kept(house: House, meeting_id: int = 1) -> Meeting:
    with house.store.reading() as work:
        return work.the(Meeting, id=meeting_id)


def answers(house: House) -> dict[int, str]:
    with house.store.reading() as work:
        return {one.member_id: one.coming.value for one in work.all(Rsvp, meeting_id=1)}


def card(house: House, room: str = "general") -> str:
    return house.card(room, "M-1")


def told(house: House, room: str = "general") -> list[str]:
    """What was said in a room besides cards."""
    return [one for one in house.notices(room) if not one.startswith(("M-1 ·", "M-2 ·"))]


def reminded(house: House, who: str) -> list[str]:
    return [one for one in house.private(who) if "begins in" in one]
