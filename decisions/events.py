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
class RoomLeft(Event):
    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomGone(Event):
    """We were put out of it, or it is no more."""

    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChanged(Event):
    setting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersMerged(Event):
    """Two members turned out to be one person: `member` goes on as `into`."""

    member: int
    into: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLinked(Event):
    """Another account speaks for this member from now on."""

    member: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUnlinked(Event):
    member: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberErased(Event):
    """Their name, accounts and words are gone; what they voted is still counted."""

    member: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliateNamed(Event):
    """It came into being, or is named or described otherwise."""

    affiliate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliateWeighed(Event):
    affiliate: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAsked(Event):
    member: int
    affiliate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGiven(Event):
    """`seat` is the value of a Seat; `none`: they speak for it no more."""

    member: int
    affiliate: int
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingMade(Event):
    """A list of voters was brought in; `seal` is over its lines."""

    listing: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDropped(Event):
    listing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyNamed(Event):
    """`poll` 0: in every poll, until `until` (empty: until it is taken back)."""

    member: int
    proxy: int
    for_poll: int
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyEnded(Event):
    member: int
    for_poll: int


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
class RollChanged(PollEvent):
    """The electorate of an open poll is another one: `member` was added by two facilitators, or two members were merged.

    `roll` is the seal over it as it is now; empty for an open electorate.
    """

    member: int
    base: int
    roll: str
    second: int | None = None
    """The facilitator who agreed."""


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
class BallotStruck(PollEvent):
    """Of two ballots of one person the earlier was taken out; or one of theirs was, to be theirs by another number."""

    member: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotMoved(PollEvent):
    """Whoever cast it turned out to be `by`. It was said when it was said, and not now."""

    revision: int
    seal: str
    cast_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsErased(PollEvent):
    """The words of an erased person were taken out of what they had said; `seal` is over what is left.

    `what` is ballot (`key`: the member), remark, concern, review (the member) or revision (its number).
    """

    what: str
    key: int
    seal: str


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
