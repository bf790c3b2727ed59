"""Doing: what was agreed to be done - noted, given to somebody, done, dropped, taken up again - and who has what to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.base import Answer, Card, Part, Style, Verdict
from bot import paging
from bot.alike import relating
from bot.meeting import actions, days, finding
from bot.minutes import doing
from bot.references import id_in
from bot.turn import Standing, Turn
from decisions import actions as rules
from decisions.change import Change
from decisions.model import Action, ActionStatus, Meeting, Note, Owner, Thing
from decisions.refusals import ActionNeeded, NoDayRead, ReferenceNeeded, UnknownMember, Word
from decisions.wording import line, reason, title
from storage import minuting
from storage.finding import living, named
from storage.minuting import Standing as Kept

PAGE = 20
"""How many actions one answer lists."""

TO = re.compile(r"(?:to|à|a|para|pour|إلى|على)\s+", re.IGNORECASE)
"""What stands before whom an action is given to."""


# -- making and changing ----------------------------------------------------------------------------------------------


def action(turn: Turn, words: str) -> Answer:
    """`action Ana to ask WMSE by Friday`; `action A-9 by 2026-12-10`, `action A-9 to Ana`."""
    if names_one(words):
        return _changed(turn, words)
    standing, text = turn.here(), title(words)
    turn.check_belongs(standing)
    if not text:
        raise ActionNeeded(Word("action-example"))
    made = actions.make(turn, standing, None, text)
    return turn.done("ack-action", _told(turn, made), _whose(turn, made))


def names_one(words: str) -> bool:
    """Whether the words begin with the id of an action."""
    return id_in(words, "A") is not None


def _changed(turn: Turn, words: str) -> Answer:
    standing, one, rest = finding.action(turn, words)
    if not rest:
        return show(turn, words)
    actions.check_may(turn, standing, one)
    until = days.read(rest, turn.reader.language, turn.reader.zone, turn.now)
    if until.doubtful or (not until.day and days.begins(rest)):
        raise NoDayRead(line(until.doubtful or rest[:64]))
    if until.day:
        turn.apply(_until(turn, standing, one, until.day), standing)
    if not until.day or _names_somebody(turn, standing, rest):
        turn.apply(_given(turn, standing, turn.work.the(Action, id=one.id), rest), standing)
    kept = turn.work.the(Action, id=one.id)
    return turn.done("ack-action", _told(turn, kept), _whose(turn, kept))


def _names_somebody(turn: Turn, standing: Standing, typed: str) -> bool:
    """Whether the words that say a day say a person, too: `to Ana by 2026-12-10`."""
    owned = actions.read(turn, standing, None, TO.sub("", f"{line(typed[:200])}:", count=1))
    return bool(owned.owners or owned.who or owned.several)


def _until(turn: Turn, standing: Standing, one: Action, day: str) -> Change:
    before = turn.work.all(Owner, action_id=one.id)
    at = rules.remind_at(day, actions.zones(turn.work, one), turn.now)
    theirs = (each.member_id for each in before)
    return rules.change(one, before, theirs, by=standing.member.id, due=day, remind_at=at)


def _given(turn: Turn, standing: Standing, one: Action, typed: str) -> Change:
    """To whom is typed as in an action: `Ana and @bo`; one name that several have is refused."""
    meeting = turn.work.get(Meeting, id=one.meeting_id) if one.meeting_id else None
    owned = actions.read(turn, standing, meeting, TO.sub("", f"{line(typed[:200])}:", count=1))
    if owned.several:
        turn.named(standing, owned.several[0])
    if not (owned.owners or owned.who):
        raise UnknownMember(line(typed[:40]))
    before = turn.work.all(Owner, action_id=one.id)
    at = rules.remind_at(one.due, actions.zones_of(turn.work, standing.group, owned.owners), turn.now)
    return rules.change(one, before, owned.owners, by=standing.member.id, who=owned.who, remind_at=at)


# -- what became of it ------------------------------------------------------------------------------------------------


def done(turn: Turn, words: str) -> Answer:
    """`done A-9`, `done A-9 they agreed`: what came of it."""
    standing, one, rest = _named(turn, words, "done A-9")
    return _done(turn, standing, one, reason(rest))


def pressed_done(turn: Turn, standing: Standing, one: Action, found: re.Match[str]) -> Answer:
    """The button of a reminder."""
    answer = _done(turn, standing, one, "")
    return Answer(Verdict.DONE, card=Card((Part(Style.LINE, answer.text),), (), turn.reader.language))


def _done(turn: Turn, standing: Standing, one: Action, why: str) -> Answer:
    actions.check_may(turn, standing, one)
    change = rules.done(one, by=standing.member.id, why=why, now=turn.now)
    return _become(turn, standing, one, change, ("ack-action-done", "ack-action-done-already"))


def drop(turn: Turn, words: str) -> Answer:
    """`drop A-9 WHY`."""
    standing, one, rest = _named(turn, words, "drop A-9")
    actions.check_may(turn, standing, one)
    change = rules.drop(one, by=standing.member.id, why=reason(rest), now=turn.now)
    return _become(turn, standing, one, change, ("ack-action-dropped", "ack-action-dropped-already"))


def reopen(turn: Turn, words: str) -> Answer:
    """`reopen A-9`."""
    standing, one, _ = _named(turn, words, "reopen A-9")
    actions.check_may(turn, standing, one)
    at = rules.remind_at(one.due, actions.zones(turn.work, one), turn.now)
    change = rules.reopen(one, by=standing.member.id, remind_at=at)
    return _become(turn, standing, one, change, ("ack-action-open", "ack-action-open-already"))


def _become(turn: Turn, standing: Standing, one: Action, change: Change, keys: tuple[str, str]) -> Answer:
    """What came of it; or, with the second of the keys, that it was so already."""
    turn.apply(change, standing)
    kept = turn.work.the(Action, id=one.id)
    return turn.done(keys[0 if change else 1], _told(turn, kept), _ref(turn, kept))


def _named(turn: Turn, words: str, example: str) -> tuple[Standing, Action, str]:
    if not names_one(words):
        raise ReferenceNeeded(example)
    return finding.action(turn, words)


# -- looking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is listed: of everybody or of one, all or what is open, and which page."""

    typed: str
    all: bool
    page: int


