"""Unlinking: an account is somebody of its own again, and no ballot more comes of it in a poll that is not over."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Verdict
from decisions.model import Person, Presence, Spent, Status
from storage.store import Store
from storage.verify import verify
from tests.stories.accounts import Accounts

ANA, ANNA, BEN, CEM = "ana@matrix", "anna@telegram", "ben@matrix", "cem@telegram"
SPENT = (
    "This account has no ballot of its own on P-1: whoever had it before it was unlinked or forgotten has the one ballot "
    "there. From the next poll on it votes for itself."
)


@pytest_asyncio.fixture
async def chats(sqlite_store: Store) -> AsyncIterator[Accounts]:
    """Ben, who facilitates, and Cem have spoken, and Ana, who is Anna on Telegram."""
    accounts = Accounts(sqlite_store)
    for one in (BEN, ANA, ANNA, CEM):
        await accounts.say(one, "hello")
    await accounts.link(ANA, ANNA)
    yield accounts
    await accounts.house.app.close()


async def refused(chats: Accounts, account: str) -> None:
    """Whichever way they vote, they are told why they cannot."""
    for answer in (
        await chats.say(account, "+1"),
        await chats.say(account, "!agree P-1"),
        await chats.press(account, "p1:0"),
        await chats.press(account, "p1:mine", private=True),
        await chats.whisper(account, "vote P-1 agree"),
    ):
        assert (answer.verdict, answer.text) == (Verdict.REFUSED, SPENT)


# -- parting ----------------------------------------------------------------------------------------------------------


async def test_ones_accounts_are_listed(chats: Accounts) -> None:
    answer = await chats.whisper(ANNA, "unlink")
    assert answer.text.startswith("Your accounts: Matrix ana, Telegram anna. To part one from the others: unlink")


@pytest.mark.parametrize("said", ["unlink telegram", "unlink anna", "unlink TELEGRAM  anna", "unlink Telegram"])
@pytest.mark.parametrize("by", [ANA, ANNA])
async def test_an_account_is_somebody_of_its_own_again(chats: Accounts, said: str, by: str) -> None:
    answer = await chats.whisper(by, said)
    assert answer.text.startswith("Telegram anna is somebody of its own now.")
    assert chats.person(ANA) != chats.person(ANNA)
    told = [one for one in chats.told(ANNA) if one.startswith("This account was parted from your others")]
    assert len(told) == (by == ANA)
    assert (await chats.whisper(ANNA, "unlink")).text.startswith("This is your only account")
    assert (await chats.say(BEN, "!members")).text == "Facilitator: ben\nMembers: ana and cem"
    await chats.say(ANNA, "hello")
    assert (await chats.say(BEN, "!members")).text == "Facilitator: ben\nMembers: ana, cem, and anna"
    assert chats.lines("AccountUnlinked") == 1


async def test_the_only_account_cannot_be_parted(chats: Accounts) -> None:
    for said in ("unlink", "unlink matrix", "unlink ben"):
        answer = await chats.whisper(BEN, said)
        assert (answer.verdict, answer.text) == (
            Verdict.REFUSED,
            "This is your only account, so there is nothing to part. To link another: link",
        )


@pytest.mark.parametrize("given", ["ben", "discord", "\u202e", "x" * 5000, "yes"])
async def test_an_account_that_is_not_mine(chats: Accounts, given: str) -> None:
    answer = await chats.whisper(ANA, f"unlink {given}")
    assert answer.verdict is Verdict.REFUSED
    assert answer.text.startswith("You have no account “")
    assert answer.text.endswith("Yours are: Matrix ana, Telegram anna.")


async def test_a_platform_that_is_meant_for_two_accounts(chats: Accounts) -> None:
    await chats.link(ANA, "zoe@telegram")
    answer = await chats.whisper(ANA, "unlink telegram")
    assert answer.text == "“telegram” could be several: Telegram anna, Telegram zoe. Please write one of these."
    assert (await chats.whisper(ANA, "unlink Telegram zoe")).verdict is Verdict.DONE
    assert chats.person(ANA) == chats.person(ANNA) != chats.person("zoe@telegram")


async def test_what_was_begun_with_an_account_is_called_off(chats: Accounts) -> None:
    await chats.type_code(CEM, ANNA)
    await chats.whisper(ANA, "unlink telegram")
    assert chats.told(CEM)[-1].startswith("The linking of your account was called off")
    assert (await chats.whisper(ANNA, "link yes")).verdict is Verdict.REFUSED


async def test_nobody_is_in_a_room_without_an_account_there(chats: Accounts) -> None:
    ana = chats.member(ANA).id
    assert [one.room_id for one in chats.row(Presence, member_id=ana)] == [1, 2]
    await chats.whisper(ANA, "unlink telegram")
    assert [one.room_id for one in chats.row(Presence, member_id=ana)] == [1]


async def test_each_is_known_by_chance_alone_afterwards(chats: Accounts) -> None:
    await chats.whisper(ANA, "unlink telegram")
    tokens = [one.token for one in chats.row(Person)]
    assert len(set(tokens)) == len(tokens) == 5
    assert all(len(one) == 32 for one in tokens)


# -- no second ballot -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["", "--roll everyone "])
@pytest.mark.parametrize("voted", ["", ANA, ANNA])
@pytest.mark.parametrize("leaves", ["matrix", "telegram"])
async def test_the_account_that_left_has_none_while_the_poll_is_open(
    chats: Accounts, how: str, voted: str, leaves: str
) -> None:
    await chats.say(BEN, f"!propose {how}Meet monthly")
    if voted:
        await chats.say(voted, "!disagree P-1 too often")
    await chats.whisper(ANA, f"unlink {leaves}")
    gone, stays = (ANA, ANNA) if leaves == "matrix" else (ANNA, ANA)
    await chats.say(gone, "hello")
    await refused(chats, gone)
    assert (await chats.say(stays, "!agree P-1")).verdict is Verdict.DONE
    assert chats.ballots() == {chats.member(stays).id: "agree"}
    await refused(chats, gone)


async def test_nor_when_it_opens_later(chats: Accounts) -> None:
    await chats.say(BEN, "!propose --from 2h --roll everyone Meet monthly")
    await chats.whisper(ANA, "unlink telegram")
    await chats.say(ANNA, "hello")
    await chats.house.wait(timedelta(hours=2))
    assert chats.poll().base == 3  # whoever has no ballot is not waited for
    await refused(chats, ANNA)
    for one in (ANA, BEN, CEM):
        await chats.say(one, "!agree P-1")
    assert chats.poll().status is Status.CLOSED
    assert len(chats.ballots()) == 3


async def test_nothing_waits_for_an_account_that_has_no_ballot(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await chats.whisper(ANA, "unlink telegram")
    await chats.say(ANNA, "hello")
    assert (await chats.whisper(ANNA, "mine")).text == "Nothing waits for you."
    assert "P-1" in (await chats.whisper(ANA, "mine")).text
    await chats.house.wait(timedelta(days=6))
    assert "Your voice is missing on P-1" in chats.told(ANA)[-1]
    assert not [one for one in chats.told(ANNA) if "missing" in one]


async def test_nor_linked_to_somebody_else(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await chats.say(ANA, "!agree P-1")
    await chats.whisper(ANA, "unlink telegram")
    await chats.link(ANNA, CEM)
    await refused(chats, ANNA)
    assert (await chats.say(CEM, "!disagree P-1 too often")).verdict is Verdict.DONE
    assert sorted(chats.ballots().values()) == ["agree", "disagree"]


async def test_nor_linked_to_its_own_again(chats: Accounts) -> None:
    """The others vote for them."""
    await chats.say(BEN, "!propose Meet monthly")
    await chats.whisper(ANA, "unlink telegram")
    await chats.say(ANNA, "hello")
    await chats.link(ANNA, ANA)
    await refused(chats, ANNA)
    await chats.say(ANA, "!agree P-1")
    await chats.whisper(ANA, "unlink matrix")
    await refused(chats, ANNA)
    await refused(chats, ANA)
    assert chats.ballots() == {chats.member(ANNA).id: "agree"}


async def test_somebody_keeps_a_voice_where_the_others_have_none(chats: Accounts) -> None:
    """Of an account that is spent and one that is not, the second keeps its ballot, whichever is parted from the other."""
    await chats.say(BEN, "!propose Meet monthly")
    await chats.whisper(ANA, "unlink telegram")
    await chats.link(ANNA, CEM)
    await chats.whisper(CEM, "unlink cem")
    await refused(chats, ANNA)
    assert (await chats.say(CEM, "!agree P-1")).verdict is Verdict.DONE
    assert (await chats.say(ANA, "!agree P-1")).verdict is Verdict.DONE
    assert len(chats.ballots()) == 2


async def test_from_the_next_poll_on_it_votes_for_itself(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await chats.whisper(ANA, "unlink telegram")
    await chats.say(BEN, "!propose Meet weekly")
    for one in (ANA, ANNA):
        assert (await chats.say(one, "!agree P-2")).verdict is Verdict.DONE
    assert len(chats.ballots(2)) == 2


@pytest.mark.parametrize("end", ["!close P-1", "!withdraw P-1"])
async def test_nobody_is_known_to_be_spent_once_it_is_over(chats: Accounts, end: str) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await chats.whisper(ANA, "unlink telegram")
    assert (len(chats.row(Spent)), chats.poll().spent) == (1, 1)
    await chats.say(BEN, end)
    assert (len(chats.row(Spent)), chats.poll().spent) == (0, 0)
    assert chats.ballots() == {}


async def test_an_account_is_spent_once(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    for _ in range(3):
        await chats.whisper(ANA, "unlink telegram")
        await chats.link(ANA, ANNA)
    assert (len(chats.row(Spent)), chats.poll().spent) == (1, 1)


# -- when a person is forgotten ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("voted", [ANA, ANNA])
async def test_whoever_comes_back_has_had_their_ballot(chats: Accounts, voted: str) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    await chats.say(voted, "!agree P-1")
    chats.forget(ANA)
    for one in (ANA, ANNA):
        await refused(chats, one)
    assert list(chats.ballots().values()) == ["agree"]


async def test_whoever_comes_back_without_a_ballot_has_one(chats: Accounts) -> None:
    await chats.say(BEN, "!propose Meet monthly")
    chats.forget(ANA)
    assert (await chats.say(ANA, "!agree P-1")).verdict is Verdict.DONE
    await refused(chats, ANNA)
    chats.forget(ANA)
    await refused(chats, ANA)
    with chats.store.reading() as work:
        assert verify(work) == []
