"""Peers: offering something to others, asking for something, and saying whether one wants to meet who may fit."""

import re
from dataclasses import replace

from adapters.base import Answer, Button, Card, Part, Rows, Style, Verdict
from bot import references
from bot.acts import voting
from bot.peers import questions, seeking
from bot.turn import Turn
from decisions import peers
from decisions.model import Help, Introduction, PostKind, Side
from decisions.refusals import NoGroup, SayItAlone, UnknownButton, UnknownHelp, UnknownIntroduction, UnknownSetting
from storage import peering

MOST_SHOWN = 5
"""How many of others are shown at once, and in a day."""

SIGNS = ("!", "/")
"""What a command begins with that can be nothing else."""

END, RENEW = "end", "renew"
ASKED = re.compile(r"(?P<word>[^\W\d_]+)\s+(?P<number>\d{1,9})")


# -- filing -----------------------------------------------------------------------------------------------------------


def offer(turn: Turn, words: str) -> Answer:
    """`offer WORDS`."""
    return _file(turn, words, Side.OFFER)


def ask(turn: Turn, words: str) -> Answer:
    """`ask WORDS`."""
    return _file(turn, words, Side.ASK)


def _file(turn: Turn, words: str, side: Side) -> Answer:
    asks_why = references.answered_post(turn)
    if asks_why is not None and asks_why.kind is PostKind.REASON and turn.request.text.strip()[:1] not in SIGNS:
        return voting.replied(turn, asks_why, turn.request.text)  # many a reason begins so, and is none for strangers
    _check(turn, side.value)
    id_ = peers.number(turn.salt())
    while turn.work.get(Help, id=id_) is not None:
        id_ = peers.number(turn.salt())
    filed = peers.file(_mine(turn), turn.person.id, side, words, turn.reader.language, turn.now, id_=id_)
    turn.work.put(filed)
    button = turn.button("button-peer-back", f"help{filed.id}:{END}")
    text = turn.reader.say(f"peer-filed-{side.value}", filed.text, _until(turn, filed))
    return Answer(Verdict.DONE, text, ((button,),), looked=True)


def _check(turn: Turn, word: str) -> None:
    """Refuse what others could hear, and who is in no group: whoever offers or asks is one of those who decide with us."""
    if not turn.request.private:
        raise SayItAlone(word)
    if not any(one.present for one in turn.standings):
        raise NoGroup


def _mine(turn: Turn) -> list[Help]:
    return sorted(turn.work.all(Help, person_id=turn.person.id), key=lambda one: (one.at, one.id))


# -- what there is ----------------------------------------------------------------------------------------------------


def offers(turn: Turn, words: str) -> Answer:
    """`offers`: mine, and a few of others; `offers end 1`, `offers renew 1`; `offers yes 482913`."""
    return _list(turn, words, Side.OFFER)


def asks(turn: Turn, words: str) -> Answer:
    """The same of what is asked for."""
    return _list(turn, words, Side.ASK)


def _list(turn: Turn, words: str, side: Side) -> Answer:
    if words:
        return _told(turn, words, side)
    _check(turn, f"{side.value}s")
    mine, reader = _shown(turn, side), turn.reader
    lines = [reader.say(f"peer-own-{side.value}" if mine else f"peer-none-{side.value}")]
    lines += [_line(turn, place, one) for place, one in enumerate(mine, 1)]
    others = peers.shuffled(peering.listed(turn.work, side), turn.person.id, turn.now, MOST_SHOWN)
    lines += [reader.say(f"peer-others-{side.value}")] if others else []
    lines += [reader.say("peer-other", one.text) for one in others]
    lines += [reader.say(f"peer-next-{side.value}")]
    lines += [reader.say(f"peer-end-{side.value}")] if mine and peers.is_open(mine[0], turn.now) else []
    return Answer(Verdict.DONE, "\n".join(lines), _buttons(turn, mine), looked=True)


def _shown(turn: Turn, side: Side) -> list[Help]:
    """Mine of one side that is open, or can be renewed."""
    now = turn.now
    return [
        one for one in _mine(turn) if one.side is side and (peers.is_open(one, now) or peers.is_renewable(one, now))
    ]


def _line(turn: Turn, place: int, one: Help) -> str:
    if peers.is_open(one, turn.now):
        return turn.reader.say("peer-mine", place, one.text, _until(turn, one))
    return turn.reader.say("peer-mine-over", place, one.text)


