"""Deciding together: proposals, revisions, blocks, concerns, outcomes and who may do what, told as stories."""

from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person
from decisions.model import Group, Poll, Status
from tests.house import START, AnyHouse
from tests.stories.conftest import ALSO_ON_MATRIX, ALSO_ON_TELEGRAM, NOT_ON_MATRIX, ON_THE_CONSOLE, MakeHouse

ANA = Person(name="ana", role="facilitator", affiliate="WMDE")
OBS = Person(name="obs", role="observer")


@pytest_asyncio.fixture
async def house(make_house: MakeHouse) -> AnyHouse:
    return await make_house({"general": "matrix", "chat": "telegram"}, (ANA, OBS))


@ALSO_ON_MATRIX
async def test_one_group_in_two_rooms_on_two_platforms(house: AnyHouse) -> None:
    """Every room shows one live card, and a person is one person on both sides."""
    await house.say("ana", "!propose Translate the statement\n  into 12 languages", "general")
    await house.say("ben", "!agree P-1 We did this in 2019", "general")
    await house.press("ben", "p1:2", "chat")
    for room in ("general", "chat"):
        assert "agree 0" in house.card(room)
        assert "disagree 1: ben" in house.card(room)
        assert [one.kind for one in house.cards(room)] == ["send", "edit", "edit"]


async def test_the_outcome_says_why(house: AnyHouse) -> None:
    await house.say("ana", "!propose --quorum 50% Meet monthly")
    for name in ("ben", "cem", "dee", "eli"):
        await house.say(name, "+1")
    await house.say("fay", "0")
    await house.say("ana", "!close P-1")
    assert "Passed: 4 agree, 1 abstain; quorum 3 of 5 reached; no block" in house.notices("chat")[-1]


async def test_a_quorum_that_is_missed(house: AnyHouse) -> None:
    await house.say("ana", "!propose --quorum 4 Meet monthly")
    await house.say("ben", "+1")
    await house.say("ana", "!close P-1")
    assert "No quorum: 1 agree; quorum 4 of 1 not reached, one took part; no block" in house.notices()[-1]


async def test_a_card_reads_well_however_many_have_come(house: AnyHouse) -> None:
    await house.say("ana", "!propose --quorum 1 Meet monthly")
    assert "Nobody has taken part; one is needed." in house.card()
    await house.say("ben", "+1")
    assert "One person has taken part; one is needed." in house.card()
    await house.say("cem", "+1")
    assert "2 people have taken part; one is needed." in house.card()


async def test_a_block_stands_until_it_is_taken_back(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "+1")
    await house.say("cem", "!block P-1 nobody can come")
    await house.say("ana", "!extend P-1 1d")
    await house.say("cem", "!retract C-1")
    assert "block 1: cem" in house.card()
    await house.say("cem", "!retract P-1")
    await house.say("ana", "!close P-1")
    assert "Passed: 1 agree; no block" in house.notices()[-1]


async def test_a_standing_block_stops_it(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "+1")
    await house.say("cem", "!block P-1 nobody can come")
    await house.say("ana", "!close P-1")
    assert "Blocked: 1 agree, 1 block" in house.notices()[-1]


@ALSO_ON_MATRIX
async def test_stances_belong_to_the_words_they_were_cast_on(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "!agree P-1 gladly")
    await house.say("cem", "!block P-1 nobody can come")
    await house.say("ana", "!amend P-1 Meet every two months")
    assert "Before revision 2, not counted until confirmed: ben (agree), cem (block)" in house.card()
    assert house.private("ben")[-1].startswith("P-1 has new words (revision 2). You said agree")
    await house.press("ben", "p1:0", room="")
    assert house.private("ben")[-1] == "Confirmed on P-1: agree."
    assert "agree 1: ben" in house.card()
    assert "ben (agree): gladly" in house.card()
    await house.say("ana", "!close P-1")
    assert "Passed: 1 agree; no block" in house.notices()[-1]


@ALSO_ON_TELEGRAM
async def test_who_is_asked_to_confirm_is_asked_once(house: AnyHouse) -> None:
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "+1")
    await house.say("ana", "!amend P-1 Meet every two months")
    await house.say("cem", "+1")
    await house.say("dee", "+1")
    assert sum(one.startswith("P-1 has new words") for one in house.private("ben")) == 1
    assert not any(one.startswith("P-1 has new words") for one in house.private("cem"))


