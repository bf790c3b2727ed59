"""Privacy: what is kept, everything that is kept on me, and forgetting me."""

import re

from adapters.base import Answer, Card, Part, Style, Verdict
from bot import erasing, mydata
from bot.later import later
from bot.turn import Standing, Turn
from decisions import groups
from decisions.model import Person
from decisions.refusals import UnknownButton, UnknownSetting
from storage import finding
from storage.whose import whose
from storage.work import Work

ALL, NOW, ME = "all", "now", "me"


def privacy(turn: Turn, given: str) -> Answer:
    """`privacy`: what is recorded, for how long, who sees it, and how to get at it and out of it."""
    return _said(turn, turn.reader.say("privacy"))


def my_data(turn: Turn, given: str) -> Answer:
    """`mydata`: everything stored on me, as a file, in private wherever it is asked for."""

    def made(work: Work) -> Answer:
        file = mydata.file(work, work.the(Person, id=turn.person.id))
        return Answer(Verdict.DONE, turn.reader.say("mydata", file.name), looked=True, file=file)

    return later(turn, made)


def forget(turn: Turn, given: str) -> Answer:
    """`forget me`: what would go, and how to go on; `forget me all`: proposals too; `forget me now`: it is done."""
    asked = _asked(turn, given)
    if NOW not in asked:
        return _ask(turn, ALL in asked)
    return _said(turn, _forgotten(turn, ALL in asked))


def pressed(turn: Turn, found: re.Match[str]) -> Answer:
    """A press on the button that goes on. It forgets only whom it was shown to."""
    if int(found[1]) != turn.person.id:
        raise UnknownButton
    card = Card((Part(Style.LINE, _forgotten(turn, found[2] == ALL)),), (), turn.reader.language)
    return Answer(Verdict.DONE, card=card)


def _asked(turn: Turn, given: str) -> set[str]:
    """What was written behind `forget`, in the reader's language or in English."""
    own = {turn.reader.say(f"forget-{one}").casefold(): one for one in (ALL, NOW)}
    words = [own.get(one, one) for one in given.casefold().split()]
    if not set(words) <= {ME, ALL, NOW} or len(words) != len(set(words)):
        raise UnknownSetting(given[:40], ("forget me", "forget me all"))
    return set(words)


def _ask(turn: Turn, words: bool) -> Answer:
    which = ALL if words else ME
    lines = [turn.reader.say(f"forget-sure-{which}"), *(line for one in turn.standings if (line := _after(turn, one)))]
    lines.append(turn.reader.say(f"forget-how-{which}"))
    button = turn.button(f"button-forget-{which}", f"forget{turn.person.id}:{which}")
    return Answer(Verdict.DONE, "\n".join(lines), ((button,),), looked=True)


def _after(turn: Turn, standing: Standing) -> str:
    """Who looks after a group whose last facilitator goes."""
    member, group = standing.member, standing.group
    if not groups.is_facilitator(member) or set(finding.facilitators(turn.work, group.id)) != {member.id}:
        return ""
    next_ = erasing.successor(turn.work, group.id, whose(turn.work, turn.person).ids)
    if next_ is None:
        return turn.reader.say("forget-nobody", group.name)
    return turn.reader.say("forget-successor", group.name, finding.named(turn.work, (next_.id,))[next_.id][0])


def _forgotten(turn: Turn, words: bool) -> str:
    erasing.erase(turn.work, turn.person, turn.now, turn.salt, words=words, own=True)
    return turn.reader.say("forgotten-you")


def _said(turn: Turn, text: str) -> Answer:
    return Answer(Verdict.DONE, text, looked=True)
