"""The posts about a meeting: in the group's rooms, and in the private chats of its members."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot import posting
from decisions import quiet
from decisions.model import Group, Meeting, Member, Person, Post, PostKind, Stage
from storage import finding
from storage.work import Work

STANDING = (PostKind.MEETING, PostKind.SLOTS, PostKind.INVITE)
"""What is brought up to date for as long as its meeting is to come."""

OVER = (Stage.ENDED, Stage.CANCELLED)


def in_rooms(work: Work, meeting: Meeting, kind: PostKind, *said: str) -> None:
    """Want a post about a meeting in every room of its group."""
    for room in finding.rooms(work, meeting.group_id):
        posting.want(work, kind, group_id=meeting.group_id, meeting_id=meeting.id, room_id=room.id, said=said)


def to_members(work: Work, meeting: Meeting, kind: PostKind, members: Iterable[int], now: datetime, *said: str) -> None:
    """Want a post about a meeting in the private chat of each of these members who can be reached, when it wakes nobody."""
    group = work.the(Group, id=meeting.group_id)
    for member_id in members:
        member = work.get(Member, id=member_id)
        account = member and finding.account_of(work, member.person_id)
        if member and account:
            posting.want(
                work,
                kind,
                group_id=group.id,
                meeting_id=meeting.id,
                platform=account.platform,
                user=account.user,
                not_before=_after_quiet(group, work.the(Person, id=member.person_id), meeting, now),
                said=said,
            )


def sooner(work: Work, meeting: Meeting) -> None:
    """It begins before the morning that what is to be said of it waits for: now that is said at once."""
    for one in work.all(Post, meeting_id=meeting.id):
        waits = one.not_before if one.live and one.user and not one.message and not one.tries else None
        if waits is not None and meeting.starts_at is not None and meeting.starts_at <= waits:
            work.put(replace(one, not_before=None))


def _after_quiet(group: Group, person: Person, meeting: Meeting, now: datetime) -> datetime | None:
    """When the quiet hours in which this finds somebody are over, if that is soon enough."""
    morning = quiet.ends(group.quiet, person.zone or group.zone, now)
    until = meeting.starts_at or meeting.ask_until
    return morning if morning is not None and (until is None or morning < until) else None


def final(work: Work, post: Post) -> bool:
    """Whether nothing can change it any more. A member's own times and invitation are let go once they are sent, and taken
    up again when they have to say something else: or each answer of one would have those of all others edited."""
    if post.meeting_id is None or post.kind not in STANDING or post.kind in (PostKind.SLOTS, PostKind.INVITE):
        return True
    return work.the(Meeting, id=post.meeting_id).stage in OVER
