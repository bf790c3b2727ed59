"""No: groups and their rooms, people and their accounts, affiliates, rolls."""

from dataclasses import dataclass
from datetime import datetime

from decisions.refusal import Refusal, Who

# -- rooms ------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class SayInTheRoom(Refusal):
    pass


@dataclass(eq=False)
class OnlyAdministrators(Refusal):
    pass


@dataclass(eq=False)
class WrongCode(Refusal):
    pass


@dataclass(eq=False)
class ExpiredCode(Refusal):
    pass


@dataclass(eq=False)
class UsedCode(Refusal):
    pass


@dataclass(eq=False)
class ForeignCode(Refusal):
    """It is for something else."""


@dataclass(eq=False)
class OwnCode(Refusal):
    """It was typed in a room of the group that it is for."""

    group: str


@dataclass(eq=False)
class TooManyTries(Refusal):
    until: datetime


@dataclass(eq=False)
class TwoGroups(Refusal):
    """The room belongs to a group with a record, or with rooms, of its own."""

    group: str


@dataclass(eq=False)
class NoRoomWaits(Refusal):
    pass


@dataclass(eq=False)
class SeveralRoomsWait(Refusal):
    rooms: tuple[str, ...]


@dataclass(eq=False)
class LastRoom(Refusal):
    open: tuple[str, ...]


@dataclass(eq=False)
class LastVotingRoom(Refusal):
    pass


@dataclass(eq=False)
class NoRoomLeft(Refusal):
    pass


@dataclass(eq=False)
class OnlyAnnounced(Refusal):
    """The room is told things, and nothing is done in it."""

    rooms: tuple[str, ...]


# -- settings ---------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class MembersPropose(Refusal):
    who: Who


@dataclass(eq=False)
class FacilitatorsPropose(Refusal):
    who: Who


@dataclass(eq=False)
class NotUsual(Refusal):
    """What was given stands for no way to decide."""

    given: str


@dataclass(eq=False)
class UnknownHours(Refusal):
    """No span of the day, as in 22:00-07:00."""

    given: str


@dataclass(eq=False)
class UnknownReminder(Refusal):
    given: str
    longest: int
