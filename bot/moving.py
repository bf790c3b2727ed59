"""Moving: a chat that goes by another id from now on stays the room it was."""

from dataclasses import replace

from bot import reposting
from decisions.model import Room
from storage.store import Store
from storage.work import Work


def follow(store: Store, platform: str, before: str, after: str) -> None:
    """Move a room in a transaction of its own."""
    with store.unit_of_work() as work:
        move(work, platform, before, after)


def move(work: Work, platform: str, before: str, after: str) -> None:
    """Let the room known as `before` go by `after`; told again, it changes nothing.

    If somebody spoke in the new chat before we were told, it has a room already: that one takes the old name, which
    nobody uses any more.
    """
    room = work.get(Room, platform=platform, chat=before)
    young = work.get(Room, platform=platform, chat=after)
    if room is None or before == after or (young is not None and young.id < room.id):
        return
    if young is not None:
        work.put(replace(young, chat=f"{after} before {before}"))
    work.put(replace(room, chat=after, gone_at=None))
    if young is not None:
        work.put(replace(young, chat=before))
    reposting.moved(work, room)
