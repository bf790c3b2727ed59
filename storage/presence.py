"""Presence: who is where the group votes; being in a room where things are only told makes nobody a voter."""

from sqlalchemy import ColumnElement, select

from decisions.model import Presence, Room
from storage.tables import TABLES
from storage.work import Work

_PRESENCES, _ROOMS = TABLES[Presence], TABLES[Room]


def votes_somewhere(member_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a member is in a room in which the group votes, as a part of a statement."""
    here = select(_PRESENCES.c.room_id).join(_ROOMS, _ROOMS.c.id == _PRESENCES.c.room_id)
    return here.where(_PRESENCES.c.member_id == member_id, _ROOMS.c.announce.is_(False)).exists()


def is_where_votes_are(work: Work, member_id: int) -> bool:
    """Whether a member is in such a room."""
    rooms = (work.the(Room, id=one.room_id) for one in work.all(Presence, member_id=member_id))
    return any(not one.announce for one in rooms)
