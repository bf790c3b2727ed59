"""Holding: a meeting in a group's rooms, from `startmeeting` to `endmeeting`, and who is in it."""

from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from bot.app import App
from decisions import meetings
from decisions.model import (
    Attendance,
    Borne,
    Coming,
    Group,
    Meeting,
    Note,
    Post,
    PostKind,
    Rsvp,
    Stage,
    Tag,
)
from storage.store import Store
from tests.house import House
from tests.stories.held import ANA, TWO, hall, log, notes, present, said, stage


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    return hall(store)


# -- beginning and ending -----------------------------------------------------------------------------------------------


async def test_a_meeting_begins_in_every_room_and_says_what_is_kept(house: House) -> None:
    answer = await house.say("ben", "!startmeeting Budget")
    assert answer.verdict is Verdict.DONE
    for room in TWO:
        (told,) = house.notices(room)
        assert told.startswith("M-1 has begun: “Budget”. ben leads it. What is said in this group’s rooms is kept")
        assert "endmeeting" in told
        assert "#topic, #info or #action" in told
    assert stage(house) is Stage.RUNNING


@pytest.mark.parametrize(
    "text",
    ["#startmeeting", "^startmeeting", "- startmeeting: Budget", "/startmeeting@folkmoot_bot Budget", "!STARTMEETING"],
)
async def test_it_begins_in_every_spelling(house: House, text: str) -> None:
    assert (await house.say("ben", text)).verdict is Verdict.DONE
    assert stage(house) is Stage.RUNNING


async def test_a_second_meeting_is_refused_alone_and_names_the_one_that_runs(house: House) -> None:
    await house.say("ben", "#startmeeting Budget", "general")
    before = house.notices("chat")
    answer = await house.say("cem", "#startmeeting Another", "chat")
    assert answer.verdict is Verdict.REFUSED
    assert "M-1 · Budget" in answer.text
    assert house.notices("chat") == before
    assert (await house.whisper("cem", "startmeeting")).verdict is Verdict.REFUSED


async def test_only_a_chair_or_a_facilitator_ends_it(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    answer = await house.say("cem", "#endmeeting")
    assert answer.verdict is Verdict.REFUSED
    assert "ben" in answer.text
    assert stage(house) is Stage.RUNNING
    assert (await house.say("ana", "!endmeeting", "chat")).verdict is Verdict.DONE
    assert stage(house) is Stage.ENDED
    with house.store.reading() as work:
        assert work.the(Group, id=1).running == 0
        assert len(work.all(Post, kind=PostKind.MINUTES)) == len(TWO)


async def test_nothing_is_kept_before_and_after(house: House) -> None:
    await house.say("ben", "good evening")
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "hello all")
    await house.say("cem", "#info rent is up")
    await house.say("ben", "#endmeeting")
    await house.say("cem", "#info too late")
    assert log(house) == ["hello all", "#info rent is up", "#endmeeting"]
    assert said(house) == ["rent is up"]


