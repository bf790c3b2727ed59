"""Absence: a chat that we were put out of, or that is no more, and our coming back into it."""

from dataclasses import replace
from datetime import datetime

from bot import reposting
from decisions.change import Change
from decisions.events import RoomGone, RoomJoined
from decisions.model import Post, Presence, Room
from storage.work import Work


def gone(work: Work, platform: str, chat: str, now: datetime) -> None:
    """We are no longer in a chat: nothing is said there, and who is in it is not known any more."""
    room = work.get(Room, platform=platform, chat=chat)
    if room is None or room.gone_at is not None:
        return
    left = Change(
        puts=(replace(room, gone_at=now),),
        drops=tuple(work.all(Presence, room_id=room.id)),
        events=(RoomGone(by=None, room=room.id),),
    )
    work.apply(left, room.group_id, now)
    work.put(*(replace(one, live=False) for one in work.all(Post, room_id=room.id, live=True)))


def returned(work: Work, room: Room, now: datetime) -> Room:
    """We are in a chat again: its open cards are posted anew, and what was decided meanwhile is told."""
    here, since = replace(room, gone_at=None), room.gone_at or now
    work.apply(Change(puts=(here,), events=(RoomJoined(by=None, room=room.id),)), room.group_id, now)
    reposting.anew(work, here)
    reposting.missed(work, here, since)
    return here
