"""Correcting: what is said of minutes afterwards stands beside them, by name, and changes nothing that was noted."""

from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from decisions.model import Meeting, Note, Tag
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.conftest import ON_BOTH
from tests.stories.spring import ANA, BEN, held, plain


@pytest_asyncio.fixture
async def house(sqlite_store: Store) -> House:
    return House(sqlite_store, {"general": "matrix", "chat": "telegram"}, (ANA, BEN))


async def test_a_correction_stands_beside_what_it_corrects_and_nothing_is_changed(house: House) -> None:
    await held(house)
    number = next(one["number"] for one in plain(house.store)["agreed"])
    await house.wait(timedelta(days=1))
    answer = await house.say("ben", f"!correct M-1 {number} Fees stay until June")
    assert answer.text == f"Your correction stands beside note {number} of M-1, with your name and the day."
    await house.say("ben", f"!correct M-1 {number} Fees stay until June")
    await house.say("ana", "!correct M-1 Eve was there too")
    known = plain(house.store)
    (agreed,) = known["agreed"]
    assert agreed["text"] == "Fees stay"
    assert [(one["text"], one["by"], one["at"]) for one in agreed["corrections"]] == [
        ("Fees stay until June", "ben", "2026-03-03T18:50:00Z")
    ]
    assert [one["text"] for one in known["corrections"]] == ["Eve was there too"]
    file = (await house.say("ben", "!minutes M-1")).file
    assert file is not None
    beside = "Agreed: Fees stay (ana)\n  - Corrected by ben, Tue 3 Mar 2026, 13:50 UTC-5: Fees stay until June"
    assert beside in file.content


@pytest.mark.parametrize(
    ("who", "said", "why"),
    [
        ("dee", "!correct M-1 1 No", "those who were there"),
        ("ben", "!correct M-1 99 No", "no note 99"),
        ("ben", "!correct M-1 1", "say what is right"),
        ("ben", "!correct M-1", "say what is right"),
        ("ben", "!correct M-9 1 No", "There is no M-9 here. Which there are: meetings"),
    ],
)
async def test_what_cannot_be_corrected(house: House, who: str, said: str, why: str) -> None:
    await held(house)
    answer = await house.say(who, said)
    assert answer.verdict is Verdict.REFUSED
    assert why in answer.text


async def test_while_it_runs_nothing_is_corrected(house: House) -> None:
    await house.say("ana", "!startmeeting Spring")
    await house.say("ana", "#info first")
    assert (await house.say("ana", "!correct M-1 1 second")).verdict is Verdict.REFUSED


async def test_who_has_left_every_room_is_not_told_what_was_said_since_and_begins_nothing(house: House) -> None:
    await house.say("cem", "hi")
    await house.say("ben", "!startmeeting First")
    await house.say("cem", "a word")
    await house.say("ana", "!endmeeting")
    await house.leave("cem")
    await house.say("ben", "!startmeeting Second")
    await house.say("ben", "not for cem")
    await house.say("ana", "!endmeeting")
    assert (await house.whisper("cem", "minutes M-1 log")).file is not None  # they were there
    refused = await house.whisper("cem", "minutes M-2 log")
    assert (refused.file, refused.text[:52]) == (None, "That is for those who are in one of the rooms of “Pa")
    for form in ("json", "md"):
        file = (await house.whisper("cem", f"minutes M-2 {form}")).file
        assert file is not None
        assert "not for cem" not in file.content
    assert (await house.whisper("cem", "startmeeting Mine")).verdict is Verdict.REFUSED


async def test_what_was_left_over_and_is_not_reached_again_is_shown_as_such(house: House) -> None:
    await house.say("ana", "!agenda Fees\nVenue\nParty")
    await house.say("ana", "#startmeeting First\n#topic Fees")
    await house.say("ana", "#endmeeting")
    await house.wait(timedelta(days=1))
    await house.say("ana", "#startmeeting Second")
    await house.say("ana", "!agenda Walls")
    await house.say("ana", "#topic Party")
    await house.say("ana", "#endmeeting")
    await house.wait(timedelta(days=1))
    await house.say("ana", "#startmeeting Third\n#topic Venue")
    agendas = [plain(house.store, number)["agenda"] for number in (1, 2, 3)]
    assert agendas == [
        {"reached": ["Fees"], "unreached": ["Venue", "Party"], "unreached_again": []},
        {"reached": ["Party"], "unreached": ["Walls"], "unreached_again": ["Venue"]},
        {"reached": ["Venue"], "unreached": [], "unreached_again": ["Walls"]},
    ]
    file = (await house.whisper("ana", "minutes M-2")).file
    assert file is not None
    assert "Left over from before, again not reached: Venue" in file.content


async def test_twin_sessions_name_each_other_in_their_minutes(house: House) -> None:
    await house.say("ana", "#startmeeting First")
    await house.say("ana", "#endmeeting")
    await house.say("ana", "#startmeeting Second")
    with house.store.unit_of_work() as work:
        for one in work.all(Meeting):
            work.put(replace(one, twin=3 - one.id))
    await house.say("ana", "#endmeeting")
    await house.settle()
    assert (plain(house.store, 1)["twin"], plain(house.store, 2)["twin"]) == ("M-2", "M-1")
    file = (await house.whisper("ana", "minutes M-2")).file
    assert file is not None
    assert "Twin session: M-1 · First, Mon 2 Mar 2026, 18:00 UTC" in file.content
    assert "Twin session: M-1 · First, Mon 2 Mar 2026, 18:00 UTC" in house.notices()[-1]


@ON_BOTH
async def test_minutes_on_both_databases(store: Store) -> None:
    house = House(store, {"general": "matrix", "chat": "telegram"}, (ANA, BEN))
    await held(house)
    await house.say("ben", "!correct M-1 Eve was there too")
    assert [one["text"] for one in plain(store)["corrections"]] == ["Eve was there too"]
    with store.reading() as work:
        assert [one.corrects for one in work.all(Note, tag=Tag.CORRECTION)] == [0]
        assert verify(work) == []
