"""Invited: a meeting whose time is set, as a room and as each member sees it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.base import Button, Card, Part, Rows, Style
from bot import pieces, posting
from bot.meeting import clocks, guests, posts, telling
from bot.reader import Reader
from decisions import rooms
from decisions.model import Group, Meeting, Member, Person, Post, PostKind, Room, Rsvp, Stage
from decisions.refusals import Word
from storage import finding
from storage.work import Work

STOOD: dict[Stage, Word] = {
    Stage.RUNNING: Word("meeting-running"),
    Stage.ENDED: Word("meeting-over"),
    Stage.CANCELLED: Word("meeting-off"),
}
"""What a card says of a meeting that is no longer to come."""


# -- asking people ----------------------------------------------------------------------------------------------------


def announce(work: Work, meeting: Meeting, now: datetime) -> None:
    """A time was set: its card is in every room, and every member who can be reached has an invitation.

    Where the card stood already, while a time was looked for, the room is told in answer to it.
    """
    carded = {one.room_id for one in work.all(Post, meeting_id=meeting.id, kind=PostKind.MEETING)}
    for room in finding.rooms(work, meeting.group_id):
        if room.id in carded:
            telling.in_room(work, meeting, room, telling.SET)
        else:
            where = {"group_id": meeting.group_id, "meeting_id": meeting.id, "room_id": room.id}
            posting.want(work, PostKind.MEETING, **where)
    invite(work, meeting, now)


def invite(work: Work, meeting: Meeting, now: datetime) -> list[int]:
    """Invite whoever has no invitation yet, and bring those of the others up to date; who these others are."""
    posted = work.all(Post, meeting_id=meeting.id, kind=PostKind.INVITE)
    sent, wanted = telling.reached(one for one in posted if not telling.waits(one)), telling.reached(posted)
    accounts = {
        member.id: finding.accounts_of(work, member.person_id) for member, _ in guests.asked(work, meeting.group_id)
    }
    still = set().union(*accounts.values())
    show_again(work, [one for one in posted if (one.platform, one.user) in still])
    new = [one for one, known in accounts.items() if not known & wanted]
    posts.to_members(work, meeting, PostKind.INVITE, new, now)
    return [one for one, known in accounts.items() if known & sent]


def answered(work: Work, meeting: Meeting, member: Member) -> None:
    """A member has answered: their invitation, by whichever account they have it, says what."""
    accounts = finding.accounts_of(work, member.person_id)
    posted = work.all(Post, meeting_id=meeting.id, kind=PostKind.INVITE)
    show_again(work, [one for one in posted if (one.platform, one.user) in accounts])


def show_again(work: Work, invited: Sequence[Post]) -> None:
    """Let invitations be brought up to date once more."""
    work.put(*(replace(one, live=True) for one in invited if one.message))


# -- what is shown ----------------------------------------------------------------------------------------------------


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The time, in a room: on everybody's clocks, who comes, and how to answer. Where nobody votes, nobody answers."""
    meeting = work.the(Meeting, id=post.meeting_id)
    room = work.the(Room, id=post.room_id)
    parts = [*_head(work, meeting, reader), *_people(work, meeting, reader)]
    to_come = meeting.stage is Stage.SET
    if to_come and room.announce:
        where = tuple(pieces.room(one) for one in rooms.voting(finding.rooms(work, room.group_id)))
        parts.append(Part(Style.NOTE, reader.say("how-rsvp-elsewhere", where)))
    elif to_come:
        parts.append(Part(Style.NOTE, reader.say("how-rsvp", meeting.ref)))
    buttons = _room_buttons(work, meeting, reader) if to_come and not room.announce else ()
    return Card(tuple(parts), buttons, reader.language, silent=meeting.version > 2, lasting=to_come)


