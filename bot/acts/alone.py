"""Alone: what one person sees of a poll by themselves - all there is, their own ballot, and what those who lead it may do."""

from dataclasses import replace

from adapters.base import Answer, Card, Part, Rows, Style, Verdict
from bot import ballots, discussed, forgotten, pieces, references, steps, views
from bot.acts import casting, voting
from bot.alike import relating
from bot.turn import Standing, Turn
from decisions import groups, polls
from decisions.model import Ballot, Poll, Post, PostKind, Status, Thing, Voter
from decisions.refusals import UnknownButton
from storage import finding
from storage.record import record

LONGER = ("1d", "7d")
"""How much more time a press gives."""


# -- all there is -----------------------------------------------------------------------------------------------------


def show(turn: Turn, poll_id: int) -> Answer:
    """A press on Details."""
    return _as_card(details(turn, _here(turn, poll_id)), turn)


def _here(turn: Turn, poll_id: int) -> Poll:
    """The poll of a button, in one of the groups where the person stands. Raises UnknownButton."""
    for standing in turn.standings:
        poll = turn.work.get(Poll, id=poll_id, group_id=standing.group.id)
        if poll is not None:
            return poll
    raise UnknownButton


def details(turn: Turn, poll: Poll) -> Answer:
    """All there is to say; alone, with the buttons of those who lead the poll."""
    found = record(turn.work, poll, turn.now, whole=True)
    more = discussed.buttons(poll, 1, discussed.pages_of(found))
    ref = f"D-{poll.decision}" if poll.decision else poll.ref
    alone = (*pieces.read(found.group, ref, turn.reader), *_leading(turn, poll)) if turn.request.private else ()
    related = relating.lines(turn, (Thing.POLL, poll.id), poll.group_id)
    text = "\n".join([views.details(found, turn.reader), *related])
    return Answer(Verdict.DONE, text, (*alone, *more), looked=True)


def discussion(turn: Turn, poll: Poll, page: int) -> Answer:
    """A page of what was said about a poll."""
    found = record(turn.work, poll, turn.now)
    page = min(page, discussed.MOST_PAGES)
    rows = discussed.buttons(poll, page, discussed.pages_of(found))
    return Answer(Verdict.DONE, views.discussion(found, turn.reader, page), rows, looked=True)


def pressed_discussion(turn: Turn, poll_id: int, page: int) -> Answer:
    """A press on another page of it."""
    return _as_card(discussion(turn, _here(turn, poll_id), page), turn)


def ask_to_close(turn: Turn, poll_id: int) -> Answer:
    """A press on Close asks once more."""
    _, poll = turn.led(poll_id)
    card = Card(
        (Part(Style.LINE, turn.reader.say("close-sure", poll.ref, poll.turnout)),),
        (
            (
                turn.button("button-close-yes", f"p{poll.id}:close=now"),
                turn.button("button-close-no", f"p{poll.id}:show"),
            ),
        ),
        turn.reader.language,
    )
    return Answer(Verdict.DONE, card=card)


def shown(turn: Turn, poll_id: int, answer: Answer) -> Answer:
    """The same answer, and the poll as it is now in the place of what was pressed."""
    return replace(answer, card=show(turn, poll_id).card)


def _as_card(answer: Answer, turn: Turn) -> Answer:
    card = Card((Part(Style.LINE, answer.text),), answer.buttons, turn.reader.language)
    return Answer(Verdict.DONE, card=card, looked=True)


def _leading(turn: Turn, poll: Poll) -> Rows:
    standing = next(one for one in turn.standings if one.group.id == poll.group_id)
    rows = _ways(turn, poll)
    if poll.status is not Status.OPEN or not (groups.is_facilitator(standing.member) or turn.is_(standing, poll.by)):
        return rows
    longer = tuple(turn.button(f"button-extend-{one}", f"p{poll.id}:extend={one}") for one in LONGER)
    return ((turn.button("button-close", f"p{poll.id}:close"), *longer), *rows)


