"""How updates come to the bot: acknowledged by offset or pushed, once more, too late, and through every kind of trouble."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import telegram
from aiohttp import ClientError, ClientSession, web
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter

from . import Clock, Server
from .conftest import Call, refused


def ids(updates: tuple[telegram.Update, ...]) -> list[int]:
    return [one.update_id for one in updates]


def said(updates: tuple[telegram.Update, ...]) -> list[str | None]:
    return [one.message.text for one in updates if one.message]


async def test_updates_stay_until_acknowledged(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    for number in range(5):
        ana.writes(str(number))
    first = await bot.get_updates(limit=2)
    assert said(first) == ["0", "1"]
    assert ids(await bot.get_updates(limit=2)) == ids(first)
    assert said(await bot.get_updates(offset=first[0].update_id + 1)) == ["1", "2", "3", "4"]
    assert said(await bot.get_updates(offset=-1)) == ["4"]
    assert said(await bot.get_updates()) == ["4"]
    assert await bot.get_updates(offset=first[0].update_id + 5) == ()


async def test_a_long_poll_ends_with_the_first_update_or_its_time(server: Server, bot: telegram.Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.polling)
    server.user("Ana").writes("hello")
    assert said(await poll) == ["hello"]
    poll = asyncio.create_task(bot.get_updates(offset=server.updates.next_id, timeout=30))
    await server.until(lambda: server.updates.polling)
    server.clock.advance(30)
    assert await poll == ()


async def test_two_pollers_and_a_webhook_are_in_conflict(server: Server, bot: telegram.Bot, call: Call) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.polling)
    second = asyncio.create_task(call("getUpdates", timeout=30))
    with refused(Conflict, "other getUpdates request"):
        await poll
    await bot.set_webhook("https://bot.example.org/hook")
    assert (await second)["description"] == "Conflict: terminated by setWebhook request"
    with refused(Conflict, "webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_kinds_of_updates_that_are_wanted(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    assert await bot.get_updates(allowed_updates=["callback_query"]) == ()
    ana.writes("hello")
    ana.forges(ana.private.log[1], "x")
    (update,) = await bot.get_updates()
    assert update.callback_query
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
    ana.writes("hello")
    assert said(await bot.get_updates()) == ["hello"]


async def test_presses_do_not_wait_for_ever(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    message = ana.writes("hello")
    late = ana.forges(message, "p1:0")
    server.clock.advance(151)
    assert said(await bot.get_updates()) == ["hello"]
    with refused(BadRequest, "Query is too old"):
        await bot.answer_callback_query(late.id)
    server.clock.advance(86_400)
    assert await bot.get_updates() == ()


async def test_redelivery(server: Server, bot: telegram.Bot) -> None:
    ana = server.user("Ana")
    message = ana.writes("hello")
    press = ana.forges(message, "p1:0")
    first = await bot.get_updates()
    after = first[-1].update_id + 1
    assert await bot.get_updates(offset=after) == ()

    server.redeliver()
    assert ids(await bot.get_updates(offset=after)) == ids(first)
    assert await bot.get_updates(offset=after) == ()

    server.redeliver(shuffle=3, new_ids=True)
    again = await bot.get_updates(offset=after)
    assert ids(again) == [after, after + 1]
    (other,) = [one.callback_query for one in again if one.callback_query]
    assert (other.data, other.id != press.id) == ("p1:0", True)
    await other.answer("Agreed")
    assert server.presses[other.id].toast == "Agreed"
    (only,) = server.redeliver(message)
    assert only.about is message


async def test_anything_can_be_injected(server: Server, call: Call) -> None:
    server.updates.inject({"update_id": 5, "message": {"text": "\ud800"}})
    server.updates.inject('{"deep":' + "[" * 5000 + "]" * 5000 + "}")
    async with ClientSession() as session, session.get(f"{server.url}/bot{server.token}/getUpdates") as answer:
        text = await answer.text()
    assert '"\\ud800"' in text
    assert "[" * 5000 in text
    assert (await call("getUpdates", offset=6))["result"] == []


@asynccontextmanager
async def listening(handle: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    """A bot that waits for pushes."""
    application = web.Application()
    application.router.add_post("/hook", handle)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_a_webhook_is_pushed_to_until_it_takes(server: Server, bot: telegram.Bot) -> None:
    ana, ben = server.user("Ana"), server.user("Ben")
    got: list[tuple[str, str, str]] = []
    answers = iter([503, 500])

    async def handle(request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        got.append((text, request.headers["X-Telegram-Bot-Api-Secret-Token"], request.headers["Content-Type"]))
        return web.Response(status=next(answers, 200) if text.startswith("ana") else 200)

    async with listening(handle) as url:
        server.routes["https://bot.example.org"] = url.removesuffix("/hook")
        await bot.set_webhook("https://bot.example.org/hook", secret_token="s3cret")
        ana.writes("ana 1")
        ana.writes("ana 2")
        await server.until(lambda: server.webhook.pausing)
        assert server.webhook.statuses == [503, 500]
        ben.writes("ben")
        await server.until(lambda: server.webhook.statuses == [503, 500, 200])
        info = await bot.get_webhook_info()
        assert info.pending_update_count == 2
        assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
        server.clock.advance(2)
        await server.taken()
    assert [text for text, _, _ in got] == ["ana 1", "ana 1", "ben", "ana 1", "ana 2"]
    assert {one[1:] for one in got} == {("s3cret", "application/json")}
    with refused(BadRequest, "HTTPS"):
        await bot.set_webhook("http://bot.example.org/hook")


async def test_troubles(server: Server, bot: telegram.Bot, call: Call) -> None:
    group = server.group("Choir", server.user("Ana"))
    server.down("error", "page", "flood", "cut", "lost", seconds=60, methods=("sendMessage",), retry_after=7)
    with refused(NetworkError, "Internal Server Error"):
        await bot.send_message(group.id, "1")
    with refused(NetworkError, "Bad Gateway"):
        await bot.send_message(group.id, "2")
    with pytest.raises(RetryAfter):
        await bot.send_message(group.id, "3")
    with pytest.raises((NetworkError, ClientError)):
        await bot.send_message(group.id, "4")
    with pytest.raises((NetworkError, ClientError)):
        await bot.send_message(group.id, "5")
    assert [one.text for one in group.messages] == ["5"]
    assert (await bot.get_me()).is_bot
    server.clock.advance(60)
    await bot.send_message(group.id, "6")

    server.down("hang")
    hanging = asyncio.create_task(bot.send_message(group.id, "7"))
    await server.until(lambda: server.hanging)
    server.up()
    with pytest.raises(NetworkError):
        await hanging
    server.revoked = True
    with pytest.raises(InvalidToken):
        await bot.get_me()
    assert (await call("getMe", token="nonsense"))["error_code"] == 404
    assert (await call("getNothing", token=server.token))["error_code"] == 401


async def test_unplugged(server: Server, bot: telegram.Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.polling)
    await server.unplug()
    await asyncio.wait([poll])
    with pytest.raises(NetworkError):
        await bot.get_me()
    await server.plug()
    assert (await bot.get_me()).is_bot


async def test_floods(server: Server, call: Call) -> None:
    server.flood.on = True
    ana = server.user("Ana")
    group = server.group("Choir", ana)
    ana.starts()
    assert (await call("sendMessage", chat_id=group.id, text="0"))["ok"]
    refused = await call("editMessageText", chat_id=group.id, message_id=group.last.id, text="1")
    assert refused["parameters"] == {"retry_after": 1}
    for number in range(1, 20):
        server.clock.advance(1)
        assert (await call("editMessageText", chat_id=group.id, message_id=group.last.id, text=str(number)))["ok"]
    server.clock.advance(1)
    refused = await call("sendMessage", chat_id=group.id, text="x")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 40})
    assert (await call("sendMessage", chat_id=ana.id, text="x"))["ok"]
    server.clock.advance(40)
    assert (await call("sendMessage", chat_id=group.id, text="x"))["ok"]
    others = [server.group(str(number), ana) for number in range(31)]
    answers = [(await call("sendMessage", chat_id=one.id, text="x"))["ok"] for one in others]
    assert answers.count(False) == 2
    assert server.flood.refused == 4


async def test_a_clock_can_run_fast() -> None:
    clock = Clock(speed=10_000)
    begun = clock.now()
    await clock.sleep(60)
    assert 60 <= clock.now() - begun < 60_000
