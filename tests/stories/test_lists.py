"""Lists of voters brought in from outside: taken over whole or not at all, and shown to facilitators."""

import pytest
import pytest_asyncio

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person
from decisions.model import Account, Affiliate, Listed, Listing, Member, Presence
from decisions.model import Person as Human
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.conftest import ON_BOTH

ANA = Person(name="ana", role="facilitator")
BOARD = """!list import board
account;affiliate;weight;note
ben;WMDE;2;Chair
@dee:example.org;WMNO;;Dee Olsen
telegram:12345;wmno;3;=1+1
"""


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    people = (ANA, Person(name="ben"), Person(name="cem"), Person(name="obi", role="observer"))
    return House(store, {"general": "matrix", "chat": "telegram"}, people)


async def done(answer: Answer) -> str:
    assert answer.verdict is Verdict.DONE, answer.text
    return answer.text


def kept(house: House) -> tuple[int, ...]:
    """How much there is of all that an import could leave behind."""
    with house.store.reading() as work:
        return tuple(len(work.all(one)) for one in (Listing, Listed, Human, Account, Member, Affiliate))


def whole(house: House) -> bool:
    with house.store.reading() as work:
        return verify(work) == []


async def test_a_list_is_taken_over_and_whom_nobody_knew_becomes_a_member(house: House) -> None:
    text = await done(await house.say("ana", BOARD))
    assert text == "The list board has 3 lines now; 2 people became members with it. To look: list board"
    assert (await house.say("ana", "!list BOARD")).text.splitlines() == [
        "board, 3 lines, as of Mon 2 Mar 2026, 18:00 UTC:",
        "ben (WMDE) · weight 2 · Chair",
        "Dee Olsen (WMNO) · Dee Olsen",
        "=1+1 (WMNO) · weight 3 · =1+1",
    ]
    assert "Dee Olsen" in (await house.say("ben", "!members")).text
    with house.store.reading() as work:
        assert work.get(Account, platform="telegram", user="12345") is not None
        assert [one.name for one in work.all(Affiliate)] == ["WMDE", "WMNO"]
        new = [one.id for one in work.all(Member)][-2:]
        assert not [one for one in work.all(Presence) if one.member_id in new]  # they are in no room yet
        assert [one.affiliate_id for one in work.all(Member)] == [None] * 6  # a list gives no seats
    assert whole(house)


@ON_BOTH
async def test_the_same_name_again_replaces_the_list(house: House) -> None:
    await done(await house.say("ana", BOARD))
    await done(await house.say("ana", "!list import Board\naccount\ncem\nben\n"))
    assert (await house.say("ben", "!lists")).text.splitlines() == [
        "Partnerships, one list of voters:",
        "board · 2 lines · Mon 2 Mar 2026, 18:00 UTC",
    ]
    with house.store.reading() as work:
        assert [(one.member_id, one.weight) for one in work.all(Listed)] == [(2, 1), (3, 1)]
    assert whole(house)


async def test_each_bad_line_is_named_and_nothing_is_half_imported(house: House) -> None:
    await house.say("ana", "!affiliates WMDE")
    before = kept(house)
    lines = [
        "ben;WMDE;2",
        "nobody;WMXX;1",
        "@new:example.org;\uff37MDE;1",
        "@ben;;",
        "telegram:12345;;0",
        "obi;;",
        "#2;;",
        "#99;;",
        "telegram:abc;;",
        ";;",
        "@:x;;",
    ]
    answer = await house.say("ana", "!list import board\naccount;affiliate;weight\n" + "\n".join(lines))
    assert answer.verdict is Verdict.REFUSED
    nobody = "write @ana:example.org, telegram:12345, a member's name, or #12"
    assert answer.text.splitlines() == [
        "Nothing was taken over. Please mend these lines and send it again:",
        f"Line 3: I know nobody as “nobody”; {nobody}",
        "Line 4: “\uff37MDE” looks the same as “WMDE”; write it as it is there",
        "Line 5: @ben is the same person as on line 2",
        "Line 6: “0” is not a whole number from 1 to 100",
        "Line 7: obi is an observer here, and does not vote",
        "Line 8: #2 is the same person as on line 2",
        f"Line 9: I know nobody as “#99”; {nobody}",
        f"Line 10: I know nobody as “telegram:abc”; {nobody}",
        f"Line 12: I know nobody as “@:x”; {nobody}",
    ]
    assert kept(house) == before


