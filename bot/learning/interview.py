"""Interview: somebody is asked for a lesson in private, one question after another, for as long as they like."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.base import Answer, Card, Part, Style, Verdict
from bot import doubting
from bot.alike import holding
from bot.alike.finding import Sought
from bot.alike.holding import HeldUp
from bot.alike.naming import Named
from bot.learning import drafts, filing, finding, questions
from bot.learning.drafts import FILED, KEYS, WORDS
from bot.learning.questions import BOTH, WORKED
from bot.meeting.spans import folded
from bot.references import id_in
from bot.turn import Standing, Turn
from decisions import lessons as rules
from decisions.model import Draft, Poll, Review, Thing
from decisions.refusals import NoGroup, QuestionOver
from decisions.wording import line

SHORT = ("region", "topic")
"""Those of them that a single word answers, whatever else it means."""

PRESS = re.compile(r"learn:(?P<asked>[a-z]+)=(?P<said>[a-z]+|\d{1,9})")
SIGNED = re.compile(r"\s*[!/]\w")
CONTROLS = ("stop", "skip", "enough")


# -- beginning --------------------------------------------------------------------------------------------------------


def begin(
    turn: Turn, worked: bool | None, words: Mapping[str, str] | None = None, *, filed: str | None = None
) -> Answer:
    """Ask for a lesson, of which these words are said. `filed`: they are all, and only the group is not known."""
    standings = (turn.here(),) if turn.room is not None else finding.own(turn)
    if not standings:
        raise NoGroup
    said = dict(rules.cleaned(words or {}))
    if len(standings) == 1:
        said["group"] = str(standings[0].group.id)
    if worked is not None:
        said["worked"] = _named(worked)
    if filed is not None:
        said[FILED] = filed
    doubting.let_go(turn)
    draft = drafts.made(turn, standings[0].group.id, worked, None, said)
    answer = _go_on(turn, draft)
    return answer if turn.request.private else replace(answer, alone="learn:ask")


def more(turn: Turn, poll_id: int) -> Answer:
    """A press on the button that lets somebody say more of a decision than whether it worked."""
    for standing in finding.own(turn):
        poll = turn.work.get(Poll, id=poll_id, group_id=standing.group.id)
        if poll is not None and turn.work.all(Review, poll_id=poll.id):
            begun = drafts.waiting(turn)
            if begun is not None and begun.poll_id == poll.id:
                return questions.asked(turn, begun)  # pressed again: what was said so far stays
            return _go_on(turn, drafts.made(turn, standing.group.id, None, poll.id, {}))
    raise QuestionOver


# -- asking -----------------------------------------------------------------------------------------------------------


def ask(turn: Turn) -> Answer:
    """The open question, once more."""
    return questions.asked(turn, drafts.open_for(turn))


def _go_on(turn: Turn, draft: Draft) -> Answer:
    """Ask the next question; after the last one, file it."""
    asked = drafts.next_question(draft)
    if not asked:
        return _file(turn, draft)
    turn.work.get(Draft, platform=draft.platform, user=draft.user)  # what was asked before is asked no more
    kept = replace(
        drafts.saying(draft, {KEYS: "\n".join((*drafts.requests(draft), turn.key))}), asked=asked, at=turn.now
    )
    turn.work.put(kept)
    return questions.asked(turn, kept)


# -- being answered ---------------------------------------------------------------------------------------------------


def open_for(turn: Turn) -> bool:
    """Whether these words answer a question of ours, whatever they begin with: many a lesson begins as a command does. A
    command in between stands behind its sign, before an id, or alone where a single word is no likely answer; of those about
    whoever says it, this is not asked."""
    text = turn.request.text.strip()
    if not awaits(turn) or SIGNED.match(text):
        return False
    rest = text.partition(" ")[2].strip()
    if not rest:
        return _control(turn, text) != "" or drafts.open_for(turn).asked in SHORT
    return not id_in(rest) or _control(turn, text) != ""


def awaits(turn: Turn) -> bool:
    """Whether a question of ours is open that a single word may answer."""
    return turn.request.private and not turn.request.edited and drafts.waiting(turn) is not None


def asked_at(turn: Turn) -> datetime | None:
    """When the open question was put; None: there is none."""
    draft = drafts.waiting(turn) if awaits(turn) else None
    return draft.at if draft else None


def answered(turn: Turn) -> Answer:
    """Words that answer the open question."""
    draft, text = drafts.open_for(turn), turn.request.text.strip()
    if (says := _control(turn, text)) != "":
        return _told(turn, draft, says)
    if draft.asked in WORDS:
        return _go_on(turn, drafts.saying(draft, rules.cleaned({draft.asked: text})))
    return _told(turn, draft, _meant(turn, draft, text))


def _control(turn: Turn, text: str) -> str:
    """Whether words say what one of the buttons does that stand under every question; empty: they do not."""
    said = folded(text.rstrip(" .!"))
    labels = ((one, folded(turn.reader.say(f"button-lesson-{one}"))) for one in CONTROLS)
    return next((one for one, label in labels if said in (one, label)), "")


def pressed(turn: Turn, asked: str, says: str) -> Answer:
    """A button under a question. Of an earlier one, the one that is open now is shown instead."""
    draft = drafts.open_for(turn)
    if not turn.request.private or (asked != draft.asked and says != "stop"):
        return questions.asked(turn, draft)
    return _told(turn, draft, says)


def _told(turn: Turn, draft: Draft, says: str) -> Answer:
    if says == "stop":
        turn.work.drop(draft)
        return _in_place(turn, Answer(Verdict.DONE, turn.reader.say("ask-lesson-stopped"), looked=True))
    if says == "enough" and draft.asked in WORDS[1:]:
        left = {one: "" for one in WORDS if one not in drafts.said(draft)}
        return _go_on(turn, drafts.saying(draft, left))
    if says == "skip" and draft.asked in WORDS[1:]:
        return _go_on(turn, drafts.saying(draft, {draft.asked: ""}))
    if draft.asked == "worked" and says in WORKED:
        return _go_on(turn, replace(drafts.saying(draft, {"worked": says}), worked=WORKED[says]))
    if draft.asked == "name" and says in ("yes", "no"):
        return _go_on(turn, drafts.saying(draft, {"name": says}))
    if draft.asked == "group" and says in {str(one.group.id) for one in finding.own(turn)}:
        return _go_on(turn, replace(drafts.saying(draft, {"group": says}), group_id=int(says)))
    return questions.asked(turn, draft)


def _meant(turn: Turn, draft: Draft, text: str) -> str:
    """What words say where buttons would do: yes, no, or a group by its name or its place among those that were shown."""
    text = text.rstrip(" .!")
    if draft.asked == "group":
        own = enumerate((one.group for one in finding.own(turn)), 1)
        named = [group for place, group in own if folded(text) in (folded(group.name), str(place))]
        return str(named[0].id) if len(named) == 1 else ""
    labels = {
        "worked": {"button-worked": "yes", "button-failed": "no", "button-lesson-both": BOTH},
        "name": {"button-lesson-named": "yes", "button-lesson-nameless": "no"},
    }[draft.asked]
    for key, says in labels.items():
        if folded(text) == folded(turn.reader.say(key)):
            return says
    wish = turn.reader.wish(text)
    return text if wish is None else _named(wish)


# -- ending -----------------------------------------------------------------------------------------------------------


def _file(turn: Turn, draft: Draft) -> Answer:
    """Nothing of the draft is left once it is filed."""
    said = drafts.said(draft)
    words = {one: said[one] for one in (*rules.SAID, *rules.WHERE) if said.get(one)}
    turn.work.drop(*turn.work.all(Draft, platform=draft.platform, user=draft.user))
    standing = _standing(turn, draft.group_id)
    if draft.poll_id is not None:
        return _in_place(turn, _added(turn, standing, draft, words))
    nameless = not said.get(FILED) if FILED in said else said.get("name") == "no"
    if nameless:
        return _in_place(turn, filed_nameless(turn, standing, words, draft.worked, drafts.requests(draft)))
    try:
        return _in_place(turn, filed(turn, standing, words, draft.worked))
    except HeldUp as held:
        press = f"learn:group={draft.group_id}" if FILED in said else "learn:name=yes"
        raise HeldUp(held.found, press, words["tried"]) from None


def filed(turn: Turn, standing: Standing, words: Mapping[str, str], worked: bool | None) -> Answer:
    """File it, and say so to whoever did."""
    found = _alike(turn, standing, words)
    made = filing.file(turn, standing, words, worked=worked)
    answer = turn.done("ack-lesson", made.ref, standing.group.name)
    return holding.after(turn, standing, found, (Thing.LESSON, made.id), answer)


def filed_nameless(
    turn: Turn, standing: Standing, words: Mapping[str, str], worked: bool | None, requests: Sequence[str] = ()
) -> Answer:
    """The same without a name. `requests`: the keys of those in which it was told."""
    found = _alike(turn, standing, words)
    made = filing.file_nameless(turn, standing, words, worked=worked, requests=requests)
    answer = turn.done("ack-lesson-nameless", made.ref, standing.group.name)
    return holding.after(turn, standing, found, (Thing.LESSON, made.id), answer, at_once=True, nameless=True)


def _alike(turn: Turn, standing: Standing, words: Mapping[str, str]) -> tuple[Named, ...]:
    """What others have told that it looks like."""
    sought = Sought(thing=Thing.LESSON, title=line(words.get("tried", "")), text=words.get("text", ""))
    return holding.found(turn, standing, sought)


def _added(turn: Turn, standing: Standing, draft: Draft, words: Mapping[str, str]) -> Answer:
    """What is said of a decision besides whether it worked goes into its lesson, without a name."""
    turn.work.unsee([*drafts.requests(draft), *filing.keys(turn)])
    lesson = filing.looked_back(turn.work, draft.poll_id or 0, standing.group.id, turn.now, turn.salt)
    if lesson is None or not words:
        return Answer(Verdict.DONE, turn.reader.say("ask-lesson-stopped"), looked=True)
    turn.work.traceless = True
    return turn.done("ack-lesson-more", filing.add(turn, lesson, words).ref)


def _in_place(turn: Turn, answer: Answer) -> Answer:
    """Where a button was pressed, its question gives way to what came of it."""
    if not turn.request.press:
        return answer
    return replace(answer, card=Card((Part(Style.LINE, answer.text),), (), turn.reader.language))


def _standing(turn: Turn, group_id: int) -> Standing:
    """Who they are in the group that will have it. Raises QuestionOver where they have left it since."""
    found = next((one for one in finding.own(turn) if one.group.id == group_id), None)
    if found is None:
        raise QuestionOver
    return found


def _named(worked: bool) -> str:
    return "yes" if worked else "no"
