"""Where one thing meets another: parted accounts and rooms, proxies and rooms that only tell, codes and strangers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.base import Request, Verdict
from bot import erasing
from decisions.model import Code, Group, Member, Person, Post, PostKind, Presence, Proxy, Role, Voter
from storage import erased
from storage.erased import Forgotten
from storage.store import Store
from storage.verify import verify
from tests.stories.accounts import Accounts
from tests.stories.halls import Hall

ANA, ANNA, BEN, CEM, OUT = "ana@matrix", "anna@telegram", "ben@matrix", "cem@telegram", "out@telegram"
MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture
async def chats(sqlite_store: Store) -> AsyncIterator[Accounts]:
    """Ben, who facilitates, Ana, Anna and Cem have spoken."""
    accounts = Accounts(sqlite_store)
    for one in (BEN, ANA, ANNA, CEM):
        await accounts.say(one, "hello")
    yield accounts
    await accounts.house.app.close()


@pytest_asyncio.fixture
async def hall(sqlite_store: Store) -> AsyncIterator[Hall]:
    made = Hall(sqlite_store)
    yield made
    await made.app.close()


async def joined(hall: Hall) -> None:
    """Tea, which Tom administers and where Tia is, is a room of the group."""
    await hall.tea("tom", "hello", admin=True)
    await hall.tea("tia", "hello")
    await let_in(hall)


async def let_in(hall: Hall) -> None:
    await hall.tea("tom", f"!setup {await hall.code()}", admin=True)
    await hall.whisper("ana", "rooms yes")
    assert "Tea" in hall.rooms()


# -- parted accounts, and who is in a room ----------------------------------------------------------------------------


async def test_an_account_that_was_never_let_in_is_not_there_once_the_other_has_gone(chats: Accounts) -> None:
    """Out is a second account of Anna's on Telegram; in the room is only the first."""
    await chats.link(ANNA, OUT)
    await chats.whisper(OUT, "unlink anna")
    await chats.say(ANNA, "hello")
    await chats.say(BEN, "!propose Meet monthly")
    assert chats.poll().base == 4
    assert (await chats.whisper(OUT, "agree P-1")).verdict is Verdict.REFUSED
    assert (await chats.say(ANNA, "+1")).verdict is Verdict.DONE
    assert list(chats.ballots()) == [chats.member(ANNA).id]


async def test_who_stays_is_there_again_with_their_next_word(chats: Accounts) -> None:
    await chats.link(ANNA, OUT)
    await chats.whisper(ANNA, "unlink out")
    assert chats.row(Presence, member_id=chats.member(ANNA).id) == []
    await chats.say(BEN, "!propose Meet monthly")
    assert (await chats.say(ANNA, "+1")).verdict is Verdict.DONE


# -- accounts that have had their ballot ------------------------------------------------------------------------------


async def test_who_cannot_vote_any_more_is_neither_missing_nor_nudged_nor_told_that_it_waits(chats: Accounts) -> None:
    await chats.link(ANA, ANNA)
    await chats.say(BEN, "!propose --by majority --for 8d Meet monthly")
    await chats.say(ANA, "+1")
    await chats.whisper(ANA, "unlink telegram")
    await chats.say(ANNA, "hello")
    assert (await chats.whisper(BEN, "missing P-1")).text.split("\n")[0] == "P-1: 1 of 3 have taken part."
    await chats.say(BEN, "!nudge P-1")
    assert {one.user for one in chats.row(Post, kind=PostKind.NUDGE)} == {"ben", "cem"}
    for one in (ANNA, CEM):
        await chats.whisper(one, "digest on")
    await chats.house.wait(timedelta(days=7, hours=-1))
    assert {one.user for one in chats.row(Post, kind=PostKind.DIGEST)} == {"cem"}


async def test_who_cannot_vote_is_on_no_roll_that_is_made_later(chats: Accounts) -> None:
    await chats.link(ANA, ANNA)
    await chats.say(BEN, "!propose --by majority --roll affiliates --from 2026-03-04 --for 2d Meet monthly")
    await chats.whisper(ANA, "unlink telegram")
    await chats.say(ANNA, "hello")
    for name, account, affiliate in (("ana", ANA, "WMDE"), ("anna", ANNA, "WMFR")):
        await chats.say(account, f"!affiliate {affiliate}")
        await chats.say(BEN, f"!affiliate confirm {name}")
    await chats.house.wait(timedelta(days=2))
    assert [one.member_id for one in chats.row(Voter)] == [chats.member(ANA).id]
    assert chats.poll().base == 1


# -- proxies ----------------------------------------------------------------------------------------------------------


