"""Minutes: those of a meeting, handed over as a file, and what is corrected in them afterwards."""

from adapters.base import Answer, Verdict
from bot import minutes as forms
from bot.later import later
from bot.meeting import finding, noted
from bot.minutes import sheet
from bot.references import id_in
from bot.turn import Standing, Turn
from decisions.model import Attendance, Meeting, Note, Stage, Tag
from decisions.refusals import (
    CorrectionNeeded,
    NoMinutes,
    NothingToCorrect,
    NotInTheRooms,
    OnlyThoseThere,
    StillRunning,
    UnknownForm,
    Who,
)
from decisions.wording import line, reason
from storage import minuting
from storage.finding import living
from storage.minuting import Minuted

LOG = "log"
"""Said after `minutes`: with what was said in the rooms."""

USUAL = "md"


def minutes(turn: Turn, words: str) -> Answer:
    """`minutes`, `minutes M-3 html`: as Markdown, HTML, wikitext or JSON; `minutes M-3 log`: with all that was said."""
    standing, meeting, rest = _meant(turn, words)
    own = turn.reader.say("minutes-whole").casefold()
    asked = [LOG if one == own else one for one in rest.casefold().split()]
    wanted = [one for one in asked if one != LOG]
    if len(wanted) > 1 or not set(wanted) <= set(forms.FORMS):
        raise UnknownForm(line(rest[:40]), tuple(forms.FORMS))
    form = wanted[0] if wanted else USUAL
    heard = standing.present or _was_there(turn, standing, meeting)
    if LOG in asked and not heard:
        raise NotInTheRooms(standing.group.name)
    log = heard and (LOG in asked or form == "json")
    return later(
        turn, lambda work: _handed(turn, minuting.minuted(work, work.the(Meeting, id=meeting.id), log=log), form)
    )


def _handed(turn: Turn, known: Minuted, form: str) -> Answer:
    file, meeting = forms.file(known, form, turn.reader, turn.now), known.meeting
    told = turn.reader.say("minutes-file", meeting.ref, meeting.title, file.name, turn.reader.say("minutes-whole"))
    return Answer(Verdict.DONE, "\n".join((told, *short(known, turn))), looked=True, file=file)


def short(known: Minuted, turn: Turn) -> list[str]:
    """When it was, who was there, and how much came of it."""
    made = known.minutes
    counts = (len(made.here) + len(made.guests), len(made.decided) + len(made.of(Tag.AGREED)), len(made.actions))
    return [sheet.when(known, turn.reader, turn.now), turn.reader.say("minutes-short", *counts)]


def _meant(turn: Turn, words: str) -> tuple[Standing, Meeting, str]:
    """The meeting that is named or answered; or else the one that runs, or was held last."""
    if id_in(words, "M"):
        standing, meeting, rest = finding.meeting(turn, words, ())
        if meeting.started_at is None:
            raise NoMinutes(meeting.ref)
        return standing, meeting, rest
    found = [(one, last) for one in turn.standings if (last := minuting.last_of(turn.work, one.group.id)) is not None]
    if not found:
        raise NoMinutes("")
    standing, meeting = max(found, key=lambda one: one[1].started_at or one[1].made_at)
    return standing, meeting, words


# -- correcting -------------------------------------------------------------------------------------------------------


def correct(turn: Turn, words: str) -> Answer:
    """`correct M-3 5 WORDS`: about the fifth note; `correct M-3 WORDS`: about the whole."""
    standing, meeting, rest = _meant(turn, words)
    if meeting.stage is Stage.RUNNING:
        raise StillRunning(meeting.ref)
    _check_was_there(turn, standing, meeting)
    number, text = _number(rest)
    said = reason(text)
    if not said:
        raise CorrectionNeeded(f"correct {meeting.ref} 5 It was Ben")
    _check_is_there(turn, meeting, number)
    _keep(turn, standing, meeting, number, said)
    return turn.done("ack-corrected" if number else "ack-corrected-whole", meeting.ref, str(number))


def _number(rest: str) -> tuple[int, str]:
    """The number of the note that is corrected (0: none was named), and the words."""
    first, _, words = rest.partition(" ")
    plain = first.strip("#.:,")
    if plain.isdecimal() and plain.isascii() and len(plain) < 7:
        return int(plain), words.strip()
    return 0, rest


def _check_was_there(turn: Turn, standing: Standing, meeting: Meeting) -> None:
    """Whoever was there may, and facilitators."""
    if not (turn.facilitates(standing) or _was_there(turn, standing, meeting)):
        there = _there(turn, meeting)[:20]
        raise OnlyThoseThere(meeting.ref, Who(tuple(dict.fromkeys((*there, *turn.facilitators(standing))))))


def _was_there(turn: Turn, standing: Standing, meeting: Meeting) -> bool:
    return standing.member.id in {living(turn.work, one) for one in _there(turn, meeting)}


def _there(turn: Turn, meeting: Meeting) -> list[int]:
    return [one.member_id for one in turn.work.all(Attendance, meeting_id=meeting.id, here=True)]


def _check_is_there(turn: Turn, meeting: Meeting, number: int) -> None:
    note = turn.work.get(Note, meeting_id=meeting.id, number=number) if number else None
    if number and (note is None or note.undone or note.tag is Tag.CORRECTION):
        raise NothingToCorrect(meeting.ref, number)


def _keep(turn: Turn, standing: Standing, meeting: Meeting, number: int, text: str) -> None:
    """Said twice, it stands once: apps send again what was sent."""
    before = turn.work.all(Note, meeting_id=meeting.id, tag=Tag.CORRECTION, corrects=number, by=standing.member.id)
    if any(one.text == text and not one.undone for one in before):
        return
    by, salt, now = standing.member.id, turn.salt(), turn.now
    noted.make(turn.work, meeting, Tag.CORRECTION, text, by=by, salt=salt, now=now, corrects=number, origin=turn.origin)
