"""Stories of one person alone with the bot: their own ballot, all there is to say, and what those who lead a poll can do."""

from datetime import timedelta

import pytest

from adapters.base import Answer, Card, Verdict
from decisions.model import Ballot, Poll
from tests.house import AnyHouse
from tests.stories.conftest import ON_THE_CONSOLE, MakeHouse

CITIES = " ".join(f'"City {number}"' for number in range(1, 21))


@pytest.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    """Ana, a facilitator, has put P-1, a proposal."""
    made = await make_house()
    await made.say("ana", "!propose Meet monthly")
    return made


def shown(answer: Answer) -> Card:
    assert answer.card is not None
    return answer.card


def labels(answer: Answer) -> list[str]:
    return [one.label for row in answer.told[1] for one in row]


async def pressed(house: AnyHouse, who: str, answer: Answer, label: str) -> Answer:
    """The press of the button with this label, alone."""
    (press,) = [one.press for row in answer.told[1] for one in row if one.label == label]
    return await house.press(who, press, room="")


def marks(house: AnyHouse, poll: int = 1) -> list[dict[str, int]]:
    with house.store.reading() as work:
        return [dict(one.marks) for one in work.all(Ballot, poll_id=poll)]


# -- my ballot --------------------------------------------------------------------------------------------------------


async def test_my_ballot_shows_what_i_say_and_changes_in_place(house: AnyHouse) -> None:
    answer = await house.whisper("ben", "mine P-1")
    assert "You have not said anything on P-1 yet." in answer.text
    answer = await pressed(house, "ben", answer, "disagree")
    assert answer.text.startswith("Counted on P-1: disagree.")
    assert "You say: disagree" in shown(answer).text
    assert "✓ disagree" in labels(answer)
    answer = await pressed(house, "ben", answer, "Take it back")
    assert "Taken back" in answer.text
    assert "You have not said anything" in shown(answer).text
    assert marks(house) == []


async def test_several_can_be_taken_and_left_one_by_one(house: AnyHouse) -> None:
    await house.say("ana", '!poll --by approve "Where?" "Berlin" "Accra" "Online"')
    answer = await house.press("ben", "p2:mine", room="")
    for label in ("1. Berlin", "3. Online", "✓ 1. Berlin"):
        answer = await pressed(house, "ben", answer, label)
    assert marks(house, 2) == [{"3": 1}]
    await pressed(house, "ben", answer, "✓ 3. Online")
    assert marks(house, 2) == []


async def test_a_long_ballot_has_pages(house: AnyHouse) -> None:
    await house.say("ana", f'!poll "Where?" {CITIES}')
    assert not house.shown[-1].buttons or "City 1" not in str(house.cards(poll="P-2")[-1].buttons)
    answer = await house.press("ben", "p2:mine", room="")
    assert "1 / 3" in labels(answer)
    assert "9. City 9" not in labels(answer)
    answer = await pressed(house, "ben", answer, "›")
    answer = await pressed(house, "ben", answer, "12. City 12")
    assert "2 / 3" in labels(answer)
    assert "✓ 12. City 12" in labels(answer)
    answer = await pressed(house, "ben", answer, "‹")
    assert "1. City 1" in labels(answer)


async def test_a_ballot_that_needs_several_marks_is_put_together_first(house: AnyHouse) -> None:
    await house.say("ana", '!poll --min 2 --max 2 "Who goes?" "Ana" "Ben" "Cem"')
    answer = await house.press("ben", "p2:mine", room="")
    answer = await pressed(house, "ben", answer, "1. Ana")
    assert not [one for one in labels(answer) if one.startswith("Vote with")]
    answer = await pressed(house, "ben", answer, "3. Cem")
    assert marks(house, 2) == []
    answer = await pressed(house, "ben", answer, "Vote with these 2")
    assert "Counted on P-2: Ana, Cem." in answer.text
    assert marks(house, 2) == [{"1": 1, "3": 1}]


async def test_nought_is_a_score_like_any_other(house: AnyHouse) -> None:
    await house.say("ana", '!poll --by score --points 2 "Which?" "Berlin" "Accra"')
    answer = await house.press("ben", "p2:mine", room="")
    answer = await pressed(house, "ben", answer, "1 → 2")
    await pressed(house, "ben", answer, "2 → 0")
    assert marks(house, 2) == [{"1": 2, "2": 0}]


@ON_THE_CONSOLE
@pytest.mark.parametrize("press", ["p1:mine=9.1", "p1:cast=ff", "p1:cast=0", "p1:mine=0.7", "p9:mine", "p1:mine=x"])
async def test_a_forged_press_of_ones_own_ballot_is_refused(house: AnyHouse, press: str) -> None:
    assert (await house.press("ben", press, room="")).verdict is Verdict.REFUSED
    assert marks(house) == []


async def test_a_closed_poll_shows_its_ballot_without_buttons(house: AnyHouse) -> None:
    await house.say("ben", "+1")
    await house.say("ana", "!close P-1")
    answer = await house.whisper("ben", "mine P-1")
    assert "You say: agree" in answer.text
    assert "no longer open" in answer.text
    assert labels(answer) == ["Back to the group"]


async def test_what_waits_can_be_answered_from_the_list(house: AnyHouse) -> None:
    answer = await house.whisper("ben", "mine")
    answer = await pressed(house, "ben", answer, "Answer P-1")
    assert "agree" in labels(answer)


# -- those who lead it ------------------------------------------------------------------------------------------------


async def test_who_leads_a_poll_closes_it_by_two_presses(house: AnyHouse) -> None:
    await house.say("ben", "+1")
    answer = await house.press("ana", "p1:show", room="")
    answer = await pressed(house, "ana", answer, "Close")
    assert "Close P-1 now? One person has taken part so far." in shown(answer).text
    kept = await pressed(house, "ana", answer, "No, keep it open")
    assert "Close" in labels(kept)
    answer = await pressed(house, "ana", answer, "Yes, close it")
    assert "its outcome is D-1" in answer.text
    assert "Passed" in shown(answer).text


async def test_who_leads_a_poll_gives_it_more_time(house: AnyHouse) -> None:
    answer = await house.press("ana", "p1:show", room="")
    answer = await pressed(house, "ana", answer, "+7 days")
    with house.store.reading() as work:
        assert work.the(Poll, id=1).closes_at - house.now == timedelta(days=14)
    assert "P-1 now closes" in answer.text


@ON_THE_CONSOLE
@pytest.mark.parametrize("press", ["p1:close", "p1:close=now", "p1:extend=7d"])
async def test_nobody_else_does(house: AnyHouse, press: str) -> None:
    await house.say("ben", "+1")
    assert labels(await house.press("ben", "p1:show", room="")) == ["Back to the group"]
    assert (await house.press("ben", press, room="")).verdict is Verdict.REFUSED
    with house.store.reading() as work:
        assert work.the(Poll, id=1).closed_at is None
