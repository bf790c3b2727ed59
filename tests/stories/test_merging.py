"""Merging: two members turn out to be one, and in polls that are open their ballots, lines and roles become one too."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import pytest_asyncio

from adapters.base import Verdict
from decisions.model import Addition, Affiliate, Poll, Proxy, Role, Seat, Status, Voter
from storage.store import Store
from storage.verify import verify
from tests.stories.accounts import Accounts

ANA, ANNA, BEN, CEM = "ana@matrix", "anna@telegram", "ben@matrix", "cem@telegram"
MINUTE = timedelta(minutes=1)


async def gathered(store: Store) -> Accounts:
    """Ben, who facilitates, Ana and Cem have spoken, and Anna, who is Ana."""
    accounts = Accounts(store)
    for one in (BEN, ANA, ANNA, CEM):
        await accounts.say(one, "hello")
    return accounts


@pytest_asyncio.fixture
async def chats(sqlite_store: Store) -> AsyncIterator[Accounts]:
    accounts = await gathered(sqlite_store)
    yield accounts
    await accounts.house.app.close()


async def vote(chats: Accounts, account: str, what: str) -> None:
    """And time goes on, so that it is clear which vote is the later."""
    assert (await chats.say(account, f"!{what}")).verdict is Verdict.DONE
    chats.house.sleep(MINUTE)


async def roll_of(chats: Accounts, *names: str) -> None:
    """P-1, with these on the roll."""
    await chats.say(BEN, f'!propose --by majority --roll "{",".join(names)}" Meet monthly')


# -- who voted where, which was later, and whom the electorate has ----------------------------------------------------

NAMED = {"open": (), "both": ("ana", "anna", "ben"), "elder": ("ana", "ben"), "younger": ("anna", "ben")}
BASE = {"open": 3, "both": 2, "elder": 2, "younger": 2}
VOTES = {
    "nobody": (),
    "elder": ((ANA, "agree"),),
    "younger": ((ANNA, "disagree"),),
    "younger later": ((ANA, "agree"), (ANNA, "disagree")),
    "elder later": ((ANNA, "disagree"), (ANA, "agree")),
}
MATRIX = [
    (electorate, votes)
    for electorate, votes in product(NAMED, VOTES)
    if electorate in ("open", "both", votes) or votes == "nobody"
]


@pytest.mark.parametrize("first", [ANA, ANNA])
@pytest.mark.parametrize(("electorate", "votes"), MATRIX)
async def test_one_ballot_and_one_line(store: Store, electorate: str, votes: str, first: str) -> None:
    chats = await gathered(store)
    if NAMED[electorate]:
        await roll_of(chats, *NAMED[electorate])
    else:
        await chats.say(BEN, "!propose --by majority Meet monthly")
    for account, stance in VOTES[votes]:
        await vote(chats, account, f"{stance} P-1")
    await chats.link(first, ANA if first is ANNA else ANNA)
    lives, last = chats.member(ANNA).id, VOTES[votes][-1:]
    assert list(chats.ballots().items()) == [(lives, stance) for _, stance in last]
    assert chats.poll().base == BASE[electorate]
    assert {one.member_id for one in chats.row(Voter)} == ({1, lives} if NAMED[electorate] else set())
    told = [one for one in chats.told("ana") + chats.told("anna") if "your later vote" in one]
    assert len(told) == (1 if len(VOTES[votes]) == 2 else 0)  # the other side reads it in the answer to its yes
    await chats.house.app.close()


async def test_both_are_told_which_ballot_counts(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await vote(chats, ANA, "disagree P-1 too often")
    await vote(chats, ANNA, "agree P-1")
    answer = await chats.link(ANA, ANNA)
    said = "P-1: your later vote, agree, counts. The earlier one, disagree, by Matrix, was taken out."
    assert answer.text.split("\n")[1:] == [said]
    assert chats.told(ANA)[-1] == said
    assert "agree 1: ana\n" in chats.house.card()
    assert "disagree 0" in chats.house.card()


async def test_a_vote_that_came_with_a_message_is_told_by_its_platform(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await chats.link(ANNA, "zoe@matrix")
    await chats.say(ANNA, "!disagree P-1 too often", message="m1")
    chats.house.sleep(MINUTE)
    await vote(chats, ANA, "agree P-1")
    answer = await chats.link(ANNA, ANA)
    assert answer.text.endswith(
        "your later vote, agree, counts. The earlier one, disagree, by Telegram, was taken out."
    )


async def test_a_vote_of_several_accounts_names_all_their_platforms(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await chats.link(ANNA, "zoe@matrix")
    await vote(chats, ANNA, "disagree P-1")
    await vote(chats, ANA, "agree P-1")
    answer = await chats.link(ANNA, ANA)
    assert "by Matrix and Telegram, was taken out." in answer.text


async def test_a_roll_that_waited_for_nobody_else_closes(chats: Accounts) -> None:
    await roll_of(chats, "ana", "anna", "ben")
    await vote(chats, BEN, "agree P-1")
    await vote(chats, ANNA, "agree P-1")
    assert chats.poll().status is Status.OPEN
    await chats.link(ANA, ANNA)
    poll = chats.poll()
    assert poll.status is Status.CLOSED
    assert poll.outcome is not None
    assert (poll.outcome.turnout, poll.outcome.base) == (2, 2)
    assert "Passed: 2 agree" in chats.house.notices()[-1]
    assert chats.ballots() == {1: "agree", chats.member(ANA).id: "agree"}


async def test_a_struck_block_blocks_no_more(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await vote(chats, ANA, "block P-1 never")
    await vote(chats, ANNA, "agree P-1")
    await chats.link(ANA, ANNA)
    await chats.say(BEN, "!close P-1")
    assert "Passed: 1 agree; no block" in chats.house.notices()[-1]


async def test_a_later_block_blocks(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await vote(chats, ANA, "agree P-1")
    await vote(chats, ANNA, "block P-1 never")
    await chats.link(ANA, ANNA)
    assert "block 1: ana" in chats.house.card()
    assert "ana (block): never" in chats.house.card()


async def test_a_block_keeps_a_roll_open_that_everybody_has_voted_in(chats: Accounts) -> None:
    await chats.say(BEN, '!propose --roll "ana,anna,ben" Meet monthly')
    await vote(chats, BEN, "agree P-1")
    await vote(chats, ANNA, "block P-1 never")
    await chats.link(ANA, ANNA)
    assert chats.poll().status is Status.OPEN
    await vote(chats, ANA, "agree P-1")
    assert chats.poll().status is Status.CLOSED


async def test_a_ballot_on_earlier_words_stays_one(chats: Accounts) -> None:
    """It is moved as it is, and waits to be confirmed as before; a block on them still stands."""
    await chats.say(CEM, "!propose Meet monthly")
    await vote(chats, ANNA, "agree P-1")
    await chats.say(CEM, "!propose Meet weekly")
    await vote(chats, ANNA, "block P-2 never")
    await chats.say(CEM, "!amend P-1 Meet every month")
    await chats.say(CEM, "!amend P-2 Meet every week")
    await chats.link(ANA, ANNA)
    assert (chats.poll(1).turnout, chats.poll(2).turnout) == (0, 1)
    assert "not counted until confirmed: ana" in chats.house.card()
    with chats.store.reading() as work:
        assert verify(work) == []
    await vote(chats, ANA, "agree P-1")
    assert chats.ballots(1) == {chats.member(ANA).id: "agree"}


async def test_the_later_stands_though_it_is_on_earlier_words_no_more(chats: Accounts) -> None:
    await chats.say(CEM, "!propose Meet monthly")
    await vote(chats, ANNA, "agree P-1")
    await chats.say(CEM, "!amend P-1 Meet every month")
    await vote(chats, ANA, "disagree P-1")
    await chats.link(ANA, ANNA)
    assert chats.ballots() == {chats.member(ANA).id: "disagree"}


async def test_what_is_closed_stays_as_it_was(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await vote(chats, ANA, "agree P-1")
    await vote(chats, ANNA, "agree P-1")
    await chats.say(BEN, "!close P-1")
    before = chats.poll()
    await chats.link(ANA, ANNA)
    assert chats.poll() == before
    assert len(chats.ballots()) == 2
    assert "agree 2: ana, ana" in (await chats.say(BEN, "!show P-1")).text


async def test_what_is_past_its_deadline_is_as_good_as_closed(chats: Accounts) -> None:
    await chats.say(BEN, "!propose --for 1h Meet monthly")
    await vote(chats, ANA, "agree P-1")
    await vote(chats, ANNA, "agree P-1")
    chats.house.sleep(timedelta(hours=1))
    await chats.link(ANA, ANNA)
    assert len(chats.ballots()) == 2
    await chats.house.wait(MINUTE)
    assert "Passed: 2 agree" in chats.house.notices()[-1]
    assert len(chats.ballots()) == 2


async def test_names_for_a_poll_that_is_still_to_open_become_one(chats: Accounts) -> None:
    await chats.say(BEN, '!propose --from 2h --roll "ana,anna,ben" Meet monthly')
    await chats.link(ANA, ANNA)
    assert [one.member_id for one in chats.row(Voter)] == [1, chats.member(ANA).id]
    await chats.house.wait(timedelta(hours=2))
    assert chats.poll().base == 2
    await chats.say(ANNA, "!agree P-1")
    assert chats.ballots() == {chats.member(ANA).id: "agree"}


async def test_who_came_after_the_opening_was_not_counted(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    chats.house.sleep(MINUTE)
    await chats.say("annabel@telegram", "hello")
    assert chats.poll().base == 4
    await chats.link(ANA, "annabel@telegram")
    assert chats.poll().base == 4


async def test_an_observer_was_not_counted(chats: Accounts) -> None:
    await chats.say(BEN, "!members anna observer")
    await chats.say(BEN, "!propose Meet monthly")
    await chats.link(ANA, ANNA)
    assert chats.poll().base == 3


async def test_one_press_undoes_what_a_moved_ballot_says(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await vote(chats, ANNA, "agree P-1")
    await chats.link(ANA, ANNA)
    assert (await chats.say(ANA, "!retract P-1")).verdict is Verdict.DONE
    assert chats.ballots() == {}


# -- roles, and what they began ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("elder", "younger"), list(product(Role, Role)))
async def test_the_higher_role_is_kept_and_on_the_journal(chats: Accounts, elder: Role, younger: Role) -> None:
    await chats.say(BEN, f"!members ana {elder}")
    await chats.say(BEN, f"!members anna {younger}")
    given = chats.lines("RoleGiven")
    await chats.link(ANA, ANNA)
    higher = max(elder, younger, key=(Role.OBSERVER, Role.MEMBER, Role.FACILITATOR).index)
    assert chats.member(ANNA).role is higher
    assert chats.lines("RoleGiven") - given == (higher is not elder)
    with chats.store.reading() as work:
        assert verify(work) == []


async def test_a_group_keeps_its_last_facilitator(chats: Accounts) -> None:
    await chats.link(ANA, BEN)
    assert chats.member(ANA).role is Role.FACILITATOR
    assert (await chats.say(ANA, "!members anna observer")).verdict is Verdict.DONE
    answer = await chats.say(ANA, f"!members {await _name(chats)} member")
    assert answer.text.startswith("A group needs a facilitator.")


async def _name(chats: Accounts) -> str:
    return (await chats.say(CEM, "!members")).text.split("\n")[0].removeprefix("Facilitator: ")


async def test_what_one_began_the_other_leads_on(chats: Accounts) -> None:
    await chats.say(ANNA, "!propose Meet monthly")
    await chats.say(ANNA, "!concern P-1 Who comes?")
    await chats.say(ANNA, "!concern P-1 Who pays?")
    refused = await chats.say(ANA, "!extend P-1 2d")
    assert refused.text == "Only these can do that with P-1: anna, ben."
    await chats.link(ANA, ANNA)
    assert (await chats.say(ANA, "!resolve C-1")).text == "C-1 is resolved."
    assert (await chats.say(CEM, "!resolve C-2")).text == "Only ana, who raised C-2, can say that it is resolved."
    assert (await chats.say(ANA, "!extend P-1 2d")).verdict is Verdict.DONE
    assert "Close" in [one.label for row in (await chats.whisper(ANA, "show P-1")).buttons for one in row]
    assert (await chats.say(ANNA, "!amend P-1 Meet every month")).verdict is Verdict.DONE
    assert (await chats.say(ANA, "!close P-1")).verdict is Verdict.DONE
    assert chats.ballots() == {}


async def test_what_one_remarked_they_can_still_change(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    card = next(one.post for one in chats.house.cards("side"))
    await chats.say(ANNA, "It rains", reply_to=card, message="m1")
    await chats.link(ANA, ANNA)
    await chats.say(ANNA, "It rains a lot", message="m1", edited=True)
    assert "UTC: It rains a lot" in (await chats.say(BEN, "!show P-1")).text
    await chats.say(ANNA, message="m1", removed=True)
    assert "rains" not in (await chats.say(BEN, "!show P-1")).text
    assert chats.ballots() == {}


async def test_a_person_has_one_name_whichever_account_speaks(chats: Accounts) -> None:
    await chats.link(ANA, ANNA)
    for one in (ANNA, ANA, ANNA):
        await chats.say(one, "hello")
        assert (await chats.say(BEN, "!members")).text == "Facilitator: ben\nMembers: ana and cem"


async def test_a_message_that_is_deleted_takes_the_moved_ballot_back(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await chats.say(ANNA, "+1", message="m1")
    await chats.link(ANA, ANNA)
    assert chats.ballots() == {chats.member(ANA).id: "agree"}
    await chats.say(ANNA, message="m1", removed=True)
    assert chats.ballots() == {}


async def test_a_seat_goes_on_and_the_shell_has_none(chats: Accounts) -> None:
    with chats.store.unit_of_work() as work:
        work.put(Affiliate(id=1, group_id=1, name="WMDE"))
        shell = chats.member(ANNA)
        work.get(type(shell), id=shell.id)
        work.put(_with(shell, affiliate_id=1, seat=Seat.REPRESENTATIVE))
    await chats.link(ANA, ANNA)
    lives = chats.member(ANA)
    assert (lives.affiliate_id, lives.seat) == (1, Seat.REPRESENTATIVE)
    (gone,) = chats.row(type(lives), merged_into=lives.id)
    assert (gone.affiliate_id, gone.seat) == (None, Seat.NONE)
    assert chats.lines("SeatGiven") == 2


async def test_proxies_and_wishes_are_of_the_one_who_goes_on(chats: Accounts) -> None:
    ana, anna, ben, cem = (chats.member(one).id for one in (ANA, ANNA, BEN, CEM))
    await roll_of(chats, "ben")
    with chats.store.unit_of_work() as work:
        work.put(Proxy(member_id=cem, poll_id=0, proxy_id=anna))
        work.put(Proxy(member_id=anna, poll_id=1, proxy_id=ana))
        work.put(Addition(poll_id=1, member_id=cem, by=anna))
        work.put(Addition(poll_id=1, member_id=anna, by=ben))
    await chats.link(ANA, ANNA)
    assert chats.row(Proxy) == [Proxy(member_id=cem, poll_id=0, proxy_id=ana)]
    assert {(one.member_id, one.by) for one in chats.row(Addition)} == {(cem, ana), (ana, ben)}


async def test_whoever_merges_twice_is_known_by_the_last(chats: Accounts) -> None:
    await chats.say(CEM, "!propose Meet monthly")
    await chats.link(ANNA, CEM)
    await chats.link(ANA, ANNA)
    lives = chats.member(CEM)
    assert {one.merged_into for one in chats.row(type(lives), group_id=1)} == {None, lives.id}
    assert "Put by ana" in (await chats.say(BEN, "!show P-1")).text
    assert (await chats.say(ANA, "!extend P-1 1d")).verdict is Verdict.DONE
    assert chats.ballots() == {}


def _with(value: Any, **more: Any) -> Any:
    return type(value)(**{name: getattr(value, name) for name in value.__slots__} | more)


async def test_other_groups_go_on_as_they_were(chats: Accounts) -> None:
    """In a group that has one of them alone, that member goes on; where it has none, nothing happens."""
    await chats.house.elsewhere("ana", "!propose Tea at four")
    await chats.house.elsewhere("ben", "+1")
    await chats.link(ANNA, ANA)
    assert (await chats.whisper(ANNA, "agree P-1")).verdict is Verdict.DONE
    with chats.store.reading() as work:
        (poll,) = work.all(Poll)
        assert poll.turnout == 2
        assert verify(work) == []
