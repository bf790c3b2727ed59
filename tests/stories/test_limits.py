"""Too much: who asks too fast is told so once, and then only silence; who has five polls open puts no sixth."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from adapters.base import NOTHING, Answer, Request, Verdict
from adapters.console.conversation import Person
from bot.acts import deciding
from bot.app import App
from bot.clock import SetClock
from bot.limits import Kind
from decisions.model import Ballot, Poll, Remark
from storage.store import Store
from storage.tables import Journal, Seen, table
from tests.house import START, House

ANA, BEN = Person(name="ana", role="facilitator"), Person(name="ben")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
TOO_FAST = "That is more than 20 commands in a minute, so this one is not done."


@pytest.fixture
def house(sqlite_store: Store) -> House:
    return House(sqlite_store, {"general": "matrix", "side": "telegram"}, (ANA, BEN))


async def asks(house: House, count: int, who: str = "ana", what: str = "!help") -> None:
    for _ in range(count):
        assert (await house.say(who, what)).verdict is not Verdict.NOTHING


def kept(house: House) -> tuple[Any, ...]:
    """How many requests, journal lines and polls there are."""
    with house.store.reading() as work:
        counts = [
            work.connection.execute(select(func.count()).select_from(table(one))).scalar() for one in (Seen, Journal)
        ]
        return (*counts, len(work.all(Poll)))


async def test_the_twenty_first_is_refused_once_and_then_there_is_silence(house: House) -> None:
    await asks(house, 20)
    before = kept(house)
    answer = await house.say("ana", "!propose Meet monthly")
    assert answer.verdict is Verdict.REFUSED
    assert answer.text == f"{TOO_FAST} Please go on in 60 seconds; until then I am silent."
    for what in ("!propose Meet monthly", "+1", "!nonsense", "PROPOSAL: Meet monthly"):
        assert await house.say("ana", what) == NOTHING
    assert kept(house) == before
    assert house.notices() == []


async def test_after_the_minute_it_goes_on(house: House) -> None:
    await asks(house, 21)
    house.sleep(MINUTE - SECOND)
    assert await house.say("ana", "!propose Meet monthly", key="late") == NOTHING
    house.sleep(SECOND)
    assert (
        await house.say("ana", "!propose Meet monthly", key="late")
    ).verdict is Verdict.DONE  # it was not done before


async def test_it_is_over_all_chats_together(house: House) -> None:
    for room in ("general", "") * 10:
        assert (await house.say("ana", "!help", room)).verdict is Verdict.DONE
    assert (await house.whisper("ana", "help")).text.startswith(TOO_FAST)


async def test_others_are_not_held_up(house: House) -> None:
    await asks(house, 21)
    assert (await house.say("ben", "!propose Meet monthly")).verdict is Verdict.DONE


@pytest.mark.parametrize(
    "what", ["!agree P-1", "+1", "-1 no", "!agre P-1", "!frobnicate", "PROPOSAL: Meet", "RESOLVED: Meet"]
)
async def test_all_that_is_asked_for_by_words_counts(house: House, what: str) -> None:
    await house.say("ben", "!propose Meet monthly")
    for _ in range(20):
        await house.say("ana", what)
    assert (await house.say("ana", "!help")).text.startswith(TOO_FAST)


async def test_talk_edits_and_what_is_taken_back_do_not_count(house: House) -> None:
    await house.say("ana", "!propose Meet monthly", message="first")
    for number in range(30):
        assert (await house.say("ana", f"I think {number}")).verdict is Verdict.NOTHING
        await house.edit("ana", "first", "+1")
        await house.edit("ana", "first", "!frobnicate")
        await house.remove("ana", f"message-{number}")
    assert (await house.say("ana", "!help")).verdict is Verdict.DONE


async def test_who_is_silenced_can_still_talk_and_press(house: House) -> None:
    await house.say("ben", "!propose Meet monthly")
    await asks(house, 21)
    assert (await house.press("ana", "p1:0")).verdict is Verdict.DONE
    card = next(one for one in house.shown if one.where == "general")
    await house.say("ana", "I wonder about the costs", reply_to=card.post, message="7")
    with house.store.reading() as work:
        assert [one.text for one in work.all(Remark)] == ["I wonder about the costs"]


async def test_what_is_delivered_again_does_not_count_again(house: House) -> None:
    first = await house.say("ana", "!propose Meet monthly", key="first")
    for _ in range(30):
        assert await house.say("ana", "!propose Meet monthly", key="first") == NOTHING
    assert first.verdict is Verdict.DONE
    await asks(house, 19)
    assert await house.say("ana", "!propose Meet monthly", key="first") == NOTHING
    assert (await house.say("ana", "!help")).text.startswith(TOO_FAST)


async def test_what_was_done_long_ago_is_not_warned_of(house: House) -> None:
    await house.say("ana", "!propose Meet monthly", key="first")
    house.sleep(2 * MINUTE)
    await asks(house, 20)
    assert await house.say("ana", "!propose Meet monthly", key="first") == NOTHING
    assert (await house.say("ana", "!help")).text.startswith(TOO_FAST)


async def test_the_sixty_first_press_is_refused_once(house: House) -> None:
    await house.say("ben", "!propose Meet monthly")
    for number in range(60):
        assert (await house.press("ana", f"p1:{number % 2}")).verdict is Verdict.DONE
    answer = await house.press("ana", "p1:2")
    assert (answer.verdict, answer.text[:60]) == (
        Verdict.REFUSED,
        "That is more than 60 presses in a minute, so this one does n",
    )
    assert await house.press("ana", "p1:2") == NOTHING
    assert (await house.press("ben", "p1:0")).verdict is Verdict.DONE
    with house.store.reading() as work:
        assert [dict(one.marks) for one in work.all(Ballot)] == [{"abstain": 1}, {"agree": 1}]
    house.sleep(MINUTE)
    assert (await house.press("ana", "p1:2")).verdict is Verdict.DONE


async def test_a_fault_beside_it_neither_counts_twice_nor_eats_the_warning(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The requests of a transaction that fails are each carried out once more."""

    def broken(*_: object) -> Answer:
        raise RuntimeError("broken")

    monkeypatch.setattr(deciding, "terms", broken)
    await asks(house, 19)
    waiting = [
        request("ana", "!help", "twentieth"),
        request("ana", "!help", "one more"),
        request("ben", "!propose Tea", "fault"),
    ]
    answers = await asyncio.gather(*(house.app.handle(one) for one in waiting))
    assert [one.verdict for one in answers] == [Verdict.DONE, Verdict.REFUSED, Verdict.FAULT]


