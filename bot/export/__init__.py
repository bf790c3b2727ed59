"""Export: a group's record as one text, for programs, for spreadsheets, for people to read, and its meetings for calendars."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from bot import forgotten
from bot.export import markdown, meetings
from bot.export.cells import Cell, write_csv
from bot.export.chapters import chapters
from bot.export.meetings import Held
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


def export(work: Work, group: Group, form: Form, now: datetime, since: datetime | None = None) -> str:
    """The group's decisions, meetings and action items in the order of their numbers, or its meetings in that of time;
    `since` leaves out what closed or began before it."""
    if form in BESIDES:
        return BESIDES[form](work, group, now, since)
    decided = [one for one in polling.decided(work, group.id) if since is None or (one.closed_at or now) >= since]
    records = [forgotten.told(record(work, one, whole=True), _reader(group)) for one in reversed(decided)]
    return FORMS[form](records, meetings.held(work, group, _reader(group), since), group, now)


def as_json(records: Sequence[Record], held: Held, group: Group, now: datetime) -> str:
    """An object of `group` (its name), `exported_at`, `head` (the journal's), `decisions`, `meetings`, `actions`, and what is
    yet to come."""
    reader = _reader(group)
    whole: Plain = {"group": group.name, "exported_at": instant(now), "head": group.head}
    whole["decisions"] = [decision(one, reader) for one in records]
    whole |= {"meetings": [meetings.meeting(one) for one in held.meetings], "actions": meetings.actions(held)}
    whole["lessons"] = []
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_csv(records: Sequence[Record], held: Held, group: Group, now: datetime) -> str:
    """A row a decision, and none for meetings: the plain values of the same names, and `counts` as in `agree 7, abstain 1`."""
    reader = _reader(group)
    return write_csv((_row(decision(one, reader)) for one in records), COLUMNS)


def as_markdown(records: Sequence[Record], held: Held, group: Group, now: datetime) -> str:
    """A log to read, in the group's language and zone, as forges and wikis show it."""
    reader = _reader(group)
    return markdown.written([*chapters(records, group, now, reader), *meetings.chapters(held, reader, now)])


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


FORMS: dict[Form, Callable[[Sequence[Record], Held, Group, datetime], str]] = {
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
}
"""The register of forms: another one is a function and a line here."""

BESIDES: dict[Form, Callable[[Work, Group, datetime, datetime | None], str]] = {"ics": calendars.feed}
"""The same for what is not made from decisions."""
