"""Which meeting or action item is meant: named by its id, or the one that a reply answers, or the only one."""

from collections.abc import Sequence

from bot.references import id_in, meant, only
from bot.turn import Standing, Turn
from decisions.model import Action, Meeting, Post, Stage
from decisions.refusals import NoMeeting, UnknownAction, UnknownMeeting, UnknownReference
from storage.work import Work


def meeting(turn: Turn, words: str, stages: Sequence[Stage]) -> tuple[Standing, Meeting, str]:
    """The meeting that the words name, and the words after it; without a name the one that is answered, or the next of
    those in one of these stages. Raises NoMeeting, UnknownReference, AmbiguousReference."""
    named = id_in(words, "M")
    if named is not None:
        return *meant(turn, named, Meeting, UnknownMeeting), named.rest
    replied = answered(turn)
    if replied is not None:
        return *replied, words
    open_ = [(one, found) for one in turn.standings for found in coming(turn.work, one.group.id, stages)[:1]]
    if not open_:
        raise NoMeeting
    return *only(open_), words


def coming(work: Work, group_id: int, stages: Sequence[Stage]) -> list[Meeting]:
    """A group's meetings in these stages, the next one first."""
    found = [one for stage in stages for one in work.all(Meeting, group_id=group_id, stage=stage)]
    return sorted(found, key=lambda one: (one.starts_at is None, one.starts_at or one.made_at, one.number))


def action(turn: Turn, words: str) -> tuple[Standing, Action, str]:
    """The action item whose id the words begin with, and the words after it. Raises UnknownReference."""
    named = id_in(words, "A")
    if named is None:
        raise UnknownReference(words[:40])
    return *meant(turn, named, Action, UnknownAction), named.rest


def answered(turn: Turn) -> tuple[Standing, Meeting] | None:
    """The meeting about which the message is that this is a reply to."""
    request = turn.request
    if not request.reply_to:
        return None
    place = {"room_id": turn.room.id} if turn.room else {"platform": request.platform, "user": request.user}
    groups = {one.group.id: one for one in turn.standings}
    for post in turn.work.all(Post, message=request.reply_to, **place):
        if post.meeting_id is not None and post.group_id in groups:
            return groups[post.group_id], turn.work.the(Meeting, id=post.meeting_id)
    return None
