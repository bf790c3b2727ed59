"""Naming: a thing of any group as it is told to whoever may see it - its id, its title, how it stands, and its page."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot import links, times, why
from bot.reader import Reader, short
from decisions.model import Action, Group, Lesson, Meeting, Poll, Revision, Status, Thing
from storage import learning
from storage.work import Work

Key = tuple[Thing, int]
"""By what a thing is found."""

TITLE = 80
"""Characters of a title in a list."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing, and the group whose it is."""

    thing: Thing
    noun: Poll | Meeting | Action | Lesson
    group: Group
    title: str
    failed: bool = False
    """It is said that it did not work."""

    @property
    def mark(self) -> str:
        """How it is kept and pressed: `poll:12`."""
        return f"{self.thing}:{self.noun.id}"

    @property
    def key(self) -> Key:
        """By what it is found."""
        return self.thing, self.noun.id

    @property
    def own(self) -> str:
        """What its group calls it: a poll that was decided, by its decision."""
        decision = self.noun.decision if isinstance(self.noun, Poll) else None
        return f"D-{decision}" if decision is not None else self.noun.ref

    def ref(self, group_id: int | None) -> str:
        """What it is called where one speaks of that group."""
        return self.own if self.group.id == group_id else f"{self.own}@{self.group.id}"

    @property
    def open(self) -> bool:
        """It is not over yet."""
        return isinstance(self.noun, Poll) and self.noun.status in (Status.OPEN, Status.SCHEDULED)


def named(work: Work, thing: Thing, key: int) -> Named | None:
    """A thing as it is by now; None: it is no more."""
    if thing is Thing.POLL:
        return _poll(work, work.get(Poll, id=key))
    if thing is Thing.LESSON:
        return _lesson(work, work.get(Lesson, id=key))
    noun = work.get(Meeting, id=key) if thing is Thing.MEETING else work.get(Action, id=key)
    if noun is None:
        return None
    title = noun.title if isinstance(noun, Meeting) else noun.text
    return Named(thing, noun, work.the(Group, id=noun.group_id), title)


def marked(work: Work, mark: str) -> Named | None:
    """The thing of a mark such as `poll:12`."""
    thing, _, key = mark.partition(":")
    return named(work, Thing(thing), int(key))


def _poll(work: Work, poll: Poll | None) -> Named | None:
    if poll is None:
        return None
    title = work.the(Revision, poll_id=poll.id, number=poll.revision).title
    lesson = learning.of_poll(work, poll.id)
    failed = lesson is not None and lesson.worked is False
    return Named(Thing.POLL, poll, work.the(Group, id=poll.group_id), title, failed)


def _lesson(work: Work, lesson: Lesson | None) -> Named | None:
    if lesson is None or lesson.withdrawn:
        return None
    title = lesson.tried
    if not title and lesson.poll_id is not None and (decision := named(work, Thing.POLL, lesson.poll_id)):
        title = decision.title
    return Named(Thing.LESSON, lesson, work.the(Group, id=lesson.group_id), title, lesson.worked is False)


# -- told -------------------------------------------------------------------------------------------------------------


def line(one: Named, reader: Reader, here: int | None) -> str:
    """The thing on one line, with how it stands and the address of its page, if it has one. `here`: the group spoken of."""
    title = short(one.title, TITLE) or reader.say("forgotten-title")
    told = reader.say(_key(one), one.group.name, one.ref(here), title, _when(one, reader), _came(one, reader))
    url = links.permalink(one.group, one.own)
    return f"{told}\n{url}" if url else told


def _key(one: Named) -> str:
    if one.failed:
        return "alike-failed"
    if isinstance(one.noun, Poll):
        decided = "alike-decided" if one.noun.outcome else "alike-asked"
        return "alike-open" if one.open else decided
    if isinstance(one.noun, Meeting):
        return "alike-meeting" if one.noun.starts_at else "alike-meeting-asked"
    if isinstance(one.noun, Lesson) and one.noun.worked:
        return "alike-worked"
    return "alike-lesson" if one.thing is Thing.LESSON else "alike-action"


def _came(one: Named, reader: Reader) -> str:
    """What came of a decision."""
    outcome = one.noun.outcome if isinstance(one.noun, Poll) else None
    return why.result(outcome, reader) if outcome else ""


def _when(one: Named, reader: Reader) -> str:
    """Until when it is open, when it begins, or in which month it was."""
    noun = one.noun
    if isinstance(noun, Meeting):
        return reader.at(noun.starts_at) if noun.starts_at else ""
    return reader.at(noun.closes_at) if isinstance(noun, Poll) and one.open else _month(one, reader)


def _month(one: Named, reader: Reader) -> str:
    noun = one.noun
    at = noun.at if isinstance(noun, Lesson) else noun.made_at
    at = (noun.closed_at or at) if isinstance(noun, Poll) else at
    return times.shown_month(at.astimezone(ZoneInfo(reader.zone)).date(), reader.language)
