"""Told: a poll and what belongs to it, as a journal knows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from decisions.model import Status


class Mark(NamedTuple):
    """What one line leaves behind: a seal, whose act it was, and when."""

    seal: str
    by: int | None
    at: datetime


@dataclass(slots=True)
class ConcernTold:
    """A concern, as the journal knows it."""

    number: int
    raised: Mark
    seal: str
    """Over the concern and, once there is one, its answer."""
    answered_by: int | None = None
    resolved_at: datetime | None = None


@dataclass(slots=True)
class PollTold:
    """A poll, as the journal knows it."""

    number: int
    made: Mark
    """Sealed are the terms."""
    closes_at: datetime
    words: dict[int, Mark]
    """By number of revision."""
    firm: int = 1
    status: Status = Status.SCHEDULED
    base: int = 0
    roll: str | None = None
    """None: it has not opened."""
    ballots: dict[int, Mark] = field(default_factory=dict)
    """By member; only those that were not taken back."""
    remarks: dict[int, Mark] = field(default_factory=dict)
    concerns: dict[int, ConcernTold] = field(default_factory=dict)
    closing: Mark | None = None
    """Sealed is the outcome."""
    proxies: Mapping[int, int] = field(default_factory=dict)
    """Member -> proxy, as they were in force when it closed."""
    decision: int | None = None
    statement: str = ""
    review_at: datetime | None = None
    reviews: dict[int, Mark] = field(default_factory=dict)
    supersedes: set[int] = field(default_factory=set)
