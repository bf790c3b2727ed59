"""Moving and calling off: whoever was asked to a meeting learns of it once, and answers anew."""

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from decisions import wording
from decisions.model import Post, PostKind, Stage
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.called import BEGINS, called
from tests.stories.invitations import DAY, PEOPLE, ROOMS, answers, card, kept, reminded, told


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    return House(store, ROOMS, PEOPLE, zone="Europe/Berlin")


# -- moving -----------------------------------------------------------------------------------------------------------


async def test_moving_tells_everyone_once_and_asks_anew(house: House) -> None:
    await called(house)
    await house.press("bo", "m1:rsvp=yes", room="")
    await house.whisper("ana", "move M-1 2026-03-06 19:00")
    moved = "M-1 has moved to Fri 6 Mar 2026, 19:00 CET; before, it was Thu 5 Mar 2026, 18:00 CET: “Spring planning”."
    assert told(house) == told(house, "chat") == [moved]
    assert [len([one for one in house.private(who) if "has moved" in one]) for who in ("bo", "cem", "dee", "eve")] == [
        1
    ] * 4
    notice = next(one for one in house.private("bo") if "has moved" in one)
    assert "Fri 6 Mar 2026, 13:00 EST; before, it was Thu 5 Mar 2026, 12:00 EST:" in notice
    assert "Please say again whether you come" in notice
    assert not [one for one in house.private("ana") if "has moved to" in one]
    assert answers(house) == {}
    meeting = kept(house)
    assert (meeting.sequence, meeting.wall, meeting.stage) == (1, "2026-03-06T19:00", Stage.SET)
    assert "Fri 6 Mar 2026, 19:00 CET" in card(house)
    with house.store.reading() as work:
        assert verify(work) == []


async def test_a_notice_answers_the_card(house: House) -> None:
    await called(house)
    await house.whisper("ana", "move M-1 2026-03-06 19:00")
    with house.store.reading() as work:
        cards = {one.room_id: one.message for one in work.all(Post, kind=PostKind.MEETING)}
        notices = [one for one in work.all(Post, kind=PostKind.SOON) if one.room_id]
    assert len(notices) == len(cards) == 2
    replied = [one for one in house.shown if one.kind == "send" and "has moved" in one.text]
    assert len(replied) == 2


async def test_moving_to_the_same_time_changes_nothing(house: House) -> None:
    await called(house)
    answer = await house.whisper("ana", "move M-1 2026-03-05 18:00")
    assert answer.text == "M-1 is on Thu 5 Mar 2026, 18:00 CET already, so nothing was changed."
    assert (kept(house).sequence, told(house)) == (0, [])


async def test_a_day_alone_keeps_the_time_of_day_over_a_clock_change(house: House) -> None:
    """On 8 March clocks go forward in New York, on 29 March in Berlin."""
    await called(house)
    await house.whisper("bo", "members")
    await house.whisper("ana", "move M-1 2026-03-10")
    assert kept(house).starts_at == BEGINS + 5 * DAY
    assert any("13:00 EDT" in one for one in house.private("bo"))
    await house.whisper("ana", "move M-1 2026-03-30")
    assert kept(house).starts_at == datetime(2026, 3, 30, 16, 0, tzinfo=UTC)
    assert kept(house).wall == "2026-03-30T18:00"


@pytest.mark.parametrize(
    ("language", "said", "at"),
    [
        ("en", "move M-1 tomorrow at 19:00", datetime(2026, 3, 3, 18, 0, tzinfo=UTC)),
        ("en", "move M-1 next Monday", datetime(2026, 3, 9, 17, 0, tzinfo=UTC)),
        ("fr", "déplacer M-1 demain à 19:00", datetime(2026, 3, 3, 18, 0, tzinfo=UTC)),
    ],
)
async def test_a_new_time_is_said_as_people_say_it_and_never_guessed(
    house: House, language: str, said: str, at: datetime
) -> None:
    await called(house)
    await house.whisper("ana", f"language {language}")
    answer = await house.whisper("ana", said)
    if answer.verdict is not Verdict.DONE or kept(house).starts_at == BEGINS:  # it is asked back
        await house.press("ana", answer.buttons[0][0].press, room="")
    assert kept(house).starts_at == at


