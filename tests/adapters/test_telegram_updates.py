"""Updates into requests: tables of what people do, and thousands of updates that nobody should send."""

import json
import random
import re
from typing import Any

import pytest
from telegram import Bot, Update

from adapters.base import Arrivals, Request
from adapters.telegram.heard import Heard, Malformed, Me
from adapters.telegram.links import Allowed, Links
from adapters.telegram.marks import Marks
from adapters.telegram.updates import FORGED, heard
from bot import presses
from tests.mutating import mutated

BOT = Bot("1:token")
ME = Me(id=1, name="folkmoot_bot", allowed=Allowed(frozenset({"show", "mine"}), presses.ALONE))
MARKS = Marks(b"a key")

ANA = {"id": 7, "is_bot": False, "first_name": "Ana", "last_name": "Ruiz", "language_code": "es"}
BEN = {"id": 8, "is_bot": False, "first_name": "Ben"}
US = {"id": 1, "is_bot": True, "first_name": "Folkmoot", "username": "folkmoot_bot"}
OTHER_BOT = {"id": 9, "is_bot": True, "first_name": "Other"}
GROUP = {"id": -100, "type": "supergroup", "title": "Partnerships"}
ALONE = {"id": 7, "type": "private", "first_name": "Ana"}


def said(text: str, **more: Any) -> dict[str, Any]:
    message = {"message_id": 5, "date": 1, "chat": GROUP, "from": ANA, "text": text} | more
    return {"update_id": 1, "message": message}


def alone(text: str, **more: Any) -> dict[str, Any]:
    return said(text, chat=ALONE, **more)


def pressed(data: str | None, **more: Any) -> dict[str, Any]:
    message = {"message_id": 5, "date": 1, "chat": GROUP, "from": US, "text": "P-1"}
    query = {"id": "44", "from": ANA, "chat_instance": "1", "message": message, "data": data} | more
    return {"update_id": 1, "callback_query": {name: value for name, value in query.items() if value is not None}}


def member(kind: str, who: dict[str, Any], old: str, new: str, **more: Any) -> dict[str, Any]:
    body = {
        "chat": GROUP,
        "from": ANA,
        "date": 1,
        "old_chat_member": {"status": old, "user": who} | _rights(old),
        "new_chat_member": {"status": new, "user": who} | _rights(new),
    }
    return {"update_id": 1, kind: body | more}


def _rights(status: str) -> dict[str, Any]:
    if status == "kicked":
        return {"until_date": 0}
    rights = "be_edited manage_chat delete_messages manage_video_chats restrict_members promote_members change_info"
    more = "invite_users post_stories edit_stories delete_stories"
    names = [f"can_{one}" for one in f"{rights} {more}".split()]
    return dict.fromkeys([*names, "is_anonymous"], False) if status == "administrator" else {}


def read(raw: Any) -> Heard | None:
    return heard(Update.de_json(raw, BOT), ME, MARKS)


def asked(raw: Any) -> Request:
    found = read(raw)
    assert found is not None
    assert found.request is not None
    return found.request


def test_a_message_in_a_group() -> None:
    assert asked(said("/propose Tea", reply_to_message=said("x")["message"] | {"message_id": 4})) == Request(
        key="-100-5",
        platform="telegram",
        chat="-100",
        user="7",
        name="Ana Ruiz",
        text="/propose Tea",
        chat_name="Partnerships",
        message="5",
        reply_to="4",
        language="es",
    )


