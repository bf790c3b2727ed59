"""Erasing: what becomes of the words of a person who is forgotten.

What is emptied is sealed anew, under a new salt, so that nobody can guess what the old seal in the journal was over.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from decisions import seals
from decisions.change import Change
from decisions.events import Event, WordsErased
from decisions.meeting_events import ActionDropped, NotedWordsErased
from decisions.model import Action, ActionStatus, Ballot, Concern, Meeting, Note, Remark, Review, Revision, Tag

Salt = Callable[[], str]

GROUPS_OWN = (Tag.SUBJECT, Tag.TOPIC, Tag.AGREED, Tag.REJECTED)
"""What somebody notes for the group, as they put a proposal: it goes only where that was asked for."""

GONE = "–"
"""What a meeting is called whose title was theirs."""


def ballot(one: Ballot, *, by: int | None, salt: Salt) -> Change:
    """The marks stay, and count. What they were before goes too, for nobody can undo anything any more."""
    bare = replace(one, reason="", earlier=None, origin="", worded="")
    if not one.reason:
        return _quietly(one, bare)
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_ballot(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "ballot", one.member_id, sealed.seal),))


def remark(one: Remark, *, by: int | None, salt: Salt) -> Change:
    """That something was said stays."""
    bare = replace(one, text="", origin="")
    if not one.text:
        return _quietly(one, bare)
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_remark(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "remark", one.id, sealed.seal),))


def concern(one: Concern, *, raised: bool, answered: bool, by: int | None, salt: Salt) -> Change:
    """Of a concern, the words of whoever `raised` or `answered` it, or of both where that is the same person."""
    bare = replace(one, text="" if raised else one.text, answer="" if answered else one.answer)
    if bare == one:
        return Change()
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_concern(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "concern", one.id, sealed.seal),))


def review(one: Review, *, by: int | None, salt: Salt) -> Change:
    """Whether it worked, in their eyes, stays."""
    if not one.text:
        return Change()
    unsealed = replace(one, text="", salt=salt())
    sealed = replace(unsealed, seal=seals.of_review(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "review", one.member_id, sealed.seal),))


def revision(one: Revision, *, by: int | None, salt: Salt) -> Change:
    """The words of a proposal; they go only where that was asked for, as the group decided on them."""
    if not (one.title or one.text):
        return Change()
    unsealed = replace(one, title="", text="", salt=salt())
    sealed = replace(unsealed, seal=seals.of_words(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "revision", one.number, sealed.seal),))


# -- in and after meetings --------------------------------------------------------------------------------------------


def note(one: Note, text: str, *, by: int | None, salt: Salt) -> Change:
    """That something was noted stays; `text` is what is left of it."""
    bare = replace(one, text=text, origin="")
    if text == one.text:
        return Change() if bare == one else Change((bare,))
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_note(unsealed))
    return Change((sealed,), events=(NotedWordsErased(by=by, what="note", key=one.id, seal=sealed.seal),))


def left_of_note(one: Note, *, words: bool) -> str:
    """What is left of a note of theirs. The guests whom they named are others."""
    return one.text if one.tag is Tag.GUEST or (one.tag in GROUPS_OWN and not words) else ""


def action(one: Action, text: str, who: str, why: str, *, by: int | None, salt: Salt, now: datetime) -> Change:
    """What is left of an action item; where that is nothing, nobody can do it any more."""
    bare, events = replace(one, text=text, who=who, why=why), tuple[Event, ...]()
    if bare == one:
        return Change()
    if (text, who) != (one.text, one.who):
        unsealed = replace(bare, salt=salt())
        bare = replace(unsealed, seal=seals.of_action(unsealed))
        events = (NotedWordsErased(by=by, what="action", key=one.id, seal=bare.seal),)
    if not text and one.status is ActionStatus.OPEN:
        bare = replace(bare, status=ActionStatus.DROPPED, closed_by=by, closed_at=now, remind_at=None)
        events = (*events, ActionDropped(by=by, action=one.id))
    return Change((bare,), events=events)


def meeting(one: Meeting, *, by: int | None, salt: Salt) -> Change:
    """What a meeting was to be about; it goes only where that was asked for, as the group met for it."""
    bare = replace(one, title=GONE, text="", place="")
    if bare == one:
        return Change()
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_meeting(unsealed))
    return Change((sealed,), events=(NotedWordsErased(by=by, what="meeting", key=one.id, seal=sealed.seal),))


def _quietly(one: Ballot | Remark, bare: Ballot | Remark) -> Change:
    """What no seal is over goes without a line in the journal."""
    return Change() if bare == one else Change((bare,))


def _event(by: int | None, poll: int, what: str, key: int, seal: str) -> WordsErased:
    return WordsErased(by=by, poll=poll, what=what, key=key, seal=seal)
