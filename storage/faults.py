"""Faults: what does not agree with the journal, and where; the words are the bot's."""

from dataclasses import dataclass

Said = tuple[str, ...]
"""The key of a text, and what stands in its placeholders."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in a group's records that is not as its journal proves it was."""

    group: int
    place: Said
    what: Said


class Spot:
    """A place in a group's records; calling it makes the fault that is found there."""

    def __init__(self, group: int, key: str, *values: str | int) -> None:
        self.group = group
        self.said = (key, *map(str, values))

    def __call__(self, key: str, *values: str | int) -> Fault:
        return Fault(self.group, self.said, (key, *map(str, values)))


MISSING = "broken-missing"
ADDED = "broken-added"
CHANGED = "broken-changed"
UNREADABLE = "broken-unreadable"
