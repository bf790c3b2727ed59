"""Seals: salted digests by which a value can be checked later without being told now."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from hashlib import sha256

from decisions.model import (
    ADDED_RULES,
    ADDED_TO_OUTCOME,
    Action,
    Ballot,
    Concern,
    Lesson,
    Listed,
    Meeting,
    Note,
    Outcome,
    Poll,
    Remark,
    Reuse,
    Review,
    Revision,
    Rules,
    Voter,
)


def seal(salt: str, *parts: object) -> str:
    """Return the SHA-256 (hex) over the salt and the parts, written as canonical JSON: sorted keys, no spaces."""
    written = json.dumps([salt, *parts], sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def of_words(revision: Revision) -> str:
    """The seal over a revision's words."""
    return seal(revision.salt, revision.poll_id, revision.number, revision.title, revision.text)


def of_terms(poll: Poll) -> str:
    """The seal over how a poll is decided, fixed when it is put."""
    rules, roll = _without(ADDED_RULES, poll.rules), [poll.roll] if poll.roll else []
    return seal(poll.salt, "terms", poll.id, poll.method, poll.options, rules, poll.electorate, *roll)


def of_ballot(ballot: Ballot) -> str:
    """The seal over one member's marks and reason."""
    return seal(ballot.salt, ballot.poll_id, ballot.member_id, ballot.revision, ballot.marks, ballot.reason)


def of_outcome(poll: Poll, outcome: Outcome) -> str:
    """The seal over an outcome."""
    return seal(poll.salt, "outcome", poll.id, _without(ADDED_TO_OUTCOME, outcome))


def of_statement(poll: Poll) -> str:
    """The seal over the statement made about an outcome."""
    return seal(poll.salt, "statement", poll.id, poll.statement)


def of_meeting(meeting: Meeting) -> str:
    """The seal over what a meeting is to be about, where, and how long."""
    return seal(
        meeting.salt, "meeting", meeting.id, meeting.title, meeting.text, meeting.place, meeting.minutes, meeting.zone
    )


def of_note(note: Note) -> str:
    """The seal over what was noted."""
    return seal(
        note.salt, "note", note.id, note.tag, note.text, note.under, note.corrects, note.poll_id, note.action_id
    )


def of_action(action: Action) -> str:
    """The seal over what is to be done, and until when."""
    return seal(action.salt, "action", action.id, action.text, action.who, action.due)


def of_lesson(lesson: Lesson) -> str:
    """The seal over a lesson's words, and whether it worked."""
    said = (lesson.tried, lesson.text, lesson.happened, lesson.again, lesson.never, lesson.helps)
    where = (lesson.region, lesson.affiliate, lesson.size, lesson.language, lesson.topic)
    return seal(lesson.salt, "lesson", lesson.id, lesson.worked, lesson.poll_id, *said, *where)


def of_reuse(reuse: Reuse) -> str:
    """The seal over what was said of a lesson's use."""
    return seal(reuse.salt, "reuse", reuse.id, reuse.lesson_id, reuse.by, reuse.worked, reuse.place, reuse.text)


def of_concern(concern: Concern) -> str:
    """The seal over a concern and its answer."""
    return seal(concern.salt, concern.id, concern.text, concern.answer)


def of_remark(remark: Remark) -> str:
    """The seal over what was said in answer to a card."""
    return seal(remark.salt, remark.id, remark.poll_id, remark.by, remark.text)


def of_review(review: Review) -> str:
    """The seal over what a member said of a decision later."""
    return seal(review.salt, review.poll_id, review.member_id, review.worked, review.text)


def of_roll(poll: Poll, voters: Iterable[Voter]) -> str:
    """The seal over a roll: the members' ids, with what they speak for where any speak for anything."""
    lines = sorted((one.member_id, one.affiliate_id or 0, one.region, one.weight) for one in voters)
    bare = all(line[1:] == (0, "", 1) for line in lines)
    return seal(poll.salt, "roll", poll.id, [line[0] for line in lines] if bare else lines)


def of_listing(salt: str, lines: Sequence[Listed]) -> str:
    """The seal over a list that was brought in."""
    return seal(salt, "listing", [(one.member_id, one.affiliate_id or 0, one.weight) for one in lines])


def of_account(poll: Poll, platform: str, user: str) -> str:
    """What an account is known by among those that have no ballot of their own in a poll any more."""
    return seal(poll.salt, "account", poll.id, platform, user)


def _without(added: Sequence[str], value: Rules | Outcome) -> dict[str, object]:
    """A value's fields, of those that came later only what says something: seals from before them still hold."""
    return {name: kept for name, kept in asdict(value).items() if kept or name not in added}


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")
