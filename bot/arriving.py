"""Arriving: who a request comes from and where they stand; a new room becomes a group, who speaks becomes a member."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from adapters.base import Arrivals, Request
from bot import absence, notices, reposting, words
from bot.meeting import late
from bot.reader import Reader, reader_for
from bot.turn import Standing, Turn
from decisions.change import Change
from decisions.events import AffiliateNamed, Event, GroupMade, MemberJoined, RoomJoined, SeatGiven
from decisions.model import Account, Affiliate, Group, Member, Person, Presence, Role, Room, Seat
from decisions.wording import line
from storage import finding
from storage.finding import Caller
from storage.presence import is_where_votes_are
from storage.work import Work

LONGEST_NAME = 64


def arrive(work: Work, request: Request, now: datetime, salt: Callable[[], str], usual: Reader) -> Turn:
    """Turn a request into the turn of a member, known by now if they were not. A new group is spoken to as `usual`."""
    if request.private:
        return _in_private(work, request, now, salt, usual)
    caller = finding.caller(work, request.platform, request.user, request.chat)
    if caller is None:
        name = name_of(request.chat_name, request.chat)
        language = request.language if request.language in words.languages() else usual.language
        make_group(work, request.platform, request.chat, name, Reader(language, usual.zone), now)
        return arrive(work, request, now, salt, usual)
    group, room = caller.group, caller.room
    if room.gone_at is not None and _speaks_there(request):
        room = absence.returned(work, room, now)
    if request.arrivals is not None:
        _come_and_go(work, room, request.arrivals, now)
        caller = finding.caller(work, request.platform, request.user, request.chat) or caller
    if room.announce:
        return _told_only(work, request, now, salt, caller)
    person = caller.person or person_for(work, request.platform, request.user, request.name, request.language)
    person = _renamed(work, person, request)
    member = caller.member or join(work, group, person, now, admin=request.admin)
    here = room.gone_at is None
    if here and not caller.present and not _left(request):
        enter(work, room, member, now)
    standing = Standing(group, member, present=here or is_where_votes_are(work, member.id))
    reader = reader_for(person, group, room)
    return Turn(
        work=work, request=request, now=now, salt=salt, person=person, room=room, standings=(standing,), reader=reader
    )


def _told_only(work: Work, request: Request, now: datetime, salt: Callable[[], str], caller: Caller) -> Turn:
    """Who speaks where nobody votes is no member by it, and nothing is kept of whom we do not know."""
    group, member = caller.group, caller.member
    person = caller.person or Person(id=0, name=name_of(request.name, request.user))
    return Turn(
        work=work,
        request=request,
        now=now,
        salt=salt,
        person=person,
        room=caller.room,
        standings=(Standing(group, member, present=False),) if member else (),
        reader=reader_for(person, group, caller.room),
    )


def make_group(work: Work, platform: str, chat: str, name: str, reader: Reader, now: datetime) -> Room:
    """Make a group of a chat that no group has yet; it is spoken to as `reader`."""
    group = Group(id=work.next_id(Group), name=name, zone=reader.zone, language=reader.language, made_at=now)
    work.apply(Change(puts=(group,), events=(GroupMade(by=None, group=group.id),)), group.id, now)
    return add_room(work, group.id, platform, chat, name, now)


def add_room(work: Work, group_id: int, platform: str, chat: str, name: str, now: datetime) -> Room:
    """Let a chat be one of the group's rooms."""
    room = Room(id=work.next_id(Room), group_id=group_id, platform=platform, chat=chat, name=name)
    work.apply(Change(puts=(room,), events=(RoomJoined(by=None, room=room.id),)), group_id, now)
    return room


def person_for(work: Work, platform: str, user: str, name: str, language: str = "") -> Person:
    """The person behind an account, made if there is none."""
    found = finding.person_of(work, platform, user)
    if found is not None:
        return found
    known = language if language in words.languages() else ""
    token = secrets.token_hex(16)
    person = Person(id=work.next_id(Person), name=name_of(name, user), language=known, token=token)
    work.put(person, Account(platform=platform, user=user, person_id=person.id))
    return person


def join(work: Work, group: Group, person: Person, now: datetime, *, admin: bool = False) -> Member:
    """Make a person a member. Administrators are facilitators, and so is the first member of all; but of a group that
    meets in several rooms nobody is one for administering one of them."""
    alone = len(finding.all_rooms(work, group.id)) == 1
    leads = (admin and alone) or not finding.facilitators(work, group.id)
    role = Role.FACILITATOR if leads else Role.MEMBER
    member = Member(id=work.next_id(Member), group_id=group.id, person_id=person.id, role=role, joined_at=now)
    event = MemberJoined(by=None, member=member.id, role=role.value)
    work.apply(Change(puts=(member,), events=(event,)), group.id, now)
    return member


