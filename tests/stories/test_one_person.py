"""One person, one ballot: whatever accounts do, link, part, vote here and there, are forgotten and come back."""

import asyncio
from collections.abc import Awaitable
from contextlib import ExitStack, closing
from datetime import timedelta
from itertools import combinations, count
from random import Random

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from adapters.base import Answer, Verdict
from decisions import model as kept
from storage import finding, spending
from storage.store import Store
from storage.verify import verify
from storage.work import Work
from tests.conftest import NewDatabase
from tests.stories.accounts import Accounts
from tests.stories.histories import Machine, play
from tests.stories.one_person_model import Group, Poll

FACILITATOR = "fay@matrix"
HUMANS = ("ada", "bob", "cyd")
PLATFORMS = ("matrix", "telegram")
ACCOUNTS = tuple(f"{one}@{platform}" for one in HUMANS for platform in PLATFORMS)
MOST_POLLS = 4
STEP = timedelta(minutes=1)

accounts = st.sampled_from(ACCOUNTS)
humans = st.sampled_from(HUMANS)
numbers = st.integers(0, MOST_POLLS - 1)
stances = st.sampled_from(["agree", "abstain", "disagree"])
hours = st.sampled_from([1, 5, 30])


class OnePerson(Machine):
    """What accounts do, here and in the model, one minute after another."""

    def __init__(self) -> None:
        super().__init__()
        self.ending = ExitStack()
        self.loop = self.ending.enter_context(asyncio.Runner())
        self.store = self.ending.enter_context(closing(Store(self.ending.enter_context(self.new_database("sqlite")))))
        self.chats = Accounts(self.store)
        self.model = Group(self.chats.house.now, FACILITATOR)
        self.together: dict[int, set[frozenset[str]]] = {}
        """By poll: which accounts were one member's while it was not over."""
        self.keys = count(1)
        self.run(self.chats.say(FACILITATOR, "hello"))

    def teardown(self) -> None:
        try:
            with self.store.reading() as work:
                assert verify(work) == []
        finally:
            self.loop.run(self.chats.house.app.close())
            self.ending.close()

    # -- what they do -------------------------------------------------------------------------------------------------

    @initialize(linked=st.sets(humans), on_roll=st.booleans())
    def begin(self, linked: set[str], on_roll: bool) -> None:
        """Everybody has spoken on both platforms, some are linked, and a poll is open."""
        for one in ACCOUNTS:
            self.speaks(one)
        for human in sorted(linked):
            self.links(f"{human}@matrix", f"{human}@telegram")
        self.puts(30, 0, on_roll)

    @rule(one=accounts)
    def speaks(self, one: str) -> None:
        self.run(self.chats.say(one, "hello"))
        self.model.speaks(one)
        self.minute()

    @rule(human=humans, first=st.sampled_from(PLATFORMS))
    def links_their_own(self, human: str, first: str) -> None:
        second = next(one for one in PLATFORMS if one != first)
        self.links(f"{human}@{first}", f"{human}@{second}")

    @rule(one=accounts, other=accounts)
    def links(self, one: str, other: str) -> None:
        """Whoever it is; each step comes in twice."""
        if one == other:
            return
        self.model.person(one)
        answer = self.twice(one, "link")
        code = answer.text.removeprefix("Your code is ").partition(",")[0]
        self.model.person(other)
        expected = Verdict.REFUSED if self.model.person(one) is self.model.person(other) else Verdict.DONE
        assert self.twice(other, f"link {code}").verdict is expected
        if expected is Verdict.DONE:
            self.twice(one, "link yes")
            assert self.twice(other, "link yes").verdict is self.model.link(one, other)
        self.minute()

    @rule(one=accounts, other=accounts, last=st.sampled_from(["link no", "link", "unlink"]))
    def begins_to_link(self, one: str, other: str, last: str) -> None:
        """And goes no further than one yes."""
        self.model.person(one)
        self.model.person(other)
        self.run(self.chats.type_code(one, other))
        self.run(self.chats.whisper(one, "link yes"))
        self.run(self.chats.whisper(other, last))
        self.minute()

    @rule(one=accounts)
    def unlinks(self, one: str) -> None:
        user, _, platform = one.partition("@")
        expected = self.model.unlink(one)
        assert self.twice(one, f"unlink {platform} {user}").verdict is expected
        self.minute()

    @rule(one=accounts)
    def is_forgotten(self, one: str) -> None:
        self.model.person(one)
        self.run(self.chats.whisper(one, "help"))
        self.chats.forget(one)
        self.model.forget(one)
        self.minute()

    @rule(one=accounts, number=numbers, stance=stances, private=st.booleans())
    def votes(self, one: str, number: int, stance: str, private: bool) -> None:
        self.votes_in(self.poll(number), one, stance, private)

    def votes_in(self, poll: Poll, one: str, stance: str, private: bool) -> None:
        say = self.chats.whisper if private else self.chats.say
        answer = self.run(say(one, f"/vote P-{poll.number} {stance} because"))
        assert answer.verdict is self.model.vote(one, poll, stance, private=private), answer.text
        self.minute()

    @rule(human=humans, number=numbers, stances=st.tuples(stances, stances), private=st.booleans())
    def votes_on_both_sides(self, human: str, number: int, stances: tuple[str, str], private: bool) -> None:
        for platform, stance in zip(PLATFORMS, stances, strict=True):
            self.votes(f"{human}@{platform}", number, stance, private)

    @rule(one=accounts, number=numbers, private=st.booleans())
    def retracts(self, one: str, number: int, private: bool) -> None:
        poll = self.poll(number)
        answer = self.run((self.chats.whisper if private else self.chats.say)(one, f"/retract P-{poll.number}"))
        assert answer.verdict is self.model.retract(one, poll, private=private), answer.text
        self.minute()

    @rule(human=humans, number=numbers, dice=st.randoms(use_true_random=True), rolls=st.integers(3, 7))
    def is_busy(self, human: str, number: int, dice: Random, rolls: int) -> None:
        """One human, much at once in one poll; what is drawn one by one is seldom about the same."""
        mine = [f"{human}@{platform}" for platform in PLATFORMS]
        for _ in range(rolls):
            one, other = dice.sample(mine, 2)
            match dice.randrange(9):
                case 0 | 1:
                    self.links(one, other)
                case 2:
                    self.unlinks(one)
                case 3:
                    self.is_forgotten(one)
                case 4:
                    self.links(one, dice.choice(ACCOUNTS))
                case _:
                    self.votes(one, number, dice.choice(["agree", "disagree"]), private=False)

    # -- polls and time -----------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.model.polls) < MOST_POLLS)
    @rule(lasts=hours, later=st.sampled_from([0, 0, 2]), on_roll=st.booleans())
    def puts(self, lasts: int, later: int, on_roll: bool) -> None:
        opens = self.model.now + timedelta(hours=later)
        poll = Poll(len(self.model.polls) + 1, opens, opens + timedelta(hours=lasts), on_roll)
        terms = f"--by majority --for {lasts}h" + " --roll everyone" * on_roll
        terms += f" --from {opens.isoformat()}" if later else ""
        self.run(self.chats.say(FACILITATOR, f"!propose {terms} Idea {poll.number}"))
        self.model.put(poll)
        self.minute()
        self.votes_in(poll, FACILITATOR, "agree", private=False)  # so that a roll waits for the others alone

    @rule(number=numbers)
    def closes(self, number: int) -> None:
        poll = self.poll(number)
        answer = self.run(self.chats.say(FACILITATOR, f"!close P-{poll.number}"))
        assert answer.verdict is self.model.close(poll), answer.text
        self.minute()

    @rule(length=hours, looking=st.booleans())
    def time_passes(self, length: int, looking: bool) -> None:
        self.pass_time(timedelta(hours=length), looking=looking)

    # -- what holds after every step ----------------------------------------------------------------------------------

    @invariant()
    def the_database_agrees(self) -> None:
        with self.store.reading() as work:
            for poll, one in zip(work.all(kept.Poll), self.model.polls, strict=True):
                ballots = work.all(kept.Ballot, poll_id=poll.id)
                assert (poll.status, poll.base) == (one.status, one.base)
                assert len(ballots) == poll.turnout == len(one.ballots)
                said = {_person(work, ballot): next(iter(ballot.marks)) for ballot in ballots}
                for who, (stance, _, _) in one.ballots.items():
                    if one.takes_votes(self.model.now) and who.accounts:  # of the forgotten only the ballot is left
                        assert said[_real(work, who.accounts)] == stance

    @invariant()
    def nobody_has_two_ballots(self) -> None:
        """Told by the database, and by who was one person when: the model's polls have no part in it."""
        with self.store.reading() as work:
            for poll in work.all(kept.Poll):
                known = self.together.setdefault(poll.id, set())
                if poll.status is not kept.Status.CLOSED and self.model.now < poll.closes_at:
                    known |= _one_members(work)
                    voices = [_voices(work, poll, one) for one in work.all(kept.Ballot, poll_id=poll.id)]
                    for mine, theirs in combinations(voices, 2):
                        assert not {frozenset((a, b)) for a in mine for b in theirs} & known
                casters = [by for _, _, by in self.model.polls[poll.number - 1].ballots.values()]
                assert not {frozenset(pair) for pair in combinations(casters, 2)} & known

    @invariant()
    def nobody_votes_from_outside_the_roll(self) -> None:
        with self.store.reading() as work:
            for poll in work.all(kept.Poll, electorate=kept.Electorate.ROLL):
                voted = {one.member_id for one in work.all(kept.Ballot, poll_id=poll.id)}
                assert voted <= {one.member_id for one in work.all(kept.Voter, poll_id=poll.id)}
                assert len(voted) <= poll.base

    # -- doing it -----------------------------------------------------------------------------------------------------

    def run(self, act: Awaitable[Answer]) -> Answer:
        """One act."""

        async def done() -> Answer:
            return await act

        return self.loop.run(done())

    def twice(self, one: str, text: str) -> Answer:
        """To the bot alone, and delivered once more."""
        key = f"twice-{next(self.keys)}"
        answer = self.loop.run(self.chats.whisper(one, text, key=key))
        assert self.loop.run(self.chats.whisper(one, text, key=key)).verdict is Verdict.NOTHING
        return answer

    def minute(self) -> None:
        """So that it is clear what was later."""
        self.pass_time(STEP, looking=False)

    def pass_time(self, length: timedelta, *, looking: bool) -> None:
        if looking:
            self.loop.run(self.chats.house.wait(length))
        else:
            self.chats.house.sleep(length)
        self.model.pass_time(length, looking=looking)

    def poll(self, number: int) -> Poll:
        """Mostly one that is not over."""
        going = [one for one in self.model.polls if one.due()]
        among = going if going and number else self.model.polls
        return among[number % len(among)]


