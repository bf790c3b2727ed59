"""The schema of what is learnt and handed on: its nouns' twins as tables."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from decisions import model
from storage.columns import as_, id_, of
from storage.packing import OPTIONS, Named


class Lessons(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: int = id_()
    group_id: int = of("groups.id")
    number: int
    by: int | None = of("members.id", index=True)
    worked: bool | None
    tried: str = as_(Text)
    text: str = as_(Text)
    happened: str = as_(Text)
    again: str = as_(Text)
    never: str = as_(Text)
    helps: str = as_(Text)
    region: str = as_(Text)
    affiliate: str = as_(Text)
    size: str = as_(Text)
    language: str = as_(Text)
    topic: str = as_(Text)
    poll_id: int | None = of("polls.id", index=True)
    withdrawn: bool
    at: datetime
    salt: str = as_(Text)
    seal: str = as_(Text)
    version: int


class Reuses(SQLModel, table=True):
    id: int = id_()
    lesson_id: int = of("lessons.id", index=True)
    group_id: int = of("groups.id", index=True)
    by: int = of("members.id", index=True)
    worked: bool | None
    place: str = as_(Text)
    text: str = as_(Text)
    at: datetime
    salt: str = as_(Text)
    seal: str = as_(Text)


class Relations(SQLModel, table=True):
    group_id: int = of("groups.id", index=True)
    thing: model.Thing = as_(Named(model.Thing), primary_key=True)
    key: int = Field(primary_key=True)
    other: model.Thing = as_(Named(model.Thing), primary_key=True)
    other_key: int = Field(primary_key=True, index=True)
    by: int = of("members.id", index=True)
    at: datetime


class Drafts(SQLModel, table=True):
    platform: str = as_(Text, primary_key=True)
    user: str = as_(Text, primary_key=True)
    group_id: int = of("groups.id")
    asked: str = as_(Text)
    worked: bool | None
    poll_id: int | None = of("polls.id")
    said: tuple[str, ...] = as_(OPTIONS)
    at: datetime


class Helps(SQLModel, table=True):
    id: int = id_()
    person_id: int = of("persons.id", index=True)
    side: model.Side = as_(Named(model.Side))
    text: str = as_(Text)
    language: str = as_(Text)
    at: datetime
    ends_at: datetime | None = Field(index=True)
    seek_at: datetime | None = Field(index=True)


class Introductions(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("offer_id", "ask_id"),)
    id: int = id_()
    offer_id: int = of("helps.id")
    ask_id: int = of("helps.id", index=True)
    at: datetime
    offers: bool | None
    asks: bool | None


ROWS: dict[type[model.Noun], type[SQLModel]] = {
    model.Lesson: Lessons,
    model.Reuse: Reuses,
    model.Related: Relations,
    model.Draft: Drafts,
    model.Help: Helps,
    model.Introduction: Introductions,
}
"""Noun -> the row class that is its twin."""
