"""Histories: whatever members do, in any order and twice over, ballots, cards and outcomes are as a simple model says."""

from datetime import timedelta
from fractions import Fraction
from functools import partial
from random import Random

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.conftest import NewDatabase
from tests.stories.histories import Machine, play
from tests.stories.history_house import DELIVERED_AGAIN, DONE_AGAIN, ROOMS, Both
from tests.stories.history_model import EVERYONE, FACILITATOR, MEMBERS, VOTING
from tests.stories.history_polls import BLOCKS, OPTIONS, STANCES, TEMPLATES, Marks, Poll, Quorum

MOST_POLLS = 6

members = st.sampled_from([*MEMBERS, *MEMBERS, *EVERYONE])
leaders = st.sampled_from([FACILITATOR, FACILITATOR, *EVERYONE])
rooms = st.sampled_from([*ROOMS, *ROOMS, ""])
numbers = st.integers(0, MOST_POLLS - 1)
reasons = st.sampled_from(["", "we tried it", "too dear"])
again = st.sampled_from(["", "", DELIVERED_AGAIN, DONE_AGAIN])
templates = st.sampled_from([*TEMPLATES, *BLOCKS])
marks = st.lists(st.integers(0, 6), min_size=1, max_size=3)
quorums: st.SearchStrategy[Quorum] = st.sampled_from([None, None, 3, Fraction(1, 2)])
hours = st.sampled_from([1, 5, 30, 80])


