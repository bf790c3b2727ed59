"""A stage: one platform, running, in a room with a person in it; what the contract asks of each is asked through this."""

from abc import ABC, abstractmethod
from asyncio import Task
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import pytest

from adapters.base import NOTHING, Answer, File, Place, Platform, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """In what platforms differ, and may."""

    known_again: bool = True
    """What is sent again under the same key is the same message; if not, the README has to say so."""
    apart: bool = True
    """What is told to one person alone cannot be seen in the room."""
    redelivers: bool = True
    """It may bring the same act again."""
    in_words: bool = True
    """What is done is told in words; if not, a sign on what the person said tells it."""


class Stage(ABC):
    """Each act of the person's returns once the bot has taken it and its answer is shown."""

    ways: Ways = Ways()
    platform: Platform
    running: Task[None]
    """`platform.run`."""
    room: Place
    person: Place
    name: str
    """The person's, as the platform shows it."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        """What people did; what the platform itself tells is nobody's act."""
        self.answer: Answer = NOTHING
        """What the bot answers to whatever it is asked."""

    async def handle(self, request: Request) -> Answer:
        if request.bookmark or request.unheard:
            return NOTHING
        self.requests.append(request)
        return self.answer

    @abstractmethod
    def seen(self, place: Place) -> str:
        """Everything that could be read there, ever: a message that was changed, as it was and as it is."""

    @abstractmethod
    async def restart(self) -> None:
        """The bot stops and starts; the platform goes on."""

    @abstractmethod
    async def end(self) -> None:
        """Nothing more will come in: the input has ended, or the bot is stopped."""


class Hearing(Stage):
    """A stage on which the person can act; on the others somebody else hands in what people do."""

    @abstractmethod
    async def says(self, text: str) -> None:
        """In the room."""

    @abstractmethod
    async def whispers(self, text: str) -> None:
        """To the bot alone."""

    @abstractmethod
    async def presses(self, message: str, press: str) -> None:
        """A button under a message of ours in the room."""

    @abstractmethod
    def handed(self, place: Place, file: File) -> int:
        """How often this file was handed there, whole and by its name."""

    @abstractmethod
    async def again(self) -> None:
        """What was done last is brought once more, where the platform does that."""

    def signed(self) -> bool:
        """Whether a sign tells the person that what they did last is done."""
        return False


MakeStage = Callable[[pytest.FixtureRequest], AbstractAsyncContextManager[Stage]]
MakeHearing = Callable[[pytest.FixtureRequest], AbstractAsyncContextManager[Hearing]]
