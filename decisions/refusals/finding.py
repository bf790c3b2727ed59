"""No: what is meant, or who may."""

from dataclasses import dataclass

from decisions.refusal import Refusal, Who

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
class FileTooLarge(Refusal):
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


# -- the decision log on the web --------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoWeb(Refusal):
    pass


@dataclass(eq=False)
class LogIsOff(Refusal):
    group: str


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
