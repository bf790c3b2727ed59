"""The schema: each noun's twin as a table, with the keys, constraints and indexes that the database itself keeps.

Ids are given by `Work.next_id`, inside the one writing transaction, so no table counts on its own.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from decisions import model
from storage.packing import EARLIER, MARKS, OPTIONS, OUTCOME, RULES, Named


def _id() -> Any:
    return Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


def _of(column: str, **more: Any) -> Any:
    return Field(foreign_key=column, **more)


def _as(kind: Any, **more: Any) -> Any:
    return Field(sa_type=kind, **more)


def _added(kind: Any, default: str = "") -> Any:
    """A column that came later: empty in the rows that were there, or with what it was before it could be said."""
    return Field(sa_type=kind, sa_column_kwargs={"server_default": default})


def _flag(default: bool = False) -> Any:
    """A yes or no that came later."""
    return Field(sa_column_kwargs={"server_default": text(str(default).lower())})


def _number(default: int = 0) -> Any:
    """A number that came later."""
    return Field(sa_column_kwargs={"server_default": text(str(default))})


class Groups(SQLModel, table=True):
    id: int = _id()
    name: str = _as(Text)
    zone: str = _as(Text)
    language: str = _as(Text)
    head: str = _as(Text)
    lines: int
    shared: bool = _flag()
    languages: tuple[str, ...] = _added(OPTIONS, "[]")
    usual: str = _added(Text)
    proposers: model.Proposers = _added(Named(model.Proposers), model.Proposers.EVERYONE.value)
    quiet: str = _added(Text)
    remind_hours: int = _number(24)
    pictured_at: datetime | None = Field(index=True)
    made_at: datetime


class Rooms(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("platform", "chat"),)
    id: int = _id()
    group_id: int = _of("groups.id", index=True)
    platform: str = _as(Text)
    chat: str = _as(Text)
    name: str = _as(Text)
    language: str = _as(Text)
    size: int | None
    announce: bool = _flag()
    gone_at: datetime | None
    left_at: datetime | None


class Persons(SQLModel, table=True):
    id: int = _id()
    name: str = _as(Text)
    language: str = _as(Text)
    zone: str = _as(Text)
    remind: bool
    nudge: bool = _flag(True)
    digest_at: datetime | None = Field(index=True)
    token: str = _added(Text)
    erased: bool = _flag()
    merged_into: int | None = _of("persons.id", index=True)


class Accounts(SQLModel, table=True):
    platform: str = _as(Text, primary_key=True)
    user: str = _as(Text, primary_key=True)
    person_id: int = _of("persons.id", index=True)


class Members(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("person_id", "group_id"),)
    id: int = _id()
    group_id: int = _of("groups.id", index=True)
    person_id: int = _of("persons.id")
    role: model.Role = _as(Named(model.Role))
    affiliate_id: int | None = _of("affiliates.id")
    seat: model.Seat = _added(Named(model.Seat), model.Seat.NONE.value)
    merged_into: int | None = _of("members.id", index=True)
    joined_at: datetime


class Affiliates(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "name"),)
    id: int = _id()
    group_id: int = _of("groups.id")
    name: str = _as(Text)
    region: str = _as(Text)
    language: str = _as(Text)
    weight: int
    named: bool


class Presences(SQLModel, table=True):
    room_id: int = _of("rooms.id", primary_key=True)
    member_id: int = _of("members.id", primary_key=True, index=True)


class Polls(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        UniqueConstraint("group_id", "decision"),
        Index("ix_polls_due_at", "due_at", sqlite_where=text("due_at IS NOT NULL")),
        Index("ix_polls_room_id_status", "room_id", "status"),
    )
    id: int = _id()
    group_id: int = _of("groups.id")
    number: int
    room_id: int = _of("rooms.id")
    by: int = _of("members.id")
    template: str = _as(Text)
    method: str = _as(Text)
    options: tuple[str, ...] = _as(OPTIONS)
    rules: model.Rules = _as(RULES)
    electorate: model.Electorate = _as(Named(model.Electorate))
    roll: str = _added(Text)
    base: int
    salt: str = _as(Text)
    revision: int
    firm_revision: int
    turnout: int
    spent: int = _number()
    status: model.Status = _as(Named(model.Status))
    made_at: datetime
    opens_at: datetime
    closes_at: datetime
    remind_at: datetime | None
    review_at: datetime | None
    review_asked: bool
    closed_at: datetime | None
    decision: int | None
    outcome: model.Outcome | None = _as(OUTCOME, nullable=True)
    statement: str = _as(Text)
    version: int
    due_at: datetime | None
    """What `decisions.deadlines.next_due` says, kept beside the poll so that one index finds what is due."""


class Revisions(SQLModel, table=True):
    poll_id: int = _of("polls.id", primary_key=True)
    number: int = Field(primary_key=True)
    title: str = _as(Text)
    text: str = _as(Text)
    by: int = _of("members.id")
    at: datetime
    salt: str = _as(Text)
    seal: str = _as(Text)


class Voters(SQLModel, table=True):
    poll_id: int = _of("polls.id", primary_key=True)
    member_id: int = _of("members.id", primary_key=True)
    affiliate_id: int | None = _of("affiliates.id")
    region: str = _added(Text)
    weight: int = _number(1)


class Additions(SQLModel, table=True):
    poll_id: int = _of("polls.id", primary_key=True)
    member_id: int = _of("members.id", primary_key=True)
    by: int = _of("members.id")


class Spents(SQLModel, table=True):
    poll_id: int = _of("polls.id", primary_key=True)
    mark: str = _as(Text, primary_key=True)


class Proxies(SQLModel, table=True):
    member_id: int = _of("members.id", primary_key=True)
    poll_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """0 is no poll, so it points nowhere."""
    proxy_id: int = _of("members.id", index=True)
    until: datetime | None


class Listings(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "name"),)
    id: int = _id()
    group_id: int = _of("groups.id")
    name: str = _as(Text)
    by: int | None = _of("members.id")
    at: datetime
    salt: str = _as(Text)


class Listeds(SQLModel, table=True):
    listing_id: int = _of("listings.id", primary_key=True)
    member_id: int = _of("members.id", primary_key=True)
    affiliate_id: int | None = _of("affiliates.id")
    weight: int
    note: str = _as(Text)


class Ballots(SQLModel, table=True):
    poll_id: int = _of("polls.id", primary_key=True)
    member_id: int = _of("members.id", primary_key=True)
    revision: int
    marks: model.Marks = _as(MARKS)
    reason: str = _as(Text)
    earlier: model.Earlier | None = _as(EARLIER, nullable=True)
    origin: str = _added(Text)
    worded: str = _added(Text)
    at: datetime
    salt: str = _as(Text)
    seal: str = _as(Text)


class Remarks(SQLModel, table=True):
    __table_args__ = (Index("ix_remarks_poll_id", "poll_id"), Index("ix_remarks_origin", "origin"))
    id: int = _id()
    group_id: int = _of("groups.id")
    poll_id: int = _of("polls.id")
    by: int = _of("members.id")
    text: str = _as(Text)
    at: datetime
    origin: str = _as(Text)
    salt: str = _as(Text)
    seal: str = _as(Text)


class Concerns(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: int = _id()
    group_id: int = _of("groups.id")
    number: int
    poll_id: int = _of("polls.id", index=True)
    by: int = _of("members.id")
    text: str = _as(Text)
    raised_at: datetime
    answer: str = _as(Text)
    answered_by: int | None = _of("members.id")
    resolved_at: datetime | None
    salt: str = _as(Text)
    seal: str = _as(Text)


class Supersessions(SQLModel, table=True):
    poll_id: int = _of("polls.id", primary_key=True)
    earlier_id: int = _of("polls.id", primary_key=True, index=True)


class Reviews(SQLModel, table=True):
    poll_id: int = _of("polls.id", primary_key=True)
    member_id: int = _of("members.id", primary_key=True)
    worked: bool
    text: str = _as(Text)
    at: datetime
    salt: str = _as(Text)
    seal: str = _as(Text)


class Posts(SQLModel, table=True):
    __table_args__ = (
        Index("ix_posts_message", "message"),
        Index("ix_posts_live", "poll_id", sqlite_where=text("live"), postgresql_where=text("live")),
    )  # fmt: skip
    id: int = _id()
    group_id: int | None = _of("groups.id")
    kind: model.PostKind = _as(Named(model.PostKind))
    poll_id: int | None = _of("polls.id")
    room_id: int | None = _of("rooms.id")
    platform: str = _as(Text)
    user: str = _as(Text)
    message: str = _as(Text)
    shown: int
    live: bool
    tries: int
    not_before: datetime | None
    reply_to: str = _as(Text)
    stance: str = _added(Text)
    said: tuple[str, ...] = _added(OPTIONS, "[]")


class Codes(SQLModel, table=True):
    id: int = _id()
    purpose: model.Purpose = _as(Named(model.Purpose))
    digest: str = _as(Text, index=True)
    platform: str = _as(Text)
    user: str = _as(Text)
    group_id: int | None = _of("groups.id")
    expires_at: datetime
    other_platform: str = _as(Text)
    other_user: str = _as(Text)
    other_chat: str = _as(Text)
    agreed: bool
    other_agreed: bool


class Tries(SQLModel, table=True):
    platform: str = _as(Text, primary_key=True)
    user: str = _as(Text, primary_key=True)
    at: datetime = Field(primary_key=True)


class Bookmarks(SQLModel, table=True):
    platform: str = _as(Text, primary_key=True)
    token: str = _as(Text)
    at: datetime


class Silences(SQLModel, table=True):
    platform: str = _as(Text, primary_key=True)
    since: datetime
    until: datetime


class Journal(SQLModel, table=True):
    """One hash chain a group. The second key makes a fork impossible: no two lines follow the same one."""

    __table_args__ = (UniqueConstraint("group_id", "before"),)
    group_id: int = _of("groups.id", primary_key=True)
    number: int = Field(primary_key=True)
    event: str = _as(Text)
    poll_id: int | None = Field(index=True)
    before: str = _as(Text)
    line: str = _as(Text)
    hash: str = _as(Text)


class Seen(SQLModel, table=True):
    """Keys of the requests that were carried out, so that none is carried out twice."""

    key: str = _as(Text, primary_key=True)
    at: datetime


class Played(SQLModel, table=True):
    """Holds a row where the database was filled by a written conversation, which the next one may replace."""

    file: str = _as(Text, primary_key=True)


def table(row: type[SQLModel]) -> Table:
    """The Core table of a row class."""
    return row.__table__  # type: ignore[attr-defined, no-any-return]


TABLES: dict[type[model.Noun], Table] = {
    model.Group: table(Groups),
    model.Room: table(Rooms),
    model.Person: table(Persons),
    model.Account: table(Accounts),
    model.Member: table(Members),
    model.Affiliate: table(Affiliates),
    model.Presence: table(Presences),
    model.Poll: table(Polls),
    model.Revision: table(Revisions),
    model.Voter: table(Voters),
    model.Addition: table(Additions),
    model.Spent: table(Spents),
    model.Proxy: table(Proxies),
    model.Listing: table(Listings),
    model.Listed: table(Listeds),
    model.Ballot: table(Ballots),
    model.Remark: table(Remarks),
    model.Concern: table(Concerns),
    model.Supersedes: table(Supersessions),
    model.Review: table(Reviews),
    model.Post: table(Posts),
    model.Code: table(Codes),
    model.Try: table(Tries),
    model.Bookmark: table(Bookmarks),
    model.Silence: table(Silences),
}
"""Noun -> its table; the columns are the noun's fields, by name."""
