"""Stories of a platform's own poll beside the card, whose taps are ballots where the platform can be trusted with them."""

from typing import Any

import pytest

from adapters.base import Abilities, Answer, Verdict
from adapters.console.scripted import Scripted
from decisions.model import Ballot, Post, PostKind
from storage.store import Store
from tests.house import House


@pytest.fixture
async def house(store: Store, monkeypatch: pytest.MonkeyPatch) -> House:
    """A room whose platform has polls of its own; a proposal is open there."""
    monkeypatch.setattr(Scripted, "abilities", Abilities(native=20))
    made = House(store, {"general": "matrix"})
    await made.say("ana", "!propose Meet monthly")
    return made


def native(house: House, poll: int = 1) -> Post:
    with house.store.reading() as work:
        (found,) = work.all(Post, poll_id=poll, kind=PostKind.NATIVE)
    return found


async def tap(house: House, who: str, *places: int, **more: Any) -> Answer:
    return await house.say(who, "", taps=places, reply_to=native(house).message, **more)


def marks(house: House) -> dict[int, dict[str, int]]:
    with house.store.reading() as work:
        return {one.member_id: dict(one.marks) for one in work.all(Ballot, poll_id=1)}


async def test_a_tap_is_a_ballot_and_the_card_shows_it(house: House) -> None:
    await tap(house, "ben", 0)
    assert any("agree 1: ben" in one.text for one in house.cards())


async def test_the_latest_act_counts_whichever_it_is(house: House) -> None:
    await tap(house, "ben", 0)
    await house.say("ben", "-1 too often")
    await house.press("ben", "p1:1")
    assert list(marks(house).values()) == [{"abstain": 1}]
    await tap(house, "ben", 0, message="m1")
    await house.say("ben", "", removed=True, message="m1")
    assert marks(house) == {}


async def test_an_empty_tap_takes_the_ballot_back(house: House) -> None:
    await tap(house, "ben", 0)
    await tap(house, "ben")
    assert marks(house) == {}
    assert (await tap(house, "ben")).verdict is Verdict.NOTHING


@pytest.mark.parametrize("places", [(9,), (-1,), (9, 0)])
async def test_a_tap_on_what_the_poll_has_not_is_spoiled_and_takes_the_ballot_back(
    house: House, places: tuple[int, ...]
) -> None:
    await tap(house, "ben", 1)
    await tap(house, "ben", *places)
    assert marks(house) == {}
    assert (await tap(house, "ben", *places)).verdict is Verdict.NOTHING


async def test_of_more_taps_than_may_be_the_first_count(house: House) -> None:
    await tap(house, "ben", 1, 2)
    assert list(marks(house).values()) == [{"abstain": 1}]


async def test_a_block_by_tap_is_asked_for_its_reason(house: House) -> None:
    answer = await tap(house, "ben", 3)
    assert (answer.verdict, "please say why" in answer.text) == (Verdict.REFUSED, True)
    assert marks(house) == {}


async def test_a_tap_in_somebody_elses_poll_is_nothing_to_us(house: House) -> None:
    answer = await house.say("ben", "", taps=(0,), reply_to="their poll")
    assert answer.verdict is Verdict.NOTHING


async def test_after_the_close_a_tap_is_refused(house: House) -> None:
    await house.say("ana", "!close P-1")
    assert (await tap(house, "ben", 0)).verdict is Verdict.REFUSED
    assert marks(house) == {}


@pytest.mark.parametrize("words", ['!poll --by score "Which?" "A" "B"', '!poll --min 2 --max 2 "Which?" "A" "B" "C"'])
async def test_what_does_not_fit_has_a_card_alone(house: House, words: str) -> None:
    await house.say("ana", words)
    with house.store.reading() as work:
        assert not work.all(Post, poll_id=2, kind=PostKind.NATIVE)


async def test_a_platform_without_polls_of_its_own_does_without(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scripted, "abilities", Abilities())
    await house.say("ana", "!propose Another")
    post = native(house, 2)
    assert (post.live, post.message) == (False, "")
