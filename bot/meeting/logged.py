"""Logged: what is said in a group's rooms while its meeting runs, kept as it reads by now, and no longer than that."""

from collections.abc import Iterable
from dataclasses import replace

from bot import unrecorded
from bot.meeting import there
from bot.turn import Turn
from decisions.model import LogLine, Meeting, Room
from decisions.wording import clean

LONGEST = 20_000
"""Characters of a message that are kept: more than any app sends."""


def keep(turn: Turn) -> None:
    """Keep what was said in a room; who speaks there is in the meeting. What was edited or taken back follows."""
    if turn.room is None or turn.room.announce or not turn.standings:
        return
    if turn.request.removed:
        _forget(turn)
        return
    standing = turn.standings[0]
    if not standing.group.running or not turn.request.text:
        return
    meeting = turn.work.the(Meeting, id=standing.group.running)
    if turn.request.edited:
        _follow(turn, meeting)
        return
    there.heard(turn.work, meeting, standing.member.id, turn.now)
    if there.await_no_more(turn.work, meeting, turn.request.user):
        there.set_chair(turn.work, meeting, standing.member.id, True, turn.now)
    if not unrecorded.off(turn.request.text):
        _put(turn, turn.room, meeting, standing.member.id)


def lines(turn: Turn, origin: str = "") -> list[LogLine]:
    """What is kept of a message, or of the one that this is about, said by the one who says so now."""
    origin = origin or turn.origin
    found = turn.work.all(LogLine, origin=origin) if origin else []
    return [one for one in found if any(turn.is_(standing, one.by) for standing in turn.standings)]


def _put(turn: Turn, room: Room, meeting: Meeting, by: int) -> None:
    turn.work.put(
        LogLine(
            id=turn.work.next_id(LogLine),
            meeting_id=meeting.id,
            room_id=room.id,
            by=by,
            text=_text(turn),
            at=turn.now,
            origin=turn.origin,
        )
    )


def _text(turn: Turn) -> str:
    return clean(turn.request.text[:LONGEST])


def _follow(turn: Turn, meeting: Meeting) -> None:
    for one in lines(turn):
        if one.meeting_id != meeting.id:
            continue
        if unrecorded.off(turn.request.text):
            let_go(turn, [one])
        else:
            turn.work.put(replace(one, text=_text(turn)))


def _forget(turn: Turn) -> None:
    """Whoever took it out of the room: that they may, the platform sees to."""
    let_go(turn, turn.work.all(LogLine, origin=turn.origin) if turn.origin else ())


def let_go(turn: Turn, those: Iterable[LogLine]) -> None:
    """These are not to be kept any more, anywhere."""
    for one in those:
        turn.work.drop(one)
        turn.work.traceless = True
