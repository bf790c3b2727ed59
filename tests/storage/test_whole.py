"""Whatever people do through the bot, verifying finds nothing: it calls broken only what was broken from outside."""

import re
from datetime import timedelta

import pytest

from storage.store import Store
from storage.verify import verify
from tests.house import House

STEP = re.compile(r"(?P<days>\d+)d|(?P<who>\w+)( \[(?P<press>[^]]+)\]|: (?P<text>.+))", re.DOTALL)

CONVERSATIONS = {
    "nothing at all": (),
    "words alone": ("ana: hello",),
    "a roll that is named before it opens": (
        "ana: !mine", "ben: !mine", "cem: !mine", '''ana: !propose --from 2026-03-10 --roll "ben,cem" One''', "10d",
        "cem: !agree P-1", "7d",
    ),
    "a roll that never opens": (
        "ana: !mine", "ben: !mine", '''ana: !propose --from 2026-03-10 --roll "ana,ben" One''', "ana: !withdraw P-1",
    ),
    "a roll of everyone, with a block": (
        "ana: !mine", "ben: !mine", "ana: !propose --roll everyone One", "ben: !block P-1 No way", "ana: !agree P-1",
        "ana: !amend P-1 Two", "ben: !retract P-1", "7d",
    ),
    "blocks that outlive a proposer's words": (
        "ana: !mine", "ben: !propose One", "cem: !block P-1 No", "dee: !agree P-1", "ben: !amend P-1 Two",
        "ana: !amend P-1 Three", "cem: !block P-1 Still no", "ben: !amend P-1 Four", "7d",
    ),
    "a facilitator for a while": (
        "ana: !mine", "ben: !propose One", "cem: !block P-1 No", "ana: !members ben facilitator",
        "ben: !amend P-1 Two", "ana: !members ben member", "ben: !amend P-1 Three", "7d",
    ),
    "presses taken back": (
        "ana: !propose One", "ben [p1:0]", "ben [p1:2]", "ben [p1:2]", "ben: !retract P-1", "ben [p1:1]",
    ),
    "reviews that change": (
        "ana: !propose One", "ana: !close P-1", "ana: !review D-1 2026-04-01", "ana: !failed D-1", "60d",
        "ana: !worked D-1 After all", "ana: !review D-1 2026-09-01",
    ),
    "statements that change": (
        "ana: !propose One", "ana: RESOLVED: one", "ana: !outcome D-1 First", "ana: !outcome D-1 Second",
        "ana: !outcome D-1 \N{ZERO WIDTH SPACE}",
    ),
    "concerns answered twice, and left alone": (
        "ana: !propose One", "ben: !concern P-1 Who?", "ana: !answer C-1 We", "ana: !answer C-1 They",
        "ana: !amend P-1 Two", "ben: !concern P-1 When?", "ben: !resolve C-2", "ana: !withdraw P-1",
    ),
    "proxies of what is withdrawn, and for a while": (
        "ana: !propose One", "ben: !proxy ana P-1", "cem: !mine", "cem: !proxy ana until 2026-03-10", "ana: !agree P-1",
        "ana: !withdraw P-1", "ana: !propose Two", "ana: !agree P-2", "ana: !propose --for 20d Three", "ana: !agree P-3",
        "30d", "cem: !proxy ben", "cem: !proxy none", '''ana: !poll --by straw "Tea?" "A" "B"''', "cem: !proxy P-4 ben",
        "ben: !vote P-4 1", "ana: !close P-4",
    ),
    "late additions": (
        "ana: !mine", "ben: !mine", "cem: !mine", "dee: !mine", "ana: !members ben facilitator",
        "ana: !propose --roll ana,ben One", "ana: !roll P-1 add cem", "ben: !roll P-1 add cem", "cem: !agree P-1",
        "cem: !proxy ana P-1", "ana: !roll P-1 add dee", "ana: !amend P-1 Two", "ana: !agree P-1", "7d",
    ),
    "a meeting whose time is found, moved and held": (
        "ben: !mine", '''ana: !meet "Budget" 60m next week''', "ben: !slots M-1 all yes", "ana: !slots M-1 add 2026-03-20 18:00",
        "ana: !slots M-1 take 1", "ben: !rsvp M-1 yes", "ana: !amend M-1 Budget of 2027",
        "ana: !move M-1 2026-03-10 18:00", "8d", "ana: !startmeeting M-1", "ben: #info One", "ben: #undo",
        "ana: #topic Rent", "ana: #action ben to pay by 2026-04-01", "cem: #regrets+", "ana: !endmeeting",
        "ben: !correct M-1 Two", "ben: !done A-1", "ana: !reopen A-1", "ana: !action A-1 by 2026-05-01",
        "ana: !drop A-1 Paid", "60d",
    ),
    "a meeting whose time nobody chose, and one that nobody started": (
        "ben: !mine", '''ana: !meet "Budget" 60m next week''', "ben: !slots M-1 1 yes", "30d",
    ),
    "meetings that follow one another, one of them called off": (
        "ben: !mine", '''ana: !meet "Weekly" --at "2026-03-09 18:00" --every 1w''', "5d", "ana: !cancel M-1 Ill", "20d",
        "ana: !cancel M-5 all", "10d",
    ),
    "a meeting called off before it had a time": (
        "ben: !mine", '''ana: !meet "Budget" 60m next week''', "ana: !cancel M-1 No need", "7d",
    ),
    "two people who were in one meeting and are forgotten": (
        "ana: !startmeeting One", "ben: #info One", "cem: #agreed Two", "cem: #action ben to pay", "ben: !forget me now",
        "cem: !forget me all now", "ana: !endmeeting",
    ),
    "a meeting that nobody ends": ("ana: !startmeeting One", "ben: #info One", "1d", "ben: #info Two"),
    "points": (
        '''ana: !poll --by score "Which?" "A" "B"''', "ben: !vote P-1 1=5, 2=3", "cem: !vote P-1 2=1",
        "ben: !vote P-1 2=5", "ana: !extend P-1 3d", "20d",
    ),
}  # fmt: skip


@pytest.mark.parametrize("conversation", CONVERSATIONS)
async def test_what_went_through_the_bot_is_whole(store: Store, conversation: str) -> None:
    house = House(store)
    for written in CONVERSATIONS[conversation]:
        await take(house, written)
    with store.reading() as work:
        assert verify(work) == []


async def take(house: House, written: str) -> None:
    """One step: `ana: words`, `ana [press]`, or `3d`."""
    step = STEP.fullmatch(written)
    assert step is not None, written
    if step["days"]:
        await house.wait(timedelta(days=int(step["days"])))
    elif step["press"]:
        await house.press(step["who"], step["press"])
    else:
        await house.say(step["who"], step["text"])
