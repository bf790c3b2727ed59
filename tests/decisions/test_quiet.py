"""Quiet hours: read as people write them, over midnight and over the change of clocks."""

from datetime import UTC, datetime, time

import pytest

from decisions import quiet


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("22:00-07:00", (time(22), time(7))),
        ("22-7", (time(22), time(7))),
        ("0:30-23:59", (time(0, 30), time(23, 59))),
        ("", None),
        ("24:00-07:00", None),
        ("07:00-07:00", None),
        ("22:00", None),
        ("٢٢-٧" * 1000, None),
    ],
)
def test_they_are_read(written: str, hours: tuple[time, time] | None) -> None:
    assert quiet.read(written) == hours


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (datetime(2026, 3, 2, 20, 59, tzinfo=UTC), None),
        (datetime(2026, 3, 2, 21, 0, tzinfo=UTC), datetime(2026, 3, 3, 6, 0, tzinfo=UTC)),
        (datetime(2026, 3, 3, 5, 59, tzinfo=UTC), datetime(2026, 3, 3, 6, 0, tzinfo=UTC)),
        (datetime(2026, 3, 3, 6, 0, tzinfo=UTC), None),
        (
            datetime(2026, 3, 28, 22, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 5, 0, tzinfo=UTC),
        ),  # the night is an hour shorter
    ],
)
def test_they_end_in_the_morning_of_their_zone(now: datetime, ends: datetime | None) -> None:
    assert quiet.ends("22:00-07:00", "Europe/Berlin", now) == ends


def test_none_are_never() -> None:
    assert quiet.ends("", "UTC", datetime(2026, 3, 2, tzinfo=UTC)) is None
