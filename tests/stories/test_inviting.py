"""Inviting: a meeting's time is told to everybody on their own clocks, they say whether they come, and are reminded."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from bot.meeting import invited
from decisions import meetings
from decisions.model import Group, Meeting, Stage
from storage.store import Store
from tests.adapters.web_house import linked
from tests.house import House
from tests.stories.called import BEGINS, called
from tests.stories.invitations import DAY, HOUR, PEOPLE, ROOMS, answers, card, kept, reminded, told


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    return House(store, ROOMS, PEOPLE, zone="Europe/Berlin")


# -- announcing -------------------------------------------------------------------------------------------------------


async def test_the_card_has_the_time_on_everybodys_clocks(house: House) -> None:
    await called(house, place="https://meet.example.org/spring")
    for room in ROOMS:
        assert card(house, room).startswith(
            "M-1 · Spring planning\n"
            "Thu 5 Mar 2026, 18:00 CET, for 1 hour\n"
            "New York: 12:00 EST\n"
            "Berlin, Paris: 18:00 CET\n"
            "Kolkata: 22:30 IST (UTC+5:30)\n"
            "Auckland: Fri 6 Mar 2026, 06:00 NZDT\n"
            "https://meet.example.org/spring\n"
        )


async def test_an_address_stands_alone_and_other_places_are_named(house: House) -> None:
    await called(house, place="https://meet.example.org/a")
    await called(house, BEGINS + DAY, place="Room 5, https://example.org is no help")
    await house.whisper("bo", "language ar")
    assert "\nhttps://meet.example.org/a\n" in (await house.whisper("bo", "عرض M-1")).text
    assert "Where: Room 5, https://example.org is no help\n" in house.card("general", "M-2")


async def test_each_member_is_invited_in_their_own_zone(house: House) -> None:
    await called(house)
    for who, at in {"ana": "18:00 CET", "bo": "12:00 EST", "dee": "Fri 6 Mar 2026, 06:00 NZDT"}.items():
        (invitation,) = house.private(who)
        assert at in invitation
        assert "Will you come?" in invitation


async def test_a_member_without_a_zone_reads_the_groups_and_how_to_name_theirs(house: House) -> None:
    await house.say("fay", "hello")
    await called(house)
    (invitation,) = house.private("fay")
    assert "18:00 CET" in invitation
    assert "This is the time of the group's zone, Europe/Berlin." in invitation
    assert "the group's zone" not in house.private("eve")[0]


async def test_whoever_comes_later_is_asked_too_and_once(house: House) -> None:
    await called(house)
    house.sleep(HOUR)
    for room in ("general", "general", "chat"):
        await house.say("fay", "hello", room=room)
    (invitation,) = house.private("fay")
    assert "Will you come?" in invitation
    assert len(house.private("bo")) == 1


async def test_whoever_comes_later_is_asked_to_the_next_few_alone(house: House) -> None:
    for day in range(5):
        await called(house, BEGINS + day * DAY, title=f"Day {day}")
    await house.say("fay", "hello")
    assert [re.search(r"Day \d", one)[0] for one in house.private("fay")] == ["Day 0", "Day 1", "Day 2"]  # type: ignore[index]


async def test_whoever_comes_when_it_has_begun_is_not_asked(house: House) -> None:
    await called(house)
    await house.wait(BEGINS - house.now)
    await house.say("fay", "hello")
    assert house.private("fay") == []


async def test_many_zones_are_counted_where_they_are_too_many(house: House) -> None:
    zones = [
        "Asia/Tokyo",
        "Asia/Dhaka",
        "Africa/Accra",
        "America/Denver",
        "Asia/Dubai",
        "Europe/Athens",
        "Asia/Karachi",
    ]
    for number, zone in enumerate(zones):
        await house.say(f"one{number}", "hello")
        await house.whisper(f"one{number}", f"tz {zone}")
    await called(house)
    assert card(house).count("\n", 0, card(house).index("and 3 zones more")) == 10


async def test_a_chosen_time_is_told_where_the_card_stood_already(house: House) -> None:
    meeting = await called(house, stage=Stage.ASKED, starts_at=None, wall="")
    with house.store.unit_of_work() as work:
        change = meetings.set_time(work.the(Meeting, id=meeting.id), "2026-03-05T18:00", BEGINS, by=1, now=house.now)
        work.apply(change, 1, house.now)
        invited.announce(work, work.the(Meeting, id=1), house.now)
    await house.settle()
    assert told(house) == ["M-1 is on Thu 5 Mar 2026, 18:00 CET: “Spring planning”."]
    assert len([one for one in house.cards("general", "M-1") if one.kind == "send"]) == 1


# -- answering --------------------------------------------------------------------------------------------------------


async def test_answers_count_on_the_card_and_name_who_is_missing(house: House) -> None:
    await called(house)
    assert "Nobody comes yet from: WMDE, WMIN, WMUS" in card(house)
    await house.press("eve", "m1:rsvp=yes", room="")
    await house.say("cem", "!rsvp M-1 maybe")
    await house.whisper("bo", "rsvp no")
    assert "Yes 1: eve\nMaybe 1: cem\nNo 1: bo\n" in card(house)
    assert "Nobody comes yet from: WMIN, WMUS" in card(house, "chat")
    assert any("You said: Yes" in one for one in house.private("eve"))


async def test_the_same_answer_twice_is_one(house: House) -> None:
    await called(house)
    await house.press("bo", "m1:rsvp=yes", key="a")
    before = kept(house).version
    assert (await house.press("bo", "m1:rsvp=yes", key="b")).verdict is Verdict.DONE
    assert kept(house).version == before
    assert answers(house) == {2: "yes"}


async def test_one_person_on_two_platforms_has_one_answer(house: House) -> None:
    """The console's people are the same person in both rooms."""
    await called(house)
    await house.press("bo", "m1:rsvp=yes", room="general")
    await house.press("bo", "m1:rsvp=maybe", room="chat")
    assert answers(house) == {2: "maybe"}
    assert "Yes 0\nMaybe 1: bo\nNo 0" in card(house)
    assert card(house) == card(house, "chat")


