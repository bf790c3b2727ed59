"""Editing: a message that noted something reads otherwise now, or is gone; its notes follow, while the meeting runs."""

from collections.abc import Sequence

from adapters.base import Answer
from bot.acts import noting as noted
from bot.meeting import actions, agenda, held, logged
from bot.tags import Tagged
from bot.turn import Standing, Turn
from decisions import noting
from decisions.model import Action, Meeting, Note, Tag


def notes(turn: Turn, origin: str, *, anybodys: bool = False) -> list[Note]:
    """What a message noted in the meeting that runs, if its author is who changes it; or `anybodys`."""
    running = next((one.group.running for one in turn.standings if one.group.running), 0)
    if not running or not origin:
        return []
    found = [one for one in turn.work.all(Note, origin=origin) if one.meeting_id == running and not one.undone]
    return [one for one in found if anybodys or _by(turn, one.by)]


def take_out(turn: Turn, those: Sequence[Note]) -> Answer:
    """What was said is not to be on the record: nor is what it noted."""
    standing = turn.standings[0]
    for one in those:
        noted.take_out(turn, standing, held.the_running(turn, standing), one)
    return turn.done("ack-noted-nothing")


def follows(turn: Turn, said: Sequence[Tagged]) -> bool:
    """Whether notes follow the edit: the message noted something, or was said in this meeting, and has tags now."""
    running = turn.standings[0].group.running
    return bool(notes(turn, turn.origin)) or (
        bool(said) and any(one.meeting_id == running for one in logged.lines(turn))
    )


def edited(turn: Turn, said: Sequence[Tagged]) -> Answer:
    """Let the notes be what the message says now: the same in other words, or undone, or new ones."""
    standing = turn.standings[0]
    meeting = held.the_running(turn, standing)
    left = notes(turn, turn.origin)
    for one in said:
        tag = noted.NOTED.get(one.tag)
        before = next((note for note in left if note.tag is tag), None)
        if before is not None:
            left.remove(before)
            _reword(turn, standing, meeting, before, one.words)
        elif tag is not None:
            noted.note(turn, standing, meeting, tag, one.words)
    named = " ".join(one.words for one in said)
    for gone in left:
        if gone.tag is not Tag.GUEST or gone.text not in named:
            noted.take_out(turn, standing, meeting, gone)
    return turn.done("ack-noted-nothing")


def _reword(turn: Turn, standing: Standing, meeting: Meeting, note: Note, words: str) -> None:
    text = noting.words(words)
    if not text or text == note.text:
        return
    if note.tag in noted.LED:
        held.check_leads(turn, standing, meeting)
    if note.tag is Tag.TOPIC:
        agenda.unreach(turn.work, meeting, note.text)
        text = noted.reached(turn, meeting, text)
    turn.apply(noting.reword(note, text), standing)
    if note.action_id is not None:
        actions.reword(turn, standing, turn.work.the(Action, id=note.action_id), text)


def _by(turn: Turn, member_id: int) -> bool:
    return any(turn.is_(one, member_id) for one in turn.standings)
