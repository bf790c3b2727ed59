"""What a use case answers with: the values to keep, the values to let go, and what happened."""

from dataclasses import dataclass

from decisions.events import Event
from decisions.model import Noun


@dataclass(frozen=True, slots=True)
class Change:
    """Empty when nothing has to change, which is how the same press again is answered."""

    puts: tuple[Noun, ...] = ()
    drops: tuple[Noun, ...] = ()
    events: tuple[Event, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.events)