async def test_an_answer_edits_the_cards_and_nobody_elses_invitation(house: House) -> None:
    await called(house)
    before = {who: len(house.private(who)) for who in ("ana", "cem", "dee")}
    await house.press("bo", "m1:rsvp=yes", room="")
    assert {who: len(house.private(who)) for who in before} == before
    assert len(house.private("bo")) == 3  # the invitation, the answer to the press, and the invitation as it is now


@pytest.mark.parametrize(
    ("language", "said", "means"),
    [
        ("fr", "présence M-1 peut-être", "maybe"),
        ("fr", "presence M-1 OUI", "yes"),
        ("es", "asistencia M-1 sí", "yes"),
        ("es", "asistencia si", "yes"),
        ("ar", "دعوة M-1 لا", "no"),
        ("en", "rsvp M-1: Yes, gladly", "yes"),
    ],
)
async def test_answers_have_words_of_their_own(house: House, language: str, said: str, means: str) -> None:
    await called(house)
    await house.whisper("bo", f"language {language}")
    assert (await house.whisper("bo", said)).verdict is Verdict.DONE
    assert answers(house) == {2: means}


async def test_a_reply_answers_the_meeting_it_replies_to(house: House) -> None:
    await called(house)
    await called(house, BEGINS - HOUR)
    post = house.cards("general", "M-1")[0].post
    await house.say("bo", "!rsvp yes", reply_to=post)
    assert answers(house) == {2: "yes"}


async def test_what_is_no_answer_is_refused(house: House) -> None:
    await called(house)
    for said in ("rsvp M-1", "rsvp M-1 perhaps", "rsvp M-1 \u202eyes and no"):
        answer = await house.whisper("bo", said)
        assert answer.verdict is Verdict.REFUSED or said.endswith("no")
    assert "rsvp M-1 yes" in (await house.whisper("bo", "rsvp M-1 +1")).text


async def test_there_may_be_no_meeting_to_answer(house: House) -> None:
    assert (await house.whisper("bo", "rsvp yes")).verdict is Verdict.REFUSED
    assert (await house.whisper("bo", "rsvp M-7 yes")).verdict is Verdict.REFUSED
    assert (await house.press("bo", "m7:rsvp=yes")).verdict is Verdict.REFUSED
    await called(house)
    assert (await house.press("bo", "m1:rsvp=perhaps")).verdict is Verdict.REFUSED


