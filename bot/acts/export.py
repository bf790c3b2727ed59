"""Export: a group's record as a file - for whoever asks, alone, or for the whole room."""

from adapters.base import LARGEST_FILE, Answer, File, Verdict
from bot import export as exports
from bot.arguments import settings
from bot.export.gathered import size
from bot.export.wanted import FLAGS, Wanted, wanted
from bot.reader import Reader, reader_for
from bot.turn import Standing, Turn
from decisions.refusals import (
    ExportTooLarge,
    NotInTheRooms,
    OnlyInTheRoom,
    RoomNeeded,
    UnknownFormat,
)
from decisions.wording import line

HERE, GROUP = "here", "group"
USUAL = "md"

MOST = 400
"""How many decisions, meetings and lessons are read for one file: by then it is too large to be handed over anyway, and
reading them keeps everybody else waiting."""


def export(turn: Turn, given: str) -> Answer:
    """`export`, `export json --since 2026-03 --kind decisions`: for me alone; `export md here`: for the room."""
    flags, words = settings(given, (*FLAGS, GROUP))
    form, here = _asked(turn, words)
    standing = _standing(turn, flags.pop(GROUP, ""))
    if here:
        if turn.room is None:
            raise OnlyInTheRoom
        turn.check_facilitates(standing)
    filters = wanted(flags, standing.group.zone, _reader(turn, standing, here=here), turn.reader)
    file = _file(turn, standing, form, filters)
    key = "export-here" if here else "export-file"
    said = (filters.reader or turn.reader).say(key, standing.group.name, file.name)
    return Answer(Verdict.DONE, said, looked=True, file=file, openly=here)


def _asked(turn: Turn, words: str) -> tuple[str, bool]:
    """Which form, and whether it is for the room."""
    own = turn.reader.say("export-word-here").casefold()
    asked = [HERE if one == own else one for one in words.casefold().split()]
    forms = [one for one in asked if one != HERE]
    if len(forms) > 1 or not set(forms) <= set(exports.FORMS):
        raise UnknownFormat(line(" ".join(forms)[:40]), tuple(exports.FORMS))
    return forms[0] if forms else USUAL, HERE in asked


def _standing(turn: Turn, named: str) -> Standing:
    """The group that is asked about: whoever is in none of its rooms any more has no part in its record."""
    wished = line(named).casefold()
    found = [one for one in turn.standings if wished in (one.group.name.casefold(), str(one.group.id))]
    standing = found[0] if wished and len(found) == 1 else turn.here() if not wished else None
    if standing is None:
        raise RoomNeeded
    if not standing.present:
        raise NotInTheRooms(standing.group.name)
    return standing


def _reader(turn: Turn, standing: Standing, *, here: bool) -> Reader:
    return reader_for(None, standing.group, turn.room) if here else turn.reader


def _file(turn: Turn, standing: Standing, form: str, filters: Wanted) -> File:
    if size(turn.work, standing.group, filters) > MOST:
        raise ExportTooLarge
    file = exports.export(turn.work, standing.group, form, turn.now, filters)
    if len(file.raw) > LARGEST_FILE:
        raise ExportTooLarge
    return file
