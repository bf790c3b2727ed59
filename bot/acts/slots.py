"""Slots: the times among which people choose - shown, answered, added, dropped, taken."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from re import Match

from adapters.base import Answer, Button, Card, Part, Style, Verdict
from bot import links, pieces
from bot.meeting import asked, calling, chosen, exact, finding, marking, replies, twins
from bot.meeting.spans import folded, typed
from bot.turn import Standing, Turn
from decisions import choosing
from decisions.model import Meeting, Role, Slot, Stage
from decisions.polls import check_ahead
from decisions.refusals import BadMarks, MarkedTwice, NotAsked, NoTwins, OnlyProposer, SlotOver, Who


def slots(turn: Turn, words: str) -> Answer:
    """`slots M-3`, `slots M-3 1 yes, 2 no`, `slots M-3 add 2027-03-10 18:00`, `slots M-3 drop 2`, `slots M-3 take 2`."""
    standing, meeting, rest = finding.meeting(turn, words, (Stage.ASKED,))
    if not rest:
        card = _own(turn, standing, meeting, 0)
        return Answer(Verdict.DONE, card.text, card.buttons, looked=True)
    word, _, more = rest.partition(" ")
    for name, act in ACTS.items():
        if folded(word) in typed(name):
            return act(turn, standing, meeting, more.strip())
    choosing.check_asked(meeting)
    known = [one.number for one in marking.slots(turn.work, meeting)]
    return _answer(turn, standing, meeting, replies.read(rest, known, meeting.ref))


def replied(turn: Turn, text: str) -> Callable[[], Answer] | None:
    """What a reply to the times, or such words in private where one meeting is asked about, does; None: it is mere talk."""
    found = _spoken_of(turn) if any(one.isdigit() for one in text[: replies.LONGEST]) else None
    if found is None or found[1].stage is not Stage.ASKED:
        return None
    standing, meeting = found
    try:
        marks = replies.read(text, [one.number for one in marking.slots(turn.work, meeting)], meeting.ref)
    except BadMarks:
        return None
    except MarkedTwice as no:
        return partial(_refuse, no)
    return partial(_answer, turn, standing, meeting, marks)


def _spoken_of(turn: Turn) -> tuple[Standing, Meeting] | None:
    """The meeting whose times are answered without naming it."""
    answered = finding.answered(turn)
    if answered is not None or not turn.request.private:
        return answered
    asked = [
        (one, meeting) for one in turn.standings for meeting in finding.coming(turn.work, one.group.id, (Stage.ASKED,))
    ]
    return asked[0] if len(asked) == 1 else None


def _refuse(no: MarkedTwice) -> Answer:
    raise no


# -- answering --------------------------------------------------------------------------------------------------------


def _answer(turn: Turn, standing: Standing, meeting: Meeting, marks: Mapping[int, int | None]) -> Answer:
    """Keep what suits a member, and say back what is kept now."""
    if not standing.present:
        raise NotAsked(meeting.ref)
    pressed = turn.request.message if turn.request.press and turn.request.private else ""
    marking.answer(turn.work, meeting, standing.member, marks, turn.now, pressed)
    kept = turn.work.the(Meeting, id=meeting.id)
    if kept.stage is Stage.SET and kept.starts_at is not None:
        return turn.done("ack-slots-chosen", kept.ref, kept.starts_at)
    now = marking.marks(turn.work, kept, standing.member)
    said = [
        pieces.numbered(one.number, turn.reader.say(replies.SUITS[now[one.number]]))
        for one in marking.slots(turn.work, kept)
        if one.number in now
    ]
    return turn.done("ack-slots", kept.ref, tuple(said))


def pressed_mark(turn: Turn, standing: Standing, meeting: Meeting, found: Match[str]) -> Answer:
    """A press on how one time suits. Alone, the buttons show it from then on."""
    return _in_place(turn, standing, meeting, _marks(found[1]))


def pressed_all(turn: Turn, standing: Standing, meeting: Meeting, found: Match[str]) -> Answer:
    """Several at once: what the page sends."""
    return _in_place(turn, standing, meeting, _marks(found[1]))


def _marks(pressed: str) -> dict[int, int | None]:
    pairs = (one.split(".") for one in pressed.split(","))
    return {int(number): None if mark == "-" else int(mark) for number, mark in pairs}


def _in_place(turn: Turn, standing: Standing, meeting: Meeting, marks: Mapping[int, int | None]) -> Answer:
    """The answer, and alone the times as they are marked now in the place of what was pressed."""
    answer = _answer(turn, standing, meeting, marks)
    page = asked.page_of(turn.work, meeting, min(marks))
    return Answer(answer.verdict, answer.text, card=_own(turn, standing, meeting, page)) if _alone(turn) else answer


def pressed_own(turn: Turn, standing: Standing, meeting: Meeting, found: Match[str]) -> Answer:
    """A press that asks for one's own times, or another page of them."""
    return Answer(Verdict.DONE, card=_own(turn, standing, meeting, int(found[1] or 0)), looked=True)


def _alone(turn: Turn) -> bool:
    return turn.request.private


def _own(turn: Turn, standing: Standing, meeting: Meeting, page: int) -> Card:
    kept = turn.work.the(Meeting, id=meeting.id)
    link = links.page(kept, standing.member, turn.now) if _alone(turn) else None
    return asked.of_member(turn.work, kept, standing.member, turn.reader, page, link)


# -- the times --------------------------------------------------------------------------------------------------------