async def test_a_stranger_cannot_answer(house: House) -> None:
    await called(house)
    assert (await house.elsewhere("xan", press="m1:rsvp=yes", chat="")).verdict is Verdict.REFUSED
    assert (await house.elsewhere("xan", press="m1:ics", chat="")).verdict is Verdict.REFUSED
    assert (await house.elsewhere("xan", text="show M-1", chat="")).verdict is Verdict.REFUSED
    assert answers(house) == {}


async def test_where_nobody_votes_nobody_answers(house: House) -> None:
    await house.say("ana", "!rooms announce on", room="chat")
    await called(house)
    assert "Here it is only told. To answer: general (matrix)" in card(house, "chat")
    assert house.cards("chat", "M-1")[-1].buttons == ()
    await house.say("ana", "!rooms announce off", room="chat")
    assert "Do you come?" in card(house, "chat")
    assert house.cards("chat", "M-1")[-1].buttons


async def test_a_room_that_joins_the_group_or_comes_back_shows_what_is_to_come(house: House) -> None:
    await called(house)
    await house.gone("chat")
    await house.wait(HOUR)
    await house.say("bo", "hello", "chat")
    assert len([one for one in house.cards("chat", "M-1") if one.kind == "send"]) == 2
    await house.say("ana", "!setup")
    code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "\n".join([*house.notices(), *house.private("ana")]))[-1]
    await house.elsewhere("bo", f"!setup {code}", chat="Tea", admin=True)
    await house.whisper("ana", "rooms yes")
    await house.settle()
    assert len(house.cards("!Tea", "M-1")) == 1


# -- the list ---------------------------------------------------------------------------------------------------------


async def test_the_list_is_in_my_zone_and_says_what_i_said(house: House) -> None:
    assert (await house.whisper("bo", "meetings")).text == "No meeting is to come."
    await called(house, BEGINS + DAY)
    await called(house)
    await house.press("bo", "m2:rsvp=maybe")
    assert (await house.whisper("bo", "meetings")).text == (
        "Partnerships:\n"
        "M-2 · Spring planning: Thu 5 Mar 2026, 12:00 EST (you: Maybe)\n"
        "M-1 · Spring planning: Fri 6 Mar 2026, 12:00 EST"
    )


async def test_show_says_all_of_it(house: House) -> None:
    await called(house, text="Bring your numbers.", every=7)
    shown = (await house.whisper("dee", "show M-1")).text
    for part in ("Bring your numbers.", "06:00 NZDT", "Every 7 days", "Called by ana (WMDE)", "Will you come?"):
        assert part in shown
    assert (await house.press("dee", "m1:show", room="")).told[0] == shown


# -- reminders --------------------------------------------------------------------------------------------------------


async def test_reminders_come_at_their_instants_each_once(house: House) -> None:
    await called(house)
    await house.press("bo", "m1:rsvp=yes")
    await house.press("cem", "m1:rsvp=no")
    await house.press("dee", "m1:rsvp=maybe")
    await house.wait(BEGINS - DAY - timedelta(seconds=1) - house.now)
    assert not reminded(house, "bo")
    await house.wait(timedelta(seconds=1))
    day = "M-1 begins in 1 day, on Thu 5 Mar 2026, 12:00 EST: “Spring planning”."
    assert [one.split("\n")[0] for one in reminded(house, "bo")] == [day]
    assert len(reminded(house, "eve")) == len(reminded(house, "dee")) == 1
    assert "Press, or write: rsvp M-1 yes, maybe or no." in reminded(house, "eve")[0]
    assert not reminded(house, "cem")
    assert told(house) == []
    await house.wait(DAY)
    minutes = "M-1 begins in 15 minutes, on Thu 5 Mar 2026, 12:00 EST: “Spring planning”."
    assert [one.split("\n")[0] for one in reminded(house, "bo")] == [day, minutes]
    assert [len(reminded(house, who)) for who in ("dee", "eve", "cem")] == [2, 1, 0]
    assert (
        told(house)
        == told(house, "chat")
        == ["M-1 begins in 15 minutes, on Thu 5 Mar 2026, 18:00 CET: “Spring planning”."]
    )
    await house.wait(5 * DAY)
    assert len(reminded(house, "bo")) == 2


