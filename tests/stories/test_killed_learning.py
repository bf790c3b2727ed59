"""Killed at any step: a lesson, its use, people who are brought together, and what was held up are whole or not there."""

import random
import shutil
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from adapters.base import Request
from adapters.console.conversation import Said
from adapters.console.scripted import Scripted, Shown
from bot.app import App
from bot.clock import SetClock
from bot.publisher import Publisher
from decisions.model import Post, PostKind
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.killing import Killed, kill_at
from tests.stories.lively import rows
from tests.stories.test_again import ASKED, BOTH_ASKED, HELD, LESSON, PEOPLE, TOLD, begun

STRIDE = pytest.mark.parametrize("stride", [7, pytest.param(1, marks=pytest.mark.long)])
SENDING = {"message", "shown", "live", "tries", "not_before"}
"""How far a post has come."""

ACTS: dict[str, tuple[tuple[str, ...], str]] = {
    "a lesson": ((), "ben: !failed Paper forms\nhappened: lost"),
    "the last answer": (TOLD, "ben~ with my name"),
    "the last answer, without a name": (TOLD, "ben~ without my name"),
    "a use": (LESSON, "ben: !worked L-1 in Accra with tea"),
    "yes": (BOTH_ASKED, "ana~ [peer*:yes]"),
    "yes of both": ((*BOTH_ASKED, "ana~ [peer*:yes]"), "ben~ [peer*:yes]"),
    "held up": (HELD[:1], HELD[1]),
    "it goes on": (HELD, "ben~ [sure*:go]"),
    "it goes on, linked": (HELD, "ben~ [sure*:link=poll:1]"),
}
"""What was done before, and what the process is killed in."""


class Bot:
    """A process on a copy of the database."""

    def __init__(self, store: Store, now: datetime) -> None:
        drawn, clock = random.Random(1), SetClock(now)  # the same each time, so that what is kept can be compared
        self.store = store
        self.app = App(store, clock, salt=lambda: drawn.randbytes(16).hex(), limits=None)
        self.shown: list[Shown] = []
        platforms = [Scripted(name, self.shown.append, clock.now) for name in ("matrix", "telegram")]
        self.publisher = Publisher(store, clock, platforms)

    async def keeps_time(self) -> None:
        """What the clock does, one thing after another."""
        while found := self.app._due():
            self.app._step(*found[0][:2])
        await self.publisher.settle()

    async def does(self, request: Request) -> None:
        """Not by its writer's thread, which would not outlive being killed."""
        self.app._all([request])
        await self.publisher.settle()

    def kept(self) -> dict[str, list[dict[str, Any]]]:
        """All but which requests were carried out, and how far the posts have come."""
        found = rows(self.store)
        del found["seen"]
        found["posts"] = [{name: one[name] for name in one if name not in SENDING} for one in found["posts"]]
        return found

    def unsent(self) -> list[dict[str, Any]]:
        return [
            one for one in rows(self.store)["posts"] if one["live"] and not one["message"] and not one["not_before"]
        ]


@contextmanager
def bot(file: Path, now: datetime) -> Iterator[Bot]:
    with closing(Store(f"sqlite:///{file}")) as store:
        yield Bot(store, now)


def asked(house: House, act: str) -> Request:
    """The request that an act is."""
    who, private, what = act[:3], act[3] == "~", act[5:]
    press = what.strip("[]") if what.startswith("[") else ""
    press = press and house.player._pressed(Said(at=house.now, line=0, who=who, room="", press=press))
    return Request(
        key="act", platform="matrix", chat="" if private else "general", user=who, name=who, message="act",
        text="" if press else what, press=press, private=private,
    )  # fmt: skip


async def died(
    file: Path, now: datetime, does: Callable[[Bot], Awaitable[None]], step: int
) -> tuple[bool, list[Shown]]:
    """Whether it came to its end before the process was killed at this step, and what was shown until then."""
    with pytest.MonkeyPatch.context() as patched, bot(file, now) as one:
        kill_at(step, patched)
        try:
            await does(one)
        except Killed:
            return False, one.shown
        return True, one.shown


def told(shown: Iterable[Shown]) -> set[tuple[str, str, str]]:
    return {(one.where, one.post, one.text) for one in shown}


@STRIDE
@pytest.mark.parametrize("what", ACTS)
async def test_an_act_is_whole_or_not_there(sqlite_store: Store, tmp_path: Path, what: str, stride: int) -> None:
    house = House(sqlite_store, {"general": "matrix", "tea": "telegram"}, PEOPLE, limits=None)
    before, act = ACTS[what]
    await begun(house, before)
    request, ends = asked(house, act), set()

    def copied(name: str) -> Path:
        sqlite_store.close()
        return Path(shutil.copy(sqlite_store.engine.url.database or "", tmp_path / name))

    with bot(copied("undisturbed"), house.now) as one:
        not_there = one.kept()
        await one.does(request)
        whole, said = one.kept(), told(one.shown)
    for step in count(0, stride):
        file = copied(f"{step}.db")
        lived, shown = await died(file, house.now, lambda one: one.does(request), step)
        with bot(file, house.now) as one:
            assert one.kept() in (not_there, whole), step
            ends.add(one.kept() == whole)
            await one.does(request)  # the platform was told nothing, and brings it again
            assert one.kept() == whole, step
            assert one.unsent() == []
            assert told([*shown, *one.shown]) == said, step
            with one.store.reading() as work:
                assert verify(work) == []
        if lived:
            break
    assert ends == {True, False}


@STRIDE
async def test_both_are_asked_whether_they_want_to_meet_or_neither(
    sqlite_store: Store, tmp_path: Path, stride: int
) -> None:
    house = House(sqlite_store, {"general": "matrix", "tea": "telegram"}, PEOPLE, limits=None)
    await begun(house, ASKED)
    night, morning = house.now + timedelta(hours=32), house.now + timedelta(days=2)
    for step in count(0, stride):
        sqlite_store.close()
        file = Path(shutil.copy(sqlite_store.engine.url.database or "", tmp_path / f"{step}.db"))
        lived, shown = await died(file, night, Bot.keeps_time, step)
        with bot(file, night) as one, one.store.reading() as work:
            assert len(work.all(Post, kind=PostKind.PEER)) in (0, 2)
        for now in (night, morning):
            with bot(file, now) as one:
                await one.keeps_time()
                shown += one.shown
        assert sorted(each.where for each in shown) == ["ana", "ben"], step
        assert not [each.text for each in shown if each.where == "ana" and "ben" in each.text]
        assert not [each.text for each in shown if each.where == "ben" and "ana" in each.text]
        if lived:
            break