async def test_a_forgotten_meeting_ends_by_itself(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.wait(timedelta(hours=11, minutes=59))
    assert stage(house) is Stage.RUNNING
    await house.wait(timedelta(minutes=1))
    assert stage(house) is Stage.ENDED
    for room in TWO:
        assert any("twelve hours" in one for one in house.notices(room))
    await house.say("cem", "morning")
    assert "morning" not in log(house)


async def test_a_meeting_outlives_midnight_and_a_restart(house: House) -> None:
    await house.wait(timedelta(hours=5, minutes=30))
    await house.say("ben", "#startmeeting Budget")
    await house.say("ben", "#topic Rent")
    await house.wait(timedelta(hours=1))
    house.player.app = house.app = App(house.store, house.player.clock)
    await house.say("cem", "#info it is up")
    with house.store.reading() as work:
        topic, info = work.all(Note)
        assert info.under == topic.number


async def test_who_bore_a_bad_hour_is_written_down(store: Store) -> None:
    house = House(store, TWO, (ANA, Person(name="bao", zone="Asia/Tokyo"), Person(name="cem", zone="Europe/Berlin")))
    for who in ("bao", "cem"):
        await house.say(who, "hello")
    await house.say("ana", "#startmeeting Budget")
    for who in ("bao", "cem"):
        await house.say(who, "present+")
    await house.say("ana", "#endmeeting")
    with store.reading() as work:
        (borne,) = work.all(Borne)
        assert (borne.local, borne.member_id) == ("03:00", 2)
        assert borne.cost == 7  # the night is deep


async def test_a_series_goes_on_when_one_of_it_was_held(house: House) -> None:
    made = Meeting(
        id=1, group_id=1, number=1, room_id=1, by=1, title="Weekly", stage=Stage.SET, zone="UTC", wall="2026-03-02T18:00",
        starts_at=house.now, every=7, uid="u", made_at=house.now, salt="s", seal="",
    )  # fmt: skip
    with house.store.unit_of_work() as work:
        work.apply(meetings.call(made, by=1), 1, house.now)
    await house.say("ben", "#startmeeting")
    await house.say("ben", "!agenda Rent")
    await house.say("ben", "#endmeeting")
    with house.store.reading() as work:
        following = work.the(Meeting, number=2)
    assert (following.stage, following.wall) == (Stage.SET, "2026-03-09T18:00")
    assert "Rent" in (await house.say("ben", "!agenda")).text


# -- people -------------------------------------------------------------------------------------------------------------


async def test_who_speaks_is_there_and_who_is_named_too(house: House) -> None:
    for who in ("cem", "dee", "eve"):
        await house.say(who, "hi")
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "a word")
    await house.say("ben", "present+ dee, Zoe Zoom")
    await house.say("eve", "regrets+")
    await house.say("eve", "back for a minute only")
    assert said(house, Tag.GUEST) == ["Zoe Zoom"]
    with house.store.reading() as work:
        there = {one.member_id: one for one in work.all(Attendance)}
    assert sorted(one for one, kept in there.items() if kept.here) == sorted(present(house))
    assert len(present(house)) == 3
    assert [kept.regrets for kept in there.values()].count(True) == 1


async def test_who_said_no_and_did_not_come_sent_regrets(house: House) -> None:
    for who in ("cem", "dee"):
        await house.say(who, "hi")
    made = Meeting(
        id=1, group_id=1, number=1, room_id=1, by=1, title="Budget", stage=Stage.SET, zone="UTC", wall="2026-03-02T19:00",
        starts_at=house.now + timedelta(hours=1), uid="u", made_at=house.now, salt="s", seal="",
    )  # fmt: skip
    with house.store.unit_of_work() as work:
        work.apply(meetings.call(made, by=1), 1, house.now)
        for member in (3, 4):
            work.put(Rsvp(meeting_id=1, member_id=member, coming=Coming.NO, at=house.now))
    await house.say("ben", "#startmeeting")  # the one that is set for about now
    await house.say("dee", "I could make it after all")
    await house.say("ben", "#endmeeting")
    with house.store.reading() as work:
        there = {one.member_id: (one.here, one.regrets) for one in work.all(Attendance, meeting_id=1)}
    assert there == {5: (True, False), 3: (False, True), 4: (True, False)}


async def test_a_meeting_that_is_set_for_another_day_is_not_the_one_that_begins(house: House) -> None:
    for number, hours in ((1, 2), (2, 26)):
        at = house.now + timedelta(hours=hours)
        made = Meeting(
            id=number, group_id=1, number=number, room_id=1, by=1, title=f"Call {number}", stage=Stage.SET, zone="UTC",
            wall=f"{at:%Y-%m-%dT%H:%M}", starts_at=at, uid="u", made_at=house.now, salt="s", seal="",
        )  # fmt: skip
        with house.store.unit_of_work() as work:
            work.apply(meetings.call(made, by=1), 1, house.now)
    await house.say("ben", "#startmeeting Something else")
    assert stage(house, 3) is Stage.RUNNING
    await house.say("ben", "#endmeeting")
    await house.say("ben", "#startmeeting")
    assert stage(house, 1) is Stage.RUNNING
    await house.say("ben", "#endmeeting")
    await house.say("ben", "!startmeeting M-2")
    assert stage(house, 2) is Stage.RUNNING
    await house.say("ben", "#endmeeting")
    answer = await house.say("ben", "!startmeeting M-2")
    assert answer.text == "That cannot be done with M-2 now: it is over."


