"""Logged: what is said in a group's rooms while its meeting runs, kept as it reads by now, and no longer than that."""

from dataclasses import replace

from bot import words
from bot.meeting import there
from bot.turn import Turn
from decisions.model import LogLine, Meeting, Room
from decisions.wording import MOST_TYPED, clean

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
    if not off(turn):
        _put(turn, turn.room, meeting, standing.member.id)


def lines(turn: Turn) -> list[LogLine]:
    """What is kept of the message that this is about, said by the one who says so now."""
    found = turn.work.all(LogLine, origin=turn.origin) if turn.origin else []
    return [one for one in found if any(turn.is_(standing, one.by) for standing in turn.standings)]


def off(turn: Turn) -> bool:
    """Whether the message says that it is not to be kept."""
    said = turn.request.text[:MOST_TYPED].casefold()
    return any(one in said for spoken in ("en", *turn.languages) for one in _off(spoken))


def _off(language: str) -> list[str]:
    return [one.strip().casefold() for one in words.say(language, "off-the-record").split(",")]


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
        if off(turn):
            turn.work.drop(one)
        else:
            turn.work.put(replace(one, text=_text(turn)))


def _forget(turn: Turn) -> None:
    """Also what a facilitator took out of the room."""
    leads = turn.origin and any(turn.facilitates(one) for one in turn.standings)
    turn.work.drop(*(turn.work.all(LogLine, origin=turn.origin) if leads else lines(turn)))
