"""Lessons: telling what worked and what did not, using what others have learnt, and looking at it all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from adapters.base import Answer, Card, Part, Style, Verdict
from bot import paging, steps
from bot.acts import outcomes
from bot.alike import relating
from bot.learning import filing, finding, interview, reading, telling
from bot.learning.finding import names_one as names_one
from bot.references import id_in
from bot.turn import Standing, Turn
from decisions import lessons as rules
from decisions.model import Lesson, Poll, Reuse, Thing
from decisions.refusals import AmendmentNeeded, NamelessInPrivate, Who, YoursToTell
from decisions.wording import line
from storage import learning
from storage.learning import Learned
from storage.seeing import visible
from storage.work import Work

PAGE = 10
"""How many lessons one answer lists."""


# -- telling ----------------------------------------------------------------------------------------------------------


def lesson(turn: Turn, words: str) -> Answer:
    """`lesson WHAT WE TRIED`, with more below; without words I ask."""
    return _filed(turn, words, None, "lesson")


def worked(turn: Turn, words: str, did: bool) -> Answer:
    """`worked D-12 WHY` looks back at a decision; `worked L-4 in Ghana WORDS` says that a lesson was used; any other words
    are a lesson, and without any I ask."""
    command = "worked" if did else "failed"
    if finding.names_one(words):
        return _used(turn, words, did, f"{command} L-4")
    if id_in(words, "PD"):
        return outcomes.worked(turn.there(), words, did)
    return _filed(turn, words, did, command)


def _filed(turn: Turn, words: str, did: bool | None, command: str) -> Answer:
    typed = reading.typed(words, turn.reader.language)
    if typed.nameless and not turn.request.private:
        raise NamelessInPrivate(f"{command} --{reading.NAMELESS}")
    if not typed.words.get("tried"):
        return interview.begin(turn, did, typed.words)
    standings = (turn.here(),) if turn.room is not None else finding.own(turn)
    if len(standings) != 1:
        return interview.begin(turn, did, typed.words, filed="" if typed.nameless else "name")
    tell = interview.filed_nameless if typed.nameless else interview.filed
    return tell(turn, standings[0], typed.words, did)


# -- using ------------------------------------------------------------------------------------------------------------


def adapt(turn: Turn, words: str) -> Answer:
    """`adapt L-4 in Ghana WORDS`: we use it, and this we do otherwise."""
    return _used(turn, words, None, "adapt L-4")


def _used(turn: Turn, words: str, did: bool | None, example: str) -> Answer:
    found = finding.lesson(turn, words, example)
    rules.check_there(found.lesson)
    place, text = reading.place(found.rest)
    return _use(turn, found, did, place, text)


def pressed(turn: Turn, lesson_id: int, act: str) -> Answer:
    """A button under a lesson: it worked for us too, or did not; or all there is to say."""
    found = finding.by_id(turn, lesson_id)
    if act == "show":
        text = _details(turn, found.lesson)
        return Answer(Verdict.DONE, card=Card((Part(Style.LINE, text),), (), turn.reader.language), looked=True)
    return _use(turn, found, act == "worked", "", "")


def _use(turn: Turn, found: finding.Found, did: bool | None, place: str, text: str) -> Answer:
    standing = finding.using(turn)
    used = filing.use(turn, standing, found.lesson, worked=did, place=place, text=text)
    if used is None:
        return turn.done("ack-reuse-already", found.lesson.ref)
    return turn.done(_ack(found, standing, used), found.lesson.ref, standing.group.name)


def _ack(found: finding.Found, standing: Standing, used: Reuse) -> str:
    key = {True: "ack-reuse-worked", False: "ack-reuse-failed", None: "ack-reuse"}[used.worked]
    return key if standing.group.id == found.group.id else f"{key}-elsewhere"


# -- changing ---------------------------------------------------------------------------------------------------------


def amend(turn: Turn, words: str) -> Answer:
    """`amend L-4 --again WORDS`, `amend L-4 NEW WORDS`."""
    found = finding.lesson(turn, words, "amend L-4")
    _check_may(turn, found)
    typed = reading.typed(found.rest, turn.reader.language)
    if not typed.words:
        raise AmendmentNeeded(f"amend {found.lesson.ref} --again")
    change = rules.reword(found.lesson, typed.words, worked=found.lesson.worked, by=_by(turn, found))
    if turn.work.apply(change, found.group.id, turn.now):
        filing.show_again(turn.work, found.lesson)
    return turn.done("ack-lesson-amended", found.lesson.ref)


def withdraw(turn: Turn, words: str) -> Answer:
    """`withdraw L-4`: its words go."""
    found = finding.lesson(turn, words, "withdraw L-4")
    _check_may(turn, found)
    turn.work.apply(rules.withdraw(found.lesson, by=_by(turn, found), salt=turn.salt()), found.group.id, turn.now)
    filing.show_again(turn.work, found.lesson)
    if found.lesson.poll_id is not None:
        _named_no_more(turn.work, found.lesson.poll_id)
    return turn.done("ack-lesson-withdrawn", found.lesson.ref)


def _named_no_more(work: Work, poll_id: int) -> None:
    """The question whether the decision worked does not lead to it any longer."""
    poll = work.the(Poll, id=poll_id)
    work.put(replace(poll, version=poll.version + 1))
    steps.count_again(work, poll)


def _check_may(turn: Turn, found: finding.Found) -> None:
    """Whoever filed it may, and who looks after the group; of one filed without a name, these alone."""
    rules.check_there(found.lesson)
    standing, by = found.standing, found.lesson.by
    if standing and (turn.facilitates(standing) or (by is not None and turn.is_(standing, by))):
        return
    leads = turn.facilitators(standing) if standing else ()
    raise YoursToTell(found.lesson.ref, Who(tuple(dict.fromkeys((*(() if by is None else (by,)), *leads)))))


def _by(turn: Turn, found: finding.Found) -> int:
    return found.standing.member.id if found.standing else 0


# -- looking ----------------------------------------------------------------------------------------------------------


def show(turn: Turn, words: str) -> Answer:
    """`show L-4`: all of it."""
    one = finding.lesson(turn, words).lesson
    return Answer(Verdict.DONE, _details(turn, one), looked=True, secret=_is_secret(turn, one))


def _is_secret(turn: Turn, one: Lesson) -> bool:
    """Whether it, or who used it, is of a group of which not everybody in this room may see the record."""
    everybody = visible(turn.work, (turn.room.group_id,)) if turn.room is not None else finding.seen(turn)
    told = {one.group_id, *(used.group_id for used in turn.work.all(Reuse, lesson_id=one.id))}
    return bool(told & (finding.seen(turn) - everybody))


def _details(turn: Turn, one: Lesson) -> str:
    here = turn.standings if turn.room is not None else finding.own(turn)
    ours = len(here) == 1 and here[0].group.id == one.group_id
    ref = one.ref if ours else f"{one.ref}@{one.group_id}"
    told = telling.details(turn.work, one, turn.reader, finding.seen(turn), ref)
    return "\n".join([told, *relating.lines(turn, (Thing.LESSON, one.id), one.group_id)])


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which lessons are listed: those with all of these words in where and what they are about; and which page."""

    typed: str
    page: int

    @property
    def wanted(self) -> list[str]:
        return [one.casefold() for one in re.sub(r"--(?:region|topic)\b=?", " ", self.typed).split()]

    def fits(self, one: Lesson) -> bool:
        said = " ".join((one.region, one.topic, one.affiliate, one.size, one.language)).casefold()
        return all(word in said for word in self.wanted)


