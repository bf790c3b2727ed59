"""Asking: whoever put what looks like something else is shown that alone, and says how it is to go on.

It goes out, is linked to the other, or they rather join the other.
"""

import re
from dataclasses import replace

from adapters.base import Answer, Button, Card, Part, Rows, Style, Verdict
from bot import kept, views
from bot.acts import alone
from bot.alike import finding, naming
from bot.alike.holding import HeldUp
from bot.alike.naming import Named
from bot.learning import telling
from bot.meant import GONE_ON
from bot.meeting import invited
from bot.reader import Reader, short
from bot.turn import Turn
from decisions.model import Doubt, Draft, Lesson, Meeting, Poll, Stage
from decisions.refusals import DoubtOver
from storage.record import record

PRESS = re.compile(r"sure(?P<doubt>\d{1,9}):(?:go|link=(?P<mark>(?:poll|meeting|lesson):\d{1,9}))")
JOIN = re.compile(r"sure(?P<doubt>\d{1,9}):join=(?P<mark>(?:poll|meeting|lesson):\d{1,9})")
INTERVIEW = "learn:"
"""With this begin the presses that answer the questions for a lesson."""

SAID = re.compile(r"(?P<word>[^\d]+?)\s*(?P<which>\d?)[\s.!]*")
"""`go on`, `link`, `link 2`, `join 1`."""


# -- asked ------------------------------------------------------------------------------------------------------------


def asked(turn: Turn, doubt: Doubt) -> Answer:
    """What it looks like, and what can be done, for its author alone; where that cannot be told them, it goes out."""
    reader, found = turn.reader, there(turn, doubt)
    here = finding.here(turn)
    title = short(doubt.text.partition("\n")[0], naming.TITLE)
    lines = [reader.say("alike-heading", title)]
    for number, one in enumerate(found, 1):
        lines.append(reader.say("alike-number", number, naming.line(one, reader, here)))
    lines.append(_how(found, reader))
    go = (Button(reader.say("button-alike-go"), f"sure{doubt.id}:go"),)
    rows: Rows = (*(_row(doubt, one, here, reader) for one in found), go)
    text = "\n".join(lines)
    return Answer(
        Verdict.DONE,
        text,
        rows,
        looked=True,
        card=Card((Part(Style.LINE, text),), rows, reader.language) if turn.request.press else None,
        alone=f"sure{doubt.id}:ask",
        secret=True,
        untold=f"sure{doubt.id}:go",
    )


def _row(doubt: Doubt, one: Named, here: int | None, reader: Reader) -> tuple[Button, ...]:
    joins = one.open or isinstance(one.noun, Meeting)
    key = "button-alike-join" if joins else "button-alike-look"
    return (
        Button(reader.say(key, one.ref(here)), f"sure{doubt.id}:join={one.mark}"),
        Button(reader.say("button-alike-link", one.ref(here)), f"sure{doubt.id}:link={one.mark}"),
    )


def _how(found: list[Named], reader: Reader) -> str:
    number = "" if len(found) == 1 else " 1"
    link, join = (f"{reader.say(key)}{number}" for key in ("alike-word-link", "alike-word-join"))
    return reader.say("alike-how", reader.say("alike-word-go"), link, join, reader.say("option-no").casefold())


def there(turn: Turn, doubt: Doubt) -> list[Named]:
    """What it looks like, as far as that is still there to be seen."""
    found, groups = [naming.marked(turn.work, one) for one in doubt.alike], finding.seen(turn)
    return [one for one in found if one is not None and one.group.id in groups]


# -- said -------------------------------------------------------------------------------------------------------------


def settled(turn: Turn, doubt: Doubt) -> str | None:
    """What stands for how to go on, where a press or words say it; None: they do not."""
    pressed = PRESS.fullmatch(turn.request.press)
    if pressed is not None:
        mark = pressed["mark"] or ""
        return GONE_ON + mark if not mark or mark in doubt.alike else None
    word, which = _words(turn)
    if word == "go":
        return GONE_ON
    return _mark(turn, doubt, which, GONE_ON) if word == "link" else None


