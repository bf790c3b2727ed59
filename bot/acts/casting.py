"""Casting: a ballot is set, taken back or kept as it is, by whoever may; and the person is told so."""

from dataclasses import replace
from datetime import timedelta

from adapters.base import Answer, Verdict
from bot import pieces, steps, unrecorded
from bot.turn import Standing, Turn
from decisions import groups, polls
from decisions.change import Change
from decisions.model import Ballot, Electorate, Marks, Poll, Voter
from decisions.refusals import AccountSpent, EditIsNoVote, UnknownButton, VotedSince
from storage import electing, polling, spending

TICK = timedelta(microseconds=1)
"""The shortest time that is kept."""

TAG = 12
"""How many letters of a ballot's seal name it in a button."""


def retracted(turn: Turn, standing: Standing, poll: Poll, ballot: Ballot | None) -> Answer:
    """Take a ballot back, and say so."""
    _check_nothing_since(turn, poll, ballot)
    apply(turn, standing, poll, polls.retract(poll, ballot, by=standing.member, now=turn.now))
    return turn.done("ack-retracted", poll.ref)


def pressed(turn: Turn, poll_id: int) -> tuple[Standing, Poll, Ballot | None]:
    """The poll that a button belongs to, for someone who stands in its group."""
    for standing in turn.standings:
        poll, ballot = polling.poll_and_ballot(turn.work, poll_id, standing.member.id)
        if poll is None:
            raise UnknownButton
        if poll.group_id == standing.group.id:
            check_may_vote(turn, standing, poll)
            return standing, poll, ballot
    raise UnknownButton


def check_may_vote(turn: Turn, standing: Standing, poll: Poll) -> None:
    """Refuse who is not in the poll's electorate, and an account whose person has, or had, their ballot by another."""
    if poll.spent and spending.is_spent(turn.work, poll, turn.request.platform, turn.request.user):
        raise AccountSpent(poll.ref)
    line = None
    if poll.electorate is Electorate.ROLL:
        line = turn.work.get(Voter, poll_id=poll.id, member_id=standing.member.id)
    groups.check_may_vote(poll, standing.member, present=standing.present, line=line)


def apply(turn: Turn, standing: Standing, poll: Poll, change: Change) -> Change:
    """Write what became of a ballot. An affiliate that has one ballot takes part by any of its voices."""
    fellows = electing.fellows(turn.work, poll, standing.member.id)
    return turn.apply(polls.beside(poll, change, fellows), standing)


def in_order(turn: Turn, standing: Standing, poll: Poll) -> Turn:
    """The turn, after all that the member's fellow voices have said: of those, time alone tells which was the last."""
    last = max((one.at for one in electing.fellows(turn.work, poll, standing.member.id)), default=turn.now - TICK)
    return replace(turn, now=max(turn.now, last + TICK))


def spoken_since(turn: Turn, poll: Poll, ballot: Ballot | None) -> bool:
    """Whether another of one's affiliate's voices has had the last word by now."""
    fellows = electing.fellows(turn.work, poll, ballot.member_id) if ballot is not None else []
    return any(polls.counts(poll, one) and ballot is not None and one.at >= ballot.at for one in fellows)


def cast(turn: Turn, standing: Standing, poll: Poll, marks: Marks, said: str) -> Answer:
    """Set a member's ballot, and say so. An edit may only bring other words; those that are off the record are not kept."""
    check_may_vote(turn, standing, poll)
    turn, said = in_order(turn, standing, poll), "" if unrecorded.off(said) else said
    ballot = turn.work.get(Ballot, poll_id=poll.id, member_id=standing.member.id)
    if turn.request.edited and (
        ballot is None or ballot.marks != marks or (ballot.worded or ballot.origin) != turn.origin
    ):
        raise EditIsNoVote(poll.ref)
    change = polls.cast(
        poll,
        ballot,
        by=standing.member,
        marks=marks,
        reason=said,
        now=turn.now,
        salt=turn.salt(),
        origin=turn.origin,
        anew=not turn.request.edited and spoken_since(turn, poll, ballot),
    )
    return keep(turn, standing, poll, ballot, change)


def keep(turn: Turn, standing: Standing, poll: Poll, before: Ballot | None, change: Change) -> Answer:
    """Write what became of a ballot, and say so."""
    if not change and turn.request.edited:
        return Answer(Verdict.NOTHING)
    if not change:
        return turn.done("ack-already", poll.ref, pieces.marked(poll, before.marks if before else {}, turn.reader))
    _check_nothing_since(turn, poll, before)
    change = apply(turn, standing, poll, change)
    if change.drops:
        return turn.done("ack-retracted", poll.ref)
    ballot, poll = written(change)
    if steps.close_if_everyone_has_voted(turn.work, poll, turn.now):
        return turn.done("ack-cast-last", poll.ref, pieces.marked(poll, ballot.marks, turn.reader))
    undo_it = turn.button("button-undo", f"p{poll.id}:undo={ballot.seal[:TAG]}")
    key = _ack(before, ballot)
    if polls.method(poll).against in ballot.marks and not ballot.reason:
        key = "ack-cast-why"
    return turn.done(key, poll.ref, pieces.marked(poll, ballot.marks, turn.reader), buttons=((undo_it,),))


def _check_nothing_since(turn: Turn, poll: Poll, ballot: Ballot | None) -> None:
    """Refuse what came before the ballot that stands, and could be read only now."""
    if turn.request.came is not None and ballot is not None and ballot.at >= turn.request.came:
        raise VotedSince(poll.ref)


def _ack(before: Ballot | None, ballot: Ballot) -> str:
    if before is None:
        return "ack-cast"
    if before.marks != ballot.marks:
        return "ack-changed"
    if before.revision != ballot.revision:
        return "ack-confirmed"
    return "ack-reason" if before.reason != ballot.reason else "ack-cast"


def written(change: Change) -> tuple[Ballot, Poll]:
    ballot = next(one for one in change.puts if isinstance(one, Ballot))
    poll = next(one for one in change.puts if isinstance(one, Poll))
    return ballot, poll
