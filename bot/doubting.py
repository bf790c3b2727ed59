"""Doubting: a time that may mean several, or that is not sure, is shown back; whoever says which has what they asked for.

What looks like something that was put before waits in the same way, until its author says how it is to go on.
"""

import re
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime

from adapters.base import Answer, Button, Card, Part, Request, Style, Verdict
from bot import kept, meant, references, unrecorded
from bot.alike import asking
from bot.alike.holding import HeldUp
from bot.arriving import arrive
from bot.meant import Meant
from bot.reader import Reader
from bot.turn import Turn
from decisions.model import Doubt, Room
from decisions.refusals import DoubtOver, UnsureTime
from storage import finding

MOST = 3
"""How many readings are offered."""

MOST_SAID = 40
"""Longer words answer no question of ours."""

PRESS = re.compile(r"sure(?P<doubt>\d{1,9}):(?P<which>\d)")
SAID = re.compile(r"(?P<wish>[^\W\d]*)[\s.,:!]*(?P<which>\d?)[\s.!]*")
"""`yes`, `yes 2`, `2`, `no`."""


# -- asking -----------------------------------------------------------------------------------------------------------


def ask(turn: Turn, no: UnsureTime) -> Answer:
    """Keep what was asked for, in the place of anything kept before, and ask what its words for a time mean."""
    doubt = replace(_made(turn), words=no.words, readings=tuple(one.isoformat() for one in no.readings[:MOST]))
    known = kept.keep(turn.work, doubt)
    return replace(_asked(doubt, turn.reader), alone=f"sure{doubt.id}:ask", known=known)


def hold(turn: Turn, held: HeldUp) -> Answer:
    """Keep what was asked for, in the place of anything kept before, and show its author alone what it looks like."""
    made = _made(turn)
    press, text = held.press or turn.request.press, held.title or made.text
    doubt = replace(made, words=press, text=text, alike=asking.marks(held))
    known = kept.keep(turn.work, doubt)
    return replace(asking.asked(turn, doubt), known=known)


def _made(turn: Turn) -> Doubt:
    let_go(turn)
    request = turn.request
    return Doubt(
        id=kept.next_id(turn.work),
        platform=request.platform,
        user=request.user,
        chat=request.chat,
        private=request.private,
        text=request.text,
        message=request.message,
        reply_to=request.reply_to,
        thread=request.thread,
        words="",
        readings=(),
        settled=tuple(part for one in turn.meant for part in (one.words, str(one.which), one.at.isoformat())),
        at=turn.now,
    )


def show(turn: Turn, doubt_id: int) -> Answer:
    """Ask again."""
    return _again(turn, kept.own(turn, doubt_id))


def _again(turn: Turn, doubt: Doubt) -> Answer:
    return asking.asked(turn, doubt) if doubt.alike else _asked(doubt, turn.reader)


def _asked(doubt: Doubt, reader: Reader) -> Answer:
    times = [reader.at(one) for one in _readings(doubt)]
    yes, no = reader.say("option-yes"), reader.say("option-no")
    lines = [reader.say("doubt-one", doubt.words, *times) if len(times) == 1 else reader.say("doubt-many", doubt.words)]
    if len(times) > 1:
        lines += [reader.say("doubt-reading", number, one) for number, one in enumerate(times, 1)]
    how = "doubt-how-one" if len(times) == 1 else "doubt-how-many"
    lines.append(reader.say(how, yes.casefold(), no.casefold()))
    rows = tuple((Button(one, f"sure{doubt.id}:{place}"),) for place, one in enumerate(times))
    buttons = (*rows, (Button(no, f"sure{doubt.id}:no"),))
    return Answer(Verdict.DONE, "\n".join(lines), buttons, looked=True)


# -- being told -------------------------------------------------------------------------------------------------------


def resumed(turn: Turn, usual: Reader) -> Turn:
    """The turn in which it was asked for, where this one says which time was meant; else this turn itself."""
    told = _told(turn)
    if told is None or not _may_go_on(turn, told[0]):
        return turn
    (doubt, said), request = told, turn.request
    again = replace(
        request,
        text=doubt.text,
        press=doubt.words if doubt.alike else "",
        chat=doubt.chat,
        chat_name="",
        private=doubt.private,
        message=doubt.message,
        reply_to=doubt.reply_to,
        thread=doubt.thread,
        admin=request.admin and request.chat == doubt.chat,
    )
    first = arrive(turn.work, again, turn.now, turn.salt, usual)
    return replace(first, meant=(*_settled(doubt), said), doubt=doubt)


def carried_on(turn: Turn) -> AbstractContextManager[None]:
    """Inside, what was asked for is carried out with what its words were said to mean: once, for it is kept no longer."""
    if turn.doubt is None:
        return nullcontext()
    kept.drop(turn.work, turn.doubt)
    return meant.meaning(turn.meant)


def in_place(turn: Turn, request: Request, answer: Answer) -> Answer:
    """What came of it, in the place of the question where a button of that was pressed."""
    if turn.doubt is None or not request.press or answer.card is not None or not answer.text:
        return answer
    return replace(answer, card=Card((Part(Style.LINE, answer.text),), answer.buttons, turn.reader.language))


def said(turn: Turn) -> Answer | None:
    """Words that answer a question without settling it: `no`, or a `yes` that may mean several; None: they do not."""
    if (held := _held(turn)) is not None and (answer := asking.answered(turn, held)) is not None:
        return answer
    words = _words(turn)
    doubt = kept.latest(turn) if words else None
    if words is None or doubt is None:
        return None
    if words[0] is False:
        return declined(turn, doubt.id)
    return over() if _named(doubt, *words) is not None else show(turn, doubt.id)


