"""Forgetting: what stands in the minutes for people who were forgotten, and for words that went with them."""

from dataclasses import replace

from bot.reader import Reader
from decisions.model import Action, Note
from storage.minuting import Minuted


def told(known: Minuted, reader: Reader) -> Minuted:
    """The minutes as they are told. Whatever shows minutes shows these; where nobody was forgotten they are the same."""
    nobody, nothing = reader.say("forgotten"), reader.say("forgotten-words")
    made = known.minutes
    return replace(
        known,
        people={one: (name or nobody, affiliate) for one, (name, affiliate) in known.people.items()},
        titles={one: title or reader.say("forgotten-title") for one, title in known.titles.items()},
        log=[one for one in known.log if one.text],
        minutes=replace(
            made,
            sections=tuple(
                replace(one, topic=one.topic and _note(one.topic, nothing), notes=_notes(one.notes, nothing))
                for one in made.sections
            ),
            actions=tuple(_action(one, nothing) for one in made.actions),
            corrections={number: _notes(notes, nothing) for number, notes in made.corrections.items()},
        ),
    )


def _notes(notes: tuple[Note, ...], nothing: str) -> tuple[Note, ...]:
    return tuple(_note(one, nothing) for one in notes)


def _note(one: Note, nothing: str) -> Note:
    """What a poll decided has its words from the poll."""
    return one if one.text or one.poll_id is not None else replace(one, text=nothing)


def _action(one: Action, nothing: str) -> Action:
    return one if one.text else replace(one, text=nothing)
