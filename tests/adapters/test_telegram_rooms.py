"""Rooms on Telegram: only who administers a chat lets it join a group, and a facilitator says yes by a button."""

import asyncio
import re
from collections.abc import Callable

from decisions.model import Member, Room, Try
from storage.store import Store
from storage.verify import verify
from tests.adapters.telegram_house import housed
from tests.adapters.telegram_server import Chat, Server


async def told(server: Server, condition: Callable[[], object]) -> None:
    try:
        async with asyncio.timeout(10):
            await server.until(condition)
    except TimeoutError:
        calls = [f"{one.method} {one.values} -> {one.answer}" for one in server.calls]
        raise AssertionError("\n".join(calls)) from None


def said(chat: Chat, words: str) -> str:
    """The last message in a chat that says this; empty: none does."""
    return next((one.text for one in reversed(chat.messages) if words in one.text), "")


async def test_a_chat_joins_by_its_administrator_and_a_facilitators_press(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana, ben, tom, tim = (server.user(name) for name in ("Ana", "Ben", "Tom", "Tim"))
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        tea = server.supergroup("Tea", tom, tim, admins=(tom,))
        ana.starts()
        await told(server, lambda: ana.private.messages)
        group.says(ana, "/propose Meet monthly")
        await told(server, lambda: said(group, "P-1 ·"))
        group.says(ben, "/setup")
        await told(server, lambda: said(group, "Only a facilitator can do that: Ana."))
        group.says(ana, "/setup")
        await told(server, lambda: said(group, "To let another room join"))
        (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", said(group, "To let another room join"))

        tea.says(tim, f"/setup {code}")
        await told(server, lambda: said(tea, "Only whoever administers this chat"))
        tea.says(tom, "/setup AAAA-AAAA")
        await told(server, lambda: said(tea, "That is no code I know."))
        tea.says(tom, f"/setup {code}")
        await told(server, lambda: said(ana.private, "Tom would like Tea (telegram) to be a room of “Partnerships”"))

        ana.presses(ana.private.message("Tom would like"), "Yes, let it join")
        await told(server, lambda: said(tea, "P-1 ·"))
        assert said(tea, "This room is one of “Partnerships” now")
        tim.presses(tea.message("P-1 ·"), "agree 0")
        await told(server, lambda: "agree 1: Tim" in said(group, "P-1 ·"))
        with sqlite_store.reading() as work:
            assert {one.group_id for one in work.all(Room)} == {one.group_id for one in work.all(Member)} == {1}
            assert len(work.all(Try)) == 1
            assert verify(work) == []


async def test_a_chat_leaves_and_is_told_nothing_more(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        group.says(ana, "/decisions")
        await told(server, lambda: said(group, "Nothing is open"))
        group.says(ben, "/leave yes")
        await told(server, lambda: said(group, "Only a facilitator can do that: Ana."))
        group.says(ana, "/leave")
        await told(server, lambda: said(group, "If you mean it: leave yes"))
        group.says(ana, "/leave yes")
        await told(server, lambda: said(group, "has left “Partnerships”"))
        group.says(ben, "/propose Meet monthly")
        await told(server, lambda: said(group, "P-1 ·"))
        with sqlite_store.reading() as work:
            assert [(one.group_id, one.left_at is None) for one in work.all(Room)] == [(1, False), (2, True)]
            assert verify(work) == []
