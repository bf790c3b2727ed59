"""The schema of polls and of all that is said and cast in them: their nouns' twins as tables."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from decisions import model
from storage.columns import added, as_, count, id_, of
from storage.packing import EARLIER, MARKS, OPTIONS, OUTCOME, RULES, Named


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


ROWS: dict[type[model.Noun], type[SQLModel]] = {
    model.Poll: Polls,
    model.Revision: Revisions,
    model.Voter: Voters,
    model.Addition: Additions,
    model.Spent: Spents,
    model.Proxy: Proxies,
    model.Listing: Listings,
    model.Listed: Listeds,
    model.Ballot: Ballots,
    model.Remark: Remarks,
    model.Concern: Concerns,
    model.Supersedes: Supersessions,
    model.Review: Reviews,
}
"""Noun -> the row class that is its twin."""
