"""The schema: each noun's twin as a table, with the keys, constraints and indexes that the database itself keeps.

Ids are given by `Work.next_id`, inside the one writing transaction, so no table counts on its own.
"""

from datetime import datetime

from sqlalchemy import Index, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from decisions import model
from storage import entry_tables, learned_tables, meeting_tables, people_tables, poll_tables
from storage.columns import added, as_, id_, of
from storage.packing import OPTIONS, Named


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
    **{noun: table(row) for noun, row in (people_tables.ROWS | poll_tables.ROWS).items()},
    model.Post: table(Posts),
    model.Bookmark: table(Bookmarks),
    model.Silence: table(Silences),
    model.Doubt: table(Doubts),
    **{noun: table(row) for noun, row in (meeting_tables.ROWS | learned_tables.ROWS).items()},
    model.Sought: table(entry_tables.Searches),
}
"""Noun -> its table; the columns are the noun's fields, by name."""
