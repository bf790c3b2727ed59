"""Polls: opening, marking, taking back, closing; what they come to is counted in `counting`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from decisions import seals
from decisions.change import Change
from decisions.counting import Pairs, electors
from decisions.counting import counts as counts
from decisions.counting import keys as keys
from decisions.counting import method as method
from decisions.counting import outcome as outcome
from decisions.counting import quorum as quorum
from decisions.deadlines import REMIND_HOURS, remind_at
from decisions.events import (
    BallotCast,
    BallotRetracted,
    PollClosed,
    PollExtended,
    PollOpened,
    StrawPollClosed,
)
from decisions.lifecycle import Act, after
from decisions.model import (
    Ballot,
    Earlier,
    Electorate,
    Marks,
    Member,
    Poll,
    Status,
    Voter,
)
from decisions.refusals import (
    NothingToRetract,
    ReasonNeeded,
    TimeInPast,
    TooFarAhead,
    UnknownButton,
    Word,
)
from decisions.templates import TEMPLATES
from decisions.wording import reason as clean_reason

LONGEST = timedelta(days=366)
"""How far ahead a poll may close, or a review be planned."""

ENOUGH_FOR_A_PICTURE = 5
"""Of fewer ballots the words say it all."""


def most(poll: Poll) -> int:
    """How many options one ballot may mark."""
    return method(poll).most(keys(poll), poll.rules)


def label(poll: Poll, key: str) -> str:
    """What an option is called: the words people gave it, or the stance's own name."""
    return key if method(poll).stances else poll.options[int(key) - 1]


# -- opening and closing ----------------------------------------------------------------------------------------------


def open_(poll: Poll, *, base: int, roll: Iterable[Voter], now: datetime, remind: int = REMIND_HOURS) -> Change:
    """Open a poll: its electorate is counted, or its roll fixed, at this moment. `remind`: hours before the close."""
    status = after(poll, Act.OPEN, now)
    voters = list(roll) if poll.electorate is Electorate.ROLL else []
    opened = replace(
        poll,
        status=status,
        base=electors(poll, voters) if poll.electorate is Electorate.ROLL else base,
        remind_at=remind_at(poll.opens_at, poll.closes_at, remind),
        version=poll.version + 1,
    )
    fixed = seals.of_roll(poll, voters) if voters else ""
    return Change(
        puts=(opened, *voters),
        events=(PollOpened(by=None, poll=poll.id, base=opened.base, roll=fixed),),
    )


def binding(poll: Poll) -> bool:
    """Whether what comes of it is a decision; a straw poll only shows how things stand."""
    return TEMPLATES[poll.template].binding


def pictured(poll: Poll) -> bool:
    """Whether what came of it is easier to see than to read: several options, or a count by affiliates beside that of
    people, and enough who took part."""
    if poll.outcome is None or not binding(poll) or poll.outcome.turnout < ENOUGH_FOR_A_PICTURE:
        return False
    return bool(poll.outcome.by_affiliates) or (not method(poll).stances and len(poll.options) > 2)


def close(
    poll: Poll, ballots: Sequence[Ballot], *, by: int | None, decision: int | None, now: datetime,
    roll: Sequence[Voter] = (), proxies: Pairs = (),
) -> Change:  # fmt: skip
    """Close a poll; `decision` is the number under which its outcome will be known, if it decides anything."""
    status = after(poll, Act.CLOSE, now)
    result = outcome(poll, ballots, roll, proxies)
    closed = replace(
        poll,
        status=status,
        outcome=result,
        closed_at=now,
        decision=decision,
        remind_at=None,
        version=poll.version + 1,
    )
    event = PollClosed if binding(poll) else StrawPollClosed
    return Change(puts=(closed,), events=(event(by=by, poll=poll.id, seal=seals.of_outcome(poll, result)),))


def everyone_has_voted(poll: Poll) -> bool:
    """Whether a roll has no one left to wait for."""
    return poll.electorate is Electorate.ROLL and poll.status is Status.OPEN and 0 < poll.base <= poll.turnout


def extend(poll: Poll, closes_at: datetime, *, by: Member, now: datetime, remind: int = REMIND_HOURS) -> Change:
    """Move the deadline. Who was reminded once is not reminded again."""
    status = after(poll, Act.EXTEND, now)
    check_ahead(closes_at, max(now, poll.opens_at) if status is Status.SCHEDULED else now)
    reminder = remind_at(now, closes_at, remind) if poll.remind_at is not None else None
    moved = replace(poll, closes_at=closes_at, remind_at=reminder, version=poll.version + 1)
    return Change(puts=(moved,), events=(PollExtended(by=by.id, poll=poll.id, closes_at=closes_at.isoformat()),))


def reminded(poll: Poll, *, now: datetime) -> Poll:
    """The poll once its reminders are on their way."""
    after(poll, Act.REMIND, now)
    return replace(poll, remind_at=None)


def check_ahead(at: datetime, now: datetime) -> None:
    """Refuse an instant that has passed, or that lies too far ahead."""
    if at <= now:
        raise TimeInPast(at)
    if at > now + LONGEST:
        raise TooFarAhead(at, LONGEST.days)


# -- marking ----------------------------------------------------------------------------------------------------------