async def test_a_proposers_own_amendment_does_not_lift_a_block(house: AnyHouse) -> None:
    await house.say("ben", "!propose Meet monthly")
    await house.say("cem", "!block P-1 nobody can come")
    await house.say("ben", "!amend P-1 Meet monthly, please")
    await house.say("dee", "+1")
    assert "cem (block, still stands)" in house.card()
    await house.say("ben", "!close P-1")
    assert "Blocked" in house.notices()[-1]


@ALSO_ON_TELEGRAM
async def test_concerns_are_named_answered_and_resolved_by_who_raised_them(house: AnyHouse) -> None:
    await house.say("ben", "!propose Meet monthly")
    await house.say("cem", "!concern P-1 Who will translate?")
    assert "C-1, a concern of cem: Who will translate?" in house.card()
    await house.say("ana", "!answer C-1 The translators")
    assert house.card().count("ana answers: The translators") == 1
    refused = await house.say("ana", "!resolve C-1")
    assert refused.text == "Only cem, who raised C-1, can say that it is resolved."
    await house.say("cem", "!resolve C-1")
    assert "Who will translate? – resolved" in house.card("chat")


async def test_a_statement_a_review_and_what_it_supersedes(house: AnyHouse) -> None:
    for title in ("Meet monthly", "Meet weekly"):
        await house.say("ana", f"!propose {title}")
        await house.say("ben", "+1")
        await house.say("ana", f"RESOLVED: {title}")
    await house.say("ana", "!outcome D-2 We begin in April --supersedes D-1 --review 2026-06-01")
    assert "Statement: We begin in April" in house.card(poll="P-2")
    assert "Takes the place of D-1." in house.card(poll="P-2")
    assert "Superseded by D-2." in house.card("chat", "P-1")
    await house.wait(timedelta(days=120))
    assert "Did it work? D-2 was decided some time ago: “Meet weekly”." in house.notices()[-1]
    await house.press("ben", "p2:failed")
    await house.say("ben", "!failed D-2 nobody came")
    assert "ben says it did not work: nobody came" in (await house.say("cem", "!show D-2")).text


async def test_what_is_said_twice_of_an_outcome_is_there_once(house: AnyHouse) -> None:
    for title in ("Meet monthly", "Meet weekly"):
        await house.say("ana", f"!propose {title}")
        await house.say("ana", f"RESOLVED: {title}")
    for _ in range(2):
        assert (await house.say("ana", "!outcome D-2 --supersedes D-1")).verdict is Verdict.DONE
    assert house.card(poll="P-2").count("Takes the place of D-1.") == 1


async def test_only_facilitators_state_outcomes(house: AnyHouse) -> None:
    await house.say("ben", "!propose Meet monthly")
    await house.say("ben", "!close P-1")
    assert (await house.say("ben", "!outcome D-1 Hooray")).text == "Only a facilitator can do that: ana."


@ON_THE_CONSOLE
@pytest.mark.parametrize("act", ["close P-1", "extend P-1 1d", "withdraw P-1", "amend P-1 Other"])
async def test_the_proposer_and_facilitators_lead(house: AnyHouse, act: str) -> None:
    await house.say("ben", "!propose Meet monthly")
    assert (await house.say("cem", f"!{act}")).text == "Only these can do that with P-1: ben, ana."
    assert (await house.say("ben", f"!{act}")).verdict is Verdict.DONE


async def test_withdrawn(house: AnyHouse) -> None:
    await house.say("ben", "!propose Meet monthly")
    await house.say("ben", "!withdraw P-1")
    assert "D-1 · Meet monthly\nWithdrawn" in house.notices()[-1]
    assert (await house.say("cem", "!agree P-1")).text == "P-1 was withdrawn."


@ALSO_ON_TELEGRAM
async def test_observers_speak_and_do_not_vote(house: AnyHouse) -> None:
    await house.say("obs", "!propose Meet monthly")
    assert (await house.say("obs", "+1")).verdict is Verdict.REFUSED
    assert (await house.say("obs", "!concern P-1 Who will translate?")).verdict is Verdict.DONE


