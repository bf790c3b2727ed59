"""Spending: accounts that have no ballot of their own in a poll any more, as their person has, or had, one by another."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from decisions import seals
from decisions.model import Account, Ballot, Member, Person, Poll, Spent, Status
from storage import polling
from storage.work import Work


def going(work: Work, group_id: int, now: datetime) -> list[Poll]:
    """The polls of a group that are not over. One past its deadline is as good as closed."""
    return [one for one in polling.ahead(work, group_id) if one.status is Status.SCHEDULED or now < one.closes_at]


def spend(work: Work, person: Person, leaving: Iterable[Account], now: datetime) -> None:
    """Accounts leave a person: in no poll that is not over may a second ballot come of it.

    They have none there any more. Only where the person has no ballot, and nobody who could cast it stays behind, is
    one of them left out.
    """
    gone = list(leaving)
    for member in work.all(Member, person_id=person.id):
        if member.merged_into is None:
            for poll in going(work, member.group_id, now):
                _spend(work, poll, member, gone)


def _spend(work: Work, poll: Poll, member: Member, leaving: list[Account]) -> None:
    everyone = work.all(Account, person_id=member.person_id)
    free = [one for one in everyone if not is_spent(work, poll, one.platform, one.user)]
    spent = [one for one in free if one in leaving]
    voted = work.get(Ballot, poll_id=poll.id, member_id=member.id) is not None
    if spent == free and not voted:
        spent = spent[1:]
    work.put(*(Spent(poll_id=poll.id, mark=seals.of_account(poll, one.platform, one.user)) for one in spent))
    work.put(replace(poll, spent=poll.spent + len(spent)))


def is_spent(work: Work, poll: Poll, platform: str, user: str) -> bool:
    """Whether an account has no ballot of its own in a poll any more."""
    mark = seals.of_account(poll, platform, user)
    return bool(poll.spent) and work.get(Spent, poll_id=poll.id, mark=mark) is not None


def all_spent(work: Work, poll: Poll, accounts: Collection[Account]) -> bool:
    """Whether of these accounts, of which there are some, none has a ballot of its own in a poll any more."""
    return bool(accounts) and all(is_spent(work, poll, one.platform, one.user) for one in accounts)


def without_voice(work: Work, poll: Poll, members: Collection[int]) -> set[int]:
    """Those of a group's members who have no account left by which they could vote in a poll."""
    if not poll.spent:
        return set()
    found = set()
    for member_id in members:
        if all_spent(work, poll, work.all(Account, person_id=work.the(Member, id=member_id).person_id)):
            found.add(member_id)
    return found


def release(work: Work, poll: Poll) -> Poll:
    """A poll is over: nobody needs to be known to have had a ballot in it."""
    if poll.spent:
        work.drop(*work.all(Spent, poll_id=poll.id))
        poll = replace(poll, spent=0)
        work.put(poll)
    return poll
