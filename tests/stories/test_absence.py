"""Stories of rooms from which the bot was put out, or that are no more, and of its coming back."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.base import Arrivals, Request, Verdict
from decisions.model import Poll, Presence, Room
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.conftest import ON_BOTH

pytestmark = pytest.mark.usefixtures("sound")


@pytest.fixture
async def house(store: Store) -> House:
    """Ana and Ben are in one room, Cem in both; a proposal is open."""
    made = House(store, {"general": "matrix", "chat": "telegram"})
    await made.say("ana", "!propose Meet monthly")
    await made.say("ben", "+1")
    await made.say("cem", "hello")
    await made.say("cem", "hello", "chat")
    return made


@pytest.fixture
async def sound(house: House) -> AsyncIterator[None]:
    yield
    with house.store.reading() as work:
        assert verify(work) == []


def room(house: House, name: str = "general") -> Room:
    with house.store.reading() as work:
        return next(one for one in work.all(Room) if one.chat == name)


def there(house: House, name: str = "general") -> int:
    """How many members are known to be in a room."""
    with house.store.reading() as work:
        return len(work.all(Presence, room_id=room(house, name).id))


def sent(house: House, name: str = "general", poll: str = "P-1") -> list[str]:
    return [one.post for one in house.cards(name, poll) if one.kind == "send"]


async def come_back(house: House) -> None:
    came = Arrivals(joined=(("ana", "ana"), ("cem", "cem")), size=2, ours=True)
    await house.app.handle(Request(key="back", platform="matrix", chat="general", user="ana", arrivals=came))
    await house.settle()


# -- gone -------------------------------------------------------------------------------------------------------------


async def test_nothing_more_is_said_in_a_room_that_is_gone(house: House) -> None:
    before = [one for one in house.shown if one.where == "general"]
    await house.gone()
    await house.whisper("cem", "agree P-1")
    await house.say("cem", "!propose Write a newsletter", "chat")
    await house.whisper("ana", "close P-1")
    await house.wait(timedelta(days=8))
    assert [one for one in house.shown if one.where == "general"] == before
    assert "agree 2: ben, cem" in house.card("chat")
    assert len([text for text in house.notices("chat") if text.startswith("D-")]) == 2


async def test_who_was_in_it_is_not_counted_any_more(house: House) -> None:
    await house.say("cem", "!propose Write a newsletter", "chat")
    await house.gone()
    assert (there(house), there(house, "chat")) == (0, 1)
    await house.say("cem", "!propose Write a book", "chat")
    with house.store.reading() as work:
        assert [one.base for one in work.all(Poll)][1:] == [3, 1]


async def test_told_again_it_changes_nothing(house: House) -> None:
    await house.gone("general", "gone-1")
    since = room(house).gone_at
    house.sleep(timedelta(hours=1))
    for key in ("gone-1", "gone-2"):
        await house.gone("general", key)
    assert since is not None
    assert room(house).gone_at == since


@ON_BOTH
async def test_all_of_it_brought_again_in_its_order_ends_as_before(house: House) -> None:
    """After a crash a platform brings again what it was not told that we have."""
    for _ in range(2):
        await house.gone("general", "gone-1")
        await come_back(house)
    assert room(house).gone_at is None
    for _ in range(2):
        await house.say("ben", "what a day")
        await house.gone("general", "gone-2")
    assert room(house).gone_at is not None
    assert there(house) == 0


async def test_a_chat_that_is_no_room_of_ours_may_be_gone(house: House) -> None:
    await house.gone("elsewhere")
    assert [room(house, name).gone_at for name in ("general", "chat")] == [None, None]


async def test_rooms_says_where_i_am_no_longer(house: House) -> None:
    await house.gone()
    answer = await house.say("cem", "!rooms", "chat")
    assert "general (matrix) \u2013 I am no longer there" in answer.text
    assert "chat (telegram) \u2013" not in answer.text


async def test_what_was_left_behind_can_be_pressed_only_by_who_is_in_another_room(house: House) -> None:
    """Telegram brings presses on what we left behind in a chat; they do not show that we are there."""
    await house.gone()
    assert (await house.press("ben", "p1:1")).verdict is Verdict.REFUSED
    assert (await house.press("cem", "p1:1")).verdict is Verdict.DONE
    assert room(house).gone_at is not None
    assert there(house) == 0


async def test_a_group_whose_rooms_are_all_gone_goes_on_in_private(house: House) -> None:
    await house.gone()
    await house.gone("chat")
    assert (await house.whisper("ana", "propose Write a newsletter")).verdict is Verdict.DONE
    await house.wait(timedelta(days=8))
    assert "Meet monthly" in (await house.whisper("ana", "decisions")).text
    assert len(sent(house)) == 1
    assert not sent(house, poll="P-2")


# -- back -------------------------------------------------------------------------------------------------------------


async def test_back_again_open_cards_are_posted_anew_as_they_are_by_now(house: House) -> None:
    await house.gone()
    await house.whisper("cem", "agree P-1")
    await house.say("cem", "!propose Write a newsletter", "chat")
    (first,) = sent(house)
    await come_back(house)
    _, second = sent(house)
    assert second != first
    assert "agree 2: ben, cem" in house.card()
    assert len(sent(house, poll="P-2")) == 1
    assert len(sent(house, "chat")) == 1
    before = len(house.cards())
    await house.press("ana", "p1:1")
    assert [one.post for one in house.cards()[before:]] == [second]


async def test_what_was_decided_meanwhile_is_told_once(house: House) -> None:
    await house.gone()
    await house.whisper("ana", "close P-1")
    for _ in range(2):
        await come_back(house)
    assert len([text for text in house.notices() if text.startswith("D-1")]) == 1
    assert len(sent(house)) == 1


async def test_whoever_speaks_there_shows_that_we_are_back(house: House) -> None:
    await house.gone()
    await house.say("ben", "what a day")
    assert room(house).gone_at is None
    assert there(house) == 1
    assert len(sent(house)) == 2


async def test_a_room_that_goes_on_as_another_is_there_again(house: House) -> None:
    await house.gone()
    moved = Request(key="moved", platform="matrix", chat="upgraded", user="", moved_from="general")
    await house.app.handle(moved)
    await house.settle()
    assert room(house, "upgraded").gone_at is None
    assert len(sent(house, "upgraded")) == 1


async def test_what_is_said_of_a_decision_meanwhile_is_shown_when_we_are_back(house: House) -> None:
    await house.say("ana", "!close P-1")
    await house.gone()
    before = len(house.cards())
    await house.whisper("ana", "outcome D-1 From May on")
    assert "From May on" in house.card("chat")
    assert len(house.cards()) == before
    await come_back(house)
    assert "From May on" in house.card()
    assert len(sent(house)) == 1
