"""Lists of voters brought in from outside: what a line may say, and what is kept of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decisions import seals
from decisions.change import Change
from decisions.events import ListingDropped, ListingMade
from decisions.model import Listed, Listing
from decisions.refusals import ListInUse

NAME, NOTE = 60, 200
"""How long they may be."""

MOST_BYTES = 1_000_000
MOST_LINES = 5000
MOST_TOLD = 20
"""How many bad lines are named; a number stands for the rest."""

COLUMNS = ("account", "affiliate", "weight", "note")


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it was written. `number`: which line of the text it begins on."""

    number: int
    account: str
    affiliate: str = ""
    weight: int = 1
    note: str = ""


def made(listing: Listing, before: Sequence[Listed], lines: Sequence[Listed], *, by: int | None) -> Change:
    """Keep a list in the place of what stood under its name before."""
    ordered = sorted(lines, key=lambda one: one.member_id)
    sealed = ListingMade(by=by, listing=listing.id, seal=seals.of_listing(listing.salt, ordered))
    kept = {one.member_id for one in lines}
    gone = tuple(one for one in before if one.member_id not in kept)
    return Change(puts=(listing, *lines), drops=gone, events=(sealed,))


def dropped(listing: Listing, lines: Sequence[Listed], *, by: int | None, used_in: Iterable[str]) -> Change:
    """Let a list go. One by which a poll names its voters stays, so that it can be said which list that was."""
    used = tuple(used_in)
    if used:
        raise ListInUse(listing.name, used)
    return Change(drops=(*lines, listing), events=(ListingDropped(by=by, listing=listing.id),))


def roll_of(listing: Listing) -> str:
    """How a poll says that its roll is this list."""
    return f"list:{listing.id}"
