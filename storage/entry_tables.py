"""The schema of the index: every text that can be found, with the words by which it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from decisions.learned import Thing
from decisions.searching import Kind
from storage.columns import as_, id_, of
from storage.packing import Named

FURTHEST = 16_383
"""PostgreSQL counts a word's place no further."""


class Indexed(TypeDecorator[Any]):
    """Folded words in their order: on SQLite as they are, on PostgreSQL as a tsvector, made without its parser."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | str | None, dialect: Dialect) -> str | None:
        if value is None or isinstance(value, str):
            return value
        return _vector(value) if dialect.name == "postgresql" else " ".join(value)


def _vector(words: Sequence[str]) -> str:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, start=1):
        places.setdefault(word, []).append(min(place, FURTHEST))
    return " ".join(f"'{word}':{','.join(map(str, found[:255]))}" for word, found in places.items())


class Entries(SQLModel, table=True):
    """Its index of words is made by the migration: each database has a kind of its own."""

    __table_args__ = (Index("ix_entries_thing_key", "thing", "key"), Index("ix_entries_by", "by"))
    id: int = id_()
    source: str = as_(Text, unique=True)
    """Which noun says it: `ballot:7:3`."""
    group_id: int = of("groups.id", index=True)
    home_id: int = of("groups.id")
    """The group that the thing is of, where that is another one."""
    kind: Kind = as_(Named(Kind))
    thing: Thing = as_(Named(Thing))
    key: int
    """The id of the thing on whose page it stands."""
    by: int | None
    """The id of a member; None: nobody is named."""
    at: datetime
    outcome: str = as_(Text)
    """What came of the thing."""
    title: str = as_(Text)
    text: str = as_(Text)
    words: str = as_(Indexed)


class Searches(SQLModel, table=True):
    platform: str = as_(Text, primary_key=True)
    user: str = as_(Text, primary_key=True)
    number: int
    words: str = as_(Text)
    group_id: int | None = of("groups.id")
    page: int
    at: datetime


class Folded(SQLModel, table=True):
    """Holds one row: by which rules of folding the index was made."""

    __tablename__ = "folding"
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
