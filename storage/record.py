"""Records: all there is to say about a poll, put together from every table that knows something of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from decisions import counting, polls, rolls
from decisions.counting import Pairs
from decisions.events import PollClosed, ProposalWithdrawn, StrawPollClosed, StrawPollWithdrawn
from decisions.model import (
    Affiliate,
    Ballot,
    Concern,
    Group,
    Listing,
    Outcome,
    Poll,
    Remark,
    Review,
    Revision,
    Status,
    Supersedes,
    Voter,
)
from storage import attending
from storage.electing import proxies_in, roll_of
from storage.finding import named
from storage.learning import of_poll
from storage.tables import Journal, table
from storage.work import Work

CLOSING = (PollClosed, StrawPollClosed, ProposalWithdrawn, StrawPollWithdrawn)


@dataclass(frozen=True, kw_only=True)
class Record:
    """All there is to say about a poll: what the cards, `show` and the exports are made from."""

    group: Group
    poll: Poll
    revisions: Sequence[Revision]
    ballots: Sequence[Ballot]
    remarks: Sequence[Remark]
    concerns: Sequence[Concern]
    reviews: Sequence[Review]
    supersedes: Sequence[Poll]
    superseded_by: Sequence[Poll]
    roll: Sequence[Voter]
    """Of an open electorate, none."""
    proxies: Pairs
    """(member, proxy): in force while it is open; of what is closed, those that counted."""
    affiliates: dict[int, Affiliate]
    """Those on the roll, and those that were not heard, by id."""
    listing: str
    """The name of the list that the roll was made from, if that is still there."""
    people: dict[int, tuple[str, str]]
    """Member id -> (name, affiliate), of everyone in it; of those who are only on the roll, where it was asked for whole."""
    closing: str
    """The hash of the journal line that closed it; empty before."""
    unheard: tuple[str, ...] = ()
    """While it is open: the affiliates in its electorate that are not heard yet, and, where there are any, how many people."""
    missing: int = 0
    lesson: str = ""
    """The id of the lesson that its reviews made: `L-4`; empty: none did, or it was withdrawn."""

    @property
    def words(self) -> Revision:
        """The words as they stand."""
        return self.revisions[-1]

    @cached_property
    def stands(self) -> Outcome:
        """What the poll comes to as it stands; counted once for all who show it."""
        return counting.outcome(self.poll, self.ballots, self.roll, self.proxies)

    def name(self, member_id: int) -> str:
        """What a member is called."""
        return self.people[member_id][0]


def record(work: Work, poll: Poll, now: datetime | None = None, *, whole: bool = False) -> Record:
    """All there is to say about a poll. `now`: whose proxies are in force then; `whole`: with the names on its roll."""
    ballots = work.all(Ballot, poll_id=poll.id)
    ballots.sort(key=lambda one: (one.at, one.member_id))
    remarks = work.all(Remark, poll_id=poll.id)
    concerns = work.all(Concern, poll_id=poll.id)
    reviews = work.all(Review, poll_id=poll.id)
    revisions = work.all(Revision, poll_id=poll.id)
    ids = {poll.by, *(one.by for one in revisions), *(one.member_id for one in ballots)}
    ids |= {one.by for one in concerns} | {one.answered_by for one in concerns if one.answered_by is not None}
    ids |= {one.member_id for one in reviews} | {one.by for one in remarks}
    roll, proxies = roll_of(work, poll), _proxies(work, poll, now)
    ids |= {one for pair in proxies for one in pair} | ({one.member_id for one in roll} if whole else set())
    counted = {one.member_id for one in ballots if polls.counts(poll, one)}
    counted |= {member for member, proxy in proxies if proxy in counted}
    unheard, missing = attending.unheard(work, poll, counted)
    lesson = of_poll(work, poll.id) if reviews else None
    return Record(
        group=work.the(Group, id=poll.group_id),
        poll=poll,
        revisions=revisions,
        ballots=ballots,
        remarks=remarks,
        concerns=concerns,
        reviews=reviews,
        supersedes=_polls(work, [one.earlier_id for one in work.all(Supersedes, poll_id=poll.id)]),
        superseded_by=_polls(work, [one.poll_id for one in work.all(Supersedes, earlier_id=poll.id)]),
        roll=roll,
        proxies=proxies,
        affiliates=_affiliates(work, poll, roll),
        listing=_listing(work, poll),
        people=named(work, ids),
        closing=_closing(work, poll),
        lesson=lesson.ref if lesson else "",
        unheard=unheard,
        missing=missing,
    )


def _proxies(work: Work, poll: Poll, now: datetime | None) -> Pairs:
    if poll.outcome is not None:
        return poll.outcome.proxies
    return proxies_in(work, poll, now) if now is not None and poll.status is Status.OPEN else ()


def _affiliates(work: Work, poll: Poll, roll: Sequence[Voter]) -> dict[int, Affiliate]:
    unheard = poll.outcome.unheard if poll.outcome else ()
    if not unheard and not counting.affiliates(roll):
        return {}
    return {one.id: one for one in work.all(Affiliate, group_id=poll.group_id)}


def _listing(work: Work, poll: Poll) -> str:
    if not poll.roll.startswith(rolls.LIST):
        return ""
    found = work.get(Listing, id=int(poll.roll.removeprefix(rolls.LIST)))
    return found.name if found else ""


def _polls(work: Work, ids: Sequence[int]) -> list[Poll]:
    return [poll for poll in (work.get(Poll, id=one) for one in ids) if poll is not None]


def _closing(work: Work, poll: Poll) -> str:
    if poll.closed_at is None:
        return ""
    lines = table(Journal)
    closing = lines.c.event.in_([one.__name__ for one in CLOSING])
    return work.connection.execute(select(lines.c.hash).where(lines.c.poll_id == poll.id, closing)).scalar() or ""
