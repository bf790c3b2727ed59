"""Proposals: putting one, amending its words, withdrawing it, and the concerns people raise about it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from decisions import seals
from decisions.change import Change
from decisions.counting import turnout
from decisions.events import (
    ConcernAnswered,
    ConcernRaised,
    ProposalAmended,
    ProposalMade,
    ProposalWithdrawn,
    StrawPollWithdrawn,
)
from decisions.events import (
    ConcernResolved as ConcernWasResolved,
)
from decisions.groups import is_facilitator
from decisions.lifecycle import Act, after
from decisions.methods import METHODS
from decisions.model import (
    Ballot,
    Concern,
    Electorate,
    Member,
    Outcome,
    Poll,
    Result,
    Revision,
    Rules,
    Status,
    Voter,
)
from decisions.polls import LONGEST, binding, check_ahead
from decisions.refusals import (
    BadLimits,
    ClosesBeforeOpening,
    ConcernResolved,
    DuplicateOption,
    EmptyOption,
    EmptyText,
    EmptyTitle,
    NothingChanged,
    OnlyRaiser,
    TooFarAhead,
    TooFewOptions,
    TooManyOpen,
    TooManyOptions,
    Who,
)
from decisions.wording import OPTIONS, body, option, reason, same, title

LEAST_OPTIONS = 2
MOST_OPEN = 5
"""How many polls of their own a member may have open or scheduled in one room, facilitators too."""


def make(
    *,
    poll_id: int,
    number: int,
    group_id: int,
    room_id: int,
    by: Member,
    template: str,
    method: str,
    rules: Rules,
    heading: str,
    text: str,
    options: Sequence[str] = (),
    electorate: Electorate = Electorate.OPEN,
    roll: str = "",
    opens_at: datetime,
    closes_at: datetime,
    thread: str = "",
    now: datetime,
    salt: str,
) -> Change:
    """Put a proposal or question to the group. It is scheduled; opening it, now or later, is an act of its own."""
    if opens_at < now or closes_at <= now:
        check_ahead(min(opens_at, closes_at), now)
    if closes_at <= opens_at:
        raise ClosesBeforeOpening
    if closes_at > now + LONGEST:
        raise TooFarAhead(closes_at, LONGEST.days)
    named = () if METHODS[method].stances else check_options(options)
    if named:
        rules = check_limits(rules, len(named))
    poll = Poll(
        id=poll_id,
        group_id=group_id,
        number=number,
        room_id=room_id,
        by=by.id,
        template=template,
        method=method,
        options=named,
        rules=rules,
        electorate=electorate,
        roll=roll,
        salt=salt,
        firm_revision=1,
        status=Status.SCHEDULED,
        made_at=now,
        opens_at=opens_at,
        closes_at=closes_at,
        thread=thread,
    )
    words = _revision(poll, 1, heading, text, by=by, now=now, salt=salt)
    terms = seals.of_terms(poll)
    made = ProposalMade(by=by.id, poll=poll.id, seal=words.seal, terms=terms, closes_at=closes_at.isoformat())
    return Change(puts=(poll, words), events=(made,))


def check_open(theirs: Sequence[Poll], now: datetime) -> None:
    """Refuse another poll in a room to who has `MOST_OPEN` there; `theirs` are those they have put in it."""
    unfinished = [one for one in theirs if one.status in (Status.OPEN, Status.SCHEDULED) and now < one.closes_at]
    if len(unfinished) >= MOST_OPEN:
        refs = tuple(one.ref for one in unfinished)
        raise TooManyOpen(MOST_OPEN, refs, f"withdraw {refs[0]}")


def check_options(options: Sequence[str]) -> tuple[str, ...]:
    """Clean the options people named; refuse too few, too many, empty and equal ones."""
    if len(options) > OPTIONS:
        raise TooManyOptions(len(options), OPTIONS)
    named = tuple(option(one) for one in options)
    if len(named) < LEAST_OPTIONS:
        raise TooFewOptions(len(named), LEAST_OPTIONS)
    for index, one in enumerate(named):
        if not one:
            raise EmptyOption
        if any(same(one, other) for other in named[:index]):
            raise DuplicateOption(one)
    return named


def check_limits(rules: Rules, options: int) -> Rules:
    """Fit least and most to the options there are; refuse limits that contradict each other."""
    if not 1 <= rules.least <= rules.most or rules.least > options:
        raise BadLimits(rules.least, rules.most, options)
    return replace(rules, most=min(rules.most, options))


def amend(
    poll: Poll, words: Revision, ballots: Sequence[Ballot], *, by: Member, heading: str, text: str, now: datetime,
    salt: str, roll: Sequence[Voter] = (),
) -> Change:  # fmt: skip
    """Put new words in the place of the old; every stance on the old ones waits to be confirmed.

    A block cast since the last facilitator's amendment still stands, unless this one is a facilitator's too.
    """
    after(poll, Act.AMEND, now)
    number = poll.revision + 1
    firm = number if is_facilitator(by) else poll.firm_revision
    revised = replace(poll, revision=number, firm_revision=firm, version=poll.version + 1)
    revised = replace(revised, turnout=turnout(revised, ballots, roll))
    new = _revision(revised, number, heading, text, by=by, now=now, salt=salt)
    if (new.title, new.text) == (words.title, words.text):
        raise NothingChanged(poll.ref)
    return Change(
        puts=(revised, new), events=(ProposalAmended(by=by.id, poll=poll.id, revision=number, seal=new.seal),)
    )


def withdraw(poll: Poll, *, by: Member, decision: int | None, now: datetime) -> Change:
    """Take a proposal back: nothing is decided, and the record says so."""
    status = after(poll, Act.WITHDRAW, now)
    nothing = Outcome(result=Result.WITHDRAWN, counts={}, base=poll.base)
    gone = replace(
        poll,
        status=status,
        outcome=nothing,
        closed_at=now,
        decision=decision,
        remind_at=None,
        version=poll.version + 1,
    )
    seal = seals.of_outcome(poll, nothing)
    event = ProposalWithdrawn if binding(poll) else StrawPollWithdrawn
    return Change(puts=(gone,), events=(event(by=by.id, poll=poll.id, seal=seal),))


# -- concerns ---------------------------------------------------------------------------------------------------------


def raise_concern(
    poll: Poll, *, concern_id: int, number: int, by: Member, text: str, now: datetime, salt: str
) -> Change:
    """Name a worry about a proposal."""
    after(poll, Act.CONCERN, now)
    said = reason(text)
    if not said:
        raise EmptyText(f"concern {poll.ref}")
    concern = Concern(
        id=concern_id, group_id=poll.group_id, number=number, poll_id=poll.id, by=by.id, text=said,
        raised_at=now, salt=salt, seal="",
    )  # fmt: skip
    sealed = replace(concern, seal=seals.of_concern(concern))
    raised = ConcernRaised(by=by.id, poll=poll.id, concern=concern_id, seal=sealed.seal)
    return Change(puts=(sealed, _seen(poll)), events=(raised,))


def answer_concern(poll: Poll, concern: Concern, *, by: Member, text: str, now: datetime) -> Change:
    """Answer a concern; whoever raised it says whether that resolves it."""
    _check_unresolved(poll, concern, now)
    said = reason(text)
    if not said:
        raise EmptyText(f"answer {concern.ref}")
    answered = replace(concern, answer=said, answered_by=by.id)
    sealed = replace(answered, seal=seals.of_concern(answered))
    event = ConcernAnswered(by=by.id, poll=poll.id, concern=concern.id, seal=sealed.seal)
    return Change(puts=(sealed, _seen(poll)), events=(event,))


def resolve_concern(poll: Poll, concern: Concern, *, by: Member, raiser: int, now: datetime) -> Change:
    """Whoever raised a concern says that it is resolved; `raiser` is who that is by now."""
    _check_unresolved(poll, concern, now)
    if by.id != raiser:
        raise OnlyRaiser(concern.ref, Who((concern.by,)))
    event = ConcernWasResolved(by=by.id, poll=poll.id, concern=concern.id)
    return Change(puts=(replace(concern, resolved_at=now), _seen(poll)), events=(event,))


def _check_unresolved(poll: Poll, concern: Concern, now: datetime) -> None:
    after(poll, Act.CONCERN, now)
    if concern.resolved_at is not None:
        raise ConcernResolved(concern.ref)


def _seen(poll: Poll) -> Poll:
    return replace(poll, version=poll.version + 1)


def _revision(poll: Poll, number: int, heading: str, text: str, *, by: Member, now: datetime, salt: str) -> Revision:
    named = title(heading)
    if not named:
        raise EmptyTitle("propose")
    words = Revision(poll_id=poll.id, number=number, title=named, text=body(text), by=by.id, at=now, salt=salt, seal="")
    return replace(words, seal=seals.of_words(words))
