"""Noting: something is noted in a meeting, said in other words, and undone. That it was noted stays in the table then."""

from dataclasses import replace

from decisions import seals
from decisions.change import Change
from decisions.meeting_events import NoteMade, NoteUndone
from decisions.model import Note
from decisions.refusals import NoteTooLong
from decisions.wording import MOST_TYPED, line

LONGEST = 4000
"""Characters of a note."""


def words(text: str) -> str:
    """A note's words, clean and on one line. Raises NoteTooLong."""
    fit = text if len(text) > MOST_TYPED else line(text)
    if len(fit) > LONGEST:
        raise NoteTooLong(len(fit), LONGEST)
    return fit


def make(note: Note) -> Change:
    """Note it; its seal is given here."""
    sealed = replace(note, seal=seals.of_note(note))
    event = NoteMade(by=note.by, meeting=note.meeting_id, note=note.id, seal=sealed.seal)
    return Change(puts=(sealed,), events=(event,))


def reword(note: Note, text: str) -> Change:
    """The same note in other words, as its author edited it."""
    said = words(text)
    return Change() if said in ("", note.text) else make(replace(note, text=said))


def undo(note: Note, *, by: int) -> Change:
    """Take it out of the minutes."""
    if note.undone:
        return Change()
    event = NoteUndone(by=by, meeting=note.meeting_id, note=note.id)
    return Change(puts=(replace(note, undone=True),), events=(event,))
