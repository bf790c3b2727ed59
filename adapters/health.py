"""How the line to a platform is: what the log says of it, and what the running bot tells the doctor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog

log = structlog.get_logger()


class State(StrEnum):
    """`alarm`: nothing comes in until somebody changes something; it is tried again all the same."""

    STARTING = "starting"
    WELL = "well"
    UNREACHED = "unreached"
    ALARM = "alarm"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Health:
    """One state, since when, and why."""

    state: State
    since: datetime
    why: str = ""


class Pulse:
    """The health of one platform by now. A change is logged once."""

    def __init__(self, platform: str, now: Callable[[], datetime]) -> None:
        self._platform = platform
        self._now = now
        self.health = Health(State.STARTING, now())

    def is_(self, state: State, why: str = "") -> None:
        """It is like this from now on."""
        if (state, why) == (self.health.state, self.health.why):
            return
        self.health = Health(state, self._now(), why)
        tell = log.error if state is State.ALARM else log.warning if state is State.UNREACHED else log.info
        tell("the line", platform=self._platform, state=state.value, why=why)
