"""Export: a group's record as a file - for whoever asks, alone, or for the whole room."""

from datetime import datetime

from adapters.base import LARGEST_FILE, Answer, File, Verdict
from bot import export as exports
from bot.arguments import settings
from bot.export.gathered import size
from bot.export.wanted import FLAGS, Wanted, wanted
from bot.later import later
from bot.reader import Reader, reader_for
from bot.turn import Standing, Turn
from decisions.model import Group
from decisions.refusals import (
    ExportTooLarge,
    NotInTheRooms,
    OnlyInTheRoom,
    RoomNeeded,
    UnknownFormat,
)
from decisions.wording import line
from storage.work import Work

HERE, GROUP = "here", "group"
USUAL = "md"

MOST = 400
"""How many decisions, meetings and lessons are read for one file: reading them slows everybody else down, for
seconds."""


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
    reader = filters.reader or turn.reader

    def made(work: Work) -> Answer:
        file = _file(work, work.the(Group, id=standing.group.id), form, turn.now, filters)
        said = reader.say("export-here" if here else "export-file", standing.group.name, file.name)
        return Answer(Verdict.DONE, said, looked=True, file=file, openly=here)

    return later(turn, made)


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


def _file(work: Work, group: Group, form: str, now: datetime, filters: Wanted) -> File:
    if size(work, group, filters) > MOST:
        raise ExportTooLarge
    file = exports.export(work, group, form, now, filters)
    if len(file.raw) > LARGEST_FILE:
        raise ExportTooLarge
    return file
