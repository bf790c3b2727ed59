"""Polls as plain dicts: their ballots, which of them count, and what they come to, told a second time and more simply."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

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

Marks = dict[str, int]
Quorum = int | Fraction | None


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


def fits(poll: Poll, marks: Marks) -> bool:
    if not marks or not set(marks) <= set(poll.keys):
        return False
    if poll.template in STANCES or poll.template == "choose":
        return list(marks.values()) == [1]
    total = sum(marks.values())
    return max(marks.values()) <= HIGHEST[poll.template] and (poll.template != "dots" or 0 < total <= 8)
