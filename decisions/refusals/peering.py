"""No: what people offer to others and ask of them, without names."""

from dataclasses import dataclass

from decisions.refusal import Refusal


@dataclass(eq=False)
class HelpNeeded(Refusal):
    """Nothing is said of what is offered or asked for."""

    example: str


@dataclass(eq=False)
class HelpTooLong(Refusal):
    length: int
    limit: int


@dataclass(eq=False)
class HelpTellsWhere(Refusal):
    """It has an address or an account in it, by which strangers would be led past us, or be found out."""

    given: str


@dataclass(eq=False)
class TooManyHelps(Refusal):
    """One person has as many open as fit."""

    limit: int
    example: str


@dataclass(eq=False)
class TooManyFiled(Refusal):
    """One person has filed as many lately as they may, whatever became of them; `limit` in so many days."""

    limit: int
    days: int


@dataclass(eq=False)
class UnknownHelp(Refusal):
    """They have none of that number."""

    given: str
    example: str


@dataclass(eq=False)
class UnknownIntroduction(Refusal):
    """Nobody asked them that; whether anybody else was is nobody's business."""

    given: str
