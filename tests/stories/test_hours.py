"""Hours: members say once when a week suits them and in which calendar they are busy, and nothing else of it is kept."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from adapters.base import Verdict
from adapters.console.conversation import Person
from adapters.feeds.addresses import is_public
from adapters.feeds.fetching import fetch
from bot.feeds import Feeds
from decisions.model import Busy, Feed, Hours
from storage.store import Store
from tests.house import START, House

PEOPLE = (
    Person(name="ana", role="facilitator", zone="Europe/Berlin"),
    Person(name="bo"),
    Person(name="chloé", zone="Europe/Paris", language="fr"),
    Person(name="dalia", zone="Africa/Cairo", language="ar"),
    Person(name="eva", zone="Europe/Madrid", language="es"),
)
OFFICE = tuple(f"{day} 09:00-17:00" for day in range(1, 6))
DENTIST = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART:20260305T100000
DTEND:20260305T110000
SUMMARY:Dentist, do not tell
END:VEVENT
END:VCALENDAR"""


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    return House(store, people=PEOPLE, zone="Asia/Tokyo")


def hours(house: House) -> list[tuple[str, ...]]:
    with house.store.reading() as work:
        return [one.ranges for one in work.all(Hours)]


# -- the hours of a week ----------------------------------------------------------------------------------------------


async def test_what_was_understood_is_shown_back(house: House) -> None:
    said = await house.whisper("ana", "hours mon-fri 9:00-17:00, sat 10-12")
    assert said.text.splitlines() == [
        "Noted. This suits you, on the clocks of Europe/Berlin:",
        "Mon–Fri: 09:00–17:00",
        "Sat: 10:00–12:00",
    ]
    assert hours(house) == [(*OFFICE, "6 10:00-12:00")]
    shown = await house.whisper("ana", "hours")
    assert shown.text.splitlines()[1:] == ["Mon–Fri: 09:00–17:00", "Sat: 10:00–12:00"]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("ana", "hours Monday to Friday 9am-5pm"),
        ("ana", "hours weekdays"),
        ("chloé", "horaires du lundi"),
        ("chloé", "horaires lundi-vendredi 9h-17h"),
        ("chloé", "horaires lun. à ven. 9h00 à 17h00"),
        ("eva", "horario lunes a viernes 9:00-17:00"),
        ("eva", "horario lun, mar, mié, jue y vie 9-17"),
        ("dalia", "ساعاتي الاثنين-الجمعة ٩:٠٠-١٧:٠٠"),
        ("dalia", "ساعاتي من الاثنين"),
    ],
)
async def test_days_are_named_in_ones_own_language(house: House, who: str, said: str) -> None:
    answer = await house.whisper(who, said)
    understood = any(letter.isdecimal() for letter in said)
    assert (answer.verdict is Verdict.DONE) is understood
    assert hours(house) == ([OFFICE] if understood else [])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("sun 22:00-2:00", ("7 22:00-02:00",)),
        ("fri-mon 8-20", ("1 08:00-20:00", "5 08:00-20:00", "6 08:00-20:00", "7 08:00-20:00")),
        ("mon, wed 9-12, 13-17", ("1 09:00-12:00", "1 13:00-17:00", "3 09:00-12:00", "3 13:00-17:00")),
        ("tue 0-24", ("2 00:00-24:00",)),
        ("thursdays 12am-12pm", ("4 00:00-12:00",)),
    ],
)
async def test_a_week_may_be_any(house: House, said: str, kept: tuple[str, ...]) -> None:
    await house.whisper("ana", f"hours {said}")
    assert hours(house) == [kept]


@pytest.mark.parametrize(
    "said",
    [
        "mon",
        "9-17",
        "mon 9",
        "mon 9-",
        "mon 9-9",
        "mon 24-3",
        "mon 9-25",
        "mon 9:75-11",
        "mon 13pm-14pm",
        "mon- 9-17",
        "mon 9-17 tue",
        "someday 9-17",
        "mon 9-17" * 100,
        "mon-sun 0-1, 2-3, 4-5, 6-7, 8-9, 10-11",  # six a day, which is too many
        "mon 9-17, \u202etue 9-17\u202c, x",
        "mon " + "1" * 400 + "-2",
    ],
)
async def test_what_is_no_week_is_refused_and_loses_nothing(house: House, said: str) -> None:
    await house.whisper("ana", "hours mon-fri 9:00-17:00")
    answer = await house.whisper("ana", f"hours {said}")
    assert answer.verdict is Verdict.REFUSED
    assert "hours mon-fri 9:00-17:00, sat 10-12" in answer.text
    assert hours(house) == [OFFICE]


