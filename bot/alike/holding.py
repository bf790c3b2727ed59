"""Holding: what looks like something else waits until its author, who alone is shown that, says what they want."""

from dataclasses import replace

from adapters.base import Answer
from bot import meant
from bot.alike import finding, naming, relating
from bot.alike.finding import Sought
from bot.alike.naming import Key, Named
from bot.turn import Standing, Turn


class HeldUp(Exception):  # noqa: N818 - it is no error: whoever asked says how to go on
    """What was asked for looks like these; nothing is done yet. `press`, `title`: where several answers asked for it, the one
    press that does so once more, and what it is called."""

    def __init__(self, found: tuple[Named, ...], press: str = "", title: str = "") -> None:
        super().__init__(found)
        self.found, self.press, self.title = found, press, title


def found(turn: Turn, standing: Standing, sought: Sought) -> tuple[Named, ...]:
    """What looks like it; nothing, where its author was shown that already. To be asked before it is put."""
    return () if meant.gone_on() is not None else finding.found(turn, standing, sought)


def after(
    turn: Turn,
    standing: Standing,
    found: tuple[Named, ...],
    made: Key,
    answer: Answer,
    *,
    at_once: bool = False,
    nameless: bool = False,
) -> Answer:
    """What comes of something that was put now, after all that could be refused. Where it looks like what was `found`, it is
    held up, and undone by that; put `at_once`, it is only said beside the answer. `nameless`: nobody may know who put it.

    Raises HeldUp.
    """
    if found and not at_once:
        raise HeldUp(found)
    if not nameless:
        _link(turn, standing, made)
    return _beside(turn, found, answer)


def _beside(turn: Turn, found: tuple[Named, ...], answer: Answer) -> Answer:
    """The same, and beside it, for the author alone, what it looks like."""
    if not found:
        return answer
    lines = [naming.line(one, turn.reader, finding.here(turn)) for one in found]
    told = "\n".join([answer.text, turn.reader.say("alike-beside"), *lines])
    return replace(answer, text=told, looked=True, secret=True)


def _link(turn: Turn, standing: Standing, made: Key) -> None:
    """Where its author wanted that, link what was put now to what it looks like, if that is still there to be seen."""
    mark = meant.gone_on()
    other = naming.marked(turn.work, mark) if mark else None
    if other is not None and finding.is_seen(turn, other):
        relating.relate(turn, standing, made, other.key)
