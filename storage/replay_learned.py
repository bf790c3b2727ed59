"""Replay of what is learnt: what a group's journal says must be there of lessons, their use, and what belongs together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from decisions import learned_events as events
from decisions.events import Event
from decisions.model import Thing
from storage.told import Mark

Line = Mapping[str, Any]
Ends = tuple[str, int, str, int]
"""Two things, each as its kind and its id."""


@dataclass(slots=True)
class LessonTold:
    """A lesson, as the journal knows it."""

    number: int
    made: Mark
    seal: str
    """Over its words as they are now."""
    withdrawn: bool = False


@dataclass(slots=True)
class ReuseTold:
    """A use of a lesson, as the journal knows it."""

    lesson: int
    made: Mark
    seal: str


@dataclass(slots=True)
class LearnedTold:
    """All that a group's journal knows of what was learnt."""

    lessons: dict[int, LessonTold] = field(default_factory=dict)
    reuses: dict[int, ReuseTold] = field(default_factory=dict)
    related: dict[Ends, Mark] = field(default_factory=dict)
    """A mark of these has no seal."""


def _mark(line: Line, seal: str = "") -> Mark:
    return Mark(seal, line["by"], datetime.fromisoformat(line["at"]))


def _filed(group: LearnedTold, line: Line) -> None:
    """The same lesson again has other words, and is still of whoever filed it, if anybody is told to have."""
    made = _mark(line, line["seal"])
    if (before := group.lessons.get(line["lesson"])) is not None:
        before.seal = made.seal
    else:
        group.lessons[line["lesson"]] = LessonTold(len(group.lessons) + 1, made, made.seal)


def _withdrawn(group: LearnedTold, line: Line) -> None:
    group.lessons[line["lesson"]].withdrawn = True


def _used(group: LearnedTold, line: Line) -> None:
    made = _mark(line, line["seal"])
    if (before := group.reuses.get(line["reuse"])) is not None:
        before.seal = made.seal
    else:
        group.reuses[line["reuse"]] = ReuseTold(line["lesson"], made, made.seal)


def _related(group: LearnedTold, line: Line) -> None:
    ends = (Thing(line["thing"]).value, line["key"], Thing(line["other"]).value, line["other_key"])
    group.related.setdefault(ends, _mark(line))


def _emptied(group: LearnedTold, line: Line) -> None:
    """Whose words it was, and when they were said, is as before; what is left of them is sealed anew."""
    kept: dict[str, Mapping[int, LessonTold | ReuseTold]] = {"lesson": group.lessons, "reuse": group.reuses}
    kept[line["what"]][line["key"]].seal = line["seal"]


_BY_EVENT: dict[type[Event], Callable[[LearnedTold, Line], None]] = {
    events.LessonFiled: _filed,
    events.LessonWithdrawn: _withdrawn,
    events.LessonUsed: _used,
    events.ThingsRelated: _related,
    events.LearntWordsErased: _emptied,
}

FOLLOWS = {event.__name__: follow for event, follow in _BY_EVENT.items()}
"""What follows from a line, by the event's name in it."""
