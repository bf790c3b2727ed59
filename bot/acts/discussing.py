"""Discussing: what is said under a card without being a vote, and what becomes of words that were edited or deleted."""

from dataclasses import replace

from adapters.base import NOTHING, Answer
from bot import reposting
from bot.acts import casting, voting
from bot.asked import Asked
from bot.turn import Standing, Turn
from decisions import polls, remarks
from decisions.model import Ballot, Poll, Remark
from decisions.refusals import EditIsNoVote
from storage import polling


def remark(turn: Turn, text: str) -> Answer:
    """A reply to a card that is no vote: kept with the poll, and not answered, for people are talking."""
    found = turn.answered()
    if found is not None:
        standing, poll = found
        change = remarks.make(
            poll,
            remark_id=turn.work.next_id(Remark),
            by=standing.member,
            text=text,
            origin=turn.origin,
            now=turn.now,
            salt=turn.salt(),
        )
        turn.apply(change, standing)
    return NOTHING


def edited(turn: Turn, asked: Asked | None) -> Answer:
    """What was said before reads otherwise now. A remark or a reason follows; nothing else is ever done by an edit."""
    said, cast = _remark(turn), _ballot(turn)
    if said is not None:
        standing, poll, one = said
        turn.apply(remarks.reword(poll, one, turn.request.text), standing)
        return NOTHING
    if cast is None or cast[2].worded not in ("", turn.origin):
        return NOTHING
    standing, poll, ballot = cast
    if asked is None:
        return voting.reword(turn, standing, poll, ballot, turn.request.text)
    if not asked.casts:
        raise EditIsNoVote(poll.ref)
    return asked.run(replace(turn, about=(standing, poll)), asked.words)


def removed(turn: Turn) -> Answer:
    """What was said or pressed before was taken back: so is the ballot that it cast, or the remark, if its author did so.
    A card of ours is there for everybody, whoever removed it."""
    if turn.room is not None and reposting.removed(turn.work, turn.room, turn.request.message):
        return NOTHING
    said, cast = _remark(turn), _ballot(turn)
    if said is not None:
        standing, poll, one = said
        turn.apply(remarks.take_back(poll, one), standing)
    if cast is None:
        return NOTHING
    standing, poll, ballot = cast
    if poll.rules.by_affiliate:
        casting.check_may_vote(turn, standing, poll)  # as with `retract`
    if ballot.origin == turn.origin:
        return casting.retracted(turn, standing, poll, ballot)
    change = polls.unsay(poll, ballot, by=standing.member, now=turn.now, salt=turn.salt())
    casting.apply(turn, standing, poll, change)
    return turn.done("ack-unsaid", poll.ref)


def _remark(turn: Turn) -> tuple[Standing, Poll, Remark] | None:
    for one in turn.work.all(Remark, origin=turn.origin) if turn.origin else []:
        for standing in turn.standings:
            if turn.is_(standing, one.by):
                return standing, turn.work.the(Poll, id=one.poll_id), one
    return None


def _ballot(turn: Turn) -> tuple[Standing, Poll, Ballot] | None:
    """The ballot that the message cast or gave its reason, if that still is what its member says in an open poll."""
    for standing in turn.standings if turn.origin else ():
        for poll, ballot in polling.open_for(turn.work, standing.member):
            if ballot is not None and turn.origin in (ballot.origin, ballot.worded) and turn.now < poll.closes_at:
                return standing, poll, ballot
    return None