async def test_who_wants_no_reminders_gets_none(house: House) -> None:
    await called(house)
    await house.press("bo", "m1:rsvp=yes")
    await house.whisper("bo", "remind off")
    await house.wait(4 * DAY)
    assert not reminded(house, "bo")


@pytest.mark.parametrize(
    ("back", "private", "rooms"),
    [
        (BEGINS - HOUR, ["1 hour"], []),
        (BEGINS - timedelta(minutes=10), ["10 minutes"], ["10 minutes"]),
        (BEGINS + timedelta(minutes=5), [], []),
        (BEGINS + DAY, [], []),
    ],
)
async def test_after_we_were_not_there_only_what_is_still_of_use_is_said(
    house: House, back: datetime, private: list[str], rooms: list[str]
) -> None:
    await called(house)
    await house.press("bo", "m1:rsvp=yes")
    house.sleep(back - house.now)
    await house.app.sweep()
    await house.app.sweep()
    await house.settle()
    assert [one.split(" begins in ")[1].split(",")[0] for one in reminded(house, "bo")] == private
    assert [one.split(" begins in ")[1].split(",")[0] for one in told(house)] == rooms


async def test_a_meeting_called_at_short_notice_has_one_reminder(house: House) -> None:
    await called(house, house.now + HOUR)
    await house.press("bo", "m1:rsvp=yes")
    await house.wait(2 * HOUR)
    assert len(reminded(house, "bo")) == 1


async def test_a_moved_meeting_is_reminded_of_at_its_new_time_alone(house: House) -> None:
    await called(house)
    await house.whisper("ana", "move M-1 2026-03-09 18:00")
    await house.press("bo", "m1:rsvp=yes")
    await house.wait(10 * DAY)
    assert [one.split(" begins in ")[1].split(",")[0] for one in reminded(house, "bo")] == ["1 day", "15 minutes"]
    assert "Mon 9 Mar 2026, 13:00 EDT" in reminded(house, "bo")[0]


async def test_what_nobody_started_is_over_when_its_time_is(house: House) -> None:
    await called(house, minutes=90)
    await house.wait(BEGINS + timedelta(minutes=90) - house.now - timedelta(seconds=1))
    assert kept(house).stage is Stage.SET
    await house.wait(timedelta(seconds=1))
    assert kept(house).stage is Stage.ENDED
    assert "It is over." in card(house)
    assert (await house.whisper("bo", "meetings")).text == "No meeting is to come."


async def test_quiet_hours_keep_an_invitation_until_the_morning(house: House) -> None:
    await house.say("ana", "!group quiet 22:00-07:00")
    await house.wait(6 * HOUR)  # midnight UTC: night in Berlin, day in Auckland
    await called(house)
    assert house.private("eve") == []
    assert len([one for one in house.private("dee") if "Will you come?" in one]) == 1
    await house.whisper("ana", "cancel M-1")
    await house.wait(12 * HOUR)
    assert house.private("eve") == []
    assert [one for one in house.private("dee") if "is called off" in one]


async def test_who_slept_through_two_moves_is_told_once_of_both(house: House) -> None:
    await house.say("ana", "!group quiet 22:00-07:00")
    await called(house)
    await house.wait(6 * HOUR)
    await house.whisper("ana", "move M-1 2026-03-05 19:00")
    await house.whisper("ana", "move M-1 2026-03-05 20:00")
    assert len([one for one in house.private("dee") if "has moved" in one]) == 2  # it is day where Dee is
    assert not [one for one in house.private("eve") if "has moved" in one]
    await house.wait(12 * HOUR)
    (told_once,) = [one for one in house.private("eve") if "has moved" in one]
    assert "has moved to Thu 5 Mar 2026, 20:00 CET; before, it was Thu 5 Mar 2026, 18:00 CET" in told_once


async def test_who_left_in_the_night_is_told_nothing_in_the_morning(house: House) -> None:
    await house.say("ana", "!group quiet 22:00-07:00")
    await house.wait(6 * HOUR)
    await called(house)
    for room in ROOMS:
        await house.leave("eve", room)
    await house.wait(2 * DAY)
    assert house.private("eve") == []


