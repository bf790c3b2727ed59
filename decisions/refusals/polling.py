"""No: what a poll does not take, where it stands in its life."""

from dataclasses import dataclass
from datetime import datetime

from decisions.refusal import Refusal, Word

# -- the life of a poll -----------------------------------------------------------------------------------------------


@dataclass(eq=False)
class PollNotOpen(Refusal):
    ref: str
    opens_at: datetime


@dataclass(eq=False)
class PollStillOpen(Refusal):
    ref: str


@dataclass(eq=False)
class PollClosed(Refusal):
    ref: str
    closed_at: datetime


@dataclass(eq=False)
class PollWithdrawn(Refusal):
    ref: str


@dataclass(eq=False)
class NoDecision(Refusal):
    """A straw poll decides nothing that could be stated, superseded or reviewed."""

    poll: str


@dataclass(eq=False)
class EditIsNoVote(Refusal):
    """An edit may change the words of a reason, and never what is voted."""

    poll: str


@dataclass(eq=False)
class VotedSince(Refusal):
    """What could be read only now is older than the ballot that stands."""

    poll: str


@dataclass(eq=False)
class NoStanceYet(Refusal):
    """A reason without a ballot that it would be for."""

    poll: str
    example: str


@dataclass(eq=False)
class NativeIsStraw(Refusal):
    """A platform's own poll binds nobody, so it stands for no other template."""

    template: str


@dataclass(eq=False)
class WordsDiffer(Refusal):
    given: str
    ref: str
    title: str


@dataclass(eq=False)
class NothingChanged(Refusal):
    ref: str


@dataclass(eq=False)
class ConcernResolved(Refusal):
    ref: str


@dataclass(eq=False)
class SupersedesItself(Refusal):
    ref: str


@dataclass(eq=False)
class ObserverOnRoll(Refusal):
    name: str


# -- ballots ----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NothingToRetract(Refusal):
    ref: str


@dataclass(eq=False)
class ReasonNeeded(Refusal):
    stance: Word
    example: str


@dataclass(eq=False)
class NotAStance(Refusal):
    given: str
    stances: tuple[Word, ...]


@dataclass(eq=False)
class NotForStances(Refusal):
    ref: str
    example: str


@dataclass(eq=False)
class UnknownOption(Refusal):
    given: str
    count: int


@dataclass(eq=False)
class ChoiceNeeded(Refusal):
    count: int


@dataclass(eq=False)
class TooFewChosen(Refusal):
    given: int
    least: int


@dataclass(eq=False)
class TooManyChosen(Refusal):
    given: int
    most: int


@dataclass(eq=False)
class MarkOutOfRange(Refusal):
    given: int
    highest: int


@dataclass(eq=False)
class TooManyDots(Refusal):
    given: int
    points: int
