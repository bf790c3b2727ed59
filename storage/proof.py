"""Proof: one poll with all that belongs to it, held against what the journal told of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from decisions import polls, seals
from decisions.counting import turnout
from decisions.model import (
    Ballot,
    Concern,
    Electorate,
    Noun,
    Outcome,
    Poll,
    Remark,
    Review,
    Revision,
    Status,
    Supersedes,
    Voter,
)
from storage.comparing import read, unmatched
from storage.faults import ADDED, CHANGED, MISSING, Fault, Spot
from storage.told import ConcernTold, Mark, PollTold
from storage.work import Work

N = TypeVar("N", bound=Noun)


def poll_faults(work: Work, poll: Poll, told: PollTold) -> Iterator[Fault]:
    """What is wrong with a poll. It is counted again where all that it is counted from is right."""
    ballots = read(work, Ballot, "member_id", poll_id=poll.id)
    voters = read(work, Voter, "member_id", poll_id=poll.id)
    wrong = [*_terms(poll, told), *_words(work, poll, told), *_roll(poll, told, voters), *_ballots(poll, told, ballots)]
    yield from wrong
    yield from _remarks(work, poll, told)
    yield from _concerns(work, poll, told)
    sealed = list(_outcome(poll, told))
    if not wrong and not sealed:
        yield from _counted(poll, told, _there(ballots), _there(voters))
    yield from sealed
    yield from _afterwards(work, poll, told)


def _spot(poll: Poll, key: str, *values: str | int) -> Spot:
    return Spot(poll.group_id, key, *values)


def _ref(told: PollTold) -> str:
    return f"P-{told.number}"


def _terms(poll: Poll, told: PollTold) -> Iterator[Fault]:
    spot = _spot(poll, "broken-at-poll", _ref(told))
    holds = {
        "broken-number": poll.number == told.number,
        "broken-terms": Mark(seals.of_terms(poll), poll.by, poll.made_at) == told.made,
        "broken-deadline": poll.closes_at == told.closes_at,
        "broken-electorate": poll.base == told.base,
        "broken-status": poll.status is told.status,
        "broken-revision": (poll.revision, poll.firm_revision) == (max(told.words), told.firm),
        "broken-review-date": poll.review_at == told.review_at,
    }
    return (spot(key) for key, held in holds.items() if not held)


def _words(work: Work, poll: Poll, told: PollTold) -> Iterator[Fault]:
    def holds(one: Revision, mark: Mark) -> bool:
        return one.seal == seals.of_words(one) and Mark(one.seal, one.by, one.at) == mark

    kept = read(work, Revision, "number", poll_id=poll.id)
    for number, what in unmatched(kept, told.words, holds):
        yield _spot(poll, "broken-at-words", _ref(told), number)(what)


def _there(kept: Mapping[int, N | None]) -> list[N]:
    return [one for one in kept.values() if one is not None]


def _roll(poll: Poll, told: PollTold, voters: Mapping[int, Voter | None]) -> Iterator[Fault]:
    sealed = seals.of_roll(poll, _there(voters)) if voters else ""
    if told.roll is not None and told.roll != sealed:  # before it opens, a roll may still change
        yield _spot(poll, "broken-at-roll", _ref(told))(CHANGED)


def _ballots(poll: Poll, told: PollTold, kept: Mapping[int, Ballot | None]) -> Iterator[Fault]:
    def holds(one: Ballot, mark: Mark) -> bool:
        return one.seal == seals.of_ballot(one) and Mark(one.seal, one.member_id, one.at) == mark

    for member, what in unmatched(kept, told.ballots, holds):
        yield _spot(poll, "broken-at-ballot", _ref(told), member)(what)


def _remarks(work: Work, poll: Poll, told: PollTold) -> Iterator[Fault]:
    def holds(one: Remark, mark: Mark) -> bool:
        return one.seal == seals.of_remark(one) and Mark(one.seal, one.by, one.at) == mark

    for number, what in unmatched(read(work, Remark, "id", poll_id=poll.id), told.remarks, holds):
        yield _spot(poll, "broken-at-remark", _ref(told), number)(what)


def _concerns(work: Work, poll: Poll, told: PollTold) -> Iterator[Fault]:
    def holds(one: Concern, mark: ConcernTold) -> bool:
        kept = ConcernTold(
            one.number, Mark(mark.raised.seal, one.by, one.raised_at), one.seal, one.answered_by, one.resolved_at
        )
        return one.seal == seals.of_concern(one) and kept == mark

    concerns = read(work, Concern, "id", poll_id=poll.id)
    for key, what in unmatched(concerns, told.concerns, holds):
        concern = told.concerns.get(key) or concerns[key]
        yield _spot(poll, "broken-at-concern", _ref(told), f"C-{concern.number if concern else '?'}")(what)


def _outcome(poll: Poll, told: PollTold) -> Iterator[Fault]:
    number = told.decision or poll.decision
    spot = _spot(poll, "broken-at-outcome", _ref(told), f"D-{number}" if number else "–")
    if poll.decision != told.decision:
        yield spot("broken-number")
    if told.closing is None:
        if poll.outcome is not None or poll.closed_at is not None:
            yield spot(ADDED)
    elif poll.outcome is None or poll.closed_at is None:
        yield spot(MISSING)
    elif Mark(seals.of_outcome(poll, poll.outcome), told.closing.by, poll.closed_at) != told.closing:
        yield spot(CHANGED)


def _counted(poll: Poll, told: PollTold, ballots: list[Ballot], roll: list[Voter]) -> Iterator[Fault]:
    counting = turnout(poll, ballots, roll)
    if poll.turnout != counting:
        yield _spot(poll, "broken-at-poll", _ref(told))("broken-turnout", poll.turnout, counting)
    if told.status is not Status.CLOSED or poll.outcome is None:
        return
    number = told.decision
    spot = _spot(poll, "broken-at-outcome", _ref(told), f"D-{number}" if number else "–")
    if any(told.proxies.get(member) != proxy for member, proxy in poll.outcome.proxies):
        yield spot("broken-proxies")
    if poll.outcome != _again(poll, poll.outcome, ballots, roll):
        yield spot("broken-count")


def _again(poll: Poll, before: Outcome, ballots: list[Ballot], roll: list[Voter]) -> Outcome:
    """The outcome, counted again. Who was in the rooms at the close is known from the outcome alone, and so is whose
    proxy was in the electorate then."""
    again = polls.outcome(poll, ballots, roll, before.proxies)
    return replace(again, unheard=before.unheard) if poll.electorate is Electorate.OPEN else again


def _afterwards(work: Work, poll: Poll, told: PollTold) -> Iterator[Fault]:
    decision = f"D-{told.decision}"
    if (poll.statement or told.statement) and told.statement != seals.of_statement(poll):
        yield _spot(poll, "broken-at-statement", decision)(CHANGED)
    if set(read(work, Supersedes, "earlier_id", poll_id=poll.id)) != told.supersedes:
        yield _spot(poll, "broken-at-supersedes", decision)(CHANGED)

    def holds(one: Review, mark: Mark) -> bool:
        return one.seal == seals.of_review(one) and Mark(one.seal, one.member_id, one.at) == mark

    for member, what in unmatched(read(work, Review, "member_id", poll_id=poll.id), told.reviews, holds):
        yield _spot(poll, "broken-at-review", decision, member)(what)
