"""A group as people with accounts, polls as dicts: what linking, parting, forgetting and voting must come to, told simply."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.base import Verdict

DONE, REFUSED = Verdict.DONE, Verdict.REFUSED


@dataclass(eq=False)
class Person:
    """Whoever has these accounts. `since`: when they became a member; `rooms`: where they are known to be."""

    born: int
    accounts: set[str]
    since: datetime | None = None
    rooms: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Poll:
    """A poll; its ballots by person, as (stance, when, by which account). On a `roll` are people; None: it is open to all."""

    number: int
    opens: datetime
    closes: datetime
    on_roll: bool
    status: str = "scheduled"
    opened: datetime | None = None
    base: int = 0
    roll: set[Person] | None = None
    ballots: dict[Person, tuple[str, datetime, str]] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)

    def due(self) -> datetime | None:
        return {"scheduled": self.opens, "open": self.closes}.get(self.status)

    def going(self, now: datetime) -> bool:
        """Not over; past its deadline it is as good as closed."""
        return self.status == "scheduled" or self.takes_votes(now)

    def takes_votes(self, now: datetime) -> bool:
        return self.status == "open" and now < self.closes


class Group:
    """It begins with its facilitator; the others come by their accounts."""

    def __init__(self, now: datetime, facilitator: str) -> None:
        self.now = now
        self.facilitator = Person(0, {facilitator}, now, {platform(facilitator)})
        self.people: list[Person] = [self.facilitator]
        self.polls: list[Poll] = []
        self.born = 0

    def person(self, account: str) -> Person:
        """Whoever has an account; somebody new, if nobody has."""
        found = next((one for one in self.people if account in one.accounts), None)
        if found is None:
            self.born += 1
            found = Person(self.born, {account})
            self.people.append(found)
        return found

    def speaks(self, account: str) -> Person:
        """In the room of the account's platform."""
        person = self.person(account)
        person.since = person.since or self.now
        person.rooms.add(platform(account))
        return person

    # -- time ---------------------------------------------------------------------------------------------------------

    def pass_time(self, length: timedelta, *, looking: bool) -> None:
        until = self.now + length
        if looking:
            while due := [one for one in self.polls if (at := one.due()) is not None and at <= until]:
                first = min(due, key=lambda one: (one.due(), one.number))
                self.now = max(self.now, first.opens if first.status == "scheduled" else first.closes)
                (self._open if first.status == "scheduled" else self._close)(first)
        self.now = until

    def put(self, poll: Poll) -> None:
        self.polls.append(poll)
        if poll.opens <= self.now:
            self._open(poll)

    def close(self, poll: Poll) -> Verdict:
        if poll.status != "open":
            return REFUSED
        self._close(poll)
        return DONE

    def _open(self, poll: Poll) -> None:
        there = {one for one in self.people if one.rooms and one.since and one.accounts - poll.spent}
        poll.status, poll.opened, poll.base = "open", poll.opens, len(there)
        poll.roll = there if poll.on_roll else None

    def _close(self, poll: Poll) -> None:
        poll.status = "closed"

    def _close_if_all_have_voted(self, poll: Poll) -> None:
        if poll.roll is not None and 0 < poll.base <= len(poll.ballots):
            self._close(poll)

    # -- voting -------------------------------------------------------------------------------------------------------

    def vote(self, account: str, poll: Poll, stance: str, *, private: bool) -> Verdict:
        person = self.person(account) if private else self.speaks(account)
        if not poll.takes_votes(self.now) or account in poll.spent or not self._may_vote(person, poll):
            return REFUSED
        before = poll.ballots.get(person)
        if before is None or before[0] != stance:
            poll.ballots[person] = (stance, self.now, account)
            self._close_if_all_have_voted(poll)
        return DONE

    def retract(self, account: str, poll: Poll, *, private: bool) -> Verdict:
        person = self.person(account) if private else self.speaks(account)
        if not poll.takes_votes(self.now) or person not in poll.ballots:
            return REFUSED
        del poll.ballots[person]
        return DONE

    def _may_vote(self, person: Person, poll: Poll) -> bool:
        return person in poll.roll if poll.roll is not None else bool(person.rooms)

    # -- accounts -----------------------------------------------------------------------------------------------------

    def link(self, one: str, other: str) -> Verdict:
        """The one who is known for longer goes on."""
        lives, gone = sorted((self.person(one), self.person(other)), key=lambda each: each.born)
        if lives is gone:
            return REFUSED
        self.people.remove(gone)
        if gone.since is not None:
            if lives.since is None:
                lives.since, lives.rooms = gone.since, gone.rooms
                self._becomes(gone, lives)
            else:
                self._merge(gone, lives)
        lives.accounts |= gone.accounts
        return DONE

    def _becomes(self, gone: Person, lives: Person) -> None:
        """The member is the same as before."""
        for poll in self.polls:
            if gone in poll.ballots:
                poll.ballots[lives] = poll.ballots.pop(gone)
            if poll.roll is not None and gone in poll.roll:
                poll.roll = poll.roll - {gone} | {lives}

    def _merge(self, gone: Person, lives: Person) -> None:
        assert gone.since is not None
        assert lives.since is not None
        latest, both_there = max(gone.since, lives.since), bool(gone.rooms and lives.rooms)
        for poll in self.polls:
            if poll.status == "open" and not poll.takes_votes(self.now):
                self._close(poll)  # what was due is done first
        for poll in self.polls:
            if poll.takes_votes(self.now):
                if poll.roll is None:
                    mute = any(not (one.accounts - poll.spent) and one not in poll.ballots for one in (lives, gone))
                    poll.base -= both_there and latest <= poll.opens and not mute
                elif gone in poll.roll:
                    poll.base -= lives in poll.roll
                    poll.roll = poll.roll - {gone} | {lives}
                self._merge_ballots(poll, gone, lives)
                self._close_if_all_have_voted(poll)
        lives.since = min(gone.since, lives.since)
        lives.rooms |= gone.rooms

    def _merge_ballots(self, poll: Poll, gone: Person, lives: Person) -> None:
        mine, theirs = poll.ballots.get(lives), poll.ballots.pop(gone, None)
        if theirs is not None and (mine is None or mine[1] < theirs[1]):
            poll.ballots[lives] = theirs  # said when it was said

    def unlink(self, account: str) -> Verdict:
        person = self.person(account)
        if len(person.accounts) == 1:
            return REFUSED
        self._spend(person, {account})
        person.accounts.remove(account)
        person.rooms.discard(platform(account))  # until they speak there: who was let in may have been the other
        self.person(account)
        return DONE

    def forget(self, account: str) -> None:
        person = self.person(account)
        self._spend(person, set(person.accounts))
        person.accounts, person.rooms = set(), set()
        self.people.remove(person)

    def _spend(self, person: Person, leaving: set[str]) -> None:
        """As many as leave without a ballot of their own; one has it still where nobody else could cast it."""
        for poll in self.polls:
            if poll.going(self.now) and person.since is not None:
                free = person.accounts - poll.spent
                spent = free & leaving
                if spent == free and person not in poll.ballots:
                    spent -= {min(spent, key=lambda one: tuple(reversed(one.split("@"))))} if spent else set()
                poll.spent |= spent


def platform(account: str) -> str:
    return account.partition("@")[2]
