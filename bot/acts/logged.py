"""The log: everything that changed who may do what in a group, from its journal, the newest first, each with its author."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.base import Answer, Button, Rows, Verdict
from bot import pieces, references
from bot.turn import Standing, Turn
from decisions import events
from decisions.events import Event
from decisions.model import Affiliate, Listing, Poll, Room
from decisions.refusals import UnknownButton, UnknownReference
from storage import finding, journal
from storage.journal import Asked

PAGE = 12
"""How many lines one answer has."""

MOST_PAGES = 100_000
BY_NOBODY = '"by":null'
NO_ROLL = '"roll":""'

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What the lines of a page name, looked up once."""

    turn: Turn
    group_id: int
    people: Mapping[int, tuple[str, str]]

    def member(self, line: Line, field: str) -> str:
        """Somebody by name; whoever is not known by one any more was forgotten."""
        return self.people.get(line[field], ("", ""))[0] or self.turn.reader.say("log-forgotten")

    def role(self, line: Line, field: str) -> str:
        return self.turn.reader.say(f"role-{line[field]}")

    def seat(self, line: Line, field: str) -> str:
        return self.turn.reader.say(f"log-as-{line[field]}")

    def poll(self, line: Line, field: str) -> str:
        return self.turn.work.the(Poll, id=line[field]).ref

    def polls(self, line: Line, field: str) -> str:
        return self.poll(line, field) if line[field] else self.turn.reader.say("log-every-poll")

    def room(self, line: Line, field: str) -> str:
        found = self.turn.work.get(Room, id=line[field])
        return pieces.room(found) if found else "–"

    def affiliate(self, line: Line, field: str) -> str:
        found = self.turn.work.get(Affiliate, id=line[field])
        return found.name if found else "–"

    def listing(self, line: Line, field: str) -> str:
        found = self.turn.work.get(Listing, id=line[field])
        return found.name if found else "–"

    def at(self, line: Line, field: str) -> datetime:
        return datetime.fromisoformat(line[field])

    def plain(self, line: Line, field: str) -> object:
        return line[field]