async def test_hours_are_forgotten_when_they_are_not_wanted_any_more(house: House) -> None:
    await house.whisper("ana", "hours mon-fri 9:00-17:00")
    await house.whisper("ana", "hours off")
    assert hours(house) == []
    again = await house.whisper("ana", "hours off")
    assert (again.verdict, hours(house)) == (Verdict.DONE, [])
    assert "8 to 21" in (await house.whisper("ana", "hours")).text


async def test_who_has_no_zone_is_told_in_which_they_are_counted(house: House) -> None:
    said = await house.whisper("bo", "hours mon 9-17")
    assert said.text.splitlines()[0].endswith("Asia/Tokyo:")
    assert said.text.splitlines()[-1].startswith("You have named no time zone, so I count you in Asia/Tokyo.")
    assert "Near it: Europe/Berlin," in (await house.whisper("bo", "tz Europe/Berlim")).text


# -- busy times -------------------------------------------------------------------------------------------------------


class Elsewhere:
    """A computer on which people keep a calendar."""

    def __init__(self) -> None:
        self.body: bytes | None = DENTIST.encode()
        self.asked = 0
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        return web.Response(body=self.body) if self.body is not None else web.Response(status=500)


@pytest_asyncio.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    one, app = Elsewhere(), web.Application()
    app.router.add_get("/me.ics", one.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.url = f"http://localhost:{runner.addresses[0][1]}/me.ics"
    yield one
    await runner.cleanup()


async def fetched(house: House) -> None:
    """What is due is fetched, from this machine too, and told."""
    fetching = partial(fetch, may=lambda address: address.is_loopback or is_public(address))
    await Feeds(house.store, house.player.clock, fetching).settle()
    await house.settle()


def busy(house: House) -> list[tuple[datetime, datetime]]:
    with house.store.reading() as work:
        return [(one.begins_at, one.ends_at) for one in work.all(Busy)]


def feed(house: House) -> Feed:
    with house.store.reading() as work:
        (found,) = work.all(Feed)
        return found


DENTISTS = (datetime(2026, 3, 5, 9, tzinfo=UTC), datetime(2026, 3, 5, 10, tzinfo=UTC))
"""On the clocks of Berlin."""


async def test_a_calendar_is_read_and_only_its_busy_times_are_kept(house: House, elsewhere: Elsewhere) -> None:
    said = await house.whisper("ana", f"busy {elsewhere.url}")
    assert said.text.startswith("I look into your calendar at localhost in a moment")
    assert "not looked into" in (await house.whisper("ana", "busy")).text
    await fetched(house)
    assert busy(house) == [DENTISTS]
    assert house.private("ana")[-1].startswith("I have read your calendar. Busy times in the next 60 days: 1.")
    known = await house.whisper("ana", "busy")
    assert "Busy times in the next 60 days: 1" in known.text
    assert not any("Dentist" in one.text or "me.ics" in one.text for one in house.shown)
    raw = b"".join(file.read_bytes() for file in _files(house))
    assert b"Dentist" not in raw


def _files(house: House) -> list[Path]:
    database = house.store.engine.url.database
    if house.store.engine.dialect.name != "sqlite" or not database:
        return []
    return [one for one in Path(database).parent.glob(f"{Path(database).name}*") if one.is_file()]


async def test_a_calendar_is_looked_up_again_after_six_hours(house: House, elsewhere: Elsewhere) -> None:
    await house.whisper("ana", f"busy {elsewhere.url}")
    await fetched(house)
    house.sleep(timedelta(hours=5, minutes=59))
    await fetched(house)
    assert elsewhere.asked == 1
    elsewhere.body = DENTIST.replace("0305T", "0306T").encode()
    house.sleep(timedelta(minutes=1))
    await fetched(house)
    assert [begins.day for begins, _ in busy(house)] == [6]
    assert len([one for one in house.private("ana") if one.startswith("I have read")]) == 1


async def test_a_calendar_that_fails_is_told_of_once_and_tried_later_and_later(
    house: House, elsewhere: Elsewhere
) -> None:
    await house.whisper("ana", f"busy {elsewhere.url}")
    await fetched(house)
    elsewhere.body = None
    waits = []
    for _ in range(8):
        house.sleep((feed(house).fetch_at or START) - house.now)
        await fetched(house)
        waits.append((feed(house).fetch_at or START) - house.now)
    assert [one // timedelta(hours=1) for one in waits] == [1, 2, 4, 8, 16, 32, 48, 48]
    told = [one for one in house.private("ana") if one.startswith("I could not read your calendar")]
    assert len(told) == 1
    assert busy(house) == [DENTISTS]  # what was known stays
    assert "could not read your calendar" in (await house.whisper("ana", "busy")).text
    elsewhere.body = DENTIST.encode()
    house.sleep(timedelta(days=2))
    await fetched(house)
    assert (feed(house).failures, feed(house).fetch_at) == (0, house.now + timedelta(hours=6))


@pytest.mark.parametrize("body", ["hello", "x" * (1024 * 1024 + 1)])
async def test_what_is_no_calendar_is_told_of(house: House, elsewhere: Elsewhere, body: str) -> None:
    elsewhere.body = body.encode()
    await house.whisper("ana", f"busy {elsewhere.url}")
    await fetched(house)
    reason = "it is larger than 1 MiB" if len(body) > 99 else "what came is no calendar"
    assert house.private("ana")[-1].startswith(f"I could not read your calendar: {reason}")
    assert "could not read" in (await house.whisper("ana", "busy")).text


async def test_this_machine_is_not_looked_into(house: House, elsewhere: Elsewhere) -> None:
    await house.whisper("ana", f"busy {elsewhere.url}")
    await Feeds(house.store, house.player.clock).settle()
    await house.settle()
    assert elsewhere.asked == 0
    assert house.private("ana")[-1].startswith("I could not read your calendar: its address leads to no public place")


@pytest.mark.parametrize(
    "said",
    [
        "ftp://example.org/x",
        "http://127.0.0.1/x",
        "https://[::1]/x",
        "https://10.0.0.1/x",
        "http://１２７.0.0.1/",
        "tomorrow",
        "https://",
        "https://example.org/\u202ex",
    ],
)
async def test_what_is_no_public_address_is_refused(house: House, said: str) -> None:
    answer = await house.whisper("ana", f"busy {said}")
    assert answer.verdict is Verdict.REFUSED
    assert "busy https://" in answer.text
    with house.store.reading() as work:
        assert work.all(Feed) == []


async def test_an_address_is_for_the_bot_alone(house: House, elsewhere: Elsewhere) -> None:
    answer = await house.say("ana", f"!busy {elsewhere.url}")
    assert answer.verdict is Verdict.REFUSED
    assert "to me alone" in answer.text
    with house.store.reading() as work:
        assert work.all(Feed) == []


async def test_another_address_takes_the_place_of_the_first(house: House, elsewhere: Elsewhere) -> None:
    await house.whisper("ana", f"busy {elsewhere.url}")
    await fetched(house)
    await house.whisper("ana", "busy https://calendar.example.org/other.ics")
    assert (busy(house), feed(house).url) == ([], "https://calendar.example.org/other.ics")
    assert feed(house).fetch_at == house.now


async def test_busy_times_are_forgotten_when_they_are_not_wanted_any_more(house: House, elsewhere: Elsewhere) -> None:
    await house.whisper("ana", f"busy {elsewhere.url}")
    await fetched(house)
    assert (await house.whisper("ana", "busy off")).verdict is Verdict.DONE
    assert busy(house) == []
    house.sleep(timedelta(days=1))
    await fetched(house)
    assert elsewhere.asked == 1
    assert (await house.whisper("ana", "busy off")).verdict is Verdict.DONE


async def test_who_takes_it_away_while_it_is_fetched_has_it_taken_away(house: House, elsewhere: Elsewhere) -> None:
    await house.whisper("ana", f"busy {elsewhere.url}")

    async def meanwhile(url: str) -> bytes:
        await house.whisper("ana", "busy off")
        return DENTIST.encode()

    await Feeds(house.store, house.player.clock, meanwhile).settle()
    with house.store.reading() as work:
        assert (work.all(Feed), work.all(Busy)) == ([], [])


async def test_a_calendar_may_be_pasted(house: House) -> None:
    said = await house.whisper("ana", f"busy {DENTIST}")
    assert said.text.startswith("I have read it. Busy times in the next 60 days: 1.")
    assert (busy(house), feed(house).fetch_at, feed(house).url) == ([DENTISTS], None, "")
    refused = await house.whisper("ana", "busy BEGIN:VCALENDAR and so on")
    assert refused.verdict is Verdict.REFUSED
    assert busy(house) == [DENTISTS]
