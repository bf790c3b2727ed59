"""Rhythm: what people hear unasked - one reminder, one line in the room, a digest on Mondays - and never at night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Group
from storage.store import Store
from tests.house import House
from tests.stories.coming import to_come

ANA = Person(name="ana", role="facilitator")
BAO = Person(name="bao", zone="Asia/Tokyo", language="fr")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def house(sqlite_store: Store) -> House:
    return House(sqlite_store, {"general": "matrix", "chat": "telegram"}, (ANA, BAO), zone="Europe/Berlin")


def quiet(house: House, hours: str) -> None:
    with house.store.unit_of_work() as work:
        work.put(replace(work.the(Group, id=1), quiet=hours))


async def test_a_room_is_told_once_how_many_have_taken_part(house: House) -> None:
    await house.say("ana", "!propose --for 3d Meet monthly")
    await house.say("ana", "+1")
    await house.wait(3 * DAY)
    said = "P-1 (“Meet monthly”) closes in 1 day: one has taken part, of 2. Its card takes your answer."
    assert [one for one in house.notices() if "closes in" in one] == [said]
    assert [one for one in house.notices("chat") if "closes in" in one] == [said]


async def test_where_all_have_taken_part_nobody_is_told(house: House) -> None:
    await house.say("ana", "!propose --for 3d Meet monthly")
    await house.say("ana", "+1")
    await house.say("bao", "+1", room="chat")
    await house.wait(3 * DAY)
    assert not [one for one in house.notices() if "closes in" in one]


async def test_a_reminder_waits_for_the_morning_of_whoever_it_reaches(house: House) -> None:
    quiet(house, "22:00-07:00")
    await house.wait(3 * HOUR)  # 21:00 UTC: 22:00 in Berlin, 6:00 in Tokyo
    await house.say("ana", "!propose --for 3d Meet monthly")
    await house.wait(4 * DAY)
    at = {one.where: one.at for one in house.shown if one.kind == "private" and "missing" in one.text + "il manque"}
    assert at["ana"] == datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
    voix = [one.at for one in house.shown if one.where == "bao" and "Il manque votre voix" in one.text]
    assert voix == [datetime(2026, 3, 4, 22, 0, tzinfo=UTC)]


async def test_a_reminder_that_the_morning_would_make_too_late_comes_at_once(house: House) -> None:
    quiet(house, "19:00-18:00")
    await house.say("ana", "!propose --for 25h Meet monthly")
    await house.wait(25 * HOUR)
    assert any("Your voice is missing on P-1" in one for one in house.private("ana"))


@pytest.mark.parametrize("meanwhile", ["agree P-1", "remind off", "forget me now", ""])
async def test_a_reminder_that_waited_is_let_go_by_what_came_meanwhile(house: House, meanwhile: str) -> None:
    quiet(house, "22:00-07:00")
    await house.wait(3 * HOUR)
    await house.say("bao", "!propose --for 3d Meet monthly")
    await house.wait(2 * DAY + 3 * HOUR)  # one in the night in Berlin
    if meanwhile:
        await house.whisper("ana", meanwhile)
    else:
        await house.leave("ana")
        await house.leave("ana", "chat")
    await house.wait(DAY)
    assert not [one for one in house.private("ana") if "Your voice is missing" in one]


async def test_a_digest_comes_on_monday_mornings_to_who_asked(house: House) -> None:
    assert (
        await house.whisper("bao", "digest")
    ).text == "Vous ne recevez pas de résumé. Pour en recevoir un chaque lundi\u00a0: résumé on"
    assert (await house.whisper("bao", "résumé on")).verdict is Verdict.DONE
    await house.say("ana", "!propose --for 1d Meet monthly")
    await house.say("ana", "+1")
    await house.wait(DAY)
    await house.say("ana", "!propose --for 30d Meet in Accra")
    await house.wait(14 * DAY)
    digests = [one for one in house.shown if one.where == "bao" and one.text.startswith("Votre semaine")]
    assert [one.at for one in digests] == [datetime(2026, 3, 8, 23, tzinfo=UTC), datetime(2026, 3, 15, 23, tzinfo=UTC)]
    first, second = (one.text for one in digests)
    assert "P-2 · Meet in Accra" in first
    assert "D-1 · Meet monthly" in first
    assert "D-1" not in second
    assert not [one for one in house.private("ana") if "Your week" in one]


async def test_a_digest_has_the_meetings_of_the_week_and_what_one_has_to_do(house: House) -> None:
    await house.whisper("ben", "digest on")
    await house.say("ana", "!action ben to buy paint by 2026-03-20")
    await house.say("ana", "!action ana to buy brushes")
    for number, days in ((1, 10), (2, 20), (3, 12)):
        to_come(house, number, f"Meeting {number}", house.now + days * DAY)
    await house.say("ana", "!cancel M-3")
    await house.wait(7 * DAY)
    (text,) = (one for one in house.private("ben") if one.startswith("Your week"))
    assert "You have this to do:\nA-1 · ben to buy paint by 2026-03-20" in text
    assert "Meetings this week:\nM-1 · Meeting 1: Thu 12 Mar 2026" in text
    for left_out in ("A-2", "M-2", "M-3"):
        assert left_out not in text
    await house.say("ben", "!done A-1")
    await house.wait(7 * DAY)
    text = [one for one in house.private("ben") if one.startswith("Your week")][-1]
    assert "M-2 · Meeting 2" in text
    assert "A-1" not in text


async def test_a_digest_with_nothing_to_say_is_not_sent(house: House) -> None:
    await house.whisper("ana", "digest on")
    await house.wait(15 * DAY)
    assert not [one for one in house.private("ana") if "Your week" in one]
    await house.whisper("ana", "digest off")
    assert (await house.whisper("ana", "digest")).text == "You get no digest. For one each Monday: digest on"
    assert (await house.whisper("ana", "digest maybe")).verdict is Verdict.REFUSED


async def test_mine_lists_what_waits_in_every_group(house: House) -> None:
    await house.say("ana", "!propose --for 3d Meet monthly")
    await house.elsewhere("ana", "!propose --for 2d More tea")
    text = (await house.say("ana", "!mine")).text
    assert "Meet monthly" in text
    assert "(Partnerships)" in text
    assert "More tea" in text
    assert "(Tea)" in text
    assert (await house.whisper("ana", "mine")).text == text
