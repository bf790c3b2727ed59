"""Concerns: worries about a proposal, raised, answered and resolved by name."""

from adapters.base import Answer
from bot import references
from bot.turn import Standing, Turn
from decisions import proposals
from decisions.model import Concern, Poll, Voter
from decisions.refusals import ReferenceNeeded


def concern(turn: Turn, words: str) -> Answer:
    """`concern P-7 WORRY`."""
    standing, one, rest = references.the_poll(turn, words)
    _check_part(turn, standing, one)
    change = proposals.raise_concern(
        one,
        concern_id=turn.work.next_id(Concern),
        number=turn.work.next_number(Concern, standing.group.id),
        by=standing.member,
        text=rest,
        now=turn.now,
        salt=turn.salt(),
    )
    turn.apply(change, standing)
    raised = next(new for new in change.puts if isinstance(new, Concern))
    return turn.done("ack-concern", raised.ref, one.ref)


def answer(turn: Turn, words: str) -> Answer:
    """`answer C-3 ANSWER`."""
    found = references.concern(turn, words)
    if found is None:
        raise ReferenceNeeded("answer C-3")
    standing, one, worry, rest = found
    _check_part(turn, standing, one)
    turn.apply(proposals.answer_concern(one, worry, by=standing.member, text=rest, now=turn.now), standing)
    return turn.done("ack-answered", worry.ref)


def resolve(turn: Turn, words: str) -> Answer:
    """`resolve C-3`, by whoever raised it."""
    found = references.concern(turn, words)
    if found is None:
        raise ReferenceNeeded("resolve C-3")
    standing, one, worry, _ = found
    raiser = standing.member.id if turn.is_(standing, worry.by) else worry.by
    turn.apply(proposals.resolve_concern(one, worry, by=standing.member, raiser=raiser, now=turn.now), standing)
    return turn.done("ack-resolved", worry.ref)


def _check_part(turn: Turn, standing: Standing, poll: Poll) -> None:
    """Refuse who is in none of the rooms, unless they are on the poll's roll."""
    if turn.work.get(Voter, poll_id=poll.id, member_id=standing.member.id) is None:
        turn.check_belongs(standing)
