"""The schema of meetings: their nouns' twins as tables."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from decisions import model
from storage.columns import as_, id_, of
from storage.packing import OPTIONS, Named


class Meetings(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: int = id_()
    group_id: int = of("groups.id")
    number: int
    room_id: int = of("rooms.id")
    by: int = of("members.id")
    title: str = as_(Text)
    text: str = as_(Text)
    place: str = as_(Text)
    minutes: int
    stage: model.Stage = as_(Named(model.Stage))
    zone: str = as_(Text)
    wall: str = as_(Text)
    starts_at: datetime | None
    ask_until: datetime | None
    every: int
    series: int
    twin: int
    uid: str = as_(Text)
    sequence: int
    wake_at: datetime | None = Field(index=True)
    started_at: datetime | None
    ended_at: datetime | None
    awaited: tuple[str, ...] = as_(OPTIONS)
    made_at: datetime
    salt: str = as_(Text)
    seal: str = as_(Text)
    version: int


class Slots(SQLModel, table=True):
    meeting_id: int = of("meetings.id", primary_key=True)
    number: int = Field(primary_key=True)
    wall: str = as_(Text)
    starts_at: datetime
    by: int | None = of("members.id")
    dropped: bool


class Suitings(SQLModel, table=True):
    meeting_id: int = of("meetings.id", primary_key=True)
    slot: int = Field(primary_key=True)
    member_id: int = of("members.id", primary_key=True, index=True)
    mark: int
    at: datetime


class Rsvps(SQLModel, table=True):
    meeting_id: int = of("meetings.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True, index=True)
    coming: model.Coming = as_(Named(model.Coming))
    at: datetime


class Bornes(SQLModel, table=True):
    meeting_id: int = of("meetings.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True, index=True)
    local: str = as_(Text)
    cost: int
    at: datetime


class Hourses(SQLModel, table=True):
    __tablename__ = "hours"
    person_id: int = of("persons.id", primary_key=True)
    ranges: tuple[str, ...] = as_(OPTIONS)


class Feeds(SQLModel, table=True):
    person_id: int = of("persons.id", primary_key=True)
    url: str = as_(Text)
    fetched_at: datetime | None
    fetch_at: datetime | None = Field(index=True)
    failures: int


class Busies(SQLModel, table=True):
    id: int = id_()
    person_id: int = of("persons.id", index=True)
    begins_at: datetime
    ends_at: datetime


class Attendances(SQLModel, table=True):
    meeting_id: int = of("meetings.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True, index=True)
    here: bool
    regrets: bool
    chair: bool
    at: datetime
    queued_at: datetime | None
    queued_for: str = as_(Text)
    spoken: int


class Notes(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("meeting_id", "number"), Index("ix_notes_origin", "origin"))
    id: int = id_()
    group_id: int = of("groups.id")
    meeting_id: int = of("meetings.id")
    number: int
    tag: model.Tag = as_(Named(model.Tag))
    text: str = as_(Text)
    by: int = of("members.id", index=True)
    at: datetime
    under: int
    corrects: int
    poll_id: int | None = of("polls.id")
    action_id: int | None = of("actions.id")
    undone: bool
    origin: str = as_(Text)
    salt: str = as_(Text)
    seal: str = as_(Text)


class Actions(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: int = id_()
    group_id: int = of("groups.id")
    number: int
    meeting_id: int | None = of("meetings.id")
    text: str = as_(Text)
    who: str = as_(Text)
    by: int = of("members.id", index=True)
    made_at: datetime
    due: str = as_(Text)
    remind_at: datetime | None = Field(index=True)
    status: model.ActionStatus = as_(Named(model.ActionStatus))
    why: str = as_(Text)
    closed_by: int | None = of("members.id")
    closed_at: datetime | None
    salt: str = as_(Text)
    seal: str = as_(Text)


class Owners(SQLModel, table=True):
    action_id: int = of("actions.id", primary_key=True)
    member_id: int = of("members.id", primary_key=True, index=True)


class AgendaItems(SQLModel, table=True):
    __tablename__ = "agenda_items"
    id: int = id_()
    group_id: int = of("groups.id", index=True)
    meeting_id: int | None = of("meetings.id")
    text: str = as_(Text)
    by: int = of("members.id", index=True)
    at: datetime
    reached: int | None = of("meetings.id")
    dropped: bool


class LogLines(SQLModel, table=True):
    __tablename__ = "log_lines"
    id: int = id_()
    meeting_id: int = of("meetings.id", index=True)
    room_id: int = of("rooms.id")
    by: int = of("members.id", index=True)
    text: str = as_(Text)
    at: datetime
    origin: str = as_(Text, index=True)


ROWS: dict[type[model.Noun], type[SQLModel]] = {
    model.Meeting: Meetings,
    model.Slot: Slots,
    model.Suits: Suitings,
    model.Rsvp: Rsvps,
    model.Borne: Bornes,
    model.Hours: Hourses,
    model.Feed: Feeds,
    model.Busy: Busies,
    model.Attendance: Attendances,
    model.Note: Notes,
    model.Action: Actions,
    model.Owner: Owners,
    model.AgendaItem: AgendaItems,
    model.LogLine: LogLines,
}
"""Noun -> the row class that is its twin."""
