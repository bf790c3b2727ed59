"""Carded: the cards of meetings to come in one room - posted anew, made good, or shown otherwise, as `reposting` does with polls."""

from dataclasses import replace

from bot import posting
from bot.meeting.posts import OVER
from decisions.model import Meeting, Post, PostKind, Room
from storage.work import Work


def removed(work: Work, room: Room, message: str, most: int) -> bool:
    """Somebody removed a message in a room; whether it was the card of a meeting, which is posted anew so often at most."""
    for post in work.all(Post, room_id=room.id, message=message, kind=PostKind.MEETING):
        meeting = work.the(Meeting, id=post.meeting_id)
        if post.live and meeting.stage not in OVER:
            work.put(replace(post, live=False))
            known = work.all(Post, room_id=room.id, meeting_id=meeting.id, kind=PostKind.MEETING)
            if len(known) <= most:
                _want(work, meeting, room)
            return True
    return False


def anew(work: Work, room: Room) -> None:
    """Post the cards in a room once more: what stood there can be reached no longer."""
    for meeting in _ahead(work, room):
        known = work.all(Post, room_id=room.id, meeting_id=meeting.id, kind=PostKind.MEETING)
        if any(one.message for one in known):
            work.put(*(replace(one, live=False) for one in known))
            _want(work, meeting, room)


def back(work: Work, room: Room) -> None:
    """We are in a room again: what could not be shown there is shown."""
    for meeting in _ahead(work, room):
        known = work.all(Post, room_id=room.id, meeting_id=meeting.id, kind=PostKind.MEETING)
        if known:
            work.put(replace(known[-1], live=True, not_before=None))


def missed(work: Work, room: Room) -> None:
    """Show what was called while we were not in the room, or before it joined the group."""
    for meeting in _ahead(work, room):
        if not work.all(Post, room_id=room.id, meeting_id=meeting.id, kind=PostKind.MEETING):
            _want(work, meeting, room)


def otherwise(work: Work, room: Room) -> None:
    """What a card shows in a room depends on the room, which is another one now."""
    for post in work.all(Post, room_id=room.id, kind=PostKind.MEETING, live=True):
        work.put(replace(post, shown=0))


def _ahead(work: Work, room: Room) -> list[Meeting]:
    return [one for one in work.all(Meeting, group_id=room.group_id) if one.stage not in OVER]


def _want(work: Work, meeting: Meeting, room: Room) -> None:
    posting.want(work, PostKind.MEETING, group_id=meeting.group_id, meeting_id=meeting.id, room_id=room.id)
