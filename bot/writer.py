"""The writer: one thread that carries out what is asked; what waits for it meanwhile is handed over next, together."""

import asyncio
from asyncio import AbstractEventLoop, Future
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar
from weakref import finalize

A = TypeVar("A")
Q = TypeVar("Q")
Batches = SimpleQueue[Callable[[], None] | None]
Taken = Sequence[tuple[Q, Future[A]]]


class Writer(Generic[Q, A]):
    """Is asked on the event loop and answers there; between the two it is in its thread.

    An executor would do as well. But its way there and back, and a task to wait for it, cost a tenth of a ballot.
    """

    def __init__(self, carry_out: Callable[[list[Q]], Sequence[A]], done: Callable[[], None], most: int) -> None:
        """`carry_out` answers at most so many at a time; `done` is called on the loop after each time."""
        self._carry_out = carry_out
        self._done = done
        self._most = most
        self._waiting: deque[tuple[Q, Future[A]]] = deque()
        self._idle = asyncio.Event()
        self._idle.set()
        self._ended = False
        self._batches: Batches = SimpleQueue()
        self._thread = Thread(target=_work, args=(self._batches,), name="writer", daemon=True)
        self._thread.start()
        finalize(self, self._batches.put, None)

    async def ask(self, question: Q) -> A:
        """The answer, once the question is carried out. Raises RuntimeError after the end."""
        if self._ended:
            raise RuntimeError("the writer has ended")
        loop = asyncio.get_running_loop()
        answer: Future[A] = loop.create_future()
        self._waiting.append((question, answer))
        if self._idle.is_set():
            self._idle.clear()
            loop.call_soon(self._hand_over, loop)  # together with whoever else is about to ask
        return await answer

    async def close(self) -> None:
        """Answer what was asked, and end."""
        await self._idle.wait()
        self._ended = True
        self._batches.put(None)
        self._thread.join()

    def _hand_over(self, loop: AbstractEventLoop) -> None:
        taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._most))]
        if taken:
            self._batches.put(lambda: self._carry(loop, taken))
        else:
            self._idle.set()

    def _answer(self, loop: AbstractEventLoop, taken: Taken[Q, A], answers: Sequence[A] | Exception) -> None:
        for place, (_, future) in enumerate(taken):
            if future.done():  # who asked may have gone
                continue
            if isinstance(answers, Exception):
                future.set_exception(answers)
            else:
                future.set_result(answers[place])
        self._hand_over(loop)
        self._done()

    # -- in the thread ------------------------------------------------------------------------------------------------

    def _carry(self, loop: AbstractEventLoop, taken: Taken[Q, A]) -> None:
        answers: Sequence[A] | Exception
        try:
            answers = self._carry_out([question for question, _ in taken])
        except Exception as fault:
            answers = fault
        with suppress(RuntimeError):  # the loop has ended, and with it whoever asked
            loop.call_soon_threadsafe(self._answer, loop, taken, answers)


def _work(batches: Batches) -> None:
    for batch in iter(batches.get, None):
        batch()
        del batch  # or it keeps its writer alive while it waits for the next
