"""Linking: a code from one private chat, typed in another, and a yes from both sides; and all that is no such thing."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Answer, Verdict
from decisions.model import Code, Person, Post, PostKind, Try
from storage.store import Store
from tests.stories.accounts import Accounts

ANA, ANNA, BEN, CEM = "ana@matrix", "anna@telegram", "ben@matrix", "cem@telegram"
WRONG = (
    "That code is not right, or no longer good. For a new one, say to me alone from your other account: link",
    "A code that was said in a room is good for nothing any more, so that nobody else can use it. For a new one, "
    "say to me alone: link",
)
BURNED = "Your code was shown in a room, so it is good for nothing now. For a new one, say to me alone: link"
NOTHING = "There is nothing to say yes or no to, or no longer. To link an account: link"
CALLED_OFF = "The linking of your account was called off, and nothing was linked. To begin again: link"


@pytest_asyncio.fixture
async def chats(sqlite_store: Store) -> AsyncIterator[Accounts]:
    """Ben, who facilitates, Ana and Cem have spoken, and Anna, who is Ana."""
    accounts = Accounts(sqlite_store)
    for one in (BEN, ANA, ANNA, CEM):
        await accounts.say(one, "hello")
    yield accounts
    await accounts.house.app.close()


def one_person(chats: Accounts) -> bool:
    return chats.person(ANA) == chats.person(ANNA)


# -- coming together --------------------------------------------------------------------------------------------------


async def test_two_accounts_become_one_person(chats: Accounts) -> None:
    answer = await chats.whisper(ANA, "link")
    said = r"Your code is ([0-9A-Z]{4}-[0-9A-Z]{4}), good until Mon 2 Mar 2026, 18:10 UTC\. .* say to me alone: link \1\. .*"
    found = re.fullmatch(said, answer.text)
    assert found is not None
    asked = await chats.whisper(ANNA, f"link {found[1]}")
    assert asked.text.startswith("Is this account yours too: ana, Matrix ana? Then both are one person from now on")
    assert chats.told(ANA)[-1].startswith("Is this account yours too: anna, Telegram anna? Then both are one person")
    waiting = await chats.whisper(ANNA, "link yes")
    assert waiting.text == "Thank you. Now the other side has to say yes too: ana, Matrix ana."
    assert not one_person(chats)
    done = await chats.whisper(ANA, "link yes")
    ending = "and this account are one person now, with one ballot. To part them again: unlink"
    assert done.text == f"Done: Telegram anna {ending}"
    assert chats.told(ANNA)[-1] == f"Done: Matrix ana {ending}"
    assert one_person(chats)
    assert "ana" in (await chats.say(BEN, "!members")).text
    assert "anna" not in (await chats.say(BEN, "!members")).text


async def test_the_linked_vote_as_one_by_whichever_account(chats: Accounts) -> None:
    await chats.link(ANA, ANNA)
    await chats.say(BEN, "!propose Meet monthly")
    await chats.say(ANNA, "+1")
    await chats.say(ANA, "-1 too often")
    assert list(chats.ballots().values()) == ["disagree"]
    await chats.press(ANNA, "p1:0")
    assert list(chats.ballots().values()) == ["agree"]


async def test_who_typed_the_code_has_not_said_yes_by_it(chats: Accounts) -> None:
    await chats.type_code(ANA, ANNA)
    await chats.whisper(ANA, "link yes")
    await chats.whisper(ANA, "link yes")  # twice by one side is no yes by the other
    assert not one_person(chats)
    await chats.whisper(ANNA, "link yes")
    assert one_person(chats)


async def test_both_are_asked_with_buttons(chats: Accounts) -> None:
    asked = await chats.type_code(ANA, ANNA)
    shown = next(one for one in reversed(chats.house.shown) if one.where == "ana")
    (yes,), (no,) = asked.buttons
    assert (
        [one.label for row in shown.buttons for one in row]
        == [yes.label, no.label]
        == ["Yes, it is mine", "No, it is not"]
    )
    assert [one.press for row in shown.buttons for one in row] == [yes.press, no.press]
    await chats.press(ANA, yes.press, private=True)
    await chats.press(ANNA, yes.press, private=True)
    assert one_person(chats)
    assert (await chats.press(ANNA, yes.press, private=True)).text == NOTHING


@pytest.mark.parametrize(
    ("read", "typed"),
    [("-", ""), ("-", " "), ("-", " - "), ("-", "\u2013"), ("0", "o"), ("0", "O"), ("1", "l"), ("1", "I")],
)
async def test_a_code_is_read_as_people_write_it(chats: Accounts, read: str, typed: str) -> None:
    code = await chats.code(ANA)
    while read not in code:
        code = await chats.code(ANA)
    answer = await chats.whisper(ANNA, f"link   {code.lower().replace(read, typed)} ")
    assert answer.text.startswith("Is this account yours too")


async def test_two_accounts_on_one_platform_can_be_linked(chats: Accounts) -> None:
    await chats.link(ANA, BEN)
    assert chats.person(ANA) == chats.person(BEN)


async def test_accounts_that_are_in_no_group_can_be_linked(chats: Accounts) -> None:
    await chats.link("zoe@matrix", "zoe@telegram")
    assert chats.person("zoe@matrix") == chats.person("zoe@telegram")
    await chats.say("zoe@matrix", "hello")
    assert chats.member("zoe@telegram").person_id == chats.person("zoe@matrix")


async def test_an_account_from_outside_speaks_for_the_member(chats: Accounts) -> None:
    await chats.whisper("anabel@telegram", "help")
    before = chats.member(ANA)
    await chats.link("anabel@telegram", ANA)
    assert chats.member("anabel@telegram") == before
    await chats.say(BEN, "!propose Meet monthly")
    await chats.whisper("anabel@telegram", "agree P-1")
    assert chats.ballots() == {before.id: "agree"}


async def test_whoever_is_known_for_longer_goes_on_whatever_the_order(chats: Accounts) -> None:
    await chats.whisper("anabel@telegram", "help")
    await chats.say("ada@matrix", "hello")
    elder = chats.person("anabel@telegram")
    await chats.link("ada@matrix", "anabel@telegram")
    assert chats.person("ada@matrix") == chats.member("ada@matrix").person_id == elder


async def test_more_than_two_accounts_can_be_one_person(chats: Accounts) -> None:
    await chats.link(CEM, "zoe@matrix")
    await chats.link("zoe@matrix", ANNA)
    await chats.link(ANNA, ANA)
    assert len({chats.person(one) for one in (ANA, ANNA, CEM, "zoe@matrix")}) == 1
    assert (await chats.say(BEN, "!members")).text == "Facilitator: ben\nMember: ana"


async def test_settings_are_the_elders_and_empty_ones_are_filled(chats: Accounts) -> None:
    await chats.whisper(ANA, "language fr")
    await chats.whisper(ANNA, "language es")
    await chats.whisper(ANNA, "tz Europe/Berlin")
    await chats.whisper(ANA, "lier")
    code = (await chats.whisper(ANA, "lier")).text.removeprefix("Votre code est ")[:9]
    await chats.whisper(ANNA, f"vincular {code}")
    await chats.whisper(ANNA, "vincular sí")
    done = await chats.whisper(ANA, "lier oui")
    assert done.text.startswith("C’est fait\u00a0: Telegram anna et ce compte")
    (shell,) = chats.row(Person, name="")
    with chats.store.reading() as work:
        lives = work.the(Person, id=chats.person(ANNA))
    assert (lives.name, lives.language, lives.zone) == ("ana", "fr", "Europe/Berlin")
    assert (shell.language, shell.zone, shell.merged_into) == ("", "", lives.id)


# -- no ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("says", "other"), [(ANA, ANNA), (ANNA, ANA)])
async def test_a_no_burns_it_and_tells_the_other_side(chats: Accounts, says: str, other: str) -> None:
    await chats.type_code(ANA, ANNA)
    await chats.whisper(other, "link yes")
    assert (await chats.whisper(says, "link no")).text == "I leave it. Nothing was linked."
    assert chats.told(other)[-1] == CALLED_OFF
    for one in (ANA, ANNA):
        answer = await chats.whisper(one, "link yes")
        assert (answer.verdict, answer.text) == (Verdict.REFUSED, NOTHING)
    assert not one_person(chats)


async def test_a_new_code_takes_the_place_of_the_old(chats: Accounts) -> None:
    old = await chats.code(ANA)
    new = await chats.code(ANA)
    assert (await chats.whisper(ANNA, f"link {old}")).text == WRONG[0]
    assert (await chats.whisper(ANNA, f"link {new}")).verdict is Verdict.DONE
    await chats.whisper(ANA, "link")
    assert chats.told(ANNA)[-1] == CALLED_OFF
    assert (await chats.whisper(ANNA, "link yes")).text == NOTHING


async def test_a_button_is_for_the_code_that_it_was_made_for(chats: Accounts) -> None:
    (yes,), _ = (await chats.type_code(ANA, ANNA)).buttons
    await chats.whisper(ANNA, "link no")
    await chats.type_code(ANA, CEM)
    await chats.whisper(CEM, "link yes")
    assert (await chats.press(ANA, yes.press, private=True)).text == NOTHING
    assert (await chats.press(BEN, yes.press, private=True)).text == NOTHING
    assert chats.person(ANA) != chats.person(CEM)


async def test_a_yes_comes_too_late_after_ten_minutes(chats: Accounts) -> None:
    await chats.type_code(ANA, ANNA)
    await chats.whisper(ANA, "link yes")
    chats.house.sleep(timedelta(minutes=10))
    assert (await chats.whisper(ANNA, "link yes")).text == NOTHING
    assert not one_person(chats)


@pytest.mark.parametrize("said", ["link yes", "link no"])
async def test_a_yes_to_nothing_is_refused(chats: Accounts, said: str) -> None:
    assert (await chats.whisper(ANA, said)).text == NOTHING
    await chats.code(ANA)
    assert (await chats.whisper(ANA, said)).text == NOTHING


# -- codes that are none ----------------------------------------------------------------------------------------------


async def typed_wrong(chats: Accounts, code: str) -> Answer:
    """It is refused, and nothing that anybody could learn from is said or changed."""
    answer = await chats.whisper(ANNA, f"link {code}")
    assert (answer.verdict, answer.text) == (Verdict.REFUSED, WRONG[0])
    assert len(chats.row(Try, platform="telegram", user="anna")) == 1
    return answer


@pytest.mark.parametrize(
    "code", ["K7QF-2M9D", "K7QF", "UUUU-UUUU", "K7QF-2M9D-K7QF", "\u202eK7QF", "ل" * 9, "a" * 5000, "?"]
)
async def test_a_wrong_code(chats: Accounts, code: str) -> None:
    await chats.code(ANA)
    await typed_wrong(chats, code)


async def test_an_expired_code(chats: Accounts) -> None:
    code = await chats.code(ANA)
    chats.house.sleep(timedelta(minutes=10))
    await typed_wrong(chats, code)


async def test_a_code_that_another_has_typed(chats: Accounts) -> None:
    code = await chats.code(ANA)
    await chats.whisper(CEM, f"link {code}")
    await typed_wrong(chats, code)
    assert (await chats.whisper(CEM, f"link {code}")).verdict is Verdict.DONE  # again by the same is the same act
    assert len(chats.told(ANA)) == 1


async def test_a_code_that_was_used(chats: Accounts) -> None:
    code = await chats.code(ANA)
    await chats.whisper(CEM, f"link {code}")
    await chats.whisper(CEM, "link yes")
    await chats.whisper(ANA, "link yes")
    await typed_wrong(chats, code)


async def test_ones_own_code(chats: Accounts) -> None:
    code = await chats.code(ANA)
    answer = await chats.whisper(ANA, f"link {code}")
    assert (
        answer.text
        == "I gave that code to this account. Type it from your other account, to me alone; for a new one: link"
    )
    assert (await chats.whisper(ANNA, f"link {code}")).verdict is Verdict.DONE


async def test_accounts_that_are_one_person_already(chats: Accounts) -> None:
    await chats.link(ANA, ANNA)
    answer = await chats.type_code(ANA, ANNA)
    assert (answer.verdict, answer.text) == (Verdict.REFUSED, "These two accounts are one person already.")


async def test_who_became_one_person_on_another_way_is_not_merged_again(chats: Accounts) -> None:
    await chats.type_code(ANA, ANNA)
    await chats.whisper(ANA, "link yes")
    await chats.whisper(ANNA, "link yes")
    await chats.link(CEM, ANNA)
    assert (await chats.type_code(CEM, ANA)).text == "These two accounts are one person already."


async def test_five_wrong_codes_an_hour(chats: Accounts) -> None:
    code = await chats.code(ANA)
    for minute in range(5):
        assert (await chats.whisper(ANNA, f"link AAAA-000{minute}")).text == WRONG[0]
        chats.house.sleep(timedelta(minutes=1))
    for typed in (code, "AAAA-0000"):
        answer = await chats.whisper(ANNA, f"link {typed}")
        assert answer.text == "Those were too many wrong codes. You can try again from Mon 2 Mar 2026, 19:00 UTC on."
        assert answer.verdict is Verdict.REFUSED
    assert (await chats.whisper(CEM, f"link {code}")).verdict is Verdict.DONE  # others are not kept from it
    chats.house.sleep(timedelta(minutes=55))
    assert (await chats.type_code(ANA, ANNA)).verdict is Verdict.DONE


async def test_wrong_codes_in_the_same_instant_are_several(chats: Accounts) -> None:
    answers = await asyncio.gather(*(chats.whisper(ANNA, f"link AAAA-000{one}") for one in range(7)))
    assert [one.text == WRONG[0] for one in answers] == [True] * 5 + [False] * 2


# -- codes in rooms ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["!link", "!link yes", "/link", "!unlink", "!unlink telegram"])
async def test_what_is_for_the_bot_alone_is_not_said_in_a_room(chats: Accounts, said: str) -> None:
    answer = await chats.say(ANA, said)
    word = "unlink" if "unlink" in said else "link"
    assert answer.text == f"Please say that to me alone, in a private message: {word}"


@pytest.mark.parametrize("who", [ANNA, CEM])
@pytest.mark.parametrize(
    "said", ["!link {}", "{}", "my code is ({}), use it", "!agree P-1 {}", "is it *{}*?", "wrong: AAAA-0000, right: {}"]
)
async def test_a_code_that_is_shown_in_a_room_is_burned(chats: Accounts, who: str, said: str) -> None:
    code = await chats.code(ANA)
    answer = await chats.say(who, said.format(code))
    assert (answer.verdict, answer.text) == (Verdict.REFUSED, WRONG[1])
    assert chats.told(ANA)[-1] == BURNED
    assert chats.row(Code) == []
    assert (await chats.whisper(ANNA, f"link {code}")).text == WRONG[0]


@pytest.mark.parametrize("way", [str.lower, lambda code: code.replace("-", ""), lambda code: " ".join(code),
                                 lambda code: code.replace("-", "\u200b-\u200b")])  # fmt: skip
async def test_however_it_is_written(chats: Accounts, way: Callable[[str], str]) -> None:
    code = await chats.code(ANA)
    assert (await chats.say(CEM, f"this one: {way(code)} she said")).text == WRONG[1]


async def test_who_shows_their_own_code_is_told_once(chats: Accounts) -> None:
    code = await chats.code(ANA)
    assert (await chats.say(ANA, code)).text == WRONG[1]
    assert chats.told(ANA) == []


async def test_an_edit_shows_a_code_too(chats: Accounts) -> None:
    code = await chats.code(ANA)
    assert (await chats.say(ANA, f"hello {code}", message="m1", edited=True)).text == WRONG[1]


async def test_a_code_that_waits_for_a_yes_is_burned_for_both(chats: Accounts) -> None:
    code = await chats.code(ANA)
    await chats.whisper(ANNA, f"link {code}")
    await chats.say(CEM, f"look: {code}")
    assert [chats.told(one)[-1] for one in (ANA, ANNA)] == [BURNED, BURNED]
    assert (await chats.whisper(ANNA, "link yes")).text == NOTHING


async def test_no_room_tells_whether_there_is_such_a_code(chats: Accounts) -> None:
    await chats.code(ANA)
    assert (await chats.say(CEM, "!link K7QF-2M9D")).text == WRONG[1]
    assert (await chats.say(CEM, "K7QF-2M9D is no code")).verdict is Verdict.NOTHING
    assert len(chats.row(Code)) == 1
    assert chats.row(Try) == []


async def test_a_code_that_has_expired_is_mere_talk(chats: Accounts) -> None:
    code = await chats.code(ANA)
    chats.house.sleep(timedelta(minutes=10))
    assert (await chats.say(CEM, code)).verdict is Verdict.NOTHING


# -- twice, at once, and with the process killed between --------------------------------------------------------------


async def test_a_process_that_ends_between_any_two_steps_loses_nothing(chats: Accounts) -> None:
    code = await chats.code(ANA)
    await chats.start_again()
    await chats.whisper(ANNA, f"link {code}")
    await chats.start_again()
    await chats.whisper(ANNA, "link yes")
    await chats.start_again()
    await chats.whisper(ANA, "link yes")
    assert one_person(chats)


async def test_what_is_delivered_again_is_done_once(chats: Accounts) -> None:
    code = await chats.code(ANA)
    steps = [(ANNA, f"link {code}", "a"), (ANNA, "link yes", "b"), (ANA, "link yes", "c")]
    for who, text, key in steps:
        assert (await chats.whisper(who, text, key=key)).verdict is Verdict.DONE
        assert (await chats.whisper(who, text, key=key)).verdict is Verdict.NOTHING
    assert len(chats.told(ANA)) == 1
    assert chats.lines("MembersMerged") == 1


async def test_both_say_yes_twice_and_at_once(chats: Accounts) -> None:
    await chats.type_code(ANA, ANNA)
    answers = await asyncio.gather(*(chats.whisper(one, "link yes") for one in (ANA, ANNA) * 2))
    assert one_person(chats)
    assert chats.lines("MembersMerged") == 1
    assert [one.verdict for one in answers] == [Verdict.DONE, Verdict.DONE, Verdict.REFUSED, Verdict.REFUSED]


async def test_yes_and_no_at_once_are_one_of_them(chats: Accounts) -> None:
    await chats.type_code(ANA, ANNA)
    await chats.whisper(ANNA, "link yes")
    await asyncio.gather(chats.whisper(ANA, "link yes"), chats.whisper(ANNA, "link no"))
    assert one_person(chats)


# -- what is left of it -----------------------------------------------------------------------------------------------


async def test_nothing_is_left_that_says_who_was_asked(chats: Accounts) -> None:
    await chats.type_code(ANA, ANNA)
    await chats.whisper(ANNA, "link no")
    await chats.type_code(ANA, CEM)
    chats.house.sleep(timedelta(minutes=11))
    await chats.code(BEN)
    assert [one.said for one in chats.row(Post, kind=PostKind.NOTICE) if one.said[:1] == ("link-confirm",)] == []
    assert [one.user for one in chats.row(Code)] == ["ben"]


async def test_a_code_is_kept_as_its_digest_alone(chats: Accounts) -> None:
    code = await chats.code(ANA)
    (kept,) = chats.row(Code)
    assert len(kept.digest) == 64
    assert code.replace("-", "").casefold() not in repr(kept).casefold()


async def test_names_are_cleaned_where_the_other_side_reads_them(chats: Accounts) -> None:
    await chats.whisper("ev\u202eil\u200b@telegram", "help")
    await chats.type_code("ev\u202eil\u200b@telegram", ANA)
    answer = await chats.whisper(ANA, "link yes")
    assert answer.text == "Thank you. Now the other side has to say yes too: evil, Telegram evil."
