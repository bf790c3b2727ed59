"""Telling: what rooms and members are told of a meeting, once - that it was timed, moved or called off, or begins soon."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.base import Card, Part, Style
from bot import posting
from bot.meeting import guests, posts
from bot.reader import Reader
from decisions.model import Meeting, Member, Post, PostKind, Room, Rsvp, Stage
from storage import finding
from storage.work import Work

SET, MOVED, CANCELLED = "set", "moved", "cancelled"
LATER, NEAR = "24h", "15m"
AGAIN = "again"
"""Before a time is taken, to those who have not said what suits them."""
"""What the first of a post's `said` may be: what happened, or how long before it reminds."""

REMINDERS = (LATER, NEAR)


def in_room(work: Work, meeting: Meeting, room: Room, *said: str) -> None:
    """Want it told in one room, in answer to the card."""
    where = {"group_id": meeting.group_id, "meeting_id": meeting.id, "room_id": room.id}
    posting.want(work, PostKind.SOON, said=said, **where)


def in_rooms(work: Work, meeting: Meeting, *said: str) -> None:
    """Want it told in every room."""
    posts.in_rooms(work, meeting, PostKind.SOON, *said)


def to_members(work: Work, meeting: Meeting, members: Iterable[int], now: datetime, *said: str) -> None:
    """Want it told to each of these alone."""
    posts.to_members(work, meeting, PostKind.SOON, members, now, *said)


def moved(work: Work, meeting: Meeting, members: Iterable[int], before: datetime, now: datetime) -> None:
    """Tell rooms and members that it has moved. Whoever was not told of an earlier move yet is told once, of both."""
    waiting = [one for one in _told(work, meeting, (MOVED,)) if waits(one)]
    rooms, accounts = {one.room_id for one in waiting}, reached(waiting)
    said = (MOVED, before.isoformat())
    for room in finding.rooms(work, meeting.group_id):
        if room.id not in rooms:
            in_room(work, meeting, room, *said)
    persons = {one: work.the(Member, id=one).person_id for one in members}
    new = [one for one, person in persons.items() if not finding.accounts_of(work, person) & accounts]
    to_members(work, meeting, new, now, *said)


def take_back(work: Work, meeting: Meeting, *what: str) -> None:
    """What was to be told of these and is not said yet holds no longer."""
    work.put(*(replace(one, live=False) for one in _told(work, meeting, what) if not one.message))


def accounts(work: Work, meeting: Meeting, what: str) -> set[tuple[str, str]]:
    """The accounts that were told of this, or will be."""
    return reached(_told(work, meeting, (what,)))


def waits(post: Post) -> bool:
    """Whether a post was not sent, nor is on its way."""
    return post.live and not post.message and not post.tries


def reached(posted: Iterable[Post]) -> set[tuple[str, str]]:
    """The accounts that private posts go to, as (platform, user)."""
    return {(one.platform, one.user) for one in posted if one.user}


def _told(work: Work, meeting: Meeting, what: Sequence[str]) -> list[Post]:
    known = work.all(Post, meeting_id=meeting.id, kind=PostKind.SOON)
    return [one for one in known if one.said[:1] and one.said[0] in what]


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """What a room or a member is told."""
    meeting = work.the(Meeting, id=post.meeting_id)
    what, *more = post.said or ("",)
    parts = [Part(Style.LINE, _line(meeting, what, more, reader, now))]
    if what == CANCELLED:
        return Card((*parts, *_why(more)), (), reader.language)
    if meeting.stage is Stage.SET:
        parts += [Part(Style.LINE, one) for one in guests.place_lines(meeting, reader)]
    if post.room_id is not None:
        return Card(tuple(parts), (), reader.language)
    return _asking(work, post, meeting, parts, reader)


def _asking(work: Work, post: Post, meeting: Meeting, parts: list[Part], reader: Reader) -> Card:
    """The same to a member, who is asked whether they come if they have not said so."""
    member = member_of(work, post, meeting)
    if meeting.stage is not Stage.SET or (member and work.get(Rsvp, meeting_id=meeting.id, member_id=member.id)):
        return Card(tuple(parts), (), reader.language)
    key = "meeting-again" if post.said[:1] == (MOVED,) else "how-rsvp-own"
    parts.append(Part(Style.NOTE, reader.say(key, ref(work, meeting, member))))
    return Card(tuple(parts), guests.buttons(meeting, reader), reader.language)


def _line(meeting: Meeting, what: str, more: list[str], reader: Reader, now: datetime) -> str:
    begins = meeting.starts_at
    if begins is None:
        return reader.say("meeting-off-unset" if what == CANCELLED else "card-title", meeting.ref, meeting.title)
    if what == CANCELLED:
        return reader.say("meeting-off-at", meeting.ref, meeting.title, begins)
    if what == MOVED and more:
        return reader.say("meeting-moved", meeting.ref, meeting.title, begins, datetime.fromisoformat(more[0]))
    if what in (SET, MOVED):
        return reader.say("meeting-set", meeting.ref, meeting.title, begins)
    if begins <= now:
        return reader.say("meeting-now", meeting.ref, meeting.title, begins)
    return reader.say("meeting-soon", meeting.ref, meeting.title, reader.span(_left(begins, now)), begins)


def _left(begins: datetime, now: datetime) -> timedelta:
    return max(begins - now, timedelta(minutes=1))


def _why(more: list[str]) -> list[Part]:
    return [Part(Style.WORDS, more[0])] if more and more[0] else []


def member_of(work: Work, post: Post, meeting: Meeting) -> Member | None:
    """Whom a private post speaks to."""
    person = finding.person_of(work, post.platform, post.user)
    return work.get(Member, group_id=meeting.group_id, person_id=person.id) if person else None


def ref(work: Work, meeting: Meeting, member: Member | None) -> str:
    """What a member calls a meeting in private: with the group's number, where the same id could be another group's."""
    several = member is not None and len(finding.groups_of(work, member.person_id)) > 1
    return f"{meeting.ref}@{meeting.group_id}" if several else meeting.ref