async def test_two_accounts_of_one_person_are_one_voter(house: House) -> None:
    with house.store.unit_of_work() as work:
        work.put(Account(platform="matrix", user="@ben:example.org", person_id=2))
        work.put(Account(platform="telegram", user="777", person_id=2))
    answer = await house.say(
        "ana", "!list import board\naccount\n@ben:example.org\ntelegram:777\n@x:y.z\nmatrix:@x:y.z\n"
    )
    assert answer.text.splitlines()[1:] == [
        "Line 3: telegram:777 is the same person as on line 2",
        "Line 5: matrix:@x:y.z is the same person as on line 4",
    ]


async def test_of_many_bad_lines_the_first_are_named_and_the_others_counted(house: House) -> None:
    text = (await house.say("ana", "!list import board\naccount\n" + "nobody\n" * 30)).text
    assert len(text.splitlines()) == 22
    assert text.endswith("and 10 more")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("!list import board", "There is nobody on that list."),
        ("!list import board\naccount", "There is nobody on that list."),
        ("!list import board\nname,weight\nben,2", "It has: name, weight."),
        ("!list import\naccount\nben", "The words are missing."),
        ("!list import " + "x" * 61 + "\naccount\nben", "That name has 61 characters, and 60 fit."),
        ("!list import board\naccount\n" + "ben\n" * 5001, "That has 5,001 lines, and 5,000 fit."),
        ("!list import board\naccount\n" + "x" * 1_000_000, "That is too large: 1,000,000 bytes are the most."),
        ("!list nothing", "There is no list “nothing”, and no other yet."),
        ("!list drop nothing", "There is no list “nothing”, and no other yet."),
        ("!list", "The words are missing."),
    ],
)
async def test_what_is_no_list_is_refused(house: House, said: str, why: str) -> None:
    before = kept(house)
    answer = await house.say("ana", said)
    assert answer.verdict is Verdict.REFUSED
    assert why in answer.text
    assert kept(house) == before


async def test_lists_are_for_facilitators(house: House) -> None:
    for said in (BOARD, "!list board", "!list drop board"):
        answer = await house.say("ben", said)
        assert "Only a facilitator can do that: ana" in answer.text
    assert "There are no lists of voters." in (await house.say("ben", "!lists")).text


async def test_a_list_is_let_go_unless_a_poll_is_held_by_it(house: House) -> None:
    await done(await house.say("ana", BOARD))
    await house.say("ana", "!propose Meet monthly")
    with house.store.unit_of_work() as work:
        work.connection.exec_driver_sql("UPDATE polls SET roll = 'list:1'")
    answer = await house.say("ana", "!list drop board")
    assert answer.text.startswith("By the list board the voters of P-1 are named, so it stays.")
    with house.store.unit_of_work() as work:
        work.connection.exec_driver_sql("UPDATE polls SET roll = ''")
    assert await done(await house.say("ana", "!list drop board")) == "The list board is gone."
    with house.store.reading() as work:
        assert (work.all(Listing), work.all(Listed)) == ([], [])
    assert whole(house)


async def test_a_list_names_an_affiliate_that_was_only_asked_for(house: House) -> None:
    await house.say("cem", "!affiliate WMNO")
    await done(await house.say("ana", BOARD))
    with house.store.reading() as work:
        assert [(one.name, one.named) for one in work.all(Affiliate)] == [("WMNO", True), ("WMDE", True)]
    await done(await house.say("ana", "!affiliate decline cem"))
    assert [line.split(" ·")[0] for line in (await house.say("ana", "!affiliates")).text.splitlines()[1:]] == [
        "WMDE",
        "WMNO",
    ]
    assert whole(house)
