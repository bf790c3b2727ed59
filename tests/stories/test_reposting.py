"""Stories of cards that were removed, of rooms that go on as others, and of rooms from which we were put out for a time."""

import pytest

from adapters.base import Arrivals, Card, Gone, Place, Request
from adapters.console.scripted import Scripted, Shown
from bot.reposting import MOST_ANEW
from storage.store import Store
from tests.house import House
from tests.stories.called import called


@pytest.fixture
async def house(store: Store) -> House:
    """A proposal of Ana's is open."""
    made = House(store, {"general": "matrix"})
    await made.say("ana", "!propose Meet monthly")
    return made


def sent(house: House, room: str = "general") -> list[str]:
    """The cards of the first poll that were posted in a room, by their ids."""
    return [one.post for one in house.cards(room) if one.kind == "send"]


def told(house: House) -> list[Shown]:
    return [one for one in house.shown if one.kind == "send" and one.text.startswith("D-1 ·")]


async def put_out(house: House, monkeypatch: pytest.MonkeyPatch, *acts: str) -> None:
    """We are put out of the room, and Ana does something alone with us meanwhile."""

    async def gone(self: Scripted, place: Place, *more: object, **named: object) -> str:
        raise Gone("we were put out")

    with monkeypatch.context() as out:
        out.setattr(Scripted, "send", gone)
        out.setattr(Scripted, "edit", gone)
        for act in acts:
            await house.whisper("ana", act)


async def come_back(house: House) -> None:
    came = Arrivals(joined=(("ana", "ana"),), size=1, ours=True)
    await house.app.handle(Request(key="back", platform="matrix", chat="general", user="ana", arrivals=came))
    await house.settle()


async def move(house: House) -> None:
    for _ in range(2):
        moved = Request(key="moved", platform="matrix", chat="upgraded", user="", moved_from="general")
        await house.app.handle(moved)
    await house.settle()


# -- removed ----------------------------------------------------------------------------------------------------------


async def test_a_card_that_somebody_removes_is_posted_again_and_goes_on(house: House) -> None:
    (first,) = sent(house)
    await house.remove("ben", first)
    _, second = sent(house)
    assert second != first
    before = len(house.cards())
    await house.press("ben", "p1:0")
    assert [(one.post, "agree 1: ben" in one.text) for one in house.cards()[before:]] == [(second, True)]


async def test_who_goes_on_removing_it_has_their_way(house: House) -> None:
    for _ in range(MOST_ANEW + 3):
        await house.remove("ben", sent(house)[-1])
    assert len(sent(house)) == MOST_ANEW + 1
    await house.say("ana", "!close P-1")
    assert len(told(house)) == 1


async def test_the_card_of_what_is_decided_is_not_posted_again(house: House) -> None:
    await house.say("ana", "!close P-1")
    await house.remove("ben", sent(house)[0])
    assert len(sent(house)) == 1


async def test_the_card_that_was_removed_is_left_alone_afterwards(house: House) -> None:
    first = sent(house)[0]
    await house.remove("ben", first)
    await house.say("ana", "!close P-1")
    before = len(house.cards())
    await house.say("ana", "!outcome D-1 From May on")
    assert [one.post for one in house.cards()[before:]] == [sent(house)[-1]]


# -- moved ------------------------------------------------------------------------------------------------------------


async def test_a_room_that_goes_on_as_another_has_its_open_cards_there(house: House) -> None:
    await house.press("ben", "p1:0")
    await move(house)
    (card,) = house.cards("upgraded")
    assert (card.kind, "agree 1: ben" in card.text) == ("send", True)
    close = Request(key="close", platform="matrix", chat="upgraded", user="ana", name="ana", text="!close P-1")
    await house.app.handle(close)
    await house.settle()
    assert [one.where for one in told(house)] == ["upgraded"]


async def test_what_was_decided_before_is_not_said_again(house: House) -> None:
    await house.say("ana", "!close P-1")
    await move(house)
    assert not [one for one in house.shown if one.where == "upgraded"]


# -- put out ----------------------------------------------------------------------------------------------------------


async def test_after_we_were_put_out_a_card_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await put_out(house, monkeypatch, "agree P-1")
    assert "agree 1: ana" not in house.card()
    await come_back(house)
    assert "agree 1: ana" in house.card()
    await house.press("ben", "p1:0")
    assert "agree 2: ana, ben" in house.card()
    assert len(sent(house)) == 1


async def test_what_was_decided_while_we_were_out_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await put_out(house, monkeypatch, "close P-1")
    assert not told(house)
    await come_back(house)
    assert len(told(house)) == 1


async def test_who_comes_back_says_nothing_anew(house: House) -> None:
    before = len(house.shown)
    await come_back(house)
    assert len(house.shown) == before


async def test_a_card_that_could_not_be_posted_is_posted_then(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(store, {"general": "matrix"})

    async def gone(self: Scripted, place: Place, card: Card, **more: object) -> str:
        raise Gone("we were put out")

    with monkeypatch.context() as out:
        out.setattr(Scripted, "send", gone)
        await house.say("ana", "!propose Meet monthly")
    assert not house.cards()
    await come_back(house)
    assert len(sent(house)) == 1


# -- meetings ---------------------------------------------------------------------------------------------------------


def meeting_cards(house: House, room: str = "general") -> list[str]:
    return [one.post for one in house.cards(room, "M-1") if one.kind == "send"]


async def test_the_card_of_a_meeting_is_posted_again_so_often_and_no_more(house: House) -> None:
    await called(house)
    for _ in range(MOST_ANEW + 3):
        await house.remove("ben", meeting_cards(house)[-1])
    assert len(meeting_cards(house)) == MOST_ANEW + 1
    await house.say("ana", "!cancel M-1")
    await house.remove("ben", meeting_cards(house)[-1])
    assert len(meeting_cards(house)) == MOST_ANEW + 1


async def test_a_room_that_goes_on_as_another_chat_shows_the_meetings_there(house: House) -> None:
    await called(house)
    await move(house)
    assert len(meeting_cards(house)) == len(meeting_cards(house, "upgraded")) == 1
    await house.press("ben", "m1:rsvp=yes", room="upgraded")
    assert "Yes 1: ben" in house.card("upgraded", "M-1")


async def test_a_meeting_that_was_called_while_we_were_put_out_is_shown_when_we_are_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(self: Scripted, place: Place, *more: object, **named: object) -> str:
        raise Gone("we were put out")

    with monkeypatch.context() as out:
        out.setattr(Scripted, "send", gone)
        await called(house)
    assert meeting_cards(house) == []
    await come_back(house)
    assert len(meeting_cards(house)) == 1
