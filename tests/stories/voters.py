"""Voters: an endless script of polls, meetings, ballots, notes and answers, in which every act changes something."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from tests.stories.voter_process import ONCE, TWICE

ROOMS = {"general": ONCE, "side": TWICE}
STANCES = ("agree", "abstain", "disagree")
EVENTS = {
    "put": ("ProposalMade",),
    "vote": ("BallotCast",),
    "retract": ("BallotRetracted",),
    "close": ("PollClosed",),
    "start": ("MeetingCalled", "MeetingStarted"),
    "note": (),
    "give": ("ActionMade",),
    "end": ("MeetingEnded",),
    "call": ("MeetingCalled",),
    "come": (),
    "suit": (),
}
"""What an act leaves in the journal, but for notes: what is decided while a meeting runs is noted in it too."""
CALLED = (f'!meet "To come" --at "{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d} 18:00"', '!meet "To find" 60m')
"""M-1, to which people come or not, and M-2, for which times are looked for."""
LEADER, *_OTHERS = MEMBERS = tuple(f"m{number}" for number in range(8))


@dataclass(frozen=True, kw_only=True)
class Act:
    """One request, and what it must leave behind: a new poll, a closed one, a ballot, or (no stance) none; something noted,
    an answer to a meeting."""

    key: str
    room: str
    user: str
    text: str = ""
    press: str = ""
    does: str
    poll: int
    stance: str = ""
    reason: str = ""
    said: str = ""
    """What is noted, or answered."""

    def line(self) -> str:
        """As the process reads it."""
        asked = {"key": self.key, "user": self.user, "name": self.user, "text": self.text, "press": self.press}
        return json.dumps(asked | {"platform": ROOMS[self.room], "chat": self.room}) + "\n"


class Script:
    """What people do, for ever: a poll and a meeting after the other, and every vote and answer changes what was before."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.keys = count(1)
        self.poll = 0
        self.stances: dict[str, str] = {}
        self.answers: dict[tuple[str, str], str] = {}

    def acts(self) -> Iterator[Act]:
        for text in CALLED:
            yield self.act(LEADER, "call", text=text)
        while True:
            self.poll += 1
            self.stances = {}
            yield self.act(LEADER, "put", text=f"!propose Idea {self.poll}")
            yield self.act(LEADER, "start", text=f"!startmeeting Meeting {self.poll}")
            for _ in range(self.dice.randrange(10, 40)):
                does = self.dice.choice((self.vote, self.vote, self.vote, self.note, self.come, self.suit))
                yield does(self.dice.choice(MEMBERS))
            yield self.act(LEADER, "close", text=f"!close P-{self.poll}")
            yield self.act(LEADER, "end", text="#endmeeting")

    def note(self, user: str) -> Act:
        said = f"{self.dice.choice(MEMBERS)} to write {next(self.keys)}"
        if self.dice.random() < 0.3:
            return self.act(user, "give", text=f"#action {said}", said=said)
        return self.act(user, "note", text=f"#info {said}", said=said)

    def come(self, user: str) -> Act:
        said = self.answer(user, "M-1", ("yes", "maybe", "no"))
        if self.dice.random() < 0.5:
            return self.act(user, "come", press=f"m1:rsvp={said}", said=said)
        return self.act(user, "come", text=f"!rsvp M-1 {said}", said=said)

    def suit(self, user: str) -> Act:
        """The leader answers nothing, so that no time is ever taken because it suits all."""
        user = MEMBERS[1] if user == LEADER else user
        said = self.answer(user, "M-2", ("0", "1", "2"))
        if self.dice.random() < 0.5:
            return self.act(user, "suit", press=f"m2:slot=1.{said}", said=said)
        words = ("no", "if need be", "yes")[int(said)]
        return self.act(user, "suit", text=f"!slots M-2 1 {words}", said=said)

    def answer(self, user: str, meeting: str, among: tuple[str, ...]) -> str:
        """Another than before."""
        said = self.dice.choice([one for one in among if one != self.answers.get((user, meeting))])
        self.answers[user, meeting] = said
        return said

    def vote(self, user: str) -> Act:
        before = self.stances.get(user, "")
        if before and self.dice.random() < 0.1:
            self.stances[user] = ""
            return self.act(user, "retract", text=f"!retract P-{self.poll}")
        stance = self.stances[user] = self.dice.choice([one for one in STANCES if one != before])
        if self.dice.random() < 0.5:
            return self.act(user, "vote", press=f"p{self.poll}:{STANCES.index(stance)}", stance=stance)
        reason = f"reason {next(self.keys)}"
        return self.act(user, "vote", text=f"!{stance} P-{self.poll} {reason}", stance=stance, reason=reason)

    def act(self, user: str, does: str, **more: str) -> Act:
        room = self.dice.choice(list(ROOMS))
        return Act(key=f"act {next(self.keys)}", room=room, user=user, does=does, poll=self.poll, **more)


@dataclass
class Told:
    """What the acts so far come to."""

    ballots: dict[int, dict[str, tuple[str, str]]]
    closed: set[int]
    events: Counter[str]
    notes: list[tuple[str, str, str]]
    """What stands in minutes - its tag, its words, by whom - but for what was decided."""
    log: list[str]
    """What was said while meetings ran."""
    answers: dict[str, dict[str, str]]
    """What is answered to the meeting that is to come, and to the one that is looked for, by whom."""
    meetings: Counter[str]


def told(acts: list[Act]) -> Told:
    """Play the acts in the mind."""
    events = Counter(event for act in acts for event in EVENTS[act.does])
    so_far = Told({}, set(), events, [], [], {"come": {}, "suit": {}}, Counter(act.does for act in acts))
    for act in acts:
        ballots = so_far.ballots.setdefault(act.poll, {}) if act.poll else {}
        if act.text and act.does not in ("put", "start", "call"):  # these are said before a meeting runs
            so_far.log.append(act.text)
        match act.does:
            case "vote":
                ballots[act.user] = (act.stance, act.reason)
            case "retract":
                del ballots[act.user]
            case "close":
                so_far.closed.add(act.poll)
            case "note" | "give":
                so_far.notes.append(("info" if act.does == "note" else "action", act.said, act.user))
            case "come" | "suit":
                so_far.answers[act.does][act.user] = act.said
    return so_far
