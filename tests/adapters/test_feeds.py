"""Calendars of strangers: fetched from the public net alone, and read for busy times, whatever they hold."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any

import pytest
from aiohttp import web

from adapters.feeds import MOST_BYTES, Spans, Unread, Why, fetching
from adapters.feeds.addresses import Address, checked, is_public
from adapters.feeds.fetching import fetch
from adapters.feeds.reading import busy_in

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
END = BEGIN + timedelta(days=60)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def here(address: Address) -> bool:
    """The machine of the tests is let in, and what is public."""
    return address.is_loopback or is_public(address)


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[Handler], Awaitable[str]]]:
    """Serves whatever a test wants, on this machine."""
    runners: list[web.AppRunner] = []

    async def start(handler: Handler) -> str:
        app = web.Application()
        app.router.add_get("/{rest:.*}", handler)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}/calendar.ics"

    yield start
    for runner in runners:
        await runner.cleanup()


async def why(url: str, may: Callable[[Address], bool] = here) -> Why:
    with pytest.raises(Unread) as refused:
        await fetch(url, may)
    return refused.value.why


# -- fetching ---------------------------------------------------------------------------------------------------------

Serve = Callable[[Handler], Awaitable[str]]


async def test_what_stands_at_an_address_is_fetched(serve: Serve) -> None:
    async def calendar(request: web.Request) -> web.Response:
        return web.Response(body=b"BEGIN:VCALENDAR")

    assert await fetch(await serve(calendar), here) == b"BEGIN:VCALENDAR"


async def test_this_machine_is_no_public_place(serve: Serve) -> None:
    asked = []

    async def calendar(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=b"BEGIN:VCALENDAR")

    url = await serve(calendar)
    assert await why(url, is_public) is Why.ADDRESS
    for written in ("localhost", "0x7f.1", "127。0。0。1", "①②⑦.0.0.1", "[::ffff:127.0.0.1]"):
        assert await why(url.replace("127.0.0.1", written), is_public) is Why.ADDRESS
    for written in ("2130706433", "127.1", "0177.0.0.1"):  # the library itself does not like them
        assert await why(url.replace("127.0.0.1", written), is_public) is Why.ANSWER
    assert asked == []


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.1/x",
        "http://192.168.1.1/x",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:10.0.0.1]/x",
        "file:/calendar.ics",
        "gopher://example.org/",
        "",
    ],
)
async def test_nobody_is_led_to_a_private_address(serve: Serve, to: str) -> None:
    async def moved(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": to})

    expected = Why.ADDRESS if to else Why.ANSWER  # nowhere leads to itself, again and again
    assert await why(await serve(moved)) is expected


async def test_three_redirects_are_followed_and_no_fourth(serve: Serve) -> None:
    async def moved(request: web.Request) -> web.Response:
        left = int(request.query.get("left", "0"))
        if not left:
            return web.Response(body=b"there")
        return web.Response(status=307, headers={"Location": f"/other?left={left - 1}"})

    url = await serve(moved)
    assert await fetch(f"{url}?left=3", here) == b"there"
    assert await why(f"{url}?left=4") is Why.ANSWER


@pytest.mark.parametrize("told", [True, False])
async def test_a_huge_calendar_is_left_where_it_is(serve: Serve, told: bool) -> None:
    sent = 0

    async def huge(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse()
        if told:
            answer.content_length = 64 * MOST_BYTES
        await answer.prepare(request)
        try:
            for _ in range(64):
                await answer.write(b"x" * MOST_BYTES)
                sent += 1
        except ConnectionError:
            pass
        return answer

    assert await why(await serve(huge)) is Why.LARGE
    assert sent < 32


async def test_a_slow_calendar_is_not_waited_for(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.2)
    ended = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            while not ended.is_set():  # a letter at a time: never silent for long, and never done
                await answer.write(b"B")
                await asyncio.sleep(0.02)
        except ConnectionError:
            pass
        return answer

    assert await why(await serve(slow)) is Why.SLOW
    ended.set()


async def test_what_is_packed_or_refused_is_no_answer(serve: Serve) -> None:
    async def packed(request: web.Request) -> web.Response:
        if request.path.endswith("gone"):
            raise web.HTTPNotFound
        return web.Response(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})

    url = await serve(packed)
    assert await why(url) is Why.ANSWER
    assert await why(f"{url}/gone") is Why.ANSWER
    assert await why("http://127.0.0.1:9/") is Why.ANSWER  # nobody listens
    assert await why("http://nowhere.invalid/") is Why.ANSWER


async def test_a_name_is_what_it_leads_to_when_it_is_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among public addresses a private one is not tried, and none is that a name leads to only the second time."""
    tried: list[str] = []
    asked: list[str] = []
    loop = asyncio.get_running_loop()

    async def found(host: str, port: int, **more: Any) -> list[Any]:
        asked.append(host)
        addresses = ("203.0.114.9", "10.0.0.1") if len(asked) == 1 else ("127.0.0.1",)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    async def connect(sock: socket.socket, address: Any) -> None:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(loop, "getaddrinfo", found)
    monkeypatch.setattr(loop, "sock_connect", connect)
    assert [await why("http://both.example/", is_public) for _ in range(2)] == [Why.ADDRESS] * 2
    assert asked == ["both.example"] * 2
    assert tried in (["203.0.114.9"], [])  # which is tried first is the library's business


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
    ],
)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_what_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "calendar",
        "ftp://example.org/x.ics",
        "https://",
        "https://[::1",
        "http://example.org:99999/",
        "https://example.org/a b",
        "https://example.org/\u202ecalendar",
        "https://example.org/\nHost: other",
        "https://" + "x" * 3000,
        "http://127.0.0.1/",
        "http://[::1%25eth0]/",
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(Unread) as refused:
        checked(url)
    assert refused.value.why is Why.ADDRESS


