"""Proxies: one member's ballot counts for another who does not vote - openly, without chains, and as the journal has it."""

import json
from datetime import timedelta

import pytest

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Group, Outcome, Poll, Proxy, Status
from storage.store import Store
from storage.verify import verify
from tests.exported import export
from tests.house import House
from tests.stories.conftest import ON_BOTH

PEOPLE = (
    Person(name="ana", role="facilitator", affiliate="WMDE"),
    Person(name="ben", affiliate="WMFR"),
    Person(name="cem"),
    Person(name="dee"),
    Person(name="obs", role="observer"),
)


@pytest.fixture
def house(store: Store) -> House:
    return House(store, people=PEOPLE)


def whole(house: House) -> bool:
    with house.store.reading() as work:
        return not verify(work)


def proxies(house: House) -> list[Proxy]:
    with house.store.reading() as work:
        return work.all(Proxy)


def poll(house: House, number: int = 1) -> Poll:
    with house.store.reading() as work:
        return work.the(Poll, number=number)


def outcome(house: House, number: int = 1) -> Outcome:
    found = poll(house, number).outcome
    assert found is not None
    return found


async def test_a_proxys_ballot_counts_for_both_and_is_shown(house: House) -> None:
    await house.say("ana", "!propose --quorum 2 Meet monthly")
    answer = await house.whisper("ben", "proxy ana P-1")
    assert answer.text.startswith("ana is your proxy in P-1.")
    assert house.private("ana")[-1].startswith("ben has named you as proxy in P-1")
    assert "agree 0" in house.card()
    await house.say("ana", "!agree P-1 gladly")
    assert "agree 2: ana (also for ben)" in house.card()
    assert "2 people have taken part; 2 are needed." in house.card()
    assert "ana is the proxy of ben, unless ben votes." in (await house.say("cem", "!show P-1")).text
    await house.say("ana", "!close P-1")
    assert "Passed: 2 agree; quorum 2 of 4 reached; no block; by proxy: ana for ben" in house.notices()[-1]
    assert "The ballot of ana counted for ben too." in (await house.say("cem", "!show P-1")).text
    assert outcome(house).proxies == ((2, 1),)
    assert proxies(house) == []
    assert whole(house)


