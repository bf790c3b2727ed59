"""Trying: a step towards a network that may fail, waited out ever longer, and shown in the platform's health."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from adapters.health import Pulse, State

log = structlog.get_logger()

FIRST, LONGEST = 1.0, 60.0
"""Seconds before the first new try, and at most before any other."""

Sleep = Callable[[float], Awaitable[object]]
Step = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error means for the line. `seconds`: how long the network asks us to wait, if it says."""

    state: State
    why: str
    seconds: float | None = None


Meant = Callable[[Exception], Trouble | None]
"""What an error of a platform's own means; None: it is none, and a fault of ours."""


class Trying:
    """Tries steps, one at a time."""

    def __init__(self, pulse: Pulse, sleep: Sleep, meant: Meant) -> None:
        self._pulse = pulse
        self._sleep = sleep
        self._meant = meant
        self._wait = FIRST

    @property
    def failing(self) -> bool:
        """Whether the last step failed."""
        return self._wait > FIRST

    async def __call__(self, step: Step) -> bool:
        """Whether a step worked; if not, some time has passed."""
        try:
            await step()
        except Exception as error:
            await self._waited(self._meant(error) or _fault(error))
            return False
        self._wait = FIRST
        self._pulse.is_(State.WELL)
        return True

    async def _waited(self, trouble: Trouble) -> None:
        self._pulse.is_(trouble.state, trouble.why)
        await self._sleep(self._wait if trouble.seconds is None else trouble.seconds)
        self._wait = min(self._wait * 2, LONGEST)


def _fault(error: Exception) -> Trouble:
    log.error("what came in could not be handled; it is asked for again", exc_info=error)
    return Trouble(State.UNREACHED, repr(error))