def answered(turn: Turn, doubt: Doubt) -> Answer | None:
    """Words that answer without letting it go on: they join the other, or cannot be understood; None: they are no answer."""
    word, which = _words(turn)
    if word == "join" and (mark := _mark(turn, doubt, which)) is not None:
        return joined(turn, doubt, mark)
    if word or _wish(turn):
        return asked(turn, doubt)
    return None


def speaks(turn: Turn) -> bool:
    """Whether words are about what waits, whatever they say of it."""
    return bool(_words(turn)[0]) or _wish(turn) is not None


def _wish(turn: Turn) -> bool | None:
    return turn.reader.wish(turn.request.text.strip(" .!"))


def let_be(turn: Turn, doubt: Doubt) -> None:
    """Keep it no longer, nor what was answered to have it."""
    kept.drop(turn.work, doubt)
    if doubt.alike and doubt.words.startswith(INTERVIEW):
        turn.work.drop(*turn.work.all(Draft, platform=doubt.platform, user=doubt.user))


def unclear(turn: Turn, doubt: Doubt) -> bool:
    """Whether a word that is a command as well was meant for us, though it does not say which."""
    return _words(turn)[0] == "link" and bool(there(turn, doubt))


def _mark(turn: Turn, doubt: Doubt, which: int, before: str = "") -> str | None:
    """The one that is meant: by its number among those that were shown, or as the only one."""
    found = there(turn, doubt)
    place = which - 1 if which else 0
    return before + found[place].mark if place < len(found) and (which or len(found) == 1) else None


def _words(turn: Turn) -> tuple[str, int]:
    """What a text says, as `link`, and the number behind it (0: none)."""
    found = SAID.fullmatch(turn.request.text.strip()[:40])
    if found is None:
        return "", 0
    said = found["word"].strip(" .,!").casefold()
    own = {turn.reader.say(f"alike-word-{word}").casefold(): word for word in ("go", "link", "join")}
    return ({"go on": "go", "link": "link", "join": "join"} | own).get(said, ""), int(found["which"] or 0)


def joined(turn: Turn, doubt: Doubt, mark: str) -> Answer:
    """They rather have the other: nothing was done, and it is shown with what they can do there."""
    one = naming.marked(turn.work, mark) if mark in doubt.alike else None
    if one is None or not finding.is_seen(turn, one):
        raise DoubtOver
    let_be(turn, doubt)
    answer = _shown(turn, one)
    text, rows = answer.told
    text = f"{turn.reader.say('alike-joined', one.ref(finding.here(turn)))}\n{text}"
    card = Card((Part(Style.LINE, text),), rows, turn.reader.language)
    return Answer(Verdict.DONE, text, rows, looked=True, card=card, secret=True)


def _shown(turn: Turn, one: Named) -> Answer:
    """The ballot of an open poll, a meeting with its answers, all there is to say about anything else."""
    turn = replace(turn, standings=turn.everywhere())
    standing, noun = finding.member_in(turn, one), one.noun
    if isinstance(noun, Poll):
        if standing is None:
            return Answer(Verdict.DONE, views.details(record(turn.work, noun, turn.now), turn.reader))
        return alone.ballot(turn, noun.id, 0) if one.open and turn.now < noun.closes_at else alone.details(turn, noun)
    if isinstance(noun, Meeting) and standing is not None and noun.stage in (Stage.ASKED, Stage.SET):
        return Answer(Verdict.DONE, card=invited.whole(turn.work, noun, standing.member, turn.reader))
    if isinstance(noun, Lesson):
        ref = one.ref(finding.here(turn))
        return Answer(Verdict.DONE, telling.details(turn.work, noun, turn.reader, finding.seen(turn), ref))
    return Answer(Verdict.DONE, naming.line(one, turn.reader, finding.here(turn)))


def declined(turn: Turn, doubt: Doubt) -> str:
    """What is told where they let it be."""
    return turn.reader.say("alike-declined", short(doubt.text.partition("\n")[0], naming.TITLE))


def marks(held: HeldUp) -> tuple[str, ...]:
    """What is kept of what it looks like."""
    return tuple(one.mark for one in held.found)
