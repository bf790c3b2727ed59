"""Bad input: each kind is refused in words of its own, privately, and nothing is changed."""

from datetime import timedelta

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Bookmark
from storage.store import Store
from storage.tables import TABLES, Journal, table
from tests.house import AnyHouse
from tests.stories.conftest import ON_ANY_DATABASE, ON_THE_CONSOLE, MakeHouse

ANA = Person(name="ana", role="facilitator")
PEOPLE = (ANA, Person(name="ben"), Person(name="cem"))

REFUSED = {
    "!xyzzy": "I do not know “xyzzy”. All I know: help",
    "!agre P-1": "I do not know “agre”. Did you mean: agree",
    "!agree P-9": "There is no P-9 here. What there is: decisions",
    "!agree P-2": "P-2 closed Mon 2 Mar 2026, 18:00 UTC, so nothing was changed. What came of it: show P-2",
    "!vote P-3 4": "There is no option “4” among the 3 there are.",
    "!vote P-3 0": "There is no option “0” among the 3 there are.",
    "!vote P-3 999999999999999999999999": "There is no option “999999999999999999999999” among the 3 there are.",
    "!vote P-3": "Please say which: a number from 1 to 3.",
    "!vote P-3 1, 2": "You marked 2; at most one can be.",
    "!agree P-3": "P-3 asks for options, not stances. Write: vote P-3 1",
    "!vote P-4 1=9": "9 is out of range; the highest mark is 5.",
    "!vote P-1 maybe": "“maybe” is not a stance here. There are: agree, abstain, disagree, block.",
    "!vote P-1": "Please say which: agree, abstain, disagree, block.",
    "!block P-1": "To block, please say why, so that the others can answer: block P-1 and your reason",
    f"!agree P-1 {'x' * 4001}": "That has 4,001 characters, and 4,000 fit.",
    f"!propose {'x' * 1001}": "The first line is the title; it has 1,001 characters, and 1,000 fit.",
    f"!poll {'x' * 1001}": "The first line is the title; it has 1,001 characters, and 1,000 fit.",
    "!propose": "What do you propose? Write: propose and your idea.",
    "!propose \u200b\u202e ": "What do you propose? Write: propose and your idea.",
    f'!poll "Q?" "A" "{"y" * 201}"': f"The option “{'y' * 39}…” has 201 characters, and 200 fit.",
    "!poll Q?\n" + "\n".join(f"- {one}" for one in range(41)): "You gave 41 options, and 40 fit.",
    '!poll "Q?" "A" "a "': "The option “a” is there twice.",
    '!poll "Q?" "A"': "A choice needs at least 2 options.",
    '!poll "Q?" "A" ""': "One of the options is empty.",
    '!poll "Q?" "A" "B" --min 3': "From 3 to 3 of 2 options cannot be chosen.",
    "!propose --until 2026-03-01 Tea": "Sun 1 Mar 2026, 23:59 UTC has already passed.",
    "!propose --for 0h Tea": "“0h” is no time at all. Write 30m, 2h, 3d or 1w.",
    "!propose --for 999w Tea": "days are the most.",
    "!propose --for soonish Tea": "I do not understand the time “soonish”.",
    "!propose --from 3d --until 2d Tea": "That would close before it opens.",
    "!propose --by dice Tea": "I do not know how to decide by dice.",
    "!propose --colour red Tea": "I do not know the setting colour.",
    "!propose --quorum many Tea": "I do not understand the quorum “many”.",
    "!propose --quorum 0 Tea": "I do not understand the quorum “0”.",
    "!propose --threshold 3/2 Tea": "I do not understand the threshold “3/2”.",
    '!poll --by dots --points 0 "Q?" "A" "B"': "“0” is not a number of points from 1 to 100.",
    "!propose --roll nobody Tea": "I know nobody here called nobody.",
    "!extend P-1 2026-03-01": "Sun 1 Mar 2026, 23:59 UTC has already passed.",
    "!amend P-1 Meet monthly": "Those are the words P-1 already has.",
    "!retract P-1": "You have no ballot on P-1.",
    "!resolve": "Please say which one, as in: resolve C-3",
    "!show": "Please say which one, as in: show P-7",
    "!close": "P-4 could be several: P-4, P-3, P-1. Please write one of these.",
    "!withdraw": "Please say which one, as in: withdraw P-7",
    "!concern P-1": "The words are missing. Write: concern P-1 and your words.",
    "!tz Europe/Berlni": "I do not know the time zone Europe/Berlni. Near it: Europe/Berlin",
    "!language tlh": "I do not speak tlh yet.",
    "!outcome D-1 --supersedes D-1": "D-1 cannot take its own place.",
    "!review D-1 someday": "I do not understand the time “someday”.",
    "!remind": "Please say which: remind on, remind off.",
    "!remind maybe": "I do not know the setting maybe. There are: remind on, remind off.",
}


