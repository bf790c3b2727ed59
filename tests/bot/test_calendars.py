"""Calendars: what other programs read of our meetings is what we wrote, whatever the words in them are."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar
import pytest
from icalendar.parser import Contentline, Contentlines

from bot.meeting import calendars
from decisions import meetings
from decisions.model import Account, Group, Meeting, Member, Person, Room, Stage
from storage.store import Store
from tests.bot.hostile import texts
from tests.exported import export
from tests.locked_js import installed

NOW = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
BEGINS = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
SOURCES = Path(__file__).parent / "ical_js"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def meeting(number: int = 1, at: datetime | None = BEGINS, zone: str = "Europe/Berlin", **more: Any) -> Meeting:
    wall = f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if at else ""
    made = Meeting(
        id=number,
        group_id=1,
        number=number,
        room_id=1,
        by=1,
        title="Spring planning",
        stage=Stage.SET,
        zone=zone,
        wall=wall,
        starts_at=at,
        uid=f"{number}@folkmoot",
        made_at=NOW,
        salt="00",
        seal="",
    )
    return replace(made, **more)


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """A group, and Ana in it, who calls its meetings."""
    with sqlite_store.unit_of_work() as work:
        work.put(Group(id=1, name="Partnerships", zone="Europe/Berlin", made_at=NOW))
        work.put(Room(id=1, group_id=1, platform="matrix", chat="!a", name="general"))
        work.put(Person(id=1, name="Ana Quill"), Account(platform="matrix", user="@ana:example.org", person_id=1))
        work.put(Member(id=1, group_id=1, person_id=1, joined_at=NOW))
    return sqlite_store


def feed(store: Store, *known: Meeting, now: datetime = NOW, since: datetime | None = None) -> str:
    with store.unit_of_work() as work:
        work.put(*known)
        return calendars.feed(work, work.the(Group, id=1), now, since)


def file(store: Store, one: Meeting) -> str:
    with store.unit_of_work() as work:
        work.put(one)
        return calendars.of_meeting(work, one, NOW).text


@contextmanager
def strictly() -> Iterator[None]:
    """icalendar forgives events what it cannot read; not here."""
    icalendar.Event.ignore_exceptions = False
    try:
        yield
    finally:
        icalendar.Event.ignore_exceptions = True


class Read(NamedTuple):
    """An event, as icalendar reads it."""

    event: icalendar.Event
    uid: str
    sequence: int
    status: str
    begins: datetime
    ends: datetime


def read(written: str) -> list[Read]:
    """What icalendar reads, where nothing is forgiven."""
    assert all(len(one.encode()) <= 75 for one in written.split("\r\n"))
    assert "\n" not in written.replace("\r\n", "")
    for one in _lines(written):
        Contentline(one, strict=True).parts()  # type: ignore[no-untyped-call]
    with strictly():
        calendar = icalendar.Calendar.from_ical(written)
    assert isinstance(calendar, icalendar.Calendar)
    for part in calendar.walk():
        assert part.errors == []
        required: tuple[str, ...] = part.required
        singletons: tuple[str, ...] = part.singletons
        assert [name for name in required if name not in part] == []
        assert [name for name in singletons if isinstance(part.get(name), list)] == []
    return [
        Read(
            one, str(one["UID"]), int(str(one["SEQUENCE"])), str(one["STATUS"]), _instant(one.start), _instant(one.end)
        )
        for one in calendar.events
    ]


def _lines(written: str) -> list[str]:
    return [one for one in Contentlines.from_ical(written) if one]  # type: ignore[no-untyped-call]


def _instant(told: date | None) -> datetime:
    """Midnight of no day is an instant."""
    assert isinstance(told, datetime)
    return told.astimezone(UTC)


# -- what stands in it ------------------------------------------------------------------------------------------------


def test_a_meeting_is_an_event_at_its_wall_time(store: Store) -> None:
    (found,) = read(file(store, meeting(place="Room 5, top floor; ring twice", text="Bring\nnumbers", minutes=90)))
    event = found.event
    assert found[1:] == ("1@folkmoot", 0, "CONFIRMED", BEGINS, BEGINS + timedelta(minutes=90))
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == ("Spring planning", "Bring\nnumbers")
    assert str(event["LOCATION"]) == "Room 5, top floor; ring twice"
    assert "URL" not in event
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("https://meet.example.org/a?b=c,d;e", True),
        ("HTTP://meet.example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,hello", False),
        ("https://meet.example.org and bring cake", False),
        ("https://m\u0435et.example.org", False),
        ("https://", False),
        ("https://a\r\nBEGIN:VEVENT", False),
        ("mailto:ana@example.org", False),
        ("file:/calendar.ics", False),
    ],
)
def test_only_addresses_of_the_web_are_addresses(store: Store, place: str, address: bool) -> None:
    (found,) = read(file(store, meeting(place=place)))
    assert ("URL" in found.event) == address


def test_nobody_is_named_in_it(store: Store) -> None:
    made = meeting()
    written = file(store, made) + calendars.written(Group(id=1, name="Partnerships", made_at=NOW), [made], NOW)
    assert "Ana" not in written
    assert "example.org" not in written
    assert not [one for one in ("ATTENDEE", "ORGANIZER", "CONTACT") if one in written]


def test_what_moved_and_what_was_called_off_is_the_same_event_with_a_later_number(store: Store) -> None:
    first = meeting()
    moved = meetings.set_time(first, "2026-12-02T18:00", BEGINS + DAY, by=1, now=NOW).puts[0]
    assert isinstance(moved, Meeting)
    off = meetings.cancel(moved, by=1).puts[0]
    assert isinstance(off, Meeting)
    group = Group(id=1, name="Partnerships", made_at=NOW)
    told = [read(calendars.written(group, [one], NOW))[0][1:5] for one in (first, moved, off)]
    assert told == [
        ("1@folkmoot", 0, "CONFIRMED", BEGINS),
        ("1@folkmoot", 1, "CONFIRMED", BEGINS + DAY),
        ("1@folkmoot", 2, "CANCELLED", BEGINS + DAY),
    ]


def test_a_group_has_its_meetings_of_a_year_and_no_others(store: Store) -> None:
    known = [
        meeting(1, NOW - timedelta(days=366), stage=Stage.ENDED),
        meeting(2, NOW - timedelta(days=364), stage=Stage.ENDED),
        meeting(3, None, stage=Stage.ASKED),
        meeting(4, NOW + timedelta(days=700)),
        meeting(5, NOW - HOUR, stage=Stage.RUNNING),
    ]
    assert [one.uid[0] for one in read(feed(store, *known))] == ["2", "5", "4"]
    assert [one.uid[0] for one in read(feed(store, since=NOW))] == ["4"]


def test_a_group_without_meetings_has_an_empty_calendar(store: Store) -> None:
    assert read(feed(store)) == []


def test_the_command_line_writes_it(store: Store) -> None:
    with store.unit_of_work() as work:
        work.put(meeting())
        assert len(read(export(work, work.the(Group, id=1), "ics", NOW))) == 1
        assert read(export(work, work.the(Group, id=1), "ics", NOW, BEGINS + DAY)) == []


def test_a_long_text_is_cut_where_there_are_many(store: Store) -> None:
    long = meeting(text="word " * 3000)
    (alone,) = read(file(store, long))
    assert str(alone.event["DESCRIPTION"]) == long.text.strip()
    (among,) = read(feed(store))
    assert len(str(among.event["DESCRIPTION"])) == calendars.MOST_WORDS


def test_the_largest_calendar_can_be_handed_over(store: Store) -> None:
    many = [meeting(n, BEGINS + n * HOUR, title="é" * 200, text="é" * 300) for n in range(1, 600)]
    written = feed(store, *many)
    assert written.count("BEGIN:VEVENT") == calendars.MOST
    assert len(written.encode()) < 1 << 20


# -- zones ------------------------------------------------------------------------------------------------------------

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")
MORE_ZONES = ("Asia/Kolkata", "Pacific/Apia", "America/St_Johns", "Europe/Dublin", "Asia/Tehran", "Antarctica/Troll",
              "America/Nuuk")  # fmt: skip


def instants() -> list[datetime]:
    """Hours around the clock changes of a year, and a day a month."""
    changes = [datetime(2026, *day, tzinfo=UTC) for day in ((3, 8), (3, 29), (4, 5), (10, 4), (10, 25), (11, 1))]
    near = [day + n * timedelta(minutes=30) for day in changes for n in range(-4, 40)]
    return near + [datetime(2027, month, 15, 12, tzinfo=UTC) for month in range(1, 13)]


@pytest.mark.parametrize("zone", [*ZONES, *(pytest.param(one, marks=pytest.mark.long) for one in MORE_ZONES)])
def test_the_rules_of_a_zone_are_those_of_the_day(store: Store, zone: str) -> None:
    """Read from what stands in the file alone, without knowing the zone."""
    written = feed(store, *(meeting(n, at, zone) for n, at in enumerate(instants(), 1)), now=NOW - 300 * DAY)
    calendar = icalendar.Calendar.from_ical(written)
    assert isinstance(calendar, icalendar.Calendar)
    rules = {str(one["TZID"]): one.to_tz(lookup_tzid=False) for one in calendar.timezones}
    assert set(rules) == ({zone} - {"UTC"})
    for event, at in zip(calendar.events, sorted(instants()), strict=True):
        assert isinstance(event.start, datetime)
        zoned = event["DTSTART"].params.get("TZID")
        told = event.start.replace(tzinfo=rules[zoned]) if zoned else event.start
        assert told.astimezone(UTC) == at


def test_an_hour_that_comes_twice_is_told_without_a_zone(store: Store) -> None:
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    written = feed(store, *(meeting(n, at, minutes=15) for n, at in enumerate(twice, 1)), now=NOW)
    assert "DTSTART:20261025T003000Z" in written
    assert "DTSTART:20261025T013000Z" in written
    assert [one.begins for one in read(written)] == twice


# -- hostile words ----------------------------------------------------------------------------------------------------


def hostile() -> list[Meeting]:
    said = texts()
    assert len(said) == 200
    return [
        meeting(n, BEGINS + n * HOUR, title=one, text=said[-n], place=said[(n * 7) % 200])
        for n, one in enumerate(said, 1)
    ]


@pytest.fixture(scope="module")
def hostile_files() -> list[str]:
    """The calendar of a group whose two hundred meetings are called so, and each alone. Not by way of the database, which
    refuses some of it."""
    group = Group(id=1, name=texts()[9], made_at=NOW)
    together = calendars.written(group, hostile(), NOW, calendars.MOST_WORDS)
    return [together, *(calendars.written(group, [one], NOW) for one in hostile())]


def test_hostile_words_make_no_event_more(hostile_files: list[str]) -> None:
    together, *alone = hostile_files
    assert len(read(together)) == 200
    assert [len(read(one)) for one in alone] == [1] * 200


def test_nothing_unseen_is_handed_on(hostile_files: list[str]) -> None:
    for one in hostile_files:
        assert not set(one) & {"\x00", "\x07", "\x1b", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\t"}


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ical.js, as it is locked."""
    return installed(SOURCES, tmp_path_factory)


