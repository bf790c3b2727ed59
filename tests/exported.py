"""Exported: what leaves as files, as one text for tests to look into."""

from datetime import datetime
from typing import Any

from bot.export import files
from bot.export.wanted import Wanted
from decisions.model import Group
from storage.work import Work


def export(work: Work, group: Group, form: str, now: datetime, since: datetime | None = None, **more: Any) -> str:
    """All files that a form writes, one after another. `more`: what else is wanted."""
    made = files(work, group, form, now, Wanted(since=since, **more))
    return "\n".join(content.decode() for content in made.values())


def table(work: Work, group: Group, name: str, now: datetime) -> str:
    """One of the tables of the CSV."""
    return files(work, group, "csv", now)[f"{name}.csv"].decode()