async def test_who_is_only_where_things_are_told_is_not_spoken_for(hall: Hall) -> None:
    came = Request(key="1", platform="telegram", chat="partners", user="zoe", name="zoe", text="hello")
    await hall.app.handle(came)
    await hall.alone("zoe", "proxy ana")
    await hall.say("ana", "!rooms announce on", "partners")
    await hall.say("ana", "!propose --by majority Meet monthly")
    await hall.say("ana", "+1")
    assert (await hall.alone("zoe", "agree P-1")).verdict is Verdict.REFUSED
    assert "agree 1: ana\n" in hall.card()
    await hall.say("ana", "!close P-1")
    assert "Passed: 1 agree" in hall.notices()[-1]
    assert hall.whole()


async def test_a_proxy_that_was_named_before_a_room_joined_ends_with_its_journal(hall: Hall) -> None:
    await hall.tea("tom", "hello", admin=True)
    await hall.tea("tia", "hello")
    await hall.tea("tia", "!proxy tom")
    await let_in(hall)
    with hall.store.reading() as work:
        assert work.all(Proxy) == []
    assert hall.whole()


async def test_a_proxy_counts_for_nobody_where_an_affiliate_has_one_ballot(chats: Accounts) -> None:
    for name, affiliate in (("ben", "WMFR"), ("cem", "WMDE"), ("ana", "WMNO")):
        speaker = {"ben": BEN, "cem": CEM, "ana": ANA}[name]
        await chats.say(speaker, f"!affiliate {affiliate}")
        await chats.say(BEN, f"!affiliate confirm {name}")
    await chats.say(CEM, "!proxy ana")
    await chats.say(BEN, "!propose --by majority --roll affiliates Meet monthly")
    await chats.say(ANA, "+1")
    told = (await chats.whisper(BEN, "missing P-1")).text
    assert told.split("\n")[0] == "P-1: 1 of 3 have taken part."
    assert told.split("\n")[-1] == "Not yet: ben, cem"


async def test_an_affiliate_that_is_heard_by_proxy_is_heard(chats: Accounts) -> None:
    await chats.say(CEM, "!affiliate WMDE")
    await chats.say(BEN, "!affiliate confirm cem")
    await chats.say(BEN, "!propose --by majority Meet monthly")
    await chats.say(CEM, "!proxy ana P-1")
    assert "Not heard yet: WMDE" in chats.house.card()
    await chats.say(ANA, "+1")
    assert "agree 2: ana (also for cem)" in chats.house.card()
    assert "Not heard yet" not in chats.house.card()
    await chats.say(BEN, "!close P-1")
    assert "not heard" not in chats.house.notices()[-1]


# -- who administers one of several rooms -----------------------------------------------------------------------------


async def test_who_administers_a_room_that_joined_leads_nothing_by_speaking_there(hall: Hall) -> None:
    await joined(hall)
    await hall.tea("ulla", "hello", admin=True)
    with hall.store.reading() as work:
        assert {one.role for one in work.all(Member, group_id=1) if one.id > 2} == {Role.MEMBER}
    assert (await hall.alone("ulla", "group name Ours")).verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    "said",
    [
        "!members tom facilitator",
        "!members ana member",
        "!affiliate confirm tom",
        "!affiliates WMDE --weight 100",
        "!list import board\naccount\ntom",
        "!group propose facilitators",
        "!tz group Asia/Tokyo",
        "!share on",
    ],
)
async def test_nor_does_he_do_there_what_concerns_the_whole_group(hall: Hall, said: str) -> None:
    await joined(hall)
    await hall.tea("tom", "!affiliate WMFR")
    answer = await hall.tea("tom", said, admin=True)
    assert (answer.verdict, answer.text) == (Verdict.REFUSED, "Only a facilitator can do that: ana.")
    assert hall.whole()


async def test_nor_does_he_let_other_rooms_in(hall: Hall) -> None:
    await joined(hall)
    await hall.tea("eve", "hello", chat="Evil", admin=True)
    await hall.tea("eve", f"!setup {await hall.code()}", chat="Evil", admin=True)
    assert (await hall.tea("tom", "!rooms yes", admin=True)).verdict is Verdict.REFUSED
    assert "Evil" not in hall.rooms()


async def test_nothing_is_sent_to_a_room_that_has_left(hall: Hall) -> None:
    """A platform knows no chat of that name any more, and it would be tried for ever."""
    await hall.say("ana", "!group picture on")
    await hall.say("ana", "!propose --by majority Meet monthly")
    await hall.say("ben", "+1")
    await hall.say("ana", "!close P-1")
    await hall.say("ana", "!leave yes", "partners")
    await hall.say("ana", "!outcome D-1 We begin")
    await hall.wait(timedelta(days=40))
    assert [one.where for one in hall.shown if " left " in one.where] == []
    with hall.store.reading() as work:
        assert [one.room_id for one in work.all(Post, kind=PostKind.PICTURE)] == [1]


