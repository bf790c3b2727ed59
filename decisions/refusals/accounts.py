"""No: people and their accounts, and the codes that make them one."""

from dataclasses import dataclass

from decisions.refusal import Refusal


@dataclass(eq=False)
class SayItAlone(Refusal):
    """What was said in a room is for the bot alone."""

    example: str


@dataclass(eq=False)
class ShownCode(Refusal):
    """A code was said in a room."""

    example: str


@dataclass(eq=False)
class WrongLinkCode(Refusal):
    """There is no such code, or no longer: which, is nobody's business who only guessed."""

    example: str


@dataclass(eq=False)
class OwnLinkCode(Refusal):
    """It was typed by the account that it was shown to."""

    example: str


@dataclass(eq=False)
class OnePersonAlready(Refusal):
    """Both accounts are the same person's."""


@dataclass(eq=False)
class NothingToConfirm(Refusal):
    """Nobody asks this account whether it is theirs too, or no longer."""

    example: str


@dataclass(eq=False)
class UnknownAccount(Refusal):
    given: str
    accounts: tuple[str, ...]


@dataclass(eq=False)
class AmbiguousAccount(Refusal):
    given: str
    choices: tuple[str, ...]


@dataclass(eq=False)
class OnlyAccount(Refusal):
    """Without it nobody could be this person."""


@dataclass(eq=False)
class AccountSpent(Refusal):
    """Its person has, or had, their ballot in this poll by another account."""

    ref: str
