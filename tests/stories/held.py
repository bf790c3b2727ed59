"""What is looked at in stories of meetings that are held."""

from decisions.model import Attendance, LogLine, Meeting, Note, Stage, Tag
from tests.house import House


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
