"""Plain: values as JSON has them, for programs that read a record."""

from datetime import UTC, datetime
from typing import Any

Plain = dict[str, Any]


def instant(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, with a Z."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")