def test_a_calendar_may_call_itself_one() -> None:
    assert checked("webcal://example.org/me.ics#top") == "https://example.org/me.ics"


# -- reading ----------------------------------------------------------------------------------------------------------


def read(*events: str, patience: float = 20.0) -> Spans:
    return busy_in(calendar(*events), BEGIN, END, "Europe/Berlin", patience)


def calendar(*events: str) -> bytes:
    parts = (
        f"BEGIN:VEVENT\nUID:{number}@x\nDTSTAMP:20260101T000000Z\n{one}\nEND:VEVENT\n"
        for number, one in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{''.join(parts)}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_busy_times_are_read_in_order_and_made_one_where_they_touch() -> None:
    assert read(
        "DTSTART:20260305T100000Z\nDTEND:20260305T110000Z\nSUMMARY:Dentist",
        "DTSTART:20260305T090000Z\nDTEND:20260305T100000Z",
        "DTSTART:20260303T090000\nDURATION:PT30M",  # on the clocks of Berlin
        "DTSTART;TZID=Asia/Tokyo:20260304T090000\nDTEND;TZID=Asia/Tokyo:20260304T100000",
    ) == (
        (at(3, 8), at(3, 8, 30)),
        (at(4, 0), at(4, 1)),
        (at(5, 9), at(5, 11)),
    )


def test_who_repeats_for_ever_is_busy_for_as_long_as_is_asked() -> None:
    found = read("DTSTART;TZID=Europe/Berlin:20200101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY")
    assert len(found) == 60
    assert (found[0], found[-1]) == ((at(1, 8), at(1, 9)), (at(29, 7, month=4), at(29, 8, month=4)))


def test_what_is_left_out_of_a_series_or_moved_counts_so() -> None:
    series = calendar("DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260303T090000Z")
    moved = b"BEGIN:VEVENT\r\nUID:0@x\r\nRECURRENCE-ID:20260304T090000Z\r\nDTSTART:20260304T150000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
    found = busy_in(series.replace(b"END:VCALENDAR", moved + b"END:VCALENDAR"), BEGIN, END, "UTC")
    assert [begins for begins, _ in found] == [at(2, 9), at(4, 15)]


@pytest.mark.parametrize(
    ("said", "busy"),
    [
        ("", True),
        ("\nTRANSP:OPAQUE", True),
        ("\nTRANSP:TRANSPARENT", False),
        ("\nSTATUS:CANCELLED", False),
        ("\nSTATUS:TENTATIVE", True),
        ("\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", False),
        ("\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", True),
    ],
)
def test_who_is_free_is_not_busy(said: str, busy: bool) -> None:
    assert bool(read(f"DTSTART:20260305T100000Z\nDTEND:20260305T110000Z{said}")) is busy


@pytest.mark.parametrize(
    ("said", "busy"), [("", False), ("\nTRANSP:OPAQUE", True), ("\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", True)]
)
def test_a_whole_day_counts_where_it_says_so(said: str, busy: bool) -> None:
    assert bool(read(f"DTSTART;VALUE=DATE:20260305\nDTEND;VALUE=DATE:20260306{said}")) is busy


def test_a_calendar_that_tells_busy_times_alone_is_read() -> None:
    raw = b"BEGIN:VCALENDAR\r\nBEGIN:VFREEBUSY\r\nUID:1\r\nFREEBUSY;FBTYPE=BUSY:20260302T090000Z/PT1H\r\nFREEBUSY;FBTYPE=FREE:20260303T090000Z/PT1H\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    assert busy_in(raw, BEGIN, END, "UTC") == ((at(2, 9), at(2, 10)),)


@pytest.mark.parametrize(
    "bad",
    [
        "DTSTART:nonsense",
        "SUMMARY:it never begins",
        "DTSTART:20260305T100000Z\nRRULE:FREQ=BOGUS",
        "DTSTART:99999999T999999Z",
        "DTSTART:00010101T000000Z\nDTEND:99991231T235959Z",
        "DTSTART:20260305T100000Z\nRDATE:x",
        "no property at all",
    ],
)
def test_one_bad_event_does_not_spoil_the_others(bad: str) -> None:
    assert (at(6, 9), at(6, 10)) in read(bad, "DTSTART:20260306T090000Z\nDTEND:20260306T100000Z")


@pytest.mark.parametrize(
    "raw", [b"", b"hello", b"<html></html>", b"\xff\xfe\x00" * 99, b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"]
)
def test_what_is_no_calendar_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(Unread) as refused:
        busy_in(raw, BEGIN, END, "UTC")
    assert refused.value.why is Why.CALENDAR


def test_one_that_repeats_every_second_for_ever_is_given_up() -> None:
    with pytest.raises(Unread) as refused:
        read("DTSTART:19000101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY", patience=1.0)
    assert refused.value.why is Why.CALENDAR


def test_no_more_busy_times_are_kept_than_fit() -> None:
    found = read("DTSTART:20260301T000000Z\nDURATION:PT5M\nRRULE:FREQ=MINUTELY;INTERVAL=10;COUNT=1500")
    assert len(found) == 1000
