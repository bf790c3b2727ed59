"""Voters: an endless script of polls and ballots, every act of which changes something, and what it comes to."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from tests.stories.voter_process import ONCE, TWICE

ROOMS = {"general": ONCE, "side": TWICE}
STANCES = ("agree", "abstain", "disagree")
EVENTS = {"put": "ProposalMade", "vote": "BallotCast", "retract": "BallotRetracted", "close": "PollClosed"}
"""What an act leaves in the journal."""
LEADER, *_OTHERS = MEMBERS = tuple(f"m{number}" for number in range(8))


@dataclass(frozen=True, kw_only=True)
class Act:
    """One request, and what it must leave behind: a new poll, a closed one, a ballot, or (no stance) none."""

    key: str
    room: str
    user: str
    text: str = ""
    press: str = ""
    does: str
    poll: int
    stance: str = ""
    reason: str = ""

    def line(self) -> str:
        """As the process reads it."""
        asked = {"key": self.key, "user": self.user, "name": self.user, "text": self.text, "press": self.press}
        return json.dumps(asked | {"platform": ROOMS[self.room], "chat": self.room}) + "\n"


class Script:
    """What people do, for ever: polls follow each other, and every vote changes a ballot."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.keys = count(1)
        self.poll = 0
        self.stances: dict[str, str] = {}

    def acts(self) -> Iterator[Act]:
        while True:
            self.poll += 1
            self.stances = {}
            yield self.act(LEADER, "put", text=f"!propose Idea {self.poll}")
            for _ in range(self.dice.randrange(10, 40)):
                yield self.vote(self.dice.choice(MEMBERS))
            yield self.act(LEADER, "close", text=f"!close P-{self.poll}")

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


def told(acts: list[Act]) -> Told:
    """Play the acts in the mind."""
    so_far = Told({}, set(), Counter(EVENTS[act.does] for act in acts))
    for act in acts:
        ballots = so_far.ballots.setdefault(act.poll, {})
        match act.does:
            case "vote":
                ballots[act.user] = (act.stance, act.reason)
            case "retract":
                del ballots[act.user]
            case "close":
                so_far.closed.add(act.poll)
    return so_far
