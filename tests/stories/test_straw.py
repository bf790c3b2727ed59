"""Stories of straw polls: they show how things stand, are kept, and decide nothing."""

import pytest

from adapters.base import Verdict
from decisions.model import Poll, Post, PostKind
from storage.verify import verify
from tests.house import AnyHouse
from tests.stories.conftest import ALSO_ON_TELEGRAM, NOT_ON_MATRIX, MakeHouse


@pytest.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    return await make_house({"general": "telegram", "elsewhere": "matrix"})


async def test_a_straw_poll_is_counted_and_is_no_decision(house: AnyHouse) -> None:
    await house.say("ana", '!poll --by straw "Tea or coffee?" "Tea" "Coffee"')
    await house.say("ben", "!vote P-1 1")
    answer = await house.say("ana", "!close P-1")
    assert answer.text.startswith("P-1 is closed. A straw poll decides nothing")
    result = next(one.text for one in house.shown if one.kind == "send" and "Chosen" in one.text)
    assert result.startswith("P-1 · Tea or coffee?\nChosen: Tea; Tea 1")
    assert "decides nothing" in result
    assert "Nothing is open" in (await house.say("ana", "!decisions")).text
    await house.say("ana", "!propose Meet monthly")
    assert "its outcome is D-1" in (await house.say("ana", "!close P-2")).text
    with house.store.reading() as work:
        assert verify(work) == []


@pytest.mark.parametrize("words", ["!outcome P-1 So be it", "!review P-1 2026-09-01", "!worked P-1 yes"])
async def test_nothing_is_stated_on_it(house: AnyHouse, words: str) -> None:
    await house.say("ana", '!poll --by straw "Tea or coffee?" "Tea" "Coffee"')
    await house.say("ana", "!close P-1")
    answer = await house.say("ana", words)
    assert answer.verdict is Verdict.REFUSED
    assert "decided nothing" in answer.text


async def test_one_that_is_withdrawn_is_no_decision_either(house: AnyHouse) -> None:
    await house.say("ana", '!poll --by straw "Tea or coffee?" "Tea" "Coffee"')
    await house.say("ana", "!withdraw P-1")
    with house.store.reading() as work:
        assert work.the(Poll, id=1).decision is None
        assert verify(work) == []


@NOT_ON_MATRIX  # its own polls stand beside the card
async def test_the_platforms_own_form_takes_the_place_of_the_card_where_it_was_asked(house: AnyHouse) -> None:
    answer = await house.say("ana", '!poll --native "Tea or coffee?" "Tea" "Coffee"')
    assert "in the chat's own form" in answer.text
    with house.store.reading() as work:
        posts = {(one.kind, one.room_id) for one in work.all(Post)}
    assert (PostKind.NATIVE, 1) in posts
    assert (PostKind.CARD, 1) not in posts
    assert (PostKind.CARD, 2) in posts


@ALSO_ON_TELEGRAM
async def test_what_does_not_fit_has_a_card(house: AnyHouse) -> None:
    options = " ".join(f'"{number}"' for number in range(13))
    answer = await house.say("ana", f'!poll --native "Which?" {options}')
    assert "Here it has a card" in answer.text
    assert house.cards()


@pytest.mark.parametrize("make_house", ["console", "postgresql"], indirect=True)
async def test_where_the_platform_has_no_polls_of_its_own_there_is_a_card(house: AnyHouse) -> None:
    answer = await house.say("ana", '!poll --native "Tea or coffee?" "Tea" "Coffee"', room="elsewhere")
    assert "Here it has a card" in answer.text


async def test_it_cannot_be_made_to_bind(house: AnyHouse) -> None:
    answer = await house.say("ana", '!poll --native --by approve "Tea or coffee?" "Tea" "Coffee"')
    assert answer.verdict is Verdict.REFUSED
    assert "binds nobody" in answer.text
