"""Again: apps send presses again under new ids, and messages under their old ones; nothing is done twice by that."""

from datetime import timedelta
from typing import Any

import pytest

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.lively import rows

PEOPLE = (Person(name="ana", role="facilitator"), Person(name="ben"), Person(name="cem"))
ALIKE = "translate the partnership statement into twelve languages"

Step = str
"""`WHO: WORDS` in the room, `WHO~ WORDS` alone, `WHO@ WORDS` in another group's room; `[PRESS]` presses; `+2d` lets days pass."""

DECIDED = ("ana: !propose Meet on Sundays", "ben: !agree P-1", "ana: !close P-1", "ana: !review D-1 2026-05-01")
LESSON = ("ana: !failed Paper forms",)
INTERVIEW = ("ben~ failed", "ben~ Tea")
TOLD = (*INTERVIEW, "ben~ [learn:text=enough]")
HELD = (f"ana: !propose {ALIKE.capitalize()}", f"ben: !propose {ALIKE.capitalize()}!")
UNSURE = ('ben: !propose --until "tomorrow at 6" Drink tea',)
ASKED = ("ana~ offer I can help write grant applications", "ben~ ask Somebody who can help write grant applications")
BOTH_ASKED = (*ASKED, "+2d")

PRESSED: dict[str, tuple[tuple[Step, ...], Step, str]] = {
    "asked alone": (("ben: !failed",), "ben~ [learn:ask]", "What did you try?"),
    "whether it worked": (("ben~ lesson",), "ben~ [learn:worked=no]", "What did you try?"),
    "skipped": (INTERVIEW, "ben~ [learn:text=skip]", "What happened?"),
    "enough": (INTERVIEW, "ben~ [learn:text=enough]", "That was the last question."),
    "stopped": (INTERVIEW, "ben~ [learn:text=stop]", "That question is closed: it was answered"),
    "with a name": (TOLD, "ben~ [learn:name=yes]", "That question is closed: it was answered"),
    "without a name": (TOLD, "ben~ [learn:name=no]", "That question is closed: it was answered"),
    "for which group": (
        ("ben@ !members", "ben~ failed Paper forms"), "ben~ [learn:group=2]", "That question is closed: it was answered",
    ),
    "more of a decision": ((*DECIDED, "ben: !worked D-1"), "ben~ [learn:more=1]", "What happened?"),
    "more, of which some is said": (
        (*DECIDED, "ben: !worked D-1", "ben~ [learn:more=1]", "ben~ People had time"), "ben~ [learn:more=1]",
        "What would you do again?",
    ),
    "it worked for us too": (LESSON, "ben: [l1:worked]", "That is on record already: L-1"),
    "it did not for us either": (("ben: !worked Tea", "ben: !worked L-1 in Accra"), "ben: [l1:failed]", "That is on record"),
    "the whole lesson": (LESSON, "ben: [l1:show]", "L-1 · Paper forms"),
    "the decision worked": (DECIDED, "ben: [p1:worked]", "Noted: D-1 worked."),
    "the decision worked, as was said": (
        (*DECIDED, "ben: !worked D-1 It was quiet"), "ben: [p1:worked]", "Noted: D-1 worked.",
    ),
    "the decision did not work": ((*DECIDED, "ben: !worked D-1"), "ben: [p1:failed]", "Noted: D-1 did not work."),
    "it goes on": (HELD, "ben~ [sure*:go]", "I cannot go on with that any more: you have answered it already"),
    "it goes on, linked": (HELD, "ben~ [sure*:link=poll:1]", "I cannot go on with that any more: you have answered"),
    "the other instead": (HELD, "ben~ [sure*:join=poll:1]", "I cannot go on with that any more: you have answered"),
    "which time": (UNSURE, "ben~ [sure*:1]", "I cannot go on with that any more: you have answered it already"),
    "no such time": (UNSURE, "ben~ [sure*:no]", "I cannot go on with that any more: you have answered it already"),
    "taken back": (ASKED[:1], "ana~ [help*:end]", "That button is not for you, or no longer there."),
    "renewed": ((*ASKED[:1], "+93d"), "ana~ [help*:renew]", "It goes on until"),
    "yes to a meeting": (BOTH_ASKED, "ana~ [peer*:yes]", "Noted: yes"),
    "no to a meeting": (BOTH_ASKED, "ana~ [peer*:no]", "Noted: no"),
    "yes of both": ((*BOTH_ASKED, "ana~ [peer*:yes]"), "ben~ [peer*:yes]", "You both said yes"),
    "yes again of whoever said it first": (
        (*BOTH_ASKED, "ana~ [peer*:yes]", "ben~ [peer*:yes]"), "ana~ [peer*:yes]", "You both said yes",
    ),
    "no of whoever had said yes": (
        (*BOTH_ASKED, "ana~ [peer*:yes]", "ben~ [peer*:yes]"), "ana~ [peer*:no]", "You both said yes",
    ),
}  # fmt: skip
"""What was done before, a press, and how its second answer begins."""