class History(Machine):
    """What members do. Bodies say how it is typed, and what the model makes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.both = Both(self.new_database)
        self.model = self.both.model

    def teardown(self) -> None:
        try:
            self.both.check_in_the_end()
        finally:
            self.both.close()

    # -- putting and leading ------------------------------------------------------------------------------------------

    @initialize(first=templates, second=templates, on_roll=st.booleans())
    def begin(self, first: str, second: str, on_roll: bool) -> None:
        """Two polls are open from the start, so that there is something to do."""
        self.puts("ben", first, "side", lasts=80, later=0, quorum=None, on_roll=on_roll, again="")
        self.puts("ana", second, "general", lasts=80, later=0, quorum=None, on_roll=False, again="")

    @precondition(lambda self: len(self.model.polls) < MOST_POLLS)
    @rule(
        by=members,
        template=templates,
        room=rooms,
        lasts=hours,
        later=st.sampled_from([0, 0, 7]),
        quorum=quorums,
        on_roll=st.booleans(),
        again=st.sampled_from(["", DELIVERED_AGAIN]),
    )
    def puts(
        self, by: str, template: str, room: str, lasts: int, later: int, quorum: Quorum, on_roll: bool, again: str
    ) -> None:
        opens = self.model.now + timedelta(hours=later)
        poll = Poll(
            number=len(self.model.polls) + 1,
            template=template,
            by=by,
            room=room or "general",
            title=f"Idea {len(self.model.polls) + 1}",
            opens=opens,
            closes=opens + timedelta(hours=lasts),
            quorum=quorum,
            on_roll=on_roll,
        )
        terms = f"--by {template} --for {lasts}h" + " --roll everyone" * on_roll
        terms += f" --quorum {quorum}" if quorum else ""
        terms += f" --from {opens.isoformat()}" if later else ""
        what = f"!propose {terms} {poll.title}"
        if template not in STANCES:
            what = "\n".join([f"!poll {terms} {poll.title}", *OPTIONS])
        self.both.says(by, room, what, lambda: self.model.put(poll), again)

    @rule(by=leaders, number=numbers, words=st.integers(0, 2), room=rooms, again=again)
    def amends(self, by: str, number: int, words: int, room: str, again: str) -> None:
        poll, title = self.poll(number), f"Better idea {words}"
        expected = lambda: self.model.amend(by, poll, title)  # noqa: E731 - read beside what is said
        self.both.says(by, room, f"!amend P-{poll.number} {title}", expected, again)

    @rule(by=leaders, number=numbers, how=st.sampled_from(["close", "withdraw"]), room=rooms, again=again)
    def ends(self, by: str, number: int, how: str, room: str, again: str) -> None:
        poll = self.poll(number)
        end = self.model.close if how == "close" else self.model.withdraw
        self.both.says(by, room, f"!{how} P-{poll.number}", lambda: end(by, poll), again)

    @rule(by=leaders, number=numbers, more=hours, room=rooms, again=st.sampled_from(["", DELIVERED_AGAIN]))
    def extends(self, by: str, number: int, more: int, room: str, again: str) -> None:
        poll = self.poll(number)
        closes = poll.closes + timedelta(hours=more)
        self.both.says(by, room, f"!extend P-{poll.number} {more}h", lambda: self.model.extend(by, poll, closes), again)

    # -- voting -------------------------------------------------------------------------------------------------------

    @rule(
        voters=st.lists(members, min_size=1, max_size=5),
        apart=st.integers(0, 1),
        number=numbers,
        option=st.integers(0, 3),
        value=st.sampled_from([0, 1, 3, 5]),
        room=rooms,
        again=again,
    )
    def press(self, voters: list[str], apart: int, number: int, option: int, value: int, room: str, again: str) -> None:
        """Several press one after another: all the same, or each the next option."""
        poll = self.poll(number)
        value = value if poll.template in ("score", "dots") else 1
        for place, by in enumerate(voters):
            at = (option + place * apart) % len(poll.keys)
            pressed = f"p{poll.number}:{at}" + (f"={value}" if value != 1 else "")
            self.both.presses(by, room, pressed, partial(self.model.press, by, poll, at, value), again)

    @rule(by=members, number=numbers, given=marks, short=st.booleans(), reason=reasons, room=rooms, again=again)
    def votes(self, by: str, number: int, given: list[int], short: bool, reason: str, room: str, again: str) -> None:
        poll = self.poll(number)
        marks, words = typed(poll, given)
        if poll.template == "choose" and len(marks) > 1:
            reason = ""  # `2 3 weeks is enough` is a choice and a reason; `2 3` alone is one choice too many
        said = f"!{words} P-{poll.number}" if short and poll.template in STANCES else f"!vote P-{poll.number} {words}"
        self.both.says(by, room, f"{said} {reason}", lambda: self.model.vote(by, poll, marks, reason), again)

    @rule(by=members, sign=st.sampled_from(list(VOTING)), reason=reasons, room=rooms, again=again)
    def says_a_bare_sign(self, by: str, sign: str, reason: str, room: str, again: str) -> None:
        poll = self.model.latest(room)
        self.both.says(by, room, f"{sign} {reason}", lambda: self.model.sign(by, poll, sign, reason), again)

    @rule(by=members, own=st.integers(0, 4), number=numbers, room=rooms, again=again)
    def retracts(self, by: str, own: int, number: int, room: str, again: str) -> None:
        poll = self.poll(number)
        by = list(poll.ballots)[own % len(poll.ballots)] if own and poll.ballots else by
        self.both.says(by, room, f"!retract P-{poll.number}", lambda: self.model.retract(by, poll), again)

    @precondition(lambda self: bool(self.both.undos))
    @rule(by=members, back=st.integers(1, 4), own=st.booleans(), room=rooms, again=again)
    def presses_undo(self, by: str, back: int, own: bool, room: str, again: str) -> None:
        press, poll, act = self.both.undos[-min(back, len(self.both.undos))]
        author = next((who for who, one in poll.ballots.items() if one.act == act), by)
        by = author if own else by
        self.both.presses(by, room, press, lambda: self.model.undo(by, poll, act), again)

    @rule(dice=st.randoms(use_true_random=True), rolls=st.integers(3, 8))
    def have_a_busy_hour(self, dice: Random, rolls: int) -> None:
        """Much at once, and evenly spread; what is drawn one by one is often the same again."""
        for _ in range(rolls):
            by, room, number = dice.choice(MEMBERS), dice.choice([*ROOMS, ""]), dice.randrange(1, MOST_POLLS)
            reason, again = dice.choice(["", "we tried it"]), dice.choice(["", DELIVERED_AGAIN, DONE_AGAIN])
            match dice.randrange(9):
                case 0:
                    leader = dice.choice([FACILITATOR, self.poll(number).by])
                    self.amends(leader, number, dice.randrange(3), room, again)
                case 1:
                    self.retracts(by, 1, number, room, again)
                case 2 if self.both.undos:
                    self.presses_undo(by, 1, own=True, room=room, again=again)
                case 3:
                    self.says_a_bare_sign(by, dice.choice(list(VOTING)), reason, room, again)
                case 4 | 5:
                    given = [dice.randrange(5) for _ in range(dice.randrange(1, 4))]
                    self.votes(by, number, given, short=True, reason=reason, room=room, again=again)
                case 6:  # a block, where there is one
                    self.votes(by, number, [len(self.poll(number).keys) - 1], short=True, reason="too dear", room=room,
                               again=again)  # fmt: skip
                case _:
                    self.press([by], 0, number, dice.randrange(3), dice.choice([1, 2, 3]), room, again)
        self.time_passes(dice.choice([1, 30]), looking=True)

    # -- time ---------------------------------------------------------------------------------------------------------

    @rule(length=hours, looking=st.booleans())
    def time_passes(self, length: int, looking: bool) -> None:
        """Nobody looking: the process is late, and must not count what comes in after a deadline."""
        go = self.both.wait if looking else self.both.stall
        go(timedelta(hours=length))

    # -- what holds after every step ----------------------------------------------------------------------------------

    @invariant()
    def the_database_agrees(self) -> None:
        self.both.check_kept()

    @invariant()
    def every_card_agrees(self) -> None:
        self.both.check_cards()

    def poll(self, number: int) -> Poll:
        """Mostly one that has not ended."""
        going = [one for one in self.model.polls if one.due()]
        among = going if going and number else self.model.polls
        return among[number % len(among)]


def typed(poll: Poll, given: list[int]) -> tuple[Marks, str]:
    """The marks drawn, as this poll takes them, and how they are typed."""
    if poll.template in STANCES:
        stance = poll.keys[sum(given) % len(poll.keys)]
        return {stance: 1}, stance
    marks = {str(key): mark for key, mark in enumerate(given, 1)}
    if poll.template in ("choose", "approve"):
        chosen = [key for key, mark in marks.items() if mark % 2] or ["2"]
        return dict.fromkeys(chosen, 1), ", ".join(chosen)
    return marks, ", ".join(f"{key}={mark}" for key, mark in marks.items())


def test_histories(new_database: NewDatabase) -> None:
    play(History, new_database, 6, 30, same=True)


@pytest.mark.long
def test_many_histories(new_database: NewDatabase) -> None:
    play(History, new_database, 500, 50, same=False)
