"""The writer: what waits is carried out together, in order, and nothing that is asked is left without an answer."""

import asyncio
import gc
import threading
from collections.abc import Sequence
from weakref import ref

import pytest

from bot.writer import Writer

MOST = 3


class Echo:
    """Answers each question by itself, once it is let."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.times = 0
        self.open = threading.Event()
        self.open.set()
        self.writer = Writer(self._carry_out, self._done, MOST)

    def _carry_out(self, questions: Sequence[str]) -> list[str]:
        self.open.wait(5)
        self.batches.append(list(questions))
        if "fault" in questions:
            raise ValueError
        return [one.upper() for one in questions]

    def _done(self) -> None:
        self.times += 1


@pytest.fixture
async def echo() -> Echo:
    return Echo()


async def test_those_who_ask_at_once_are_carried_out_together_in_order(echo: Echo) -> None:
    assert await asyncio.gather(*map(echo.writer.ask, "abcde")) == list("ABCDE")
    assert echo.batches == [["a", "b", "c"], ["d", "e"]]
    assert echo.times == 2


async def test_who_asks_meanwhile_is_next(echo: Echo) -> None:
    echo.open.clear()
    first = asyncio.create_task(echo.writer.ask("a"))
    await asyncio.sleep(0.01)
    others = [asyncio.create_task(echo.writer.ask(one)) for one in "bc"]
    await asyncio.sleep(0.01)
    echo.open.set()
    assert await asyncio.gather(first, *others) == list("ABC")
    assert echo.batches == [["a"], ["b", "c"]]


async def test_who_went_away_holds_up_nobody(echo: Echo) -> None:
    echo.open.clear()
    gone, stays = asyncio.create_task(echo.writer.ask("a")), asyncio.create_task(echo.writer.ask("b"))
    await asyncio.sleep(0.01)
    gone.cancel()
    echo.open.set()
    assert await stays == "B"
    assert gone.cancelled()


async def test_a_fault_reaches_everyone_who_asked_with_it_and_the_next_are_answered(echo: Echo) -> None:
    said = await asyncio.gather(echo.writer.ask("a"), echo.writer.ask("fault"), return_exceptions=True)
    assert [type(one) for one in said] == [ValueError, ValueError]
    assert await echo.writer.ask("b") == "B"


async def test_closing_answers_what_was_asked_and_ends_the_thread(echo: Echo) -> None:
    asked = [asyncio.create_task(echo.writer.ask(one)) for one in "abcde"]
    await asyncio.sleep(0)
    await echo.writer.close()
    assert await asyncio.gather(*asked) == list("ABCDE")
    assert not echo.writer._thread.is_alive()
    with pytest.raises(RuntimeError):
        await echo.writer.ask("f")


def test_a_loop_that_ends_takes_nobody_else_with_it() -> None:
    echo = Echo()
    echo.open.clear()

    async def leave() -> None:
        asyncio.create_task(echo.writer.ask("a"))  # noqa: RUF006 - nobody waits for it
        await asyncio.sleep(0.01)

    asyncio.run(leave())
    echo.open.set()
    echo.writer._batches.put(None)
    echo.writer._thread.join(5)
    assert echo.batches == [["a"]]


def test_a_writer_that_nobody_holds_ends() -> None:
    echo = Echo()
    asyncio.run(echo.writer.ask("a"))
    thread, held = echo.writer._thread, ref(echo)
    del echo
    for _ in range(100):  # it may still be putting its last batch away
        gc.collect()
        thread.join(0.05)
        if not thread.is_alive():
            break
    assert held() is None
    assert not thread.is_alive()
