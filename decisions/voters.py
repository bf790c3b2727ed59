"""Who may vote: the lines of a roll and what is wished of it, who speaks for whom, and lists that rolls are made from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """One line of a roll: this member may vote in this poll, for this affiliate, as these stood when it opened."""

    poll_id: int
    member_id: int
    affiliate_id: int | None = None
    region: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A facilitator wants a member added to the roll of an open poll; a second one has to agree."""

    poll_id: int
    member_id: int
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """An account that has no ballot of its own in an open poll, as its person has, or had, one by another account.

    `mark` is `seals.of_account`: after the person is erased nobody can read from it whose it was without the poll's salt.
    Let go of when the poll closes.
    """

    poll_id: int
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A member lets another's ballot count for both, in one poll (`poll_id`) or, as 0, in all until a date."""

    member_id: int
    poll_id: int
    proxy_id: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of voters that was brought in from outside, by the name under which polls use it."""

    id: int
    group_id: int
    name: str
    by: int | None
    """The member who brought it in; None: the command line."""
    at: datetime
    salt: str = ""
    """Keeps the sealed lines from being guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of such a list."""

    listing_id: int
    member_id: int
    affiliate_id: int | None = None
    weight: int = 1
    note: str = ""
