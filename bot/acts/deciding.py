"""Deciding: putting proposals and questions, changing them, closing them, and what is said afterwards."""

from dataclasses import replace
from datetime import timedelta

from adapters.base import Answer, Verdict
from bot import references, steps, when
from bot.acts import alone, coming, lessons
from bot.alike import holding
from bot.alike.finding import Sought
from bot.arguments import Terms, heading_and_body, options_in, terms
from bot.meeting import twins
from bot.reader import short
from bot.turn import Standing, Turn
from decisions import afterwards, proposals, rolls, rooms
from decisions.methods import METHODS
from decisions.model import Ballot, Electorate, Listing, Poll, PostKind, Revision, Role, Room, Status, Thing, Voter
from decisions.polls import binding
from decisions.refusals import (
    NoRoomLeft,
    ObserverOnRoll,
    UnknownList,
    UnknownTime,
    WordsDiffer,
)
from decisions.wording import alike, line, same
from storage import electing, finding, polling

STRAW_POLLS = {"telegram": (300, 12, 100)}
"""The platforms in whose own form a straw poll may be put: the longest question, the most options, the longest option,
in characters. What does not fit has a card, as any poll."""

HASTY = timedelta(hours=1)
"""What is over so soon is not held up, whatever it looks like."""

YES_NO = ("option-yes", "option-no")
"""What a question without options is answered by."""


def propose(turn: Turn, words: str) -> Answer:
    """`propose [--by METHOD] [--for 3d] TITLE`, with more text on the lines below."""
    return _put(turn, _terms(turn, words, "consensus"))


def poll(turn: Turn, words: str) -> Answer:
    """`poll "Question?" "One" "Two"`, or the question and an option on each line below."""
    return _put(turn, _terms(turn, words, "choose"))


def quick(turn: Turn, words: str) -> Answer:
    """`PROPOSAL: ...`: a proposal by consensus, all of whose words are its own."""
    return _put(turn, _terms(turn, "", "consensus"), words.partition("\n"))


def resolved(turn: Turn, words: str) -> Answer:
    """`RESOLVED: ...` with the words of an open proposal closes it at once; where none is open it is mere talk.

    Where the words differ a little, the proposal stands as people read it, and the new wording beside it.
    """
    named = references.named(turn, words)
    if named is not None and not named[2]:
        return _close(turn, *named[:2])
    standing = turn.here()
    near: list[Poll] = []
    for one in polling.latest_open(turn.work, standing.group.id, tuple(METHODS)):
        current = _words(turn, one)
        whole = f"{current.title}\n{current.text}"
        if same(words, current.title) or same(words, whole):
            return _close(turn, standing, one)
        near += [one] if alike(words, current.title) or alike(words, whole) else []
    if len(near) == 1:
        return _resolve_as(turn, standing, near[0], words)
    latest = references.latest(turn, tuple(METHODS))
    if latest is None:
        return Answer(Verdict.NOTHING)
    turn.check_leads(*latest)
    raise WordsDiffer(short(line(words[:1000])), latest[1].ref, short(_words(turn, latest[1]).title))


def amend(turn: Turn, words: str) -> Answer:
    """`amend P-7 NEW TITLE`, with the new text below; `amend M-3 NEW TITLE`; `amend L-4 --again WORDS`."""
    if references.id_in(words, "M"):
        return coming.amend(turn, words)
    if lessons.names_one(words):
        return lessons.amend(turn, words)
    standing, one, rest = references.the_poll(turn, words)
    turn.check_leads(standing, one)
    heading, text = heading_and_body(rest)
    change = proposals.amend(
        one,
        _words(turn, one),
        turn.work.all(Ballot, poll_id=one.id),
        by=standing.member,
        heading=heading,
        text=text,
        now=turn.now,
        salt=turn.salt(),
        roll=electing.roll_of(turn.work, one),
    )
    turn.apply(change, standing)
    amended = next(new for new in change.puts if isinstance(new, Poll))
    if amended.status is Status.OPEN:
        steps.post_in_rooms(turn.work, amended, PostKind.AMENDED)
        steps.ask_to_confirm(turn.work, amended, turn.now)
    return turn.done("ack-amended", amended.ref, str(amended.revision))


def withdraw(turn: Turn, words: str) -> Answer:
    """`withdraw P-7`, `withdraw L-4`."""
    if lessons.names_one(words):
        return lessons.withdraw(turn, words)
    standing, one, _ = references.needed(turn, words, "withdraw P-7")
    turn.check_leads(standing, one)
    steps.withdraw_poll(turn.work, one, turn.now, by=standing.member)
    return turn.done("ack-withdrawn", one.ref)


def close(turn: Turn, words: str) -> Answer:
    """`close P-7`: count it now."""
    standing, one, _ = references.the_poll(turn, words)
    return _close(turn, standing, one)


def extend(turn: Turn, words: str) -> Answer:
    """`extend P-7 2d`: two more days; or until an instant."""
    standing, one, rest = references.the_poll(turn, words)
    turn.check_leads(standing, one)
    try:
        closes_at = one.closes_at + when.duration(rest, turn.reader.language)
    except UnknownTime:
        closes_at = when.instant(rest, turn.reader.zone, turn.now, language=turn.reader.language)
    steps.extend_poll(turn.work, one, closes_at, turn.now, by=standing.member)
    return turn.done("ack-extended", one.ref, closes_at)


# -- what several of them do ------------------------------------------------------------------------------------------


def _terms(turn: Turn, words: str, template: str) -> Terms:
    return terms(words, template, turn.reader.zone, turn.now, turn.here().group.usual, turn.reader.language)