def elsewhere(packages: Path, *written: str) -> list[dict[str, Any]]:
    """What ical.js reads in each."""
    told = "".join(f"{json.dumps(one)}\n" for one in written)
    done = subprocess.run(["node", "read.mjs"], cwd=packages, input=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = [json.loads(one) for one in done.stdout.splitlines()]
    assert not [one for one in found if "wrong" in one]
    return found


@pytest.mark.long
def test_another_program_reads_the_same(packages: Path, hostile_files: list[str]) -> None:
    found = elsewhere(packages, *hostile_files)
    assert [len(one["events"]) for one in found] == [200, *[1] * 200]
    for one, written in zip(found, hostile_files, strict=True):
        ours = [(x.uid, str(x.event["SUMMARY"]), x.begins) for x in read(written)]
        theirs = [(x["uid"], x["summary"] or "", datetime.fromisoformat(x["begins"])) for x in one["events"]]
        assert theirs == ours


@pytest.mark.long
def test_another_program_knows_when_it_is(packages: Path) -> None:
    off = {"stage": Stage.CANCELLED, "sequence": 3}
    group = Group(id=1, name="Partnerships", made_at=NOW)
    for zone in (*ZONES, *MORE_ZONES):
        known = [meeting(n, at, zone, **off) for n, at in enumerate(instants(), 1)]
        (found,) = elsewhere(packages, calendars.written(group, known, NOW))
        assert [datetime.fromisoformat(one["begins"]) for one in found["events"]] == instants(), zone
        assert {(one["status"], one["sequence"]) for one in found["events"]} == {("CANCELLED", 3)}
