"""A Bot API as fast as it can be: it hands out updates and notes when each press was answered. It checks nothing."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

Wire = dict[str, Any]

FIRST_CHAT, FIRST_USER = 1_001_000_000_000, 1_000
BATCH = 100


@dataclass(slots=True)
class Toast:
    """A press on its way: `at` and `answered` are seconds of the performance counter."""

    at: float
    answered: float = 0.0
    text: str = ""
    alert: bool = False

    @property
    def seconds(self) -> float:
        return self.answered - self.at


@dataclass(eq=False, slots=True)
class Line:
    """What one bot is told, and what it says. The token is `number:secret`."""

    token: str
    waiting: deque[Wire] = field(default_factory=deque)
    toasts: dict[str, Toast] = field(default_factory=dict)
    cards: dict[int, Wire] = field(default_factory=dict)
    """The first message that the bot sent with buttons, by chat."""
    flooded: set[int] = field(default_factory=set)
    """Chats that may not be written to now."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _updates: Iterator[int] = field(default_factory=lambda: count(1))
    _messages: Iterator[int] = field(default_factory=lambda: count(1))
    _presses: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def me(self) -> Wire:
        return {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "Bot", "username": "bench_bot"}

    def says(self, chat: int, user: int, text: str) -> None:
        """A member says something in a group."""
        self._tell("message", self._message(chat, person(user), text))

    def press(self, chat: int, user: int, data: str) -> Toast:
        """A member presses a button of the group's card."""
        key = f"{next(self._presses)}"
        body = {"id": key, "from": person(user), "chat_instance": f"{chat}", "data": data}
        self._tell("callback_query", body | {"message": self.cards.get(chat) or self._message(chat, self.me, "Card")})
        self.toasts[key] = Toast(time.perf_counter())
        return self.toasts[key]

    def _tell(self, kind: str, body: Wire) -> None:
        self.waiting.append({"update_id": next(self._updates), kind: body})
        self._news.set()

    def _message(self, chat: int, sender: Wire, text: str) -> Wire:
        place = {"id": -(FIRST_CHAT + chat), "type": "supergroup", "title": f"Group {chat}"}
        return {
            "message_id": next(self._messages),
            "date": int(time.time()),
            "chat": place,
            "from": sender,
            "text": text,
        }

    # the methods that need more than `true` for an answer

    async def getUpdates(self, given: Wire) -> object:  # noqa: N802 - named as Telegram names it
        offset = int(given.get("offset") or 0)
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()
        self.asked.set()
        if not self.waiting and float(given.get("timeout") or 0):
            self._news.clear()
            async with asyncio.timeout(float(given["timeout"])):
                await self._news.wait()
        return [self.waiting[number] for number in range(min(BATCH, len(self.waiting)))]

    async def getMe(self, given: Wire) -> object:  # noqa: N802
        return self.me | {"can_join_groups": True, "can_read_all_group_messages": False}

    async def getChatAdministrators(self, given: Wire) -> object:  # noqa: N802
        return [{"status": "creator", "is_anonymous": False, "user": person(0)}]

    async def getChatMember(self, given: Wire) -> object:  # noqa: N802
        return {"status": "member", "user": person(int(given["user_id"]) - FIRST_USER)}

    async def getChatMemberCount(self, given: Wire) -> object:  # noqa: N802
        return 12

    async def sendMessage(self, given: Wire) -> object:  # noqa: N802
        chat = -int(given["chat_id"]) - FIRST_CHAT
        sent = self._message(chat, self.me, given["text"])
        if "reply_markup" in given:
            markup = json.loads(given["reply_markup"])
            self.cards.setdefault(chat, sent | {"reply_markup": markup})
        return sent

    async def answerCallbackQuery(self, given: Wire) -> object:  # noqa: N802
        toast = self.toasts[given["callback_query_id"]]
        toast.answered, toast.text = time.perf_counter(), given.get("text", "")
        toast.alert = given.get("show_alert") in ("true", "True", True)
        return True


def person(number: int) -> Wire:
    """Somebody; number 0 administers every group."""
    return {"id": FIRST_USER + number, "is_bot": False, "first_name": f"Member {number}", "language_code": "en"}


@asynccontextmanager
async def serving(*lines: Line) -> AsyncIterator[str]:
    """The server's address, while it runs."""
    by_token = {one.token: one for one in lines}

    async def called(request: web.Request) -> web.Response:
        line, method = by_token[request.match_info["token"]], request.match_info["method"]
        given: Wire = dict(request.query) | dict(await request.post())
        if line.flooded and method.startswith(("send", "edit")) and -int(given["chat_id"]) - FIRST_CHAT in line.flooded:
            wait = {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": {"retry_after": 5},
            }
            return web.json_response(wait, status=429)
        try:
            result = await getattr(line, method)(given) if hasattr(line, method) else True
        except TimeoutError:
            result = []
        return web.json_response({"ok": True, "result": result})

    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", called)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
