"""Apart: a group's record is for its members; whoever else names what is in it is told what they are told of nothing."""

import re
from itertools import product

import pytest_asyncio

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from bot.commands import COMMANDS
from decisions.model import Action, Concern, Lesson, Meeting, Note, Poll, Remark, Reuse, Review
from storage.store import Store
from tests.house import House

TRACE = "zebra"
"""In every word of the group that eve is not in, and nowhere else."""

THERE = ("P-1", "D-1", "P-2", "C-1", "M-1", "A-1", "L-1")
SAME = ("show", "mine", "answer", "resolve", "withdraw", "roll", "outcome", "review", "adapt", "relate", "slots", "rsvp",
        "minutes", "correct", "done", "drop", "reopen", "missing", "nudge")  # fmt: skip
"""Where the words are an id, and none is ours: whatever is named, the same is said."""

LEAVES = ("forget", "leave", "link", "unlink")

NOWHERE = 9
"""No group has this number."""

ACTS = (
    "show",
    "mine",
    "reason",
    "worked",
    "0",
    "mine=0.1",
    "talk=1",
    "close",
    "close=now",
    "extend=1d",
    "draft=1",
    "cast=1",
)
ON_MEETINGS = ("slots", "show", "ics", "yes", "no", "0=yes", "cancel", "move", "set=0", "there", "list")


@pytest_asyncio.fixture
async def house(sqlite_store: Store) -> House:
    """The first group has one of each; eve is in the second, dan was in the first."""
    people = (Person(name="ana", role="facilitator"), Person(name="ben"), Person(name="dan"))
    house = House(sqlite_store, {"general": "matrix"}, people, limits=None)
    await house.say("ana", f"!propose {TRACE} one")
    await house.settle()
    await house.say("ben", f"!agree P-1 {TRACE} reason")
    await house.say("ben", f"!concern P-1 {TRACE} worry")
    await house.say("dan", f"{TRACE} remark", reply_to=house.cards()[0].post)
    await house.say("ana", "!close P-1")
    await house.say("ana", f"!propose {TRACE} two is still open for a while")
    await house.say("ana", f"!meet {TRACE} meeting at 2026-03-20 18:00")
    await house.say("ana", f"!action ben: {TRACE} action")
    await house.say("ben", f"!failed {TRACE} lesson")
    await house.say("ana", "!relate D-1 L-1")
    await house.leave("dan")
    await house.elsewhere("eve", "!propose Ours", chat="Tea")
    await house.elsewhere("eve", "!failed Something of ours", chat="Tea")
    await house.settle()
    return house


def plain(answer: Answer) -> str:
    """All that is told, without which ids were named."""
    said = repr((answer.verdict, answer.text, answer.buttons, answer.card, answer.file))
    return re.sub(r"[A-Za-z]-\d+@\d+|sure\d+|help\d+|find\d+", "–", said)


def state(house: House) -> object:
    with house.store.reading() as work:
        kept = [work.all(noun, group_id=1) for noun in (Poll, Concern, Meeting, Action, Lesson, Remark, Note, Reuse)]
        return [*kept, work.all(Review)]


async def test_every_command_tells_of_anothers_what_it_tells_of_nothing(house: House) -> None:
    before = state(house)
    wrong = []
    for command, ref, chat in product(COMMANDS, THERE, ("Tea", "")):
        if command.word in LEAVES:
            continue
        groups = (1, NOWHERE) if command.word in SAME else (1,)
        told = [
            plain(await house.elsewhere("eve", f"!{command.word} {ref}@{group} yes", chat=chat)) for group in groups
        ]
        if TRACE in told[0] or len(set(told)) > 1:
            wrong.append((command.word, ref, chat, *told))
    assert wrong == []
    assert state(house) == before


async def test_every_button_does_too(house: House) -> None:
    presses = (
        [f"p{{}}:{act}" for act in ACTS]
        + [f"m{{}}:{act}" for act in ON_MEETINGS]
        + ["a{}:done", "a{}:take", "a{}:drop"]
    )
    presses += [
        "l{}:worked",
        "l{}:failed",
        "l{}:show",
        "learn:more={}",
        "learn:group={}",
        "log{}:1",
        "log{}:1=2",
        "leave{}:yes",
    ]
    presses += [
        "seat{}:yes",
        "peer{}:yes",
        "help{}:end",
        "sure{}:go",
        "sure{}:link=poll:1",
        "sure{}:join=poll:1",
        "sure{}:ask",
    ]
    before, wrong = state(house), []
    for press, chat in product(presses, ("Tea", "")):
        told = [plain(await house.elsewhere("eve", press=press.format(key), chat=chat)) for key in (1, 99)]
        if TRACE in told[0] or told[0] != told[1]:
            wrong.append((press, chat, *told))
    assert wrong == []
    assert state(house) == before


ASKS = (f"search {TRACE}", f"search {TRACE} group:Partnerships", f"search group:1 {TRACE}", "decisions", "lessons", "actions",
        "meetings", "participation", "missing", "export json", "offers", "asks", "mine", "members", "export csv --group 1",
        f"propose {TRACE} one", f"propose {TRACE} lesson", f"failed {TRACE} lesson")  # fmt: skip


async def test_nothing_is_found_listed_or_offered(house: House) -> None:
    """But for what eve says herself, last of all."""
    for said, chat in product(ASKS, ("", "Tea")):
        told = await house.elsewhere("eve", f"!{said}", chat=chat)
        own = said.partition(" ")[2]
        rest = told.text.replace(own, "")
        assert TRACE not in rest, (said, chat, rest)
        assert "Partnerships" not in rest, (said, chat, rest)
        assert told.file is None or TRACE not in str(told.file.content), said


async def test_whoever_has_left_sees_no_more_of_it(house: House) -> None:
    wrong = []
    for said in (*(f"show {ref}" for ref in THERE), *(f"show {ref}@1" for ref in THERE), "relate D-1", f"search {TRACE}",
                 "lessons", "decisions", "actions", "meetings", "export json", "minutes M-1", "participation",
                 "mine", "mine P-2", "calendar", "calendar M-1", "slots M-1", "rsvp M-1", "roll P-2", "log", "[p2:show]", "[p2:mine]",
                 "[m1:show]", "[m1:ics]", "[m1:list]", "[m1:slots]", "[l1:show]", "[learn:more=1]"):  # fmt: skip
        told = plain(await (house.press("dan", said[1:-1], "") if said[0] == "[" else house.whisper("dan", said)))
        wrong += [(said, told)] if TRACE in told.replace(said, "").replace(f"“{TRACE}”", "") else []
    assert wrong == []


async def test_whoever_has_left_adds_nothing_to_it(house: House) -> None:
    before = state(house)
    for said in ("worked D-1 it was fine", "failed D-1", "concern P-2 who pays?", "answer C-1 we do", "propose Another one",
                 "poll Another one?", "meet Another one at 2026-05-01 18:00", "failed Another lesson", "worked L-1 in Accra",
                 "relate D-1 L-1", "action Write to everybody", "[p1:worked]", "[l1:worked]", "[a1:done]"):  # fmt: skip
        told = await (house.press("dan", said[1:-1], "") if said[0] == "[" else house.whisper("dan", said))
        assert told.verdict is Verdict.REFUSED, said
    assert state(house) == before
