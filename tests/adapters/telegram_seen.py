"""What people saw at the test server, in order, written down as the console writes it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from adapters.base import Button, File
from adapters.console.scripted import Shown
from tests.adapters.telegram_server import Chat, Content, Message, Server, User
from tests.adapters.telegram_server.documents import Document
from tests.adapters.telegram_server.params import Parameters
from tests.adapters.telegram_server.wire import Call


class Seen:
    """Reads the server's calls, each once: they alone tell in which order things were shown in different chats."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._read = 0
        self._edits: Counter[Message] = Counter()

    @property
    def calls(self) -> list[Call]:
        """Those not read yet."""
        return self._server.calls[self._read :]

    def told(self, user: User) -> int:
        """How many messages, not read yet, somebody was sent alone."""
        return sum(
            one.ok and one.method in ("sendMessage", "sendDocument") and _chat(one) == user.id for one in self.calls
        )

    def since(self, now: datetime) -> list[Shown]:
        """What was shown since this was last asked."""
        calls = self.calls
        self._read += len(calls)
        shown = [_shown(self._server, now, *what) for one in calls if one.ok for what in self._of(one)]
        return [one for one in shown if one.text or one.file]

    def _of(self, call: Call) -> Iterator[tuple[str, Chat, str, Content, Document | None]]:
        match call.method:
            case "answerCallbackQuery":
                press = self._server.presses[Parameters(call.values).text("callback_query_id")]
                yield "private", press.user.private, "", Content(press.toast), None
            case "sendMessage" | "sendDocument":
                message = self._message(call)
                yield "send", message.chat, str(message.id), message.history[0], message.document
            case "editMessageText":
                message = self._message(call)
                self._edits[message] += 1
                yield "edit", message.chat, str(message.id), message.history[self._edits[message]], None

    def _message(self, call: Call) -> Message:
        result = call.answer["result"]
        assert isinstance(result, dict)
        return self._server.chats[_chat(call)].log[result["message_id"]]


def _chat(call: Call) -> int:
    return Parameters(call.values).number("chat_id")


def _shown(
    server: Server, now: datetime, kind: str, chat: Chat, post: str, content: Content, file: Document | None
) -> Shown:
    private = chat.kind == "private"
    return Shown(
        at=now,
        kind="private" if private else kind,
        where=server.users[chat.id].name if private else chat.title,
        post=post,
        text=content.text.replace("\n\n", "\n"),  # how far apart the lines are is this platform's own
        buttons=tuple(tuple(Button(key.label, _press(key.data), key.url) for key in row) for row in content.keyboard),
        file=File(file.name, file.content.decode(), str(file.wire()["mime_type"])) if file else None,
    )


def _press(data: str) -> str:
    """What a button says, without the tag that it carries at Telegram."""
    return data.rpartition("~")[0]
