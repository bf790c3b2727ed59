"""Entries: what each noun says that can be found, and by what it is found besides its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from decisions.learned import Thing
from decisions.methods import METHODS
from decisions.model import (
    Action,
    Ballot,
    Concern,
    Lesson,
    Meeting,
    Note,
    Noun,
    Poll,
    Remark,
    Reuse,
    Review,
    Revision,
    Tag,
)
from decisions.searching import Kind

if TYPE_CHECKING:
    from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text that can be found."""

    source: str
    """Which noun says it: `ballot:7:3`."""
    group_id: int
    home_id: int
    """The group that the thing is of, where that is another one."""
    kind: Kind
    thing: Thing
    key: int
    by: int | None
    at: datetime
    outcome: str = ""
    title: str = ""
    text: str = ""


Says = Callable[["Work", Any], Sequence[Entry]]


def _of_poll(
    work: Work,
    poll_id: int,
    source: str,
    kind: Kind,
    by: int | None,
    at: datetime,
    text: str,
    title: str = "",
) -> Entry:
    poll = work.known(Poll, poll_id)
    return Entry(
        source=source, group_id=poll.group_id, home_id=poll.group_id, kind=kind, thing=Thing.POLL, key=poll_id, by=by,
        at=at, outcome=outcome_of(poll), title=title, text=text,
    )  # fmt: skip


def outcome_of(poll: Poll) -> str:
    """What is to be said after `outcome:` so that it is found."""
    return poll.outcome.result.value if poll.outcome else poll.status.value


def _revision(work: Work, one: Revision) -> Sequence[Entry]:
    """The words as they stand; those before them are not looked for."""
    poll = work.known(Poll, one.poll_id)
    if one.number < poll.revision:
        return ()
    options = () if METHODS[poll.method].stances else poll.options
    text = "\n".join(part for part in (one.text, *options) if part)
    source = f"revision:{one.poll_id}"
    return (_of_poll(work, one.poll_id, source, Kind.PROPOSAL, one.by, one.at, text, one.title),)


def _poll(work: Work, one: Poll) -> Sequence[Entry]:
    at = one.closed_at or one.made_at
    return (_of_poll(work, one.id, f"statement:{one.id}", Kind.STATEMENT, None, at, one.statement),)


def _ballot(work: Work, one: Ballot) -> Sequence[Entry]:
    source = f"ballot:{one.poll_id}:{one.member_id}"
    return (_of_poll(work, one.poll_id, source, Kind.REASON, one.member_id, one.at, one.reason),)


def _remark(work: Work, one: Remark) -> Sequence[Entry]:
    return (_of_poll(work, one.poll_id, f"remark:{one.id}", Kind.DISCUSSION, one.by, one.at, one.text),)


def _concern(work: Work, one: Concern) -> Sequence[Entry]:
    at = one.resolved_at or one.raised_at
    return (
        _of_poll(work, one.poll_id, f"concern:{one.id}", Kind.CONCERN, one.by, one.raised_at, one.text),
        _of_poll(work, one.poll_id, f"answer:{one.id}", Kind.CONCERN, one.answered_by, at, one.answer),
    )


def _review(work: Work, one: Review) -> Sequence[Entry]:
    source = f"review:{one.poll_id}:{one.member_id}"
    return (_of_poll(work, one.poll_id, source, Kind.REVIEW, one.member_id, one.at, one.text),)


def _meeting(work: Work, one: Meeting) -> Sequence[Entry]:
    return (
        Entry(
            source=f"meeting:{one.id}", group_id=one.group_id, home_id=one.group_id, kind=Kind.MEETING,
            thing=Thing.MEETING, key=one.id, by=one.by, at=one.starts_at or one.made_at, outcome=one.stage.value,
            title=one.title, text=_lines(one.text, one.place),
        ),
    )  # fmt: skip


def _note(work: Work, one: Note) -> Sequence[Entry]:
    """What became an action or is a decision is found as such, and a guest's name is no text."""
    elsewhere = one.undone or one.action_id is not None or one.tag in (Tag.GUEST, Tag.ACTION)
    return (
        Entry(
            source=f"note:{one.id}", group_id=one.group_id, home_id=one.group_id, kind=Kind.MINUTES,
            thing=Thing.MEETING, key=one.meeting_id, by=one.by, at=one.at, text="" if elsewhere else one.text,
        ),
    )  # fmt: skip


def _action(work: Work, one: Action) -> Sequence[Entry]:
    return (
        Entry(
            source=f"action:{one.id}", group_id=one.group_id, home_id=one.group_id, kind=Kind.ACTION,
            thing=Thing.ACTION, key=one.id, by=one.by, at=one.made_at, outcome=one.status.value, title=one.text,
            text=_lines(one.why, one.who),
        ),
    )  # fmt: skip


def _lesson(work: Work, one: Lesson) -> Sequence[Entry]:
    words = (one.text, one.happened, one.again, one.never, one.helps, one.region, one.affiliate, one.size, one.topic)
    return (
        Entry(
            source=f"lesson:{one.id}", group_id=one.group_id, home_id=one.group_id, kind=Kind.LESSON,
            thing=Thing.LESSON, key=one.id, by=one.by, at=one.at, outcome=_worked(one.worked), title=one.tried,
            text=_lines(*words),
        ),
    )  # fmt: skip


def _reuse(work: Work, one: Reuse) -> Sequence[Entry]:
    home = work.known(Lesson, one.lesson_id).group_id
    return (
        Entry(
            source=f"reuse:{one.id}", group_id=one.group_id, home_id=home, kind=Kind.REUSE, thing=Thing.LESSON,
            key=one.lesson_id, by=one.by, at=one.at, outcome=_worked(one.worked), text=_lines(one.place, one.text),
        ),
    )  # fmt: skip


def _worked(did: bool | None) -> str:
    return {True: "worked", False: "failed", None: ""}[did]


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Saying:
    """How a noun is found: in which of its fields its words are, and all that an entry shows besides."""

    says: Says
    words: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def silent(self, value: Noun) -> bool:
        """Whether it has no words."""
        return not any(getattr(value, one) for one in self.words)

    def same(self, before: Noun, value: Noun) -> bool:
        """Whether nothing that is found has changed. What says nothing, and did not, is not looked at further."""
        told = self.words if self.silent(value) else (*self.words, *self.beside)
        both = ((getattr(before, one), getattr(value, one)) for one in told)
        return all(was is is_ or was == is_ for was, is_ in both)


_TOLD = ("happened", "again", "never", "helps", "region", "affiliate", "size", "topic")

SAYINGS: dict[type[Noun], Saying] = {
    Revision: Saying(_revision, ("title", "text")),
    Poll: Saying(_poll, ("statement",), ("closed_at",)),
    Ballot: Saying(_ballot, ("reason",), ("at",)),
    Remark: Saying(_remark, ("text",)),
    Concern: Saying(_concern, ("text", "answer"), ("answered_by", "resolved_at")),
    Review: Saying(_review, ("text",), ("at",)),
    Meeting: Saying(_meeting, ("title", "text", "place"), ("stage", "starts_at")),
    Note: Saying(_note, ("text",), ("tag", "action_id", "undone")),
    Action: Saying(_action, ("text", "why", "who"), ("status",)),
    Lesson: Saying(_lesson, ("tried", "text", *_TOLD), ("worked", "by", "withdrawn")),
    Reuse: Saying(_reuse, ("place", "text"), ("worked", "at")),
}
"""Noun -> how it is found. What is not in it is never found."""
