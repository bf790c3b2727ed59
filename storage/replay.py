"""Replay: what the lines of a group's journal, one after another, say must be there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from decisions import events
from decisions.events import Event
from decisions.model import Role, Status

Line = Mapping[str, Any]


class Mark(NamedTuple):
    """What one line leaves behind: a seal, whose act it was, and when."""

    seal: str
    by: int | None
    at: datetime


@dataclass(slots=True)
class ConcernTold:
    """A concern, as the journal knows it."""

    number: int
    raised: Mark
    seal: str
    """Over the concern and, once there is one, its answer."""
    answered_by: int | None = None
    resolved_at: datetime | None = None


@dataclass(slots=True)
class PollTold:
    """A poll, as the journal knows it."""

    number: int
    made: Mark
    """Sealed are the terms."""
    closes_at: datetime
    words: dict[int, Mark]
    """By number of revision."""
    firm: int = 1
    status: Status = Status.SCHEDULED
    base: int = 0
    roll: str | None = None
    """None: it has not opened."""
    ballots: dict[int, Mark] = field(default_factory=dict)
    """By member; only those that were not taken back."""
    remarks: dict[int, Mark] = field(default_factory=dict)
    concerns: dict[int, ConcernTold] = field(default_factory=dict)
    closing: Mark | None = None
    """Sealed is the outcome."""
    decision: int | None = None
    statement: str = ""
    review_at: datetime | None = None
    reviews: dict[int, Mark] = field(default_factory=dict)
    supersedes: set[int] = field(default_factory=set)


@dataclass(slots=True)
class GroupTold:
    """A group, as its journal knows it."""

    roles: dict[int, str] = field(default_factory=dict)
    polls: dict[int, PollTold] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    """Member -> whom they turned out to be."""
    decisions: int = 0
    concerns: int = 0

    def take(self, line: Line) -> None:
        """Go on by one line. Raises KeyError, TypeError or ValueError where it says what cannot have happened."""
        follow = FOLLOWS.get(line["event"])
        if follow is not None:
            follow(self, line)


def _mark(line: Line) -> Mark:
    return Mark(line["seal"], line["by"], _at(line))


def _whole(line: Line, name: str) -> int:
    found = line[name]
    if not isinstance(found, int):
        raise TypeError(name)
    return found


def _poll(group: GroupTold, line: Line) -> PollTold:
    return group.polls[_whole(line, "poll")]


def _at(line: Line, name: str = "at") -> datetime:
    return datetime.fromisoformat(line[name])


def _role(group: GroupTold, line: Line) -> None:
    group.roles[_whole(line, "member")] = line["role"]


def _merged(group: GroupTold, line: Line) -> None:
    member, into = _whole(line, "member"), _whole(line, "into")
    earlier = (one for one, to in group.merged.items() if to == member)
    group.merged |= dict.fromkeys((member, *earlier), into)


def _made(group: GroupTold, line: Line) -> None:
    words = _mark(line)
    group.polls[_whole(line, "poll")] = PollTold(
        number=len(group.polls) + 1,
        made=words._replace(seal=line["terms"]),
        closes_at=_at(line, "closes_at"),
        words={1: words},
    )


def _amended(group: GroupTold, line: Line) -> None:
    poll, number = _poll(group, line), _whole(line, "revision")
    poll.words[number] = _mark(line)
    if group.roles[_whole(line, "by")] == Role.FACILITATOR:
        poll.firm = number


def _opened(group: GroupTold, line: Line) -> None:
    poll = _poll(group, line)
    poll.status, poll.base, poll.roll = Status.OPEN, _whole(line, "base"), line["roll"]


def _roll_changed(group: GroupTold, line: Line) -> None:
    poll = _poll(group, line)
    poll.base, poll.roll = _whole(line, "base"), line["roll"]


def _extended(group: GroupTold, line: Line) -> None:
    _poll(group, line).closes_at = _at(line, "closes_at")


def _ended(status: Status) -> Callable[[GroupTold, Line], None]:
    def follow(group: GroupTold, line: Line) -> None:
        poll = _poll(group, line)
        group.decisions += 1
        poll.status, poll.closing, poll.decision = status, _mark(line), group.decisions

    return follow


def _straw_ended(status: Status) -> Callable[[GroupTold, Line], None]:
    def follow(group: GroupTold, line: Line) -> None:
        poll = _poll(group, line)
        poll.status, poll.closing = status, _mark(line)

    return follow


def _cast(group: GroupTold, line: Line) -> None:
    _poll(group, line).ballots[_whole(line, "by")] = _mark(line)


def _retracted(group: GroupTold, line: Line) -> None:
    del _poll(group, line).ballots[_whole(line, "by")]


def _struck(group: GroupTold, line: Line) -> None:
    del _poll(group, line).ballots[_whole(line, "member")]


def _emptied(group: GroupTold, line: Line) -> None:
    """Whose words it was, and when they were said, is as before; what is left of them is sealed anew."""
    poll, key, seal = _poll(group, line), _whole(line, "key"), line["seal"]
    if line["what"] == "concern":
        poll.concerns[key].seal = seal
    else:
        marks = {"ballot": poll.ballots, "remark": poll.remarks, "review": poll.reviews, "revision": poll.words}
        marks[line["what"]][key] = marks[line["what"]][key]._replace(seal=seal)


def _remarked(group: GroupTold, line: Line) -> None:
    remarks, number = _poll(group, line).remarks, _whole(line, "remark")
    said = _mark(line)
    remarks[number] = remarks[number]._replace(seal=said.seal) if number in remarks else said


def _took_back(group: GroupTold, line: Line) -> None:
    del _poll(group, line).remarks[_whole(line, "remark")]


def _raised(group: GroupTold, line: Line) -> None:
    group.concerns += 1
    concern = ConcernTold(group.concerns, _mark(line), line["seal"])
    _poll(group, line).concerns[_whole(line, "concern")] = concern


def _answered(group: GroupTold, line: Line) -> None:
    concern = _poll(group, line).concerns[_whole(line, "concern")]
    concern.seal, concern.answered_by = line["seal"], line["by"]


def _resolved(group: GroupTold, line: Line) -> None:
    _poll(group, line).concerns[_whole(line, "concern")].resolved_at = _at(line)


def _stated(group: GroupTold, line: Line) -> None:
    _poll(group, line).statement = line["seal"]


def _planned(group: GroupTold, line: Line) -> None:
    _poll(group, line).review_at = datetime.fromisoformat(line["review_at"])


def _reviewed(group: GroupTold, line: Line) -> None:
    _poll(group, line).reviews[_whole(line, "by")] = _mark(line)


def _superseded(group: GroupTold, line: Line) -> None:
    _poll(group, line).supersedes.add(_whole(line, "earlier"))


_BY_EVENT: dict[type[Event], Callable[[GroupTold, Line], None]] = {
    events.MemberJoined: _role,
    events.RoleGiven: _role,
    events.MembersMerged: _merged,
    events.ProposalMade: _made,
    events.ProposalAmended: _amended,
    events.ProposalWithdrawn: _ended(Status.WITHDRAWN),
    events.PollOpened: _opened,
    events.RollChanged: _roll_changed,
    events.PollExtended: _extended,
    events.PollClosed: _ended(Status.CLOSED),
    events.StrawPollClosed: _straw_ended(Status.CLOSED),
    events.StrawPollWithdrawn: _straw_ended(Status.WITHDRAWN),
    events.BallotCast: _cast,
    events.BallotRetracted: _retracted,
    events.BallotStruck: _struck,
    events.WordsErased: _emptied,
    events.RemarkMade: _remarked,
    events.RemarkTakenBack: _took_back,
    events.ConcernRaised: _raised,
    events.ConcernAnswered: _answered,
    events.ConcernResolved: _resolved,
    events.StatementMade: _stated,
    events.ReviewPlanned: _planned,
    events.ReviewGiven: _reviewed,
    events.DecisionSuperseded: _superseded,
}

FOLLOWS = {event.__name__: follow for event, follow in _BY_EVENT.items()}
"""What follows from a line, by the event's name in it; of the others, nothing that could be checked."""