def test_a_press() -> None:
    assert asked(pressed(MARKS.marked("p1:0", "-100"))) == Request(
        key="press:44",
        platform="telegram",
        chat="-100",
        user="7",
        name="Ana Ruiz",
        press="p1:0",
        chat_name="Partnerships",
        message="5",
        language="es",
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (said("/propose@folkmoot_bot Tea"), "/propose Tea"),
        (said("/propose@Folkmoot_Bot\nTea"), "/propose\nTea"),
        (said("@folkmoot_bot propose Tea"), "/propose Tea"),
        (said("@Folkmoot_Bot, /propose Tea"), "/propose Tea"),
        (said("@folkmoot_bot +1 gladly"), "+1 gladly"),
        (said("@folkmoot_bot PROPOSAL: Tea"), "PROPOSAL: Tea"),
        (said("@folkmoot_botany is a word"), "@folkmoot_botany is a word"),
        (said("!propose Tea"), "!propose Tea"),
        (said("mere talk"), "mere talk"),
        (said("", caption="/propose Tea"), "/propose Tea"),
        (said("/agree \ud800"), "/agree \ufffd"),
        (alone("mine"), "mine"),
        (alone("/start show_P-7"), "/show P-7"),
        (alone("/start mine"), "/mine"),
        (alone("/start agree_P-7"), "/help"),
        (alone("/start"), None),
        (alone("/start@folkmoot_bot mine"), "/mine"),
        (said("/propose@other_bot Tea"), None),
        (said("/propose Tea", **{"from": OTHER_BOT}), None),
        (said("/propose Tea", via_bot=OTHER_BOT), None),
        (said("/propose Tea", forward_origin={"type": "user", "date": 1, "sender_user": BEN}), None),
        (said("/propose Tea", is_automatic_forward=True, **{"from": ANA | {"id": 777000}}), None),
        (said("/propose Tea", **{"from": ANA | {"id": 777000}}), None),
        (said("/propose Tea", sender_chat={"id": -200, "type": "channel", "title": "C"}), None),
        (said("/propose Tea", sender_chat=GROUP, **{"from": OTHER_BOT | {"id": 1087968824}}), None),
        (said(""), None),
        (alone("/start p7-0"), "/help"),
        (alone("/start p7-mine"), ""),
        ({"update_id": 1, "edited_message": said("/propose Tea")["message"]}, None),
        ({"update_id": 1, "edited_message": said("/propose Tea", edit_date=2)["message"]}, "/propose Tea"),
        ({"update_id": 1, "channel_post": said("/propose Tea")["message"]}, None),
        ({"update_id": 1}, None),
    ],
)
def test_what_is_understood_to_be_said(raw: dict[str, Any], text: str | None) -> None:
    found = read(raw)
    assert (found.request.text if found and found.request else None) == text


@pytest.mark.parametrize(
    ("payload", "press"),
    [
        ("p7-mine", "p7:mine"),
        ("p7-show", "p7:show"),
        ("p7-reason", "p7:reason"),
        ("p7-reason_block", "p7:reason=block"),
        ("p7-0", ""),
        ("p7-retract", ""),
        ("p7-close_now", ""),
        ("p7-mine_0.1", ""),
        ("p7-undo_0123456789ab", ""),
    ],
)
def test_a_link_looks_or_asks_and_never_votes(payload: str, press: str) -> None:
    assert asked(alone(f"/start {payload}")).press == press


def test_a_link_says_which_group_it_came_from() -> None:
    found = read(alone("/start p7-reason_block-c100777"))
    assert found is not None
    assert found.request is not None
    assert (found.request.press, found.visits) == ("p7:reason=block", "-100777")
    assert Links(MARKS, "folkmoot_bot").alone("p7:reason=block", "-100777").endswith("?start=p7-reason_block-c100777")


def test_an_edit_is_told_as_one() -> None:
    first, second = (said(f"+1 {word}", edit_date=2) for word in ("tea", "coffee"))
    one, other = (asked({"update_id": 1, "edited_message": raw["message"]}) for raw in (first, second))
    assert (one.edited, one.message, one.text) == (True, "5", "+1 tea")
    assert one.key != other.key


@pytest.mark.parametrize("payload", [{"user": BEN}, {"voter_chat": GROUP}])
def test_an_answer_in_a_poll_of_telegrams_own_is_a_persons(payload: dict[str, Any]) -> None:
    found = read(
        {"update_id": 3, "poll_answer": {"poll_id": "99", "option_ids": [0, 2], "option_persistent_ids": []} | payload}
    )
    assert found is not None
    if "user" in payload:
        assert found.request is not None
        assert (found.request.taps, found.request.reply_to, found.request.user) == ((0, 2), "99:", "8")
    else:
        assert (found.request, found.refuses, found.poll) == (None, "telegram-voter", "99")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (alone("/start"), "telegram-hello"),
        (said("/start@folkmoot_bot"), "telegram-welcome"),
        (member("my_chat_member", US, "left", "member"), "telegram-welcome"),
        (member("my_chat_member", US, "member", "administrator"), ""),
    ],
)
def test_what_we_say_ourselves(raw: dict[str, Any], says: str) -> None:
    found = read(raw)
    assert found is not None
    assert found.says == says