def listed(turn: Turn, words: str) -> Answer:
    """`actions`: what is open, by person; `actions all`, `actions Ana`, `actions 2`."""
    asked = _asked(turn, words)
    lines = [text for standing in turn.standings for text in _group(turn, standing, asked)]
    if not lines:
        return turn.done("actions-none")
    page, left = paging.page(lines, asked.page, PAGE)
    end = [turn.reader.say("actions-more", left, paging.onward(asked.typed, asked.page))] if left else []
    return Answer(Verdict.DONE, "\n".join([*page, *end]))


def _asked(turn: Turn, words: str) -> _Asked:
    typed, page = line(words[:200]), 1
    head, _, last = typed.rpartition(" ")
    if last.isdecimal() and len(last) < 4 and int(last):
        typed, page = head, int(last)
    all_ = typed.casefold() in ("all", turn.reader.say("actions-all").casefold())
    return _Asked(typed, all_, page)


def _group(turn: Turn, standing: Standing, asked: _Asked) -> list[str]:
    statuses = tuple(ActionStatus) if asked.all else (ActionStatus.OPEN,)
    found = minuting.standing(turn.work, standing.group.id, *statuses)
    if asked.typed and not asked.all:
        found = _of(turn, standing, asked.typed, found)
    if not found:
        return []
    heading = turn.reader.say("actions-heading", standing.group.name)
    return [heading, *by_person(turn, standing, found)]


def _of(turn: Turn, standing: Standing, name: str, found: Sequence[Kept]) -> list[Kept]:
    """Those of one member; in private, of whichever group knows them."""
    try:
        wanted, _ = turn.named(standing, name)
    except UnknownMember:
        if len(turn.standings) == 1:
            raise
        return []
    return [one for one in found if wanted.id in {living(turn.work, each) for each in one.owners}]


