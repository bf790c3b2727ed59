"""The web page, over a real server: looking, answering, links that open nothing, and whatever else is sent to it."""

import asyncio
import gc
import re
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from aiohttp import ClientSession, FormData
from yarl import URL

from adapters.base import Button, Card, Part, Style
from adapters.console.drawing import Look, whole
from adapters.matrix.content import of_card
from adapters.web.server import LIMIT
from bot import links
from bot.erasing import erase
from decisions import meetings
from decisions.model import Group, Meeting, Member, Person, Presence, Stage
from storage.store import Store
from tests.adapters.web_house import ADDRESS, WebHouse, linked, web_house
from tests.house import START

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


async def seen(web: WebHouse, path: str, **more: str) -> tuple[int, str]:
    async with web.client.get(path, headers=more) as answer:
        return answer.status, await answer.text()


async def sent(web: WebHouse, fields: dict[str, str], path: str = "", **headers: str) -> tuple[int, str]:
    """An answer, and the page to which it leads."""
    async with web.client.post(path or web.link(), data=fields, headers=headers) as answer:
        return answer.status, await answer.text()


# -- looking ----------------------------------------------------------------------------------------------------------


async def test_a_page_shows_the_times_in_ones_own_zone(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        status, text = await seen(web, web.link())
        assert status == 200
        assert 'lang="en" dir="ltr"' in text
        assert re.findall(r"\d\d:\d\d CET(?=</legend>)", text) == ["09:00 CET", "15:00 CET"] * 3
        assert "Mon 9 Mar 2026</h2>" in text
        _, bao = await seen(web, web.link("bao"))
        assert "13:30 IST" in bao
        _, amina = await seen(web, web.link("amina"))
        assert 'lang="ar" dir="rtl"' in amina


async def test_a_page_is_shown_in_any_zone_that_there_is(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        _, text = await seen(web, f"{web.link()}?zone=auckland")
        assert 'value="Pacific/Auckland"' in text
        assert "21:00 NZDT" in text
        assert "Tue 10 Mar 2026</h2>" in text  # 14:00 in London is the next day there
        _, text = await seen(web, f"{web.link()}?zone=Europe/Berlim")
        assert "Europe/Berlin" in text
        assert 'aria-invalid="true"' in text
        assert "09:00 CET" in text
        _, text = await seen(web, f"{web.link()}?zone={'%3Cscript%3E' * 500}")
        assert "<script>" not in text


async def test_a_page_hands_its_address_to_nobody_and_runs_nothing_of_others(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web, web.client.get(web.link()) as answer:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        text = await answer.text()
        assert re.findall(r"<script(?! src=)|style=|\son\w+=|https?://", text) == []


async def test_what_people_wrote_is_no_markup(sqlite_store: Store) -> None:
    title = "<img src=x onerror=alert(1)> & \"'\u202e"
    async with web_house(sqlite_store, title) as web:
        with web.house.store.unit_of_work() as work:
            work.put(replace(work.the(Meeting, id=1), text="</p><script>1</script>\nsecond", place="{{ 7*7 }}"))
        _, text = await seen(web, web.link())
        assert "<img" not in text
        assert "<script>" not in text
        assert "&lt;/p&gt;&lt;script&gt;" in text
        assert "{{ 7*7 }}" in text


async def test_looking_changes_nothing(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        before = _dumped(web)
        for path in (web.link(), f"{web.link()}?said=thanks&zone=x", "/", "/page.css", "/page.js", "/health"):
            await seen(web, path)
            async with web.client.head(path) as answer:
                assert answer.status in (200, 404)
                assert await answer.read() == b""
        assert _dumped(web) == before


def _dumped(web: WebHouse) -> list[str]:
    with web.house.store.reading() as work:
        raw = work.connection.connection.driver_connection
        return list(raw.iterdump())  # type: ignore[union-attr]


# -- answering --------------------------------------------------------------------------------------------------------


async def test_an_answer_is_kept_as_a_press_would_be(store: Store) -> None:
    async with web_house(store) as web:
        status, text = await sent(web, {"s1": "2", "s2": "1", "s3": "0", "s4": ""})
        assert status == 200
        assert "your answers are kept" in text
        assert web.marks() == {1: 2, 2: 1, 3: 0}
        assert re.search(r'name="s2" value="1" checked', text)
        said = await web.house.whisper("ana", "slots M-1")
        assert "if need be" in said.text


async def test_an_answer_can_be_changed_and_changed_back(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        for mark in ("2", "0", "2", "0", "2"):
            await sent(web, {"s1": mark})
            assert web.marks() == {1: int(mark)}
            web.house.sleep(timedelta(milliseconds=1))
        await sent(web, {"s2": "1"})
        assert web.marks() == {1: 2, 2: 1}


async def test_an_answer_can_be_taken_back(store: Store) -> None:
    async with web_house(store) as web:
        await sent(web, {"s1": "2", "s2": "0"})
        page = (await seen(web, web.link()))[1]
        assert re.findall(r'name="s(\d)" value="-"', page) == ["1", "2"]
        web.house.sleep(timedelta(milliseconds=1))
        assert "your answers are kept" in (await sent(web, {"s1": "-", "s2": "0", "s3": ""}))[1]
        assert web.marks() == {2: 0}
        assert "your answers are kept" in (await sent(web, {"s1": "-"}))[1]  # twice is once
        await web.house.whisper("ana", "slots M-1 3 yes")  # meanwhile; the page that stands open does not know of it
        await sent(web, {"s2": "-", "s3": ""})
        assert web.marks() == {3: 2}


async def test_sent_twice_at_once_is_kept_once(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        found = await asyncio.gather(*(sent(web, {"s1": "2", "s2": "0"}) for _ in range(8)))
        assert {status for status, _ in found} == {200}
        assert all("your answers are kept" in text for _, text in found)
        assert web.marks() == {1: 2, 2: 0}


async def test_nothing_chosen_is_said_and_changes_nothing(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        for fields in ({}, {"s1": "", "s2": ""}):
            status, text = await sent(web, fields)
            assert status == 200
            assert "Nothing was chosen" in text
        assert web.marks() == {}


async def test_times_that_are_asked_about_no_more_are_left_out_and_the_rest_is_kept(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        await web.house.say("ana", "!slots M-1 drop 2")
        status, text = await sent(web, {"s1": "2", "s2": "2", "s99": "1"})
        assert status == 200
        assert "not asked about any more" in text
        assert web.marks() == {1: 2}


async def test_the_zone_stays_after_an_answer(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        _, text = await sent(web, {"s1": "2"}, f"{web.link()}?zone=Asia/Tokyo&said=none")
        assert "17:00 JST" in text
        assert "your answers are kept" in text


async def test_whoever_sends_too_often_loses_nothing_that_they_chose(sqlite_store: Store) -> None:
    async with web_house(sqlite_store, limits=True) as web:
        for turn in range(200):
            status, text = await sent(web, {"s1": str(turn % 3)})
            if status != 200:
                break
            web.house.sleep(timedelta(milliseconds=1))
        assert status in (409, 429)
        assert 'role="alert"' in text
        assert f'name="s1" value="{turn % 3}" checked' in text
        assert web.marks() != {1: turn % 3}
        web.house.sleep(timedelta(minutes=2))
        assert (await sent(web, {"s1": str(turn % 3)}))[0] == 200
        assert web.marks() == {1: turn % 3}


@pytest.mark.parametrize("stage", [Stage.SET, Stage.RUNNING, Stage.ENDED, Stage.CANCELLED])
async def test_a_meeting_that_asks_no_more_shows_what_came_of_it(sqlite_store: Store, stage: Stage) -> None:
    async with web_house(sqlite_store) as web:
        link, now = web.link(), web.house.now
        with web.house.store.unit_of_work() as work:
            group, meeting = work.the(Group, id=1), work.the(Meeting, id=1)
            if stage is Stage.CANCELLED:
                work.apply(meetings.cancel(meeting, by=1), 1, now)
            else:
                at = now + timedelta(days=7)
                work.apply(meetings.set_time(meeting, "2026-03-09T19:00", at, by=1, now=now), 1, now)
            if stage in (Stage.RUNNING, Stage.ENDED):
                work.apply(meetings.start(work.the(Meeting, id=1), group, by=1, now=now), 1, now)
            if stage is Stage.ENDED:
                work.apply(meetings.end(work.the(Meeting, id=1), work.the(Group, id=1), by=1, now=now), 1, now)
        status, text = await seen(web, link)
        assert status == 200
        assert "<form" not in text
        assert "Mon 9 Mar 2026" in text if stage is Stage.SET else "M-1" in text
        status, text = await sent(web, {"s1": "2"}, link)
        assert status == 409
        assert web.marks() == {}


# -- links that open nothing ------------------------------------------------------------------------------------------


async def test_a_link_of_which_anything_is_altered_opens_nothing(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        start, _, token = web.link().rpartition("/")
        assert len(token) == links.LENGTH
        now = web.house.now
        known = links.opened(token, links.Purpose.TIMES, now)
        assert known is not None
        for place, letter in product(range(len(token)), LETTERS):
            if token[place] != letter:
                altered = token[:place] + letter + token[place + 1 :]
                assert links.opened(altered, links.Purpose.TIMES, now) is None
        pages = set()
        for place in range(0, len(token), 7):
            other = "A" if token[place] != "A" else "B"
            pages.add(await seen(web, f"{start}/{token[:place]}{other}{token[place + 1 :]}"))
        for odd in ("x", token[:-1], f"{token}A", f"{token}=", token.replace("_", "/"), "\u202e", "é" * 72, "A" * 3000):
            pages.add(await seen(web, f"{start}/{odd}"))
        pages.discard((404, ""))
        assert {status for status, _ in pages} <= {403, 404}
        refused = {text for status, text in pages if status == 403}
        assert len(refused) == 1  # no telling what was wrong
        assert "slots" in refused.pop()


async def test_a_link_opens_nothing_once_it_is_over(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        link = web.link()
        web.house.sleep(timedelta(days=4, seconds=-1))
        assert (await seen(web, link))[0] == 200
        web.house.sleep(timedelta(seconds=1))
        assert (await seen(web, link))[0] == 403
        assert (await sent(web, {"s1": "2"}, link))[0] == 403
        assert web.marks() == {}


async def test_no_link_opens_longer_than_thirty_days(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        meeting = replace(web.meeting, ask_until=web.house.now + timedelta(days=300))
        link = web.link(meeting=meeting)
        web.house.sleep(timedelta(days=29))
        assert (await seen(web, link))[0] == 200
        web.house.sleep(timedelta(days=1))
        assert (await seen(web, link))[0] == 403


async def test_a_link_is_the_same_for_a_day(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        unasked = replace(web.meeting, ask_until=None)
        first = web.link(meeting=unasked)
        web.house.sleep(timedelta(hours=5))
        assert web.link(meeting=unasked) == first
        web.house.sleep(timedelta(hours=5))
        assert web.link(meeting=unasked) != first


@pytest.mark.parametrize("why", ["left", "erased", "merged", "another key", "another purpose", "no such meeting"])
async def test_a_link_of_somebody_else_by_now_opens_nothing(sqlite_store: Store, why: str) -> None:
    async with web_house(sqlite_store) as web:
        link, bao = web.link("bao"), web.member("bao")
        assert (await seen(web, link))[0] == 200
        match why:
            case "left":
                with web.house.store.unit_of_work() as work:
                    work.drop(*work.all(Presence, member_id=bao.id))
            case "erased":
                with web.house.store.unit_of_work() as work:
                    erase(work, work.the(Person, id=bao.person_id), web.house.now, lambda: "00")
            case "merged":
                with web.house.store.unit_of_work() as work:
                    work.put(replace(work.the(Member, id=bao.id), merged_into=web.member("ana").id))
            case "another key":
                ours = links.Links(ADDRESS, b"other" * 8)
                links.configure(ours)
            case "another purpose":
                link = URL(links.calendar(bao) or "").path.removesuffix(".ics").replace("calendar", "m")
            case _:
                link = web.link("bao", replace(web.meeting, id=999))
        assert (await seen(web, link))[0] == 403
        assert (await sent(web, {"s1": "2"}, link))[0] == 403
        assert web.marks("bao") == {}


def test_without_a_public_address_there_are_no_links() -> None:
    links.configure(None)
    assert links.opened("A" * links.LENGTH, links.Purpose.TIMES, START) is None


# -- what else is sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("s1=2&s1=0", 400),
        ("s1=3", 400),
        ("s1=-1", 400),
        ("s1=02", 400),
        ("s1=%00", 400),
        ("s1=\u0662", 400),
        ("s\u0661=2", 400),
        ("s12345=2", 400),
        ("other=2", 400),
        ("s1=2;s2=2", 400),
        ("s1=2&" * 300, 400),
        ("&".join(f"s{one}=2" for one in range(300)), 400),
        ("s1=" + "2" * LIMIT, 413),
        ("\ud800", 400),
        ("{}", 400),
    ],
    ids=range(15),
)
async def test_what_is_no_form_of_ours_changes_nothing(sqlite_store: Store, fields: str, status: int) -> None:
    async with web_house(sqlite_store) as web:
        raw = fields.encode(errors="surrogatepass")
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        async with web.client.post(web.link(), data=raw, headers=kind) as answer:
            assert answer.status == status
            assert "Nothing was changed" in await answer.text()
        assert web.marks() == {}


async def test_other_kinds_and_other_ways_are_refused(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        link = web.link()
        async with web.client.post(link, json={"s1": "2"}) as answer:
            assert answer.status == 415
        form = FormData(default_to_multipart=True)
        form.add_field("s1", "2")
        async with web.client.post(link, data=form) as answer:
            assert answer.status == 415
        for way in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            async with web.client.request(way, link) as answer:
                assert answer.status == 405
                assert "GET" in answer.headers["Allow"]
        assert (await sent(web, {"s1": "2"}, link, **{"Sec-Fetch-Site": "cross-site"}))[0] == 403
        for path in ("/m", "/m/", "/m/../page.css/../x", "/static", "/templates/page.html", "/calendar/", "/.git"):
            assert (await seen(web, path))[0] == 404
        assert web.marks() == {}


async def test_a_body_without_a_length_is_held_to_the_same_limit(sqlite_store: Store) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b"s1=2&" * 1000

    async with web_house(sqlite_store) as web:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        async with web.client.post(web.link(), data=endless(), headers=kind) as answer:
            assert answer.status == 413
        assert web.marks() == {}


async def test_a_body_that_is_not_packed_as_it_says_is_no_fault_of_ours(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"}
        async with web.client.post(web.link(), data=b"s1=2", headers=kind) as answer:
            assert answer.status == 400
        assert web.marks() == {}


async def test_a_refusal_is_said_in_the_language_of_the_browser(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        _, text = await seen(web, "/m/x", **{"Accept-Language": "ar-EG, en;q=0.5"})
        assert 'lang="ar" dir="rtl"' in text
        _, text = await seen(web, "/m/x", **{"Accept-Language": "tlh, es-MX;q=0.9"})
        assert 'lang="es"' in text
        for odd in ("*", ",,;;==", "x" * 5000, "../../etc/passwd", "qqq"):
            status, text = await seen(web, "/m/x", **{"Accept-Language": odd})
            assert status == 403
            assert 'lang="en"' in text


@pytest.mark.long
async def test_ten_thousand_requests_leave_nothing_behind(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web, ClientSession(web.client.make_url("/")) as session:

        async def flood(count: int) -> None:
            for turn in range(count):
                async with session.get(f"/m/{turn:072}") as answer:
                    await answer.read()

        await flood(500)
        gc.collect()
        tracemalloc.start()
        await flood(500)
        before = tracemalloc.get_traced_memory()[0]
        await flood(9_000)
        gc.collect()
        after = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert after - before < 300_000


# -- the way to the page, and calendars -------------------------------------------------------------------------------


async def test_a_member_is_given_the_link_alone(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        said = await web.house.whisper("bao", "slots M-1")
        (url,) = (one.url for row in said.buttons for one in row if one.url)
        assert url == f"{ADDRESS}{web.link('bao')}"
        in_room = await web.house.say("bao", "!slots M-1")
        assert not [one for row in in_room.buttons for one in row if one.url]
        assert not any(
            one.url for shown in web.house.shown if shown.kind != "private" for row in shown.buttons for one in row
        )
        links.configure(None)
        said = await web.house.whisper("bao", "slots M-1")
        assert not [one for row in said.buttons for one in row if one.url]


def test_where_there_are_no_buttons_the_address_is_written_out() -> None:
    card = Card((Part(Style.LINE, "Which times?"),), ((Button("Answer on a page", url=f"{ADDRESS}/m/x"),),))
    body = of_card(card, {}, "", "")["body"]
    assert body == f"Which times?\nAnswer on a page: {ADDRESS}/m/x"
    assert f"Answer on a page: {ADDRESS}/m/x" in "\n".join(whole(card, Look()))


async def test_who_knows_only_when_a_calendar_last_changed_is_told_whether_it_did(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        said = await web.house.whisper("bao", "calendar")
        (url,) = (one.url for row in said.buttons for one in row if one.url)
        path, second = URL(url).path, timedelta(seconds=1)

        async def asked(**headers: str) -> tuple[int, str, str]:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            async with web.client.get(path, headers=sent) as answer:
                return answer.status, answer.headers["ETag"], answer.headers.get("Last-Modified", "")

        assert (await asked())[2] == ""  # it may change within the same second
        web.house.sleep(second)
        _, tag, first = await asked()
        assert first == "Mon, 02 Mar 2026 18:00:00 GMT"
        web.house.sleep(timedelta(days=1))
        assert (await asked(If_Modified_Since=first)) == (304, tag, first)
        assert (await asked(If_Modified_Since="Tue, 03 Mar 2026 09:00:00 GMT"))[0] == 304
        assert (await asked(If_Modified_Since="Tue, 03 Mar 2027 09:00:00 GMT"))[0] == 200
        assert (await asked(If_Modified_Since="whenever"))[0] == 200
        assert (await asked(If_Modified_Since="Sun, 01 Mar 2026 18:00:00 GMT"))[0] == 200
        assert (await asked(If_Modified_Since=first, If_None_Match='W/"other"'))[0] == 200
        assert (await asked(If_Modified_Since="Sun, 01 Mar 2026 18:00:00 GMT", If_None_Match=tag))[0] == 304
        with web.house.store.unit_of_work() as work:
            at = web.house.now + timedelta(days=7)
            work.apply(
                meetings.set_time(work.the(Meeting, id=1), "2026-03-10T19:00", at, by=1, now=web.house.now), 1, at
            )
        assert (await asked(If_Modified_Since=first))[0] == 200
        web.house.sleep(second)
        status, other, changed = await asked(If_Modified_Since=first, If_None_Match=tag)
        assert (status, changed) == (200, "Tue, 03 Mar 2026 18:00:01 GMT")
        assert other != tag
        assert (await asked(If_Modified_Since=changed))[0] == 304
        async with web.client.head(path, headers={"If-Modified-Since": changed}) as answer:
            assert answer.status == 304


async def test_a_calendar_is_subscribed_to_by_a_link_that_holds(sqlite_store: Store) -> None:
    async with web_house(sqlite_store) as web:
        said = await web.house.whisper("bao", "calendar")
        (url,) = (one.url for row in said.buttons for one in row if one.url)
        path = URL(url).path
        now = web.house.now
        with web.house.store.unit_of_work() as work:
            at = now + timedelta(days=7)
            change = meetings.set_time(work.the(Meeting, id=1), "2026-03-09T19:00", at, by=1, now=now)
            work.apply(change, 1, now)
        web.house.sleep(timedelta(days=100))
        async with web.client.get(path) as answer:
            assert answer.status == 200
            assert answer.content_type == "text/calendar"
            text, tag = await answer.text(), answer.headers["ETag"]
            assert "SUMMARY:Spring planning" in text
        web.house.sleep(timedelta(hours=1))
        async with web.client.get(path, headers={"If-None-Match": tag}) as answer:
            assert answer.status == 304
        async with web.client.head(path) as answer:
            assert answer.status == 200
            assert answer.headers["ETag"] == tag
        with web.house.store.unit_of_work() as work:
            work.put(replace(work.the(Meeting, id=1), title="Summer planning"))
        async with web.client.get(path, headers={"If-None-Match": tag}) as answer:
            assert answer.status == 200
        with web.house.store.unit_of_work() as work:
            work.drop(*work.all(Presence, member_id=web.member("bao").id))
        assert (await seen(web, path))[0] == 403
        page = web.link().replace("/m/", "/calendar/") + ".ics"
        assert (await seen(web, page))[0] == 403


def test_a_link_says_nothing_where_it_is_shown_without_its_key() -> None:
    with linked():
        assert "kkkk" not in repr(links._ours)
