"""What happened, in the past tense: ids and seals alone, never names, words or marks, so that it can be published."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`by` is the member who did it; None: the clock, or the command line."""

    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollEvent(Event):
    poll: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMade(Event):
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomJoined(Event):
    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(Event):
    member: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(Event):
    member: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMade(PollEvent):
    """Revision 1 was put; `seal` is over its words, `terms` over how it is decided."""

    seal: str
    terms: str
    closes_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAmended(PollEvent):
    revision: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalWithdrawn(PollEvent):
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened(PollEvent):
    base: int
    roll: str
    """Seal over the ids of the roll; empty for an open electorate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollExtended(PollEvent):
    closes_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed(PollEvent):
    """`seal` is over the outcome."""

    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrawPollClosed(PollEvent):
    """A poll that decides nothing was counted."""

    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrawPollWithdrawn(PollEvent):
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCast(PollEvent):
    revision: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRetracted(PollEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkMade(PollEvent):
    """Said, or, where the same remark was said before, said in other words."""

    remark: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkTakenBack(PollEvent):
    remark: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernRaised(PollEvent):
    concern: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernAnswered(PollEvent):
    concern: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernResolved(PollEvent):
    concern: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMade(PollEvent):
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlanned(PollEvent):
    review_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGiven(PollEvent):
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSuperseded(PollEvent):
    earlier: int
