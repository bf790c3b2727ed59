"""Action items: noted with their owners and days, followed up, done and dropped."""

from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Action, ActionStatus, Owner
from decisions.model import Person as Somebody
from storage.store import Store
from storage.verify import verify
from tests.house import House
from tests.stories.conftest import ON_BOTH

ANA = Person(name="ana", role="facilitator", zone="Europe/Berlin")
BEN = Person(name="ben", role="member", zone="America/Lima")
CEM = Person(name="cem", role="member")


@pytest_asyncio.fixture
async def house(sqlite_store: Store) -> House:
    return House(sqlite_store, {"general": "matrix", "chat": "telegram"}, (ANA, BEN, CEM))


def action(house: House, number: int = 1) -> Action:
    with house.store.reading() as work:
        return work.the(Action, number=number, group_id=1)


def owners(house: House, number: int = 1) -> list[str]:
    with house.store.reading() as work:
        ids = [one.member_id for one in work.all(Owner, action_id=work.the(Action, number=number).id)]
        return [work.the(Somebody, id=one).name for one in ids]


def told(house: House, who: str, begins: str) -> list[str]:
    """What somebody was told privately that begins so: a reminder, or what was asked back."""
    return [one for one in house.private(who) if one.startswith(begins)]


async def test_an_action_is_noted_with_its_owners_and_its_day(house: House) -> None:
    answer = await house.say("ana", "!action Ben and @cem to ask WMSE by 2026-03-06")
    assert (
        answer.text
        == "Noted: A-1 · Ben and @cem to ask WMSE by 2026-03-06 (until Fri 6 Mar 2026). Whose it is: ben and cem"
    )
    assert (owners(house), action(house).due) == (["ben", "cem"], "2026-03-06")
    assert (await house.say("cem", "!actions")).text == (
        "To be done in Partnerships:\nben\n• A-1 · Ben and @cem to ask WMSE by 2026-03-06 (until Fri 6 Mar 2026)\n"
        "cem\n• A-1 · Ben and @cem to ask WMSE by 2026-03-06 (until Fri 6 Mar 2026)"
    )


async def test_what_is_nobodys_says_how_to_give_it_to_somebody(house: House) -> None:
    answer = await house.say("ana", "!action to write to the bank")
    assert answer.text.endswith("It is nobody’s yet. To say whose: action A-1 to ANA")


async def test_who_says_i_means_themselves(house: House) -> None:
    await house.say("ben", "!action I will ask ana by 2026-03-06")
    await house.say("ben", "!action me and cem to ask ana")
    assert owners(house) == ["ben"]
    assert owners(house, 2) == ["ben", "cem"]


async def test_the_owner_is_reminded_once_on_the_morning_before_and_one_press_says_it_is_done(house: House) -> None:
    await house.say("ana", "!action Ben: ask WMSE by 2026-03-06")
    await house.wait(timedelta(days=2))
    assert house.private("ben") == []
    await house.wait(timedelta(days=5))
    (reminder,) = house.private("ben")
    assert reminder == (
        "Until Fri 6 Mar 2026 you have to do A-1: Ben: ask WMSE by 2026-03-06. When it is done, press the button, or write: "
        "done A-1"
    )
    at = next(one.at for one in house.shown if one.kind == "private" and one.where == "ben")
    assert at.isoformat() == "2026-03-05T14:00:00+00:00"  # nine in Lima
    assert (await house.press("ben", "a1:done", room="")).verdict is Verdict.DONE
    assert (action(house).status, action(house).closed_by) == (ActionStatus.DONE, 2)
    again = await house.press("ben", "a1:done", room="")
    assert again.told[0] == "That was done already: A-1 · Ben: ask WMSE by 2026-03-06 (until Fri 6 Mar 2026) – done"


