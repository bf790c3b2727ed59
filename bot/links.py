"""Links: signed addresses, each of which opens one page, one calendar or one decision log to one member.

A link is its own proof: what it opens, for whom and until when stand in it, under a seal that only our key makes. So
nothing is kept of it. One process has one address and one key, as it has one set of settings: `configure` sets them at
the start; until then, and where the web is off, there are no links.
"""

import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from hmac import compare_digest, digest
from pathlib import Path
from secrets import token_bytes, token_hex

from decisions.model import Group, Meeting, Member, Openness

VERSION = 1
BODY = struct.Struct(">BBQQI")
"""The version, what for, about which, for whom, until when (seconds; 0: without end). With its seal it is 54 bytes, which
base64 writes as 72 letters with no bit to spare: no two words are the same link."""

SEAL, LENGTH = 32, 72

AFTER = timedelta(days=1)
"""How long after the time to choose is over a page still opens, to show what came of it."""

LONGEST = timedelta(days=30)

ENTERS = timedelta(days=1)
"""How long a link to a decision log lets in."""

KEY = timedelta(days=30)
"""How long a browser keeps the key that it was given."""


class Purpose(IntEnum):
    """What a link opens."""

    TIMES = 1
    """The times of a meeting, to be answered."""
    CALENDAR = 2
    """The meetings of a group, as a calendar to subscribe to."""
    ENTER = 3
    """A group's decision log: whoever follows it is given a key."""
    KEY = 4
    """The key that a browser keeps."""
    NEWS = 5
    """What is new in a group, as a feed to subscribe to."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the web is, and the key that seals."""

    address: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pass:
    """What a link says, whose seal is ours: `about` is the meeting, or of all others the group."""

    about: int
    member: int


_ours: Links | None = None


def configure(links: Links | None) -> None:
    """Let this be where our links lead; None: there are none."""
    global _ours
    _ours = links


# -- made -------------------------------------------------------------------------------------------------------------


def page(meeting: Meeting, member: Member, now: datetime) -> str | None:
    """The address of a member's page about the times of a meeting; None: the web is off."""
    if _ours is None:
        return None
    body = BODY.pack(VERSION, Purpose.TIMES, meeting.id, member.id, int(_until(meeting, now).timestamp()))
    return f"{_ours.address}/m/{_sealed(_ours, body)}"


def calendar(member: Member) -> str | None:
    """The address of the calendar of a member's group; None: the web is off. It holds for as long as they are a member."""
    if _ours is None:
        return None
    body = BODY.pack(VERSION, Purpose.CALENDAR, member.group_id, member.id, 0)
    return f"{_ours.address}/calendar/{_sealed(_ours, body)}.ics"


def permalink(group: Group, ref: str) -> str | None:
    """Where the page of a decision, poll, meeting, action or lesson (`D-12`, `L-4` ...) is, or (empty) the group's own. None:
    the web is off, or this group's log is."""
    if _ours is None or group.openness is Openness.OFF:
        return None
    return f"{_ours.address}/g/{group.id}/{ref}"


def enter(member: Member, now: datetime) -> str | None:
    """The address that lets a member into their group's decision log; None: the web is off."""
    if _ours is None:
        return None
    return f"{_ours.address}/enter/{_of_group(_ours, Purpose.ENTER, member, now + ENTERS)}"


def key(member: Member, now: datetime) -> str | None:
    """What their browser keeps from then on; None: the web is off."""
    return None if _ours is None else _of_group(_ours, Purpose.KEY, member, now + KEY)


def news(member: Member) -> str | None:
    """The address of what is new in a member's group, for feed readers; None: the web is off. It holds as a calendar's does."""
    return None if _ours is None else f"{_ours.address}/feed/{_of_group(_ours, Purpose.NEWS, member, None)}.atom"


def home() -> str:
    """Where the web is; empty: it is off."""
    return "" if _ours is None else _ours.address


def _of_group(links: Links, purpose: Purpose, member: Member, until: datetime | None) -> str:
    over = 0 if until is None else int(until.timestamp())
    return _sealed(links, BODY.pack(VERSION, purpose, member.group_id, member.id, over))


def _until(meeting: Meeting, now: datetime) -> datetime:
    """Until when a page opens. The days are counted from midnight, so that the same link is not another one each time."""
    longest = datetime.combine(now.astimezone(UTC), time(), UTC) + LONGEST
    return longest if meeting.ask_until is None else min(meeting.ask_until + AFTER, longest)


def _sealed(links: Links, body: bytes) -> str:
    return urlsafe_b64encode(body + digest(links.key, body, "sha256")).decode()


# -- opened -----------------------------------------------------------------------------------------------------------


def opened(token: str, purpose: Purpose, now: datetime) -> Pass | None:
    """What a link says; None for one that was altered, is not ours, is for something else, or is over."""
    body = _unsealed(token)
    if body is None:
        return None
    version, made_for, about, member, until = BODY.unpack(body)
    over = bool(until) and until <= now.timestamp()
    return None if over or (version, made_for) != (VERSION, purpose) else Pass(about, member)


def _unsealed(token: str) -> bytes | None:
    """What stands under the seal, if it is whole."""
    if _ours is None or len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token)
    except ValueError:
        return None
    body, seal = raw[:-SEAL], raw[-SEAL:]
    whole = compare_digest(seal, digest(_ours.key, body, "sha256"))
    return body if whole and urlsafe_b64encode(raw).decode() == token and len(body) == BODY.size else None


# -- the key ----------------------------------------------------------------------------------------------------------


def kept_key(folder: Path) -> bytes:
    """The key in the data folder, made where there is none. Of two processes that begin at once, the first one's holds."""
    file = folder / "key"
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f"key.{token_hex(8)}"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(token_bytes(SEAL))
            made.flush()
            os.fsync(made.fileno())
        with suppress(FileExistsError):
            file.hardlink_to(part)
        part.unlink()
    return file.read_bytes()
