"""The rooms and people of stories in which a time is looked for, and what is looked at there."""

from adapters.console.conversation import Person
from decisions.model import Meeting, Slot, Suits
from storage.faults import Fault
from storage.verify import verify
from tests.house import AnyHouse

ANA = Person(name="ana", role="facilitator", zone="Europe/Berlin")
BEN = Person(name="ben", zone="America/New_York")
BAO = Person(name="bao", zone="Asia/Shanghai")
AMY = Person(name="amy", zone="America/Los_Angeles")
CEM = Person(name="cem")
ROOMS = {"general": "matrix", "chat": "telegram"}
BERLIN = "Europe/Berlin"


def faults(house: AnyHouse) -> list[Fault]:
    """What the journal does not prove of all that a story leaves."""
    with house.store.reading() as work:
        return verify(work)


def meeting(house: AnyHouse, number: int = 1) -> Meeting:
    with house.store.reading() as work:
        return work.the(Meeting, group_id=1, number=number)


def slots(house: AnyHouse, number: int = 1) -> list[Slot]:
    with house.store.reading() as work:
        return [one for one in work.all(Slot, meeting_id=meeting(house, number).id) if not one.dropped]


def marks(house: AnyHouse, who: int) -> dict[int, int]:
    with house.store.reading() as work:
        return {one.slot: one.mark for one in work.all(Suits, meeting_id=1, member_id=who)}


def card(house: AnyHouse, room: str = "general", ref: str = "M-1") -> str:
    return house.card(room, ref)
