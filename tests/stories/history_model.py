"""A group as plain dicts: what votes, amendments, closes and time must come to, told a second time and more simply."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from adapters.base import Verdict

VOTING = {"+1": "agree", "0": "abstain", "-1": "disagree"}
CONSENT = {"+1": "consent", "-1": "object"}
STANCES = {
    "consensus": ("agree", "abstain", "disagree", "block"),
    "majority": ("agree", "abstain", "disagree"),
    "absolute": ("agree", "abstain", "disagree"),
    "super": ("agree", "abstain", "disagree"),
    "consent": ("consent", "object"),
    "lazy": ("consent", "object"),
}
BLOCKS = {"consensus": "block", "consent": "object", "lazy": "object"}
OPTIONS = ("Rome", "Oslo", "Lima")
HIGHEST = {"choose": 1, "approve": 1, "score": 5, "dots": 8}
TEMPLATES = (*STANCES, *HIGHEST)
FACILITATOR, OBSERVER, NEWCOMER = "ana", "eve", "zoe"
MEMBERS = (FACILITATOR, "ben", "cem", "dee")
EVERYONE = (*MEMBERS, OBSERVER, NEWCOMER)

Marks = dict[str, int]
Quorum = int | Fraction | None
DONE, REFUSED, NOTHING = Verdict.DONE, Verdict.REFUSED, Verdict.NOTHING


@dataclass
class Ballot:
    """What a member said last, by which act, and what they said before it."""

    revision: int
    marks: Marks
    reason: str
    act: int
    earlier: "Ballot | None" = None

    def says(self) -> tuple[int, Marks, str]:
        return self.revision, self.marks, self.reason


@dataclass
class Poll:
    """A poll, its ballots by name, and after its end what came of it."""

    number: int
    template: str
    by: str
    room: str
    title: str
    opens: datetime
    closes: datetime
    quorum: Quorum = None
    on_roll: bool = False
    roll: frozenset[str] = frozenset()
    base: int = 0
    status: str = "scheduled"
    revision: int = 1
    firm: int = 1
    ballots: dict[str, Ballot] = field(default_factory=dict)
    result: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return STANCES.get(self.template, ("1", "2", "3"))

    @property
    def blocks(self) -> str:
        return BLOCKS.get(self.template, "")

    @property
    def labels(self) -> list[str]:
        """What the card calls the options."""
        if self.template in STANCES:
            return list(self.keys)
        return [f"{key}. {name}" for key, name in zip(self.keys, OPTIONS, strict=True)]

    def takes_votes(self, now: datetime) -> bool:
        return self.status == "open" and now < self.closes

    def due(self) -> datetime | None:
        return {"scheduled": self.opens, "open": self.closes}.get(self.status)

    # -- counting -----------------------------------------------------------------------------------------------------

    def counting(self) -> dict[str, Ballot]:
        """The ballots on the words as they stand, and the blocks since the facilitator last changed them."""
        return {
            who: one
            for who, one in self.ballots.items()
            if one.revision == self.revision or (self.blocks in one.marks and one.revision >= self.firm)
        }

    def tally(self) -> dict[str, tuple[int, list[str]]]:
        """Label -> the sum of its marks, and who gave it any."""
        counting = self.counting()
        return {
            label: (
                sum(one.marks.get(key, 0) for one in counting.values()),
                sorted(who for who, one in counting.items() if one.marks.get(key)),
            )
            for key, label in zip(self.keys, self.labels, strict=True)
        }

    def outcome(self) -> str:
        """The result, in the word that is kept."""
        turnout = len(self.counting())
        base = max(self.base, turnout)
        needed = self.quorum if isinstance(self.quorum, int) else (self.quorum or 0) * base
        if turnout < needed:
            return "no quorum"
        counts = {key: count for key, (count, _) in zip(self.keys, self.tally().values(), strict=True)}
        if self.template not in STANCES:
            highest = max(counts.values())
            return "chosen" if highest and list(counts.values()).count(highest) == 1 else "not passed"
        if counts.get(self.blocks):
            return "blocked"
        return "passed" if self._carried(counts, base) else "not passed"

    def _carried(self, counts: Marks, base: int) -> bool:
        match self.template:
            case "lazy":
                return True
            case "consent":
                return counts["consent"] > 0
            case "super":
                return counts["agree"] > 0 and counts["agree"] >= 2 * counts["disagree"]
            case "absolute":
                return 2 * counts["agree"] > base
            case _:
                return counts["agree"] > counts["disagree"]


class Group:
    """The polls of a group, and all that can be done with them. Each act answers with the verdict it must get."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.known = {*MEMBERS, OBSERVER}
        self.polls: list[Poll] = []
        self.acts = 0

    # -- time ---------------------------------------------------------------------------------------------------------

    def sweep(self) -> None:
        """Do all that is due by now, the longest overdue first."""
        while due := [one for one in self.polls if (at := one.due()) and at <= self.now]:
            first = min(due, key=lambda one: (one.due(), one.number))
            if first.status == "scheduled":
                self._open(first)
            else:
                self._close(first)

    def next_due(self) -> datetime | None:
        return min((at for one in self.polls if (at := one.due())), default=None)

    def _open(self, poll: Poll) -> None:
        voters = frozenset(self.known) - {OBSERVER}
        poll.status, poll.base = "open", len(voters)
        poll.roll = voters if poll.on_roll else frozenset()

    def _close(self, poll: Poll) -> None:
        poll.status, poll.result = "closed", poll.outcome()

    # -- leading ------------------------------------------------------------------------------------------------------

    def put(self, poll: Poll) -> Verdict:
        self.polls.append(poll)
        if poll.opens <= self.now:
            self._open(poll)
        return DONE

    def amend(self, who: str, poll: Poll, title: str) -> Verdict:
        if not self._may_change(who, poll) or title == poll.title:
            return REFUSED
        poll.title, poll.revision = title, poll.revision + 1
        if who == FACILITATOR:
            poll.firm = poll.revision
        return DONE

    def extend(self, who: str, poll: Poll, closes: datetime) -> Verdict:
        if not self._may_change(who, poll) or closes <= self.now:
            return REFUSED
        poll.closes = closes
        return DONE

    def withdraw(self, who: str, poll: Poll) -> Verdict:
        if not self._may_change(who, poll):
            return REFUSED
        poll.status, poll.result = "withdrawn", "withdrawn"
        return DONE

    def close(self, who: str, poll: Poll) -> Verdict:
        if who not in (poll.by, FACILITATOR) or poll.status != "open":
            return REFUSED
        self._close(poll)
        return DONE

    def _may_change(self, who: str, poll: Poll) -> bool:
        return who in (poll.by, FACILITATOR) and (poll.status == "scheduled" or poll.takes_votes(self.now))

    # -- voting -------------------------------------------------------------------------------------------------------

    def press(self, who: str, poll: Poll, option: int, value: int) -> Verdict:
        key = poll.keys[option % len(poll.keys)]
        before = poll.ballots.get(who)
        marks = {key: value}
        if poll.template in ("approve", "score", "dots") and before and before.revision == poll.revision:
            marks = before.marks | marks
        return self.vote(who, poll, marks, "")

    def vote(self, who: str, poll: Poll, marks: Marks, reason: str) -> Verdict:
        self.acts += 1
        before = poll.ballots.get(who)
        said = reason or (before.reason if before and before.marks == marks else "")
        if not self._may_vote(who, poll) or not _fits(poll, marks) or (poll.blocks in marks and not said):
            return REFUSED
        if poll.template == "dots":
            marks = {key: dots for key, dots in marks.items() if dots}
            said = reason or (before.reason if before and before.marks == marks else "")
        if before is None or before.says() != (poll.revision, marks, said):
            poll.ballots[who] = Ballot(poll.revision, marks, said, self.acts, earlier=before)
            self._close_if_all_have_voted(poll)
        return DONE

    def sign(self, who: str, poll: Poll | None, sign: str, reason: str) -> Verdict:
        if poll is None:
            return NOTHING
        stance = (CONSENT if "consent" in poll.keys else VOTING).get(sign)
        return self.vote(who, poll, {stance: 1} if stance else {}, reason)

    def latest(self, room: str) -> Poll | None:
        """Which proposal a bare sign is about: the open one put last, in this room if there is one."""
        open_ = [one for one in self.polls if one.takes_votes(self.now) and one.template in STANCES]
        here = [one for one in open_ if one.room == room]
        return max(here or open_, key=lambda one: (one.opens, one.number), default=None)

    def retract(self, who: str, poll: Poll) -> Verdict:
        if not poll.takes_votes(self.now) or who not in poll.ballots:
            return REFUSED
        del poll.ballots[who]
        return DONE

    def undo(self, who: str, poll: Poll, act: int) -> Verdict:
        self.acts += 1
        if not self._may_vote(who, poll):
            return REFUSED
        before = poll.ballots.get(who)
        if before is not None and before.act == act:
            if before.earlier is None:
                del poll.ballots[who]
            else:
                poll.ballots[who] = Ballot(*before.earlier.says(), self.acts)
        return DONE

    def _may_vote(self, who: str, poll: Poll) -> bool:
        return poll.takes_votes(self.now) and who != OBSERVER and (not poll.on_roll or who in poll.roll)

    def _close_if_all_have_voted(self, poll: Poll) -> None:
        counting = poll.counting()
        blocked = any(poll.blocks in one.marks for one in counting.values())
        if poll.on_roll and len(counting) >= poll.base and not blocked:
            self._close(poll)


def _fits(poll: Poll, marks: Marks) -> bool:
    if not marks or not set(marks) <= set(poll.keys):
        return False
    if poll.template in STANCES or poll.template == "choose":
        return list(marks.values()) == [1]
    total = sum(marks.values())
    return max(marks.values()) <= HIGHEST[poll.template] and (poll.template != "dots" or 0 < total <= 8)