def seated(work: Work, group_id: int, affiliate: str, now: datetime) -> tuple[int | None, Seat]:
    """The affiliate of that name, made if there is none, and the seat that whoever is declared to speak for it takes:
    the first is its representative, the others are alternates."""
    if not affiliate:
        return None, Seat.NONE
    found = work.get(Affiliate, group_id=group_id, name=affiliate)
    if found is None:
        found = Affiliate(id=work.next_id(Affiliate), group_id=group_id, name=affiliate)
        work.apply(Change(puts=(found,), events=(AffiliateNamed(by=None, affiliate=found.id),)), group_id, now)
    taken = work.all(Member, affiliate_id=found.id, seat=Seat.REPRESENTATIVE)
    return found.id, Seat.ALTERNATE if taken else Seat.REPRESENTATIVE


def seat_told(member: Member) -> tuple[Event, ...]:
    """What the journal is told of a seat that was declared."""
    if member.affiliate_id is None:
        return ()
    return (SeatGiven(by=None, member=member.id, affiliate=member.affiliate_id, seat=member.seat.value),)


def name_of(name: str, otherwise: str) -> str:
    """A display name made safe to show."""
    return line(name[:1000])[:LONGEST_NAME] or line(otherwise[:1000])[:LONGEST_NAME]


def _in_private(work: Work, request: Request, now: datetime, salt: Callable[[], str], usual: Reader) -> Turn:
    found = finding.belongings(work, request.platform, request.user)
    if found:
        person = _renamed(work, found[0].person, request)
    else:
        person = person_for(work, request.platform, request.user, request.name, request.language)
    standings = tuple(Standing(one.group, one.member, one.present) for one in found)
    reader = (
        reader_for(person, standings[0].group) if standings else Reader(person.language or usual.language, usual.zone)
    )
    return Turn(
        work=work, request=request, now=now, salt=salt, person=person, room=None, standings=standings, reader=reader
    )


def _renamed(work: Work, person: Person, request: Request) -> Person:
    """The person by the name they go by now; of several accounts the first gives it, or it would change all the time."""
    if not request.name or request.name == person.name:
        return person
    first = finding.account_of(work, person.id)
    if first is not None and (first.platform, first.user) != (request.platform, request.user):
        return person
    renamed = replace(person, name=name_of(request.name, request.user))
    work.put(renamed)
    return renamed


def _come_and_go(work: Work, room: Room, arrivals: Arrivals, now: datetime) -> None:
    group = work.the(Group, id=room.group_id)
    for user, name in () if room.announce else arrivals.joined:
        person = person_for(work, room.platform, user, name)
        known = work.get(Member, group_id=group.id, person_id=person.id)
        member = known or join(work, group, person, now, admin=user in arrivals.admins)
        if work.get(Presence, room_id=room.id, member_id=member.id) is None:
            enter(work, room, member, now)
    for user in arrivals.left:
        _go(work, room, user)
    if arrivals.ours:
        reposting.back(work, room)
    if arrivals.size is not None:
        work.put(replace(room, size=arrivals.size))


def enter(work: Work, room: Room, member: Member, now: datetime) -> None:
    """Somebody is known to be in a room from now on, and asked to what is to come."""
    work.put(Presence(room_id=room.id, member_id=member.id))
    late.asked(work, member, now)


def _speaks_there(request: Request) -> bool:
    """Whether this shows that we are in the chat. A press does not: what we left behind in a chat can still be pressed."""
    return bool(request.text) or (request.arrivals is not None and not request.arrivals.left)


def _go(work: Work, room: Room, user: str) -> None:
    """Somebody leaves a room. With the last facilitator of all its rooms, the group is told who may name another."""
    person = finding.person_of(work, room.platform, user)
    member = person and work.get(Member, group_id=room.group_id, person_id=person.id)
    presence = member and work.get(Presence, room_id=room.id, member_id=member.id)
    if not member or not presence:
        return
    work.drop(presence)
    leads = set(finding.facilitators(work, room.group_id))
    if member.id in leads and leads.isdisjoint(_present(work, room.group_id)):
        notices.tell_room(work, room, "notice-no-facilitator")


def _present(work: Work, group_id: int) -> set[int]:
    return {one for known in finding.present(work, group_id).values() for one in known}


def _left(request: Request) -> bool:
    return request.arrivals is not None and request.user in request.arrivals.left