def listed(turn: Turn, words: str) -> Answer:
    """`lessons`: what we learnt, failures first; `lessons Africa`, `lessons --topic events`, `lessons 2`."""
    asked = _asked(words)
    standings = turn.standings if turn.room is not None else finding.own(turn)
    several = len(standings) > 1
    found = [told for one in standings for told in _group(turn, one, asked, several=several)]
    if not found:
        return turn.done("lessons-none-so" if asked.typed else "lessons-none")
    page, left = paging.page(found, asked.page, PAGE)
    heading = turn.reader.say("lessons-heading", ", ".join(one.group.name for one in standings))
    onward = paging.onward(asked.typed, asked.page)
    end = turn.reader.say("lessons-more", left, onward) if left else turn.reader.say("lessons-next", page[0][0])
    return Answer(Verdict.DONE, "\n".join([heading, *(told for _, told in page), end]))


def _asked(words: str) -> _Asked:
    typed = line(words[:200])
    head, _, last = typed.rpartition(" ")
    if last.isdecimal() and last.isascii() and len(last) < 4 and int(last):
        return _Asked(head, int(last))
    return _Asked(typed, 1)


def _group(turn: Turn, standing: Standing, asked: _Asked, *, several: bool) -> list[tuple[str, str]]:
    """The lessons of one group: what each is called, and its line."""
    found = [one for one in learning.lessons(turn.work, standing.group.id) if asked.fits(one)]
    known = failures_first([learning.learned(turn.work, one) for one in found])
    refs = [f"{one.lesson.ref}@{standing.group.id}" if several else one.lesson.ref for one in known]
    return [(ref, telling.line(one, turn.reader, ref)) for ref, one in zip(refs, known, strict=True)]


def failures_first(known: Sequence[Learned]) -> list[Learned]:
    """What did not work is worth most to whoever is about to try it."""
    order = {False: 0, None: 1, True: 2}
    return sorted(known, key=lambda one: order[one.lesson.worked])
