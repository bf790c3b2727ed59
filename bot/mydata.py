"""My data: everything that is stored on one person, as JSON. Of others there is nothing in it but what their group sees."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import or_, select

from adapters.base import File
from decisions import seals
from decisions.model import (
    Action,
    Affiliate,
    Code,
    Group,
    Lesson,
    Listing,
    Meeting,
    Noun,
    Person,
    Poll,
    Post,
    PostKind,
    Presence,
    Room,
    Spent,
)
from storage import finding, journal
from storage.tables import TABLES, Journal, table
from storage.whose import Whose, rows, whose
from storage.work import Kind, Work

NAME = "mydata.json"
KIND = "application/json"

NOBODYS = ("supersessions", "bookmarks", "silences", "introductions")
"""The tables in which nothing is anybody's alone. What somebody was asked and has said of an introduction stands in the
post by which they were asked: the introduction itself also tells of the other side, if only by being there or not."""

SECRETS: Mapping[Kind, tuple[str, ...]] = {
    Code: ("digest",),
    Poll: ("salt",),
    Listing: ("salt",),
    Meeting: ("salt",),
    Action: ("salt",),
    Lesson: ("salt",),
}
"""What is not told: a code, not even as its digest; and what keeps the seals of what is others' too from being guessed."""

Plain = dict[str, Any]


def file(work: Work, person: Person) -> File:
    """All of it, as a file to keep."""
    return File(NAME, json.dumps(collected(work, person), ensure_ascii=False, indent=1) + "\n", KIND)


def collected(work: Work, person: Person) -> Plain:
    """Table -> rows, each as column -> value, for every table in which something points to the person; besides, what the
    ids of others in it are called in the group, and what the journals tell of the person's members."""
    who = whose(work, person)
    found: Plain = {}
    for noun, kept in TABLES.items():
        if kept.name not in NOBODYS:
            found[kept.name] = [_plain(one) for one in _OF.get(noun, lambda w, o, n=noun: rows(w, n, o))(work, who)]
    found["names"] = {str(one): name for one, (name, _) in finding.named(work, _ids(found)).items()}
    found["journal"] = {str(one.id): _told(work, one.group_id, one.id) for one in who.members}
    return found


# -- rows that no pointer leads to ------------------------------------------------------------------------------------


def _groups(work: Work, who: Whose) -> list[Noun]:
    return [work.the(Group, id=one) for one in sorted({member.group_id for member in who.members})]


def _rooms(work: Work, who: Whose) -> list[Noun]:
    return [work.the(Room, id=one) for one in sorted({one.room_id for one in rows(work, Presence, who)})]


def _affiliates(work: Work, who: Whose) -> list[Noun]:
    spoken_for = {one.affiliate_id for one in who.members if one.affiliate_id is not None}
    return [work.the(Affiliate, id=one) for one in sorted(spoken_for)]


def _spent(work: Work, who: Whose) -> list[Noun]:
    """Their accounts that have no ballot of their own in a poll any more."""
    open_ = [poll for one in _groups(work, who) if isinstance(one, Group) for poll in work.all(Poll, group_id=one.id)]
    marks = ((poll.id, seals.of_account(poll, one.platform, one.user)) for poll in open_ for one in who.accounts)
    found = (work.get(Spent, poll_id=poll, mark=mark) for poll, mark in marks)
    return [one for one in found if one is not None]


def _posts(work: Work, who: Whose) -> list[Noun]:
    """What was said to them, and waits to be said; but not whom they are about to be asked of, who may yet be gone by then
    without their knowing."""
    return [one for one in rows(work, Post, who) if one.message or one.kind is not PostKind.PEER]


def _codes(work: Work, who: Whose) -> list[Noun]:
    """The codes that were shown to them or typed by them; the other side is somebody else's."""
    mine = {(one.platform, one.user) for one in who.accounts}
    return [_my_side(one, mine) for one in rows(work, Code, who)]


def _my_side(one: Code, mine: set[tuple[str, str]]) -> Code:
    if (one.platform, one.user) not in mine:
        one = replace(one, platform="", user="")
    if (one.other_platform, one.other_user) not in mine:
        one = replace(one, other_platform="", other_user="", other_chat="")
    return one


_OF: Mapping[Kind, Callable[[Work, Whose], Iterable[Noun]]] = {
    Group: _groups,
    Room: _rooms,
    Affiliate: _affiliates,
    Spent: _spent,
    Code: _codes,
    Post: _posts,
}
"""How rows are found that do not point to a person, or tell of two."""


# -- telling ----------------------------------------------------------------------------------------------------------


def _plain(one: Noun) -> Plain:
    secret = SECRETS.get(type(one), ())
    return {each.name: _value(getattr(one, each.name)) for each in fields(one) if each.name not in secret}


def _value(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _value(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _value(one) for key, one in value.items()}
    return [_value(one) for one in value] if isinstance(value, tuple) else value


def _ids(found: Plain) -> set[int]:
    """The members that are named in it by number."""
    columns = {(kept.name, column.name) for kept in TABLES.values() for column in kept.columns if _is_member(column)}
    return {row[name] for of, name in columns for row in found.get(of, ()) if row.get(name) is not None}


def _is_member(column: Any) -> bool:
    return any(key.column.table.name == "members" for key in column.foreign_keys)


def _told(work: Work, group_id: int, member_id: int) -> Plain:
    """How often a journal names a member, by kind of event. It holds ids and seals, and no words."""
    lines = table(Journal)
    said = or_(*(lines.c.line.like(f"%:{member_id}{end}%") for end in ",}"))
    events: dict[str, int] = {}
    for line in work.connection.execute(select(lines.c.line).where(lines.c.group_id == group_id, said)).scalars():
        read = journal.parsed(line)
        if any(read.get(name) == member_id for name in NAMES):
            events[str(read["event"])] = events.get(str(read["event"]), 0) + 1
    return {"group": group_id, "lines": sum(events.values()), "events": events}


NAMES = ("by", "member", "into", "proxy", "second")
"""What of a line in the journal is a member."""
