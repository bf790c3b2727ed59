"""No: groups and their rooms, people and their accounts, affiliates, rolls."""

from dataclasses import dataclass

from decisions.refusal import Refusal

# -- people and their accounts ----------------------------------------------------------------------------------------


@dataclass(eq=False)
class BallotSpent(Refusal):
    ref: str
