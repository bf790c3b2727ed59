"""The schema: each noun's twin as a table, with the keys, constraints and indexes that the database itself keeps.

Ids are given by `Work.next_id`, inside the one writing transaction, so no table counts on its own.
"""

from datetime import datetime

from sqlalchemy import Index, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from decisions import model
from storage import entry_tables, learned_tables, meeting_tables
from storage.columns import added, as_, count, flag, id_, of
from storage.packing import EARLIER, MARKS, OPTIONS, OUTCOME, RULES, Named


class Groups(SQLModel, table=True):
    id: int = id_()
    name: str = as_(Text)
    zone: str = as_(Text)
    language: str = as_(Text)
    head: str = as_(Text)
    lines: int
    shared: bool = flag()
    languages: tuple[str, ...] = added(OPTIONS, "[]")
    usual: str = added(Text)
    proposers: model.Proposers = added(Named(model.Proposers), model.Proposers.EVERYONE.value)
    quiet: str = added(Text)
    remind_hours: int = count(24)
    openness: model.Openness = added(Named(model.Openness), model.Openness.MEMBERS.value)
    pictured_at: datetime | None = Field(index=True)
    running: int = count()
    """0 is no meeting, so it points nowhere."""
    made_at: datetime


class Rooms(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("platform", "chat"),)
    id: int = id_()
    group_id: int = of("groups.id", index=True)
    platform: str = as_(Text)
    chat: str = as_(Text)
    name: str = as_(Text)
    language: str = as_(Text)
    size: int | None
    announce: bool = flag()
    gone_at: datetime | None
    left_at: datetime | None


class Persons(SQLModel, table=True):
    id: int = id_()
    name: str = as_(Text)
    language: str = as_(Text)
    zone: str = as_(Text)
    remind: bool
    nudge: bool = flag(True)
    digest_at: datetime | None = Field(index=True)
    token: str = added(Text)
    erased: bool = flag()
    merged_into: int | None = of("persons.id", index=True)


class Accounts(SQLModel, table=True):
    platform: str = as_(Text, primary_key=True)
    user: str = as_(Text, primary_key=True)
    person_id: int = of("persons.id", index=True)


class Members(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("person_id", "group_id"),)
    id: int = id_()
    group_id: int = of("groups.id", index=True)
    person_id: int = of("persons.id")
    role: model.Role = as_(Named(model.Role))
    affiliate_id: int | None = of("affiliates.id")
    seat: model.Seat = added(Named(model.Seat), model.Seat.NONE.value)
    merged_into: int | None = of("members.id", index=True)
    joined_at: datetime


class Affiliates(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "name"),)
    id: int = id_()
    group_id: int = of("groups.id")
    name: str = as_(Text)
    region: str = as_(Text)
    language: str = as_(Text)
    weight: int
    named: bool


