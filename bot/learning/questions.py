"""Questions: how one is put, in words and with buttons."""

from collections.abc import Mapping

from adapters.base import Answer, Button, Card, Part, Rows, Style, Verdict
from bot.learning import finding
from bot.learning.drafts import ABOUT_DECISION, WORDS
from bot.turn import Turn
from decisions.model import Draft, Poll

BOTH = "both"
WORKED: Mapping[str, bool | None] = {"yes": True, "no": False, BOTH: None}


def asked(turn: Turn, draft: Draft) -> Answer:
    """The open question of a draft, in its place where a button was pressed."""
    reader = turn.reader
    rows = _buttons(turn, draft)
    text = f"{reader.say(f'ask-lesson-{draft.asked}', *_stands(turn, draft))}\n{_how(turn, draft, rows)}"
    card = Card((Part(Style.LINE, text),), rows, reader.language)
    return Answer(Verdict.DONE, text, rows, looked=True, card=card if turn.request.press else None)


def _stands(turn: Turn, draft: Draft) -> tuple[str, ...]:
    if draft.poll_id is None:
        return ()
    return (f"D-{turn.work.the(Poll, id=draft.poll_id).decision}",) if draft.asked == ABOUT_DECISION[0] else ()


def _how(turn: Turn, draft: Draft, rows: Rows) -> str:
    """How to answer, in words too: where nothing can be pressed, they are all there is."""
    labels = [one.label for row in rows for one in row]
    if draft.asked == "group":
        labels[:-1] = [f"{number}. {label}" for number, label in enumerate(labels[:-1], 1)]
    in_words = "ask-lesson-first" if draft.asked == "tried" else "ask-lesson-how"
    return turn.reader.say(in_words if draft.asked in WORDS else "ask-lesson-choose", " · ".join(labels))


def _buttons(turn: Turn, draft: Draft) -> Rows:
    def button(key: str, says: str, *args: object) -> Button:
        return turn.button(key, f"learn:{draft.asked}={says}", *args)

    stop = button("button-lesson-stop", "stop")
    if draft.asked == "group":
        groups = [Button(one.group.name[:40], f"learn:group={one.group.id}") for one in finding.own(turn)]
        return (*((one,) for one in groups), (stop,))
    if draft.asked == "worked":
        keys = (("button-worked", "yes"), ("button-failed", "no"), ("button-lesson-both", BOTH))
        return (*((button(key, says),) for key, says in keys), (stop,))
    if draft.asked == "name":
        return ((button("button-lesson-named", "yes"),), (button("button-lesson-nameless", "no"),), (stop,))
    if draft.asked == "tried":
        return ((stop,),)
    return ((button("button-lesson-skip", "skip"), button("button-lesson-enough", "enough")), (stop,))
