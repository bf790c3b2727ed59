"""Matrix events into requests, power worked out from a room's state, cards as content: tables, and thousands of bad events."""

import json
import random
from typing import Any

import pytest

from adapters.base import Button, Card, Part, Question, Style
from adapters.matrix import content
from adapters.matrix.heard import Heard, Me, Place, heard
from adapters.matrix.parts import Malformed
from adapters.matrix.rooms import Room
from adapters.matrix.signs import meant, signed
from tests.mutating import mutated

ME = Me(id="@folkmoot:here", name="Folkmoot")
ROOM = Place(id="!room", name="Partnerships", called=lambda user: "Ana")
ALONE = Place(id="!alone", direct=True)


def event(kind: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": kind, "event_id": "$1", "sender": "@ana:here", "content": body} | more


def said(text: str, **more: Any) -> dict[str, Any]:
    return event("m.room.message", {"msgtype": "m.text", "body": text} | more)


def relates(**relation: Any) -> dict[str, Any]:
    return {"m.relates_to": relation}


def read(raw: Any, place: Place = ROOM) -> Heard | None:
    return heard(raw, place, ME)


@pytest.mark.parametrize(
    ("raw", "place", "text"),
    [
        (said("!propose Tea"), ROOM, "!propose Tea"),
        (said("Folkmoot: propose Tea"), ROOM, "!propose Tea"),
        (said("@folkmoot:here propose Tea"), ROOM, "!propose Tea"),
        (said("Folkmoot, +1 yes"), ROOM, "+1 yes"),
        (said("Folkmoots are old"), ROOM, "Folkmoots are old"),
        (said("Folkmoot is a fine word"), ROOM, "Folkmoot is a fine word"),
        (said("Folkmoot propose Tea", **{"m.mentions": {"user_ids": ["@folkmoot:here"]}}), ROOM, "!propose Tea"),
        (said("mine"), ALONE, "mine"),
        (said("Folkmoot: mine"), ALONE, "mine"),
        (said("> <@ben:here> tea?\n\n+1 yes", **relates(**{"m.in_reply_to": {"event_id": "$0"}})), ROOM, "+1 yes"),
        (event("m.room.message", {"msgtype": "m.notice", "body": "!propose Tea"}), ROOM, None),
        (event("m.room.message", {"msgtype": "m.emote", "body": "!propose Tea"}), ROOM, None),
        (said("!propose Tea") | {"sender": ME.id}, ROOM, None),
        (event("m.room.topic", {"topic": "!propose"}, state_key=""), ROOM, None),
    ],
)
def test_what_is_said(raw: dict[str, Any], place: Place, text: str | None) -> None:
    found = read(raw, place)
    assert (found.request.text if found and found.request else None) == text


@pytest.mark.parametrize(
    ("relation", "answered"),
    [
        ({"m.in_reply_to": {"event_id": "$0"}}, "$0"),
        ({"rel_type": "m.thread", "event_id": "$root"}, "$root"),
        (
            {"rel_type": "m.thread", "event_id": "$root", "is_falling_back": True, "m.in_reply_to": {"event_id": "$0"}},
            "$root",
        ),
        ({"rel_type": "m.thread", "event_id": "$root", "m.in_reply_to": {"event_id": "$0"}}, "$0"),
    ],
)
def test_what_a_message_answers(relation: dict[str, Any], answered: str) -> None:
    found = read(said("yes", **relates(**relation)))
    assert found is not None
    assert found.request is not None
    assert found.request.reply_to == answered
    assert found.request.thread == ("$root" if "rel_type" in relation else "")


def test_an_edit_is_of_the_message_that_it_replaces() -> None:
    new = {"m.new_content": {"msgtype": "m.text", "body": "+1 because"}}
    found = read(said("* +1 because", **new, **relates(rel_type="m.replace", event_id="$0")))
    assert found is not None
    assert found.request is not None
    assert (found.request.edited, found.request.message, found.request.text) == (True, "$0", "+1 because")


@pytest.mark.parametrize(
    ("answers", "taps"),
    [(["0"], (0,)), (["0", "2"], (0, 2)), ([], ()), (["x"], (-1,)), ("nonsense", ()), ([None], (-1,)), (["٣"], (-1,))],
)
def test_taps_in_a_poll(answers: Any, taps: tuple[int, ...]) -> None:
    body = {"org.matrix.msc3381.poll.response": {"answers": answers}}
    found = read(event("org.matrix.msc3381.poll.response", body | relates(rel_type="m.reference", event_id="$poll")))
    assert found is not None
    assert found.request is not None
    assert (found.request.taps, found.request.reply_to) == (taps, "$poll")


def test_a_redaction_takes_back_what_it_redacts() -> None:
    for raw in (event("m.room.redaction", {}, redacts="$0"), event("m.room.redaction", {"redacts": "$0"})):
        found = read(raw)
        assert found is not None
        assert found.request is not None
        assert (found.request.removed, found.request.message) == (True, "$0")


def test_a_bridges_puppet_is_told_so_and_nothing_is_done() -> None:
    found = read(said("!agree P-1", **{"fi.mau.double_puppet_source": "mautrix-telegram"}))
    assert found is not None
    assert found.says == "matrix-puppet"


def test_a_sign_is_a_press_with_or_without_its_variation() -> None:
    rows = (
        (Button("agree 0", "p1:0", sign="agree"),),
        (Button("Tea", "p1:1"),),
        (Button("Mine", "p1:mine", alone=True),),
    )
    pairs = [[sign, one.press] for sign, one in signed(rows).items()]
    assert pairs == [["✅", "p1:0"], ["2\ufe0f\u20e3", "p1:1"]]
    assert meant("✅\ufe0f", pairs) == "p1:0"
    assert meant("2\u20e3", pairs) == "p1:1"
    assert meant("💥", pairs) == ""


# -- power ------------------------------------------------------------------------------------------------------------


def made(version: str, powers: dict[str, Any] | None, **create: Any) -> Room:
    room = Room("!r")
    room.take(
        {"type": "m.room.create", "sender": "@ana:here", "state_key": "", "content": {"room_version": version} | create}
    )
    if powers is not None:
        room.take({"type": "m.room.power_levels", "state_key": "", "content": powers})
    for user in ("@ana:here", "@ben:here", "@cem:here"):
        room.take({"type": "m.room.member", "state_key": user, "content": {"membership": "join"}})
    return room


@pytest.mark.parametrize(
    ("version", "powers", "create", "administer"),
    [
        ("10", None, {}, {"@ana:here"}),
        ("11", {"users": {"@ben:here": 100}, "events": {"m.room.power_levels": 100}}, {}, {"@ben:here"}),
        ("12", {"users": {"@ben:here": 100}, "events": {"m.room.power_levels": 100}}, {}, {"@ana:here", "@ben:here"}),
        ("12", {"users": {}}, {"additional_creators": ["@cem:here", 5]}, {"@ana:here", "@cem:here"}),
        ("12", {"users": {"@ben:here": 50}, "events": {"m.room.power_levels": 100}}, {}, {"@ana:here"}),
        ("10", {"users": {"@ben:here": "100"}, "users_default": None, "state_default": []}, {}, set()),
    ],
)
def test_who_administers_a_room(version: str, powers: Any, create: dict[str, Any], administer: set[str]) -> None:
    room = made(version, powers, **create)
    assert {user for user in room.members if room.administers(user)} == administer


def test_who_leaves_administers_nothing_any_more() -> None:
    room = made("12", {"users": {}})
    room.take({"type": "m.room.member", "state_key": "@ana:here", "content": {"membership": "leave"}})
    assert not room.administers("@ana:here")


# -- cards ------------------------------------------------------------------------------------------------------------


def test_peoples_words_are_never_markup_and_a_line_from_right_to_left_is_set_apart() -> None:
    card = Card((Part(Style.TITLE, "P-1 · <b>&"), Part(Style.WORDS, "مرحبا P-1\nTea")))
    shown = content.of_card(card, {}, "", "cut")
    assert "<strong>P-1 · &lt;b&gt;&amp;</strong>" in shown["formatted_body"]
    assert '<bdi dir="rtl">مرحبا P-1</bdi><br>Tea' in shown["formatted_body"]
    assert "\u2068مرحبا P-1\u2069\nTea" in shown["body"]
    assert shown["m.mentions"] == {}


def test_the_longest_card_is_an_event_that_a_homeserver_takes() -> None:
    parts = tuple(Part(Style.WORDS, "&\U0001f4a5\n" * 30_000) for _ in range(3))
    shown = content.edit("$1", content.of_card(Card(parts), {}, "", "cut here"))
    assert "cut here" in shown["m.new_content"]["body"]
    assert len(json.dumps(shown, ensure_ascii=False).encode()) * 4 / 3 < 65_536


def test_a_poll_has_its_answers_by_place() -> None:
    start = content.of_question(Question("Tea?", ("Yes", "No"), 1))[content.POLL]
    assert [one["id"] for one in start["answers"]] == ["0", "1"]
    assert start["max_selections"] == 1


# -- what nobody should send ------------------------------------------------------------------------------------------

SEEDS = [
    said("!propose Tea", **relates(rel_type="m.thread", event_id="$0", **{"m.in_reply_to": {"event_id": "$2"}})),
    said("* x", **{"m.new_content": {"msgtype": "m.text", "body": "y"}}, **relates(rel_type="m.replace", event_id="$0")),
    event("m.reaction", relates(rel_type="m.annotation", event_id="$0", key="✅")),
    event("org.matrix.msc3381.poll.response", {"org.matrix.msc3381.poll.response": {"answers": ["0"]}} | relates(rel_type="m.reference", event_id="$0")),
    event("m.room.redaction", {"redacts": "$0"}),
    event("m.room.member", {"membership": "join", "displayname": "Ben"}, state_key="@ben:here"),
    said("+1", **{"fi.mau.double_puppet_source": "x", "external_url": "https://x"}),
    event("m.reaction", relates(rel_type="m.annotation", event_id="$0", key="✅"), sender="@telegram_1:here"),
    event("m.room.power_levels", {"users": {"@ben:here": 50}, "events": {"m.room.name": 50}}, state_key=""),
    event("m.room.create", {"room_version": "12", "additional_creators": ["@ben:here"]}, state_key=""),
]  # fmt: skip


def odd(chance: random.Random) -> Any:
    """Something that does not belong there."""
    return chance.choice([None, True, -1, 2**70, 1.5, "", "\ud800", "x" * 60_000, [], {}, [[]], {"a": {"b": []}}])


def test_mutated_events() -> None:
    for seed in range(10_000):
        raw = mutated(random.Random(seed), SEEDS, odd)
        Room("!r").take(raw)
        try:
            found = read(raw)
        except Malformed:  # kept aside by the intake
            continue
        if found is not None and found.request is not None:
            for value in (found.request.key, found.request.user, found.request.text, found.request.name):
                value.encode()