def _put(turn: Turn, asked: Terms, quick_words: tuple[str, str, str] | None = None) -> Answer:
    standing = turn.here()
    turn.check_proposes(standing)
    room = home(turn, standing)
    proposals.check_open(polling.unfinished(turn.work, standing.member, room.id), turn.now)
    text, options = "", tuple[str, ...]()
    if quick_words is not None:
        heading, _, text = quick_words
    elif METHODS[asked.method].stances:
        heading, text = heading_and_body(asked.words)
    else:
        heading, options = options_in(asked.words)
        options = options or tuple(turn.reader.say(one) for one in YES_NO)
    change = proposals.make(
        poll_id=turn.work.next_id(Poll),
        number=turn.work.next_number(Poll, standing.group.id),
        group_id=standing.group.id,
        room_id=room.id,
        by=standing.member,
        template=asked.template,
        method=asked.method,
        rules=asked.rules,
        heading=heading,
        text=text,
        options=options,
        electorate=asked.electorate,
        roll=_roll(turn, standing, asked),
        opens_at=asked.opens_at,
        closes_at=twins.until(turn.work, standing.group, asked.closes_at, said=quick_words is None),
        thread=turn.thread,
        now=turn.now,
        salt=turn.salt(),
    )
    found = holding.found(turn, standing, Sought(thing=Thing.POLL, title=line(heading), text=text))
    turn.apply(change, standing)
    made = next(one for one in change.puts if isinstance(one, Poll))
    answer = _opened(turn, standing, asked, made, heading)
    at_once = quick_words is not None or not binding(made) or asked.closes_at - asked.opens_at <= HASTY
    return holding.after(turn, standing, found, (Thing.POLL, made.id), answer, at_once=at_once)


def _opened(turn: Turn, standing: Standing, asked: Terms, made: Poll, heading: str) -> Answer:
    for name in asked.names:
        member, person = turn.named(standing, name)
        if member.role is Role.OBSERVER:
            raise ObserverOnRoll(person.name)
        turn.work.put(Voter(poll_id=made.id, member_id=member.id))
    native = asked.native and _fits_own_form(turn, made, heading)
    steps.post_cards(turn.work, made, asked_by=turn.request.message if turn.room else "", native=native)
    if made.opens_at > turn.now:
        return turn.done("ack-scheduled", made.ref, made.opens_at, made.closes_at)
    opened = steps.open_poll(turn.work, made, turn.now)
    if opened.electorate is Electorate.ROLL:
        rolls.check_made(opened, electing.roll_of(turn.work, opened), asked.asked)
    return turn.done(_ack(asked, native), made.ref, made.closes_at)


def _roll(turn: Turn, standing: Standing, asked: Terms) -> str:
    """Whom the roll names; a list by its number."""
    if not asked.roll.startswith(rolls.LIST):
        return asked.roll
    name = asked.roll.removeprefix(rolls.LIST)
    known = turn.work.all(Listing, group_id=standing.group.id)
    for one in known:
        if one.name.casefold() == name.casefold():
            return f"{rolls.LIST}{one.id}"
    raise UnknownList(name[:40], tuple(one.name for one in known))


def _ack(asked: Terms, native: bool) -> str:
    if asked.native:
        return "ack-native" if native else "ack-native-not"
    return "ack-proposed"


def _fits_own_form(turn: Turn, made: Poll, heading: str) -> bool:
    """Whether the room's platform has polls of its own that can hold this one."""
    question, options, option = STRAW_POLLS.get(turn.request.platform if turn.room else "", (0, 0, 0))
    short_enough = len(made.options) <= options and all(len(one) <= option for one in made.options)
    return short_enough and len(f"{made.ref} · {heading}") <= question and steps.fits_native(made)


def pressed_close(turn: Turn, poll_id: int) -> Answer:
    """A press on the button that says yes to closing."""
    return alone.shown(turn, poll_id, _close(turn, *turn.led(poll_id)))


def pressed_extend(turn: Turn, poll_id: int, length: str) -> Answer:
    """A press on a button that gives a poll more time."""
    return alone.shown(turn, poll_id, extend(replace(turn, about=turn.led(poll_id)), length))


def _close(turn: Turn, standing: Standing, one: Poll) -> Answer:
    turn.check_leads(standing, one)
    twins.check_both_met(turn.work, one)
    closed = steps.close_poll(turn.work, one, turn.now, by=standing.member.id)
    if closed.decision is None:
        return turn.done("ack-closed-straw", closed.ref)
    return turn.done("ack-closed", closed.ref, f"D-{closed.decision}")


def _resolve_as(turn: Turn, standing: Standing, one: Poll, words: str) -> Answer:
    turn.check_leads(standing, one)
    twins.check_both_met(turn.work, one)
    closed = steps.close_poll(turn.work, one, turn.now, by=standing.member.id)
    said = turn.reader.say("statement-resolved-as", words)
    turn.apply(afterwards.state(closed, said, by=standing.member, now=turn.now), standing)
    return turn.done("ack-resolved-as", closed.ref, f"D-{closed.decision}")


def _words(turn: Turn, one: Poll) -> Revision:
    return turn.work.the(Revision, poll_id=one.id, number=one.revision)


def home(turn: Turn, standing: Standing) -> Room:
    """The room in which something is put; said in private: the group's first."""
    if turn.room is not None:
        return turn.room
    group_id = standing.group.id
    known = rooms.voting(finding.rooms(turn.work, group_id)) or finding.all_rooms(turn.work, group_id)
    if not known:
        raise NoRoomLeft
    return known[0]