# -- codes and strangers ----------------------------------------------------------------------------------------------


async def test_a_stranger_burns_a_code_where_things_are_only_told(hall: Hall) -> None:
    """Nobody is known by speaking there, and the code is void all the same."""
    await hall.say("ana", "!rooms announce on", "partners")
    code = (await hall.whisper("ben", "link")).text.removeprefix("Your code is ").partition(",")[0]
    said = Request(key="1", platform="telegram", chat="partners", user="nobody", name="Nobody", text=f"look: {code}")
    assert (await hall.app.handle(said)).verdict is Verdict.REFUSED
    with hall.store.reading() as work:
        assert work.all(Code) == []


async def test_a_code_is_burned_however_much_was_asked_before(chats: Accounts) -> None:
    code = await chats.code(ANNA)
    for _ in range(21):
        await chats.say(CEM, "!members")
    await chats.say(CEM, f"this is what Anna showed me: {code}")
    assert chats.row(Code) == []


async def test_what_follows_a_message_that_is_let_go_of_has_an_id_of_its_own(chats: Accounts) -> None:
    """Platforms take a message under an id that they know for the same, and would not show it."""
    await chats.type_code(ANA, ANNA)
    (asked,) = [one.id for one in chats.row(Post)]
    await chats.whisper(ANA, "link no")
    (told,) = [one.id for one in chats.row(Post) if one.said[:1] == ("link-called-off",)]
    assert told > asked


# -- being forgotten --------------------------------------------------------------------------------------------------


async def test_the_next_message_after_somebody_was_forgotten_has_an_id_of_its_own(chats: Accounts) -> None:
    await chats.type_code(ANA, ANNA)
    last = chats.row(Post)[-1].id
    chats.forget(ANA)
    await chats.say(BEN, "!propose Meet monthly")
    assert min(one.id for one in chats.row(Post, poll_id=1)) > last
    assert [one for one in chats.row(Post) if one.user == "ana"] == []


async def test_what_waits_to_be_said_names_no_account_of_theirs(hall: Hall) -> None:
    code = (await hall.whisper("ben", "link")).text.removeprefix("Your code is ").partition(",")[0]
    typed = Request(
        key="1", platform="telegram", chat="4711", user="4711", name="Zoe", text=f"link {code}", private=True
    )
    await hall.app.handle(typed)
    with hall.store.unit_of_work() as work:
        (zoe,) = work.all(Person, name="Zoe")
        erasing.erase(work, zoe, hall.now, hall.app.salt)
    with hall.store.reading() as work:
        said = [part for one in work.all(Post) for part in one.said]
    assert "link-confirm" in said
    assert not [one for one in said if "4711" in one or "Zoe" in one]


async def test_who_was_two_once_is_forgotten_once_when_a_copy_brings_them_back(chats: Accounts, tmp_path: Path) -> None:
    await chats.link(ANA, ANNA)
    both = [one for one in chats.row(Person) if "ana" in one.name or one.merged_into]
    chats.store.erased = tmp_path / "erased"
    erased.add(chats.store.erased, [Forgotten(one.token, chats.house.now, words=False) for one in both])
    for _ in range(2):
        erasing.forget_again(chats.store, chats.house.now, chats.house.app.salt)
        assert (len(both), chats.lines("MemberErased")) == (2, 2)
    with chats.store.reading() as work:
        assert verify(work) == []


async def test_a_group_keeps_no_names_as_its_usual_way(chats: Accounts) -> None:
    assert (await chats.say(BEN, "!group usual --roll ana,cem")).text.startswith("I do not understand “ana,cem”")
    assert [one.usual for one in chats.row(Group)] == [""]


# -- ballots and roles, when accounts come together and part ----------------------------------------------------------


@pytest.mark.parametrize("how", ["--roll affiliates", "--double"])
async def test_what_was_said_first_is_not_an_affiliates_last_word_by_linking(chats: Accounts, how: str) -> None:
    for account, affiliate in ((BEN, "WMFR"), (ANNA, "WMDE"), (CEM, "WMDE")):
        await chats.say(account, f"!affiliate {affiliate}")
        await chats.say(BEN, f"!affiliate confirm {account.partition('@')[0]}")
    await chats.say(BEN, f"!propose --by majority {how} Meet monthly")
    for account, stance in ((ANNA, "agree"), (CEM, "disagree")):
        await chats.say(account, f"!{stance} P-1")
        chats.house.sleep(MINUTE)
    await chats.link(ANA, ANNA)
    await chats.say(BEN, "!close P-1")
    outcome = chats.poll().outcome
    assert outcome is not None
    assert (outcome.by_affiliates or outcome.counts)["disagree"] == 1
    assert chats.ballots() == {chats.member(ANNA).id: "agree", chats.member(CEM).id: "disagree"}


