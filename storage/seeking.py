"""Seeking: what is known of when the members of a group have time, and who has borne bad hours; one statement each."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from decisions.model import Borne, Busy, Hours, Meeting, Member
from storage.tables import TABLES
from storage.work import Work, columns

_MEMBERS, _MEETINGS = TABLES[Member], TABLES[Meeting]
_HOURS, _BUSY, _BORNE = TABLES[Hours], TABLES[Busy], TABLES[Borne]


def hours(work: Work, group_id: int) -> Mapping[int, Hours]:
    """Person id -> the hours that they gave."""
    theirs = select(_MEMBERS.c.person_id).where(_MEMBERS.c.group_id == group_id)
    found = work.select(Hours, select(*columns(Hours)).where(_HOURS.c.person_id.in_(theirs)))
    return {one.person_id: one for one in found}


def busy(work: Work, group_id: int, begin: datetime, end: datetime) -> Mapping[int, list[Busy]]:
    """Person id -> when they cannot, between two instants."""
    theirs = select(_MEMBERS.c.person_id).where(_MEMBERS.c.group_id == group_id)
    within = (_BUSY.c.person_id.in_(theirs), _BUSY.c.begins_at < end, _BUSY.c.ends_at > begin)
    known: dict[int, list[Busy]] = {}
    for one in work.select(Busy, select(*columns(Busy)).where(*within).order_by(_BUSY.c.begins_at, _BUSY.c.id)):
        known.setdefault(one.person_id, []).append(one)
    return known


def ledger(work: Work, group_id: int) -> list[Borne]:
    """Who has borne which bad hours in the meetings of a group."""
    theirs = select(_MEETINGS.c.id).where(_MEETINGS.c.group_id == group_id)
    statement = select(*columns(Borne)).where(_BORNE.c.meeting_id.in_(theirs))
    return work.select(Borne, statement.order_by(_BORNE.c.at, _BORNE.c.meeting_id, _BORNE.c.member_id))
