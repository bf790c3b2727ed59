"""Joining: a chat becomes another room of a group, with whoever is in it and what is open; and a room leaves again."""

from dataclasses import replace
from datetime import datetime

from bot import notices, pieces, steps
from bot.meeting import carded, late
from bot.peers import parting
from decisions import rooms
from decisions.model import Group, Member, Post, Presence, Room
from decisions.refusals import TwoGroups
from storage import electing, finding, polling
from storage.dissolving import dissolve, has_a_record
from storage.work import Work


def check_free(work: Work, room: Room) -> None:
    """Refuse a room whose group has rooms or a record of its own: they would be torn apart, or lost."""
    if len(finding.all_rooms(work, room.group_id)) > 1 or has_a_record(work, room.group_id):
        raise TwoGroups(work.the(Group, id=room.group_id).name)


def join(work: Work, room: Room, group: Group, now: datetime, *, by: Member) -> None:
    """Let a room join a group; its own, which has no record, is dissolved."""
    young = work.the(Group, id=room.group_id)
    others = finding.all_rooms(work, group.id)
    work.apply(rooms.join(room, group, by=by), group.id, now)
    work.drop(*electing.kept_in(work, young.id))  # who spoke for whom there was said in a journal that goes
    for presence in work.all(Presence, room_id=room.id):
        _bring(work, presence, group, now, by=by)
    parting.dissolved(work, young, group)
    dissolve(work, young, group)
    moved = work.the(Room, id=room.id)
    notices.tell_room(work, moved, "notice-room-joins", group.name, ", ".join(pieces.room(one) for one in others))
    for other in others:
        notices.tell_room(work, other, "notice-room-joined", pieces.room(moved), _name_of(work, by))
    for poll in polling.ahead(work, group.id):
        steps.post_card(work, poll, moved)
    carded.missed(work, moved)
    for presence in work.all(Presence, room_id=room.id):
        late.asked(work, work.the(Member, id=presence.member_id), now)


def leave(work: Work, room: Room, now: datetime, *, by: Member) -> None:
    """Let a room leave its group, which keeps its record. Raises LastRoom."""
    others = _others(work, room)
    work.apply(rooms.leave(room, others, polling.ahead(work, room.group_id), by=by, now=now), room.group_id, now)
    work.drop(*work.all(Presence, room_id=room.id))
    for post in work.all(Post, room_id=room.id, live=True):
        work.put(replace(post, live=False))
    for other in others:
        notices.tell_room(work, other, "notice-room-left", pieces.room(room), _name_of(work, by))


def check_leaves(work: Work, room: Room, now: datetime, *, by: Member) -> None:
    """Refuse what `leave` would."""
    rooms.leave(room, _others(work, room), polling.ahead(work, room.group_id), by=by, now=now)


def _others(work: Work, room: Room) -> list[Room]:
    return [one for one in finding.all_rooms(work, room.group_id) if one.id != room.id]


def _bring(work: Work, presence: Presence, group: Group, now: datetime, *, by: Member) -> None:
    """Whoever is in the room is a member of the group that it joins, if they are not yet."""
    member = work.the(Member, id=presence.member_id)
    known = work.get(Member, group_id=group.id, person_id=member.person_id)
    if known is None:
        work.apply(rooms.bring(member, group, by=by, now=now), group.id, now)
        return
    work.drop(presence)
    if work.get(Presence, room_id=presence.room_id, member_id=known.id) is None:
        work.put(Presence(room_id=presence.room_id, member_id=known.id))


def _name_of(work: Work, member: Member) -> str:
    return finding.named(work, [member.id])[member.id][0]
