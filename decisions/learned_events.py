"""What happened to lessons, in the past tense: ids and seals alone, as in `events`."""

from dataclasses import dataclass

from decisions.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFiled(Event):
    """Filed, or, where it was filed before, put in other words. `by` None: without a name, or by a review."""

    lesson: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonWithdrawn(Event):
    lesson: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonUsed(Event):
    """This group used a lesson, its own or another's; or what was said of that reads otherwise now."""

    reuse: int
    lesson: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingsRelated(Event):
    """Two things belong together; `thing` and `other` are values of a Thing, with their ids."""

    thing: str
    key: int
    other: str
    other_key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntWordsErased(Event):
    """The words of an erased person were taken out of a lesson or its use (`what`: lesson or reuse; `key`: its id); `seal` is
    over what is left."""

    what: str
    key: int
    seal: str