async def test_of_a_time_that_comes_twice_it_is_asked_which_is_meant(house: House) -> None:
    await called(house, zone="America/New_York")
    answer = await house.whisper("ana", "move M-1 2026-10-25 02:30")
    assert kept(house).starts_at == BEGINS
    await house.press("ana", answer.buttons[1][0].press, room="")
    assert kept(house).starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert kept(house).wall == "2026-10-24T21:30"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("move M-1 2026-03-01 18:00", "Sun 1 Mar 2026, 18:00 CET has already passed."),
        ("move M-1 2026-03-29 02:30", "2026-03-29 02:30"),
        ("move M-1 2040-03-29 02:30", "2040"),
        ("move M-1 yesteryear", "yesteryear"),
        ("move M-1", "move M-1"),
        ("move M-9 2026-03-06 18:00", "M-9"),
    ],
)
async def test_a_time_that_cannot_be_is_refused(house: House, said: str, why: str) -> None:
    await called(house)
    answer = await house.whisper("ana", said)
    assert answer.verdict is Verdict.REFUSED
    assert why in answer.text
    assert kept(house).starts_at == BEGINS


async def test_only_who_called_it_and_facilitators_move_and_cancel(house: House) -> None:
    await called(house, by=2)
    assert (await house.whisper("bo", "cancel P-1 it is late")).verdict is Verdict.REFUSED
    for said in ("move M-1 2026-03-06 18:00", "cancel M-1"):
        assert (await house.whisper("cem", said)).text == "Only these can do that with M-1: bo, ana."
    assert (await house.whisper("bo", "move M-1 2026-03-06 12:00")).verdict is Verdict.DONE
    assert (await house.whisper("ana", "cancel M-1")).verdict is Verdict.DONE


async def test_other_words_are_shown_and_wake_nobody(house: House) -> None:
    await called(house)
    assert (await house.whisper("cem", "amend M-1 Mine")).text == "Only these can do that with M-1: ana."
    await house.whisper("ana", "amend M-1 Autumn planning\nBring your numbers.")
    assert card(house).startswith("M-1 · Autumn planning\nBring your numbers.\nThu 5 Mar 2026, 18:00 CET, for 1 hour\n")
    assert house.private("bo")[-1].startswith("M-1 · Autumn planning\nBring your numbers.\n")
    assert (kept(house).sequence, told(house)) == (1, [])
    again = await house.whisper("ana", "amend M-1 Autumn planning\nBring your numbers.")
    assert again.text == "M-1 had these words already, so nothing was changed."
    assert (await house.whisper("ana", "amend M-1")).verdict is Verdict.REFUSED


async def test_another_place_is_shown(house: House) -> None:
    await called(house, place="Room 5")
    await house.whisper("ana", "amend M-1 --place https://meet.example.org/new")
    assert "\nhttps://meet.example.org/new\n" in card(house)
    assert card(house).startswith("M-1 · Spring planning\n")
    assert (await house.whisper("ana", 'amend M-1 --place ""')).verdict is Verdict.DONE
    assert kept(house).place == ""
    assert (await house.whisper("ana", f"amend M-1 --place {'x' * 3000}")).verdict is Verdict.REFUSED
    assert (await house.whisper("ana", "amend M-1 --zone Europe/Paris")).verdict is Verdict.REFUSED


HOSTILE = (
    "\u202e" * 100,
    "x" * 100_001,
    "9" * 5000,
    "2026-03-06 19:00" + " " * 5000 + "x",
    "\ud800\udfff",
    "yes\x00no",
    "{0} $1 {{PLURAL:$1|a|b}} %s",
    "M-1 M-1 M-1",
    "@everyone",
    "M-1@99999999999999999999",
    "\u0661\u0662",
    "9999-12-31 23:59",
    "0001-01-01 00:00",
)


