"""Afterwards: what is said of a decision once it is made - a statement, what it takes the place of, whether it worked."""

from dataclasses import replace
from datetime import datetime

from decisions import seals
from decisions.change import Change
from decisions.events import DecisionSuperseded, Event, ReviewGiven, ReviewPlanned, StatementMade
from decisions.lifecycle import Act, after
from decisions.model import Member, Poll, Review, Supersedes
from decisions.polls import binding, check_ahead
from decisions.refusals import NoDecision, SupersedesItself
from decisions.wording import body
from decisions.wording import reason as clean_reason


def state(poll: Poll, statement: str, *, by: Member, now: datetime) -> Change:
    """Add a facilitator's statement to the outcome, below what was stated before."""
    _after_decision(poll, Act.STATE, now)
    stated = replace(poll, statement=body(f"{poll.statement}\n{statement}"), version=poll.version + 1)
    return Change(puts=(stated,), events=(StatementMade(by=by.id, poll=poll.id, seal=seals.of_statement(stated)),))


def supersede(poll: Poll, earlier: Poll, *, by: Member, now: datetime) -> Change:
    """Record that a decision stands in the place of an earlier one."""
    _after_decision(poll, Act.STATE, now)
    _after_decision(earlier, Act.STATE, now)
    if earlier.id == poll.id:
        raise SupersedesItself(f"D-{poll.decision}")
    events: tuple[Event, ...] = (DecisionSuperseded(by=by.id, poll=poll.id, earlier=earlier.id),)
    link = Supersedes(poll_id=poll.id, earlier_id=earlier.id)
    shown = (replace(poll, version=poll.version + 1), replace(earlier, version=earlier.version + 1))
    return Change(puts=(link, *shown), events=events)


def plan_review(poll: Poll, at: datetime, *, by: Member, now: datetime) -> Change:
    """Set the date on which the group is asked whether a decision worked."""
    _after_decision(poll, Act.REVIEW, now)
    check_ahead(at, now)
    planned = replace(poll, review_at=at, review_asked=False, version=poll.version + 1)
    return Change(puts=(planned,), events=(ReviewPlanned(by=by.id, poll=poll.id, review_at=at.isoformat()),))


def review_asked(poll: Poll) -> Poll:
    """The poll once the group is being asked."""
    return replace(poll, review_asked=True)


def review(
    poll: Poll, before: Review | None, *, by: Member, worked: bool, text: str, now: datetime, salt: str
) -> Change:
    """Record what a member says of a decision some time after, in the place of what they said `before`. Nothing happens
    where they say the same again, or only press the same and had given their words."""
    _after_decision(poll, Act.REVIEW, now)
    if before is not None and before.worked is worked and clean_reason(text) in ("", before.text):
        return Change()
    said = Review(poll_id=poll.id, member_id=by.id, worked=worked, text=clean_reason(text), at=now, salt=salt, seal="")
    sealed = replace(said, seal=seals.of_review(said))
    return Change(
        puts=(sealed, replace(poll, version=poll.version + 1)),
        events=(ReviewGiven(by=by.id, poll=poll.id, seal=sealed.seal),),
    )


def _after_decision(poll: Poll, act: Act, now: datetime) -> None:
    after(poll, act, now)
    if not binding(poll):
        raise NoDecision(poll.ref)
