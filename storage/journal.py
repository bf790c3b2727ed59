"""The journal: an append-only chain of lines, each bound to the one before it by a hash."""

import json
from dataclasses import fields, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert

from decisions.events import Event
from decisions.model import Group
from storage.packing import dumps
from storage.prepared import Prepared
from storage.tables import Journal, table

_APPEND = Prepared(insert(table(Journal)))


def append(connection: Connection, group: Group, event: Event, now: datetime) -> Group:
    """Add a line to a group's journal, and return the group with its new head."""
    kind = type(event).__name__
    line = dumps({"at": now.isoformat(), "event": kind, **_fields(event)})
    head = chained(group.head, line)
    number = group.lines + 1
    row = {"group_id": group.id, "number": number, "event": kind, "poll_id": getattr(event, "poll", None)}
    _APPEND.run(connection, row | {"before": group.head, "line": line, "hash": head})
    return replace(group, head=head, lines=number)


def _fields(event: Event) -> dict[str, object]:
    return {one.name: getattr(event, one.name) for one in fields(event)}


def chained(before: str, line: str) -> str:
    """The hash (SHA-256, hex) of a line that follows the one with the hash `before`."""
    return sha256(f"{before}\n{line}".encode()).hexdigest()


def parsed(line: str) -> dict[str, object]:
    """A line as the values it was written from."""
    found: dict[str, object] = json.loads(line)
    return found
