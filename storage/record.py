"""Records: all there is to say about a poll, put together from every table that knows something of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from decisions import polls
from decisions.events import PollClosed, ProposalWithdrawn, StrawPollClosed, StrawPollWithdrawn
from decisions.model import Ballot, Concern, Group, Poll, Remark, Review, Revision, Supersedes
from storage import attending
from storage.finding import named
from storage.tables import Journal, table
from storage.work import Work

CLOSING = (PollClosed, StrawPollClosed, ProposalWithdrawn, StrawPollWithdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
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
    people: dict[int, tuple[str, str]]
    """Member id -> (name, affiliate), of everyone in it."""
    closing: str
    """The hash of the journal line that closed it; empty before."""
    unheard: tuple[str, ...] = ()
    """While it is open: the affiliates in its electorate that are not heard yet, and, where there are any, how many people."""
    missing: int = 0

    @property
    def words(self) -> Revision:
        """The words as they stand."""
        return self.revisions[-1]

    def name(self, member_id: int) -> str:
        """What a member is called."""
        return self.people[member_id][0]


def record(work: Work, poll: Poll) -> Record:
    """All there is to say about a poll."""
    ballots = work.all(Ballot, poll_id=poll.id)
    ballots.sort(key=lambda one: (one.at, one.member_id))
    remarks = work.all(Remark, poll_id=poll.id)
    concerns = work.all(Concern, poll_id=poll.id)
    reviews = work.all(Review, poll_id=poll.id)
    revisions = work.all(Revision, poll_id=poll.id)
    ids = {poll.by, *(one.by for one in revisions), *(one.member_id for one in ballots)}
    ids |= {one.by for one in concerns} | {one.answered_by for one in concerns if one.answered_by is not None}
    ids |= {one.member_id for one in reviews} | {one.by for one in remarks}
    counted = {one.member_id for one in ballots if polls.counts(poll, one)}
    unheard, missing = attending.unheard(work, poll, counted)
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
        people=named(work, ids),
        closing=_closing(work, poll),
        unheard=unheard,
        missing=missing,
    )


def _polls(work: Work, ids: Sequence[int]) -> list[Poll]:
    return [poll for poll in (work.get(Poll, id=one) for one in ids) if poll is not None]


def _closing(work: Work, poll: Poll) -> str:
    if poll.closed_at is None:
        return ""
    lines = table(Journal)
    closing = lines.c.event.in_([one.__name__ for one in CLOSING])
    return work.connection.execute(select(lines.c.hash).where(lines.c.poll_id == poll.id, closing)).scalar() or ""
