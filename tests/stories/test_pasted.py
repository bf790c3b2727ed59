"""Pasted: ids are understood however a text editor, a web page or an input method has left them."""

from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from bot import errands
from bot.references import id_in
from decisions.model import Lesson, Reuse
from storage.store import Store
from tests.house import START, House
from tests.stories.coming import to_come

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
"""Hyphens, breaking and not, those of figures, of spans and of thoughts, minus, and as wide as a Chinese letter."""


@pytest_asyncio.fixture
async def house(sqlite_store: Store) -> House:
    house = House(sqlite_store, {"general": "matrix"}, (Person(name="ana", role="facilitator"), Person(name="ben")))
    await house.say("ana", "!propose Meet on Sundays")
    await house.say("ana", "!close P-1")
    await house.say("ana", "!propose Plant trees")
    await house.say("ana", "!worked Paper forms in a library")
    await house.say("ana", "!action @ben Write the report")
    to_come(house, 1, "Budget", START + timedelta(days=30))
    await house.say("ana", "!concern P-2 Who waters them?")
    return house


@pytest.mark.parametrize("dash", [*DASHES, ""])
async def test_whichever_dash_it_is(house: House, dash: str) -> None:
    assert (await house.say("ben", f"!worked L{dash}1 in Ghana")).verdict is Verdict.DONE
    with house.store.reading() as work:
        assert [(one.lesson_id, one.place) for one in work.all(Reuse)] == [(1, "Ghana")]
        assert len(work.all(Lesson)) == 1
    assert (await house.say("ben", f"!agree P{dash}2 for shade")).text == "Counted on P-2: agree."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("!show Ｐ－２", "P-2 · Plant trees"),
        ("!show ｄ‑１", "P-1 · Meet on Sundays"),
        ("!show Ｍ−１", "M-1 · Budget"),
        ("!show Ａ－１", "A-1 · @ben Write the report"),
        ("!show Ｌ–１", "L-1 · Paper forms in a library"),
        ("!search Ｐ‑２", "P-2 · Plant trees"),
        ("!show \u200fＰ‑２", "P-2 · Plant trees"),
        ("!show Ｐ‑２＠１", "P-2 · Plant trees"),
    ],
)
async def test_letters_and_digits_may_be_wide(house: House, said: str, told: str) -> None:
    assert told in (await house.say("ben", said)).told[0]


@pytest.mark.parametrize(
    "said",
    ["amend P‑2 Plant more trees", "extend P‑2 10d", "resolve C‑1 We all do", "relate L‑1 P‑2", "outcome D‑1 We do",
     "rsvp M‑1 yes", "done A‑1", "move M‑1 2026-04-02 18:00", "close P‑2", "cancel M‑1",
     "withdraw L‑1", "review D‑1 2027-03-01", "startmeeting M‑1", "disagree P‑2", "missing P‑2", "adapt L‑1 in Ghana"],
)  # fmt: skip
async def test_every_command_takes_it(house: House, said: str) -> None:
    done = await house.say("ana", f"!{said}")
    assert done.verdict is Verdict.DONE
    assert said.split()[1].replace("‑", "-") in done.text


def test_what_follows_an_id_is_left_as_it_is() -> None:
    found = id_in("Ｐ‑７ ＡＢ–Ｃ")
    assert found is not None
    assert (found.ref, found.rest) == ("P-7", "ＡＢ–Ｃ")
    assert id_in("P‑7b") is None


def test_the_command_line_reads_it_too() -> None:
    assert errands._ref(" ｍ‑3 ") == "M-3"
