"""Replay: what the lines of a group's journal, one after another, say must be there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from decisions import events, proxies
from decisions.affiliates import ASKING
from decisions.events import Event
from decisions.model import Proxy, Role, Seat, Status
from storage import replay_learned, replay_meetings
from storage.replay_learned import LearnedTold
from storage.replay_meetings import MeetingsTold
from storage.told import ConcernTold, Mark, PollTold

Line = Mapping[str, Any]


@dataclass(slots=True)
class GroupTold:
    """A group, as its journal knows it."""

    roles: dict[int, str] = field(default_factory=dict)
    rooms: set[int] = field(default_factory=set)
    """Those that joined and have not left."""
    erased: set[int] = field(default_factory=set)
    affiliates: dict[int, int] = field(default_factory=dict)
    """What each weighs."""
    seats: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Member -> for which affiliate, and which; whoever has only asked has a Seat.ASKED."""
    lists: dict[int, str] = field(default_factory=dict)
    """The seals over lists of voters."""
    polls: dict[int, PollTold] = field(default_factory=dict)
    proxies: dict[tuple[int, int], Proxy] = field(default_factory=dict)
    """By member and poll; those of a poll end with it."""
    merged: dict[int, int] = field(default_factory=dict)
    """Member -> whom they turned out to be."""
    gone: set[int] = field(default_factory=set)
    """Members that turned out to be others, or were erased: what was named by them, or in their name, may be gone."""
    decisions: int = 0
    concerns: int = 0
    meetings: MeetingsTold = field(default_factory=MeetingsTold)
    learned: LearnedTold = field(default_factory=LearnedTold)

    def take(self, line: Line) -> None:
        """Go on by one line. Raises KeyError, TypeError or ValueError where it says what cannot have happened."""
        name = line["event"]
        if name in FOLLOWS:
            FOLLOWS[name](self, line)
        elif name in replay_meetings.FOLLOWS:
            replay_meetings.FOLLOWS[name](self.meetings, line)
        elif name in replay_learned.FOLLOWS:
            replay_learned.FOLLOWS[name](self.learned, line)


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


def _room_joined(group: GroupTold, line: Line) -> None:
    group.rooms.add(_whole(line, "room"))


def _room_left(group: GroupTold, line: Line) -> None:
    group.rooms.remove(_whole(line, "room"))


def _erased(group: GroupTold, line: Line) -> None:
    group.erased.add(_whole(line, "member"))
    _gone(group, line)


def _named(group: GroupTold, line: Line) -> None:
    group.affiliates.setdefault(_whole(line, "affiliate"), 1)


def _weighed(group: GroupTold, line: Line) -> None:
    group.affiliates[_whole(line, "affiliate")] = _whole(line, "weight")


def _asked(group: GroupTold, line: Line) -> None:
    group.seats[_whole(line, "member")] = (_whole(line, "affiliate"), Seat.ASKED.value)


def _seated(group: GroupTold, line: Line) -> None:
    member, seat = _whole(line, "member"), Seat(line["seat"])
    group.seats[member] = (_whole(line, "affiliate"), Seat.ASKED.value if seat in ASKING else seat.value)
    if seat is Seat.NONE:
        del group.seats[member]


def _listed(group: GroupTold, line: Line) -> None:
    group.lists[_whole(line, "listing")] = line["seal"]


def _unlisted(group: GroupTold, line: Line) -> None:
    del group.lists[_whole(line, "listing")]


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


def _proxy_named(group: GroupTold, line: Line) -> None:
    until = datetime.fromisoformat(line["until"]) if line["until"] else None
    member, poll = _whole(line, "member"), _whole(line, "for_poll")
    proxy = _whole(line, "proxy")
    group.proxies[member, poll] = Proxy(member_id=member, poll_id=poll, proxy_id=proxy, until=until)


def _proxy_ended(group: GroupTold, line: Line) -> None:
    del group.proxies[_whole(line, "member"), _whole(line, "for_poll")]


def _gone(group: GroupTold, line: Line) -> None:
    group.gone.add(_whole(line, "member"))


def _merged(group: GroupTold, line: Line) -> None:
    member, into = _whole(line, "member"), _whole(line, "into")
    earlier = (one for one, to in group.merged.items() if to == member)
    group.merged |= dict.fromkeys((member, *earlier), into)
    _gone(group, line)


def _no_more_proxies(group: GroupTold, line: Line) -> None:
    """A poll closes: what is in force then is counted, and what was said of it alone is over."""
    poll, key = _poll(group, line), _whole(line, "poll")
    poll.proxies = proxies.pairs(key, group.proxies.values(), min(_at(line), poll.closes_at))
    for member, of in [one for one in group.proxies if one[1] == key]:
        del group.proxies[member, of]


def _ended(status: Status) -> Callable[[GroupTold, Line], None]:
    def follow(group: GroupTold, line: Line) -> None:
        poll = _poll(group, line)
        group.decisions += 1
        _no_more_proxies(group, line)
        poll.status, poll.closing, poll.decision = status, _mark(line), group.decisions

    return follow


def _straw_ended(status: Status) -> Callable[[GroupTold, Line], None]:
    def follow(group: GroupTold, line: Line) -> None:
        poll = _poll(group, line)
        _no_more_proxies(group, line)
        poll.status, poll.closing = status, _mark(line)

    return follow


def _cast(group: GroupTold, line: Line) -> None:
    _poll(group, line).ballots[_whole(line, "by")] = _mark(line)


def _moved(group: GroupTold, line: Line) -> None:
    _poll(group, line).ballots[_whole(line, "by")] = _mark(line)._replace(at=_at(line, "cast_at"))


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
    events.RoomJoined: _room_joined,
    events.RoomLeft: _room_left,
    events.MemberJoined: _role,
    events.RoleGiven: _role,
    events.ProxyNamed: _proxy_named,
    events.ProxyEnded: _proxy_ended,
    events.MemberErased: _erased,
    events.MembersMerged: _merged,
    events.AffiliateNamed: _named,
    events.AffiliateWeighed: _weighed,
    events.SeatAsked: _asked,
    events.SeatGiven: _seated,
    events.ListingMade: _listed,
    events.ListingDropped: _unlisted,
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
    events.BallotMoved: _moved,
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
