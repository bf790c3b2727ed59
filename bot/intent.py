"""Intent: what a request asks to be done, if it concerns us at all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from adapters.base import NOTHING, Answer
from bot import announcing, commands, doubting, references, scribing
from bot.acts import discussing, linking, slots, voting
from bot.learning import interview
from bot.limits import Kind
from bot.presses import press
from bot.turn import Turn
from decisions.model import Post, PostKind
from decisions.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done, and as what it counts; `kind` None: it does not."""

    run: Callable[[], Answer]
    kind: Kind | None = None


def asked(turn: Turn) -> Act | None:
    """What is to be done; None: nothing that concerns us was said."""
    request = turn.request
    if (code := linking.shown_in_room(turn)) is not None:
        return Act(partial(linking.burn, turn, code))
    if turn.room is not None and turn.room.announce:
        run = announcing.asked(turn, turn.room)
        return run and Act(run, Kind.PRESS if request.press else Kind.COMMAND)
    if request.removed:
        return Act(partial(_removed, turn))
    if request.taps is not None:
        return Act(partial(voting.taps, turn, request.taps))
    if request.press:
        return Act(lambda: press(turn, request.press), Kind.PRESS)
    return _said(turn) if request.text else None


def _said(turn: Turn) -> Act | None:
    text, post = turn.request.text, references.answered_post(turn)
    counted = None if turn.request.edited else Kind.COMMAND
    tagged = scribing.asked(turn)
    if turn.request.edited and discussing.follows(turn):
        return Act(partial(discussing.follow, turn, tagged))
    if tagged is not None:
        return Act(tagged, counted and Kind.NOTE)
    if turn.doubt is None and (doubting.unclear(turn) or doubting.asked_last(turn, interview.asked_at(turn))):
        return Act(lambda: doubting.said(turn) or NOTHING)
    own = commands.is_of_their_own(text, turn.languages)
    if turn.doubt is None and not own and interview.open_for(turn):
        return Act(partial(interview.answered, turn), counted)
    try:
        command = commands.parse(text, turn.languages, private=turn.request.private)
    except Refusal as no:
        return Act(partial(_refuse, no), counted)
    if command is None and post is not None:
        command = commands.reply(text, turn.languages)
    if turn.request.edited:
        return Act(lambda: discussing.edited(turn, command))
    if command is not None:
        return Act(partial(command.run, turn, command.words), counted)
    return _talked(turn, post)


def _talked(turn: Turn, post: Post | None) -> Act | None:
    text = turn.request.text
    if post is not None and post.kind is PostKind.REASON:
        return Act(partial(voting.replied, turn, post, text))
    if (marked := slots.replied(turn, text)) is not None:
        return Act(marked, Kind.COMMAND)
    if interview.awaits(turn):
        return Act(partial(interview.answered, turn), Kind.COMMAND)
    if turn.request.private:
        return Act(lambda: doubting.said(turn) or voting.awaited(turn, text) or turn.done("private-talk"))
    said = discussing.heard(turn) or scribing.listened(turn)
    return said and Act(said)


def _removed(turn: Turn) -> Answer:
    """A message is no more: each thing that it did or said is undone."""
    discussing.forget(turn)
    return scribing.removed(turn) or discussing.removed(turn)


def _refuse(no: Refusal) -> Answer:
    raise no
