"""Reposting: cards that were removed or left behind in an old chat are posted anew, and what was missed is made good."""

from dataclasses import replace
from datetime import datetime

from bot import steps
from bot.meeting import carded
from decisions.model import Poll, Post, PostKind, Room, Status
from storage.work import Work

MOST_ANEW = 3
"""How often a card is posted anew: who goes on removing it does not want it, and another bot would never tire."""

AHEAD = (Status.SCHEDULED, Status.OPEN)


def removed(work: Work, room: Room, message: str) -> bool:
    """Somebody removed a message in a room; whether it was a card of ours, which is posted anew."""
    for post in _about_polls(work, room, message=message):
        poll = work.the(Poll, id=post.about)
        if post.kind in steps.STANDING and post.live and poll.status in AHEAD:
            again = len(work.all(Post, poll_id=poll.id, room_id=room.id, kind=post.kind)) <= MOST_ANEW
            _replaced(work, poll, post, reply_to=post.reply_to, again=again)
            return True
    return carded.removed(work, room, message, MOST_ANEW)


def moved(work: Work, room: Room) -> None:
    """A room goes on as another chat: what stood in the old one can be changed and reached there no more."""
    anew(work, room)


def anew(work: Work, room: Room) -> None:
    """Post the open cards of a room once more, and make good what was missed."""
    for post in steps.newest(_about_polls(work, room)):
        poll = work.the(Poll, id=post.about)
        if post.kind in steps.STANDING and post.message and poll.status in AHEAD:
            _replaced(work, poll, post, reply_to="", again=True)
    carded.anew(work, room)
    back(work, room)


def back(work: Work, room: Room) -> None:
    """We are in a room again: open polls are shown there, and those that were shown before as they are by now."""
    posts = steps.newest(_about_polls(work, room))
    shown = {one.poll_id for one in posts if one.kind in steps.STANDING and one.message}
    for post in posts:
        poll = work.the(Poll, id=post.about)
        behind = not post.message or post.shown < poll.version
        if post.kind in steps.CHANGING and behind and (poll.status in AHEAD or poll.id in shown):
            work.put(replace(post, live=True, not_before=None))
    carded.back(work, room)


def missed(work: Work, room: Room, since: datetime) -> None:
    """What was put since we left a room is shown there, if it is open; the result of what stood there is told."""
    posts = _about_polls(work, room)
    shown = {one.poll_id for one in posts if one.kind in steps.STANDING}
    told = {one.poll_id for one in posts if one.kind is PostKind.RESULT}
    for poll in work.all(Poll, group_id=room.group_id):
        if poll.status in AHEAD and poll.id not in shown:
            steps.post_card(work, poll, room)
        elif poll.closed_at is not None and poll.closed_at >= since and poll.id in shown - told:
            steps.want(work, poll, PostKind.RESULT, room_id=room.id)
    carded.missed(work, room)


def _about_polls(work: Work, room: Room, **where: str) -> list[Post]:
    return [one for one in work.all(Post, room_id=room.id, **where) if one.poll_id is not None]


def _replaced(work: Work, poll: Poll, post: Post, *, reply_to: str, again: bool) -> None:
    """By a post of its own: what has the same key is the same message to a platform, also if that was removed."""
    work.put(replace(post, live=False))
    if again:
        steps.want(work, poll, post.kind, room_id=post.room_id, reply_to=reply_to)
