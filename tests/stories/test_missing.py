"""Who is missing: on each card, when asked, by a nudge that is sent once, and in a month's picture."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from decisions import participation
from decisions.model import Group, Post, PostKind
from storage.store import Store
from storage.verify import verify
from tests.house import AnyHouse, House
from tests.stories.conftest import ON_ANY_DATABASE, ON_THE_CONSOLE, MakeHouse

ANA = Person(name="ana", role="facilitator")
OTHERS = (
    Person(name="ben", affiliate="WMNO"),
    Person(name="cem", affiliate="WMSE"),
    Person(name="dee"),
    Person(name="obi", role="observer", affiliate="WMFI"),
)
ROOMS = {"general": "matrix", "chat": "telegram"}


@pytest_asyncio.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    return await make_house(ROOMS, (ANA, *OTHERS))


async def done(answer: Answer) -> str:
    assert answer.verdict is Verdict.DONE, answer.text
    return answer.text


def nudges(house: AnyHouse) -> list[Post]:
    with house.store.reading() as work:
        return work.all(Post, kind=PostKind.NUDGE)


# -- on the card ------------------------------------------------------------------------------------------------------


@ON_THE_CONSOLE
async def test_the_card_of_an_open_poll_names_the_affiliates_not_heard_yet(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    assert "Not heard yet: WMNO, WMSE. 4 people have not taken part." in house.card()
    await house.say("ben", "!agree P-1")
    assert "Not heard yet: WMSE. 3 people have not taken part." in house.card()
    await house.say("cem", "!agree P-1")
    assert "Not heard yet" not in house.card()  # all affiliates are heard
    await house.say("ben", "!retract P-1")
    await house.say("ana", "!close P-1")
    assert "Not heard yet" not in house.card()  # then the outcome says it


@ON_THE_CONSOLE
async def test_a_roll_is_what_counts_where_there_is_one(house: AnyHouse) -> None:
    await house.say("ana", '!propose --roll "ben,dee" Meet monthly')
    assert "Not heard yet: WMNO. 2 people have not taken part." in house.card()
    await house.say("dee", "!agree P-1")
    assert "Not heard yet: WMNO. One person has not taken part." in house.card()


@ON_THE_CONSOLE
async def test_a_group_without_affiliates_has_no_such_line(make_house: MakeHouse) -> None:
    house = await make_house(ROOMS, (ANA, Person(name="ben")))
    await house.say("ana", "!propose Meet monthly")
    assert "Not heard" not in house.card()


async def test_of_many_affiliates_five_are_named(make_many: House) -> None:
    await make_many.say("ana", "!propose Meet monthly")
    assert "Not heard yet: A0, A1, A2, A3, A4 and 3 more. 9 people have not taken part." in make_many.card()


@pytest.fixture
def make_many(sqlite_store: Store) -> House:
    many = tuple(Person(name=f"m{number}", affiliate=f"A{number}") for number in range(8))
    return House(sqlite_store, ROOMS, (ANA, *many))


# -- when asked -------------------------------------------------------------------------------------------------------


@ON_THE_CONSOLE
async def test_who_is_missing_is_told_by_what_they_stand_for(house: AnyHouse) -> None:
    await house.say("ana", '!affiliates WMNO --region "Northern Europe" --language nb')
    await house.say("ana", '!affiliates WMSE --region "Northern Europe" --language sv')
    await house.say("ana", "!affiliates WMXX")
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "!agree P-1")
    lines = (await done(await house.say("dee", "!missing P-1"))).splitlines()
    assert lines[0] == "P-1: 1 of 4 have taken part."
    assert "Affiliates, least heard first: WMSE 0 of 1" in lines
    assert "Regions, least heard first: Northern Europe 1 of 2" in lines
    assert "Languages, least heard first: sv 0 of 1" in lines
    assert "Nobody speaks here for: WMXX" in lines
    assert [line for line in lines if line.startswith("Platforms, least heard first: ")]


@ON_ANY_DATABASE
async def test_names_are_for_facilitators_and_never_for_a_room(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "!agree P-1")
    assert "Not yet" not in await done(await house.whisper("dee", "missing"))
    in_the_room = await done(await house.say("ana", "!missing"))
    assert "Not yet" not in in_the_room
    assert "say missing there" in in_the_room
    alone = await done(await house.whisper("ana", "missing"))
    assert alone.splitlines()[-1] == "Not yet: ana, cem, dee"  # an observer is not missing


@ON_THE_CONSOLE
async def test_who_is_missing_without_any_poll_is_refused(house: AnyHouse) -> None:
    assert "No proposal is open here." in (await house.say("ana", "!missing")).text
    assert "There is no P-9 here." in (await house.say("ana", "!missing P-9")).text


# -- nudges -----------------------------------------------------------------------------------------------------------


@ON_ANY_DATABASE
async def test_a_nudge_asks_each_who_is_missing_once_and_privately(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ana", "!agree P-1")
    await house.say("ben", "!agree P-1")
    before = len(house.notices())
    text = await done(await house.say("ana", "!nudge P-1"))
    assert text == "On P-1: I ask 2 people, privately and once."
    assert len(nudges(house)) == 2
    for who in ("cem", "dee"):
        asked = [one for one in house.private(who) if "Your voice is missing on P-1" in one]
        assert len(asked) == 1
        assert "A facilitator of Partnerships asks for it." in asked[0]
        assert "No more such messages: remind nudges off" in asked[0]
    assert not [one for one in house.private("ben") + house.private("obi") if "is missing" in one]
    assert len(house.notices()) == before  # nothing is said in a room
    again = await done(await house.say("ana", "!nudge P-1"))
    assert again.splitlines() == [
        "On P-1: there is nobody whom I can ask now.",
        "2 people were asked before or want no such messages.",
    ]
    assert len(nudges(house)) == 2
    await house.say("ana", "!propose Meet weekly")
    assert "I ask" in await done(await house.say("ana", "!nudge P-2"))  # once a poll


@ON_ANY_DATABASE
async def test_a_nudge_can_be_answered_where_it_is(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ana", "!nudge")
    assert "Counted on P-1: agree." in (await house.press("cem", "p1:0", room="")).text


@ON_ANY_DATABASE
@pytest.mark.parametrize(("off", "on"), [("!remind nudges off", "!remind nudges on"), ("!nudge off", "!nudge on")])
async def test_members_can_switch_nudges_off(house: AnyHouse, off: str, on: str) -> None:
    await house.say("ana", "!propose Meet monthly")
    await done(await house.say("dee", off))
    text = await done(await house.say("ana", "!nudge P-1"))
    assert "One person was asked before or wants no such messages." in text
    assert not [one for one in house.private("dee") if "is missing" in one]
    await done(await house.say("dee", on))
    assert "I ask one person" in await done(await house.say("ana", "!nudge P-1"))


@ON_THE_CONSOLE
async def test_only_facilitators_nudge_and_only_where_it_helps(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    assert "Only a facilitator can do that: ana" in (await house.say("ben", "!nudge P-1")).text
    await house.say("ana", "!close P-1")
    assert (await house.say("ana", "!nudge P-1")).verdict is Verdict.REFUSED
    assert "I do not know the setting" in (await house.say("ben", "!remind nudges maybe")).text
    assert nudges(house) == []


async def test_who_cannot_be_reached_is_counted(make_many: House) -> None:
    await make_many.say("ana", "!propose Meet monthly")
    with make_many.store.unit_of_work() as work:
        work.connection.exec_driver_sql("DELETE FROM accounts WHERE user = 'm3'")
        gone = Post(
            id=work.next_id(Post),
            group_id=1,
            kind=PostKind.REMINDER,
            poll_id=1,
            platform="matrix",
            user="m4",
            live=False,
        )
        work.put(gone)  # the last message to them never arrived
    text = await done(await make_many.say("ana", "!nudge P-1"))
    assert text.splitlines() == [
        "On P-1: I ask 7 people, privately and once.",
        "2 people could not be reached.",
    ]


# -- a month ----------------------------------------------------------------------------------------------------------

MARCH = [
    "Partnerships, March 2026: who took part",
    "2 polls closed; 2 of 4 people took part.",
    "The month before: no poll.",
    "How often each voice was heard, of how often it could have been:",
    "Affiliates",
    "░░░░░░░░░░ 0 of 2 · WMSE",
    "█████░░░░░ 1 of 2 · WMNO",
    "Platforms",
    "████░░░░░░ 3 of 8 · matrix",
    "████░░░░░░ 3 of 8 · telegram",
    "Never heard: WMSE",
]


async def _march(house: AnyHouse) -> None:
    for number, voters in ((1, ("ana", "ben")), (2, ("ana",))):
        await house.say("ana", f"!propose Meet {number}")
        for one in voters:
            await house.say(one, f"!agree P-{number}")
        await house.say("ana", f"!close P-{number}")
    await house.say("ana", "!propose --for 40d Still open")


@pytest.fixture
def console(sqlite_store: Store) -> House:
    return House(sqlite_store, ROOMS, (ANA, *OTHERS))


async def test_a_month_is_told_as_text_without_names(console: House) -> None:
    await _march(console)
    text = await done(await console.say("dee", "!participation 2026-03"))
    assert text.splitlines() == MARCH
    assert (await console.say("dee", "!participation")).text == text  # it is March still
    april = await done(await console.say("dee", "!participation 2026-04"))
    assert april.splitlines()[1:] == [
        "No poll closed.",
        "The month before: 2 polls; 2 of 4 people.",
    ]


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-00", "March", "1026-10", "2026-1-1", "9" * 50, "\u0662\u0660\u0662\u0666-10"]
)
async def test_what_is_no_month_is_refused(console: House, month: str) -> None:
    answer = await console.say("dee", f"!participation {month}")
    assert answer.verdict is Verdict.REFUSED
    assert "Write it as in 2026-10" in answer.text


async def test_the_picture_is_posted_once_a_month_where_a_group_wants_it(console: House) -> None:
    await _march(console)
    due = participation.next_picture(console.now, "UTC")
    assert due == datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
    with console.store.unit_of_work() as work:
        work.put(replace(work.the(Group, id=1), pictured_at=due))
    await console.wait(timedelta(days=31))
    for room in ROOMS:
        (told,) = [one for one in console.notices(room) if one.startswith("Partnerships, March 2026")]
        assert told.splitlines()[:2] == MARCH[:2]  # and nobody by name
        assert not [name for name in ("ana", "ben", "cem", "dee") if name in told]
    with console.store.reading() as work:
        assert work.the(Group, id=1).pictured_at == datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
        assert verify(work) == []
    await console.wait(timedelta(days=60))
    assert len([one for one in console.notices() if "who took part" in one]) == 2  # March, and April, when P-3 closed
    assert not [one for one in console.notices() if "May 2026" in one]  # nothing closed in it


async def test_a_group_that_was_away_for_months_gets_one_picture(console: House) -> None:
    await _march(console)
    with console.store.unit_of_work() as work:
        work.put(replace(work.the(Group, id=1), pictured_at=datetime(2026, 4, 1, 9, 0, tzinfo=UTC)))
    console.sleep(timedelta(days=100))
    await console.app.sweep()
    await console.settle()
    assert len([one for one in console.notices() if "who took part" in one]) == 1
    with console.store.reading() as work:
        assert work.the(Group, id=1).pictured_at == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
