"""The judges find what is wrong, and a test in which something was wrong fails."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import Server, markup, oracle, ruling, schema
from .conftest import Call
from .methods import METHODS
from .refused import Refused, Wire

CHAT: Wire = {"id": 1, "type": "private", "first_name": "Ana"}
MESSAGE: Wire = {"message_id": 1, "date": 1, "chat": CHAT, "text": "x"}

published = pytest.mark.skipif(schema.schema() is None, reason="the published schema is not here")


def test_what_is_right_passes() -> None:
    assert oracle.request_faults("sendMessage", {"chat_id": 1, "text": "x"}) == []
    assert oracle.answer_faults("sendMessage", MESSAGE) == []
    assert oracle.update_faults({"update_id": 1, "message": MESSAGE}) == []


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}),
        ("sendMessage", {"chat_id": 1}),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "data": "b"}]]}},
        ),
        ("sendMessage", {"chat_id": 1, "text": ["x"]}),
        ("getUpdates", {"offset": "soon"}),
        ("answerCallbackQuery", {"callback_query_id": "1", "show_alert": "perhaps"}),
        ("setMyCommands", {"commands": [{"command": "help"}]}),
    ],
)
def test_requests_that_are_wrong(method: str, parameters: Wire) -> None:
    assert any("aiogram" in one for one in oracle.request_faults(method, parameters))


@published
@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}),
        ("sendMessage", {"chat_id": 1, "text": "x", "disable_notification": "true"}),
        ("getUpdates", {"offset": "3"}),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "data": "b"}]]}},
        ),
    ],
)
def test_requests_that_the_schema_knows_better(method: str, parameters: Wire) -> None:
    assert any("schema" in one for one in oracle.request_faults(method, parameters))


@pytest.mark.parametrize(
    "wrong",
    [
        MESSAGE | {"mood": "good"},
        MESSAGE | {"chat": CHAT | {"mood": "good"}},
        MESSAGE | {"reply_to_message": MESSAGE | {"mood": "good"}},
        {name: value for name, value in MESSAGE.items() if name != "chat"},
        MESSAGE | {"entities": [{"type": "bold", "offset": "none", "length": 1}]},
    ],
)
def test_answers_and_updates_that_are_wrong(wrong: Wire) -> None:
    assert any("aiogram" in one for one in oracle.answer_faults("sendMessage", wrong))
    assert any("aiogram" in one for one in oracle.update_faults({"update_id": 1, "message": wrong}))
    if schema.schema():
        assert any("schema" in one for one in oracle.answer_faults("sendMessage", wrong))
        assert any("schema" in one for one in oracle.update_faults({"update_id": 1, "message": wrong}))


def test_the_page_about_the_server_names_every_method() -> None:
    page = (Path(__file__).parents[3] / "docs/telegram-emulator.md").read_text()
    assert [one for one in METHODS if f"`{one}`" not in page] == []


async def test_a_wrong_request_fails_the_test(call: Call, server: Server) -> None:
    answer = await call("sendMessage", chat_id=1, text="x", colour="red")
    assert "colour" in str(answer["description"])
    assert server.faults
    server.faults.clear()
    with pytest.raises(AssertionError, match="colour"):
        async with Server() as other:
            other.faults.append("request sendMessage: colour: unknown")


async def test_a_method_that_is_not_imitated_fails_the_test(call: Call, server: Server) -> None:
    assert (await call("sendDice", chat_id=1))["error_code"] == 500
    assert "sendDice" in server.faults.pop()


def test_without_the_published_schema_aiogram_judges_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "schema", lambda: None)
    assert oracle.request_faults("sendMessage", {"chat_id": 1, "text": "x"}) == []
    assert oracle.answer_faults("sendMessage", MESSAGE) == []
    assert len(oracle.request_faults("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"})) == 1


@published
def test_the_reactions_are_those_of_the_schema() -> None:
    whole = schema.schema()
    assert whole
    field = next(one for one in whole["types"]["ReactionTypeEmoji"]["fields"] if one["name"] == "emoji")
    for one in ruling.REACTIONS:
        assert one in field["description"]
    assert field["description"].count('"') // 2 in (0, len(ruling.REACTIONS))


def test_html_becomes_text_and_entities() -> None:
    text, entities = markup.from_html(
        '🗳 <b>a<i>ä</i></b> <a href="https://x.org/?a=1&amp;b=2">l</a> &lt;&#33;&nbsp;<code>c</code>'
    )
    assert text == "🗳 aä l <!&nbsp;c"
    assert [(one["type"], *markup.span(one)) for one in entities] == [
        ("italic", 4, 5),
        ("bold", 3, 5),
        ("text_link", 6, 7),
        ("code", 16, 17),
    ]
    assert entities[2]["url"] == "https://x.org/?a=1&b=2"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert markup.from_html(f"<b>{escaped}</b>")[0] == text


@given(st.text(alphabet="<>/&;#bia ='\"x🗳"))
def test_any_markup_is_read_or_refused(source: str) -> None:
    with suppress(Refused):
        text, entities = markup.from_html(source)
        assert markup.from_html(markup.to_html(text, entities))[0] == text
