"""The decision logs over a real server: who may read them and who learns nothing, what is on their pages, feeds and links."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import feedparser
import html5lib
import pytest
from aiohttp.test_utils import unused_port
from sqlalchemy import event

from adapters.web.server import Web
from bot import links
from bot.links import Links
from decisions.model import (
    Action,
    AgendaItem,
    Ballot,
    Concern,
    Group,
    Lesson,
    Meeting,
    Member,
    Note,
    Openness,
    Person,
    Poll,
    Presence,
    Remark,
    Review,
    Revision,
    Room,
)
from storage.store import Store
from tests import demonstration
from tests.adapters.site_house import SiteHouse, site_house
from tests.adapters.web_house import KEY, linked
from tests.bot.hostile import texts
from tests.demonstration import GHANA, PARTNERSHIPS

WORDS: tuple[tuple[Any, ...], ...] = (
    (Revision, "title", "text"),
    (Ballot, "reason"),
    (Remark, "text"),
    (Concern, "text", "answer"),
    (Review, "text"),
    (Poll, "statement"),
    (Meeting, "title", "text"),
    (Note, "text"),
    (Action, "text"),
    (AgendaItem, "text"),
    (Lesson, "tried", "text", "happened", "again", "never", "helps"),
    (Person, "name"),
    (Group, "name"),
)
"""Where what people wrote is kept, and is shown on pages."""


def said(store: Store) -> set[str]:
    """All that people wrote, as far as it would tell a reader anything."""
    with store.reading() as work:
        found = [getattr(one, name) for kind, *names in WORDS for one in work.all(kind) for name in names]
    return {line for text in found for line in text.splitlines() if len(line) > 3}


@contextmanager
def asked(store: Store) -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    statements: list[str] = []

    def hear(*given: Any) -> None:
        statements.append(given[2])

    event.listen(store.engine, "before_cursor_execute", hear)
    yield statements
    event.remove(store.engine, "before_cursor_execute", hear)


# -- nobody else ------------------------------------------------------------------------------------------------------


def routes(house: SiteHouse) -> list[str]:
    """An address for every route of the server, of groups that there are and of one that there is not."""
    names = ["", "decisions", "meetings", "actions", "lessons", "search", "search?q=museum", "nothing"]
    names += [f"{kind}-{number}" for kind, number in product("DPMALC", (1, 2, 999))]
    filled = []
    for route in house.client.server.app.router.routes():  # type: ignore[attr-defined]
        pattern = route.resource.canonical if route.resource else ""
        for group, name in product((PARTNERSHIPS, GHANA, 77), names if "{name}" in pattern else [""]):
            filled.append(pattern.format(group=group, name=name, token="x" * 72))
    return sorted(set(filled))


async def test_signed_out_every_address_says_the_same_and_nothing_of_a_group(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        secret, found = said(demonstration), routes(house)
        assert len(found) > 70
        assert any(one.startswith("/g/1/feed") for one in found)
        kept: dict[str, set[tuple[int, str]]] = {}
        for path in found:
            status, text = await house.get(path)
            assert not [one for one in secret if one in text], path
            if found_in := re.match(r"/g/\d+/(.*)", path):
                kept.setdefault(found_in[1], set()).add((status, text))
                assert status == 404, path
        assert all(
            len(told) == 1 for told in kept.values()
        )  # of a group that there is, the same as of one that there is not


async def test_a_member_reads_their_own_group_and_no_other(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        assert (await house.get("/g/1/"))[0] == 200
        assert (await house.get("/g/2/"))[0] == 404
        house.keys[GHANA] = house.keys[PARTNERSHIPS]  # carried over to the other group's pages
        assert (await house.get("/g/2/"))[0] == 404
        house.open(Openness.OFF)
        assert (await house.get("/g/1/"))[0] == 404


async def test_whether_there_is_another_group_is_not_told_by_how_long_it_takes(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        counts = []
        for group in (GHANA, 77):
            house.keys[group] = house.keys[PARTNERSHIPS]
            with asked(demonstration) as statements:
                assert (await house.get(f"/g/{group}/D-1"))[0] == 404
            counts.append(len(statements))
        assert counts[0] == counts[1] > 1


async def test_a_key_holds_for_a_member_a_month_and_unaltered(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        key, link = house.keys[1], house.link("kwame").rpartition("/")[2]
        for wrong in (link, key[:-1] + ("A" if key[-1] != "A" else "B"), key.upper(), "", "x" * 72, "é" * 72, key * 2):
            house.keys[1] = wrong
            assert (await house.get("/g/1/D-1"))[0] == 404, wrong
        house.keys[1] = key
        assert (await house.get("/g/1/D-1"))[0] == 200
        with demonstration.unit_of_work() as work:
            gone = work.all(Presence, member_id=house.member("kwame").id)
            work.drop(*gone)
        assert (await house.get("/g/1/D-1"))[0] == 404
        with demonstration.unit_of_work() as work:
            work.put(*gone)
        house.wait(links.KEY + timedelta(seconds=1))
        assert (await house.get("/g/1/D-1"))[0] == 404


async def test_a_link_lets_in_for_a_day_and_leads_nowhere_else(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        link, member = house.link("kwame"), house.member("kwame")
        async with house.client.get(f"{link}?next=https://evil.example", allow_redirects=False) as answer:
            assert answer.headers["Location"] == "../g/1/"
            cookie = answer.cookies["moot"]
            assert (cookie["path"], cookie["samesite"], cookie["httponly"], cookie["secure"]) == (
                "/g/1/",
                "Lax",
                True,
                True,
            )
            assert int(cookie["max-age"]) == 30 * 24 * 3600
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
        others = (links.news(member), links.calendar(member), links.key(member, house.clock.now()))
        for other in (re.sub(r".*/|\.\w+$", "", one or "") for one in others):
            assert (await house.get(f"/enter/{other}"))[0] == 404
        house.open(Openness.OFF)
        assert (await house.get(link))[0] == 404
        house.open(Openness.MEMBERS)
        house.wait(links.ENTERS)
        assert (await house.get(link))[0] == 404


async def test_behind_a_path_the_key_is_for_that_path(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        links.configure(Links("http://example.org/moot", KEY))
        link = urlsplit(links.enter(house.member("kwame"), house.clock.now())).path.removeprefix("/moot")  # type: ignore[arg-type]
        async with house.client.get(str(link), allow_redirects=False) as answer:
            assert answer.cookies["moot"]["path"] == "/moot/g/1/"
            assert not answer.cookies["moot"]["secure"]


async def test_a_public_log_is_for_everyone_but_where_people_meet(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        with demonstration.unit_of_work() as work:
            work.put(*(replace(one, place="https://meet.example.org/secret") for one in work.all(Meeting)))
        house.open(Openness.PUBLIC)
        assert "Partnerships" in (await house.get("/"))[1]
        assert "Ghana" not in (await house.get("/"))[1]
        pages = await house.walk("/g/1/")
        assert {"/g/1/D-1", "/g/1/M-1", "/g/1/decisions"} <= set(pages)
        assert not [path for path, text in pages.items() if "meet.example.org" in text]
        status, calendar = await house.get("/g/1/calendar.ics")
        assert (status, "BEGIN:VEVENT" in calendar, "meet.example.org" in calendar) == (200, True, False)
        await house.enter("kwame")
        assert "meet.example.org" in (await house.get("/g/1/M-1"))[1]


# -- pages ------------------------------------------------------------------------------------------------------------


async def test_every_link_leads_to_a_page_that_runs_nothing(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        pages = await house.walk("/g/1/")
        assert len(pages) > 20
        for path, text in pages.items():
            assert re.findall(r"<script|style=|\son\w+=|javascript:", text) == [], path
            html5lib.HTMLParser(strict=True).parse(text)
            assert len(re.findall(r"<h1\b", text)) == len(re.findall(r"<main\b", text)) == 1
        key = {"Cookie": f"moot={house.keys[1]}"}
        async with house.client.get("/g/1/D-1", headers=key) as answer:
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
            assert "script-src" not in answer.headers["Content-Security-Policy"]
            assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


async def test_the_page_of_a_decision_has_all_of_it(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        _, text = await house.get("/g/1/D-1")
        with demonstration.reading() as work:
            poll = work.the(Poll, group_id=1, decision=1)
            revisions, ballots = work.all(Revision, poll_id=poll.id), work.all(Ballot, poll_id=poll.id)
            remarks, reviews = work.all(Remark, poll_id=poll.id), work.all(Review, poll_id=poll.id)
            concerns = work.all(Concern, poll_id=poll.id)
        assert len(revisions) > 1
        assert all((ballots, remarks, concerns, reviews))
        shown = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
        plain = " ".join("".join(shown.itertext()).split())
        wanted = [*(one.text for one in remarks), *(one.text for one in concerns), *(one.text for one in reviews)]
        wanted += [one.reason for one in ballots]
        assert not [one for one in wanted if " ".join(one.split()) not in plain]
        assert "<svg" in text
        assert {"<ins>", "<del>"} <= set(re.findall(r"<ins>|<del>", text))
        assert (await house.get(f"/g/1/{poll.ref}"))[1] == text
        assert (await house.get("/g/1/d-1"))[0] == 200


async def test_what_was_said_in_private_does_not_tell_where(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        with demonstration.unit_of_work() as work:
            poll = work.the(Poll, group_id=1, decision=1)
            alone, aloud = [one for one in work.all(Ballot, poll_id=poll.id) if one.reason][:2]
            room = next(one for one in work.all(Room, group_id=1) if one.platform == "matrix")
            work.put(replace(room, chat="!aloud:rooms.example"))
            work.put(replace(aloud, worded="matrix:!aloud:rooms.example:$said"))
            work.put(replace(alone, worded="matrix:!alone:home.example:$said"))
        _, text = await house.get("/g/1/D-1")
        assert alone.reason in text
        assert "!aloud%3Arooms.example/" in text
        assert "!alone" not in text
        assert "home.example" not in text


async def test_pages_are_in_the_language_that_is_asked_for_else_in_ones_own(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        _, text = await house.get("/g/1/D-1?lang=ar")
        assert '<html lang="ar" dir="rtl">' in text
        assert 'href="decisions?lang=ar"' in text
        assert 'lang="en"' in text  # what people wrote there
        for odd in ("", "xx", "../../etc", "qqq", "%00", "EN"):
            assert (
                '<html lang="en" dir="ltr">'
                in (await house.get(f"/g/1/D-1?lang={odd}", **{"Accept-Language": "zz"}))[1]
            )
        house.open(Openness.PUBLIC, GHANA)
        assert '<html lang="fr"' in (await house.get("/g/2/", **{"Accept-Language": "fr-CH, en;q=0.5"}))[1]
        assert '<html lang="fr"' in (await house.get("/", **{"Accept-Language": "fr-CH, en;q=0.5"}))[1]


async def test_a_log_is_searched_in_itself_alone(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        status, text = await house.get("/g/1/search?q=museums")
        assert status == 200
        assert re.search(r"<mark>museums?</mark>", text, re.IGNORECASE)
        assert 'href="D-1"' in text
        assert 'value="museums"' in text
        assert not re.search(r'href="[./]*g/\d', text)  # of no other group
        _, other = await house.get("/g/1/search?q=Kumasi")
        for odd in (
            "a",
            "%22%22%22",
            "x" * 7_000,
            "AND%20OR%20NOT%20(*",
            "%00",
            "kind:%3Cscript%3E",
            "since:nonsense",
            "&page=99",
        ):
            status, text = await house.get(f"/g/1/search?q={odd}")
            assert status == 200, odd
            assert "<script" not in text
        assert 'class="nothing"' in other
        assert (await house.get("/g/2/search?q=museums"))[0] == 404


async def test_odd_addresses_are_nothing_and_no_fault(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        for odd in (
            *(
                "decisions?page=0",
                "decisions?page=99",
                "decisions?page=-1",
                "decisions?page=x",
                "?page=2",
                "D-1?page=2",
            ),
            *(
                "D-0",
                "D-999999999",
                "D-9999999999",
                "D--1",
                "C-1",
                "P",
                "D-1/",
                "%00",
                "D-1%0d%0aSet-Cookie:x",
            ),
            *("..%2f..%2fetc%2fpasswd", "D-١", "feed.atom", "calendar.ics", "page.css"),
        ):
            assert (await house.get(f"/g/1/{odd}"))[0] == 404, odd
        for odd in ("/g/0/", "/g/999999999/", "/g/x/", "/g/", "/g/-1/", "/g/01x/"):
            assert (await house.get(odd))[0] == 404, odd


async def test_many_decisions_are_turned_page_by_page(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        with demonstration.unit_of_work() as work:
            poll, words = (
                work.the(Poll, group_id=2, number=1),
                work.all(Revision, poll_id=work.the(Poll, group_id=2, number=1).id)[0],
            )
            for number in range(500, 620):
                work.put(
                    replace(poll, id=number, number=number, decision=number),
                    replace(words, poll_id=number, number=poll.revision),
                )
        house.open(Openness.PUBLIC, GHANA)
        with asked(demonstration) as statements:
            assert (await house.get("/g/2/"))[0] == 200
        assert len(statements) < 200  # who is in the group is not asked for anew for each of them
        _, first = await house.get("/g/2/decisions")
        _, second = await house.get("/g/2/decisions?page=2")
        assert "D-619" in first
        assert "D-569" in second
        assert 'href="decisions?page=2"' in first
        assert 'rel="prev" href="decisions"' in second
        assert (await house.get("/g/2/decisions?page=9"))[0] == 404


async def test_what_people_wrote_is_text_on_every_page(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        await house.enter("kwame")
        evil = [
            *texts(60),
            *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><svg onload=x>", "{{ 7*7 }}"),
        ]
        news = urlsplit(str(links.news(house.member("kwame")))).path
        place = 0
        with demonstration.unit_of_work() as work:
            for kind, *names in WORDS:
                for one in work.all(kind):
                    worded = {}
                    for name in names:
                        place += 1
                        worded[name] = (
                            evil[place % len(evil)].encode("utf-8", "replace").decode().replace("\x00", "")[:3000]
                        )
                    work.put(replace(one, **worded))
            work.put(*(replace(one, place="javascript:alert(1)") for one in work.all(Meeting)))
        pages = await house.walk("/g/1/")
        assert len(pages) > 20
        for path, text in pages.items():
            shown = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
            tags = {one.tag for one in shown.iter() if isinstance(one.tag, str)}
            assert not tags & {"script", "img", "iframe", "style", "object", "b:x"}, path
            assert not [
                one for each in shown.iter() for one in each.attrib if one.startswith("on") or one == "style"
            ], path
            assert not [one.attrib["href"] for one in shown.iter() if "javascript" in one.attrib.get("href", "")], path
            assert "49" not in re.findall(r">\s*(49)\s*<", text)
        status, feed = await house.get(news)
        assert status == 200
        assert not feedparser.parse(feed).bozo


# -- feeds ------------------------------------------------------------------------------------------------------------


async def test_a_feed_tells_what_is_new_and_when_it_is_the_same(demonstration: Store) -> None:
    async with site_house(demonstration) as house:
        path = urlsplit(str(links.news(house.member("kwame")))).path
        async with house.client.get(path) as answer:
            assert (answer.status, answer.content_type) == (200, "application/atom+xml")
            raw, tag = await answer.text(), answer.headers["ETag"]
        read = feedparser.parse(raw)
        assert not read.bozo
        assert read.version == "atom10"
        assert "Partnerships" in read.feed.title
        assert len({one.id for one in read.entries}) == len(read.entries) > 5
        assert all(one.link.startswith("https://moot.example.org/g/1/") for one in read.entries)
        times = [one.updated for one in read.entries]
        assert times == sorted(times, reverse=True)
        house.wait(timedelta(hours=1))
        async with house.client.get(path, headers={"If-None-Match": tag}) as answer:
            assert answer.status == 304
            changed = answer.headers["Last-Modified"]
        assert changed.endswith("GMT")
        with demonstration.unit_of_work() as work:  # an entry as old as before says something else
            one = work.all(Lesson, group_id=1)[0]
            work.put(replace(one, happened="It was otherwise."))
        async with house.client.get(path, headers={"If-Modified-Since": changed}) as answer:
            assert answer.status == 200
        house.wait(timedelta(hours=1))
        async with house.client.get(path) as answer:
            changed = answer.headers["Last-Modified"]
        async with house.client.get(path, headers={"If-Modified-Since": changed}) as answer:
            assert answer.status == 304
        assert (await house.get("/g/1/feed.atom"))[0] == 404
        house.open(Openness.PUBLIC)
        assert (await house.get("/g/1/feed.atom"))[0] == 200
        house.open(Openness.OFF)
        assert (await house.get(path))[0] == 404


def test_addresses_are_made_only_where_there_is_a_web_page() -> None:
    member = Member(id=1, group_id=1, person_id=1, joined_at=demonstration.AFTER)
    assert (links.enter(member, demonstration.AFTER), links.key(member, demonstration.AFTER), links.news(member)) == (
        None,
    ) * 3
    with linked():
        assert (
            len({links.enter(member, demonstration.AFTER), links.key(member, demonstration.AFTER), links.news(member)})
            == 3
        )


async def test_what_is_no_request_is_not_logged_with_the_link_in_it(
    demonstration: Store, caplog: pytest.LogCaptureFixture
) -> None:
    async with site_house(demonstration) as house:
        port = unused_port()
        running = asyncio.create_task(Web(wiring=house.wiring, port=port).run(house.app.handle))
        try:
            while True:
                with suppress(ConnectionError):
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    break
                await asyncio.sleep(0)
            writer.write(f"GET {house.link('kwame')}\x00 HTTP/1.1\r\n\r\n".encode())
            assert b" 400 " in await reader.readline()
            writer.close()
        finally:
            running.cancel()
        assert "/enter/" not in caplog.text