async def test_who_may_only_speak_does_not_vote_by_parting_an_account(chats: Accounts) -> None:
    await chats.say(BEN, "!members ana observer")
    await chats.link(ANA, OUT)
    await chats.whisper(OUT, "unlink matrix")
    await chats.say(BEN, "!propose Meet monthly")
    assert (await chats.say(ANA, "+1")).verdict is Verdict.REFUSED
    assert [chats.member(one).role for one in (ANA, OUT)] == [Role.OBSERVER, Role.OBSERVER]
    assert chats.ballots() == {}


# -- the rest ---------------------------------------------------------------------------------------------------------


async def test_what_an_affiliate_said_is_not_taken_back_by_who_has_left_it(chats: Accounts) -> None:
    for name, account, affiliate in (("ben", BEN, "WMFR"), ("anna", ANNA, "WMDE")):
        await chats.say(account, f"!affiliate {affiliate}")
        await chats.say(BEN, f"!affiliate confirm {name}")
    await chats.say(BEN, "!propose --by majority --roll affiliates Meet monthly")
    await chats.say(ANNA, "!agree P-1", message="m1")
    await chats.say(BEN, "!affiliate remove anna")
    assert (await chats.say(ANNA, message="m1", removed=True)).verdict is Verdict.REFUSED
    assert chats.ballots() == {chats.member(ANNA).id: "agree"}


async def test_a_digest_comes_in_the_morning_of_the_zone_that_one_has_now(chats: Accounts) -> None:
    await chats.whisper(ANA, "digest on")
    await chats.whisper(ANA, "tz America/New_York")
    (ana,) = chats.row(Person, id=chats.person(ANA))
    assert ana.digest_at == datetime(2026, 3, 9, 12, tzinfo=UTC)


async def test_who_turned_out_to_be_two_has_put_what_both_have_put(chats: Accounts) -> None:
    for number in range(5):
        await chats.say(ANNA, f"!propose Meet {number}")
    await chats.link(ANA, ANNA)
    assert (await chats.say(ANNA, "!propose Meet once more")).verdict is Verdict.REFUSED


async def test_who_comes_together_again_was_counted_once(chats: Accounts) -> None:
    """They part and are planned for as one, so the base has them once, and goes on so."""
    await chats.link(ANA, ANNA)
    await chats.say(BEN, "!propose --by majority --from 2026-03-04 --for 3d Meet monthly")
    await chats.whisper(ANA, "unlink telegram")
    await chats.say(ANNA, "hello")
    await chats.house.wait(timedelta(days=2))
    assert chats.poll().base == 3
    await chats.link(ANA, ANNA)
    assert chats.poll().base == 3


async def test_who_has_voted_and_has_no_account_left_to_vote_by_was_counted(chats: Accounts) -> None:
    """Ana's ballot stands though both her accounts were parted once; as she turns out to be Cem, there is one voice less."""
    await chats.link(ANA, ANNA)
    await chats.say(BEN, "!propose --by majority --for 3d Meet monthly")
    assert chats.poll().base == 3
    await chats.say(ANA, "+1")
    await chats.whisper(ANA, "unlink matrix")
    await chats.link(ANA, ANNA)
    await chats.whisper(ANA, "unlink telegram")
    await chats.say(ANA, "hello")
    await chats.link(ANA, CEM)
    assert chats.poll().base == 2


async def test_a_list_by_which_all_is_put_stays(chats: Accounts) -> None:
    await chats.say(BEN, "!list import board\naccount\nana\ncem")
    await chats.say(BEN, '!group usual --roll "list: Board" --weighted --by majority')
    assert "group usual" in (await chats.say(BEN, "!list drop board")).text
    assert (await chats.say(BEN, "!propose Meet monthly")).verdict is Verdict.DONE
    await chats.say(BEN, "!withdraw P-1")
    await chats.say(BEN, "!list import other\naccount\nana")
    assert (await chats.say(BEN, "!list drop other")).verdict is Verdict.DONE


async def test_who_was_forgotten_stands_in_a_list_as_that(chats: Accounts) -> None:
    await chats.say(BEN, "!list import board\naccount,note\nana,Mrs Ana\ncem,treasurer")
    chats.forget(ANA)
    assert (await chats.say(BEN, "!list board")).text.split("\n")[1:] == [
        "somebody who was forgotten",
        "cem · treasurer",
    ]


@pytest.mark.parametrize("given", ["--for 99999w", "--by consent --for 53w"])
async def test_no_usual_way_is_one_that_nothing_can_be_put_by(chats: Accounts, given: str) -> None:
    assert (await chats.say(BEN, f"!group usual {given}")).verdict is Verdict.REFUSED
    assert (await chats.say(BEN, "!propose Meet monthly")).verdict is Verdict.DONE