def asked_last(turn: Turn, other: datetime | None) -> bool:
    """Whether words answer a question of ours, where another one was put earlier, that they would answer as well."""
    doubt = kept.latest(turn) if other is not None and _answers(turn) else None
    if doubt is None or other is None or doubt.at < other:
        return False
    return asking.speaks(turn) if doubt.alike else _words(turn) is not None


def unclear(turn: Turn) -> bool:
    """Whether words that would be a command are an answer that does not say enough: `link`, where several are alike."""
    held = _held(turn)
    return held is not None and asking.unclear(turn, held)


def joined(turn: Turn, doubt_id: int, mark: str) -> Answer:
    """A press says that they rather have what it looks like."""
    return asking.joined(turn, kept.own(turn, doubt_id), mark)


def declined(turn: Turn, doubt_id: int) -> Answer:
    """None of them was meant."""
    doubt = kept.own(turn, doubt_id)
    asking.let_be(turn, doubt)
    first = doubt.text.split("\n")[0][:80]
    text = asking.declined(turn, doubt) if doubt.alike else turn.reader.say("doubt-declined", first)
    return Answer(Verdict.DONE, text, looked=True, card=Card((Part(Style.LINE, text),), (), turn.reader.language))


def over() -> Answer:
    """It cannot be settled any more: it is not theirs, or too old, or they are no longer where they asked."""
    raise DoubtOver


def let_go(turn: Turn) -> None:
    """They asked for something newer: what waited waits no more."""
    kept.drop(turn.work, *turn.work.all(Doubt, platform=turn.request.platform, user=turn.request.user))


def follow(turn: Turn) -> None:
    """What was asked for in a message that is no more, or is off the record by now, waits no longer."""
    request = turn.request
    if not request.message or not (request.removed or (request.edited and unrecorded.off(request.text))):
        return
    for one in turn.work.all(Doubt, platform=request.platform, chat=request.chat, message=request.message):
        kept.drop(turn.work, one)
        turn.work.traceless = True


# -- which is meant ---------------------------------------------------------------------------------------------------


def _told(turn: Turn) -> tuple[Doubt, Meant] | None:
    """The question that a press or words settle, and what they say."""
    if (held := _held(turn)) is not None and (how := asking.settled(turn, held)) is not None:
        return held, Meant(how, 0, held.at)
    found, words = PRESS.fullmatch(turn.request.press), _words(turn)
    if found is not None:
        doubt = kept.find(turn, int(found["doubt"]))
        which = _place(doubt, int(found["which"])) if doubt else None
    else:
        doubt = kept.latest(turn) if words else None
        which = _named(doubt, *words) if doubt and words else None
    return None if doubt is None or which is None else (doubt, Meant(doubt.words, which, doubt.at))


def _held(turn: Turn) -> Doubt | None:
    """What waits for its author to say how it goes on, where a press or words may say that."""
    request = turn.request
    if (pressed := asking.PRESS.fullmatch(request.press)) is not None:
        doubt = kept.find(turn, int(pressed["doubt"]))
    else:
        doubt = kept.latest(turn) if _answers(turn) else None
    return doubt if doubt is not None and doubt.alike else None


def _answers(turn: Turn) -> bool:
    """Whether it may be an answer to a question of ours: short, new, and said to us alone."""
    request = turn.request
    may = request.private and request.text and not request.edited and len(request.text) <= MOST_SAID
    return bool(may) and references.answered_post(turn) is None


def _words(turn: Turn) -> tuple[bool | None, int] | None:
    """Yes or no, and the number behind it (0: none), said to us alone: in a room a `yes` is talk. None: something else."""
    request = turn.request
    found = SAID.fullmatch(request.text.strip()) if request.private and len(request.text) <= MOST_SAID else None
    if found is None or request.edited or references.answered_post(turn) is not None:
        return None
    wish, number = turn.reader.wish(found["wish"]), int(found["which"] or 0)
    meant_so = wish is not None or (number and not found["wish"])
    return (wish, number) if meant_so else None


def _named(doubt: Doubt, wish: bool | None, number: int) -> int | None:
    """The place of the reading that words name: by its number, or as the only one."""
    if wish is False or doubt.alike:
        return None
    return _place(doubt, number - 1) if number or len(doubt.readings) > 1 else 0


def _may_go_on(turn: Turn, doubt: Doubt) -> bool:
    """Whether they are still where they asked for it."""
    if doubt.private:
        return True
    caller = finding.caller(turn.work, doubt.platform, doubt.user, doubt.chat)
    return caller is not None and caller.present and _there(caller.room)


def _there(room: Room) -> bool:
    return room.gone_at is None and room.left_at is None


def _place(doubt: Doubt, which: int) -> int | None:
    return which if 0 <= which < len(doubt.readings) else None


def _readings(doubt: Doubt) -> list[datetime]:
    return [datetime.fromisoformat(one) for one in doubt.readings]


def _settled(doubt: Doubt) -> tuple[Meant, ...]:
    """What was said about other words in it before."""
    told = (doubt.settled[place : place + 3] for place in range(0, len(doubt.settled), 3))
    return tuple(Meant(words, int(which), datetime.fromisoformat(at)) for words, which, at in told)