@pytest.mark.parametrize("command", ["rsvp", "rsvp M-1", "move", "move M-1", "calendar", "show M-1", "meetings"])
async def test_hostile_words_are_refused_or_mean_nothing(house: House, command: str) -> None:
    await called(house)
    for said in HOSTILE:
        for who in ("cem", "ana"):
            assert (await house.whisper(who, f"{command} {said}")).verdict is not Verdict.FAULT, said[:50]
        await house.wait(timedelta(minutes=1))
    assert kept(house).starts_at == BEGINS
    assert set(answers(house).values()) <= {"yes"}


@pytest.mark.parametrize("said", HOSTILE)
async def test_hostile_reasons_break_nothing(house: House, said: str) -> None:
    await called(house)
    answer = await house.whisper("ana", f"cancel M-1 {said}")
    too_long = len(wording.clean(said)) > wording.REASON
    assert answer.verdict is (Verdict.REFUSED if too_long else Verdict.DONE)
    assert not set("".join(told(house))) & {"\u202e", "\x00", "\ud800"}


@pytest.mark.parametrize(
    "press", ["rsvp=", "rsvp=yes\n", "rsvp=YES", "ics=1", "show\x00", "rsvp=no;rsvp=yes", "\ud800"]
)
async def test_forged_presses_are_refused(house: House, press: str) -> None:
    await called(house)
    for meeting in ("1", "01", "999999999", "0"):
        assert (await house.press("bo", f"m{meeting}:{press}")).verdict is Verdict.REFUSED
    assert answers(house) == {}


# -- calling it off ---------------------------------------------------------------------------------------------------


async def test_calling_off_tells_everyone_once(house: House) -> None:
    await called(house)
    await house.whisper("ana", "cancel M-1 The roof\u202e leaks")
    off = "M-1 on Thu 5 Mar 2026, 18:00 CET is called off: “Spring planning”.\nThe roof leaks"
    assert told(house) == told(house, "chat") == [off]
    (notice,) = [one for one in house.private("cem") if "is called off" in one]
    assert notice == "M-1 on Thu 5 Mar 2026, 22:30 IST (UTC+5:30) is called off: “Spring planning”.\nThe roof leaks"
    assert "It was called off." in card(house)
    assert house.cards("general", "M-1")[-1].buttons == ()
    assert kept(house).sequence == 1
    await house.wait(5 * DAY)
    assert not reminded(house, "cem")
    for said in ("rsvp M-1 yes", "move M-1 2026-03-09 10:00", "cancel M-1"):
        assert (await house.whisper("ana", said)).text == "That cannot be done with M-1 now: it was called off."


async def test_why_it_was_called_off_goes_with_who_is_forgotten(house: House) -> None:
    await called(house, by=2)
    await house.whisper("bo", "cancel M-1 My roof leaks")
    await house.whisper("bo", "forget me now")
    with house.store.reading() as work:
        assert not [one for one in work.all(Post) if "roof" in str(one.said)]


async def test_a_meeting_without_a_time_can_be_called_off(house: House) -> None:
    await called(house, stage=Stage.ASKED, starts_at=None, wall="")
    assert (await house.whisper("ana", "cancel M-1")).verdict is Verdict.DONE
    assert told(house) == ["M-1 is called off, and no time is looked for any more: “Spring planning”."]
    assert (await house.whisper("bo", "rsvp M-1 yes")).verdict is Verdict.REFUSED


async def test_all_of_a_series_ends_only_when_that_is_said(house: House) -> None:
    await called(house, every=7)
    await house.whisper("ana", "cancel M-1 all of us are ill")
    assert kept(house).every == 7
    assert told(house)[0].endswith("all of us are ill")
    await called(house, every=7)
    answer = await house.whisper("ana", "cancel M-2 all, the project is over")
    assert answer.text == "M-2 and all that would follow are called off, and everyone is told."
    assert kept(house, 2).every == 0
    assert told(house)[-1].endswith("the project is over")