async def test_a_roll_is_fixed_at_opening_and_closes_with_its_last_ballot(house: AnyHouse) -> None:
    for name in ("ben", "cem"):
        await house.say(name, "hello")
    await house.say("ana", '!propose --roll everyone "Meet monthly"')
    for name in ("ana", "ben"):
        await house.say(name, "+1")
    refused = await house.say("dee", "+1")
    assert refused.text.startswith("You are not in the electorate of P-1")
    last = await house.say("cem", "0")
    assert last.text == "Counted on P-1: abstain. Everyone has voted, so it is closed."
    assert "Passed: 2 agree, 1 abstain; no block" in house.notices()[-1]


async def test_a_roll_waits_while_a_block_could_still_be_lifted(house: AnyHouse) -> None:
    await house.say("ben", "hello")
    await house.say("ana", "!propose --roll ana,ben Meet monthly")
    await house.say("ana", "+1")
    await house.say("ben", "!block P-1 nobody can come")
    assert "Open until" in house.card()
    await house.say("ben", "!agree P-1 now we can")
    assert "Passed: 2 agree; no block" in house.notices()[-1]


async def test_a_block_that_is_undone_lets_a_roll_close(house: AnyHouse) -> None:
    await house.say("ben", "hello")
    await house.say("ana", "!propose --roll ana,ben Meet monthly")
    await house.say("ben", "+1")
    (undo,) = (await house.say("ben", "!block P-1 nobody can come")).buttons[0]
    await house.say("ana", "+1")
    assert "Open until" in house.card()
    await house.press("ben", undo.press)
    assert "Passed: 2 agree; no block" in house.notices()[-1]


async def test_an_observer_is_on_no_roll(house: AnyHouse) -> None:
    await house.say("ben", "hello")
    refused = await house.say("ana", "!propose --roll ben,obs Meet monthly")
    assert refused.text == "obs is an observer here, and cannot be on a roll."
    await house.say("ana", "!propose --roll ana,ben --from 2h Meet monthly")
    await house.say("ana", "!members ben observer")
    await house.wait(timedelta(hours=2))
    await house.say("ana", "+1")
    assert "Passed: 1 agree" in house.notices()[-1]


async def test_an_absolute_majority_is_of_the_people_in_the_rooms(house: AnyHouse) -> None:
    for name in ("ben", "cem", "dee", "eli"):
        await house.say(name, "hello")
    await house.say("ana", "!propose --by absolute Meet monthly")
    for name in ("ana", "ben"):
        await house.say(name, "+1")
    await house.say("ana", "!close P-1")
    assert "Not passed: 2 agree; more than 1/2 of all 5 needed" in house.notices()[-1]


@NOT_ON_MATRIX  # it lists everybody
async def test_people_whom_a_platform_only_counts_are_in_the_base(house: AnyHouse) -> None:
    """A platform that lists nobody still tells how many there are; whoever is known is not counted twice."""
    await house.say("ben", "hello")
    await house.come("xia", by="ben", room="chat", size=7)
    await house.say("ana", "!propose --by absolute Meet monthly")
    with house.store.reading() as work:
        assert work.the(Poll, id=1).base == 3 + (7 - 4)  # ana, ben, xia; and the room has three more than them and obs


@ALSO_ON_TELEGRAM
async def test_who_left_every_room_may_not_vote(house: AnyHouse) -> None:
    await house.say("ben", "hello")
    await house.say("ana", "!propose Meet monthly")
    await house.leave("ben")
    assert (await house.press("ben", "p1:0", room="")).text.startswith("You are not in the electorate of P-1")


@ALSO_ON_TELEGRAM
async def test_choosing_several(house: AnyHouse) -> None:
    await house.say("ana", '!poll "Where?" "Berlin" "Oslo" "Online" --max 2')
    await house.say("ben", "!vote P-1 1, 3 near for most")
    await house.press("cem", "p1:2", "chat")
    assert (
        await house.press("cem", "p1:2", "chat")
    ).text == "On P-1 you already said Online. To take it back, write: retract P-1"
    await house.press("cem", "p1:1", "chat")
    refused = await house.press("cem", "p1:0", "chat")
    assert refused.text == "You marked 3; at most 2 can be."
    await house.say("ana", "!close P-1")
    assert "Chosen: Online; Online 2, Berlin 1, Oslo 1" in house.notices()[-1]