def press(
    poll: Poll,
    before: Ballot | None,
    *,
    by: Member,
    option: int,
    value: int,
    now: datetime,
    salt: str,
    origin: str = "",
    anew: bool = False,
) -> Change:
    """One press of a card's button: it sets or adds, so the same press again changes nothing."""
    options = keys(poll)
    if not 0 <= option < len(options) or value not in method(poll).values(poll.rules):
        raise UnknownButton
    current = before.marks if before is not None and before.revision == poll.revision else {}
    marks = method(poll).press(options, poll.rules, current, options[option], value)
    return cast(poll, before, by=by, marks=marks, reason="", now=now, salt=salt, origin=origin, anew=anew)


def cast(
    poll: Poll, before: Ballot | None, *, by: Member, marks: Marks, reason: str, now: datetime, salt: str,
    origin: str = "", anew: bool = False,
) -> Change:  # fmt: skip
    """Set a member's ballot. Marks without new words keep the words they already had.

    `anew`: another of their affiliate's voices spoke since, so that saying the same again is to be the last word.
    """
    after(poll, Act.CAST, now)
    how = method(poll)
    how.check(keys(poll), poll.rules, marks)
    said, worded = clean_reason(reason), origin
    again = before is not None and before.marks == marks
    if before is not None and again and not said:
        said, worded = before.reason, before.worded
    if how.blocks in marks and not said:
        raise ReasonNeeded(Word(f"stance-{how.blocks}"), f"{how.blocks} {poll.ref}")
    same = before is not None and (before.marks, before.reason, before.revision) == (marks, said, poll.revision)
    if same and not anew:
        return Change()
    unsealed = Ballot(
        poll_id=poll.id,
        member_id=by.id,
        revision=poll.revision,
        marks=marks,
        reason=said,
        earlier=_earlier(before),
        origin=before.origin if before is not None and again and before.revision == poll.revision else origin,
        worded=worded if said else "",
        at=now,
        salt=salt,
        seal="",
    )
    return _set(poll, before, unsealed, by)


def unmark(poll: Poll, before: Ballot | None, *, by: Member, option: int, now: datetime, salt: str) -> Change:
    """Take one option off a member's ballot; with the last one goes the ballot."""
    options = keys(poll)
    if not 0 <= option < len(options):
        raise UnknownButton
    marks = before.marks if before is not None and before.revision == poll.revision else {}
    left = {key: mark for key, mark in marks.items() if key != options[option]}
    if not left:
        return retract(poll, before, by=by, now=now)
    return cast(poll, before, by=by, marks=left, reason="", now=now, salt=salt)


def retract(poll: Poll, before: Ballot | None, *, by: Member, now: datetime) -> Change:
    """Take a member's ballot back."""
    after(poll, Act.CAST, now)
    if before is None:
        raise NothingToRetract(poll.ref)
    fewer = replace(poll, turnout=poll.turnout - counts(poll, before), version=poll.version + 1)
    return Change(puts=(fewer,), drops=(before,), events=(BallotRetracted(by=by.id, poll=poll.id),))


def undo(poll: Poll, before: Ballot | None, *, by: Member, tag: str, now: datetime, salt: str) -> Change:
    """Take back one act, named by the first letters of its seal: what the ballot said before it is set again."""
    after(poll, Act.CAST, now)
    if before is None or not tag or not before.seal.startswith(tag):
        return Change()
    if before.earlier is None:
        return retract(poll, before, by=by, now=now)
    was = before.earlier
    again = replace(
        before,
        revision=was.revision,
        marks=was.marks,
        reason=was.reason,
        earlier=None,
        origin="",
        worded="",
        at=now,
        salt=salt,
    )
    return _set(poll, before, again, by)


def unsay(poll: Poll, before: Ballot, *, by: Member, now: datetime, salt: str) -> Change:
    """Take back a ballot's reason; with it goes the ballot where it cannot be without."""
    after(poll, Act.CAST, now)
    if method(poll).blocks in before.marks:
        return retract(poll, before, by=by, now=now)
    bare = replace(before, reason="", worded="", earlier=_earlier(replace(before, reason="")), at=now, salt=salt)
    return _set(poll, before, bare, by)


def beside(poll: Poll, change: Change, fellows: Iterable[Ballot]) -> Change:
    """The change of a ballot in a poll where an affiliate has one: while one of its other voices has a ballot that
    counts, it takes part whatever this one does."""
    if not any(counts(poll, one) for one in fellows):
        return change
    puts = (replace(one, turnout=poll.turnout) if isinstance(one, Poll) else one for one in change.puts)
    return replace(change, puts=tuple(puts))


def _earlier(before: Ballot | None) -> Earlier | None:
    if before is None:
        return None
    return Earlier(revision=before.revision, marks=before.marks, reason=before.reason)


def _set(poll: Poll, before: Ballot | None, unsealed: Ballot, by: Member) -> Change:
    ballot = replace(unsealed, seal=seals.of_ballot(unsealed))
    more = counts(poll, ballot) - (before is not None and counts(poll, before))
    return Change(
        puts=(ballot, replace(poll, turnout=poll.turnout + more, version=poll.version + 1)),
        events=(BallotCast(by=by.id, poll=poll.id, revision=ballot.revision, seal=ballot.seal),),
    )
