"""Names that look alike: shown with their number, never taken for each other, and named by their number."""

import pytest

from adapters.base import Request, Verdict
from adapters.console.conversation import Person
from decisions.model import Role, Voter
from storage import finding
from storage.store import Store
from tests.house import House

CYRILLIC = "\u0430na"
ANA, BEN = Person(name="ana", role="facilitator"), Person(name="ben")

COPIES = {
    "Cyrillic": CYRILLIC,
    "capitals": "ANA",
    "width": "\uff41\uff4e\uff41",
    "a mark": "a\u0323na",
    "an override": "\u202eana",
    "nothing to see": "a\u200bna",
    "the same": "ana",
    "a number": "ana #1",
}
"""Names by which others pass for ana."""


@pytest.fixture
def house(sqlite_store: Store) -> House:
    return House(sqlite_store, people=(ANA, BEN))


async def called(house: House, user: str, name: str, text: str = "Hello") -> None:
    """Somebody whose account is `user` speaks under this name."""
    key = f"{user} {text}"
    await house.app.handle(Request(key=key, platform="matrix", chat="general", user=user, name=name, text=text))
    await house.settle()


async def members(house: House) -> str:
    return (await house.say("ben", "!members")).text


def roles(house: House) -> dict[int, Role]:
    with house.store.reading() as work:
        return {member.id: member.role for member, _ in finding.members(work, 1)}


@pytest.mark.parametrize("name", COPIES.values(), ids=COPIES)
async def test_look_alikes_are_shown_with_their_numbers(house: House, name: str) -> None:
    await called(house, "eve", name)
    said = await members(house)
    assert "≈ ana #1" in said
    assert "#3" in said
    assert said.endswith("write the number, as in #1.")
    assert "ben #" not in said


async def test_where_none_look_alike_there_are_no_numbers(house: House) -> None:
    await called(house, "eve", "anna")
    assert await members(house) == "Facilitator: ana\nMembers: ben and anna"


@pytest.mark.parametrize("name", COPIES.values(), ids=COPIES)
async def test_a_name_is_never_taken_for_its_look_alike(house: House, name: str) -> None:
    await called(house, "eve", name)
    answer = await house.say("ana", "!members ana observer")
    assert answer.verdict is Verdict.REFUSED
    assert answer.text.startswith("“ana” could be: ana #1, ")
    assert "#3." in answer.text
    assert roles(house)[1] is Role.FACILITATOR
    assert roles(house)[3] is Role.MEMBER


@pytest.mark.parametrize("given", ["#3", f"{CYRILLIC} #3", "ana #3", f"{CYRILLIC}#3", "@ana #3", "\uff033"])
async def test_the_number_says_who_is_meant(house: House, given: str) -> None:
    await called(house, "eve", CYRILLIC)
    assert (await house.say("ana", f"!members {given} facilitator")).verdict is Verdict.DONE
    assert roles(house) == {1: Role.FACILITATOR, 2: Role.MEMBER, 3: Role.FACILITATOR}


@pytest.mark.parametrize("given", ["#9", "ben #9", "ben #3", "#", "#999999999999"])
async def test_a_number_that_is_not_theirs_is_nobody(house: House, given: str) -> None:
    await called(house, "eve", CYRILLIC)
    answer = await house.say("ana", f"!members {given} facilitator")
    assert answer.verdict is Verdict.REFUSED
    assert roles(house)[2] is Role.MEMBER


async def test_who_takes_anothers_number_into_their_name_does_not_take_their_place(house: House) -> None:
    await called(house, "eve", "ben #2")
    assert (await house.say("ana", "!members ben #2 facilitator")).verdict is Verdict.DONE
    assert roles(house) == {1: Role.FACILITATOR, 2: Role.FACILITATOR, 3: Role.MEMBER}
    assert "≈ ben #2 #3" in await members(house)
    assert (await house.say("ana", "!members ben #2 #3 observer")).verdict is Verdict.DONE
    assert roles(house)[3] is Role.OBSERVER


async def test_a_name_that_only_looks_like_the_one_typed_is_offered_and_not_taken(house: House) -> None:
    await called(house, "eve", "José")
    answer = await house.say("ana", "!members jose facilitator")
    assert (answer.verdict, answer.text[:24]) == (Verdict.REFUSED, "“jose” could be: José #3")
    assert (await house.say("ana", "!members josé facilitator")).verdict is Verdict.DONE


async def test_a_roll_names_people_in_the_same_way(house: House) -> None:
    await called(house, "eve", CYRILLIC)
    refused = await house.say("ben", "!propose --roll ana,ben Meet monthly")
    assert (refused.verdict, refused.text[:23]) == (Verdict.REFUSED, "“ana” could be: ana #1,")
    for number, given in enumerate(("#1,ben", '"ana #1 ben"', '"ana #1, #2"', '"#1 #2"'), 1):
        assert (await house.say("ben", f"!propose --roll {given} Idea {number}")).verdict is Verdict.DONE
    with house.store.reading() as work:
        assert {(one.poll_id, one.member_id) for one in work.all(Voter)} == {
            (n, m) for n in range(1, 5) for m in (1, 2)
        }


async def test_cards_tell_look_alikes_apart(house: House) -> None:
    await called(house, "eve", CYRILLIC, "!propose Meet monthly")
    await house.say("ana", "!agree P-1 It works elsewhere")
    await house.say("ben", "+1")
    await called(house, "eve", CYRILLIC, "-1 no")
    card = house.card()
    assert f"Put by {CYRILLIC} #3" in card
    assert "agree 2: ana #1, ben" in card
    assert f"disagree 1: {CYRILLIC} #3" in card


async def test_who_looks_like_a_facilitator_is_told_apart_where_the_facilitator_is_not_on_the_card(
    house: House,
) -> None:
    await house.say("ben", "!propose Meet monthly")
    await called(house, "eve", CYRILLIC, "+1")
    assert f"agree 1: {CYRILLIC} #3" in house.card()


async def test_refusals_name_them_apart(house: House) -> None:
    await called(house, "eve", CYRILLIC)
    await house.say("ana", "!members #3 facilitator")
    answer = await house.say("ben", "!members ben facilitator")
    assert f"ana #1, {CYRILLIC} #3" in answer.text


async def test_who_looks_alike_is_two_people_with_two_ballots(house: House) -> None:
    await house.say("ben", "!propose Meet monthly")
    await house.say("ana", "+1")
    for user, name in (("eve", CYRILLIC), ("dan", "ana")):
        await called(house, user, name, "+1")
    assert "agree 3" in house.card()
