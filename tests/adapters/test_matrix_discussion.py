"""The discussion on a real homeserver: threads, replies, edits and redactions, in the clear and encrypted."""

from pathlib import Path
from urllib.parse import quote

import pytest

from adapters.base import Verdict
from decisions.model import Remark
from storage.store import Store
from tests.adapters.matrix_house import account_of, card, housed, people, says
from tests.adapters.matrix_server import Synapse, User, until
from tests.house_matrix import MatrixHouse, matrix_stories

ENCRYPTED = pytest.mark.parametrize(
    "encryption", [False, pytest.param(True, marks=pytest.mark.long)], ids=["clear", "encrypted"]
)
AND_ENCRYPTED = pytest.mark.parametrize("encryption", [False, True], ids=["clear", "encrypted"])


def said(house: MatrixHouse) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    with house.store.reading() as work:
        for one in work.all(Remark):
            found.setdefault(one.poll_id, []).append(one.text)
    return found


@ENCRYPTED
async def test_threads_and_replies_are_the_discussion_and_follow_edits_and_redactions(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, encryption: bool
) -> None:
    async with matrix_stories(homeserver, sqlite_store, tmp_path, encryption=encryption) as house:
        await house.say("ana", "!propose Meet monthly", message="p")
        card = house.cards()[0].post
        await house.say("ben", "Who takes the minuets?", thread=card, message="1")
        await house.say("ana", "In turn", reply_to="1", message="2")
        await house.say("ben", "Fine", thread="p", reply_to="2", message="3")
        await house.say("ben", "Off the record: I am tired", thread=card, message="4")
        await house.say("ben", "Something else", message="5")
        await house.edit("ben", "1", "Who takes the minutes?")
        assert said(house) == {1: ["Who takes the minutes?", "In turn", "Fine"]}
        shown = await house.say("ana", "!show P-1", message="s")
        assert "ben, Mon 2 Mar 2026, 18:00 UTC: Who takes the minutes?" in shown.text
        assert f"https://matrix.to/#/{quote(house._rooms['general'], safe='!')}/{quote(house.event('1'))}" in shown.text
        await house.remove("ben", "1")
        await house.edit("ana", "2", "In turn, hors pv")
        assert said(house) == {1: ["Fine"]}
        await house.say("ana", "!close P-1")
        await house.say("ana", "It works", thread=card, message="6")
        assert (await house.say("ben", "off the record", reply_to="3", message="7")).verdict is Verdict.DONE
        assert said(house) == {1: ["It works"]}


@pytest.mark.long
@AND_ENCRYPTED
async def test_in_a_thread_where_it_was_put_all_is_its_discussion_while_it_is_open(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, encryption: bool
) -> None:
    async with matrix_stories(homeserver, sqlite_store, tmp_path, encryption=encryption) as house:
        await house.say("ana", "Let us talk about the van", message="root")
        await house.say("ben", "It is old", thread="root", message="1")
        await house.say("ana", "!propose Buy a van", thread="root", message="p")
        await house.say("ben", "Which one?", thread="root", message="2")
        await house.say("ana", "A blue one", thread="root", reply_to="1", message="3")
        await house.say("ben", "+1 we need it", thread="root", message="4")
        await house.say("ana", "!propose Or a boat", thread="root", message="q")
        await house.say("ben", "Which of them?", thread="root", message="5")
        await house.say("ben", "The boat", thread="root", reply_to=house.cards(poll="P-2")[0].post, message="6")
        assert said(house) == {1: ["Which one?", "A blue one"], 2: ["The boat"]}
        assert "ben (agree): we need it" in house.card()
        await house.say("ana", "!close P-1")
        await house.say("ana", "!withdraw P-2")
        await house.say("ben", "And now?", thread="root", message="7")
        await house.say("ben", "A pity", reply_to="6", message="8")
        assert said(house) == {1: ["Which one?", "A blue one"], 2: ["The boat"]}


@pytest.mark.long
async def test_what_a_moderator_takes_out_of_the_room_is_off_the_record_and_votes_stay(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    account = account_of(homeserver)
    async with (
        people(homeserver, "Ana", "Ben", "Cem") as (ana, ben, cem),
        housed(homeserver, account, sqlite_store, tmp_path) as house,
    ):
        levels = {"users": {cem.id: 50}, "events": {"m.room.power_levels": 100}, "state_default": 100}
        room = await ana.makes_room(account.user, power_level_content_override=levels)
        await ben.joins(room)
        await cem.joins(room)
        await ana.says(room, "!propose Meet monthly")
        event, _ = await card(ana, room, house.id)
        vote = await ben.says(room, "+1 my watches are cheap")
        remark = await ben.replies(room, event, "Buy my watches")
        await says(ana, room, house.id, "One remark")
        await cem.redacts(room, remark)
        await cem.redacts(room, vote)

        async def gone() -> bool:
            with sqlite_store.reading() as work:
                return not work.all(Remark)

        await until(gone)
        await cem.says(room, "+1")
        assert "my watches are cheap" in (await until(lambda: _both(cem, room, house.id)))


async def _both(user: User, room: str, bot: str) -> str:
    _, body = await card(user, room, bot)
    return body if "agree 2: Ben, Cem" in body else ""
