"""What groups do: take the bot in, turn into supergroups, have topics, anonymous voices and strangers who look in."""

import asyncio
from collections.abc import Callable

import pytest

from decisions import model
from decisions.model import Ballot, Member, Presence, Role, Room
from storage.store import Store
from tests.adapters.telegram_house import housed, true
from tests.adapters.telegram_server import Chat, Press, Server
from tests.adapters.telegram_server.groups import Group


async def told(server: Server, condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        await server.until(condition)


async def toast(server: Server, press: Press) -> str:
    async with asyncio.timeout(10):
        return await server.answered(press)


def said(chat: Chat, words: str) -> bool:
    return any(words in one.text for one in chat.messages)


async def test_added_to_a_group_it_says_what_it_does_and_works_at_once(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        group.statuses[server.bot.id] = "left"
        group.changes(ana, server.bot, "member")
        await told(server, lambda: group.messages)
        assert group.last.text.startswith("Hello, I am Folkmoot.")
        assert len(group.last.text) < 500
        group.says(ben, "/propose Meet monthly")
        await told(server, lambda: said(group, "P-1 ·"))
        with sqlite_store.reading() as work:
            assert [one.role for one in work.all(Member)] == [Role.FACILITATOR, Role.MEMBER]
            assert work.the(Room, id=1).size == 2


async def test_put_out_of_a_group_it_goes_on_there_once_it_is_back(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store) as house:
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        group.says(ana, "/propose Meet monthly")
        await told(server, lambda: said(group, "P-1 ·"))
        ana.starts()
        for _ in range(2):  # out of the group, and banned from it
            group.removes(server.bot, by=ana)
        await true(lambda: gone(sqlite_store))
        with sqlite_store.reading() as work:
            assert work.all(Presence) == []
        before = len([one for one in server.calls if one.values.get("chat_id") == group.id])
        ana.writes("propose Write a newsletter")
        await told(server, lambda: any("P-2" in one.text for one in ana.messages))
        await house.publisher.settle()
        assert len([one for one in server.calls if one.values.get("chat_id") == group.id]) == before
        group.changes(ana, server.bot, "member")
        await told(server, lambda: said(group, "P-2 ·"))
        assert len([one for one in group.messages if one.text.startswith("P-1 ·")]) == 2
        assert not gone(sqlite_store)
        group.says(ben, "/agree P-1")
        await told(server, lambda: said(group, "agree 1: Ben"))


def gone(store: Store) -> bool:
    with store.reading() as work:
        return work.the(Room, id=1).gone_at is not None


async def test_the_open_card_is_pinned_where_we_may(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana = server.user("Ana")
        group = server.supergroup("Partnerships", ana, admins=(ana, server.bot))
        group.says(ana, "/propose Meet monthly")
        await told(server, lambda: group.pinned)
        assert group.pinned[0].text.startswith("P-1 ·")
        group.says(ana, "/close P-1")
        await told(server, lambda: not group.pinned)


async def test_a_group_that_becomes_a_supergroup_stays_the_room_it_was(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana, ben = server.user("Ana"), server.user("Ben")
        small = server.group("Partnerships", ana, ben, admins=(ana,))
        small.says(ana, "/propose Meet monthly")
        await told(server, lambda: said(small, "P-1 ·"))
        large = small.becomes_supergroup(ana)
        large.says(ben, "/agree P-1 gladly")
        large.says(ana, "/propose Meet weekly")
        await told(server, lambda: said(large, "P-2 ·"))
        large.says(ana, "/close P-1")
        await told(server, lambda: said(large, "D-1 ·"))
        with sqlite_store.reading() as work:
            assert [one.chat for one in work.all(Room)] == [str(large.id)]
            assert len(work.all(Ballot)) == 1


async def test_a_move_is_learnt_from_a_send_too(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana = server.user("Ana")
        small = server.group("Partnerships", ana, admins=(ana,))
        small.says(ana, "/propose Meet monthly")
        await told(server, lambda: said(small, "P-1 ·"))
        ana.starts()
        await told(server, lambda: ana.private.messages)
        server.updates.allowed = frozenset({"callback_query"})  # the service messages are never heard
        large = small.becomes_supergroup(ana)
        server.updates.allowed = None
        ana.writes("close P-1")
        await told(server, lambda: said(large, "D-1 ·"))


async def test_answers_and_cards_stay_in_their_topic(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana, ben = server.user("Ana"), server.user("Ben")
        forum = server.supergroup("Partnerships", ana, ben, admins=(ana,), forum=True)
        one, other = forum.opens_topic(ana, "Translations"), forum.opens_topic(ana, "Money")
        forum.says(ana, "/propose Meet monthly", topic=one)
        forum.says(ben, "/propose Buy tea", topic=other)
        await told(server, lambda: said(forum, "P-1 ·") and said(forum, "P-2 ·"))
        assert (forum.message("P-1 ·").topic, forum.message("P-2 ·").topic) == (one, other)
        forum.says(ben, "/decisions", topic=one)
        await told(server, lambda: said(forum, "Partnerships:"))
        assert forum.message("Partnerships:").topic == one
        forum.says(ana, "/close P-2")
        await told(server, lambda: said(forum, "D-1 ·"))
        assert forum.message("D-1 ·").topic == other


async def test_who_hides_behind_the_group_is_asked_to_show_themselves(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana = server.user("Ana")
        group = server.supergroup("Partnerships", ana, admins=(ana,))
        group.says_anonymously(ana, "/propose Meet monthly")
        await told(server, lambda: said(group, "I cannot tell who you are"))
        with sqlite_store.reading() as work:
            assert work.all(model.Group) == []


async def test_a_stranger_who_looks_into_a_public_group_does_not_vote(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Group.wire
    monkeypatch.setattr(Group, "wire", lambda self: wire(self) | {"username": "partnerships"})
    async with Server() as server, housed(server, sqlite_store):
        ana, ben, eve = server.user("Ana"), server.user("Ben"), server.user("Eve")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        group.says(ana, "/propose Meet monthly")
        await told(server, lambda: said(group, "P-1 ·"))
        strange, own = eve.presses(group.last, "agree 0"), ben.presses(group.last, "agree 0")
        await told(server, lambda: strange.answered and own.answered)
        assert strange.alert
        assert strange.toast.startswith("That button is not for you")
        assert own.toast.startswith("Counted on P-1")
        with sqlite_store.reading() as work:
            assert len(work.all(Ballot)) == 1


async def test_who_leaves_is_gone_and_whoever_blocks_us_is_left_alone(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store) as house:
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        group.joins(ben)
        group.leaves(ben)
        ana.starts()
        await told(server, lambda: ana.private.messages)
        ana.blocks()
        await told(server, lambda: not server.updates.waiting)
        asked = group.says(ana, "/propose Meet monthly")
        await told(server, lambda: asked.reactions)
        assert house.aside == []
        with sqlite_store.reading() as work:
            assert len(work.all(Presence)) == 1


async def test_a_forged_press_is_told_so_and_counts_nothing(sqlite_store: Store) -> None:
    async with Server() as server, housed(server, sqlite_store):
        ana, ben = server.user("Ana"), server.user("Ben")
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        other = server.supergroup("Others", ana, ben, admins=(ana,))
        for chat in (group, other):
            chat.says(ana, "/propose Meet monthly")
        await told(server, lambda: said(group, "P-1 ·") and said(other, "P-1 ·"))
        good = other.last.button("agree 0").data
        flipped = good[:-1] + ("A" if good[-1] != "A" else "B")
        for data in ("p1:0", "p1:0~", flipped, good, good.replace("p2", "p1"), "x" * 64, "p1:0~AAAAAAAA"):
            assert "What waits for you" in await toast(server, ben.forges(group.last, data))
        with sqlite_store.reading() as work:
            assert work.all(Ballot) == []
