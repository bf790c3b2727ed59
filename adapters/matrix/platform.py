"""Matrix as one of the bot's networks: starts, takes in, sends, edits."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import structlog

from adapters.base import Abilities, Card, Handle, Later, Place, Say
from adapters.health import Health, Pulse, State
from adapters.matrix import crosssigning
from adapters.matrix.arriving import Arriving
from adapters.matrix.device import Account
from adapters.matrix.direct import Direct
from adapters.matrix.ghosts import Ghosts
from adapters.matrix.handing import Handing
from adapters.matrix.heard import NAME, Me
from adapters.matrix.intake import Intake, SetAside
from adapters.matrix.line import HOLD, LIMITED, V3, Line, Refused, Unreached
from adapters.matrix.refusing import Refusing
from adapters.matrix.rooms import Rooms
from adapters.matrix.showing import PAUSE, UNREACHED, Showing
from adapters.matrix.undecrypted import EVERY, Undecrypted
from adapters.trying import Sleep, Step, Trouble, Trying

log = structlog.get_logger()

TOKEN_GONE = ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN")


def nothing_read() -> str:
    """Where nothing was kept."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What the bot hands to the platform."""

    account: Account
    folder: Path
    say: Say
    set_aside: SetAside
    clock: Callable[[], datetime]
    allowed: Sequence[str] = ()
    """Servers and users whose invitations we follow; `*`: everybody's. None: those of our own server."""
    ghosts: Ghosts = field(default_factory=Ghosts)
    """What tells the accounts that bridges make from people."""
    bookmark: Callable[[], str] = field(default=nothing_read)
    """How far we had read, as it was kept; called in a thread."""


class Matrix:
    """One account."""

    name = NAME
    abilities = Abilities(text_limit=12_000, native=20, pictures=True)

    def __init__(self, wiring: Wiring, *, sleep: Sleep = asyncio.sleep, pause: float = PAUSE) -> None:
        self._wiring = wiring
        self._sleep = sleep
        self._line = Line(wiring.account, wiring.folder)
        self._rooms = Rooms()
        self._direct = Direct(self._line, self._rooms)
        self._showing = Showing(self._line, self._rooms, self._direct, wiring.say, pause)
        self._pulse = Pulse(NAME, wiring.clock)
        self._try = Trying(self._pulse, sleep, _meant)
        self._me: Me | None = None
        self._since = ""
        self._ready = False
        self._undecrypted = Undecrypted(wiring.folder / "undecrypted.json", wiring.clock)

    @property
    def health(self) -> Health:
        """How the line to the homeserver is."""
        return self._pulse.health

    async def run(self, handle: Handle) -> None:
        """Take in what happens until cancelled. The homeserver may be down at first."""
        forgetting = asyncio.create_task(self._forget())
        try:
            while not await self._trying(self._start):
                pass
            if self._me is not None:
                await self._take_in(self._intake(self._me, handle))
        finally:
            forgetting.cancel()
            self._pulse.is_(State.STOPPED)
            await self._showing.close()
            await self._line.close()

    async def send(self, place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        self._check_ready()
        return await self._showing.post(place, card, key, reply_to)

    async def edit(self, place: Place, message: str, card: Card) -> None:
        self._check_ready()
        await self._showing.update(place, message, card)

    def _check_ready(self) -> None:
        if not self._ready:
            raise Later(UNREACHED)

    async def _forget(self) -> None:
        """Let go of what is too old, whether or not the homeserver answers."""
        while True:
            try:
                self._undecrypted.forget()
            except OSError:
                log.exception("what is too old to be kept could not be let go of; it is tried again")
            await self._sleep(EVERY.total_seconds())

    async def _start(self) -> None:
        await self._line.open()
        try:
            profile = await self._line.call("GET", f"{V3}/profile/{quote(self._line.user)}")
        except Refused:
            profile = {}
        name = profile.get("displayname")
        await self._direct.load()
        if self._wiring.account.encryption:
            await self._line.keep_keys()
            await crosssigning.sign(self._line)
        self._since = await asyncio.to_thread(self._wiring.bookmark)
        self._me = Me(id=self._line.user, name=name if isinstance(name, str) else "", ghosts=self._wiring.ghosts)

    def _intake(self, me: Me, handle: Handle) -> Intake:
        wiring = self._wiring
        allowed = wiring.allowed or (me.id.partition(":")[2],)
        arriving = Arriving(self._line, me, self._rooms, self._direct, self._showing, allowed, wiring.say)
        refusing = Refusing(self._line, me, self._showing)
        return Intake(
            self._line,
            me,
            self._rooms,
            self._direct,
            self._showing,
            arriving,
            self._undecrypted,
            refusing,
            Handing(handle, self._showing, arriving, refusing, self._sleep),
            wiring.set_aside,
        )

    async def _take_in(self, intake: Intake) -> None:
        """The first sync of a process brings the whole state of every room, which is kept nowhere else."""
        while not await self._trying(lambda: self._round(intake, full=True)):
            pass
        self._ready = True
        while True:
            await self._trying(lambda: self._round(intake, full=False))

    async def _round(self, intake: Intake, *, full: bool) -> None:
        hold = 0 if full or self._try.failing else HOLD
        raw = await self._line.sync(self._since, full=full, hold=hold)
        await self._line.keep_keys()
        await intake.take(raw, self._since)
        self._since = str(raw.get("next_batch", self._since))

    async def _trying(self, step: Step) -> bool:
        return await self._try(lambda: self._with_token(step))

    async def _with_token(self, step: Step) -> None:
        """A step; where our token is no longer taken, another is asked for before it is tried again."""
        try:
            await step()
        except Refused as no:
            if no.code in TOKEN_GONE:
                await asyncio.to_thread(self._line.forget)
                await self._reopened()
            raise

    async def _reopened(self) -> None:
        try:
            await self._line.open()
        except (Refused, Unreached) as no:
            log.info("there is no new token yet", why=str(no))


def _meant(error: Exception) -> Trouble | None:
    if isinstance(error, Unreached):
        return Trouble(State.UNREACHED, str(error))
    if isinstance(error, Refused):
        state = State.UNREACHED if error.code == LIMITED else State.ALARM
        return Trouble(state, str(error), error.seconds or None)
    return None