FORWARDED = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "B"}}
AS_GROUP = {"sender_chat": GROUP, "from": OTHER_BOT | {"id": 1087968824}}
OUR_CARD = said("P-1", **{"from": US})["message"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (said("/propose Tea", **AS_GROUP), "telegram-anonymous"),
        (said("agree, gladly", reply_to_message=OUR_CARD, **AS_GROUP), "telegram-anonymous"),
        (said("we talk", **AS_GROUP), ""),
        (said("/agree", sender_chat=GROUP, **{"from": OTHER_BOT | {"id": 136817688}}), "telegram-anonymous"),
        (said("+1", **{"from": OTHER_BOT}), "telegram-bot"),
        (said("we talk", **{"from": OTHER_BOT}), ""),
        (said("-1", via_bot=OTHER_BOT), "telegram-via"),
        (said("D-1 shown", via_bot=US, reply_to_message=OUR_CARD), ""),
        (said("0", **FORWARDED), "telegram-forwarded"),
        (said("we talk", **FORWARDED), ""),
        (alone("agree P-1", **FORWARDED), "telegram-forwarded"),
        (said("PROPOSAL: Tea", is_automatic_forward=True, **{"from": ANA | {"id": 777000}}), "telegram-linked"),
        (said("News", is_automatic_forward=True, **{"from": ANA | {"id": 777000}}), ""),
    ],
)
def test_what_is_nobodys_own_act_is_refused_with_its_reason(raw: dict[str, Any], why: str) -> None:
    found = read(raw)
    assert found is not None
    assert (found.request, found.says, found.refuses) == (None, "", why)


@pytest.mark.parametrize(
    ("raw", "arrivals"),
    [
        (said("", new_chat_members=[BEN, OTHER_BOT]), Arrivals(joined=(("8", "Ben"),))),
        (said("", left_chat_member=BEN), Arrivals(left=("8",))),
        (member("chat_member", BEN, "left", "member"), Arrivals(joined=(("8", "Ben"),))),
        (member("chat_member", BEN, "member", "left"), Arrivals(left=("8",))),
        (member("chat_member", BEN, "member", "kicked"), Arrivals(left=("8",))),
        (member("my_chat_member", US, "left", "member"), Arrivals(joined=(("7", "Ana Ruiz"),), ours=True)),
    ],
)
def test_comings_and_goings(raw: dict[str, Any], arrivals: Arrivals) -> None:
    assert asked(raw).arrivals == arrivals


def test_a_bot_that_comes_is_nobody() -> None:
    for raw in (said("", new_chat_members=[OTHER_BOT]), member("chat_member", OTHER_BOT, "left", "member")):
        found = read(raw)
        assert found is not None
        assert (found.request, found.bots, found.bots_gone) == (None, ("9",), ())
    for raw in (said("", left_chat_member=OTHER_BOT), member("chat_member", OTHER_BOT, "member", "left")):
        found = read(raw)
        assert found is not None
        assert (found.request, found.bots, found.bots_gone) == (None, (), ("9",))


@pytest.mark.parametrize("now", ["kicked", "left"])
def test_we_are_put_out_or_the_group_is_no_more(now: str) -> None:
    request = asked(member("my_chat_member", US, "member", now))
    assert (request.gone, request.chat, request.user, request.arrivals) == (True, "-100", "", None)
    assert asked(member("my_chat_member", US, "member", now)).key == request.key
    assert read(member("my_chat_member", US, "member", now, chat=GROUP | {"type": "channel"})) is None


def test_a_bot_presses_nothing() -> None:
    found = read(pressed(MARKS.marked("p1:0", "-100"), **{"from": OTHER_BOT}))
    assert found is not None
    assert (found.origin.press, found.request) == ("44", None)


def test_a_private_chat_is_opened_and_closed() -> None:
    for raw, reachable in [
        (alone("hello"), True),
        (member("my_chat_member", US, "kicked", "member", chat=ALONE), True),
        (member("my_chat_member", US, "member", "kicked", chat=ALONE), False),
    ]:
        found = read(raw)
        assert found is not None
        assert (found.origin.user, found.reachable) == ("7", reachable)


@pytest.mark.parametrize(
    "raw",
    [
        said("", chat=GROUP | {"id": -5, "type": "group"}, migrate_to_chat_id=-100),
        said("", migrate_from_chat_id=-5),
    ],
)
def test_a_group_that_became_a_supergroup(raw: dict[str, Any]) -> None:
    request = asked(raw)
    assert (request.moved_from, request.chat) == ("-5", "-100")


