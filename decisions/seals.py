"""Seals: salted digests by which a value can be checked later without being told now."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from hashlib import sha256

from decisions.model import Ballot, Concern, Outcome, Poll, Remark, Review, Revision


def seal(salt: str, *parts: object) -> str:
    """Return the SHA-256 (hex) over the salt and the parts, written as canonical JSON: sorted keys, no spaces."""
    written = json.dumps([salt, *parts], sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def of_words(revision: Revision) -> str:
    """The seal over a revision's words."""
    return seal(revision.salt, revision.poll_id, revision.number, revision.title, revision.text)


def of_terms(poll: Poll) -> str:
    """The seal over how a poll is decided, fixed when it is put."""
    return seal(poll.salt, "terms", poll.id, poll.method, poll.options, asdict(poll.rules), poll.electorate)


def of_ballot(ballot: Ballot) -> str:
    """The seal over one member's marks and reason."""
    return seal(ballot.salt, ballot.poll_id, ballot.member_id, ballot.revision, ballot.marks, ballot.reason)


def of_outcome(poll: Poll, outcome: Outcome) -> str:
    """The seal over an outcome."""
    return seal(poll.salt, "outcome", poll.id, asdict(outcome))


def of_statement(poll: Poll) -> str:
    """The seal over the statement made about an outcome."""
    return seal(poll.salt, "statement", poll.id, poll.statement)


def of_concern(concern: Concern) -> str:
    """The seal over a concern and its answer."""
    return seal(concern.salt, concern.id, concern.text, concern.answer)


def of_remark(remark: Remark) -> str:
    """The seal over what was said in answer to a card."""
    return seal(remark.salt, remark.id, remark.poll_id, remark.by, remark.text)


def of_review(review: Review) -> str:
    """The seal over what a member said of a decision later."""
    return seal(review.salt, review.poll_id, review.member_id, review.worked, review.text)


def of_roll(poll: Poll, members: list[int]) -> str:
    """The seal over a roll."""
    return seal(poll.salt, "roll", poll.id, sorted(members))


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")
