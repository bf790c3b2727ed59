"""Inline mode: `@bot words` in any chat, what the bot offers, and what is sent by it."""

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from . import texts
from .chats import Chat
from .messages import Content, Message
from .params import Parameters
from .refused import Wire, bad

if TYPE_CHECKING:
    from .people import User
    from .server import Server

MOST = 50


@dataclass(eq=False, slots=True)
class Query:
    """Somebody writes `@bot words` and sees `results`; `chooses` sends one."""

    server: "Server" = field(repr=False)
    id: str
    user: "User"
    words: str
    at: float
    answered: bool = False
    results: list[Wire] = field(default_factory=list)
    given: Wire = field(default_factory=dict)
    """The other parameters of the answer: cache_time, button ..."""

    def chooses(self, number: int, chat: Chat) -> Message:
        """Sends one of the results into a chat; the bot need not be there."""
        result = self.results[number]
        shown = _content(result)
        extra: Wire = {"via_bot": self.server.bot.wire()}
        inline = f"AAMCAgADGQ{self.id}-{number}" if shown.keyboard else ""
        message = chat.add(chat.new(self.user, shown, inline=inline, extra=extra))
        if inline:
            self.server.inline.sent[inline] = message
        if self.server.inline.feedback:
            body: Wire = {"result_id": result["id"], "from": self.user.wire(), "query": self.words}
            self.server.updates.add("chosen_inline_result", body | ({"inline_message_id": inline} if inline else {}))
        return message


@dataclass(eq=False)
class Inline:
    """All queries, and the messages that the bot may edit because they were sent by it."""

    server: "Server" = field(repr=False)
    feedback: bool = False
    """Whether the bot is told which result was sent, as BotFather sets it."""
    queries: dict[str, Query] = field(default_factory=dict)
    sent: dict[str, Message] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(9_100_000_001))

    def asked(self, user: "User", words: str, chat: Chat | None) -> Query:
        made = Query(self.server, str(next(self._numbers)), user, words, self.server.clock.now())
        self.queries[made.id] = made
        where = "sender" if chat is None or chat is user.private else chat.kind
        body: Wire = {"id": made.id, "from": user.wire(), "query": words, "offset": "", "chat_type": where}
        self.server.updates.add("inline_query", body, made)
        return made


def answer_inline_query(server: "Server", given: Parameters) -> object:
    query = server.inline.queries.get(given.text("inline_query_id"))
    if query is None or query.answered or server.clock.now() > query.at + 30:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    results = given.wires("results")
    names = [str(one.get("id", "")) for one in results]
    if len(results) > MOST:
        raise bad("RESULTS_TOO_MUCH")
    if len(set(names)) < len(names):
        raise bad("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(one.encode()) <= 64 for one in names):
        raise bad("RESULT_ID_INVALID")
    for one in results:
        _content(one)
    query.answered, query.results, query.given = True, results, given.values
    return True


def _content(result: Wire) -> Content:
    """What an article becomes when it is sent; checked already when it is offered."""
    if result.get("type") != "article":
        raise NotImplementedError(f"inline result {result.get('type')}")
    shown = result.get("input_message_content")
    assert isinstance(shown, dict)
    text = {"text": shown.get("message_text", "")} | {
        name: shown[name] for name in ("parse_mode", "entities") if name in shown
    }
    return texts.content(Parameters(text | {"reply_markup": result.get("reply_markup", {})}))