Shows = Callable[[Told, Line, str], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event that is shown: its text, and what stands in it, each by the field it is read from."""

    event: type[Event]
    key: str
    stands: tuple[tuple[str, Shows], ...] = ()
    unless: str | None = None
    """Lines that say this changed nobody's rights: what the clock does, a poll without a roll."""


POLL, MEMBER = ("poll", Told.poll), ("member", Told.member)
AFFILIATE = ("affiliate", Told.affiliate)

KINDS = (
    Kind(events.GroupMade, "log-group-made"),
    Kind(events.RoomJoined, "log-room-joined", (("room", Told.room),)),
    Kind(events.RoomLeft, "log-room-left", (("room", Told.room),)),
    Kind(events.RoomGone, "log-room-gone", (("room", Told.room),)),
    Kind(events.MemberJoined, "log-member-joined", (MEMBER, ("role", Told.role))),
    Kind(events.RoleGiven, "log-role-given", (MEMBER, ("role", Told.role))),
    Kind(events.SettingChanged, "log-setting-changed", (("setting", Told.plain),)),
    Kind(events.MembersMerged, "log-members-merged", (("into", Told.member),)),
    Kind(events.AccountLinked, "log-account-linked", (MEMBER,)),
    Kind(events.AccountUnlinked, "log-account-unlinked", (MEMBER,)),
    Kind(events.MemberErased, "log-member-erased"),
    Kind(events.AffiliateNamed, "log-affiliate-named", (AFFILIATE,)),
    Kind(events.AffiliateWeighed, "log-affiliate-weighed", (AFFILIATE, ("weight", Told.plain))),
    Kind(events.SeatAsked, "log-seat-asked", (MEMBER, AFFILIATE)),
    Kind(events.SeatGiven, "log-seat-given", (MEMBER, AFFILIATE, ("seat", Told.seat))),
    Kind(events.ListingMade, "log-listing-made", (("listing", Told.listing),)),
    Kind(events.ListingDropped, "log-listing-dropped", (("listing", Told.listing),)),
    Kind(events.ProxyNamed, "log-proxy-named", (MEMBER, ("proxy", Told.member), ("for_poll", Told.polls))),
    Kind(events.ProxyEnded, "log-proxy-ended", (MEMBER, ("for_poll", Told.polls))),
    Kind(events.PollOpened, "log-poll-opened", (POLL, ("base", Told.plain)), unless=NO_ROLL),
    Kind(events.RollChanged, "log-roll-changed", (POLL, MEMBER, ("base", Told.plain))),
    Kind(events.PollExtended, "log-poll-extended", (POLL, ("closes_at", Told.at))),
    Kind(events.PollClosed, "log-poll-closed", (POLL,), unless=BY_NOBODY),
    Kind(events.StrawPollClosed, "log-straw-poll-closed", (POLL,), unless=BY_NOBODY),
    Kind(events.ProposalWithdrawn, "log-proposal-withdrawn", (POLL,)),
    Kind(events.StrawPollWithdrawn, "log-straw-poll-withdrawn", (POLL,)),
    Kind(events.BallotStruck, "log-ballot-struck", (POLL, MEMBER)),
)
"""Everything that changes rights, and what cuts a poll short. What is not here, nobody can do to another."""

BY_NAME = {one.event.__name__: one for one in KINDS}
ASKED: tuple[Asked, ...] = tuple((one.event, one.unless) for one in KINDS)


def log(turn: Turn, given: str) -> Answer:
    """`log`, `log 2`: the group's; `log P-7`, `log P-7 2`: one poll's."""
    found = references.named(turn, given)
    standing, poll_id, rest = (found[0], found[1].id, found[2]) if found else (turn.here(), 0, given.strip())
    if rest and not (rest.isdecimal() and rest.isascii()):
        raise UnknownReference(rest[:40])
    return _page(turn, standing, min(int(rest[:6] or 1), MOST_PAGES), poll_id)


def pressed(turn: Turn, group_id: int, page: int, poll_id: int) -> Answer:
    """A press on another page."""
    for standing in turn.standings:
        if standing.group.id == group_id:
            return _page(turn, standing, min(page, MOST_PAGES), poll_id)
    raise UnknownButton


def _page(turn: Turn, standing: Standing, page: int, poll_id: int) -> Answer:
    page, group = max(page, 1), standing.group
    where = (turn.work.connection, group.id, ASKED, poll_id or None)
    whole, lines = journal.told(*where, start=(page - 1) * PAGE, most=PAGE)
    pages = max(1, -(-whole // PAGE))
    if page > pages:
        return _page(turn, standing, pages, poll_id)
    told = Told(turn, group.id, finding.named(turn.work, _members(lines)))
    said = [turn.reader.say("log-heading", group.name, page, pages), *(_said(told, one) for one in lines)]
    said += [turn.reader.say("log-next", page + 1)] if page < pages else []
    text = "\n".join([*said, turn.reader.say("log-footer")])
    return Answer(Verdict.DONE, text, _buttons(group.id, page, pages, poll_id), looked=True)


def _members(lines: list[dict[str, object]]) -> set[int]:
    named = (line.get(field) for line in lines for field in ("by", "member", "into", "proxy", "second"))
    return {one for one in named if isinstance(one, int)}


def _said(told: Told, line: Line) -> str:
    kind, reader = BY_NAME[line["event"]], told.turn.reader
    said = reader.say(kind.key, *(show(told, line, field) for field, show in kind.stands))
    at = told.at(line, "at")
    if line.get("second") is not None:
        return reader.say("log-line-by-two", at, said, told.member(line, "by"), told.member(line, "second"))
    if line["by"] is None:
        return reader.say("log-line", at, said)
    return reader.say("log-line-by", at, said, told.member(line, "by"))


def _buttons(group_id: int, page: int, pages: int, poll_id: int) -> Rows:
    of = f"={poll_id}" if poll_id else ""
    near = ((f"‹ {page - 1}", page - 1), (f"{page + 1} ›", page + 1))
    row = tuple(Button(label, f"log{group_id}:{one}{of}") for label, one in near if 1 <= one <= pages)
    return (row,) if row else ()