def own(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The time in one member's own zone, and what they answered."""
    meeting = work.the(Meeting, id=post.meeting_id)
    member = telling.member_of(work, post, meeting)
    parts = _head(work, meeting, reader, whole=False)
    if meeting.stage is Stage.SET:
        parts += [*_zone(work, member, reader), *_asked(work, meeting, member, reader)]
    return Card(tuple(parts), guests.buttons(meeting, reader), reader.language, silent=meeting.version > 2)


def whole(work: Work, meeting: Meeting, member: Member, reader: Reader) -> Card:
    """All there is to say about it, to one member."""
    parts = [*_head(work, meeting, reader), *_people(work, meeting, reader)]
    if meeting.stage is Stage.SET:
        parts += _asked(work, meeting, member, reader)
    return Card(tuple(parts), guests.buttons(meeting, reader), reader.language)


def _room_buttons(work: Work, meeting: Meeting, reader: Reader) -> Rows:
    said = guests.answers(work, meeting)
    rows = [
        (
            Button(
                reader.say("button-count", key, len(said[coming])),
                f"m{meeting.id}:rsvp={coming}",
                sign=guests.SIGNS[coming],
            ),
        )
        for coming, key in guests.SAID.items()
    ]
    below = (("button-calendar", "ics"), ("button-details", "show"))
    return (*rows, tuple(Button(reader.say(key), f"m{meeting.id}:{act}", alone=True) for key, act in below))


def _head(work: Work, meeting: Meeting, reader: Reader, *, whole: bool = True) -> list[Part]:
    """What it is, when and where; `whole`: on everybody's clocks."""
    group = work.the(Group, id=meeting.group_id)
    parts = [Part(Style.TITLE, reader.say("card-title", meeting.ref, meeting.title))]
    parts += [Part(Style.WORDS, meeting.text)] if meeting.text else []
    lines = [clocks.time_line(meeting, reader)]
    if whole and meeting.starts_at is not None:
        lines += clocks.elsewhere(meeting.starts_at, guests.zones(work, group), reader)
    lines += guests.place_lines(meeting, reader)
    lines += _kin(work, meeting, reader)
    lines += [reader.say(STOOD[meeting.stage])] if meeting.stage in STOOD else []
    return [*parts, Part(Style.LINE, "\n".join(lines))]


def _kin(work: Work, meeting: Meeting, reader: Reader) -> list[str]:
    """Its twin, and how often it comes."""
    twin = work.get(Meeting, id=meeting.twin) if meeting.twin else None
    lines = []
    if twin is not None and twin.starts_at is not None:
        lines.append(reader.say("meeting-twin", twin.ref, twin.starts_at))
    return [*lines, reader.say("meeting-every", meeting.every)] if meeting.every else lines


def _people(work: Work, meeting: Meeting, reader: Reader) -> list[Part]:
    if meeting.stage is Stage.CANCELLED:
        return []
    called = pieces.called(*finding.named(work, (meeting.by,))[meeting.by])
    parts = [Part(Style.LINE, "\n".join(guests.coming_lines(work, meeting, reader)))]
    if meeting.stage is Stage.SET:
        parts += [Part(Style.NOTE, one) for one in guests.missing_line(work, meeting, reader)]
    return [*parts, Part(Style.NOTE, reader.say("meeting-by", called or reader.say("forgotten")))]


def _zone(work: Work, member: Member | None, reader: Reader) -> list[Part]:
    """To whoever has named no zone: whose clocks these are."""
    if member is None or work.the(Person, id=member.person_id).zone:
        return []
    return [Part(Style.NOTE, reader.say("meeting-zone", reader.zone))]


def _asked(work: Work, meeting: Meeting, member: Member | None, reader: Reader) -> list[Part]:
    """What a member answered, or that they are asked, and how."""
    said = member and work.get(Rsvp, meeting_id=meeting.id, member_id=member.id)
    answered = reader.say("meeting-you-said", guests.SAID[said.coming]) if said else reader.say("meeting-will-you")
    ref = telling.ref(work, meeting, member)
    return [Part(Style.LINE, answered), Part(Style.NOTE, reader.say("how-rsvp-own", ref))]
