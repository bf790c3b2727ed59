"""Discussing: what is said about a poll without being a vote, and what becomes of words that were edited or deleted."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from adapters.base import NOTHING, Answer
from bot import references, reposting, unrecorded
from bot.acts import casting, editing, voting
from bot.asked import Asked
from bot.meeting import logged as in_meetings
from bot.turn import Standing, Turn
from decisions import polls, remarks
from decisions.model import Ballot, Poll, Remark
from decisions.refusals import EditIsNoVote
from storage import discussion, polling

Run = Callable[[], Answer]

# -- what is said -----------------------------------------------------------------------------------------------------


def heard(turn: Turn) -> Run | None:
    """What becomes of talk in a room: it is kept with the poll that it is about, and not answered, for people are talking.
    None: it is about none."""
    if turn.room is None or turn.room.announce or not turn.standings:
        return None
    if (answered := _own_answered(turn)) is not None:
        return partial(_take_out, turn, answered)
    found = None if unrecorded.off(turn.request.text) else about(turn)
    return found and partial(_remark, turn, *found)


def about(turn: Turn) -> tuple[Standing, Poll] | None:
    """The poll that is talked about: by the message that is answered, by the thread's first, or by the topic."""
    if turn.room is None:
        return None
    for message in dict.fromkeys((turn.request.reply_to, turn.request.thread)):
        origin = turn.origin_of(message)
        if message and (poll := discussion.of_message(turn.work, turn.room, message, origin)) is not None:
            return turn.standings[0], poll
    return references.in_thread(turn)


def _remark(turn: Turn, standing: Standing, poll: Poll) -> Answer:
    change = remarks.make(
        poll,
        remark_id=turn.work.next_id(Remark),
        by=standing.member,
        text=turn.request.text,
        origin=turn.origin,
        now=turn.now,
        salt=turn.salt(),
        before=discussion.count(turn.work, poll.id),
    )
    turn.apply(change, standing)
    return NOTHING


# -- said in other words ----------------------------------------------------------------------------------------------


def follows(turn: Turn) -> bool:
    """Whether the message that was edited is kept as a remark."""
    return bool(_own(turn, turn.origin))


def follow(turn: Turn, besides: Run | None) -> Answer:
    """Let the remark read as the message does now, or go where it is off the record by now; whatever else the edit does,
    it does too."""
    for standing, one in _own(turn, turn.origin):
        if unrecorded.off(turn.request.text):
            _drop(turn, standing, one)
        else:
            turn.apply(remarks.reword(one, turn.request.text), standing)
    return besides() if besides is not None else NOTHING


def edited(turn: Turn, asked: Asked | None) -> Answer:
    """What was said before reads otherwise now. A reason follows; nothing else is ever done by an edit."""
    cast = _ballot(turn)
    if cast is None or cast[2].worded not in ("", turn.origin):
        return NOTHING
    standing, poll, ballot = cast
    if unrecorded.off(turn.request.text):
        return _unsay(turn, *cast) if ballot.worded else NOTHING
    if asked is None:
        return voting.reword(turn, standing, poll, ballot, turn.request.text)
    if not asked.casts:
        raise EditIsNoVote(poll.ref)
    return asked.run(replace(turn, about=(standing, poll)), asked.words)


# -- taken back -------------------------------------------------------------------------------------------------------


def removed(turn: Turn) -> Answer:
    """What was said or pressed before was taken back: so is the ballot that it cast, if its author did so.
    A card of ours is there for everybody, whoever removed it."""
    if turn.room is not None and reposting.removed(turn.work, turn.room, turn.request.message):
        return NOTHING
    cast = _ballot(turn)
    if cast is None:
        return NOTHING
    standing, poll, ballot = cast
    if poll.rules.by_affiliate:
        casting.check_may_vote(turn, standing, poll)  # as with `retract`
    if ballot.origin == turn.origin:
        return casting.retracted(turn, standing, poll, ballot)
    return _unsay(turn, *cast)


def forget(turn: Turn) -> None:
    """A message is no more: nor is what it said, whoever took it out of the room. That they may, the platform sees to."""
    for one in turn.work.all(Remark, origin=turn.origin) if turn.origin else []:
        for standing in turn.standings:
            if standing.group.id == one.group_id:
                _drop(turn, standing, one)


def _unsay(turn: Turn, standing: Standing, poll: Poll, ballot: Ballot) -> Answer:
    change = polls.unsay(poll, ballot, by=standing.member, now=turn.now, salt=turn.salt())
    casting.apply(turn, standing, poll, change)
    return turn.done("ack-unsaid", poll.ref)


def _take_out(turn: Turn, origin: str) -> Answer:
    """Somebody says of what they said before that it is off the record."""
    for standing, one in _own(turn, origin):
        _drop(turn, standing, one)
    in_meetings.let_go(turn, in_meetings.lines(turn, origin))
    editing.take_out(turn, editing.notes(turn, origin))
    return turn.done("ack-off-the-record")


def _drop(turn: Turn, standing: Standing, one: Remark) -> None:
    poll = turn.work.the(Poll, id=one.poll_id)
    by = one.by if turn.is_(standing, one.by) else None
    turn.apply(remarks.take_back(poll, one, by=by, before=discussion.count(turn.work, poll.id)), standing)


# -- whose it is ------------------------------------------------------------------------------------------------------


def _own_answered(turn: Turn) -> str | None:
    """What they answer, if it is kept, their own, and they say nothing but that it is off the record."""
    origin = turn.origin_of(turn.request.reply_to)
    if not origin or not unrecorded.only_off(turn.request.text):
        return None
    kept = _own(turn, origin) or in_meetings.lines(turn, origin) or editing.notes(turn, origin)
    return origin if kept else None


def _own(turn: Turn, origin: str) -> list[tuple[Standing, Remark]]:
    found = turn.work.all(Remark, origin=origin) if origin else []
    return [(standing, one) for one in found for standing in turn.standings if turn.is_(standing, one.by)]


def _ballot(turn: Turn) -> tuple[Standing, Poll, Ballot] | None:
    """The ballot that the message cast or gave its reason, if that still is what its member says in an open poll."""
    for standing in turn.standings if turn.origin else ():
        for poll, ballot in polling.open_for(turn.work, standing.member):
            if ballot is not None and turn.origin in (ballot.origin, ballot.worded) and turn.now < poll.closes_at:
                return standing, poll, ballot
    return None
