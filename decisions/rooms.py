"""Rooms: how a chat joins a group and leaves it, and what may be said in it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from decisions.change import Change
from decisions.events import MemberJoined, RoomJoined, RoomLeft, SettingChanged
from decisions.model import Group, Member, Poll, Role, Room
from decisions.refusals import LastRoom, LastVotingRoom


def voting(rooms: Iterable[Room]) -> list[Room]:
    """The rooms in which people vote."""
    return [one for one in rooms if not one.announce and one.gone_at is None]


def join(room: Room, group: Group, *, by: Member) -> Change:
    """A facilitator of the group lets a room be one of its own."""
    moved = replace(room, group_id=group.id, announce=False)
    return Change(puts=(moved,), events=(RoomJoined(by=by.id, room=room.id),))


def bring(member: Member, group: Group, *, by: Member, now: datetime) -> Change:
    """Whoever was a member of a room's own group is one of the group that it joins; observers go on observing."""
    role = Role.OBSERVER if member.role is Role.OBSERVER else Role.MEMBER
    brought = replace(member, group_id=group.id, role=role, joined_at=now)
    return Change(puts=(brought,), events=(MemberJoined(by=by.id, member=member.id, role=role.value),))


def leave(room: Room, others: Iterable[Room], ahead: Iterable[Poll], *, by: Member, now: datetime) -> Change:
    """A room leaves its group. Its row stays for what was said there, under a name that no chat has.

    `ahead`: what is open or scheduled, and would be shown nowhere any more if this were the last room where people vote.
    """
    left_open = tuple(one.ref for one in ahead)
    if left_open and not voting(others):
        raise LastRoom(left_open)
    gone = replace(room, chat=f"{room.chat} left {room.id}", left_at=now)
    return Change(puts=(gone,), events=(RoomLeft(by=by.id, room=room.id),))


def announce(room: Room, others: Iterable[Room], *, on: bool, by: Member) -> Change:
    """Let a room only be told what is put and decided; somewhere else people must be able to vote."""
    if room.announce is on:
        return Change()
    if on and not voting(others):
        raise LastVotingRoom
    return Change(puts=(replace(room, announce=on),), events=(SettingChanged(by=by.id, setting="announce"),))