def by_person(turn: Turn, standing: Standing, found: Sequence[Kept]) -> list[str]:
    """What is to be done under the name of each who does it, what is overdue first."""
    people = named(turn.work, {each for one in found for each in one.owners})
    lines: list[str] = []
    ordered = sorted(
        found, key=lambda one: (not _late(turn, standing, one.action), one.action.due or "9", one.action.number)
    )
    owners = dict.fromkeys(each for one in ordered for each in one.owners)
    for owner in owners:
        lines.append(people[owner][0] or turn.reader.say("forgotten"))
        lines += [_line(turn, standing, one.action) for one in ordered if owner in one.owners]
    others = [one.action for one in ordered if not one.owners]
    if others:
        lines += [turn.reader.say("actions-nobody"), *(_line(turn, standing, one) for one in others)]
    return lines


def _late(turn: Turn, standing: Standing, one: Action) -> bool:
    return one.status is ActionStatus.OPEN and doing.overdue(one, standing.group.zone, turn.now)


def _ref(turn: Turn, one: Action, *, several: bool | None = None) -> str:
    """What it is called. `several`: among those of other groups, so that its id alone is not enough."""
    among = len(turn.standings) > 1 if several is None else several
    return f"{one.ref}@{one.group_id}" if among else one.ref


def _line(turn: Turn, standing: Standing, one: Action, *, several: bool | None = None) -> str:
    said = turn.reader.say("actions-line", doing.line(one, turn.reader, _ref(turn, one, several=several)))
    return turn.reader.say("action-overdue", said) if _late(turn, standing, one) else said


def show(turn: Turn, words: str) -> Answer:
    """`show A-9`: all there is to say about it."""
    standing, one, _ = finding.action(turn, words)
    people = named(turn.work, {one.by, *((one.closed_by,) if one.closed_by else ())})
    lines = [_line(turn, standing, one).strip(), _whose(turn, one)]
    lines.append(turn.reader.say("action-made", people[one.by][0] or turn.reader.say("forgotten"), one.made_at))
    meeting = turn.work.get(Meeting, id=one.meeting_id) if one.meeting_id else None
    if meeting is not None:
        lines.append(turn.reader.say("action-meeting", meeting.ref, meeting.title, _number(turn, meeting, one)))
    if one.closed_by is not None and one.closed_at is not None:
        closer = people[one.closed_by][0] or turn.reader.say("forgotten")
        lines.append(turn.reader.say(f"action-closed-{one.status.value}", closer, one.closed_at))
    lines += relating.lines(turn, (Thing.ACTION, one.id), one.group_id)
    return Answer(Verdict.DONE, "\n".join(lines), looked=True)


def _number(turn: Turn, meeting: Meeting, one: Action) -> str:
    note = turn.work.get(Note, meeting_id=meeting.id, action_id=one.id)
    return str(note.number) if note else ""


def mine(turn: Turn) -> list[str]:
    """What I have to do, in all my groups, what is overdue first."""
    lines, groups = [], turn.everywhere()
    for standing in groups:
        found = minuting.standing(turn.work, standing.group.id, ActionStatus.OPEN)
        own = [one.action for one in found if any(turn.is_(standing, each) for each in one.owners)]
        own.sort(key=lambda one: (one.due or "9", one.number))
        lines += [_line(turn, standing, one, several=len(groups) > 1) for one in own]
    return [turn.reader.say("mine-actions"), *lines, turn.reader.say("mine-actions-next")] if lines else []


def _told(turn: Turn, one: Action) -> str:
    return doing.line(one, turn.reader)


def _whose(turn: Turn, one: Action) -> str:
    """Whose it is, in a sentence."""
    owners = actions.owners(turn.work, one)
    people = named(turn.work, owners)
    names = [people[each][0] or turn.reader.say("forgotten") for each in owners] + ([one.who] if one.who else [])
    if names:
        return turn.reader.say("action-whose", turn.reader.listed(names))
    return turn.reader.say("action-nobodys", _ref(turn, one))