async def test_a_tie_is_told_and_not_broken(house: AnyHouse) -> None:
    await house.say("ana", "!poll Where?\n- Berlin\n- Oslo")
    await house.press("ben", "p1:0")
    await house.press("cem", "p1:1")
    await house.say("ana", "!close P-1")
    assert "Not passed: a tie between Berlin and Oslo; Berlin 1, Oslo 1" in house.notices()[-1]


async def test_a_question_alone_is_yes_or_no(house: AnyHouse) -> None:
    await house.say("ana", "!poll Shall we meet?")
    assert "1. Yes · 0\n2. No · 0" in house.card()


async def test_score_and_dots(house: AnyHouse) -> None:
    await house.say("ana", '!poll --by score "How good?" "A" "B"')
    await house.say("ben", "!vote P-1 1=5, 2=3")
    await house.press("cem", "p1:1=4")
    assert "1. A · 5: ben\n2. B · 7: ben, cem" in house.card()
    await house.say("ana", '!poll --by dots "What first?" "A" "B"')
    await house.say("ben", "!vote P-2 1=5 2=3")
    assert (await house.press("ben", "p2:0=8")).text == "That would be 11 dots; you have 8."


async def test_lazy_consensus_passes_in_silence_and_stops_at_an_objection(house: AnyHouse) -> None:
    await house.say("ana", "!propose --by lazy Renew the domain")
    await house.wait(timedelta(hours=72))
    assert "Passed: nobody took part; no objection" in house.notices()[-1]
    await house.say("ana", "!propose --by lazy Drop the domain")
    await house.say("ben", "!object P-2 we still use it")
    await house.wait(timedelta(hours=72))
    assert "Blocked: 1 object" in house.notices()[-1]


@ALSO_ON_TELEGRAM
async def test_private_answers_are_in_the_members_own_language_and_rooms_in_theirs(house: AnyHouse) -> None:
    await house.say("ana", "!language room fr", "chat")
    await house.say("ben", "!language es", "general")
    await house.say("ana", "!propose Meet monthly", "general")
    assert house.card("general") != house.card("chat")
    answer = await house.say("ben", "+1", "general")
    assert "P-1" in answer.text
    assert not answer.text.startswith("Counted")


async def test_roles_are_given_by_facilitators_and_one_remains(house: AnyHouse) -> None:
    await house.say("ben", "hello")
    assert (await house.say("ben", "!members ben facilitator")).verdict is Verdict.REFUSED
    assert (await house.say("ana", "!members ana member")).text.startswith("A group needs a facilitator")
    await house.say("ana", "!members ben facilitator")
    assert (await house.say("ben", "!members ana member")).text == "ana now has the role: member."


@ALSO_ON_TELEGRAM
async def test_a_new_chat_is_a_group_and_who_speaks_first_leads_it(make_house: MakeHouse) -> None:
    house = await make_house()
    assert (await house.elsewhere("zoe", "!propose Tea")).verdict is Verdict.DONE
    with house.store.reading() as work:
        assert [one.name for one in work.all(Group)] == ["Partnerships", "Tea"]
        assert work.the(Poll, id=1).status is Status.OPEN
    assert house.now == START


@ALSO_ON_MATRIX
async def test_an_id_that_several_groups_have_is_asked_back(house: AnyHouse) -> None:
    await house.elsewhere("ben", "!propose Tea")
    await house.say("ana", "!propose Meet monthly")
    await house.say("ben", "hello")
    answer = await house.whisper("ben", "agree P-1")
    assert answer.text == "P-1 could be several: P-1@1 (Partnerships), P-1@2 (Tea). Please write one of these."
    answer = await house.whisper("ben", "agree p1")
    assert answer.text == "p1 could be several: P-1@1 (Partnerships), P-1@2 (Tea). Please write one of these."
    assert (await house.whisper("ben", "agree P-1@1")).text == "Counted on P-1: agree."