async def put_all(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ana", "!propose Meet weekly")
    await house.say("ana", "!close P-2")
    await house.say("ana", '!poll "Where?" "Berlin" "Oslo" "Online"')
    await house.say("ana", '!poll --by score "How?" "A" "B"')


def kept(store: Store) -> list[object]:
    """Everything in the database but the keys of requests, and how far a platform was read."""
    with store.reading() as work:
        tables = [*(one for kind, one in TABLES.items() if kind is not Bookmark), table(Journal)]
        return [work.connection.execute(select(one).order_by(*one.primary_key)).all() for one in tables]


@pytest_asyncio.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    return await make_house(people=PEOPLE)


@ON_THE_CONSOLE
@pytest.mark.parametrize(("said", "refusal"), REFUSED.items(), ids=[one[:40] for one in REFUSED])
async def test_refused_and_nothing_changed(house: AnyHouse, said: str, refusal: str) -> None:
    await put_all(house)
    before, shown = kept(house.store), len(house.shown)
    answer = await house.say("ana", said)
    assert answer.verdict is Verdict.REFUSED
    assert refusal in answer.text
    assert kept(house.store) == before
    assert [one.kind for one in house.shown[shown:]] == ["private"]


@pytest.mark.parametrize("make_house", ["telegram", "postgresql"], indirect=True)
async def test_one_refusal_after_another_changes_nothing(house: AnyHouse) -> None:
    await put_all(house)
    before, shown = kept(house.store), len(house.shown)
    for said, refusal in REFUSED.items():
        assert refusal in (await house.say("ana", said)).text
        house.sleep(timedelta(minutes=1))
    assert kept(house.store) == before
    assert [one.kind for one in house.shown[shown:]] == ["private"] * len(REFUSED)


@ON_ANY_DATABASE
@pytest.mark.parametrize(
    "press",
    ["p1:4", "p1:99", "p9:0", "p2:0", "p1", "p1:", "p1:-1", "x1:0", "p1:0=7", "p999999999:0", "p1:0:0", "p1:undo=", "💥",
     "p1:0\n", "p01:00000000000000000", "p1:undo=zzzzzzzzzzzz", "p4:0=9999", "p1:worked"],
)  # fmt: skip
async def test_forged_presses_count_nothing(house: AnyHouse, press: str) -> None:
    await put_all(house)
    before = kept(house.store)
    answer = await house.press("ben", press)
    assert answer.verdict is Verdict.REFUSED
    assert kept(house.store) == before


@ON_ANY_DATABASE
async def test_a_press_from_another_group_counts_nothing(house: AnyHouse) -> None:
    await put_all(house)
    await house.elsewhere("eve", "hello")
    before = kept(house.store)
    for chat in ("Tea", ""):
        assert (await house.elsewhere("eve", press="p1:0", chat=chat)).verdict is Verdict.REFUSED
    assert kept(house.store) == before


@ON_ANY_DATABASE
async def test_what_does_not_show_is_cleaned_from_what_is_shown(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet\u202e ylhtnom\u200b\x07 and \u2066often\u2069")
    assert "P-1 · Meet ylhtnom and often" in house.card()
    await house.say("an\u200ba\u202e", "+1")
    assert "agree 1: ana" in house.card()


@ON_ANY_DATABASE
async def test_a_megabyte_is_refused(house: AnyHouse) -> None:
    for words in ("!propose ", "!agree P-1 ", '!poll "Q" ', "+1 ", "PROPOSAL: ", "", "!", "RESOLVED: "):
        await put_all(house) if not house.shown else None
        before = kept(house.store)
        await house.say("ana", words + "x" * 1_000_000)
        assert kept(house.store) == before


@ON_ANY_DATABASE
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(max_size=60),
    command=st.sampled_from(["", "!propose ", "!vote P-1 ", "!amend P-1 ", "!poll ", "!extend P-1 "]),
)
async def test_whatever_is_said_is_never_a_fault(house: AnyHouse, words: str, command: str) -> None:
    if not house.shown:
        await put_all(house)
    answer = await house.say("ana", command + words)
    assert answer.verdict is not Verdict.FAULT
