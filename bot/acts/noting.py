"""Noting: what each tag does in a meeting that runs."""

from collections.abc import Callable, Mapping

from adapters.base import Answer
from bot import commands, references
from bot import words as texts
from bot.acts import agenda as items
from bot.acts import deciding, doing, gathering, queueing, voting
from bot.meeting import actions, agenda, held, noted
from bot.reader import short
from bot.tags import Tagged
from bot.turn import Standing, Turn
from decisions import erasing, noting, wording
from decisions.methods import METHODS
from decisions.model import Action, Meeting, Note, Revision, Role, Tag
from decisions.refusals import NothingNoted, NothingToUndo, ObserversAgreeNothing, UnknownReference
from decisions.wording import same
from storage import polling

Do = Callable[[Turn, Standing, Meeting, Tagged], Answer]

LED = (Tag.TOPIC, Tag.SUBJECT)
"""What the chairs and facilitators alone note."""

DECIDING = (Tag.AGREED, Tag.REJECTED)
"""What observers do not note."""


def _notes(tag: Tag) -> Do:
    return lambda turn, standing, meeting, said: note(turn, standing, meeting, tag, said.words)


def note(turn: Turn, standing: Standing, meeting: Meeting, tag: Tag, text: str) -> Answer:
    """Note something in these words."""
    if tag in LED:
        held.check_leads(turn, standing, meeting)
    if tag in DECIDING and standing.member.role is Role.OBSERVER:
        raise ObserversAgreeNothing
    said = noting.words(text)
    if not said:
        raise NothingNoted(f"#{tag.value}")
    if tag is Tag.TOPIC:
        said = reached(turn, meeting, said)
    made = keep(turn, standing, meeting, tag, said)
    return turn.done("ack-noted", short(made.text))


def action(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """Something is to be done; or an action item gets another owner or day: `#action A-9 to Ana`."""
    if doing.names_one(said.words):
        return doing.action(turn, said.words)
    return note(turn, standing, meeting, Tag.ACTION, said.words)


def keep(turn: Turn, standing: Standing, meeting: Meeting, tag: Tag, said: str) -> Note:
    """Keep a note; an action item with it, where it is one."""
    by, salt, origin = standing.member.id, turn.salt(), turn.origin
    action = actions.make(turn, standing, meeting, said).id if tag is Tag.ACTION else None
    return noted.make(turn.work, meeting, tag, said, by=by, salt=salt, now=turn.now, origin=origin, action_id=action)


def agreed(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """Agreed: what says the same as an open proposal closes it, and so does its id alone; `agree P-7` is a vote."""
    named = _poll(turn, said.words)
    command = commands.find(said.given, turn.languages)
    if named is not None and command is not None and command.word == "agree":
        return voting.stance(turn, said.words, "+1")
    if named == "" or _is_open(turn, standing, said.words):
        return deciding.resolved(turn, said.words)
    return note(turn, standing, meeting, Tag.AGREED, said.words)


def _poll(turn: Turn, text: str) -> str | None:
    """What stands behind the id of a poll; None: the words do not begin with one."""
    try:
        found = references.named(turn, text)
    except UnknownReference:
        return None
    return found and found[2]


def _is_open(turn: Turn, standing: Standing, text: str) -> bool:
    return any(
        same(text, turn.work.the(Revision, poll_id=one.id, number=one.revision).title)
        for one in polling.latest_open(turn.work, standing.group.id, tuple(METHODS))
    )


def undo(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """Take out the last note of one's own; a chair, the last of all. What a poll decided stays."""
    leads = held.leads(turn, standing, meeting)
    for one in reversed(turn.work.all(Note, meeting_id=meeting.id)):
        undoable = not one.undone and one.tag not in (Tag.DECISION, Tag.CORRECTION)
        if undoable and (leads or turn.is_(standing, one.by)):
            take_out(turn, standing, meeting, one)
            return turn.done("ack-note-undone", short(one.text))
    raise NothingToUndo


def take_out(turn: Turn, standing: Standing, meeting: Meeting, one: Note) -> None:
    """Undo a note, and what came of it. Its words go: they may have been noted by mistake."""
    by = standing.member.id
    turn.apply(noting.undo(one, by=by), standing)
    turn.apply(erasing.note(turn.work.the(Note, id=one.id), "", by=by, salt=turn.salt), standing)
    turn.work.traceless = True
    if one.tag is Tag.TOPIC:
        agenda.unreach(turn.work, meeting, one.text)
    if one.action_id is not None:
        actions.take_out(turn, standing, turn.work.the(Action, id=one.action_id))


def reached(turn: Turn, meeting: Meeting, words: str) -> str:
    """The topic that these words are, by the agenda."""
    following = frozenset(("next", *(own for one in turn.languages for own in texts.own_tags(one, "next"))))
    return agenda.reach(turn.work, meeting, words, following)


def agenda_item(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """`agenda+ Fees`: put on the agenda of the meeting that runs."""
    if not wording.title(said.words):
        raise NothingNoted("agenda+")
    return items.add(turn, standing, meeting, said.words)


def _ignored(turn: Turn, standing: Standing, meeting: Meeting, said: Tagged) -> Answer:
    """Who writes is seen from who writes."""
    return turn.done("ack-noted-nothing")


NOTED: Mapping[str, Tag] = {
    "topic": Tag.TOPIC,
    "subject": Tag.SUBJECT,
    "info": Tag.INFO,
    "idea": Tag.IDEA,
    "link": Tag.LINK,
    "help": Tag.HELP,
    "agreed": Tag.AGREED,
    "rejected": Tag.REJECTED,
    "action": Tag.ACTION,
}
"""Those that note their words, and as what."""

TAGS: Mapping[str, Do] = {
    **{name: _notes(tag) for name, tag in NOTED.items()},
    "agreed": agreed,
    "action": action,
    "here": gathering.here,
    "absent": gathering.absent,
    "regrets": gathering.regrets,
    "chair": gathering.chair,
    "unchair": gathering.unchair,
    "guest": gathering.here,
    "undo": undo,
    "q+": queueing.ask,
    "q-": queueing.let_go,
    "queue": queueing.show,
    "ack": queueing.give,
    "scribe": _ignored,
    "agenda+": agenda_item,
}
"""Each tag, but for the two that begin and end a meeting."""