def request(who: str, text: str, key: str) -> Request:
    return Request(key=key, platform="matrix", chat="general", user=who, name=who, text=text)


async def test_limits_can_be_switched_off_or_set(sqlite_store: Store) -> None:
    for limits, done in ((None, 100), ({Kind.COMMAND: 3}, 3)):
        app = App(sqlite_store, SetClock(START), limits=limits)
        verdicts = [(await app.handle(request("ana", "!help", f"{done}-{number}"))).verdict for number in range(100)]
        assert verdicts.count(Verdict.DONE) == done
        await app.close()


# -- five open polls --------------------------------------------------------------------------------------------------


async def five(house: House, who: str, room: str = "general") -> None:
    for number in range(5):
        later = "--from 2d " if number % 2 else ""
        assert (await house.say(who, f"!propose {later}Idea {number}", room)).verdict is Verdict.DONE


@pytest.mark.parametrize("who", ["ana", "ben"])
@pytest.mark.parametrize("what", ["!propose One more", "!poll Tea?", "PROPOSAL: One more", "!poll --by straw Tea?"])
async def test_a_sixth_is_refused(house: House, who: str, what: str) -> None:
    await five(house, who)
    answer = await house.say(who, what)
    assert answer.verdict is Verdict.REFUSED
    assert answer.text == (
        "You have 5 polls open or scheduled in this room: P-1, P-2, P-3, P-4, P-5. "
        "More do not fit; please close or withdraw one first, as in: withdraw P-1"
    )
    assert kept(house)[2] == 5


@pytest.mark.parametrize("end", ["!withdraw P-2", "!close P-1"])
async def test_where_one_ends_another_fits(house: House, end: str) -> None:
    await five(house, "ben")
    await house.say("ben", end)
    assert (await house.say("ben", "!propose One more")).verdict is Verdict.DONE
    assert (await house.say("ben", "!propose And another")).verdict is Verdict.REFUSED


async def test_each_room_and_each_member_has_five(house: House) -> None:
    await five(house, "ben")
    await five(house, "ben", "side")
    assert (await house.say("ana", "!propose One more")).verdict is Verdict.DONE


async def test_what_is_put_privately_is_in_the_first_room(house: House) -> None:
    for number in range(5):
        assert (await house.whisper("ben", f"propose Idea {number}")).verdict is Verdict.DONE
    assert (await house.say("ben", "!propose One more")).verdict is Verdict.REFUSED
    assert (await house.say("ben", "!propose One more", "side")).verdict is Verdict.DONE
    assert (await house.whisper("ben", "propose One more")).verdict is Verdict.REFUSED


async def test_time_makes_room(house: House) -> None:
    await five(house, "ben")
    await house.wait(timedelta(days=10))
    assert (await house.say("ben", "!propose One more")).verdict is Verdict.DONE
