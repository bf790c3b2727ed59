"""The rooms and people of stories in which meetings are held, and what is looked at there."""

from adapters.console.conversation import Person
from decisions.model import Attendance, LogLine, Meeting, Note, Stage, Tag
from storage.store import Store
from tests.house import House

ANA = Person(name="ana", role="facilitator")
OLA = Person(name="ola", role="observer")
TWO = {"general": "matrix", "chat": "telegram"}


def hall(store: Store) -> House:
    """Two rooms on two platforms, a facilitator and an observer."""
    return House(store, TWO, (ANA, OLA))


def notes(house: House, *tags: Tag) -> list[tuple[str, str]]:
    """What stands in the minutes, as (tag, words)."""
    with house.store.reading() as work:
        found = [one for one in work.all(Note) if not one.undone and (not tags or one.tag in tags)]
        return [(one.tag.value, one.text) for one in found]


def said(house: House, *tags: Tag) -> list[str]:
    return [text for _, text in notes(house, *tags)]


def present(house: House) -> list[int]:
    with house.store.reading() as work:
        return [one.member_id for one in work.all(Attendance, here=True)]


def log(house: House) -> list[str]:
    with house.store.reading() as work:
        return [one.text for one in work.all(LogLine)]


def stage(house: House, number: int = 1) -> Stage:
    with house.store.reading() as work:
        return work.the(Meeting, group_id=1, number=number).stage
