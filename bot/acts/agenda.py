"""The agenda: shown, added to, and thinned out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.base import Answer, Verdict
from bot import words as texts
from bot.meeting import agenda as kept
from bot.meeting import finding, held
from bot.reader import short
from bot.references import id_in
from bot.turn import Standing, Turn
from decisions import meetings, wording
from decisions.model import Action, ActionStatus, AgendaItem, Meeting, Stage
from decisions.refusals import MeetingNotSo, NoSuchItem, TooManyTags
from decisions.wording import same

MOST = 50
"""Items in one message, and lines that are shown."""


def agenda(turn: Turn, words: str) -> Answer:
    """`agenda`, `agenda TEXT`, `agenda add TEXT`, `agenda drop 2`; with `M-3` first, of that meeting."""
    standing, meeting, rest = _meant(turn, words)
    if not rest.strip():
        return Answer(Verdict.DONE, _shown(turn, standing, meeting), looked=True)
    if meeting is not None and meeting.stage in kept.OVER:
        raise MeetingNotSo(meeting.ref, meetings.STANDS[meeting.stage])
    first, _, behind = rest.strip().partition(" ")
    if _says(turn, first, "drop") and behind.strip():
        return _drop(turn, standing, meeting, behind)
    return add(turn, standing, meeting, behind if _says(turn, first, "add") and behind.strip() else rest)


def _meant(turn: Turn, words: str) -> tuple[Standing, Meeting | None, str]:
    """The meeting whose agenda it is: the one that is named, that runs, or that comes next; None: one that nobody called
    yet."""
    if id_in(words, "M"):
        return finding.meeting(turn, words, ())
    standing = turn.here()
    coming = finding.coming(turn.work, standing.group.id, (Stage.SET, Stage.ASKED))
    return standing, held.running(turn.work, standing.group.id) or next(iter(coming), None), words


def _says(turn: Turn, word: str, meant: str) -> bool:
    return word.casefold() in {meant, *(own for one in turn.languages for own in texts.own_tags(one, meant))}


# -- changing it ------------------------------------------------------------------------------------------------------


def add(turn: Turn, standing: Standing, meeting: Meeting | None, rest: str) -> Answer:
    """Put items on it, one a line."""
    lines = [said for one in rest.splitlines()[: MOST + 1] if (said := wording.title(one))]
    if len(lines) > MOST:
        raise TooManyTags(len(rest.splitlines()), MOST)
    for text in lines:
        item = AgendaItem(
            id=turn.work.next_id(AgendaItem),
            group_id=standing.group.id,
            meeting_id=meeting.id if meeting else None,
            text=text,
            by=standing.member.id,
            at=turn.now,
        )
        turn.work.put(item)
    return turn.done("ack-agenda-added", len(lines))


def _drop(turn: Turn, standing: Standing, meeting: Meeting | None, which: str) -> Answer:
    own, carried = kept.open_items(turn.work, standing.group.id, meeting)
    item = _item(own + carried, which)
    if not turn.is_(standing, item.by) and not (meeting and held.leads(turn, standing, meeting)):
        turn.check_facilitates(standing)
    kept.drop(turn.work, item)
    return turn.done("ack-agenda-dropped", short(item.text))


def _item(found: list[AgendaItem], which: str) -> AgendaItem:
    plain = wording.line(which[:1000]).lstrip("#").rstrip(".")
    if plain.isdecimal() and len(plain) < 4 and 0 < int(plain) <= len(found):
        return found[int(plain) - 1]
    for one in found:
        if same(one.text, plain):
            return one
    raise NoSuchItem(short(plain))


# -- showing it -------------------------------------------------------------------------------------------------------


def _shown(turn: Turn, standing: Standing, meeting: Meeting | None) -> str:
    own, carried = kept.open_items(turn.work, standing.group.id, meeting)
    reader = turn.reader
    lines = [reader.say("agenda-of", meeting.ref, meeting.title) if meeting else reader.say("agenda-of-next")]
    lines += [_numbered(number, one) for number, one in enumerate(own[:MOST], 1)]
    if carried:
        lines += [reader.say("agenda-carried")]
        lines += [_numbered(number, one) for number, one in enumerate(carried[:MOST], len(own) + 1)]
    if not own and not carried:
        lines += [reader.say("agenda-empty")]
    actions = _open_actions(turn, standing)
    if actions:
        lines += [reader.say("agenda-actions"), *(_action(turn, standing, one) for one in actions[:MOST])]
    return "\n".join(lines)


def _numbered(number: int, item: AgendaItem) -> str:
    return f"{number}. {short(item.text)}"


def _open_actions(turn: Turn, standing: Standing) -> list[Action]:
    """What is still to be done, the longest overdue first, and what has no day last."""
    found = turn.work.all(Action, group_id=standing.group.id, status=ActionStatus.OPEN)
    return sorted(found, key=lambda one: (not one.due, one.due, one.number))


def _action(turn: Turn, standing: Standing, one: Action) -> str:
    if not one.due:
        return turn.reader.say("agenda-action", one.ref, short(one.text))
    key = "agenda-action-overdue" if one.due < _today(turn.now, standing.group.zone) else "agenda-action-due"
    return turn.reader.say(key, one.ref, short(one.text), one.due)


def _today(now: datetime, zone: str) -> str:
    return f"{now.astimezone(ZoneInfo(zone)):%Y-%m-%d}"
