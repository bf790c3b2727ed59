"""Columns: the few kinds that the tables are made of."""

from typing import Any

from sqlalchemy import text
from sqlmodel import Field


def id_() -> Any:
    """An id that is given, and not counted by the database."""
    return Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


def of(column: str, **more: Any) -> Any:
    """What points to a column of another table."""
    return Field(foreign_key=column, **more)


def as_(kind: Any, **more: Any) -> Any:
    """A column of a kind that the type of its field does not say."""
    return Field(sa_type=kind, **more)


def added(kind: Any, default: str = "") -> Any:
    """A column that came later: empty in the rows that were there, or with what it was before it could be said."""
    return Field(sa_type=kind, sa_column_kwargs={"server_default": default})


def flag(default: bool = False) -> Any:
    """A yes or no that came later."""
    return Field(sa_column_kwargs={"server_default": text(str(default).lower())})


def count(default: int = 0) -> Any:
    """A number that came later."""
    return Field(sa_column_kwargs={"server_default": text(str(default))})
