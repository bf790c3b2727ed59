"""Every way we say no: the class name is the key of the text, the fields are its placeholders, in order."""

from dataclasses import dataclass
from datetime import datetime

from decisions.excess import TooManyCommands as TooManyCommands
from decisions.excess import TooManyOpen as TooManyOpen
from decisions.excess import TooManyPresses as TooManyPresses
from decisions.refusal import Example as Example
from decisions.refusal import Refusal as Refusal
from decisions.refusal import Who as Who
from decisions.refusal import Word as Word

# -- finding what is meant --------------------------------------------------------------------------------------------


@dataclass(eq=False)
class UnknownCommand(Refusal):
    word: str
    nearest: tuple[str, ...]


@dataclass(eq=False)
class UnknownReference(Refusal):
    given: str


@dataclass(eq=False)
class AmbiguousReference(Refusal):
    given: str
    choices: tuple[str, ...]


@dataclass(eq=False)
class ReferenceNeeded(Refusal):
    example: str


@dataclass(eq=False)
class NothingOpen(Refusal):
    pass


@dataclass(eq=False)
class NoGroup(Refusal):
    pass


@dataclass(eq=False)
class RoomNeeded(Refusal):
    pass


@dataclass(eq=False)
class UnknownButton(Refusal):
    pass


@dataclass(eq=False)
class UnknownMember(Refusal):
    given: str


@dataclass(eq=False)
class AmbiguousMember(Refusal):
    given: str
    choices: tuple[str, ...]


@dataclass(eq=False)
class UnknownSetting(Refusal):
    given: str
    known: tuple[str, ...]


@dataclass(eq=False)
class UnknownTemplate(Refusal):
    given: str
    known: tuple[str, ...]


@dataclass(eq=False)
class UnknownLanguage(Refusal):
    given: str
    known: tuple[str, ...]


@dataclass(eq=False)
class UnknownZone(Refusal):
    given: str
    nearest: tuple[str, ...]


# -- who may ----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class OnlyProposer(Refusal):
    ref: str
    who: Who


@dataclass(eq=False)
class OnlyFacilitators(Refusal):
    who: Who


@dataclass(eq=False)
class OnlyRaiser(Refusal):
    ref: str
    who: Who


@dataclass(eq=False)
class NotInElectorate(Refusal):
    ref: str


@dataclass(eq=False)
class ObserversDoNotVote(Refusal):
    who: Who


@dataclass(eq=False)
class LastFacilitator(Refusal):
    pass


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


# -- what is put ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class EmptyTitle(Refusal):
    example: str


@dataclass(eq=False)
class EmptyText(Refusal):
    example: str


@dataclass(eq=False)
class TitleTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class TextTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class ReasonTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class OptionTooLong(Refusal):
    option: str
    length: int
    limit: int


@dataclass(eq=False)
class EmptyOption(Refusal):
    pass


@dataclass(eq=False)
class DuplicateOption(Refusal):
    option: str


@dataclass(eq=False)
class TooFewOptions(Refusal):
    count: int
    least: int


@dataclass(eq=False)
class TooManyOptions(Refusal):
    count: int
    limit: int


@dataclass(eq=False)
class BadLimits(Refusal):
    least: int
    most: int
    count: int


@dataclass(eq=False)
class BadQuorum(Refusal):
    given: str


@dataclass(eq=False)
class BadThreshold(Refusal):
    given: str


@dataclass(eq=False)
class BadPoints(Refusal):
    given: str
    limit: int


# -- time -------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class UnknownTime(Refusal):
    given: str


@dataclass(eq=False)
class SkippedTime(Refusal):
    given: str
    zone: str


@dataclass(eq=False)
class TimeInPast(Refusal):
    at: datetime


@dataclass(eq=False)
class NoDuration(Refusal):
    given: str


@dataclass(eq=False)
class TooFarAhead(Refusal):
    at: datetime
    days: int


@dataclass(eq=False)
class ClosesBeforeOpening(Refusal):
    pass
