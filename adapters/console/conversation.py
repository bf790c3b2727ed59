"""Written conversations: the format that stories, transcripts and bug reports are written in, read into steps."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NoReturn
from zoneinfo import available_timezones

ROOM = re.compile(r"room\s+(?P<name>\S+)\s+(?P<platform>[a-z]+)")
SAID = re.compile(
    r"(?P<at>\S+)\s+(?P<who>[^\s@~>]+)(?P<to>[@~])(?P<where>[^\s>]+)(?: re (?P<re>[^\s@~>]+))?>(?:\s(?P<text>.*))?"
)
PRESSED = re.compile(r"\[(?P<press>[^\[\]\s]+)\]")
COMMENT = re.compile(r"\s{2,}#(?:\s.*)?$")
MEMBER_WORDS = ("role", "affiliate", "zone", "language")
ROLES = ("member", "facilitator", "observer")


class Malformed(Exception):  # noqa: N818 - told to whoever wrote it, with the line
    """A line that is none of the format's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    name: str
    platform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody declared; empty fields are as the group's."""

    name: str
    role: str = ""
    affiliate: str = ""
    zone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words or a press, in a room, or (`room` empty) to the bot alone. `line` is where in the file it stands."""

    at: datetime
    line: int
    who: str
    room: str
    text: str = ""
    press: str = ""
    reply: str = ""
    """The poll to whose card in that room it replies, as P-1; or who said last there what it replies to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Time passes."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A group, its rooms and people, and what happens, in order. Of several groups, the first has what happens in all."""

    group: str
    zone: str = "UTC"
    language: str = "en"
    rooms: tuple[Room, ...] = ()
    people: tuple[Person, ...] = ()
    steps: tuple[Said | Passed, ...] = field(default=())
    others: tuple["Conversation", ...] = ()

    @property
    def every(self) -> tuple["Conversation", ...]:
        """All groups."""
        return (self, *self.others)


def read(lines: Iterable[str]) -> Conversation:
    """Read a conversation. Raises Malformed with the line's number."""
    found = Conversation(group="Group")
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n")
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t":
            found = _continued(found, number, line)
            continue
        try:
            found = _with(found, number, line)
        except ValueError as wrong:
            _malformed(number, str(wrong))
    if not found.rooms:  # a short conversation need not declare where it takes place
        spoken = dict.fromkeys(step.room for step in found.steps if isinstance(step, Said) and step.room)
        found = replace(found, rooms=tuple(Room(name=name, platform="console") for name in spoken or ("room",)))
    _check_rooms(found)
    return found


def _with(found: Conversation, number: int, line: str) -> Conversation:
    word = line.split(maxsplit=1)[0]
    if word in ("room", "member") and found.others:  # they belong to the group that is named last
        *before, last = found.others
        return replace(found, others=(*before, _with(last, number, line)))
    if word == "group":
        name, settings = _declared(line, number, ("zone", "language"))
        if found.rooms:
            return replace(found, others=(*found.others, Conversation(group=name, **settings)))
        return replace(found, group=name, **settings)
    if word == "room":
        room = ROOM.fullmatch(_uncommented(line))
        if room is None:
            _malformed(number, "a room is: room NAME PLATFORM")
        return replace(found, rooms=(*found.rooms, Room(name=room["name"], platform=room["platform"])))
    if word == "member":
        name, settings = _declared(line, number, MEMBER_WORDS)
        if name in (one.name for one in found.people):
            _malformed(number, f"{name} is declared twice")
        return replace(found, people=(*found.people, Person(name=name, **settings)))
    return replace(found, steps=(*found.steps, _step(number, line)))


def _step(number: int, line: str) -> Said | Passed:
    said = SAID.fullmatch(line)
    if said is None:
        return Passed(at=_instant(_uncommented(line), number))
    private = said["to"] == "~"
    if private and said["re"]:
        _malformed(number, "a reply is said in the room where that stands which it answers")
    if private and said["where"] != "bot":
        _malformed(number, "who speaks in private speaks to the bot: NAME~bot>")
    text = COMMENT.sub("", said["text"] or "").rstrip()
    pressed = PRESSED.fullmatch(text)
    return Said(
        at=_instant(said["at"], number),
        line=number,
        who=said["who"],
        room="" if private else said["where"],
        text="" if pressed else text,
        press=pressed["press"] if pressed else "",
        reply=said["re"] or "",
    )


def _continued(found: Conversation, number: int, line: str) -> Conversation:
    last = found.steps[-1] if found.steps else None
    if not isinstance(last, Said) or last.press:
        _malformed(number, "an indented line goes on with a message, and there is none above it")
    return replace(found, steps=(*found.steps[:-1], replace(last, text=f"{last.text}\n{line.strip()}")))


def _declared(line: str, number: int, words: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    parts = shlex.split(line, comments=True)
    if len(parts) < 2 or len(parts) % 2:
        _malformed(number, f"after the name come pairs of {', '.join(words)} and what they are")
    pairs = dict(zip(parts[2::2], parts[3::2], strict=True))
    unknown = [one for one in pairs if one not in words]
    if unknown:
        _malformed(number, f"{unknown[0]} is none of {', '.join(words)}")
    if pairs.get("role", "member") not in ROLES:
        _malformed(number, f"a role is one of {', '.join(ROLES)}")
    if pairs.get("zone", "UTC") not in available_timezones():
        _malformed(number, f"there is no time zone {pairs['zone']}")
    return parts[1], pairs


def _instant(text: str, number: int) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        _malformed(number, "a line begins with group, room, member, # or an instant as 2026-03-02T18:00:00Z")
    if at.tzinfo is None:
        _malformed(number, "an instant needs its zone, as in 2026-03-02T18:00:00Z")
    return at.astimezone(UTC)


def _uncommented(line: str) -> str:
    return COMMENT.sub("", line).strip()


def _check_rooms(found: Conversation) -> None:
    known = {room.name for group in found.every for room in group.rooms}
    for step in found.steps:
        if isinstance(step, Said) and step.room and step.room not in known:
            _malformed(step.line, f"there is no room {step.room}; declare it: room {step.room} matrix")


def _malformed(number: int, why: str) -> NoReturn:
    raise Malformed(f"line {number}: {why}")