def _until(turn: Turn, one: Help) -> str:
    """The day on which it is over."""
    return turn.reader.day(one.ends_at) if one.ends_at is not None else ""


def _buttons(turn: Turn, mine: list[Help]) -> Rows:
    """One a row: so every platform has a sign for it."""
    rows: list[tuple[Button, ...]] = []
    for place, one in enumerate(mine, 1):
        act = END if peers.is_open(one, turn.now) else RENEW
        rows.append((turn.button(f"button-peer-{act}", f"help{one.id}:{act}", place),))
    return tuple(rows)


def _told(turn: Turn, words: str, side: Side) -> Answer:
    """What is written behind `offers` or `asks`."""
    _check_alone(turn, side)
    own = {turn.reader.say(f"peer-word-{one}").casefold(): one for one in (END, RENEW)}
    found = ASKED.fullmatch(words.strip())
    word = found["word"].casefold() if found else ""
    act, wish = own.get(word, word), turn.reader.wish(word)
    if found and wish is not None:
        return _answer(turn, int(found["number"]), wish, pressed=False)
    if not found or act not in (END, RENEW):
        raise UnknownSetting(words[:40], tuple(f"{side.value}s {one} 1" for one in (END, RENEW)))
    mine = _shown(turn, side)
    if not 1 <= int(found["number"]) <= len(mine):
        raise UnknownHelp(found["number"], f"{side.value}s")
    return _changed(turn, mine[int(found["number"]) - 1], act)


def _check_alone(turn: Turn, side: Side) -> None:
    if not turn.request.private:
        raise SayItAlone(f"{side.value}s")


# -- ending and renewing ----------------------------------------------------------------------------------------------


def pressed(turn: Turn, id_: int, act: str) -> Answer:
    """A press on end, take back, or renew: by whoever filed it alone."""
    found = turn.work.get(Help, id=id_, person_id=turn.person.id)
    if found is None or not (found.text and turn.request.private):
        raise UnknownButton
    answer = _changed(turn, found, act)
    return replace(answer, card=Card((Part(Style.LINE, answer.text),), (), turn.reader.language))


def _changed(turn: Turn, help_: Help, act: str) -> Answer:
    if act == END:
        seeking.end(turn.work, help_)
        return replace(turn.done("ack-peer-end", help_.text), looked=True)
    _check(turn, f"{help_.side.value}s")
    renewed = peers.renew(help_, _mine(turn), turn.now)
    turn.work.put(renewed)
    return replace(turn.done("ack-peer-renew", renewed.text, _until(turn, renewed)), looked=True)


# -- whether I want to meet them --------------------------------------------------------------------------------------


def answered(turn: Turn, number: int, yes: bool) -> Answer:
    """A press on yes or no."""
    return _answer(turn, number, yes, pressed=True)


def _answer(turn: Turn, number: int, yes: bool, *, pressed: bool) -> Answer:
    """What I read and what I may do is found by my own question alone; of the other side it is only asked whether both
    want it by now."""
    post = questions.of_person(turn.work, turn.person, number)
    if post is None:
        raise UnknownButton if pressed else UnknownIntroduction(str(number))
    state = questions.of(post).state
    if state in (questions.ASKED, questions.YES, questions.NO):
        mine = questions.stands(turn.work, post, turn.now)
        state = questions.OVER if mine is None else _wished(turn, number, mine, yes)
        post = questions.in_state(post, state, again=not pressed)
        turn.work.put(post)
    card = questions.card(turn.work, post, turn.reader, turn.now)
    return Answer(Verdict.DONE, card.text, card.buttons, looked=True, card=card if pressed else None)


def _wished(turn: Turn, number: int, mine: Help, yes: bool) -> str:
    """Keep the answer; what my question says then."""
    said = questions.YES if yes else questions.NO
    introduction = turn.work.get(Introduction, id=number)
    if introduction is None or mine.id not in (introduction.offer_id, introduction.ask_id):
        return said
    introduction = peers.answer(introduction, mine.side, yes)
    theirs = questions.of_side(turn.work, introduction, seeking.OTHER[mine.side])
    met = peers.is_mutual(introduction) and theirs is not None and questions.stands(turn.work, theirs, turn.now)
    turn.work.put(introduction)
    if not met or theirs is None:
        return said
    questions.tell(turn.work, theirs)
    return questions.MET
