"""Met: whatever is said in meetings, twice over and with the bot killed in between, the minutes are as a simple model says."""

import asyncio
import json
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from bot.app import App
from bot.minutes import text
from bot.reader import Reader
from decisions.model import Action, Attendance, Group, LogLine, Meeting, Note
from storage import finding
from storage.minuting import minuted
from storage.store import Store
from storage.verify import verify
from storage.work import Work
from tests.conftest import KINDS, NewDatabase
from tests.house import House
from tests.stories import met_model as model
from tests.stories.histories import Machine, play

ROOMS = {"general": "matrix", "side": "telegram"}
ROLES = {model.FACILITATOR: "facilitator", model.OBSERVER: "observer"}
PEOPLE = tuple(Person(name=one, role=ROLES.get(one, "member")) for one in model.EVERYONE)
TAGS = ("info", "idea", "agreed", "rejected", "topic")
PRESENT = {"here": "present+", "absent": "present-", "regrets": "regrets+"}

members = st.sampled_from(model.EVERYONE)
leaders = st.sampled_from([model.FACILITATOR, *model.EVERYONE])
rooms = st.sampled_from(list(ROOMS))
words = st.sampled_from(
    ["rent is up", "a garden", "\N{BUILDING CONSTRUCTION} later", "\u0645\u0631\u062d\u0628\u0627", "<b> & *c*"]
)
again = st.sampled_from([False, False, True])


