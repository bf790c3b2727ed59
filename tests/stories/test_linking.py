"""Linking: two accounts become one person by a code and a yes from both sides, and part again without a ballot more."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from decisions.model import Code, Post, PostKind, Try
from storage.store import Store
from tests.stories.accounts import Accounts

ANA, ANNA, BEN, CEM = "ana@matrix", "anna@telegram", "ben@matrix", "cem@telegram"
NOBODY = "K7QF-2M9D"


@pytest_asyncio.fixture
async def chats(sqlite_store: Store) -> AsyncIterator[Accounts]:
    """Ben, who facilitates, Ana and Cem have spoken, and Anna, who is Ana."""
    accounts = Accounts(sqlite_store)
    for one in (BEN, ANA, ANNA, CEM):
        await accounts.say(one, "hello")
    yield accounts
    await accounts.house.app.close()


# -- coming together --------------------------------------------------------------------------------------------------


async def test_two_accounts_become_one_person(chats: Accounts) -> None:
    answer = await chats.whisper(ANA, "link")
    assert re.fullmatch(
        "Your code is [0-9A-Z]{4}-[0-9A-Z]{4}, good until Mon 2 Mar 2026, 18:10 UTC. .* say to me alone: link .*", answer.text
    )
    code = answer.text[13:22]
    asked = await chats.whisper(ANNA, f"link {code}")
    assert asked.text.startswith("Is this account yours too: ana, Matrix ana?")
    assert chats.told(ANA)[-1].startswith("Is this account yours too: anna, Telegram anna?")
    waiting = await chats.whisper(ANNA, "link yes")
    assert waiting.text == "Thank you. Now the other side has to say yes too: ana, Matrix ana."
    assert chats.person(ANA) != chats.person(ANNA)
    done = await chats.whisper(ANA, "link yes")
    assert done.text == "Done: Telegram anna and this account are one person now, with one ballot. To part them again: unlink"
    assert chats.told(ANNA)[-1].startswith("Done: Matrix ana and this account are one person now")
    assert chats.person(ANA) == chats.person(ANNA)
