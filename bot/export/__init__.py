"""Export: a group's decisions as one text, for programs, for spreadsheets and for people to read; its meetings for calendars."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot import forgotten
from bot.export import held, markdown
from bot.export.cells import Cell, write_csv
from bot.export.chapters import chapters
from bot.export.plain import Plain, decision, instant
from bot.meeting import calendars
from bot.reader import Reader
from decisions.model import Group
from storage import polling
from storage.record import Record, record
from storage.work import Work

Form = Literal["json", "csv", "md", "ics"]

COLUMNS = ("id", "proposal", "title", "method", "outcome", "chosen", "why", "opened_at", "closed_at", "electorate",
           "turnout", "counts", "counts_affiliates", "roll", "unheard", "proxies", "by", "statement", "review_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What is exported: decisions; and, where a form has them, meetings and action items as plain values."""

    records: Sequence[Record]
    meetings: Sequence[Plain] = ()
    actions: Sequence[Plain] = ()


def export(work: Work, group: Group, form: Form, now: datetime, since: datetime | None = None) -> str:
    """The group's decisions in the order of their numbers, or its meetings in that of time; `since` leaves out what closed
    or began before it."""
    if form in BESIDES:
        return BESIDES[form](work, group, now, since)
    decided = [one for one in polling.decided(work, group.id) if since is None or (one.closed_at or now) >= since]
    reader = _reader(group)
    told = Told([forgotten.told(record(work, one, whole=True), reader) for one in reversed(decided)])
    if form == "json":
        told = Told(told.records, held.meetings(work, group, since, reader), held.actions(work, group, since, reader))
    return FORMS[form](told, group, now)


def as_json(told: Told, group: Group, now: datetime) -> str:
    """An object of `group` (its name), `exported_at`, `head` (the journal's), `decisions`, `meetings` with their minutes
    (see `minutes.plain.meeting`; without the logs of the rooms), `actions`, and what is yet to come."""
    reader = _reader(group)
    whole: Plain = {"group": group.name, "exported_at": instant(now), "head": group.head}
    whole["decisions"] = [decision(one, reader) for one in told.records]
    whole |= {"meetings": list(told.meetings), "actions": list(told.actions), "lessons": []}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_csv(told: Told, group: Group, now: datetime) -> str:
    """A row a decision: the plain values of the same names, and `counts` as in `agree 7, abstain 1`."""
    reader = _reader(group)
    return write_csv((_row(decision(one, reader)) for one in told.records), COLUMNS)


def as_markdown(told: Told, group: Group, now: datetime) -> str:
    """A log to read, in the group's language and zone, as forges and wikis show it."""
    return markdown.written(chapters(told.records, group, now, _reader(group)))


def _row(plain: Plain) -> list[Cell]:
    row = plain | {"counts": _counts(plain["tally"]), "counts_affiliates": _counts(plain["tally_affiliates"])}
    row |= {
        "chosen": "; ".join(plain["chosen"]),
        "unheard": "; ".join(plain["unheard"]),
        "roll": plain["rules"]["roll"],
    }
    row |= {"proxies": "; ".join(f"{one['proxy']} ({one['member']})" for one in plain["proxies"])}
    return [row[name] for name in COLUMNS]


def _counts(tally: Mapping[str, int]) -> str:
    return ", ".join(f"{label} {count}" for label, count in tally.items() if count)


def _reader(group: Group) -> Reader:
    return Reader(group.language, group.zone)


FORMS: dict[Form, Callable[[Told, Group, datetime], str]] = {
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
}
"""The register of forms: another one is a function and a line here."""

BESIDES: dict[Form, Callable[[Work, Group, datetime, datetime | None], str]] = {"ics": calendars.feed}
"""The same for what is not made from decisions."""
