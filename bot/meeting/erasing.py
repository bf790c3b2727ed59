"""Erasing in meetings: what becomes of what a person noted, took on and answered, when they are forgotten."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot import steps
from bot.meeting.posts import OVER
from decisions import erasing
from decisions.change import Change
from decisions.model import (
    Action,
    AgendaItem,
    Attendance,
    Borne,
    Busy,
    Doubt,
    Feed,
    Hours,
    LogLine,
    Meeting,
    Note,
    Owner,
    Post,
    PostKind,
    Rsvp,
    Suits,
)
from storage.whose import Whose, rows
from storage.work import Kind, Work

ALONE: tuple[Kind, ...] = (Hours, Feed, Busy, Doubt, Suits, Rsvp, Borne, LogLine)
"""What is about them alone, and goes. That they were at a meeting stays, by number."""

SHOWN: tuple[Kind, ...] = (Meeting, Suits, Rsvp, Attendance, Note)
"""What of a person the cards and minutes of a meeting may show."""


def emptied(
    work: Work,
    who: Whose,
    words: bool,
    salt: erasing.Salt,
    now: datetime,
    by: Mapping[int, int | None],
    bare: Callable[[str], str],
) -> Iterator[tuple[int, Change]]:
    """What is left of their words, each with its group. `by`: who does it, by group; `bare`: a text without their names."""
    actions = _actions(work, who)
    left = {one.id: _left(work, one, who, words, bare) for one in actions}
    for action in actions:
        yield action.group_id, erasing.action(action, *left[action.id], by=by[action.group_id], salt=salt, now=now)
    for note in _notes(work, who, left):
        text = erasing.left_of_note(note, words=words) if note.by in who.ids else note.text
        if note.action_id in left:
            text = bare(note.text) if left[note.action_id][0] else ""
        yield note.group_id, erasing.note(note, text, by=by[note.group_id], salt=salt)
    for meeting in rows(work, Meeting, who) if words else ():
        yield meeting.group_id, erasing.meeting(meeting, by=by[meeting.group_id], salt=salt)


def touched(work: Work, who: Whose) -> list[int]:
    """The ids of the meetings that may show their name or words."""
    ids = {one.id for one in rows(work, Meeting, who)}
    ids |= {one.meeting_id for noun in SHOWN[1:] for one in rows(work, noun, who)}
    return sorted(ids | {one.meeting_id for one in _actions(work, who) if one.meeting_id is not None})


def drop_rows(work: Work, who: Whose) -> None:
    """What is about them alone. What they wanted to talk about, and had the word for, nobody can speak of for them."""
    for noun in ALONE:
        work.drop(*rows(work, noun, who))
    for item in rows(work, AgendaItem, who):
        work.put(replace(item, text="", dropped=item.dropped or item.reached is None))
    for one in rows(work, Attendance, who):
        leads = one.chair and work.the(Meeting, id=one.meeting_id).stage in OVER
        work.put(replace(one, queued_at=None, queued_for="", chair=leads))


def show_again(work: Work, meeting_id: int) -> None:
    """Let whatever shows the meeting be brought up to date once more."""
    meeting = work.the(Meeting, id=meeting_id)
    work.put(replace(meeting, version=meeting.version + 1))
    for post in steps.newest(work.all(Post, meeting_id=meeting.id)):
        if post.kind in (PostKind.MEETING, PostKind.MINUTES) and post.room_id is not None and post.message:
            work.put(replace(post, live=True))


def _actions(work: Work, who: Whose) -> list[Action]:
    """Those they made, own or closed."""
    owned = [work.the(Action, id=one.action_id) for one in rows(work, Owner, who)]
    return list({one.id: one for one in (*rows(work, Action, who), *owned)}.values())


def _notes(work: Work, who: Whose, actions: Iterable[int]) -> list[Note]:
    """Those they made, and those of others about an action of theirs."""
    about = [note for one in actions for note in work.all(Note, action_id=one)]
    return list({one.id: one for one in (*rows(work, Note, who), *about)}.values())


def _left(work: Work, one: Action, who: Whose, words: bool, bare: Callable[[str], str]) -> tuple[str, str, str]:
    """What is left of its words, of the names in it, and of why it was closed. What is somebody else's to do stays."""
    others = {owner.member_id for owner in work.all(Owner, action_id=one.id)} - who.ids
    gone = one.by in who.ids and (words or not others)
    return "" if gone else bare(one.text), bare(one.who), "" if one.closed_by in who.ids else bare(one.why)
