"""Queueing: who wants to speak, and who is given the word."""

from adapters.base import Answer
from bot import notices
from bot.acts import gathering
from bot.meeting import there
from bot.tags import Tagged
from bot.turn import Standing, Turn
from decisions import attendance
from decisions.model import Attendance, Meeting
from decisions.refusals import NobodyWaits
from decisions.rooms import voting
from decisions.wording import line
from storage import finding

LONGEST = 200
"""Characters of what somebody wants to speak about that are kept."""

SHOWN = 20
"""How many of those who wait are named."""


def ask(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`q+`, `q+ to ask about fees`, and `q+ Bo` for somebody else."""
    work, now = turn.work, turn.now
    about = line(said.words[:1000])[:LONGEST]
    others, strangers = gathering.named(turn, standing, about)
    for one in others if others and not strangers else (standing.member.id,):
        there.come(work, meeting, one, by=standing.member.id, now=now)
        work.put(attendance.ask_the_word(there.known(work, meeting, one, now), about if strangers else "", now))
    return turn.done("ack-noted-nothing")


def let_go(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`q-`: I do not want to speak any more; `q- Bo`: nor does he."""
    others, _ = gathering.named(turn, standing, said.words[:LONGEST])
    for one in others or (standing.member.id,):
        turn.work.put(attendance.let_go(there.known(turn.work, meeting, one, turn.now)))
    return turn.done("ack-noted-nothing")


def give(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`ack Bo`: he has the word; `ack`: whoever is next, which the room is told."""
    if said.words:
        for one in gathering.members(turn, standing, said.words):
            turn.work.put(attendance.give_the_word(there.known(turn.work, meeting, one, turn.now)))
        return turn.done("ack-noted-nothing")
    speaker = attendance.next_to_speak(_waiting(turn, meeting))
    if speaker is None:
        raise NobodyWaits
    turn.work.put(attendance.give_the_word(speaker))
    for room in voting(finding.rooms(turn.work, standing.group.id)):  # whoever is next may sit in another
        notices.tell_room(turn.work, room, "notice-has-the-word", *_called(turn, [speaker]))
    return turn.done("ack-noted-nothing")


def show(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`queue`: who waits, told to the room in one line."""
    waiting = _waiting(turn, meeting)[:SHOWN]
    new = [one for one in waiting if not one.spoken]
    if not waiting:
        _tell(turn, "notice-queue-empty")
    elif new:
        _tell(turn, "notice-queue-new", ", ".join(_called(turn, waiting)), ", ".join(_called(turn, new)))
    else:
        _tell(turn, "notice-queue", ", ".join(_called(turn, waiting)))
    return turn.done("ack-noted-nothing")


def _waiting(turn: Turn, meeting: Meeting) -> list[Attendance]:
    return attendance.queue(turn.work.all(Attendance, meeting_id=meeting.id))


def _called(turn: Turn, waiting: list[Attendance]) -> list[str]:
    names = finding.named(turn.work, [one.member_id for one in waiting])
    return [names[one.member_id][0] or turn.reader.say("forgotten") for one in waiting]


def _tell(turn: Turn, key: str, *stands: str) -> None:
    if turn.room is not None:
        notices.tell_room(turn.work, turn.room, key, *stands)
