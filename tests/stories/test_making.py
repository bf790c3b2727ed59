"""Stories of files that take long to make: whoever asked gets them as they stand then, and nobody else waits."""

import asyncio
import threading
from types import ModuleType
from typing import Any

import pytest

from adapters.base import File, Verdict
from adapters.console.conversation import Person
from bot import export, minutes, mydata
from bot.meeting import calendars
from storage.store import Store
from tests.house import House
from tests.stories.called import called

FILES = (
    ("!export", "general", export, "export"),
    ("!mydata", "general", mydata, "file"),
    ("!minutes", "general", minutes, "file"),
    ("!calendar", "general", calendars, "of_group"),
    ("!calendar M-2", "general", calendars, "of_meeting"),
    ("calendar", "", calendars, "of_groups"),
)
each_file = pytest.mark.parametrize(
    ("words", "room", "maker", "name"), FILES, ids=[f"{words}{'' if room else ' alone'}" for words, room, *_ in FILES]
)


@pytest.fixture
async def house(sqlite_store: Store) -> House:
    """M-1 was held, and M-2 is called; Ben is in another group, too."""
    house = House(sqlite_store, people=(Person(name="ana", role="facilitator"), Person(name="ben")))
    await house.say("ana", "!startmeeting Spring")
    await house.say("ben", "#info The lamp is broken")
    await house.say("ana", "!endmeeting")
    await called(house)
    await house.elsewhere("ben", "!propose Green tea")
    return house


@each_file
async def test_nobody_waits_while_it_is_made(
    house: House, monkeypatch: pytest.MonkeyPatch, words: str, room: str, maker: ModuleType, name: str
) -> None:
    begun, others, made = threading.Event(), threading.Event(), getattr(maker, name)

    def slow(*given: Any) -> File:
        begun.set()
        assert others.wait(60)
        file: File = made(*given)
        return file

    monkeypatch.setattr(maker, name, slow)
    asking = asyncio.create_task(house.say("ben", words, room))
    assert await asyncio.to_thread(begun.wait, 60)
    assert (await house.say("ana", "!propose Sell the lamp")).verdict is Verdict.DONE
    assert not asking.done()
    others.set()
    answer = await asking
    assert house.files("ben") == [answer.file]
    assert answer.text in house.private("ben")


@each_file
async def test_a_fault_in_it_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch, words: str, room: str, maker: ModuleType, name: str
) -> None:
    monkeypatch.setattr(maker, name, lambda *_: 1 // 0)
    answer = await house.say("ben", words, room)
    assert (answer.verdict, answer.file) == (Verdict.FAULT, None)