async def test_in_quiet_hours_nobody_is_reminded(house: House) -> None:
    await house.say("ana", "!group quiet 06:00-11:30")
    await house.say("ana", "!action Ben: ask WMSE by 2026-03-06")
    await house.wait(timedelta(days=2, hours=22))
    assert house.private("ben") == []
    await house.wait(timedelta(hours=1))
    await house.settle()
    at = next(one.at for one in house.shown if one.kind == "private" and one.where == "ben")
    assert at.isoformat() >= "2026-03-05T16:30:00+00:00"


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        ("done A-1 they agreed", []),
        ("drop A-1 they closed", []),
        ("action A-1 to cem", []),
        ("action A-1 by 2026-03-20", []),
        ("action A-1 by 2026-03-05", ["Until Thu 5 Mar 2026"]),
        ("remind off", []),
        ("forget me now", []),
        ("help", ["Until Fri 6 Mar 2026"]),
    ],
)
async def test_a_reminder_that_waited_for_the_morning_is_right_when_it_is_sent(
    house: House, meanwhile: str, told: list[str]
) -> None:
    await house.say("ana", "!group quiet 06:00-11:30")
    await house.say("ana", "!action Ben: ask WMSE by 2026-03-06")
    await house.wait(timedelta(days=2, hours=21))  # ten in Lima
    await house.whisper("ben", meanwhile)
    await house.wait(timedelta(hours=3))
    assert [one[:20] for one in house.private("ben") if one.startswith("Until")] == told


async def test_whoever_has_left_the_rooms_is_reminded_of_nothing(house: House) -> None:
    await house.say("ana", "!group quiet 06:00-11:30")
    await house.say("ana", "!action Ben: ask WMSE by 2026-03-06")
    await house.say("ana", "!action Ben: ask WMFR by 2026-03-12")
    await house.wait(timedelta(days=2, hours=21))
    for room in ("general", "chat"):
        await house.leave("ben", room)
    await house.wait(timedelta(days=9))
    assert told(house, "ben", "Until") == []


async def test_what_is_done_or_wants_no_reminder_reminds_nobody(house: House) -> None:
    await house.say("ana", "!action Ben: ask WMSE by 2026-03-06")
    await house.say("ana", "!action Cem: ask WMFR by 2026-03-06")
    await house.say("ben", "!done A-1 they agreed")
    await house.say("cem", "!remind off")
    await house.wait(timedelta(days=9))
    assert told(house, "ben", "Until") == []
    assert told(house, "cem", "Until") == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Dana to ask by Monday", "“Monday”"),
        ("ben to ask by 2026-02-01", "“2026-02-01”"),
        ("ben to ask by Friday or Monday", "“Friday or Monday”"),
        ("ben to ask by 2026-03-05 or by 2026-03-06", "“2026-03-05 / 2026-03-06”"),
    ],
)
async def test_a_day_that_is_not_sure_is_left_out_and_said_back(house: House, said: str, why: str) -> None:
    await house.say("ana", f"!action {said}")
    assert action(house).due == ""
    (asked,) = told(house, "ana", "A-1 is noted without")
    assert asked == f"A-1 is noted without a day: I am not sure which day {why} is. To say it: action A-1 by 2026-12-04"


async def test_a_name_that_several_have_gives_it_to_nobody_and_that_is_said_privately(house: House) -> None:
    await house.elsewhere("ben2", "hello", chat="")
    await house.say("Ben", "hello")
    await house.say("ana", "!action ben and cem to ask WMSE")
    assert owners(house) == ["cem"]
    (asked,) = told(house, "ana", "A-1 is noted, but")
    assert asked == (
        "A-1 is noted, but not as anybody’s: “ben” could be several people here. To say whose it is, with the number: "
        "action A-1 to NAME – one of ben #2, Ben #4"
    )
    answer = await house.say("ana", "!action A-1 to ben")
    assert answer.verdict is Verdict.REFUSED
    assert "#2" in answer.text
    await house.say("ana", "!action A-1 to ben #2")
    assert owners(house) == ["ben"]


