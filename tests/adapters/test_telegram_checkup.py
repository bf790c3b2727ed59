"""The doctor's look at Telegram: token, privacy mode, webhook, and rooms that are closed to the bot."""

import pytest

from adapters.telegram.checkup import Checkup, look
from tests.adapters.telegram_server import Server


async def test_all_is_well() -> None:
    async with Server() as server:
        found = await look(server.token, server.url, [])
        assert found.name
        assert not found.sees_all
        assert (found.webhook, found.trouble, found.shut) == ("", "", ())


async def test_without_privacy_mode_every_message_is_seen() -> None:
    async with Server(privacy=False) as server:
        assert (await look(server.token, server.url, [])).sees_all


async def test_a_token_that_telegram_does_not_know() -> None:
    async with Server() as server:
        assert await look("1:nonsense", server.url, []) == Checkup()


async def test_telegram_out_of_reach() -> None:
    async with Server() as server:
        server.down("error")
        with pytest.raises(ConnectionError):
            await look(server.token, server.url, [])


async def test_rooms_that_are_closed() -> None:
    async with Server() as server:
        ana = server.user("Ana")
        inside, outside = server.group("Inside", ana), server.group("Outside", ana, bot=False)
        chats = [str(inside.id), str(outside.id), "-999"]
        found = await look(server.token, server.url, chats)
        assert (found.shut, found.no_pins) == ((str(outside.id), "-999"), (str(inside.id),))
