"""Codes: drawn by chance, and how often somebody may type one that is not right."""

import secrets
from datetime import datetime, timedelta

from decisions import codes
from decisions.model import Code, Try
from decisions.refusals import TooManyTries
from storage.work import Work

TAG = 12
"""How many letters of a code's digest name it in a button, so that those of an earlier one do nothing."""

TRIES = 5
WITHIN = timedelta(hours=1)
"""So many wrong codes an account may type in so long a time."""


def draw() -> str:
    """A new code, as people read it."""
    return codes.shown(secrets.randbits(codes.BITS))


def kept(work: Work, given: str) -> Code | None:
    """The code that was typed, if there is such a one; the newest, should one have been drawn twice."""
    known = work.all(Code, digest=codes.digest(given)) if codes.normalise(given) else []
    return known[-1] if known else None


def check_tries(work: Work, platform: str, user: str, now: datetime) -> None:
    """Refuse whoever typed too many wrong codes of late."""
    lately = [one.at for one in work.all(Try, platform=platform, user=user) if one.at > now - WITHIN]
    if len(lately) >= TRIES:
        raise TooManyTries(lately[-TRIES] + WITHIN)


def tried(work: Work, platform: str, user: str, now: datetime) -> None:
    """Remember that somebody typed a wrong code."""
    before = work.all(Try, platform=platform, user=user)
    work.drop(*(one for one in before if one.at <= now - WITHIN))
    last = before[-1].at if before else now
    at = now if now > last or not before else last + timedelta(microseconds=1)  # two at once are two
    work.put(Try(platform=platform, user=user, at=at))