async def test_owner_and_day_are_changed_and_the_same_again_changes_nothing(house: House) -> None:
    await house.say("ana", "!action somebody has to ask WMSE")
    assert "nobody’s yet" in (await house.say("ana", "!action A-1")).text
    await house.say("ana", "!action A-1 to Ben")
    await house.say("ana", "!action A-1 by 2026-03-20")
    assert (owners(house), action(house).due) == (["ben"], "2026-03-20")
    before = action(house).seal
    await house.say("ana", "!action A-1 by 2026-03-20")
    await house.say("ana", "!action A-1 to ben")
    assert action(house).seal == before
    assert (await house.say("ana", "!action A-1 by someday")).verdict is Verdict.REFUSED
    assert (await house.say("ana", "!action A-1 to nobody here")).verdict is Verdict.REFUSED
    assert (owners(house), action(house).due) == (["ben"], "2026-03-20")


async def test_only_those_whose_it_is_say_what_became_of_it(house: House) -> None:
    await house.say("ana", "!action Ben: ask WMSE")
    for said in ("!done A-1", "!drop A-1 no use", "!action A-1 to cem"):
        answer = await house.say("cem", said)
        assert answer.verdict is Verdict.REFUSED
        assert answer.text == "What became of A-1 is for these to say: ben, ana. Please tell one of them."
    assert (await house.press("cem", "a1:done")).verdict is Verdict.REFUSED
    assert action(house).status is ActionStatus.OPEN


async def test_dropping_needs_a_reason_and_can_be_taken_back(house: House) -> None:
    await house.say("ana", "!action Ben: ask WMSE")
    answer = await house.say("ben", "!drop A-1")
    assert answer.text == "Please say why, so that nobody has to ask: drop A-1 and your reason"
    assert (await house.say("ben", "!drop A-1 they closed")).text == (
        "It is let go: A-1 · Ben: ask WMSE – dropped: they closed. To take it up again: reopen A-1"
    )
    assert (await house.say("ben", "!drop A-1")).text.startswith("That was dropped already")
    assert (await house.say("ben", "!done A-1")).verdict is Verdict.REFUSED
    assert (await house.say("ana", "!actions")).text.startswith("Nothing is to be done here.")
    assert "dropped: they closed" in (await house.say("ana", "!actions all")).text
    await house.say("ben", "!reopen A-1")
    assert (action(house).status, action(house).why) == (ActionStatus.OPEN, "")
    assert (await house.say("ben", "!reopen A-1")).text.startswith("That is still to be done")


async def test_what_is_overdue_comes_first(house: House) -> None:
    await house.say("ana", "!action Ben: ask WMFR")
    await house.say("ana", "!action Ben: ask WMSE by 2026-03-04")
    await house.wait(timedelta(days=4))
    lines = (await house.say("ana", "!actions Ben")).text.splitlines()
    assert lines[1:] == [
        "ben",
        "• A-2 · Ben: ask WMSE by 2026-03-04 (until Wed 4 Mar 2026) – overdue",
        "• A-1 · Ben: ask WMFR",
    ]
    assert (await house.say("ana", "!actions Zoe")).verdict is Verdict.REFUSED


async def test_a_long_list_has_pages(house: House) -> None:
    for number in range(25):
        await house.whisper("ana", f"action thing number {number}")
        await house.wait(timedelta(minutes=1))
    first = (await house.say("ana", "!actions")).text.splitlines()
    assert first[-1] == "7 more lines: actions 2"
    second = (await house.say("ana", "!actions 2")).text.splitlines()
    assert [one.split()[1] for one in second] == [f"A-{number}" for number in range(19, 26)]
    assert (await house.say("ana", "!actions 9")).text.splitlines() == second  # and not that there is nothing to do


async def test_mine_has_what_i_have_to_do(house: House) -> None:
    await house.say("ana", "!action Ben: ask WMSE")
    assert (await house.whisper("ben", "mine")).text == (
        "What you have to do:\n• A-1 · Ben: ask WMSE\nWhen it is done: done, then its id."
    )
    assert "What you have to do" not in (await house.whisper("cem", "mine")).text


