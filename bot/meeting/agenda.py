"""Agenda: what is to be talked about in a meeting - put there before, left over from those before it, and what came up."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from decisions.model import AgendaItem, Meeting, Stage
from decisions.wording import same
from storage.work import Work

OVER = (Stage.ENDED, Stage.CANCELLED)


def open_items(work: Work, group_id: int, meeting: Meeting | None) -> tuple[list[AgendaItem], list[AgendaItem]]:
    """What is still to come up in a meeting (None: the next one, which nobody has called yet): its own items, among them
    those of no meeting, and those that another one did not reach."""
    kept = [one for one in work.all(AgendaItem, group_id=group_id, dropped=False) if one.reached is None]
    here = meeting.id if meeting is not None else None
    own = [one for one in kept if one.meeting_id in (None, here)]
    over = _over(work, {one.meeting_id for one in kept if one.meeting_id not in (None, here)})
    return own, [one for one in kept if one.meeting_id in over]


def items(work: Work, meeting: Meeting) -> list[AgendaItem]:
    """All that is still to come up, in the order of its numbers."""
    own, carried = open_items(work, meeting.group_id, meeting)
    return own + carried


def adopt(work: Work, meeting: Meeting) -> None:
    """What was put for the next meeting is put for this one: it begins."""
    for one in open_items(work, meeting.group_id, meeting)[0]:
        work.put(replace(one, meeting_id=meeting.id))


def reach(work: Work, meeting: Meeting, words: str, next_: Collection[str]) -> str:
    """The topic that these words are, where they name an item, its number, or the next; the item has come up then."""
    item = _meant(items(work, meeting), words, next_)
    if item is None:
        return words
    work.put(replace(item, reached=meeting.id))
    return item.text


def unreach(work: Work, meeting: Meeting, text: str) -> None:
    """The topic was undone: its item has not come up."""
    for one in work.all(AgendaItem, reached=meeting.id, text=text):
        work.put(replace(one, reached=None))


def _meant(found: list[AgendaItem], words: str, next_: Collection[str]) -> AgendaItem | None:
    plain = words.strip().lstrip("#").casefold()
    if plain.isdecimal() and len(plain) < 4 and 0 < int(plain) <= len(found):
        return found[int(plain) - 1]
    if plain in next_ and found:
        return found[0]
    return next((one for one in found if same(one.text, words)), None)


def _over(work: Work, ids: Iterable[int | None]) -> set[int | None]:
    return {one for one in ids if one is not None and work.the(Meeting, id=one).stage in OVER}


def drop(work: Work, item: AgendaItem) -> None:
    """It is not to be talked about any more."""
    work.put(replace(item, dropped=True))
