"""The one send path: within Telegram's limits, and in its own terms when Telegram says no."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError, TimedOut

from adapters.base import Gone, Later, Moved
from adapters.telegram.budget import Budget, Limits
from adapters.telegram.http import Flood
from adapters.telegram.sending import Sender

GROUP, OTHER, PERSON = "-100", "-200", "7"


class Time:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 1000.0

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds
        await asyncio.sleep(0)


def sender() -> tuple[Sender, Time]:
    time = Time()
    return Sender(Budget(time.now), time.sleep), time


async def sent() -> str:
    return "sent"


def failing(error: TelegramError) -> Callable[[], Awaitable[str]]:
    async def call() -> str:
        raise error

    return call


async def test_a_group_gets_twenty_a_minute_sends_and_edits_together() -> None:
    made, time = sender()
    at = []
    for number in range(45):
        await made.counted(GROUP, sent, edit=number % 2 == 0, patient=True)
        at.append(time.at)
    assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(at))
    assert all(at[number + 20] - at[number] >= 60 for number in range(25))


async def test_edits_leave_room_for_what_must_be_said() -> None:
    made, time = sender()
    for _ in range(15):
        await made.counted(GROUP, sent, edit=True, patient=True)
    time.at += 1
    with pytest.raises(Later) as later:
        await made.counted(GROUP, sent, edit=True)
    assert later.value.seconds > 40
    assert await made.counted(GROUP, sent) == "sent"


async def test_a_full_group_holds_up_nobody_else() -> None:
    made, time = sender()
    for _ in range(20):
        await made.counted(GROUP, sent, patient=True)
    time.at += 1
    with pytest.raises(Later):
        await made.counted(GROUP, sent)
    assert await made.counted(OTHER, sent) == "sent"
    assert await made.counted(PERSON, sent) == "sent"


async def test_thirty_a_second_in_all() -> None:
    made, _ = sender()
    for number in range(30):
        await made.counted(str(number + 1), sent)
    with pytest.raises(Later) as later:
        await made.counted("99", sent)
    assert 0 < later.value.seconds <= 1


async def test_flood_control_is_for_that_chat_alone() -> None:
    made, time = sender()
    with pytest.raises(Later) as later:
        await made.counted(GROUP, failing(Flood(17)))
    assert later.value.seconds == 17
    assert await made.counted(OTHER, sent) == "sent"
    time.at += 16.5
    with pytest.raises(Later) as later:
        await made.counted(GROUP, sent)
    assert later.value.seconds == pytest.approx(0.5)
    time.at += 0.5
    assert await made.counted(GROUP, sent) == "sent"


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (
            BadRequest("Message is not modified: specified new message content and reply markup are exactly the same"),
            None,
        ),
        (Forbidden("Forbidden: bot was blocked by the user"), Gone),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Gone),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Gone),
        (BadRequest("Chat not found"), Gone),
        (BadRequest("Message to edit not found"), Gone),
        (BadRequest("Not enough rights to send text messages to the chat"), Later),
        (BadRequest("TOPIC_CLOSED"), Later),
        (TimedOut(), Later),
        (NetworkError("Bad Gateway"), Later),
        (ChatMigrated(-1007), Moved),
        (BadRequest("Can't parse entities"), BadRequest),
    ],
)
async def test_what_a_no_means(error: TelegramError, meant: type[Exception] | None) -> None:
    made, _ = sender()
    if meant is None:
        assert await made.counted(GROUP, failing(error), edit=True) is None
        return
    with pytest.raises(meant) as raised:
        await made.counted(GROUP, failing(error))
    if isinstance(raised.value, Moved):
        assert raised.value.chat == "-1007"


@given(st.lists(st.tuples(st.sampled_from([GROUP, OTHER, PERSON, "8"]), st.booleans(), st.floats(0, 5)), max_size=200))
def test_no_limit_is_ever_passed(wanted: list[tuple[str, bool, float]]) -> None:
    time, limits = Time(), Limits(a_second=3, a_minute=8, kept=2)
    budget = Budget(time.now, limits)
    said: list[tuple[float, str]] = []
    for chat, edit, pause in wanted:
        time.at += pause
        if budget.wait(chat, edit=edit) == 0:
            budget.spend(chat)
            said.append((time.at, chat))
    for at, chat in said:
        assert sum(at <= one < at + 1 - 1e-6 for one, _ in said) <= 3
        here = [one for one, where in said if where == chat]
        assert sum(at <= one < at + 1 - 1e-6 for one in here) <= 1
        assert chat in (PERSON, "8") or sum(at <= one < at + 60 - 1e-6 for one in here) <= 8
