"""The way to a group's decision log, as it is asked for in the chat, and who may read it, as the group sets it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from adapters.base import Answer, Verdict
from bot import links
from decisions.model import Group, Openness
from storage.store import Store
from tests.adapters.web_house import ADDRESS, linked
from tests.stories.halls import ANA, BEN, Hall


@pytest_asyncio.fixture
async def hall(sqlite_store: Store) -> AsyncIterator[Hall]:
    made = Hall(sqlite_store, ANA, BEN)
    with linked():
        yield made
    await made.app.close()


def addresses(answer: Answer) -> list[str]:
    return [one.url for row in answer.buttons for one in row if one.url]


def openness(hall: Hall) -> Openness:
    with hall.store.reading() as work:
        return work.the(Group, id=1).openness


async def test_a_member_gets_a_link_of_their_own_in_private_alone(hall: Hall) -> None:
    first, second = addresses(await hall.whisper("ana", "site")), addresses(await hall.whisper("ben", "site"))
    assert [one.startswith(f"{ADDRESS}/enter/") for one in first + second] == [True, True]
    assert first != second
    said = await hall.say("ana", "!site")
    assert (addresses(said), "enter" in said.text) == ([], False)
    assert said.text.endswith("write to me alone: site")


async def test_of_a_log_that_is_off_and_where_there_is_no_web_page_it_says_so(hall: Hall) -> None:
    await hall.say("ana", "!group log off")
    for said in (await hall.whisper("ben", "site"), await hall.say("ben", "!site")):
        assert said.verdict is Verdict.REFUSED
        assert said.text.startswith("The decision log of Partnerships is off.")
    links.configure(None)
    assert (await hall.whisper("ben", "site")).text.startswith("There is no web page here.")


async def test_the_rooms_are_told_once_when_a_log_is_opened_to_everyone(hall: Hall) -> None:
    assert (await hall.say("ben", "!group log public")).verdict is Verdict.REFUSED
    assert openness(hall) is Openness.MEMBERS
    for typed in ("public", "PUBLIC", "members"):
        assert (await hall.say("ana", f"!group log {typed}")).verdict is Verdict.DONE
    await hall.settle()
    told = [one for one in hall.notices() if "opened this group's decision log" in one.replace("’", "'")]
    assert len(told) == 1
    assert openness(hall) is Openness.MEMBERS
    assert (await hall.say("ana", "!group log everybody")).text.endswith("There are: public, members, off.")


async def test_cards_lead_to_their_pages_unless_the_log_is_off(hall: Hall) -> None:
    await hall.say("ana", "!propose Plant a tree")
    await hall.say("ben", "!agree P-1")
    assert addresses(await hall.whisper("ben", "show P-1")) == [f"{ADDRESS}/g/1/P-1"]
    await hall.say("ana", "!close P-1")
    await hall.settle()
    told = [one for one in hall.shown if one.text.startswith("D-1") and one.kind == "send"]
    assert [one.url for row in told[-1].buttons for one in row] == [f"{ADDRESS}/g/1/D-1"]
    await hall.say("ana", "!group log off")
    assert addresses(await hall.whisper("ben", "show D-1")) == []


async def test_a_public_log_is_told_by_its_address(hall: Hall) -> None:
    await hall.say("ana", "!group log public")
    assert f"{ADDRESS}/g/1/" in (await hall.say("ben", "!site")).text