SAID: dict[str, tuple[tuple[Step, ...], Step]] = {
    "an answer": (INTERVIEW, "ben~ In a library"),
    "that is all": (INTERVIEW, "ben~ that is all"),
    "with my name": (TOLD, "ben~ with my name"),
    "the answer: without a name": (TOLD, "ben~ without my name"),
    "a lesson": ((), "ben: !failed Paper forms\nhappened: lost"),
    "a lesson without a name": ((), "ben~ failed --nameless Paper forms\nhappened: lost"),
    "it worked in a place": (LESSON, "ben: !worked L-1 in Accra with tea"),
    "it worked": (LESSON, "ben: !worked L-1"),
    "we changed it": (LESSON, "ben: !adapt L-1 in Accra with tea"),
    "other words": (LESSON, "ana: !amend L-1 Paper forms in the rain"),
    "withdrawn": (LESSON, "ana: !withdraw L-1"),
    "why it worked": (DECIDED, "ben: !worked D-1 It was quiet"),
    "linked": ((*DECIDED, *LESSON), "ana: !relate L-1 D-1"),
    "held up": (HELD[:1], HELD[1]),
    "go on": (HELD, "ben~ go on"),
    "link": (HELD, "ben~ link"),
    "join": (HELD, "ben~ join"),
    "no": (HELD, "ben~ no"),
    "offered": ((), ASKED[0]),
    "ended": ((*ASKED[:1], "ana~ offer Another thing that I can do"), "ana~ offers end 1"),
    "exported": ((*DECIDED, *LESSON), "ben~ export json"),
    "exported for the room": (DECIDED, "ana: !export md here"),
    "my data": (LESSON, "ana~ mydata"),
}
"""What was done before, and a message."""

NAMELESS = "without a name"
"""Of what is told so not even the key of the request is kept: what comes again is known by its words."""


@pytest.fixture
def house(sqlite_store: Store) -> House:
    return House(sqlite_store, {"general": "matrix", "tea": "telegram"}, PEOPLE, limits=None)


async def does(house: House, step: Step, key: str = "") -> Answer:
    if step.startswith("+"):
        await house.wait(timedelta(days=int(step.strip("+d"))))
        return Answer(Verdict.NOTHING)
    who, where, what = step[:3], step[3], step[5:]
    if where == "@":
        return await house.elsewhere(who, what, chat="Ghana")
    room = "" if where == "~" else "general"
    if what.startswith("["):
        answer = await house.press(who, what.strip("[]"), room, key=key)
    else:
        answer = await house.say(who, what, room, key=key)
    await house.settle()
    return answer


def kept(house: House) -> dict[str, list[dict[str, Any]]]:
    """All but which requests were carried out."""
    found = rows(house.store)
    del found["seen"]
    return found


async def begun(house: House, steps: tuple[Step, ...]) -> None:
    for one in steps:
        assert (await does(house, one)).verdict is not Verdict.FAULT


@pytest.mark.parametrize("what", PRESSED)
async def test_the_same_press_comes_again(house: House, what: str) -> None:
    before, act, again = PRESSED[what]
    await begun(house, before)
    first = await does(house, act, key="first")
    assert first.verdict is Verdict.DONE, first.text
    after, said = kept(house), len(house.shown)
    same = await does(house, act, key="first")
    assert (same.verdict is Verdict.NOTHING, len(house.shown) == said) == ((NAMELESS not in what,) * 2)
    second = await does(house, act, key="second")
    told = second.card.text if second.card else second.text
    assert told.startswith(again)
    assert {one.where for one in house.shown[said:]} <= {act[:3]}
    assert kept(house) == after
    with house.store.reading() as work:
        assert verify(work) == []


@pytest.mark.parametrize("what", SAID)
async def test_the_same_message_comes_again(house: House, what: str) -> None:
    before, act = SAID[what]
    await begun(house, before)
    first = await does(house, act, key="first")
    assert first.verdict is Verdict.DONE, first.text
    after, said = kept(house), len(house.shown)
    second = await does(house, act, key="first")
    assert kept(house) == after
    assert {one.where for one in house.shown[said:]} <= {act[:3]}
    assert (second.verdict is Verdict.NOTHING, len(house.shown) == said) == ((NAMELESS not in what,) * 2)
