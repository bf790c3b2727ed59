"""Holding a meeting: `startmeeting` and `endmeeting`."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from adapters.base import Answer
from bot.meeting import calling, finding, held
from bot.references import id_in
from bot.turn import Standing, Turn
from decisions import meetings, wording
from decisions.model import Meeting, Room, Stage
from decisions.refusals import NoRoomLeft, NotInTheRooms
from decisions.rooms import voting
from storage.finding import rooms

NEAR = timedelta(hours=3)
"""How far from its time a meeting that is set is started by `startmeeting` alone."""


def start(turn: Turn, words: str) -> Answer:
    """`startmeeting`, `startmeeting TITLE`, `startmeeting M-3`."""
    if id_in(words, "M"):
        standing, meeting, _ = finding.meeting(turn, words, ())
        held.check_none_runs(turn.work, standing.group.id)
    else:
        standing = turn.here()
        held.check_none_runs(turn.work, standing.group.id)
        title = wording.title(words.partition("\n")[0])
        meeting = _set(turn, standing, title) or _new(turn, standing, title)
    if not standing.present:
        raise NotInTheRooms(standing.group.name)
    held.start(turn.work, meeting, standing.member.id, turn.now)
    return turn.done("ack-meeting-begins", meeting.ref)


def end(turn: Turn, words: str) -> Answer:
    """`endmeeting`, by a chair or a facilitator."""
    standing = turn.here()
    meeting = held.the_running(turn, standing)
    held.check_leads(turn, standing, meeting)
    held.end(turn.work, meeting, standing.member.id, turn.now)
    return turn.done("ack-meeting-ends", meeting.ref)


def _set(turn: Turn, standing: Standing, title: str) -> Meeting | None:
    """The meeting whose time is about now; named by its title, where a title is said."""
    near = [
        (abs(one.starts_at - turn.now), one)
        for one in finding.coming(turn.work, standing.group.id, (Stage.SET,))
        if one.starts_at is not None and abs(one.starts_at - turn.now) <= NEAR
    ]
    meant = [(away, one) for away, one in near if not title or wording.same(one.title, title)]
    return min(meant, key=lambda found: found[0])[1] if meant else None


def _new(turn: Turn, standing: Standing, title: str) -> Meeting:
    """A meeting that nobody called: it is now."""
    work, group = turn.work, standing.group
    local = turn.now.astimezone(ZoneInfo(group.zone))
    meeting = calling.new(
        work,
        group_id=group.id,
        salt=turn.salt(),
        now=turn.now,
        room_id=_room(turn, standing).id,
        by=standing.member.id,
        title=title or turn.reader.say("meeting-untitled", group.name),
        stage=Stage.SET,
        zone=group.zone,
        wall=f"{local:%Y-%m-%dT%H:%M}",
        starts_at=turn.now,
    )
    turn.apply(meetings.call(meeting, by=standing.member.id), standing)
    return work.the(Meeting, id=meeting.id)


def _room(turn: Turn, standing: Standing) -> Room:
    found = turn.room or next(iter(voting(rooms(turn.work, standing.group.id))), None)
    if found is None:
        raise NoRoomLeft
    return found
