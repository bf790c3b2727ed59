"""A house and the model of it side by side: each act is done in both, once or twice, and then they must agree."""

import asyncio
import re
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import timedelta
from itertools import count

from sqlalchemy import func, select

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from decisions import model as kept
from storage import finding
from storage.store import Store
from storage.tables import TABLES
from storage.verify import verify
from tests.conftest import NewDatabase
from tests.house import House
from tests.stories.history_model import FACILITATOR, MEMBERS, OBSERVER, Group
from tests.stories.history_polls import STANCES, Poll

ROOMS = {"general": "matrix", "side": "telegram"}
ROLES = {FACILITATOR: "facilitator", OBSERVER: "observer"}
PEOPLE = tuple(Person(name=one, role=ROLES.get(one, "member")) for one in (*MEMBERS, OBSERVER))
COUNT = re.compile(r"(?P<label>\d\. \w+(?= ·)|[a-z]+)(?: ·)? (?P<count>\d+)(?:: (?P<who>.+))?")
UNDO = re.compile(r"p(?P<poll>\d+):undo=")

DELIVERED_AGAIN, DONE_AGAIN = "delivered again", "done again"


class Both:
    """The house with two rooms on two platforms, and its model."""

    def __init__(self, new_database: NewDatabase) -> None:
        self.ending = ExitStack()
        self.loop = self.ending.enter_context(asyncio.Runner())
        self.store = self.ending.enter_context(closing(Store(self.ending.enter_context(new_database("sqlite")))))
        self.house = House(self.store, ROOMS, PEOPLE, limits=None)
        self.model = Group(self.house.now)
        self.undos: list[tuple[str, Poll, int]] = []
        """Every undo button there was: what it sends, and which act it takes back."""
        self._keys = count(1)

    def close(self) -> None:
        self.loop.run(self.house.app.close())
        self.ending.close()

    # -- doing it, and doing it twice ---------------------------------------------------------------------------------

    def says(self, by: str, room: str, text: str, expected: Callable[[], Verdict], again: str = "") -> None:
        self._does(lambda key: self.loop.run(self.house.say(by, text.strip(), room, key)), by, expected, again)

    def presses(self, by: str, room: str, press: str, expected: Callable[[], Verdict], again: str = "") -> None:
        self._does(lambda key: self.loop.run(self.house.press(by, press, room, key)), by, expected, again)

    def _does(self, act: Callable[[str], Answer], by: str, expected: Callable[[], Verdict], again: str) -> None:
        key = f"act-{next(self._keys)}"
        self.model.known.add(by)
        open_ = self._open()
        answer = act(key)
        assert answer.verdict is expected(), answer.text
        self._keep_undo(answer)
        if again == DELIVERED_AGAIN:
            before = self._state()
            assert act(key).verdict is Verdict.NOTHING
            assert self._state() == before
        elif again == DONE_AGAIN and self._open() == open_:  # a bare sign that closed a poll would go to the next one
            before = self._state()
            act(f"act-{next(self._keys)}")
            assert self._state() == before

    def _keep_undo(self, answer: Answer) -> None:
        for button in (one for row in answer.buttons for one in row):
            if found := UNDO.match(button.press):
                self.undos.append((button.press, self.model.polls[int(found["poll"]) - 1], self.model.acts))

    def _open(self) -> list[int]:
        return [one.number for one in self.model.polls if one.status == "open"]

    def _state(self) -> tuple[object, ...]:
        with self.store.reading() as work:
            posts = work.connection.execute(select(func.count()).select_from(TABLES[kept.Post])).scalar()
            return work.all(kept.Poll), work.all(kept.Ballot), work.the(kept.Group, id=1), posts

    # -- time ---------------------------------------------------------------------------------------------------------

    def wait(self, length: timedelta) -> None:
        """Time passes, and what is due happens on the way."""
        until = self.model.now + length
        self.loop.run(self.house.wait(length))
        while (due := self.model.next_due()) is not None and due <= until:
            self.model.now = max(due, self.model.now)
            self.model.sweep()
        self.model.now = until

    def stall(self, length: timedelta) -> None:
        """Time passes, and nobody looks at the clock."""
        self.model.now = self.house.player.clock.at = self.model.now + length

    # -- what must agree ----------------------------------------------------------------------------------------------

    def check_kept(self) -> None:
        with self.store.reading() as work:
            names = {member.id: person.name for member, person in finding.members(work, 1)}
            ballots = work.all(kept.Ballot)
            for one, poll in zip(work.all(kept.Poll), self.model.polls, strict=True):
                mine = {names[said.member_id]: said for said in ballots if said.poll_id == one.id}
                assert {who: (said.revision, said.marks, said.reason) for who, said in mine.items()} == {
                    who: said.says() for who, said in poll.ballots.items()
                }
                assert one.turnout == len(poll.counting())
                assert (one.status, one.revision, one.firm_revision) == (poll.status, poll.revision, poll.firm)
                assert (one.base, one.closes_at) == (poll.base, poll.closes)
                _check_outcome(one, poll)

    def check_cards(self) -> None:
        for poll in self.model.polls:
            cards = {self.house.card(room, f"P-{poll.number}") for room in ROOMS}
            assert len(cards) == 1
            if poll.status != "withdrawn":
                assert tally_of(cards.pop()) == poll.tally()

    def check_in_the_end(self) -> None:
        """Each outcome was said once in each room, and the journal proves all that is kept."""
        ended = sum(one.status in ("closed", "withdrawn") for one in self.model.polls)
        for room in ROOMS:
            results = [one.split(" ", 1)[0] for one in self.house.notices(room) if one.startswith("D-")]
            assert sorted(results) == [f"D-{number}" for number in range(1, ended + 1)]
        with self.store.reading() as work:
            assert verify(work) == []


def _check_outcome(one: kept.Poll, poll: Poll) -> None:
    assert (one.outcome.result if one.outcome else "") == poll.result
    if one.outcome is not None and poll.status == "closed":
        totals = zip(poll.keys, poll.tally().values(), strict=True)
        assert one.outcome.counts == {key: total for key, (total, _) in totals}
        assert one.outcome.turnout == len(poll.counting())
        assert (len(one.outcome.chosen) == 1) == (poll.result == "chosen")
        assert not (poll.template in STANCES and one.outcome.tied)


def tally_of(card: str) -> dict[str, tuple[int, list[str]]]:
    """What a card says: label -> count, and who."""
    lines = (COUNT.fullmatch(line) for line in card.splitlines())
    return {
        one["label"]: (int(one["count"]), sorted(one["who"].split(", ")) if one["who"] else [])
        for one in lines
        if one is not None
    }
