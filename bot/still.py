"""Still: what is to be said to one person, looked at again when it is about to be sent - it may have waited a night for that."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.meeting import actions, awaited, telling
from decisions import polls
from decisions.model import (
    Action,
    Electorate,
    Meeting,
    Member,
    Person,
    Post,
    PostKind,
    Role,
    Rsvp,
    Stage,
    Status,
    Suits,
    Voter,
)
from storage import finding
from storage.presence import is_where_votes_are
from storage.record import Record
from storage.work import Work


def wanted(work: Work, post: Post) -> Post | None:
    """A private post about a meeting or an action item as it is to be said now; None: there is nothing to say any more."""
    look = LOOKS.get(post.kind)
    if look is None or post.room_id is not None or post.message:
        return post
    return look(work, post)


def missing(work: Work, record: Record, member: Member | None) -> bool:
    """Whether somebody's voice is missing in a poll still, and they want to be reminded of it."""
    poll = record.poll
    if member is None or poll.status is not Status.OPEN or not work.the(Person, id=member.person_id).remind:
        return False
    if any(one.member_id == member.id and polls.counts(poll, one) for one in record.ballots):
        return False
    if poll.electorate is Electorate.ROLL:
        return work.get(Voter, poll_id=poll.id, member_id=member.id) is not None
    return is_where_votes_are(work, member.id)


def _invite(work: Work, post: Post) -> Post | None:
    return _asked(work, post, Stage.SET)


def _slots(work: Work, post: Post) -> Post | None:
    return _asked(work, post, Stage.ASKED)


def _asked(work: Work, post: Post, stage: Stage) -> Post | None:
    """It is brought up to date once it is sent; so what may have been sent already is let go of by nobody here."""
    meeting = work.the(Meeting, id=post.meeting_id)
    there = meeting.stage is stage and _there(work, post, meeting) is not None
    return post if there or post.tries else None


def _soon(work: Work, post: Post) -> Post | None:
    """What is told of a meeting once."""
    meeting, what = work.the(Meeting, id=post.meeting_id), post.said[0]
    member = _there(work, post, meeting)
    if member is None:
        return None
    if what not in (*telling.REMINDERS, telling.AGAIN):
        return post
    reminds = work.the(Person, id=member.person_id).remind
    asks = _asks_again if what == telling.AGAIN else _comes_up
    return post if reminds and asks(work, meeting, member, what) else None


def _comes_up(work: Work, meeting: Meeting, member: Member, label: str) -> bool:
    said = work.get(Rsvp, meeting_id=meeting.id, member_id=member.id)
    ahead = meeting.stage in (Stage.SET, Stage.RUNNING)
    return ahead and (said and said.coming) in awaited.TO_REMIND[label]


def _asks_again(work: Work, meeting: Meeting, member: Member, what: str) -> bool:
    answered = work.all(Suits, meeting_id=meeting.id, member_id=member.id)
    return meeting.stage is Stage.ASKED and not answered and member.role is not Role.OBSERVER


def _there(work: Work, post: Post, meeting: Meeting) -> Member | None:
    """Whom it speaks to; None: they have left the group's rooms, or that is nobody's account any more."""
    member = telling.member_of(work, post, meeting)
    return member if member is not None and is_where_votes_are(work, member.id) else None


def _notice(work: Work, post: Post) -> Post | None:
    return _action(work, post) if post.said[:1] == (actions.DUE,) else post


def _action(work: Work, post: Post) -> Post | None:
    """The reminder of an action item: of one that is to be done, by them, and of which none is to come."""
    action = work.get(Action, id=int(post.said[-1]))
    person = finding.person_of(work, post.platform, post.user)
    if action is None or person is None or not person.remind or not action.due or action.remind_at is not None:
        return None
    member = work.get(Member, group_id=action.group_id, person_id=person.id)
    theirs = member is not None and member.id in actions.to_remind(work, action)
    return replace(post, said=actions.said(post.said[1], action)) if theirs else None


LOOKS: Mapping[PostKind, Callable[[Work, Post], Post | None]] = {
    PostKind.INVITE: _invite,
    PostKind.SLOTS: _slots,
    PostKind.SOON: _soon,
    PostKind.NOTICE: _notice,
}