def test_a_topic_is_where_the_answer_goes() -> None:
    found = read(said("/mine", message_thread_id=77, is_topic_message=True))
    assert found is not None
    assert found.origin.thread == 77
    replied = read(said("/mine", message_thread_id=77))  # a thread of replies is no topic
    assert replied is not None
    assert replied.origin.thread is None


def test_a_topic_and_a_chain_of_replies_are_threads_and_the_private_chat_has_none() -> None:
    assert asked(said("so be it", message_thread_id=77, is_topic_message=True)).thread == "77"
    assert asked(said("so be it", message_thread_id=77)).thread == "77"
    assert asked(said("so be it")).thread == ""
    assert asked(said("mine", message_thread_id=77, chat={"id": 7, "type": "private"})).thread == ""


@pytest.mark.parametrize("data", ["p1:0", "p1:0~AAAAAAAA", MARKS.marked("p1:0", "-101"), "", "~", None, "\ud800~"])
def test_a_press_that_is_not_ours_is_refused(data: str | None) -> None:
    assert asked(pressed(data)).press == FORGED


def test_a_press_on_what_is_none_of_our_messages() -> None:
    raw = pressed("x")
    del raw["callback_query"]["message"]
    found = read(raw)
    assert found is not None
    assert (found.origin.press, found.request) == ("44", None)


# -- what nobody should send ------------------------------------------------------------------------------------------

SEEDS = [
    said("/propose Tea", reply_to_message=said("x")["message"]),
    alone("/start show_P-7"),
    pressed(MARKS.marked("p1:0", "-100")),
    member("chat_member", BEN, "left", "member"),
    member("my_chat_member", US, "left", "administrator"),
    member("my_chat_member", US, "member", "kicked"),
    said("", new_chat_members=[BEN]),
    said("", migrate_to_chat_id=-100),
    {"update_id": 1, "edited_message": said("+1 tea", edit_date=2)["message"]},
    {"update_id": 1, "poll_answer": {"poll_id": "9", "user": ANA, "option_ids": [0], "option_persistent_ids": []}},
    {"update_id": 1, "inline_query": {"id": "5", "from": ANA, "query": "D-1", "offset": ""}},
    alone("/start p7-reason_block-c100777"),
    said("+1", **FORWARDED),
    said("+1", **AS_GROUP),
    said("+1", reply_to_message=OUR_CARD, via_bot=OTHER_BOT),
    said("", new_chat_members=[OTHER_BOT]),
    {
        "update_id": 1,
        "poll_answer": {"poll_id": "9", "voter_chat": GROUP, "option_ids": [0], "option_persistent_ids": []},
    },
]


@pytest.mark.parametrize("raw", SEEDS)
def test_no_key_holds_what_somebody_wrote_or_is_called(raw: dict[str, Any]) -> None:
    """Keys are kept for longer than what was said."""
    found = read(raw)
    key = found.request.key if found and found.request else ""
    assert not any(word in key.casefold() for word in ("tea", "ana", "ruiz", "ben", "partner", "propose"))
    assert len(max(re.findall("[0-9a-f]+", key), key=len, default="")) < 16


def odd(chance: random.Random) -> Any:
    """Something that does not belong there."""
    deep: Any = {}
    for _ in range(chance.choice([3, 60])):
        deep = {"chat": deep, "from": [deep]} if chance.random() < 0.1 else {"chat": deep}
    return chance.choice(
        [None, True, -1, 0, 2**31, 2**63, -(2**70), 1.5, "", "\ud800", "x" * 10_000, [], {}, [[]], {"id": "7"}, deep]
    )


def check_mutated(seed: int) -> None:
    raw = mutated(random.Random(seed), SEEDS, odd)
    try:
        found = read(json.loads(json.dumps(raw)))
    except Exception:  # kept aside by the intake
        return
    if found is not None and found.request is not None:
        for value in (
            found.request.key,
            found.request.chat,
            found.request.user,
            found.request.text,
            found.request.name,
        ):
            assert isinstance(value, str)
            value.encode()
        assert found.request.chat.lstrip("-").isdecimal() or found.request.taps is not None


def test_mutated_updates() -> None:
    for seed in range(300):
        check_mutated(seed)


@pytest.mark.long
def test_ten_thousand_mutated_updates() -> None:
    for seed in range(10_000):
        check_mutated(seed)


def test_what_is_malformed_says_so() -> None:
    with pytest.raises(Malformed):
        read(said("/propose", chat=GROUP | {"id": "100"}))