def _person(work: Work, ballot: kept.Ballot) -> int:
    return work.the(kept.Member, id=finding.living(work, ballot.member_id)).person_id


def _real(work: Work, accounts: set[str]) -> int:
    user, _, platform = next(iter(accounts)).partition("@")
    return work.the(kept.Account, platform=platform, user=user).person_id


def _called(one: kept.Account) -> str:
    return f"{one.user}@{one.platform}"


def _one_members(work: Work) -> set[frozenset[str]]:
    """The accounts of the group's members, in pairs."""
    people = {one.person_id for one in work.all(kept.Member, merged_into=None, group_id=1)}
    shared = ([_called(one) for one in work.all(kept.Account, person_id=person)] for person in people)
    return {frozenset(pair) for mine in shared for pair in combinations(mine, 2)}


def _voices(work: Work, poll: kept.Poll, ballot: kept.Ballot) -> list[str]:
    """The accounts by which whoever has a ballot can change it."""
    everyone = work.all(kept.Account, person_id=_person(work, ballot))
    return [_called(one) for one in everyone if not spending.is_spent(work, poll, one.platform, one.user)]


def test_one_person_has_one_ballot(new_database: NewDatabase) -> None:
    play(OnePerson, new_database, 12, 25, same=True)


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_one_person_has_one_ballot_in_two_thousand_histories(new_database: NewDatabase, part: int) -> None:
    """In parts, so that each is done in good time."""
    play(OnePerson, new_database, 500, 25, same=False)