class Presences(SQLModel, table=True):
    room_id: int = of("rooms.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True, index=True)


class Polls(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        UniqueConstraint("group_id", "decision"),
        Index("ix_polls_due_at", "due_at", sqlite_where=text("due_at IS NOT NULL")),
        Index("ix_polls_room_id_status", "room_id", "status"),
        Index("ix_polls_thread", "thread", sqlite_where=text("thread != ''"), postgresql_where=text("thread != ''")),
    )
    id: int = id_()
    group_id: int = of("groups.id")
    number: int
    room_id: int = of("rooms.id")
    by: int = of("members.id")
    template: str = as_(Text)
    method: str = as_(Text)
    options: tuple[str, ...] = as_(OPTIONS)
    rules: model.Rules = as_(RULES)
    electorate: model.Electorate = as_(Named(model.Electorate))
    roll: str = added(Text)
    base: int
    salt: str = as_(Text)
    revision: int
    firm_revision: int
    turnout: int
    spent: int = count()
    status: model.Status = as_(Named(model.Status))
    made_at: datetime
    opens_at: datetime
    closes_at: datetime
    remind_at: datetime | None
    review_at: datetime | None
    review_asked: bool
    closed_at: datetime | None
    decision: int | None
    outcome: model.Outcome | None = as_(OUTCOME, nullable=True)
    statement: str = as_(Text)
    thread: str = added(Text)
    version: int
    due_at: datetime | None
    """What `decisions.deadlines.next_due` says, kept beside the poll so that one index finds what is due."""


class Revisions(SQLModel, table=True):
    poll_id: int = of("polls.id", primary_key=True)
    number: int = Field(primary_key=True)
    title: str = as_(Text)
    text: str = as_(Text)
    by: int = of("members.id")
    at: datetime
    salt: str = as_(Text)
    seal: str = as_(Text)


class Voters(SQLModel, table=True):
    poll_id: int = of("polls.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True)
    affiliate_id: int | None = of("affiliates.id")
    region: str = added(Text)
    weight: int = count(1)


class Additions(SQLModel, table=True):
    poll_id: int = of("polls.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True)
    by: int = of("members.id")


class Spents(SQLModel, table=True):
    poll_id: int = of("polls.id", primary_key=True)
    mark: str = as_(Text, primary_key=True)


class Proxies(SQLModel, table=True):
    member_id: int = of("members.id", primary_key=True)
    poll_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """0 is no poll, so it points nowhere."""
    proxy_id: int = of("members.id", index=True)
    until: datetime | None


class Listings(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "name"),)
    id: int = id_()
    group_id: int = of("groups.id")
    name: str = as_(Text)
    by: int | None = of("members.id")
    at: datetime
    salt: str = as_(Text)


class Listeds(SQLModel, table=True):
    listing_id: int = of("listings.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True)
    affiliate_id: int | None = of("affiliates.id")
    weight: int
    note: str = as_(Text)


class Ballots(SQLModel, table=True):
    poll_id: int = of("polls.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True)
    revision: int
    marks: model.Marks = as_(MARKS)
    reason: str = as_(Text)
    earlier: model.Earlier | None = as_(EARLIER, nullable=True)
    origin: str = added(Text)
    worded: str = added(Text)
    at: datetime
    salt: str = as_(Text)
    seal: str = as_(Text)


class Remarks(SQLModel, table=True):
    __table_args__ = (Index("ix_remarks_poll_id", "poll_id"), Index("ix_remarks_origin", "origin"))
    id: int = id_()
    group_id: int = of("groups.id")
    poll_id: int = of("polls.id")
    by: int = of("members.id")
    text: str = as_(Text)
    at: datetime
    origin: str = as_(Text)
    salt: str = as_(Text)
    seal: str = as_(Text)


class Concerns(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: int = id_()
    group_id: int = of("groups.id")
    number: int
    poll_id: int = of("polls.id", index=True)
    by: int = of("members.id")
    text: str = as_(Text)
    raised_at: datetime
    answer: str = as_(Text)
    answered_by: int | None = of("members.id")
    resolved_at: datetime | None
    salt: str = as_(Text)
    seal: str = as_(Text)


class Supersessions(SQLModel, table=True):
    poll_id: int = of("polls.id", primary_key=True)
    earlier_id: int = of("polls.id", primary_key=True, index=True)


class Reviews(SQLModel, table=True):
    poll_id: int = of("polls.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True)
    worked: bool
    text: str = as_(Text)
    at: datetime
    salt: str = as_(Text)
    seal: str = as_(Text)


class Posts(SQLModel, table=True):
    __table_args__ = (
        Index("ix_posts_message", "message"),
        Index("ix_posts_live", "id", sqlite_where=text("live = 1"), postgresql_where=text("live")),
        Index("ix_posts_reply_to", "reply_to", sqlite_where=text("reply_to != ''"), postgresql_where=text("reply_to != ''")),
    )  # fmt: skip
    id: int = id_()
    group_id: int | None = of("groups.id")
    kind: model.PostKind = as_(Named(model.PostKind))
    poll_id: int | None = of("polls.id", index=True)
    meeting_id: int | None = of("meetings.id", index=True)
    lesson_id: int | None = of("lessons.id", index=True)
    room_id: int | None = of("rooms.id")
    platform: str = as_(Text)
    user: str = as_(Text)
    message: str = as_(Text)
    shown: int
    live: bool
    tries: int
    not_before: datetime | None
    reply_to: str = as_(Text)
    stance: str = added(Text)
    said: tuple[str, ...] = added(OPTIONS, "[]")


class Doubts(SQLModel, table=True):
    id: int = id_()
    platform: str = as_(Text)
    user: str = as_(Text)
    chat: str = as_(Text)
    private: bool
    text: str = as_(Text)
    message: str = as_(Text)
    reply_to: str = as_(Text)
    thread: str = added(Text)
    words: str = as_(Text)
    readings: tuple[str, ...] = as_(OPTIONS)
    settled: tuple[str, ...] = as_(OPTIONS)
    alike: tuple[str, ...] = added(OPTIONS, "[]")
    at: datetime


class Codes(SQLModel, table=True):
    id: int = id_()
    purpose: model.Purpose = as_(Named(model.Purpose))
    digest: str = as_(Text, index=True)
    platform: str = as_(Text)
    user: str = as_(Text)
    group_id: int | None = of("groups.id")
    expires_at: datetime
    other_platform: str = as_(Text)
    other_user: str = as_(Text)
    other_chat: str = as_(Text)
    agreed: bool
    other_agreed: bool


class Tries(SQLModel, table=True):
    platform: str = as_(Text, primary_key=True)
    user: str = as_(Text, primary_key=True)
    at: datetime = Field(primary_key=True)


class Bookmarks(SQLModel, table=True):
    platform: str = as_(Text, primary_key=True)
    token: str = as_(Text)
    at: datetime


class Silences(SQLModel, table=True):
    platform: str = as_(Text, primary_key=True)
    since: datetime
    until: datetime


class Journal(SQLModel, table=True):
    """One hash chain a group. The second key makes a fork impossible: no two lines follow the same one."""

    __table_args__ = (UniqueConstraint("group_id", "before"),)
    group_id: int = of("groups.id", primary_key=True)
    number: int = Field(primary_key=True)
    event: str = as_(Text)
    poll_id: int | None = Field(index=True)
    before: str = as_(Text)
    line: str = as_(Text)
    hash: str = as_(Text)


class Seen(SQLModel, table=True):
    """Keys of the requests that were carried out, so that none is carried out twice."""

    key: str = as_(Text, primary_key=True)
    at: datetime


class Played(SQLModel, table=True):
    """Holds a row where the database was filled by a written conversation, which the next one may replace."""

    file: str = as_(Text, primary_key=True)


def table(row: type[SQLModel]) -> Table:
    """The Core table of a row class."""
    return row.__table__  # type: ignore[attr-defined, no-any-return]


ENTRIES, FOLDED = table(entry_tables.Entries), table(entry_tables.Folded)
"""What can be found, which follows from the nouns, and by which rules it was folded."""

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
    model.Doubt: table(Doubts),
    **{noun: table(row) for noun, row in (meeting_tables.ROWS | learned_tables.ROWS).items()},
    model.Sought: table(entry_tables.Searches),
}
"""Noun -> its table; the columns are the noun's fields, by name."""
