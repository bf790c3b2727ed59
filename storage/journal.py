"""The journal: an append-only chain of lines, each bound to the one before it by a hash."""

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select

from decisions.events import Event
from decisions.model import Group
from storage.packing import dumps
from storage.prepared import Prepared
from storage.tables import Journal, table

_LINES = table(Journal)
_APPEND = Prepared(insert(_LINES))


Asked = tuple[type[Event], str | None]
"""A kind of event, but for those whose line says this."""


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


def told(
    connection: Connection, group_id: int, asked: Sequence[Asked], poll_id: int | None, start: int, most: int
) -> tuple[int, list[dict[str, object]]]:
    """How many lines of a group's journal are of these kinds, and some of them, the newest first, from `start` on."""
    kinds = or_(*(_asked(one) for one in asked))
    where = [_LINES.c.group_id == group_id, kinds, *([_LINES.c.poll_id == poll_id] if poll_id else [])]
    whole = connection.execute(select(func.count()).select_from(_LINES).where(*where)).scalar() or 0
    statement = select(_LINES.c.line).where(*where).order_by(_LINES.c.number.desc()).offset(start).limit(most)
    return whole, [parsed(line) for line in connection.execute(statement).scalars()]


def _asked(kind: Asked) -> ColumnElement[bool]:
    event, unless = kind
    named = _LINES.c.event == event.__name__
    return named if unless is None else and_(named, ~_LINES.c.line.contains(unless, autoescape=True))