async def test_who_votes_is_counted_by_their_own_ballot_from_then_on(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.whisper("ben", "proxy ana")
    await house.say("ana", "!agree P-1")
    await house.say("ben", "!disagree P-1 no")
    assert "agree 1: ana\n" in house.card()
    assert "disagree 1: ben" in house.card()
    await house.say("ben", "!retract P-1")
    assert "agree 2: ana (also for ben)" in house.card()
    await house.say("ana", "!close P-1")
    assert whole(house)


async def test_a_proxy_for_all_polls_until_a_day(house: House) -> None:
    await house.whisper("ben", "proxy ana until 2026-03-05")
    for title in ("Meet monthly", "Meet weekly"):
        await house.say("ana", f"!propose --for 1d {title}")
        await house.say("ana", f"!agree P-{1 + (title == 'Meet weekly')}")
    await house.wait(timedelta(days=1))
    assert "Passed: 2 agree" in house.notices()[-2]
    assert "Passed: 2 agree" in house.notices()[-1]
    await house.say("ana", "!propose --for 3d Meet daily")
    await house.say("ana", "!agree P-3")
    assert "agree 2: ana (also for ben)" in house.card(poll="P-3")
    await house.wait(timedelta(days=3))
    assert "Passed: 1 agree" in house.notices()[-1]
    assert "nobody's" in (await house.whisper("ben", "proxy")).text
    assert whole(house)


async def test_what_is_said_of_one_poll_goes_before_what_is_said_of_all(house: House) -> None:
    await house.whisper("ben", "proxy ana")
    await house.say("ana", "!propose Meet monthly")
    await house.say("ana", "!propose Meet weekly")
    await house.whisper("ben", "proxy P-1 cem")
    await house.whisper("ben", "proxy none P-2")
    for number in (1, 2):
        await house.say("ana", f"!agree P-{number}")
    await house.say("cem", "!disagree P-1 no")
    assert "disagree 2: cem (also for ben)" in house.card(poll="P-1")
    assert "agree 1: ana\n" in house.card(poll="P-2")
    shown = (await house.whisper("ben", "proxy")).text
    assert "Your proxy: ana (in every poll)." in shown
    assert "Your proxy: cem (P-1)." in shown
    assert "You have no proxy for this one: P-2." in shown
    assert "You are the proxy of ben (P-1)." in (await house.whisper("cem", "proxy")).text
    for number in (1, 2):
        await house.say("ana", f"!close P-{number}")
    assert len(proxies(house)) == 1
    assert whole(house)


async def test_taking_it_back_and_refusing_it(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ana", "!agree P-1")
    await house.whisper("ben", "proxy ana")
    await house.whisper("ben", "proxy ana P-1")
    assert "agree 2: ana (also for ben)" in house.card()
    assert (await house.whisper("ben", "proxy none P-1")).text == "In P-1 you have no proxy."
    assert "agree 1: ana\n" in house.card()
    assert house.private("ana")[-1] == "You are not the proxy of ben in P-1: there ben votes without one."
    assert (await house.whisper("ben", "proxy none")).text == "You have no proxy any more."
    assert (await house.whisper("ben", "proxy none")).verdict is Verdict.REFUSED
    await house.whisper("ben", "proxy ana P-1")
    assert (await house.whisper("ana", "proxy refuse ben")).text.startswith("You are not the proxy of ben any more")
    assert house.private("ben")[-1].startswith("ana does not want to be your proxy.")
    assert (await house.whisper("ana", "proxy refuse ben")).verdict is Verdict.REFUSED
    assert "agree 1: ana\n" in house.card()
    assert proxies(house) == []
    assert whole(house)


@ON_BOTH
async def test_naming_twice_is_once(house: House) -> None:
    await house.whisper("ben", "proxy ana")
    await house.whisper("ben", "proxy ana")
    assert sum("has named you as proxy" in one for one in house.private("ana")) == 1
    with house.store.reading() as work:
        lines = work.the(Group, id=1).lines
    await house.whisper("ben", "proxy cem")
    assert [one.proxy_id for one in proxies(house)] == [3]
    with house.store.reading() as work:
        assert work.the(Group, id=1).lines == lines + 1


REFUSED = {
    "proxy ben": "You speak for yourself already",
    "proxy obs": "obs cannot vote there",
    "proxy zed": "I know nobody here called zed",
    "proxy ana P-9": "There is no P-9",
    "proxy dee P-1": "dee cannot vote there",
    "proxy ana P-2": "its alternates stand in",
    "proxy ana until 2020-01-01": "has already passed",
    "proxy ana until some day": "I do not understand the time",
    "proxy none P-1": "You have no proxy there",
    "proxy refuse dee": "You are not the proxy of dee",
}


@pytest.mark.parametrize("given", REFUSED)
async def test_what_cannot_be_is_refused(house: House, given: str) -> None:
    await house.say("ana", "!propose --roll ana,ben,cem Meet monthly")
    await house.say("ana", "!propose --roll affiliates Meet weekly")
    answer = await house.whisper("ben", given)
    assert answer.verdict is Verdict.REFUSED
    assert REFUSED[given] in answer.text
    assert proxies(house) == []


async def test_who_is_not_in_the_electorate_or_observes_names_nobody(house: House) -> None:
    await house.say("ana", "!propose --roll ana,ben Meet monthly")
    assert "not in the electorate" in (await house.whisper("dee", "proxy ana P-1")).text
    assert "as an observer" in (await house.whisper("obs", "proxy ana")).text
    await house.say("ana", "!close P-1")
    assert "closed" in (await house.whisper("ben", "proxy ana P-1")).text


async def test_there_are_no_chains(house: House) -> None:
    await house.whisper("ben", "proxy ana")
    assert "has named a proxy in turn" in (await house.whisper("cem", "proxy ben")).text
    answer = await house.whisper("ana", "proxy dee")
    assert answer.text.startswith("You are the proxy of ben,")
    await house.whisper("ana", "proxy refuse ben")
    assert (await house.whisper("ana", "proxy dee")).verdict is Verdict.DONE


async def test_early_closing_waits_for_the_members_themselves(house: House) -> None:
    await house.say("ana", "!propose --roll ana,ben --by majority Meet monthly")
    await house.whisper("ben", "proxy ana")
    await house.say("ana", "!agree P-1")
    assert poll(house).status is Status.OPEN
    await house.say("ben", "!disagree P-1 no")
    assert poll(house).status is Status.CLOSED
    assert whole(house)


async def test_whoever_left_or_observes_by_the_close_is_not_spoken_for(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.whisper("ben", "proxy ana")
    await house.whisper("cem", "proxy ana")
    await house.whisper("dee", "proxy ana")
    await house.say("ana", "!agree P-1")
    assert "agree 4: ana (also for ben, cem, dee)" in house.card()
    await house.leave("ben")
    await house.say("ana", "!members cem observer")
    await house.say("ana", "!close P-1")
    assert "Passed: 2 agree; no block; by proxy: ana for dee" in house.notices()[-1]
    assert outcome(house).proxies == ((4, 1),)
    assert whole(house)


async def test_a_proxy_named_too_late_does_not_count(house: House) -> None:
    """The clock was not there at the deadline; what was said since comes too late."""
    await house.say("ana", "!propose --for 1d Meet monthly")
    await house.say("ana", "!agree P-1")
    house.sleep(timedelta(days=2))
    await house.whisper("ben", "proxy ana")
    assert (poll(house).status, outcome(house).turnout) == (Status.CLOSED, 1)
    assert whole(house)


async def test_a_proxy_until_the_deadline_passed_is_counted_though_the_close_came_late(house: House) -> None:
    await house.say("ana", "!propose --for 1d Meet monthly")
    await house.say("ana", "!agree P-1")
    await house.whisper("ben", "proxy ana until 2026-03-04")
    house.sleep(timedelta(days=5))
    await house.wait(timedelta(0))
    await house.app.sweep()
    assert outcome(house).proxies == ((2, 1),)
    assert whole(house)


async def test_exports_name_them(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.whisper("ben", "proxy ana")
    await house.say("ana", "!agree P-1")
    await house.say("ana", "!close P-1")
    with house.store.reading() as work:
        group = work.the(Group, id=1)
        one = json.loads(export(work, group, "json", house.now))["decisions"][0]
        log = export(work, group, "md", house.now)
        assert "ana (ben)" in export(work, group, "csv", house.now)
    assert one["proxies"] == [{"member": "ben", "proxy": "ana"}]
    assert (one["turnout"], one["tally"]["agree"]) == (2, 2)
    assert "| agree | 2 | ana (WMDE) (also for ben) |" in log
    assert "by proxy: ana for ben" in log


async def test_a_proxys_press_needs_no_more_of_the_member(house: House) -> None:
    """Points and blocks count for both, too."""
    await house.say("ana", '!poll --by score "Which?" "A" "B"')
    await house.whisper("ben", "proxy cem P-1")
    await house.say("cem", "!vote P-1 1=3, 2=5")
    assert "10: cem (also for ben)" in house.card()
    await house.say("ana", "!propose Meet monthly")
    await house.whisper("ben", "proxy cem P-2")
    await house.say("cem", "!block P-2 never")
    assert "block 2: cem (also for ben)" in house.card(poll="P-2")


async def test_other_languages_have_their_own_words(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.whisper("ben", "language fr")
    assert (await house.whisper("ben", "procuration ana jusqu'au 2027-01-01")).verdict is Verdict.DONE
    assert (await house.whisper("ben", "procuration aucune")).verdict is Verdict.DONE
    assert (await house.whisper("ben", "mandataire ana P-1")).verdict is Verdict.DONE
    assert (await house.whisper("ana", "proxy refuse ben")).verdict is Verdict.DONE
