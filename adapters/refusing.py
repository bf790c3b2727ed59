"""Refusing what is nobody's own act: what sounds as if it were meant for us, and how seldom the same no is said."""

import re
from collections.abc import Callable

PAUSE = 60.0
"""Seconds before the same no is said again in the same place: who is refused again and again must not fill a room."""

MOST = 5_000
"""Places remembered. Where more than so many had a no within the pause, the rest have none."""

UNSEEN = "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
MEANT = re.compile(
    r"[!/][^\W\d_]"
    r"|[+\-\u2212\u2010-\u2015\uff0b\uff0d]1(?!\w)"
    r"|[+\-\u2212\uff0b\uff0d]?0(?:[,.;:!]*$|[,.;:!]?\s)"
    r"|(?:proposal|proposed|resolved|resolution)\s*:",
    re.IGNORECASE,
)


def sounds_meant(text: str) -> bool:
    """Whether words have the form of something that we would do: a command, a stance, a quick proposal. Which commands
    there are only the bot knows; nothing is done because of this, only told that nothing was."""
    return MEANT.match(text.strip().lstrip(UNSEEN)) is not None


class Seldom:
    """Lets each thing be said once a minute."""

    def __init__(self, now: Callable[[], float], pause: float = PAUSE) -> None:
        self._now = now
        self._pause = pause
        self._said: dict[tuple[str, str], float] = {}

    def may(self, place: str, key: str) -> bool:
        """Whether this may be said in this place by now; if so, it is taken as said."""
        now = self._now()
        if len(self._said) >= MOST:
            self._said = {one: at for one, at in self._said.items() if now - at < self._pause}
        known = self._said.get((place, key))
        if (known is not None and now - known < self._pause) or len(self._said) >= MOST:
            return False
        self._said[place, key] = now
        return True
