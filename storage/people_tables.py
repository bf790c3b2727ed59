"""The schema of groups and of people: their nouns' twins as tables."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from decisions import model
from storage.columns import added, as_, count, flag, id_, of
from storage.packing import OPTIONS, Named


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


ROWS: dict[type[model.Noun], type[SQLModel]] = {
    model.Group: Groups,
    model.Room: Rooms,
    model.Person: Persons,
    model.Account: Accounts,
    model.Member: Members,
    model.Affiliate: Affiliates,
    model.Presence: Presences,
    model.Code: Codes,
    model.Try: Tries,
}
"""Noun -> the row class that is its twin."""