async def test_chairs_are_made_and_unmade(house: House) -> None:
    await house.say("cem", "hi")
    await house.say("ben", "#startmeeting Budget")
    assert (await house.say("cem", "#topic mine")).verdict is Verdict.REFUSED
    assert (await house.say("cem", "#chair cem")).verdict is Verdict.REFUSED
    await house.say("ben", "Chair: cem")
    await house.say("cem", "Topic: mine")
    await house.say("ben", "#unchair cem")
    assert (await house.say("cem", "#topic again")).verdict is Verdict.REFUSED
    assert said(house) == ["mine"]
    assert (await house.say("ben", "#chair nobody here")).verdict is Verdict.REFUSED
    assert (await house.say("ben", "#unchair nobody")).verdict is Verdict.REFUSED


async def test_an_account_that_nobody_knows_yet_leads_as_soon_as_it_speaks(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.say("ben", "#chair yao, zoe")
    assert house.private("ben")[-1].startswith("Nobody here is called zoe yet.")
    await house.say("ben", "#unchair zoe")
    assert (await house.say("yao", "#topic mine")).verdict is Verdict.DONE
    assert (await house.say("zoe", "#topic mine too")).verdict is Verdict.REFUSED
    await house.say("ben", "#unchair yao")
    assert (await house.say("yao", "#topic again")).verdict is Verdict.REFUSED
    await house.say("ben", "#chair wes")
    await house.say("ben", "#endmeeting")
    await house.say("ben", "#startmeeting Another")
    assert (await house.say("wes", "#topic mine")).verdict is Verdict.REFUSED
    assert said(house, Tag.TOPIC) == ["mine"]


async def test_observers_note_no_agreement(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    assert (await house.say("ola", "#agreed to nothing")).verdict is Verdict.REFUSED
    assert (await house.say("ola", "#info I am here")).verdict is Verdict.DONE
    assert notes(house) == [("info", "I am here")]


# -- the word -----------------------------------------------------------------------------------------------------------


async def test_the_queue_says_who_has_not_spoken_yet(house: House) -> None:
    for who in ("cem", "dee", "eve"):
        await house.say(who, "hi")
    await house.say("ben", "#startmeeting Budget")
    before = house.notices()
    await house.say("cem", "q+")
    await house.say("ben", "ack cem")
    await house.say("cem", "q+ to ask about fees")
    await house.say("dee", "Q+")
    await house.say("eve", "q+")
    await house.say("eve", "q-")
    assert house.notices() == before
    await house.say("ben", "queue")
    assert house.notices()[-1] == "Waiting to speak: cem, dee. Not heard yet: dee."
    await house.say("ben", "#ack")
    assert house.notices()[-1] == "It is dee’s turn to speak."
    await house.say("ben", "q?")
    assert house.notices()[-1] == "Waiting to speak: cem."
    await house.say("ben", "#ack")
    assert (await house.say("ben", "#ack")).verdict is Verdict.REFUSED
    assert (await house.say("ben", "ack, will do")).verdict is Verdict.NOTHING
    assert (await house.say("ben", "ack that is right")).verdict is Verdict.NOTHING


async def test_who_has_the_word_is_told_in_every_room_and_the_queue_where_it_was_asked_for(house: House) -> None:
    await house.say("ana", "#startmeeting Budget")
    await house.say("cem", "q+", room="chat")
    await house.say("ana", "q?")
    assert (house.notices()[-1], len(house.notices("chat"))) == ("Waiting to speak: cem. Not heard yet: cem.", 1)
    await house.say("ana", "#ack")
    assert [house.notices(one)[-1] for one in TWO] == ["It is cem’s turn to speak."] * 2