def _add(turn: Turn, standing: Standing, meeting: Meeting, words: str) -> Answer:
    """`slots M-3 add 2027-03-10 18:00`: whoever is asked, or called it, may propose a time."""
    asked = standing.present and standing.member.role is not Role.OBSERVER
    if not (asked or turn.is_(standing, meeting.by)):
        raise NotAsked(meeting.ref)
    choosing.check_asked(meeting)
    moment = exact.read(words, turn.reader.zone, meeting.zone, turn.now, turn.reader.language)
    known = turn.work.all(Slot, meeting_id=meeting.id)
    turn.apply(choosing.add(meeting, known, *moment, by=standing.member, now=turn.now), standing)
    calling.show_slots_again(turn.work, meeting)
    return turn.done("ack-slot-added", meeting.ref, str(max((one.number for one in known), default=0) + 1), moment.at)


def _drop(turn: Turn, standing: Standing, meeting: Meeting, words: str) -> Answer:
    """`slots M-3 drop 2`: by whoever added it, who called the meeting, or a facilitator."""
    choosing.check_asked(meeting)
    slot = _named(turn, meeting, words)
    if slot.by is None or not turn.is_(standing, slot.by):
        check_calls(turn, standing, meeting)
    known = turn.work.all(Slot, meeting_id=meeting.id)
    turn.apply(choosing.drop(meeting, known, slot.number, now=turn.now), standing)
    calling.show_slots_again(turn.work, meeting)
    return turn.done("ack-slot-dropped", meeting.ref, str(slot.number), slot.starts_at)


def _take(turn: Turn, standing: Standing, meeting: Meeting, words: str) -> Answer:
    """`slots M-3 take 2`: this is the time, without waiting for more answers."""
    choosing.check_asked(meeting)
    check_calls(turn, standing, meeting)
    slot = _named(turn, meeting, words)
    if slot.starts_at <= turn.now:
        raise SlotOver(slot.number, slot.starts_at)
    chosen.take(turn.work, meeting, slot, turn.now, by=standing.member.id)
    return turn.done("ack-slots-taken", meeting.ref, slot.starts_at)


def _named(turn: Turn, meeting: Meeting, words: str) -> Slot:
    known = turn.work.all(Slot, meeting_id=meeting.id)
    given = folded(words).strip(" .#")
    return choosing.find(meeting, known, int(given) if given.isdecimal() and len(given) < 10 else 0)


def pressed_choose(turn: Turn, standing: Standing, meeting: Meeting, found: Match[str]) -> Answer:
    """A press that asks which of the times is to be taken."""
    choosing.check_asked(meeting)
    check_calls(turn, standing, meeting)
    rows = [
        (Button(pieces.numbered(one.number, turn.reader.at(one.starts_at)), f"m{meeting.id}:take={one.number}"),)
        for one in choosing.ahead(turn.work.all(Slot, meeting_id=meeting.id), turn.now)
    ]
    back = (turn.button("button-back-slots", f"m{meeting.id}:slots"),)
    text = turn.reader.say("slots-take-which", meeting.ref)
    card = Card((Part(Style.LINE, text),), (*rows, back), turn.reader.language)
    return Answer(Verdict.DONE, card=card)


def pressed_take(turn: Turn, standing: Standing, meeting: Meeting, found: Match[str]) -> Answer:
    """A press that takes a time."""
    answer = _take(turn, standing, meeting, found[1])
    return Answer(answer.verdict, answer.text, card=_own(turn, standing, meeting, 0)) if _alone(turn) else answer


def check_calls(turn: Turn, standing: Standing, meeting: Meeting) -> None:
    """Refuse everyone but who called the meeting and the facilitators."""
    if not (turn.is_(standing, meeting.by) or turn.facilitates(standing)):
        raise OnlyProposer(meeting.ref, Who(tuple(dict.fromkeys((meeting.by, *turn.facilitators(standing))))))


# -- two sessions -----------------------------------------------------------------------------------------------------


def _twins(turn: Turn, standing: Standing, meeting: Meeting, words: str) -> Answer:
    """`slots M-3 twins`: the two times that would serve everybody; `... twins yes`: two sessions; `... twins no`: one."""
    choosing.check_asked(meeting)
    check_calls(turn, standing, meeting)
    wish = turn.reader.wish(words)
    if wish is False:
        return turn.done("ack-twins-no", meeting.ref)
    found = twins.found_for(turn.work, meeting, turn.now)
    if found is None:
        raise NoTwins(meeting.ref)
    if wish is None:
        return turn.done("ack-twins", *found, meeting.ref, buttons=((_twins_button(turn, meeting, found),),))
    return _split(turn, standing, meeting, found)


def _twins_button(turn: Turn, meeting: Meeting, times: tuple[datetime, datetime]) -> Button:
    return turn.button("button-twins-yes", twins.press(meeting, times))


def pressed_twins(turn: Turn, standing: Standing, meeting: Meeting, found: Match[str]) -> Answer:
    """A press that makes two sessions, at the times that stood beside the button."""
    choosing.check_asked(meeting)
    check_calls(turn, standing, meeting)
    first, second = (datetime.fromtimestamp(int(one) * 60, UTC) for one in found.groups())
    check_ahead(min(first, second), turn.now)
    check_ahead(max(first, second), turn.now)
    if first == second:
        raise NoTwins(meeting.ref)
    return _split(turn, standing, meeting, (first, second))


def _split(turn: Turn, standing: Standing, meeting: Meeting, times: tuple[datetime, datetime]) -> Answer:
    other = twins.split(turn.work, meeting, times, turn.now, by=standing.member.id)
    return turn.done("ack-twins-set", meeting.ref, min(times), other.ref, max(times))


Act = Callable[[Turn, Standing, Meeting, str], Answer]

ACTS: Mapping[str, Act] = {"add": _add, "drop": _drop, "take": _take, "twins": _twins}
"""What may stand behind the meeting, in the words of every language (`typed-add`) -> what is done."""