class Meetings(Machine):
    """What members say. The bodies say how it is typed, and what the model makes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.ending = ExitStack()
        self.loop = self.ending.enter_context(asyncio.Runner())
        self.store = self.ending.enter_context(closing(Store(self.ending.enter_context(self.new_database()))))
        self.house = House(self.store, ROOMS, PEOPLE, limits=None)
        self.model = model.Group(self.house.now)
        self.keys = count(1)
        self.messages: list[tuple[str, str, str]] = []
        """Every message that may be edited: its name, by whom, and in which room."""

    def teardown(self) -> None:
        try:
            self.check_in_the_end()
        finally:
            self.loop.run(self.house.app.close())
            self.ending.close()

    # -- what is said -------------------------------------------------------------------------------------------------

    @initialize(by=members, room=rooms)
    def begin(self, by: str, room: str) -> None:
        self.starts(by, room, again=False)

    @precondition(lambda self: len(self.model.meetings) < 4)
    @rule(by=members, room=rooms, again=again)
    def starts(self, by: str, room: str, again: bool) -> None:
        said = f"!startmeeting Meeting {len(self.model.meetings) + 1}"
        self.says(by, room, said, partial(self.model.starts, by), again=again)

    @rule(by=leaders, room=rooms, again=again)
    def ends(self, by: str, room: str, again: bool) -> None:
        self.says(by, room, "#endmeeting", partial(self.model.ends, by), again=again)

    @rule(by=members, tag=st.sampled_from(TAGS), given=words, room=rooms, again=again)
    def notes(self, by: str, tag: str, given: str, room: str, again: bool) -> None:
        message = self.message(by, room)
        noted = partial(self.model.notes, by, tag, given, message)
        self.says(by, room, f"#{tag} {given}", noted, message, again)

    @rule(by=members, given=words, more=words, room=rooms)
    def notes_two(self, by: str, given: str, more: str, room: str) -> None:
        message = self.message(by, room)

        def expected() -> Verdict:
            self.model.notes(by, "info", given, message)
            return self.model.notes(by, "idea", more, message)

        self.says(by, room, f"#info {given}\n- idea: {more}", expected, message)

    @rule(by=members, owner=members, room=rooms, again=again)
    def gives(self, by: str, owner: str, room: str, again: bool) -> None:
        message, said = self.message(by, room), f"{owner} to write"
        self.says(by, room, f"#action {said}", partial(self.model.gives, by, owner, said, message), message, again)

    @rule(by=leaders, room=rooms, again=again)
    def undoes(self, by: str, room: str, again: bool) -> None:
        self.says(by, room, "#undo", partial(self.model.undoes, by), again=again)

    @rule(by=members, how=st.sampled_from(list(PRESENT)), room=rooms, again=again)
    def is_there(self, by: str, how: str, room: str, again: bool) -> None:
        self.says(by, room, PRESENT[how], partial(self.model.is_there, by, how), again=again)

    @rule(by=members, given=words, room=rooms)
    def talks(self, by: str, given: str, room: str) -> None:
        self.says(by, room, given, lambda: Verdict.NOTHING)

    @precondition(lambda self: bool(self.messages))
    @rule(back=st.integers(1, 3), tag=st.sampled_from(["info", "idea"]), given=words, other=st.booleans())
    def edits(self, back: int, tag: str, given: str, other: bool) -> None:
        message, by, room = self.messages[-min(back, len(self.messages))]
        by = "cem" if other else by
        answer = self.loop.run(self.house.say(by, f"#{tag} {given}", room, edited=True, message=message))
        assert answer.verdict is self.model.edits(by, message, tag, given), answer.text

    @precondition(lambda self: bool(self.messages))
    @rule(back=st.integers(1, 3), other=st.booleans())
    def removes(self, back: int, other: bool) -> None:
        message, by, room = self.messages[-min(back, len(self.messages))]
        by = "cem" if other else by
        self.loop.run(self.house.remove(by, message, room))
        self.model.removes(message)

    @rule(by=members, number=st.integers(1, 5), how=st.sampled_from(["done", "drop", "reopen"]), again=again)
    def does(self, by: str, number: int, how: str, again: bool) -> None:
        said = f"!{how} A-{number} enough" if how == "drop" else f"!{how} A-{number}"
        self.says(by, "general", said, partial(self.model.does, by, number, how), again=again)

    # -- what happens besides -----------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 90, 13 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.loop.run(self.house.wait(timedelta(minutes=minutes)))
        self.model.passes(timedelta(minutes=minutes))

    @rule()
    def is_killed(self) -> None:
        """Another process goes on, which knows nothing but what is kept."""
        self.store.close()
        self.house.player.app = self.house.app = App(self.store, self.house.player.clock, limits=None)

    # -- what holds after every step ----------------------------------------------------------------------------------

    @invariant()
    def notes_agree(self) -> None:
        with self.store.reading() as work:
            kept = work.all(Meeting)
            names = {member.id: person.name for member, person in finding.members(work, 1)}
            assert work.the(Group, id=1).running == (len(kept) if self.model.running else 0)
            for one, met in zip(kept, self.model.meetings, strict=True):
                notes = work.all(Note, meeting_id=one.id)
                told = [(note.tag.value, note.text, names[note.by], note.undone) for note in notes]
                assert told == [(note.tag, note.text, note.by, note.undone) for note in met.notes]
                there = {names[each.member_id]: each for each in work.all(Attendance, meeting_id=one.id)}
                assert {who for who, each in there.items() if each.here} == met.here
                assert {who for who, each in there.items() if each.regrets} == met.regrets
                assert {who for who, each in there.items() if each.chair} == met.chairs
                assert (one.started_at, one.ended_at) == (met.began, met.ended)

    @invariant()
    def what_is_to_be_done_agrees(self) -> None:
        with self.store.reading() as work:
            kept = [(one.number, one.text, one.status.value) for one in work.all(Action)]
        assert kept == [(one.number, one.text, one.status) for one in self.model.items]

    def check_in_the_end(self) -> None:
        """The minutes that people are handed are the model's, and the journal proves all of it."""
        with self.store.reading() as work:
            assert verify(work) == []
            for one, met in zip(work.all(Meeting), self.model.meetings, strict=True):
                assert _minutes(work, one) == {
                    "title": met.title,
                    "people": sorted(met.here),
                    "chairs": sorted(met.chairs),
                    "notes": met.standing(),
                    "owners": [[note.item.owner] for note in met.notes if note.item and not note.undone],
                }

    # -- saying it ----------------------------------------------------------------------------------------------------

    def message(self, by: str, room: str) -> str:
        """The name of a new message."""
        name = f"m{next(self.keys)}"
        self.messages.append((name, by, room))
        return name

    def says(
        self, by: str, room: str, said: str, expected: Callable[[], Verdict], message: str = "", again: bool = False
    ) -> None:
        key = f"act-{next(self.keys)}"
        act = partial(self.house.say, by, said, room, key, message=message)
        self.model.speak(by, said, message)
        answer: Answer = self.loop.run(act())
        assert answer.verdict is expected(), answer.text
        if again:
            before = self.state()
            assert self.loop.run(act()).verdict is Verdict.NOTHING
            assert self.state() == before

    def state(self) -> tuple[object, ...]:
        with self.store.reading() as work:
            return tuple(work.all(noun) for noun in (Meeting, Note, Attendance, Action, LogLine, Group))


def _minutes(work: Work, meeting: Meeting) -> dict[str, object]:
    """The minutes as programs read them."""
    told = json.loads(text(minuted(work, meeting), "json", Reader("en", "UTC"), meeting.made_at))
    sections = [(one["topic"], one["by"], one["number"], one["notes"]) for one in told["topics"]]
    notes = [(number, "topic", topic, by) for topic, by, number, _ in sections if number is not None]
    notes += [(one["number"], one["tag"], one["text"], one["by"]) for *_, below in sections for one in below]
    return {
        "title": told["title"],
        "people": sorted(one["member"] for one in told["people"]),
        "chairs": sorted(told["chairs"]),
        "notes": [each for _, *rest in sorted(notes) for each in [tuple(rest)]],
        "owners": [one["owners"] for one in told["actions"]],
    }


@pytest.mark.parametrize(("kind", "examples"), [("sqlite", 20), ("postgresql", 4)])
def test_meetings(new_database: NewDatabase, kind: str, examples: int) -> None:
    play(Meetings, partial(new_database, kind), examples, 20, same=True)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_many_meetings(new_database: NewDatabase, kind: str) -> None:
    play(Meetings, partial(new_database, kind), 300, 50, same=False)
