"""A group decides on Telegram: by command and by button, in the group and alone with the bot."""

import asyncio
from collections.abc import Callable

from storage.store import Store
from tests.adapters.telegram_house import housed
from tests.adapters.telegram_server import Chat, Server


async def told(server: Server, condition: Callable[[], object]) -> None:
    try:
        async with asyncio.timeout(5):
            await server.until(condition)
    except TimeoutError:
        said = [f"{one.method} {one.values} -> {one.answer}" for one in server.calls]
        raise AssertionError("\n".join(said)) from None


def card(chat: Chat) -> str:
    """What the only card in a chat says; empty while there is none."""
    found = [one.text for one in chat.messages if one.text.startswith("P-1 ·")]
    return found[-1] if found else ""


async def test_three_people_decide(sqlite_store: Store) -> None:
    async with Server() as server:
        ana, ben, cem = (server.user(name) for name in ("Ana", "Ben", "Cem"))
        group = server.supergroup("Partnerships", ana, ben, cem, admins=(ana,))
        async with housed(server, sqlite_store):
            asked = group.says(ana, "/propose Translate the statement\ninto 12 languages")
            await told(server, lambda: card(group))
            await told(server, lambda: asked.reactions)
            shown = group.message("P-1 ·")
            assert "<b>P-1 · Translate the statement</b>" in shown.html
            assert "<blockquote>into 12 languages</blockquote>" in shown.html

            press = ben.presses(shown, "agree 0")
            async with asyncio.timeout(10):
                assert (await server.answered(press)).startswith("Counted on P-1: agree.")
            await told(server, lambda: "agree 1: Ben" in card(group))

            group.says(cem, "/disagree@folkmoot_bot P-1 Too many at once")
            await told(server, lambda: "Too many at once" in card(group))

            group.says(ana, "/close P-1")
            await told(server, lambda: any("D-1 ·" in one.text for one in group.messages))
            result = next(one for one in group.messages if one.text.startswith("D-1 ·"))
            assert result.reply_to is shown
            await told(server, lambda: not shown.keyboard)


async def test_a_reply_to_a_card_is_about_its_poll(sqlite_store: Store) -> None:
    async with Server() as server:
        ana, ben, cem = (server.user(name) for name in ("Ana", "Ben", "Cem"))
        group = server.supergroup("Partnerships", ana, ben, cem, admins=(ana,))
        async with housed(server, sqlite_store):
            for title in ("Meet monthly", "Buy tea"):
                group.says(ana, f"/propose {title}")
            await told(server, lambda: len([one for one in group.messages if one.text.startswith("P-")]) == 2)
            first, second = (group.message(f"P-{number} ·") for number in (1, 2))
            group.says(ana, "+1", reply_to=first)
            group.says(ben, "Disagree it is too often", reply_to=first)
            group.says(cem, "agreeable people, all of you", reply_to=first)
            group.says(cem, "/block no more tea", reply_to=second)
            await told(server, lambda: "agree 1: Ana" in first.text and "too often" in first.text)
            await told(server, lambda: "block 1: Cem" in second.text)
            group.says(ana, "/close", reply_to=first)
            await told(server, lambda: not first.keyboard)
            group.says(ben, "+1 after all", reply_to=first)
            await told(server, lambda: any("P-1 closed" in one.text for one in group.messages))
            assert second.keyboard
            assert "Cem" not in first.text
            assert "Ben" not in second.text


async def test_who_talks_to_the_bot_alone_is_answered_there(sqlite_store: Store) -> None:
    async with Server() as server:
        ana, ben = (server.user(name) for name in ("Ana", "Ben"))
        group = server.supergroup("Partnerships", ana, ben, admins=(ana,))
        async with housed(server, sqlite_store):
            ana.starts()
            await told(server, lambda: ana.private.messages)
            group.says(ana, "/propose Meet monthly")
            await told(server, lambda: any("P-1 is open until" in one.text for one in ana.private.messages))
            ana.writes("agree P-1 because")
            await told(server, lambda: "because" in card(group))
            group.says(ben, "/clsoe P-1")
            await told(server, lambda: any("Did you mean: close" in one.text for one in group.messages))
            (refusal,) = (one for one in group.messages if "Did you mean" in one.text)
            assert refusal.button("Talk to me alone").url == "https://t.me/folkmoot_bot?start=help"
            ben.starts("help")
            await told(server, lambda: any("help and the word" in one.text for one in ben.private.messages))