# -- my ballot --------------------------------------------------------------------------------------------------------


def mine(turn: Turn, words: str) -> Answer:
    """`mine P-7`."""
    standing, poll, _ = references.needed(turn, words, "mine P-7")
    cast = turn.work.get(Ballot, poll_id=poll.id, member_id=standing.member.id)
    if cast is None and turn.work.get(Voter, poll_id=poll.id, member_id=standing.member.id) is None:
        references.needed(turn.there(), words, "mine P-7")  # of what is none of theirs whoever has left is told nothing
    card = _card(turn, poll, cast, 0)
    return Answer(Verdict.DONE, card.text, card.buttons, looked=True)


def ballot(turn: Turn, poll_id: int, page: int) -> Answer:
    """A press on Mine, or on another page of it."""
    _, poll, cast = casting.pressed(turn, poll_id)
    return Answer(Verdict.DONE, card=_card(turn, poll, cast, page), looked=True)


def mark(turn: Turn, poll_id: int, option: int, value: int) -> Answer:
    """A press in my own ballot, whose button says what is wished: a mark, or 0 to take it off again."""
    standing, poll, before = casting.pressed(turn, poll_id)
    if value or len(polls.method(poll).values(poll.rules)) > 1:  # where there are points, 0 is a mark like any other
        answer = voting.press(turn, poll_id, option, value)
    else:
        turn = casting.in_order(turn, standing, poll)
        change = polls.unmark(poll, before, by=standing.member, option=option, now=turn.now, salt=turn.salt())
        answer = casting.keep(turn, standing, poll, before, change)
    return _again(turn, standing, poll_id, answer, option // ballots.PAGE)


def retract(turn: Turn, poll_id: int) -> Answer:
    """Take the whole ballot back."""
    standing, poll, cast = casting.pressed(turn, poll_id)
    return _again(turn, standing, poll_id, casting.retracted(turn, standing, poll, cast), 0)


def draft(turn: Turn, poll_id: int, chosen: int) -> Answer:
    """A ballot that is being put together, for polls that ask for several marks at once; `chosen` has a bit an option."""
    _, poll, cast = casting.pressed(turn, poll_id)
    return Answer(Verdict.DONE, card=_card(turn, poll, cast, 0, chosen))


def cast(turn: Turn, poll_id: int, chosen: int) -> Answer:
    """Cast what was put together."""
    standing, poll, _ = casting.pressed(turn, poll_id)
    marks = {key: 1 for place, key in enumerate(polls.keys(poll)) if chosen >> place & 1}
    return _again(turn, standing, poll_id, casting.cast(turn, standing, poll, marks, ""), 0)


def _again(turn: Turn, standing: Standing, poll_id: int, answer: Answer, page: int) -> Answer:
    """The answer, and the ballot as it is now in the place of what was pressed."""
    poll = turn.work.the(Poll, id=poll_id)
    now = turn.work.get(Ballot, poll_id=poll_id, member_id=standing.member.id)
    return replace(answer, card=_card(turn, poll, now, page)) if answer.verdict is Verdict.DONE else answer


def _card(turn: Turn, poll: Poll, cast: Ballot | None, page: int, chosen: int | None = None) -> Card:
    known = forgotten.told(record(turn.work, poll), turn.reader)
    card = ballots.card(known, cast, turn.reader, page, chosen)
    return replace(card, buttons=(*card.buttons, *_ways(turn, poll)))


def _ways(turn: Turn, poll: Poll) -> Rows:
    """The way back to the card, where the person's platform has one."""
    rooms = {
        one.id: one.chat for one in finding.rooms(turn.work, poll.group_id) if one.platform == turn.request.platform
    }
    posts = steps.newest(turn.work.all(Post, poll_id=poll.id, kind=PostKind.CARD))
    here = [(rooms[one.room_id], one.message) for one in posts if one.room_id in rooms and one.message]
    return ((replace(turn.button("button-back", ""), message=here[0]),),) if here else ()
