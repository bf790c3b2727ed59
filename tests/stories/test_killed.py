"""Killed: the process is stopped dead at random moments while members vote and meet; nothing acknowledged is lost or doubled."""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Queue
from random import Random
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from adapters.console.conversation import Person
from decisions.model import Action, Ballot, LogLine, Meeting, Note, Poll, Rsvp, Stage, Suits, Tag
from storage import finding
from storage.store import Store
from storage.tables import Journal, Seen, table
from storage.verify import verify
from storage.work import Work
from tests.conftest import NewDatabase
from tests.house import House
from tests.stories.history_house import tally_of
from tests.stories.voter_process import ONCE, written
from tests.stories.voters import EVENTS, LEADER, MEMBERS, ROOMS, STANCES, Act, Script, Told, told

ROOT = Path(__file__).parents[2]
MEETING_TOLD = re.compile(r"M-\d+( has begun| · | is over)")
MEETING = {" · ": "call", " is over": "end"}
ON_THEIR_WAY = 16
"""Requests that wait for an answer at one time."""
PATIENCE = 60.0
"""Seconds after which a process that says nothing is taken for hung."""


# -- the process ------------------------------------------------------------------------------------------------------


class Process:
    """The process under test, and the lines that it says."""

    def __init__(self, url: str, chat: Path) -> None:
        self.running = subprocess.Popen(
            [sys.executable, "-m", "tests.stories.voter_process", url, str(chat)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip
        self._said: Queue[str] = Queue()
        self._ear = Thread(target=self._listen, daemon=True)
        self._ear.start()

    def _listen(self) -> None:
        assert self.running.stdout is not None
        for line in self.running.stdout:
            self._said.put(line)
        self._said.put("")

    def hand_in(self, line: str) -> None:
        assert self.running.stdin is not None
        self.running.stdin.write(line)

    def next(self) -> dict[str, Any]:
        """What it says next; nothing once it is dead and has said all. Raises Empty where it hangs."""
        line = self._said.get(timeout=PATIENCE)
        return json.loads(line) if line else {}

    def kill(self) -> Iterator[dict[str, Any]]:
        """Stop it dead, and return what it had still said."""
        self.running.kill()
        while said := self.next():
            yield said
        self._ended()

    def end(self) -> Iterator[dict[str, Any]]:
        """Let it finish, and return what it says."""
        assert self.running.stdin is not None
        self.running.stdin.close()
        while said := self.next():
            yield said
        assert self._ended() == 0

    def _ended(self) -> int:
        for pipe in (self.running.stdin, self.running.stdout):
            assert pipe is not None
            pipe.close()
        return self.running.wait()


# -- the story --------------------------------------------------------------------------------------------------------


class Story:
    """People who vote, and hand in again what was not acknowledged, while the process is killed under them."""

    def __init__(self, url: str, chat: Path, seed: int) -> None:
        self.url, self.chat = url, chat
        self.dice = Random(seed)
        self.script = Script(self.dice).acts()
        self.sent: list[Act] = []
        self.waiting: dict[str, Act] = {}
        """Handed in and not acknowledged, in the order of the script."""
        self.counted_before: set[str] = set()
        """Counted, not acknowledged, and handed in again: the answer must be that nothing happened."""
        self.kills = 0

    def play(self, kills: int) -> None:
        for _ in range(kills):
            process = self.restarted(look=self.dice.random() < 0.75)
            self.talk(process, lines=self.dice.randrange(80))
            for said in process.kill():
                self.take(said)
            self.kills += 1
        process = self.restarted(look=True)
        for said in process.end():
            self.take(said)
        assert not self.waiting
        self.check()
        assert self.applied() == self.sent

    def restarted(self, look: bool) -> Process:
        """Start it again; look at what is there, or hand in at once what was not acknowledged."""
        process = Process(self.url, self.chat)
        assert process.next() == {"ready": True}
        if look:
            process.hand_in("settle\n")
            while "settled" not in (said := process.next()):
                self.take(said)
            self.check()
        self.counted_before = {one.key for one in self.applied()} & set(self.waiting)
        for act in self.waiting.values():
            process.hand_in(act.line())
        return process

    def talk(self, process: Process, lines: int) -> None:
        """Keep requests on their way until the process has said so many lines."""
        for _ in range(lines):
            while len(self.waiting) < ON_THEIR_WAY:
                act = next(self.script)
                self.sent.append(act)
                self.waiting[act.key] = act
                process.hand_in(act.line())
            self.take(process.next())

    def take(self, said: dict[str, Any]) -> None:
        """An acknowledgement, or news of a message that was sent."""
        assert said, "the process ended by itself"
        if "key" in said:
            assert said["verdict"] == ("nothing" if said["key"] in self.counted_before else "done")
            del self.waiting[said["key"]]

    # -- what must hold -----------------------------------------------------------------------------------------------

    def applied(self) -> list[Act]:
        """What the database has seen: the script up to some point, and all that was acknowledged."""
        with closing(Store(self.url)) as store, store.reading() as work:
            seen = set(work.connection.execute(select(table(Seen).c.key)).scalars())
        applied = [one for one in self.sent if f"{ROOMS[one.room]}:{one.key}" in seen]
        assert applied == self.sent[: len(seen)]
        assert {one.key for one in self.sent[len(seen) :]} <= set(self.waiting)
        return applied

    def check(self) -> None:
        expected = told(self.applied())
        with closing(Store(self.url)) as store, store.reading() as work:
            names = {member.id: person.name for member, person in finding.members(work, 1)}
            found: dict[int, dict[str, tuple[str, str]]] = {one.number: {} for one in work.all(Poll)}
            for one in work.all(Ballot):
                found[one.poll_id][names[one.member_id]] = ("".join(one.marks), one.reason)
            assert found == expected.ballots
            events = Counter(work.connection.execute(select(table(Journal).c.event)).scalars())
            assert all(events[one] == expected.events[one] for found in EVENTS.values() for one in found), events
            self.check_meetings(work, names, expected)
            assert verify(work) == []
        for room, platform in ROOMS.items():
            self.check_room(room, platform, expected)

    def check_meetings(self, work: Work, names: dict[int, str], expected: Told) -> None:
        notes = work.all(Note)
        found = [(one.tag.value, one.text, names[one.by]) for one in notes if one.tag is not Tag.DECISION]
        assert found == expected.notes
        assert len(notes) - len(found) == sum(one.decision is not None for one in work.all(Poll))
        assert [one.text for one in work.all(Action)] == [text for tag, text, _ in found if tag == "action"]
        assert [one.text for one in work.all(LogLine)] == expected.log
        assert {names[one.member_id]: one.coming.value for one in work.all(Rsvp)} == expected.answers["come"]
        assert {names[one.member_id]: str(one.mark) for one in work.all(Suits)} == expected.answers["suit"]
        stages = Counter(one.stage for one in work.all(Meeting))
        assert stages[Stage.ENDED] == expected.meetings["end"]
        assert stages.total() == expected.meetings["start"] + expected.meetings["call"]

    def check_room(self, room: str, platform: str, expected: Told) -> None:
        """One right card a poll and one result a closed one; a message twice at most where its network allows it."""
        copies, texts = defaultdict[str, list[str]](list), dict[str, str]()
        for line in (one for one in written(self.chat) if one["room"] == room):
            texts[line["message"]] = line["text"]
            if line["key"]:
                copies[line["key"]].append(line["message"])
        assert sum(len(messages) - 1 for messages in copies.values()) <= (0 if platform == ONCE else self.kills)
        shown = [texts[messages[-1]] for messages in copies.values()]
        cards = {text.split(" ", 1)[0]: text for text in shown if text.startswith("P-")}
        meetings = Counter(MEETING.get(one[1], "start") for text in shown if (one := MEETING_TOLD.match(text)))
        assert meetings == {does: many for does in ("call", "start", "end") if (many := expected.meetings[does])}
        assert len(shown) == len(cards) + len(expected.closed) + meetings.total()
        assert {ref: tally_of(text) for ref, text in cards.items()} == {
            f"P-{poll}": tally(ballots) for poll, ballots in expected.ballots.items()
        }


def tally(ballots: dict[str, tuple[str, str]]) -> dict[str, tuple[int, list[str]]]:
    by_stance = {one: sorted(who for who, (stance, _) in ballots.items() if stance == one) for one in STANCES}
    return {stance: (len(who), who) for stance, who in (by_stance | {"block": []}).items()}


def play(new_database: NewDatabase, folder: Path, kills: int, seed: int) -> None:
    people = tuple(Person(name=one, role="facilitator" if one == LEADER else "member") for one in MEMBERS)
    with new_database("sqlite") as url:
        with closing(Store(url)) as store:
            House(store, ROOMS, people)
        Story(url, folder / "chat", seed).play(kills)


def test_killed_a_few_times(new_database: NewDatabase, tmp_path: Path) -> None:
    play(new_database, tmp_path, kills=3, seed=1)


@pytest.mark.long
def test_killed_a_hundred_times(new_database: NewDatabase, tmp_path: Path) -> None:
    play(new_database, tmp_path, kills=100, seed=2)
