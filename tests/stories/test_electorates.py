"""Electorates: whose voices count - rolls of all kinds, one ballot an affiliate, weights, both majorities, breadth."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from adapters.base import Request, Verdict
from adapters.console.conversation import Person
from decisions.change import Change
from decisions.events import AffiliateWeighed, SeatGiven
from decisions.model import Affiliate, Ballot, Group, Member, Poll, Seat, Status, Voter
from storage.store import Store
from storage.verify import verify
from storage.work import Work
from tests.exported import export
from tests.house import House
from tests.stories.conftest import ON_BOTH

PEOPLE = (
    Person(name="ana", role="facilitator", affiliate="WMDE"),
    Person(name="ben", affiliate="WMDE"),
    Person(name="cem", affiliate="WMFR"),
    Person(name="dee", affiliate="WMGH"),
    Person(name="eli"),
    Person(name="fay", role="facilitator"),
    Person(name="obs", role="observer", affiliate="WMAT"),
)
WORLD = {"WMDE": ("Europe", 5), "WMFR": ("Europe", 2), "WMGH": ("Africa", 3), "WMAT": ("Europe", 9)}
"""Affiliate -> its region, and what it weighs. Ana represents the first; ben is her alternate."""


@pytest.fixture
def house(store: Store) -> House:
    made = House(store, people=PEOPLE)
    with store.unit_of_work() as work:
        for one in work.all(Affiliate):
            region, weight = WORLD[one.name]
            _weigh(work, replace(one, region=region, weight=weight), made)
    return made


def _weigh(work: Work, one: Affiliate, house: House) -> None:
    weighed = AffiliateWeighed(by=1, affiliate=one.id, weight=one.weight)
    work.apply(Change(puts=(one,), events=(weighed,)), 1, house.now)


def kept(house: House, number: int = 1) -> Poll:
    with house.store.reading() as work:
        return work.the(Poll, number=number)


def member(house: House, name: str) -> Member:
    with house.store.reading() as work:
        return next(one for one in work.all(Member) if PEOPLE[one.id - 1].name == name)


def seat(house: House, name: str, given: Seat, affiliate_id: int | None = None) -> None:
    """Somebody's seat is changed, as the group's facilitators may."""
    with house.store.unit_of_work() as work:
        one = work.the(Member, id=member(house, name).id)
        kin = one.affiliate_id if affiliate_id is None else affiliate_id
        seated = replace(one, seat=given, affiliate_id=kin if given is not Seat.NONE else None)
        said = SeatGiven(by=1, member=one.id, affiliate=kin or 0, seat=given.value)
        work.apply(Change(puts=(seated,), events=(said,)), 1, house.now)


def on_roll(house: House, poll_id: int = 1) -> dict[str, tuple[str, int]]:
    with house.store.reading() as work:
        return {PEOPLE[one.member_id - 1].name: (one.region, one.weight) for one in work.all(Voter, poll_id=poll_id)}


def whole(house: House) -> bool:
    with house.store.reading() as work:
        return not verify(work)


def exported(house: House, form: str = "json") -> str:
    with house.store.reading() as work:
        return export(work, work.the(Group, id=1), form, house.now)


# -- one ballot an affiliate ------------------------------------------------------------------------------------------


@ON_BOTH
async def test_an_affiliates_last_valid_ballot_counts_and_both_are_shown(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates --by majority Meet monthly")
    assert "On the roll: 3 affiliates, one ballot each" in house.card()
    await house.say("ben", "!disagree P-1 too often")
    assert "disagree 1: WMDE (ben)" in house.card()
    await house.say("ana", "!agree P-1")
    assert "agree 1: WMDE (ana; ben said disagree before)" in house.card()
    assert "disagree 0" in house.card()
    assert "too often" not in house.card()
    await house.say("cem", "!disagree P-1")
    await house.say("ana", "!close P-1")
    assert "Not passed: 1 agree, 1 disagree;" in house.notices()[-1]
    assert house.notices()[-1].count("not heard: WMGH") == 1
    assert whole(house)


async def test_who_says_the_same_again_has_the_last_word(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates Meet monthly")
    await house.press("ben", "p1:2")
    await house.press("ana", "p1:0")
    answer = await house.press("ben", "p1:2")
    assert answer.text.startswith("Counted on P-1: disagree.")
    assert "disagree 1: WMDE (ben; ana said agree before)" in house.card()
    assert (await house.press("ben", "p1:2")).text.startswith("On P-1 you already said disagree")
    assert kept(house).turnout == 1
    assert whole(house)


async def test_it_closes_when_every_affiliate_has_voted(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates --by majority Meet monthly")
    for who in ("ana", "ben", "cem"):
        await house.say(who, "!agree P-1")
    await house.say("ben", "!retract P-1")
    assert (kept(house).status, kept(house).turnout, kept(house).base) == (Status.OPEN, 2, 3)
    assert (await house.say("dee", "!disagree P-1 no time")).text.endswith("Everyone has voted, so it is closed.")
    assert "Passed: 2 agree, 1 disagree" in house.notices()[-1]
    assert whole(house)


async def test_an_affiliate_takes_part_until_its_last_voice_is_silent(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates Meet monthly")
    await house.say("ana", "!agree P-1")
    await house.say("ben", "!agree P-1")
    await house.say("ana", "!retract P-1")
    assert kept(house).turnout == 1
    undo = (await house.say("ben", "!disagree P-1 no")).buttons[0][0]
    await house.press("ben", undo.press)
    await house.say("ana", "!amend P-1 Meet weekly")
    assert kept(house).turnout == 0
    await house.say("ben", "!agree P-1")
    await house.say("ana", "!agree P-1")
    assert kept(house).turnout == 1
    await house.say("ben", "!retract P-1")
    await house.say("ana", "!retract P-1")
    assert kept(house).turnout == 0
    assert whole(house)


async def test_only_those_who_speak_for_an_affiliate_vote(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates Meet monthly")
    for who, said in (("eli", "not in the electorate of P-1"), ("obs", "as an observer")):
        answer = await house.say(who, "!agree P-1")
        assert answer.verdict is Verdict.REFUSED
        assert said in answer.text
    assert set(on_roll(house)) == {"ana", "ben", "cem", "dee"}


async def test_who_lost_the_seat_does_not_vote_and_what_they_said_stands_until_another_speaks(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates Meet monthly")
    await house.say("ana", "!agree P-1")
    seat(house, "ana", Seat.NONE)
    for act in ("!disagree P-1 I changed my mind", "!retract P-1"):
        answer = await house.say("ana", act)
        assert answer.text.startswith("You no longer speak for your affiliate")
    assert (await house.press("ana", "p1:1")).verdict is Verdict.REFUSED
    assert "agree 1: WMDE (ana)" in house.card()
    await house.say("ben", "!abstain P-1")
    assert "abstain 1: WMDE (ben; ana said agree before)" in house.card()
    assert whole(house)


async def test_who_has_the_seat_of_another_affiliate_by_now_does_not_vote_for_the_old_one(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates Meet monthly")
    seat(house, "ben", Seat.ALTERNATE, affiliate_id=2)
    assert "no longer speak" in (await house.say("ben", "!agree P-1")).text


async def test_a_block_that_was_outvoiced_does_not_stop_it(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates Meet monthly")
    await house.say("ben", "!block P-1 never")
    for who in ("ana", "cem"):
        await house.say(who, "!agree P-1")
    await house.say("dee", "!agree P-1")
    assert "Passed: 3 agree" in house.notices()[-1]


# -- kinds of rolls ---------------------------------------------------------------------------------------------------


async def test_members_since_before_a_day_in_the_groups_zone(house: House) -> None:
    with house.store.unit_of_work() as work:
        work.put(replace(work.the(Group, id=1), zone="Asia/Tokyo"))
        for number, at in ((1, "2025-12-31T14:59Z"), (2, "2025-12-31T15:00Z"), (3, "2025-06-01T00:00Z")):
            one = work.the(Member, id=number)
            work.put(replace(one, joined_at=one.joined_at.fromisoformat(at)))
    await house.say("ana", "!propose --roll since:2026-01-01 Meet monthly")
    assert set(on_roll(house)) == {"ana", "cem"}
    assert "On the roll: 2 people, members since before Thu 1 Jan 2026" in house.card()
    await house.say("ana", "!agree P-1")
    await house.say("cem", "!agree P-1")
    assert kept(house).status is Status.CLOSED
    assert whole(house)


async def test_a_list_brings_its_own_weights(house: House) -> None:
    lines = "account;affiliate;weight\nben;WMDE;7\ndee;WMGH;1\neli;;2"
    await house.say("ana", f"!list import Board 2026\n{lines}")
    await house.say("ana", '!propose --roll "list:board 2026" --weighted --by majority Meet monthly')
    assert kept(house).roll == "list:1"
    assert on_roll(house) == {"ben": ("Europe", 7), "dee": ("Africa", 1), "eli": ("", 2)}
    assert "On the roll: 3 people, from the list Board 2026 · ballots have weights" in house.card()
    await house.say("ben", "!agree P-1")
    await house.say("dee", "!disagree P-1 no")
    assert "agree 7: ben ×7" in house.card()
    await house.say("eli", "!disagree P-1 no")
    assert "Passed: by weight: 7 agree, 3 disagree" in house.notices()[-1]
    assert json.loads(exported(house))["decisions"][0]["rules"]["roll"] == "list:Board 2026"
    await house.say("ana", '!propose --roll "list:board 2026" Meet weekly')
    assert on_roll(house, 2) == {"ben": ("Europe", 1), "dee": ("Africa", 1), "eli": ("", 1)}
    refused = await house.say("ana", "!propose --roll list:none Meet daily")
    assert refused.text == "There is no list “none”. There are: Board 2026."
    assert whole(house)


async def test_a_roll_that_is_made_later_is_made_of_those_who_are_there_then(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates --from 2h Meet monthly")
    assert on_roll(house) == {}
    assert (await house.say("ana", "!roll P-1")).text == "The roll of P-1 is made when it opens."
    seat(house, "cem", Seat.NONE)
    await house.wait(timedelta(hours=2))
    assert set(on_roll(house)) == {"ana", "ben", "dee"}
    assert kept(house).base == 2
    assert whole(house)


async def test_a_later_roll_that_is_empty_is_told_to_the_facilitators(house: House) -> None:
    await house.say("ana", "!propose --roll eli --from 2h Meet monthly")
    with house.store.unit_of_work() as work:
        work.put(replace(work.the(Member, id=5), role=work.the(Member, id=7).role))
    await house.wait(timedelta(hours=2))
    assert on_roll(house) == {}
    assert any("nobody is on its roll" in one for one in house.private("fay"))
    assert (await house.say("fay", "!agree P-1")).verdict is Verdict.REFUSED


async def test_whoever_turned_out_to_be_somebody_else_is_on_the_roll_as_that_one(house: House) -> None:
    await house.say("ana", "!propose --roll cem,eli --from 2h Meet monthly")
    with house.store.unit_of_work() as work:
        work.put(replace(work.the(Member, id=5), merged_into=4))
    await house.wait(timedelta(hours=2))
    assert set(on_roll(house)) == {"cem", "dee"}


async def test_the_roll_is_shown_by_name_affiliate_and_weight(house: House) -> None:
    await house.say("ana", "!propose --weighted Meet monthly")
    shown = (await house.say("eli", "!show P-1")).text
    assert "On the roll: 6 people, all who were in the rooms when it opened · ballots have weights" in shown
    assert "WMDE (Europe): ana ×5, ben\nWMFR (Europe): cem ×2\nWMGH (Africa): dee ×3\neli, fay" in shown
    await house.say("ana", "!propose --roll affiliates --weighted Meet weekly")
    roll = (await house.say("eli", "!roll P-2")).text
    assert "WMDE (Europe) ×5: ana, ben\nWMFR (Europe) ×2: cem" in roll
    await house.say("ana", "!propose Meet daily")
    assert "has no roll" in (await house.say("eli", "!roll P-3")).text


# -- how it is counted ------------------------------------------------------------------------------------------------


async def test_an_affiliates_weight_is_its_representatives_alone(house: House) -> None:
    await house.say("ana", "!propose --weighted --by absolute Meet monthly")
    for who in ("ana", "ben"):
        await house.say(who, "!agree P-1")
    assert "agree 6: ana ×5, ben" in house.card()
    await house.say("ana", "!close P-1")
    assert "Not passed: by weight: 6 agree; more than 1/2 of all the weight needed" in house.notices()[-1]
    assert whole(house)


async def test_both_majorities(house: House) -> None:
    await house.say("ana", "!propose --double --by majority Meet monthly")
    assert "it has to pass by people and by affiliates" in house.card()
    for who in ("ana", "ben", "eli", "fay"):
        await house.say(who, "!agree P-1")
    for who in ("cem", "dee"):
        await house.say(who, "!disagree P-1 no")
    outcome = house.notices()[-1]
    assert "Not passed: of people: 4 agree, 2 disagree; of affiliates: 1 agree, 2 disagree" in outcome
    exports = json.loads(exported(house))["decisions"][0]
    assert exports["tally_affiliates"] == {"agree": 1, "abstain": 0, "disagree": 2}
    assert "agree 1, disagree 2" in exported(house, "csv")
    assert whole(house)


async def test_breadth_is_shown_and_needed(house: House) -> None:
    await house.say("ana", '!propose --quorum "50% and 2 affiliates from 2 regions" --by majority Meet monthly')
    for who in ("ana", "cem", "eli"):
        await house.say(who, "!agree P-1")
    assert "3 people have taken part; 3 are needed." in house.card()
    assert "2 affiliates have taken part; 2 are needed.\nOne region is heard; 2 are needed." in house.card()
    await house.say("ana", "!extend P-1 1d")
    await house.say("fay", "!close P-1")
    outcome = house.notices()[-1]
    assert (
        "No quorum: 3 agree; quorum 3 of 6 reached; 2 of at least 2 affiliates heard; 1 of at least 2 regions"
        in outcome
    )
    assert json.loads(exported(house))["decisions"][0]["heard"] == {"affiliates": 2, "regions": 1}
    assert whole(house)


async def test_an_open_electorate_names_the_affiliates_that_were_there_and_not_heard(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "!agree P-1")
    await house.say("cem", "!agree P-1")
    await house.leave("cem")
    await house.leave("dee")
    await house.say("ana", "!propose Meet weekly")
    await house.say("ana", "!close P-1")
    assert "not heard" not in house.notices()[-1]
    await house.say("ana", "!close P-2")
    assert house.notices()[-1].split("\n")[1].endswith("needed; no block; not heard: WMDE")
    seat(house, "ana", Seat.NONE)
    seat(house, "ben", Seat.NONE)
    assert whole(house)


async def test_the_exports_have_the_roll_and_what_was_outvoiced(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates --weighted Meet monthly")
    await house.say("ben", "!disagree P-1 no")
    await house.say("ana", "!agree P-1")
    await house.say("ana", "!close P-1")
    one = json.loads(exported(house))["decisions"][0]
    assert one["roll"][0] == {"member": "ana", "affiliate": "WMDE", "region": "Europe", "weight": 5}
    assert (one["electorate"], one["turnout"], one["unheard"]) == (3, 1, ["WMFR", "WMGH"])
    assert [ballot["member"] for ballot in one["ballots"]] == ["ana"]
    assert [ballot["member"] for ballot in one["outvoiced"]] == ["ben"]
    assert one["rules"]["by_affiliate"] is True
    log = exported(house, "md")
    assert "On the roll: 3 affiliates, one ballot each · ballots have weights" in log
    assert "**Who could vote**\n\n- WMDE (Europe) ×5: ana, ben\n" in log
    assert "| agree | 5 | WMDE (ana; ben said disagree before) ×5 |" in log
    assert "not heard: WMFR, WMGH**" in log
    assert "spoke later**\n\n- ben (disagree): no" in log


async def test_many_that_were_not_heard_are_all_in_the_log(sqlite_store: Store) -> None:
    people = tuple(Person(name=f"p{n:02}", affiliate=f"A{n:02}") for n in range(14))
    house = House(sqlite_store, people=(Person(name="ana", role="facilitator"), *people))
    await house.say("ana", "!propose Meet monthly")
    await house.say("p03", "!agree P-1")
    await house.say("ana", "!close P-1")
    assert "not heard: A00, A01, A02, A04, A05, A06, A07, A08, A09, A10, A11, A12 and 1 more" in house.notices()[-1]
    assert "\n- A12\n- A13\n" in exported(house, "md")


# -- what is refused --------------------------------------------------------------------------------------------------

REFUSED = {
    "--double --by choose": "By choose an option is chosen and nothing passes",
    "--double --by dots": "By dots an option is chosen and nothing passes",
    "--double --roll affiliates": "Each affiliate has one ballot there",
    "--weighted --native --by straw": "knows neither affiliates nor weights",
    "--roll since:tomorrow": "I do not understand the time “tomorrow”",
    "--roll since:2026-13-01": "I do not understand the time “2026-13-01”",
    "--roll since:1999-01-01": "Nobody would be on that roll (since:1999-01-01)",
    "--roll list:Board": "There is no list “Board”, and no other yet.",
    '--quorum "9 affiliates"': "At least 9 affiliates and 0 regions would have to take part. On the roll there are 3",
    '--quorum "3 regions"': "there are 3 affiliates, from 2 regions",
    '--quorum "5 affiliates 6 affiliates"': "I do not understand the quorum",
    '--quorum "0 affiliates"': "I do not understand the quorum",
    '--quorum "50% affiliates"': "I do not understand the quorum",
    '--quorum "five affiliates"': "I do not understand the quorum",
    '--quorum "5 bananas"': "I do not understand the quorum",
    "--quorum 5%%": "I do not understand the quorum",
    "--quorum about5": "I do not understand the quorum",
    '--quorum "5 and"': "",
    '--quorum "1/2 and 1 affiliate"': "",
    '--quorum "5 personnes et 2 affiliés de 2 régions"': "",
    '--quorum "2 منظمات من 2 مناطق"': "",
    "--roll affiliés": "",
    "--double --weighted --roll affiliates": "",
}


@pytest.mark.parametrize("given", REFUSED)
async def test_what_contradicts_itself_is_refused_and_leaves_nothing(house: House, given: str) -> None:
    answer = await house.say("ana", f"!propose {given} Meet monthly")
    if not REFUSED[given]:
        assert answer.verdict is Verdict.DONE, answer.text
        return
    assert answer.verdict is Verdict.REFUSED
    assert REFUSED[given] in answer.text
    with house.store.reading() as work:
        assert not work.all(Poll)
        assert not work.all(Voter)


async def test_a_roll_of_affiliates_without_representatives_says_what_to_do(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    answer = await house.say("ana", "!propose --roll affiliates Meet monthly")
    assert answer.text.endswith("First name them: affiliates")
    answer = await house.say("ana", "!propose --double Meet monthly")
    assert "At least 1 affiliates" in answer.text


@pytest.mark.parametrize(
    "junk", ["\u202e", "9" * 5000, '"' * 99, "since:" * 500, "5/0 affiliates", "list:\u200b", "%%%"]
)
@pytest.mark.parametrize("flag", ["roll", "quorum"])
async def test_junk_never_breaks_it(sqlite_store: Store, flag: str, junk: str) -> None:
    house = House(sqlite_store)
    with suppress(UnicodeError):
        answer = await house.say("ana", f'!propose --{flag} "{junk}" Meet monthly')
        assert answer.verdict in (Verdict.DONE, Verdict.REFUSED)


# -- late additions ---------------------------------------------------------------------------------------------------


@ON_BOTH
async def test_a_late_addition_takes_two_facilitators(house: House) -> None:
    await house.say("ana", "!propose --roll ana,ben Meet monthly")
    assert (await house.say("eli", "!agree P-1")).verdict is Verdict.REFUSED
    first = await house.say("ana", "!roll P-1 add eli")
    assert first.text == "Noted: you want eli on the roll of P-1. It takes a second facilitator, who was told: fay."
    assert house.private("fay")[-1].endswith("If you agree, write: roll P-1 add eli")
    assert (await house.say("ana", "!roll P-1 add eli")).text == first.text
    assert sum("wants eli on the roll" in one for one in house.private("fay")) == 1
    assert (await house.say("eli", "!agree P-1")).verdict is Verdict.REFUSED
    assert (await house.say("fay", "!roll P-1 add eli")).text == "eli is on the roll of P-1 now."
    assert any("fay agreed: eli is on the roll" in one for one in house.private("ana"))
    assert any("You may vote in P-1 now" in one for one in house.private("eli"))
    assert "On the roll: 3 people" in house.card()
    assert (await house.say("fay", "!roll P-1 add eli")).text == "eli is on the roll of P-1."
    for who in ("eli", "ana", "ben"):
        await house.say(who, "!agree P-1")
    assert kept(house).status is Status.CLOSED
    assert whole(house)


async def test_a_new_representative_comes_in_by_late_addition(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates --weighted --by majority Meet monthly")
    refused = await house.say("ana", "!roll P-1 add eli")
    assert refused.text == "In P-1 each affiliate has one ballot, and eli speaks for none. First: affiliate"
    seat(house, "cem", Seat.NONE)
    seat(house, "eli", Seat.REPRESENTATIVE, affiliate_id=2)
    with house.store.unit_of_work() as work:
        _weigh(work, replace(work.the(Affiliate, id=2), weight=50, region="Mars"), house)
    await house.say("ana", "!roll P-1 add eli")
    await house.say("fay", "!roll P-1 add eli")
    assert on_roll(house)["eli"] == ("Europe", 2)
    assert (kept(house).base, (await house.say("cem", "!agree P-1")).verdict) == (3, Verdict.REFUSED)
    await house.say("eli", "!agree P-1")
    assert "agree 2: WMFR (eli) ×2" in house.card()
    assert whole(house)


async def test_who_cannot_be_added_and_who_cannot_add(house: House) -> None:
    await house.say("ana", "!propose --roll ana,ben Meet monthly")
    await house.say("ana", "!propose Meet weekly")
    for who, act, said in (
        ("eli", "!roll P-1 add cem", "Only a facilitator can do that: ana, fay."),
        ("ana", "!roll P-1 add obs", "obs is an observer here"),
        ("ana", "!roll P-1 add nobody", "I know nobody here called nobody."),
        ("ana", "!roll P-2 add eli", "P-2 has no roll"),
        ("ana", "!roll P-1 remove eli", "roll P-1 add ana"),
        ("ana", "!roll P-1 add", "roll P-1 add ana"),
    ):
        answer = await house.say(who, act)
        assert answer.verdict is Verdict.REFUSED
        assert said in answer.text
    await house.say("ana", "!roll P-1 add cem")
    await house.say("fay", "!members fay member")
    assert "you are the only one" in (await house.say("ana", "!roll P-1 add eli")).text
    await house.say("ana", "!close P-1")
    assert "closed" in (await house.say("ana", "!roll P-1 add eli")).text


async def test_the_wish_of_who_is_no_facilitator_any_more_is_none(house: House) -> None:
    await house.say("ana", "!propose --roll ana,ben Meet monthly")
    await house.say("fay", "!roll P-1 add eli")
    await house.say("ana", "!members fay member")
    await house.say("ana", "!members dee facilitator")
    assert (await house.say("dee", "!roll P-1 add eli")).text.startswith("Noted")
    assert "eli" not in on_roll(house)
    await house.say("ana", "!roll P-1 add eli")
    assert "eli" in on_roll(house)
    assert whole(house)


async def test_the_last_addition_is_possible_until_the_close(house: House) -> None:
    await house.say("ana", "!propose --roll ana,ben --for 2h Meet monthly")
    await house.say("ana", "!roll P-1 add eli")
    house.sleep(timedelta(hours=2))
    assert (await house.say("fay", "!roll P-1 add eli")).verdict is Verdict.REFUSED
    assert "eli" not in on_roll(house)


async def test_no_ballot_ever_counts_from_outside_the_roll(house: House) -> None:
    await house.say("ana", "!propose --roll affiliates Meet monthly")
    for who in ("eli", "fay", "obs", "newcomer"):
        for act in ("!agree P-1", "!vote P-1 agree", "!block P-1 no"):
            await house.say(who, act)
        await house.press(who, "p1:0")
    with house.store.reading() as work:
        assert work.all(Ballot) == []


async def test_a_press_where_the_electorate_is_open_asks_nothing_of_rolls_or_proxies(house: House) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.whisper("ben", "proxy ana")
    asked: list[str] = []
    event.listen(house.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    pressed = Request(key="pressed", platform="matrix", chat="general", user="cem", name="cem", press="p1:0")
    assert (await house.app.handle(pressed)).verdict is Verdict.DONE
    assert asked
    for word in ("voters", "proxies", "affiliates", "listeds", "additions"):
        assert not [one for one in asked if f"FROM {word}" in one or f"JOIN {word}" in one]
