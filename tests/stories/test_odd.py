"""Odd accounts: what those who are merged, who look on, whose room has left and who are forgotten find of what was learnt."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest_asyncio

from adapters.base import Answer, Verdict
from adapters.web.leaf import Asking
from bot.clock import SetClock
from bot.reader import USUAL
from bot.site.door import Site
from decisions.model import Group, Openness
from storage.store import Store
from storage.verify import verify
from tests.adapters.web_house import linked
from tests.stories.accounts import Accounts

ANA, ANNA, BEN, CEM = "ana@matrix", "anna@telegram", "ben@matrix", "cem@telegram"
TRACE = "zebra"
"""In all that the group has on record, and nowhere else."""

LOOKS = (f"search {TRACE}s", "show L-1", "show L-1@1", "lessons", "show D-1", "decisions", "export json")


@pytest_asyncio.fixture
async def chats(sqlite_store: Store) -> AsyncIterator[Accounts]:
    """Ben facilitates; Ana tells a lesson, which Cem used; Anna is Ana too."""
    made = Accounts(sqlite_store)
    with linked():
        for one in (BEN, ANA, ANNA, CEM):
            await made.say(one, "hello")
        await made.say(BEN, f"!propose {TRACE}s on Sundays")
        await made.say(ANA, "!agree P-1")
        await made.say(BEN, "!close P-1")
        await made.say(ANA, f"!failed {TRACE}s in a library")
        await made.say(CEM, "!worked L-1 in Accra")
        yield made
    await made.house.app.close()


def told(answer: Answer) -> str:
    return "\n".join([answer.told[0], answer.file.text if answer.file else ""])


async def finds(chats: Accounts, who: str) -> list[str]:
    """By which ways somebody, alone with the bot, comes to what is on record."""
    return [
        one for one in LOOKS if TRACE in told(await chats.whisper(who, one)).replace(one, "").replace(f"“{TRACE}s”", "")
    ]


async def mydata(chats: Accounts, who: str) -> dict[str, Any]:
    """All that is stored on somebody, but for what they have searched for."""
    answer = await chats.whisper(who, "mydata")
    assert answer.file
    found: dict[str, Any] = json.loads(answer.file.text)
    return {name: found[name] for name in found if name != "searches"}


def sound(chats: Accounts) -> bool:
    with chats.store.reading() as work:
        return verify(work) == []


async def key(chats: Accounts, who: str) -> str:
    """The key of the log that somebody's link gave them."""
    ((button,),) = (await chats.whisper(who, "site")).buttons
    entry = await site(chats).enter(button.url.rpartition("/")[2])
    return entry.key if entry else ""


def site(chats: Accounts) -> Site:
    return Site(chats.store, SetClock(chats.house.now), USUAL)


async def opens(chats: Accounts, held: str) -> bool:
    """Whether a key still opens the lesson's page."""
    return await site(chats).leaf(Asking(group=1, name="L-1", key=held)) is not None


async def test_a_merged_account_is_the_person_that_it_turned_out_to_be(chats: Accounts) -> None:
    held = {one: await key(chats, one) for one in (ANA, ANNA)}
    await chats.say(ANNA, "!adapt L-1 in Bonn with tea")
    await chats.link(ANA, ANNA)
    for one in (ANA, ANNA):
        assert await finds(chats, one) == list(LOOKS), one
    assert [await opens(chats, one) for one in held.values()].count(True) == 1  # the other's is nobody's
    assert (await chats.whisper(ANNA, "amend L-1 --again tea")).text == "L-1 is up to date."
    assert (await chats.whisper(ANA, "adapt L-1 in Bonn with tea")).text.startswith("That is on record already")
    mine = await mydata(chats, ANA)
    assert (len(mine["lessons"]), len(mine["reuses"])) == (1, 1)
    assert sound(chats)


async def test_an_observer_sees_what_all_see(chats: Accounts) -> None:
    await chats.say(BEN, "!members cem observer")
    assert await finds(chats, CEM) == list(LOOKS)
    assert await opens(chats, await key(chats, CEM))


async def test_whose_room_has_left_sees_no_more_of_it(chats: Accounts) -> None:
    """Cem is in the side room alone, and leads what becomes of it."""
    held = await key(chats, CEM)
    await chats.say(BEN, "!members cem facilitator")
    assert (await chats.say(CEM, "!leave yes")).verdict is Verdict.DONE
    assert await finds(chats, CEM) == []
    assert not await opens(chats, held)
    for said in ("worked L-1@1", "amend L-1 x", "withdraw L-1", "relate L-1 D-1", "failed Another"):
        assert (await chats.whisper(CEM, said)).verdict is Verdict.REFUSED, said
    mine = await mydata(chats, CEM)
    assert [one["place"] for one in mine["reuses"]] == ["Accra"]
    assert TRACE not in json.dumps(mine)
    assert await finds(chats, BEN) == list(LOOKS)


async def test_who_was_forgotten_is_nobody(chats: Accounts) -> None:
    held = await key(chats, ANA)
    chats.forget(ANA)
    assert await finds(chats, ANA) == []
    assert not await opens(chats, held)
    assert TRACE not in json.dumps(await mydata(chats, ANA))
    with chats.store.unit_of_work() as work:
        work.put(replace(work.the(Group, id=1), openness=Openness.PUBLIC))
    assert await finds(chats, ANA) == [f"search {TRACE}s", "show L-1@1"]  # as anybody
    assert sound(chats)
