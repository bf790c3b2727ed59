"""Repeating: whoever may never have read what waits for them is asked once more, and an old button answers no newer question."""

from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Answer, Card, Gone, Place, Request, Verdict
from adapters.console.conversation import Person
from bot import kept
from decisions.model import Doubt, Poll, Post, PostKind
from storage.store import Store
from tests.house import House
from tests.stories.conftest import ALSO_ON_TELEGRAM, MakeHouse

FIRST = "!propose Translate the partnership statement into twelve languages"
AGAIN = "!propose Translating our Partnerships statement to 12 languages"
OTHER = "!propose Buy a second projector for the film evenings"
OTHER_AGAIN = "!propose Buying a second projector for our film evenings"
MANY = '!propose --until "tomorrow at 6" Meet in Lima'


@pytest_asyncio.fixture
async def house(sqlite_store: Store) -> House:
    house = House(sqlite_store, {"general": "matrix"}, (Person(name="ana", role="facilitator"), Person(name="ben")))
    await house.say("ana", FIRST)
    return house


def rows(house: House) -> tuple[int, int, int]:
    """How many polls, questions, and posts that ask once more there are."""
    with house.store.reading() as work:
        return len(work.all(Poll)), len(work.all(Doubt)), len(work.all(Post, kind=PostKind.DOUBT))


async def killed(house: House, text: str, who: str = "ben") -> Answer:
    """Somebody says something, and the process ends before the answer is shown."""
    request = Request(key=f"killed-{text}", platform="matrix", chat="general", user=who, name=who, text=text)
    return await house.app.handle(request)


async def later(house: House, length: timedelta = kept.PATIENCE) -> None:
    house.sleep(length)
    await house.settle()


# -- asked once more --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [AGAIN, MANY])
async def test_whoever_was_never_told_is_asked_once_and_answers_that(house: House, said: str) -> None:
    asked = await killed(house, said)
    await later(house, kept.PATIENCE / 2)
    assert house.private("ben") == []  # the answer may still be on its way
    await later(house)
    (again,) = [one for one in house.shown if (one.kind, one.where) == ("private", "ben")]
    assert (again.text, again.buttons) == (asked.text, asked.buttons)
    await later(house, timedelta(hours=3))
    assert len(house.private("ben")) == 1
    done = await house.press("ben", again.buttons[-1 if said is AGAIN else 1][0].press, "")
    assert done.text.startswith("P-2 is open")
    assert rows(house) == (2, 0, 0)


@pytest.mark.parametrize("said", [AGAIN, MANY])
async def test_whoever_was_told_is_not_asked_again(house: House, said: str) -> None:
    await house.say("ben", said)
    told = house.private("ben")
    await later(house, timedelta(hours=3))
    assert (house.private("ben"), rows(house)) == (told, (1, 1, 0))


@ALSO_ON_TELEGRAM
@pytest.mark.parametrize("said", [AGAIN, MANY])
async def test_each_platform_says_when_somebody_was_told(make_house: MakeHouse, said: str) -> None:
    house = await make_house(people=(Person(name="ana", role="facilitator"), Person(name="ben")))
    await house.say("ana", FIRST)
    asked = await house.say("ben", said)
    await house.settle()
    assert house.private("ben") == [asked.text]
    with house.store.reading() as work:
        assert (len(work.all(Doubt)), work.all(Post, kind=PostKind.DOUBT)) == (1, [])


async def test_what_is_answered_by_then_is_not_asked_again(house: House) -> None:
    await killed(house, AGAIN)
    await house.whisper("ben", "no")
    told = house.private("ben")
    await later(house)
    assert (house.private("ben"), rows(house)) == (told, (1, 0, 0))


async def test_what_waited_too_long_is_told_so(house: House) -> None:
    await killed(house, AGAIN)
    house.sleep(timedelta(days=2))
    house.app.forget_requests()
    await house.settle()
    (told,) = house.private("ben")
    assert told.startswith("I cannot go on with that any more: ")
    assert rows(house)[:2] == (1, 0)


async def test_whoever_cannot_be_told_at_all_is_not_held_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = house.player.platforms["matrix"]
    send = platform.send

    async def closed(place: Place, card: Card, *, key: str, reply_to: str = "") -> str:
        if place.user:
            raise Gone("they never wrote to us")
        return await send(place, card, key=key, reply_to=reply_to)

    monkeypatch.setattr(platform, "send", closed)
    await killed(house, AGAIN)
    await later(house)
    await house.app.sweep()
    await house.settle()
    assert "Translating our Partnerships statement" in house.card(poll="P-2")
    assert rows(house) == (2, 0, 0)


async def test_nobody_says_for_another_that_they_were_told(house: House) -> None:
    await killed(house, AGAIN)
    with house.store.reading() as work:
        (doubt,) = work.all(Doubt)
    await house.press("ana", f"sure{doubt.id}:told", "")
    assert rows(house) == (1, 1, 1)


# -- an old button ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["told", "no", "go"])
async def test_an_old_button_does_nothing_to_what_was_asked_for_later(house: House, way: str) -> None:
    """However the first question ended, and though no other was open between the two."""
    await house.say("ana", OTHER)
    old = [row[0].press for row in (await house.say("ben", AGAIN)).buttons]
    if way != "told":
        await house.whisper("ben", {"no": "no", "go": "go on"}[way])
    await house.say("ben", OTHER_AGAIN)
    before = rows(house)
    for press in old:
        answer = await house.press("ben", press, "")
        assert answer.verdict is Verdict.REFUSED
        assert "you have asked for something else since" in answer.text
    assert rows(house) == before
