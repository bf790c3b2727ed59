"""Finding a time: proposed fairly, answered by buttons and by words, chosen; and series of meetings."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from decisions.model import Borne, Busy, Meeting, Post, PostKind, Stage, Suits
from tests.house import AnyHouse
from tests.stories.conftest import ALSO_ON_TELEGRAM, NOT_ON_MATRIX, ON_THE_CONSOLE, MakeHouse
from tests.stories.timed import AMY, ANA, BAO, BEN, BERLIN, CEM, ROOMS, card, faults, marks, meeting, slots


@pytest_asyncio.fixture
async def house(make_house: MakeHouse) -> AsyncIterator[AnyHouse]:
    house = await make_house(ROOMS, (ANA, BEN, CEM), BERLIN)
    yield house
    assert faults(house) == []


# -- asking -----------------------------------------------------------------------------------------------------------


@ALSO_ON_TELEGRAM
async def test_a_meeting_is_asked_about_in_every_room_and_of_each_alone_in_their_own_zone(house: AnyHouse) -> None:
    answer = await house.say("ana", '!meet "Budget" 60m next week\nThe figures of this year')
    assert answer.verdict is Verdict.DONE
    assert "M-1: I have found 5 times and ask 3 people" in answer.text
    assert "One of them has told me no time zone; I count with Europe/Berlin there" in answer.text
    for room in ROOMS:
        assert "M-1 · Budget\nThe figures of this year\nWhich times suit you? It is for 1 hour, called by ana." in card(
            house, room
        )
        assert "0 of 3 have answered." in card(house, room)
    assert [one.starts_at.astimezone(UTC).weekday() for one in slots(house)] == [0, 1, 2, 3, 4]
    first = slots(house)[0]
    assert "CET" in card(house)
    (bens,) = house.private("ben")
    assert "EDT" in bens
    assert "EDT" not in card(house)
    assert "I know no time zone of yours, so these are times of Europe/Berlin" in house.private("cem")[0]
    assert "I know no time zone" not in bens
    assert first.wall < slots(house)[1].wall


@ON_THE_CONSOLE
async def test_nobody_is_asked_at_an_hour_that_wakes_them(make_house: MakeHouse) -> None:
    house = await make_house(ROOMS, (ANA, BAO), BERLIN)
    await house.say("ana", "!group quiet 22:00-07:00")
    await house.say("ana", "!meet Budget 60m next week")  # 02:00 in Shanghai
    assert house.private("bao") == []
    await house.wait(timedelta(hours=6))
    await house.settle()
    assert len(house.private("bao")) == 1


@ON_THE_CONSOLE
async def test_the_days_may_be_said_in_words_and_what_may_be_two_is_asked_back(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget --for “90 minutes” 10 march to 12 march")
    assert {one.wall[:10] for one in slots(house)} <= {"2026-03-10", "2026-03-11", "2026-03-12"}
    assert (meeting(house).title, meeting(house).minutes) == ("Budget", 90)
    no = await house.say("ana", "!meet Budget next weekend")
    assert no.text == (
        "“next weekend” could be 2026-03-07..2026-03-08 or 2026-03-14..2026-03-15. Please write which of the two you mean, "
        "as it stands here."
    )
    with house.store.reading() as work:
        assert len(work.all(Meeting)) == 1


@ON_THE_CONSOLE
async def test_observers_and_strangers_are_not_asked(house: AnyHouse) -> None:
    await house.say("ana", "!members cem observer")
    answer = await house.say("ana", "!meet Budget")
    assert "ask 2 people" in answer.text
    assert house.private("cem") == []
    no = await house.say("cem", "!slots M-1 all yes")
    assert no.text == "M-1 asks those who are members and in one of the group's rooms. An observer does not choose."
    assert (await house.say("cem", "!slots M-1 add 2026-03-12 11:00")).text == no.text
    assert marks(house, 3) == {}


@ON_THE_CONSOLE
async def test_who_may_not_propose_calls_no_meeting(house: AnyHouse) -> None:
    await house.say("ana", "!group propose facilitators")
    assert (await house.say("ben", "!meet Budget")).verdict is Verdict.REFUSED
    with house.store.reading() as work:
        assert work.all(Meeting) == []


async def test_the_card_says_whose_bad_hour_it_is_and_whose_turn_it_was(make_house: MakeHouse) -> None:
    house = await make_house(ROOMS, (ANA, AMY, BAO), BERLIN)
    await house.say("ana", '!meet "First" --at "2026-03-03 12:00"')
    with house.store.unit_of_work() as work:
        work.put(Borne(meeting_id=1, member_id=2, local="02:00", cost=7, at=house.now))
    answer = await house.say("ana", '!meet "Budget" 60m next week')
    assert answer.verdict is Verdict.DONE
    said = card(house, "general", "M-2")
    assert " for bao; last time it was the turn of amy" in said
    assert " for amy" not in said


@ON_THE_CONSOLE
async def test_what_is_worse_for_the_worst_off_is_proposed_only_where_it_is_asked_for(make_house: MakeHouse) -> None:
    house = await make_house(ROOMS, (ANA, AMY), BERLIN)
    await house.say("ana", '!meet "One" 60m 2026-03-10')
    assert [one.wall for one in slots(house)] == ["2026-03-10T16:00", "2026-03-10T19:00"]
    await house.say("ana", '!meet "Two" 60m 2026-03-10 --slots 4')
    assert len(slots(house, 2)) == 4


async def test_a_day_in_words_is_understood_or_asked_about(house: AnyHouse) -> None:
    await house.say("ana", '!meet "One" 60m friday')
    assert {one.wall[:10] for one in slots(house)} == {"2026-03-06"}
    asked = await house.say("ana", '!meet "Two" --at "next friday 18:00"')
    assert "may mean several times" in asked.text
    await house.press("ana", asked.buttons[0][0].press)
    assert meeting(house, 2).stage is Stage.SET


async def test_until_a_day_is_all_the_days_up_to_it(house: AnyHouse) -> None:
    await house.whisper("ana", "language fr")
    for number, said in enumerate(("by Friday", "jusqu’à vendredi", "until 2026-03-06"), 1):
        answer = await house.say("ana", f'!meet "Budget {number}" 60m {said} --slots 4')
        for (yes,) in answer.buttons[:1]:  # it is asked back
            await house.press("ana", yes.press, "")
        days = sorted(one.wall[:10] for one in slots(house, number))
        assert days == ["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"], said


async def test_where_there_are_days_enough_people_have_a_day_to_see_the_question(house: AnyHouse) -> None:
    await house.say("ana", '!meet "Budget" 60m this week')
    assert slots(house)[0].starts_at >= house.now + timedelta(hours=24)
    asked_until = meeting(house).ask_until
    assert asked_until is not None
    assert asked_until >= house.now + timedelta(hours=12)


@ON_THE_CONSOLE
async def test_somebody_elses_calendar_is_not_told(house: AnyHouse) -> None:
    with house.store.unit_of_work() as work:
        begins = datetime(2026, 3, 9, tzinfo=UTC)
        work.put(Busy(id=1, person_id=2, begins_at=begins, ends_at=begins + timedelta(days=7)))
    await house.say("ana", '!meet "Budget" 60m next week')
    assert "One person has something else then" in card(house)
    assert "ben has" not in card(house)


async def test_a_time_that_was_said_is_set_at_once(house: AnyHouse) -> None:
    answer = await house.say("ana", '!meet "Budget" 90m --at "2026-03-10 18:00" --place https://meet.example/x')
    assert answer.text == "M-1 is on Tue 10 Mar 2026, 18:00 CET. I tell everybody, each in their own time zone."
    assert (meeting(house).stage, meeting(house).wall, meeting(house).minutes) == (Stage.SET, "2026-03-10T18:00", 90)
    assert slots(house) == []
    assert any("13:00 EDT" in one for one in house.private("ben"))


@ON_THE_CONSOLE
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("!meet", 'What is the meeting about? Write: meet "Topic" 60m next week'),
        ('!meet "Budget" 3m', "A meeting lasts from 5 minutes to 12 hours"),
        ('!meet "Budget" 60m 2025-12-01..2025-12-05', "is over. Please name days that are to come."),
        ('!meet "Budget" 60m whenever it suits', "I do not understand which days “whenever it suits” means."),
        ('!meet "Budget" --zone Berlinn', "Near it: Europe/Berlin"),
        ('!meet "Budget" --at "2026-03-29 02:30"', "What there is instead: Sun 29 Mar 2026, 03:30 CEST"),
        ('!meet "Budget" --at "2026-01-01 10:00"', "has already passed"),
        ('!meet "Budget" --at "2026-03-10"', "is a day, and I need a time too, as in: 2026-03-10 18:00"),
        ('!meet "Budget" 60m next week --until 2026-03-20', "You cannot ask until"),
    ],
)
async def test_what_cannot_be_is_refused_privately_with_the_next_step(house: AnyHouse, said: str, answer: str) -> None:
    refused = await house.say("ana", said)
    assert refused.verdict is Verdict.REFUSED
    assert answer in refused.text
    with house.store.reading() as work:
        assert work.all(Meeting) == []


@ON_THE_CONSOLE
async def test_a_group_has_no_more_meetings_to_come_than_fit(house: AnyHouse) -> None:
    for number in range(20):
        await house.say("ana", f'!meet "Budget {number}" --at 2d')
        await house.wait(timedelta(minutes=2))
    refused = await house.say("ana", '!meet "Budget" --at 2d')
    assert refused.text == "This group has 20 meetings to come, which is the most. To see them: meetings"


async def test_a_time_that_comes_twice_is_asked_back(house: AnyHouse) -> None:
    asked = await house.say("ana", '!meet "Budget" --at "2026-10-25 02:30"')
    assert "CEST" in asked.text
    assert "CET" in asked.text
    await house.press("ana", asked.buttons[1][0].press)
    assert meeting(house).starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert meeting(house).wall == "2026-10-25T02:30"


@ALSO_ON_TELEGRAM
async def test_a_room_where_things_are_only_told_is_told_where_to_answer(house: AnyHouse) -> None:
    await house.say("ana", "!rooms announce on", "chat")
    await house.say("ana", "!meet Budget 60m next week")
    said = house.cards("chat", "M-1")[-1]
    assert "Here it is only told. To say which times suit you: general (" in said.text
    assert said.buttons == ()
    assert (await house.say("ben", "!slots M-1 1 yes", "chat")).verdict is Verdict.REFUSED
    assert marks(house, 2) == {}


# -- answering --------------------------------------------------------------------------------------------------------


@ALSO_ON_TELEGRAM
async def test_answers_by_buttons_and_by_words_are_counted_in_all_rooms(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    answer = await house.press("ben", "m1:slot=1.2")
    assert answer.text == "M-1, noted: 1. yes. You can change it until a time is taken."
    await house.press("ben", "m1:slot=1.2")
    await house.press("ben", "m1:slot=1.1")
    answer = await house.say("cem", "!slots M-1 1 yes, 2 no, rest if need be", "chat")
    assert answer.text.startswith("M-1, noted: 1. yes, 2. no, 3. if need be, 4. if need be, 5. if need be.")
    for room in ROOMS:
        assert "– yes: 1, if need be: 1, no: 0" in card(house, room)
        assert "2 of 3 have answered." in card(house, room)
    assert marks(house, 2) == {1: 1}
    assert marks(house, 3) == {1: 2, 2: 0, 3: 1, 4: 1, 5: 1}


@ALSO_ON_TELEGRAM
async def test_what_is_pressed_alone_changes_in_place(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    answer = await house.press("ben", "m1:slot=2.2", room="")
    assert answer.card is not None
    labels = [button.label for row in answer.card.buttons for button in row]
    assert labels[:6] == ["1. yes", "1. if need be", "1. no", "✓ 2. yes", "2. if need be", "2. no"]
    assert "EDT – yes" in answer.card.text
    looked = await house.whisper("ben", "slots M-1")
    assert "EDT – yes" in looked.text


@ALSO_ON_TELEGRAM
async def test_all_at_once_as_the_page_sends_it(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    answer = await house.press("ben", "m1:all=1.2,2.0,3.1,4.0,5.0", room="")
    assert answer.verdict is Verdict.DONE
    assert marks(house, 2) == {1: 2, 2: 0, 3: 1, 4: 0, 5: 0}
    assert (await house.press("ben", "m1:all=1.0,99.2", room="")).verdict is Verdict.REFUSED
    assert marks(house, 2)[1] == 2


@ON_THE_CONSOLE
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("1 yes, 1 no", "You have said both of time 1: yes, no. I have noted nothing."),
        ("9 yes", "M-1 has no time 9. There are: 1, 2, 3, 4, 5."),
        ("1 yes, 9 no", "M-1 has no time 9."),
        ("gladly", "I do not understand “gladly”, and have noted nothing. Write it as in: slots M-1 1 yes, 2 no"),
        ("1", "I do not understand “1”"),
    ],
)
async def test_an_answer_that_cannot_be_told_changes_nothing(house: AnyHouse, said: str, answer: str) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.say("ben", "!slots M-1 2 yes")
    refused = await house.say("ben", f"!slots M-1 {said}")
    assert refused.verdict is Verdict.REFUSED
    assert answer in refused.text
    assert marks(house, 2) == {2: 2}


async def test_people_answer_in_their_own_language(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.whisper("cem", "language fr")
    answer = await house.whisper("cem", "créneaux M-1 1 oui, le reste si besoin")
    assert answer.text.startswith("M-1, noté\u00a0: 1. oui, 2. si besoin")
    await house.whisper("cem", "langue ar")
    answer = await house.whisper("cem", "مواعيد M-1 الكل لا")
    assert answer.verdict is Verdict.DONE
    assert set(marks(house, 3).values()) == {0}


@ALSO_ON_TELEGRAM
async def test_a_reply_to_the_card_is_an_answer_and_talk_is_talk(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    with house.store.reading() as work:
        (post,) = [one for one in work.all(Post, meeting_id=1, kind=PostKind.MEETING) if one.room_id == 1]
    answer = await house.say("ben", "1 yes, 2 if need be", reply_to=post.message)
    assert answer.text.startswith("M-1, noted: 1. yes, 2. if need be.")
    refused = await house.say("ben", "1 yes, 1 no", reply_to=post.message)
    assert refused.verdict is Verdict.REFUSED
    for said in ("1 more thing", "no", "Is it at 5?", "I can do 1, not 2"):
        assert (await house.say("ben", said, reply_to=post.message)).verdict is Verdict.NOTHING, said
    assert (await house.say("ben", "3 yes")).verdict is Verdict.NOTHING
    assert marks(house, 2) == {1: 2, 2: 1}
    await house.whisper("ben", "3 yes")
    assert marks(house, 2) == {1: 2, 2: 1, 3: 2}


@ALSO_ON_TELEGRAM
async def test_who_has_not_answered_is_reminded_once_before_a_time_is_taken(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.say("ana", "!slots M-1 1 yes")
    await house.whisper("cem", "remind off")
    await house.wait(timedelta(hours=49))
    await house.settle()
    (again,) = [one for one in house.private("ben") if "You have not said yet which of these times suit you" in one]
    assert "EDT" in again
    assert not [one for who in ("ana", "cem") for one in house.private(who) if "You have not said yet" in one]
    await house.say("ana", "!slots M-1 add 2026-03-12 11:00")
    await house.wait(timedelta(hours=20))
    assert len([one for one in house.private("ben") if "You have not said yet" in one]) == 1
    assert meeting(house).stage is Stage.ASKED
    await house.wait(timedelta(hours=4))
    assert meeting(house).stage is Stage.SET


@NOT_ON_MATRIX  # there, who comes twice cannot be invited again
async def test_whoever_comes_later_is_asked_too_once(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.come("dan", by="ana")
    await house.come("dan", by="ana")
    await house.settle()
    assert len(house.private("dan")) == 1
    assert "Which times suit you" in house.private("dan")[0]
    assert len(house.private("ben")) == 1
    await house.press("dan", "m1:slot=1.2", room="")
    assert "1 of 4 have answered." in card(house)


async def test_a_reminder_that_waits_for_the_morning_is_let_go_by_an_answer(make_house: MakeHouse) -> None:
    house = await make_house(ROOMS, (ANA, BAO), BERLIN)
    await house.say("ana", "!group quiet 22:00-07:00")
    await house.say("ana", "!meet Budget 60m next week")
    await house.wait(timedelta(hours=49))  # 03:00 in Shanghai
    await house.say("bao", "!slots M-1 1 yes")
    await house.wait(timedelta(hours=8))
    await house.settle()
    assert not [one for one in house.private("bao") if "You have not said yet" in one]


async def test_whoever_has_left_counts_no_more(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.say("ben", "!slots M-1 2 yes")
    await house.say("cem", "!slots M-1 1 yes")
    assert "2 of 3 have answered." in card(house)
    for room in ROOMS:
        await house.leave("ben", room)
    await house.wait(timedelta(days=3))
    assert meeting(house).starts_at == slots(house)[0].starts_at


async def test_presses_that_no_button_has_do_nothing(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    for press in ("m1:slot=1.3", "m1:slot=0.1", "m1:all=", "m1:slot=1", "m9:slot=1.2", "m1:twins=1.2", "m1:take=1"):
        assert (await house.press("ben", press)).verdict is Verdict.REFUSED, press
    assert marks(house, 2) == {}
    assert meeting(house).stage is Stage.ASKED
    assert (await house.elsewhere("eve", press="m1:slot=1.2")).verdict is Verdict.REFUSED


# -- the times --------------------------------------------------------------------------------------------------------


@ON_THE_CONSOLE
async def test_times_are_added_and_dropped(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    answer = await house.say("ben", "!slots M-1 add 2026-03-12 11:00")
    assert answer.text == "M-1 has one more time: 6, on Thu 12 Mar 2026, 11:00 EDT."
    assert slots(house)[-1].wall == "2026-03-12T16:00"
    assert "6. Thu 12 Mar 2026, 16:00 CET" in card(house, "chat")
    assert (await house.say("cem", "!slots M-1 drop 6")).text.startswith("Only these can do that with M-1: ana.")
    await house.say("ben", "!slots M-1 drop 6")
    await house.say("ana", "!slots M-1 drop 1")
    assert [one.number for one in slots(house)] == [2, 3, 4, 5]
    await house.say("ben", "!slots M-1 add 2026-03-12 11:00")
    assert slots(house)[-1].number == 7


@ON_THE_CONSOLE
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("add 2026-03-01 11:00", "has already passed"),
        ("add", "I do not understand the time"),
        ("add 2026-03-12", "is a day, and I need a time too"),
        ("add 2026-03-08 02:30", "What there is instead: Sun 8 Mar 2026, 03:30 EDT"),
        ("add 2030-03-12 11:00", "is too far ahead"),
        ("drop 9", "M-1 has no time 9."),
        ("drop it", "M-1 has no time 0."),
        ("take 1", "Only these can do that with M-1: ana."),
        ("twins yes", "Only these can do that with M-1: ana."),
    ],
)
async def test_times_that_cannot_be(house: AnyHouse, said: str, answer: str) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    before = slots(house)
    refused = await house.say("ben", f"!slots M-1 {said}")
    assert refused.verdict is Verdict.REFUSED
    assert answer in refused.text
    assert slots(house) == before


@ON_THE_CONSOLE
async def test_a_time_is_not_added_twice_nor_the_last_one_dropped(house: AnyHouse) -> None:
    await house.say("ana", '!meet "Budget" 60m next week --slots 1')
    await house.say("ana", "!slots M-1 add 2026-03-12 11:00")
    refused = await house.say("ana", "!slots M-1 add 2026-03-12 11:00")
    assert refused.text == "M-1 has that time already: it is number 2."
    await house.say("ana", "!slots M-1 drop 1")
    refused = await house.say("ana", "!slots M-1 drop 2")
    assert refused.text.startswith("That is the last time of M-1. Add another first, or call it off: cancel M-1")


# -- choosing ---------------------------------------------------------------------------------------------------------


async def test_the_best_is_taken_when_people_were_asked_long_enough(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.say("ben", "!slots M-1 2 yes, 3 yes, rest no")
    await house.say("cem", "!slots M-1 3 if need be, 4 yes")
    await house.wait(timedelta(days=3))
    third = slots(house)[2]
    made = meeting(house)
    assert (made.stage, made.starts_at, made.wall) == (Stage.SET, third.starts_at, third.wall)
    assert any(one.startswith("M-1 is on") for one in house.notices())
    assert "Its time is" in house.private("ben")[-1] + house.private("ben")[-2]
    refused = await house.say("ben", "!slots M-1 1 yes")
    assert refused.text == "That cannot be done with M-1 now: its time is set."


@ON_THE_CONSOLE
async def test_a_time_that_suits_everybody_is_taken_at_once(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.say("ana", "!slots M-1 1 yes, 2 yes")
    await house.say("ben", "!slots M-1 all if need be")
    answer = await house.say("cem", "!slots M-1 all yes")
    assert meeting(house).stage is Stage.ASKED
    answer = await house.say("ben", "!slots M-1 2 yes")
    assert answer.text.startswith("Noted. That time suits everybody, so M-1 is on Tue 10 Mar 2026")
    assert meeting(house).starts_at == slots(house)[1].starts_at


async def test_who_said_yes_to_the_time_need_not_say_so_again(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.say("ana", "!slots M-1 1 yes, 2 yes")
    await house.say("ben", "!slots M-1 1 yes, 2 if need be")
    await house.say("ana", "!slots M-1 take 2")
    assert "Yes 1: ana" in house.cards("general", "M-1")[-1].text
    assert "You said: Yes" in house.private("ana")[-1] + house.private("ana")[-2]
    assert "Will you come?" in house.private("ben")[-1]
    await house.whisper("ana", "rsvp M-1 no")
    assert "No 1: ana" in house.cards("general", "M-1")[-1].text


async def test_whoever_called_it_takes_one_without_waiting(house: AnyHouse) -> None:
    await house.say("ben", "!meet Budget 60m next week")
    asked = await house.press("ben", "m1:choose", room="")
    assert asked.card is not None
    presses = [row[0].press for row in asked.card.buttons]
    assert presses == [*(f"m1:take={number}" for number in range(1, 6)), "m1:slots"]
    answer = await house.press("ben", "m1:take=4", room="")
    assert answer.text.startswith("M-1 is on Thu 12 Mar 2026")
    assert meeting(house).stage is Stage.SET
    with house.store.reading() as work:
        assert work.all(Post, meeting_id=1, kind=PostKind.INVITE)


@ON_THE_CONSOLE
async def test_where_nobody_can_the_rooms_and_the_caller_are_told(house: AnyHouse) -> None:
    await house.say("ben", "!meet Budget 60m next week")
    for who in ("ana", "ben", "cem"):
        await house.say(who, "!slots M-1 none")
    await house.wait(timedelta(days=3))
    made = meeting(house)
    assert (made.stage, made.ask_until, made.wake_at) == (Stage.ASKED, None, None)
    for room in ROOMS:
        assert "M-1, “Budget”: none of the times suits anybody, so none is taken." in house.notices(room)[-1]
    assert house.private("ben")[-1].startswith("Nobody can come to M-1, “Budget”, at any of the times.")
    await house.say("cem", "!slots M-1 add 2026-03-20 16:00")
    assert meeting(house).ask_until is not None
    await house.say("cem", "!slots M-1 6 yes")
    await house.wait(timedelta(days=4))
    assert meeting(house).wall == "2026-03-20T16:00"


@ON_THE_CONSOLE
async def test_a_slot_that_passed_is_not_taken(house: AnyHouse) -> None:
    await house.say("ana", '!meet "Budget" 60m tomorrow --slots 2')
    await house.say("ana", "!slots M-1 add 2026-03-20 16:00")
    for who in ("ana", "ben", "cem"):
        await house.say(who, "!slots M-1 none")
    await house.wait(timedelta(days=2))
    refused = await house.say("ana", "!slots M-1 take 1")
    assert "has passed and cannot be taken" in refused.text
    await house.say("ana", "!slots M-1 take 3")
    assert meeting(house).wall == "2026-03-20T16:00"


async def test_a_meeting_that_is_called_off_is_asked_about_no_more(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.say("ana", "!cancel M-1")
    assert "Nobody is asked about times any more: it was called off (M-1)." in house.private("ben")[-1] + "".join(
        house.private("ben")
    )
    refused = await house.press("ben", "m1:slot=1.2")
    assert refused.text == "That cannot be done with M-1 now: it was called off."


# -- series -----------------------------------------------------------------------------------------------------------


async def test_a_series_keeps_its_wall_time_and_tells_whose_clocks_shift(house: AnyHouse) -> None:
    await house.say("ana", '!meet "Weekly" 60m --at "2026-03-25 18:00" --every 1w')
    await house.wait(timedelta(days=24))
    made = meeting(house, 2)
    assert (made.wall, made.stage, made.series, made.every) == ("2026-04-01T18:00", Stage.SET, 1, 7)
    assert made.starts_at == datetime(2026, 4, 1, 16, 0, tzinfo=UTC)
    assert (
        "M-2, “Weekly”: the clocks change. From 2026-04-01 on it is at 12:00 for you instead of 13:00."
        in house.private("ben")
    )
    assert not [one for who in ("ana", "cem") for one in house.private(who) if "the clocks change" in one]
    assert "M-2 · Weekly" in card(house, "chat", "M-2")
    with house.store.reading() as work:
        assert len(work.all(Meeting)) == 2


@ON_THE_CONSOLE
async def test_of_a_series_one_is_called_off_or_all(house: AnyHouse) -> None:
    await house.say("ana", '!meet "Weekly" 60m --at "2026-03-04 18:00" --every 2w')
    await house.say("ana", "!cancel M-1")
    assert meeting(house, 2).wall == "2026-03-18T18:00"
    await house.say("ana", "!cancel M-2 all")
    with house.store.reading() as work:
        assert len(work.all(Meeting)) == 2


@ON_THE_CONSOLE
async def test_a_series_whose_hour_the_clocks_leave_out_comes_an_hour_later_and_keeps_its_wall_time(
    house: AnyHouse,
) -> None:
    await house.say("ana", '!meet "Night" 60m --at "2026-03-22 02:30" --every 1w')
    await house.wait(timedelta(days=21))
    second = meeting(house, 2)
    assert (second.wall, second.starts_at) == ("2026-03-29T02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    assert (await house.say("ana", "!cancel M-2")).verdict is Verdict.DONE
    assert meeting(house, 3).starts_at == datetime(2026, 4, 5, 0, 30, tzinfo=UTC)


@ON_THE_CONSOLE
async def test_after_a_long_sleep_a_series_goes_on_from_now(house: AnyHouse) -> None:
    await house.say("ana", '!meet "Weekly" 60m --at "2026-03-04 18:00" --every 1w')
    house.sleep(timedelta(days=60))
    await house.wait(timedelta(hours=1))
    with house.store.reading() as work:
        assert len(work.all(Meeting)) == 2
    assert meeting(house, 2).wall == "2026-05-06T18:00"


# -- hostile words ----------------------------------------------------------------------------------------------------

SHOWN = [
    "\u202e\u2066\u200b",
    "$1 {{PLURAL:$1|a|b}} <b>&amp; %s",
    '" " " "',
    "BEGIN:VEVENT\r\nEND:VEVENT",
    "💥" * 500,
]
"""Of which a platform has to take care too."""

READ = [
    "'; DROP TABLE slots; --",
    "9" * 5000 + "m",
    "1" * 5000,
    "--at --at --at",
    '--zone "../../etc/passwd"',
    "in in in in",
    "٣" * 300 + " نعم",
    "2026-03-10.." * 300,
]
"""Of which our own reading has to."""


@pytest.mark.parametrize("words", SHOWN, ids=range(len(SHOWN)))
async def test_hostile_words_break_nothing(house: AnyHouse, words: str) -> None:
    await break_nothing(house, words)


@ON_THE_CONSOLE
@pytest.mark.parametrize("words", READ, ids=range(len(READ)))
async def test_what_is_hard_to_read_breaks_nothing(house: AnyHouse, words: str) -> None:
    await break_nothing(house, words)


async def break_nothing(house: AnyHouse, words: str) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    before = slots(house)
    for said in (
        f"!meet {words}",
        f'!meet "{words}" 60m next week',
        f"!meet Topic 60m {words}",
        f'!meet Topic --at "{words}"',
        f'!meet Topic --place "{words}"',
        f"!slots M-1 {words}",
        f"!slots M-1 add {words}",
        f"!slots M-1 drop {words}",
        f"!slots M-1 take {words}",
        f"!slots M-1 twins {words}",
    ):
        answer = await house.say("ben", said)
        assert answer.verdict in (Verdict.DONE, Verdict.REFUSED, Verdict.NOTHING), said[:60]
    assert slots(house) == before
    assert marks(house, 2) == {}
    for room in ROOMS:
        assert "\u202e" not in "".join(one.text for one in house.shown if one.where == room)


async def test_an_answer_given_again_is_given_once(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    await house.say("ben", "!slots M-1 1 yes")
    version = meeting(house).version
    for _ in range(3):
        assert (await house.say("ben", "!slots M-1 1 yes")).verdict is Verdict.DONE
    assert meeting(house).version == version
    with house.store.reading() as work:
        assert len(work.all(Suits, meeting_id=1)) == 1


async def test_another_groups_meeting_is_none_of_ours(house: AnyHouse) -> None:
    await house.say("ana", "!meet Budget 60m next week")
    for said in ("/slots M-1", "/slots M-1 1 yes", "/slots M-1@1 1 yes", "/slots M-1 take 1"):
        answer = await house.elsewhere("eve", said)
        assert answer.verdict is Verdict.REFUSED, said
        assert "Budget" not in answer.text


@ALSO_ON_TELEGRAM
async def test_more_times_than_fit_are_marked_page_by_page(house: AnyHouse) -> None:
    await house.say("ana", '!meet "Budget" 60m next week --slots 8')
    answer = await house.press("ben", "m1:slot=8.2", room="")
    assert answer.card is not None
    labels = [[button.label for button in row] for row in answer.card.buttons]
    assert labels == [
        ["7. yes", "7. if need be", "7. no"],
        ["✓ 8. yes", "8. if need be", "8. no"],
        ["‹", "2 / 2", "›"],
    ]
    answer = await house.whisper("ben", "slots M-1")
    assert answer.buttons[0][0].label == "1. yes"
    shown = house.cards("general", "M-1")[-1].buttons
    assert not [button for row in shown for button in row if "yes" in button.label]