async def test_in_several_groups_an_action_is_called_with_its_group(house: House) -> None:
    await house.elsewhere("ben", "!propose Tea", chat="Tea")
    await house.elsewhere("ben", "!action ben to boil it by 2026-03-06", chat="Tea")
    await house.say("ana", "!action Ben: ask WMSE by 2026-03-06")
    listed = "• A-1@1 · Ben: ask WMSE by 2026-03-06 (until Fri 6 Mar 2026)"
    other = "• A-1@2 · ben to boil it by 2026-03-06 (until Fri 6 Mar 2026)"
    assert (await house.whisper("ben", "mine")).text.splitlines()[-3:-1] == [listed, other]
    assert listed in (await house.whisper("ben", "actions ben")).text
    await house.wait(timedelta(days=4))
    assert sorted(one.rpartition(" ")[2] for one in told(house, "ben", "Until")) == ["A-1@1", "A-1@2"]
    assert (await house.whisper("ben", "done A-1")).verdict is Verdict.REFUSED
    assert (await house.whisper("ben", "done A-1@2")).verdict is Verdict.DONE
    assert action(house).status is ActionStatus.OPEN


async def test_show_says_all_of_an_action(house: House) -> None:
    await house.say("ana", "!action Ben: ask WMSE")
    await house.say("ben", "!done A-1 they agreed")
    assert (await house.say("cem", "!show A-1")).text == (
        "• A-1 · Ben: ask WMSE – done: they agreed\nWhose it is: ben\nNoted by ana, Mon 2 Mar 2026, 18:00 UTC\n"
        "ben said so, Mon 2 Mar 2026, 18:00 UTC"
    )


@pytest.mark.parametrize("said", ["!action", "!done", "!done A-9", "!drop A-9 x", "!reopen", "!done P-1", "!show A-9"])
async def test_what_names_nothing_is_refused_and_says_how(house: House, said: str) -> None:
    answer = await house.say("ana", said)
    assert answer.verdict is Verdict.REFUSED
    assert answer.text
    if "A-9" in said:
        assert answer.text == "There is no A-9 here. What there is to do: actions"


@ON_BOTH
async def test_an_action_is_kept_and_proved_on_both_databases(store: Store) -> None:
    house = House(store, people=(ANA, BEN))
    await house.say("ana", "!action Ben to ask WMSE by 2026-03-06")
    await house.say("ana", "!action A-1 to ana")
    await house.say("ana", "!done A-1 they agreed")
    await house.say("ana", "!action Ben to ask WMFR")
    await house.say("ben", "!drop A-2 no use")
    await house.say("ben", "!reopen A-2")
    assert (action(house).status, owners(house)) == (ActionStatus.DONE, ["ana"])
    assert (action(house, 2).status, owners(house, 2)) == (ActionStatus.OPEN, ["ben"])
    with store.reading() as work:
        assert verify(work) == []


async def test_a_new_owner_and_a_new_day_are_said_at_once(house: House) -> None:
    await house.say("ana", "!action Ana to ask")
    told = (await house.say("ana", "!action A-1 to ben by 2026-03-20")).text
    assert told == "Noted: A-1 · Ana to ask (until Fri 20 Mar 2026). Whose it is: ben"
    assert "Whose it is: cem" in (await house.say("ana", "!action A-1 cem by 2026-03-21")).text
    assert "Whose it is: cem" in (await house.say("ana", "!action A-1 by 2026-03-22")).text


async def test_what_was_given_to_a_guest_stays_theirs_at_the_end(house: House) -> None:
    await house.say("ana", "#startmeeting Budget")
    await house.say("ana", "#guest Zoe\n#action Ana to ask")
    await house.say("ana", "#action A-1 to Zoe")
    await house.say("ana", "#endmeeting")
    assert "Whose it is: Zoe" in (await house.say("ana", "!show A-1")).text
