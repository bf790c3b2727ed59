"""No, to what was to be linked or joined."""

from dataclasses import dataclass

from decisions.refusal import Refusal


@dataclass(eq=False)
class RelatesToItself(Refusal):
    """A thing belongs with itself anyway."""


@dataclass(eq=False)
class NothingOfYours(Refusal):
    """Neither of the two is of a group that they are in."""