async def test_who_leaves_between_a_move_and_the_morning_hears_nothing_of_it(house: House) -> None:
    await house.say("ana", "!group quiet 22:00-07:00")
    await called(house)
    await house.wait(6 * HOUR)
    await house.whisper("ana", "move M-1 2026-03-05 19:00")
    before = house.private("eve")
    for room in ROOMS:
        await house.leave("eve", room)
    await house.wait(2 * DAY)
    assert house.private("eve") == before


async def test_what_moves_into_the_night_is_told_before_it_begins(house: House) -> None:
    await house.say("ana", "!group quiet 22:00-07:00")
    await house.wait(6 * HOUR)
    await called(house)
    assert house.private("eve") == []
    await house.whisper("ana", "move M-1 2026-03-03 06:00")
    (asked,) = house.private("eve")
    assert "06:00 CET" in asked


@pytest.mark.parametrize("meanwhile", ["rsvp M-1 no", "remind off"])
async def test_a_reminder_that_waited_for_the_morning_is_let_go_by_an_answer(house: House, meanwhile: str) -> None:
    await house.say("ana", "!group quiet 22:00-07:00")
    await called(house, datetime(2026, 3, 4, 23, 30, tzinfo=UTC))
    await house.wait(DAY + 6 * HOUR)  # half past one in the night in Berlin
    assert reminded(house, "eve") == []
    await house.whisper("eve", meanwhile)
    await house.wait(12 * HOUR)
    assert reminded(house, "eve") == []
    assert len(reminded(house, "ana")) == 1


async def test_a_reminder_takes_no_other_news_back(house: House) -> None:
    await house.say("ana", "!group quiet 22:00-07:00")
    await called(house, datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    await house.wait(5 * HOUR)
    await house.whisper("ana", "move M-1 2026-03-04 00:30")  # the day's reminder is due before the night is over
    await house.wait(12 * HOUR)
    assert len([one for one in house.private("eve") if "has moved" in one]) == 1
    assert len(reminded(house, "eve")) == 1


async def test_whoever_has_left_the_rooms_is_told_nothing_any_more(house: House) -> None:
    await called(house)
    for room in ROOMS:
        await house.leave("bo", room)
    told_before = house.private("bo")
    await house.whisper("ana", "amend M-1 --place https://meet.example.org/secret")
    await house.whisper("ana", "move M-1 2026-03-10 18:00")
    await house.whisper("ana", "cancel M-1 Only we know why")
    assert any("Only we know why" in one for one in house.private("cem"))
    assert house.private("bo") == told_before
    assert not [one for one in house.shown if one.where == "bo" and "secret" in one.text]


# -- calendars --------------------------------------------------------------------------------------------------------


async def test_the_calendar_file_is_handed_over_alone(house: House) -> None:
    await called(house)
    for asked in (
        house.say("bo", "!calendar M-1"),
        house.press("bo", "m1:ics", room=""),
        house.whisper("bo", "calendar"),
    ):
        answer = await asked
        assert answer.file is not None
        assert answer.file.kind == "text/calendar"
        assert answer.file.text.count("BEGIN:VEVENT") == 1
        assert "DTSTART;TZID=Europe/Berlin:20260305T180000" in answer.file.text
    assert (await house.say("bo", "!calendar M-1")).file.name == "folkmoot-M-1.ics"  # type: ignore[union-attr]
    with house.store.reading() as work:
        assert work.the(Group, id=1).lines


async def test_whoever_is_in_several_groups_has_the_calendars_of_all_of_them(house: House) -> None:
    await called(house)
    await house.elsewhere("bo", '!meet "Tea" --at "2026-03-06 18:00"', chat="Tea")
    await house.elsewhere("bo", "!group name Tea friends", chat="Tea")
    with linked():
        answer = await house.whisper("bo", "calendar")
    assert answer.file is not None
    assert [f"SUMMARY:{one}" in answer.file.content for one in ("Spring planning", "Tea")] == [True, True]
    links = [one for row in answer.buttons for one in row]
    assert len({one.url for one in links if "/calendar/" in one.url}) == 2
    assert links[1].label.startswith("Subscribe: Tea")
    assert "SUMMARY:Tea" not in (await house.say("bo", "!calendar")).file.content  # type: ignore[union-attr]
