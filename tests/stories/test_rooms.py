"""Rooms: a chat joins a group with a code and a facilitator's yes, one is left, and one is only told things."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from adapters.base import Arrivals, Request, Verdict
from adapters.console.conversation import Person
from bot.codes import draw
from decisions.codes import digest
from decisions.model import (
    Ballot,
    Code,
    Group,
    Member,
    Poll,
    Post,
    PostKind,
    Presence,
    Purpose,
    Role,
    Room,
    Status,
    Try,
)
from storage.store import Store
from tests.stories.conftest import ON_BOTH
from tests.stories.halls import ANA, BEN, Hall, code_in

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest_asyncio.fixture
async def hall(store: Store) -> AsyncIterator[Hall]:
    """For what is marked ON_BOTH, and for `make test-long`: on SQLite and on PostgreSQL."""
    made = Hall(store)
    yield made
    await made.app.close()


@pytest_asyncio.fixture
async def small(sqlite_store: Store) -> AsyncIterator[Hall]:
    """For what does not depend on the database."""
    made = Hall(sqlite_store)
    yield made
    await made.app.close()


async def joined(hall: Hall) -> None:
    """Tea joins: Tom asks, who administers it, and Ana says yes."""
    await hall.tea("tom", "hello", admin=True)
    await hall.tea("tim", "hello")
    await hall.tea("tom", f"!setup {await hall.code()}", admin=True)
    await hall.whisper("ana", "rooms yes")
    assert hall.rooms() == ["general", "partners", "Tea"]


# -- joining ----------------------------------------------------------------------------------------------------------


async def test_setup_says_in_the_room_what_the_group_is(small: Hall) -> None:
    answer = await small.say("ana", "!setup")
    (said,) = small.notices()
    assert "“Partnerships”, which meets in general (matrix), partners (telegram)." in said
    assert "Facilitators: ana." in said
    assert code_in(said) not in answer.text
    with small.store.reading() as work:
        (kept,) = work.all(Code)
    assert (kept.digest, kept.purpose, kept.group_id) == (digest(code_in(said)), Purpose.ROOM, 1)
    assert small.notices("partners") == []


async def test_who_facilitates_nothing_gets_no_code(small: Hall) -> None:
    answer = await small.say("ben", "!setup")
    assert answer.verdict is Verdict.REFUSED
    assert answer.text == "Only a facilitator can do that: ana."
    assert (await small.say("ben", "!setup", admin=True)).verdict is Verdict.DONE
    assert len(small.notices()) == 1


@ON_BOTH
async def test_a_room_joins_once_a_facilitator_says_yes(hall: Hall) -> None:
    await hall.say("ana", "!propose Meet monthly")
    await hall.tea("tom", "hello", admin=True)
    await hall.tea("tim", "hello")
    code = await hall.code()
    answer = await hall.tea("tom", f"!setup {code}", admin=True)
    assert answer.text.startswith("I have asked the facilitators of “Partnerships” whether this room may join: ana.")
    assert hall.groups() == ["Partnerships", "Tea"]
    asked = [one for one in hall.shown if one.where == "ana" and "would like" in one.text][-1]
    assert asked.text.startswith("tom would like Tea (telegram) to be a room of “Partnerships”")
    ((yes,), _) = asked.buttons
    await hall.press("ana", yes.press, room="")
    assert hall.groups() == ["Partnerships"]
    assert hall.rooms() == ["general", "partners", "Tea"]
    assert hall.told()[-2].startswith(
        "This room is one of “Partnerships” now, together with general (matrix), partners"
    )
    assert hall.told()[-1].startswith("P-1 · Meet monthly")
    for room in ("general", "partners"):
        assert hall.notices(room)[-1] == "Tea (telegram) is a room of this group now; ana said yes to it."
    assert (await hall.tea("tim", press="p1:0")).verdict is Verdict.DONE
    assert "agree 1: tim" in hall.card()
    assert hall.whole()


async def test_who_was_there_is_a_member_and_leads_nothing(hall: Hall) -> None:
    await joined(hall)
    with hall.store.reading() as work:
        members = {one.id: one for one in work.all(Member)}
        present = {one.member_id for one in work.all(Presence, room_id=3)}
    assert {members[one].group_id for one in present} == {1}
    assert [members[one].role for one in sorted(present)] == [Role.MEMBER, Role.MEMBER]
    assert hall.whole()


async def test_who_is_in_both_rooms_is_one_member(hall: Hall) -> None:
    """Ben has an account on both platforms."""
    await hall.tea("tom", "hello", admin=True)
    await hall.tea("ben", "hello")
    await hall.tea("tom", f"!setup {await hall.code()}", admin=True)
    await hall.whisper("ana", "rooms yes")
    await hall.say("ana", "!propose Meet monthly")
    await hall.say("ben", "+1")
    await hall.tea("ben", "-1 too often")
    with hall.store.reading() as work:
        (ballot,) = work.all(Ballot)
        assert len([one for one in work.all(Member) if one.person_id == 2]) == 1
    assert ballot.marks == {"disagree": 1}
    assert hall.whole()


@ON_BOTH
async def test_a_group_without_a_record_leaves_no_trace(hall: Hall) -> None:
    await joined(hall)
    await hall.tea("ann", "hello", chat="Rum")
    await hall.tea("ann", "!propose Rum for all", chat="Rum")
    assert hall.groups() == ["Partnerships", "Rum"]
    assert hall.told("!Rum")[-1].startswith("P-1 · Rum for all")
    assert hall.whole()
    with hall.store.reading() as work:
        posts = [one.id for one in work.all(Post)]
        assert len(posts) == len(set(posts))
        assert {one.id for one in work.all(Group)} == {1, 2}


async def test_a_facilitator_who_administers_the_other_room_needs_no_second_yes(hall: Hall) -> None:
    answer = await hall.tea("ana", f"!setup {await hall.code()}", admin=True)
    assert answer.text == "Tea (telegram) is a room of “Partnerships” now."
    assert hall.groups() == ["Partnerships"]
    assert hall.whole()


async def test_no_is_told_to_whoever_asked(small: Hall) -> None:
    code = await small.code()
    await small.tea("tom", f"!setup {code}", admin=True)
    assert (await small.say("ana", "!rooms no")).text == "Tea (telegram) does not join. I have told who asked."
    assert small.private("tom")[-1].startswith("The facilitators of “Partnerships” did not let Tea (telegram) join.")
    assert small.groups() == ["Partnerships", "Tea"]
    assert (await small.tea("tom", f"!setup {code}", admin=True)).verdict is Verdict.REFUSED
    assert (await small.whisper("ana", "rooms yes")).text.startswith("No room waits for an answer.")


async def test_only_a_facilitator_answers(small: Hall) -> None:
    await small.tea("tom", f"!setup {await small.code()}", admin=True)
    for answer in (await small.whisper("ben", "rooms yes"), await small.say("ben", "!rooms yes")):
        assert answer.text == "Only a facilitator can do that: ana."
    with small.store.reading() as work:
        tag = work.all(Code)[0].digest[:12]
    assert (await small.press("ben", f"room:{tag}:yes", room="")).verdict is Verdict.REFUSED
    assert (await small.alone("tom", press=f"room:{tag}:yes")).verdict is Verdict.REFUSED
    assert (await small.tea("tom", press=f"room:{tag}:yes")).verdict is Verdict.REFUSED
    assert small.groups() == ["Partnerships", "Tea"]


async def test_of_several_rooms_one_is_named(small: Hall) -> None:
    for chat in ("Tea", "Rum"):
        await small.tea("tom", f"!setup {await small.code()}", chat=chat, admin=True)
    assert "Several rooms wait: Tea, Rum." in (await small.whisper("ana", "rooms yes")).text
    await small.whisper("ana", "rooms yes Rum")
    assert small.rooms() == ["general", "partners", "Rum"]
    assert "Tea would like to join." in (await small.whisper("ana", "rooms")).text


async def test_the_question_stands_for_a_day(small: Hall) -> None:
    await small.tea("tom", f"!setup {await small.code()}", admin=True)
    await small.wait(24 * HOUR)
    assert (await small.whisper("ana", "rooms yes")).text.startswith("No room waits for an answer.")


# -- what is no code --------------------------------------------------------------------------------------------------


async def test_codes_that_open_nothing(small: Hall) -> None:
    good, old = await small.code(), await small.code()
    await small.tea("tom", "hello", admin=True)
    assert "That is no code I know." in (await small.tea("tom", f"!setup {draw()}", admin=True)).text
    assert "That is no code I know." in (await small.tea("tom", "!setup maybe\u202e", admin=True)).text
    await small.tea("tom", f"!setup {good}", admin=True)
    assert "was used already" in (await small.tea("tim", f"!setup {good}", chat="Rum", admin=True)).text
    await small.wait(HOUR)
    assert "held for an hour" in (await small.tea("tim", f"!setup {old}", chat="Rum", admin=True)).text
    assert small.rooms() == ["general", "partners"]


async def test_a_code_is_read_as_people_write_it(small: Hall) -> None:
    code = await small.code()
    typed = code.lower().replace("-", " \u2013 ").replace("0", "o").replace("1", "l")
    assert (await small.tea("ana", f"!setup {typed}", admin=True)).verdict is Verdict.DONE


async def test_a_code_for_accounts_said_in_a_room_is_void(small: Hall) -> None:
    drawn = draw()
    with small.store.unit_of_work() as work:
        until = small.now + HOUR
        secret = Code(
            id=9, purpose=Purpose.LINK, digest=digest(drawn), platform="telegram", user="tom", expires_at=until
        )
        work.put(secret)
    assert (
        "A code that was said in a room is good for nothing any more"
        in (await small.tea("tom", f"!setup {drawn}", admin=True)).text
    )
    with small.store.reading() as work:
        assert work.all(Code) == []


async def test_a_code_in_its_own_group_says_so(small: Hall) -> None:
    answer = await small.say("ben", f"!setup {await small.code()}", room="partners", admin=True)
    assert answer.text.startswith("This room belongs to “Partnerships” already.")
    with small.store.reading() as work:
        assert work.all(Try) == []


async def test_who_does_not_administer_the_chat_lets_it_join_nothing(small: Hall) -> None:
    code = await small.code()
    assert (await small.tea("tom", f"!setup {code}")).text.startswith("Only whoever administers this chat")
    assert (await small.alone("tom", f"setup {code}")).text.startswith("Please say this in the room")
    assert (await small.tea("tom", f"!setup {code}", admin=True)).verdict is Verdict.DONE


async def test_five_wrong_codes_an_hour(small: Hall) -> None:
    good = await small.code()
    for _ in range(5):
        assert "no code I know" in (await small.tea("tom", "!setup ABCD-EFGH", admin=True)).text
    answer = await small.tea("tom", f"!setup {good}", admin=True)
    assert answer.text == "Those were too many wrong codes. You can try again from Mon 2 Mar 2026, 19:00 UTC on."
    assert (await small.tea("tim", f"!setup {good}", admin=True)).verdict is Verdict.DONE
    await small.wait(HOUR + MINUTE)
    assert "no code I know" in (await small.tea("tom", "!setup ABCD-EFGH", admin=True)).text
    with small.store.reading() as work:
        assert len(work.all(Try)) == 1


async def test_a_group_with_a_record_is_not_swallowed(hall: Hall) -> None:
    await hall.tea("tom", "!propose Buy a pot", admin=True)
    code = await hall.code()
    answer = await hall.tea("tom", f"!setup {code}", admin=True)
    assert answer.text.startswith("This room belongs to “Tea”, which has a record or other rooms of its own")
    assert "leave" in answer.text
    await hall.tea("tom", "!close P-1", admin=True)
    assert (await hall.tea("tom", "!leave yes", admin=True)).verdict is Verdict.DONE
    assert (await hall.tea("tom", f"!setup {code}", admin=True)).verdict is Verdict.DONE
    await hall.whisper("ana", "rooms yes")
    assert hall.rooms() == ["general", "partners", "Tea"]
    assert hall.groups() == ["Partnerships", "Tea"]
    assert "D-1 · Buy a pot" in (await hall.alone("tom", "decisions")).text
    assert hall.whole()


@pytest.mark.parametrize("said", ["!startmeeting Tea", "!action tom to buy a pot", "!agenda add The pot"])
async def test_nor_is_one_that_met_or_has_something_to_do(hall: Hall, said: str) -> None:
    assert (await hall.tea("tom", said, admin=True)).verdict is Verdict.DONE
    answer = await hall.tea("tom", f"!setup {await hall.code()}", admin=True)
    assert answer.text.startswith("This room belongs to “Tea”, which has a record or other rooms of its own")
    assert hall.groups() == ["Partnerships", "Tea"]
    assert hall.whole()


async def test_a_room_that_decided_while_it_waited_stays(small: Hall) -> None:
    await small.tea("tom", f"!setup {await small.code()}", admin=True)
    await small.tea("tom", "!propose Buy a pot", admin=True)
    assert (await small.whisper("ana", "rooms yes")).text.startswith("This room belongs to “Tea”")
    assert small.rooms() == ["general", "partners"]


# -- leaving ----------------------------------------------------------------------------------------------------------


async def test_a_room_leaves_and_the_group_keeps_its_record(hall: Hall) -> None:
    await joined(hall)
    await hall.say("ana", "!propose Meet monthly")
    await hall.tea("tim", press="p1:0")
    asked = await hall.tea("ana", "!leave")
    assert "who is only here no longer decides there" in asked.text
    assert hall.rooms() == ["general", "partners", "Tea"]
    ((button,),) = asked.buttons
    answer = await hall.tea("ana", press=button.press)
    assert answer.text.startswith("Tea (telegram) has left “Partnerships”.")
    assert hall.notices()[-1] == "Tea (telegram) is no room of this group any more; ana let it leave."
    assert hall.rooms() == ["general", "partners"]
    before = len(hall.told())
    await hall.say("ana", "!close P-1")
    assert len(hall.told()) == before
    assert "Passed: 1 agree" in hall.notices()[-1]
    assert (await hall.tea("tim", "!propose Another")).verdict is Verdict.DONE
    assert hall.groups() == ["Partnerships", "Tea"]
    assert hall.whole()


async def test_who_was_only_there_votes_no_more(small: Hall) -> None:
    await joined(small)
    await small.say("ana", "!propose Meet monthly")
    await small.tea("ana", "!leave yes")
    assert "not in the electorate" in (await small.alone("tim", "agree P-1")).text
    await small.say("ana", "!propose Meet weekly")
    with small.store.reading() as work:
        assert work.the(Poll, id=2).base == 2


async def test_a_room_comes_back_with_a_new_code(hall: Hall) -> None:
    await joined(hall)
    await hall.tea("ana", "!leave yes")
    assert (await hall.tea("ana", f"!setup {await hall.code()}", admin=True)).verdict is Verdict.DONE
    assert hall.rooms() == ["general", "partners", "Tea"]
    assert hall.groups() == ["Partnerships"]
    assert hall.whole()


async def test_who_facilitates_nothing_lets_no_room_leave(small: Hall) -> None:
    await joined(small)
    assert (await small.tea("tim", "!leave yes")).verdict is Verdict.REFUSED
    assert (await small.tea("tim", press="leave3:yes")).verdict is Verdict.REFUSED
    assert (await small.alone("tim", press="leave3:yes")).verdict is Verdict.REFUSED
    assert (await small.press("ana", "leave3:yes", room="general")).verdict is Verdict.REFUSED
    assert (await small.whisper("ana", "leave yes")).text.startswith("Please say this in the room")
    assert small.rooms() == ["general", "partners", "Tea"]


async def test_the_last_room_of_what_is_open_stays(small: Hall) -> None:
    await small.say("ana", "!propose Meet monthly")
    await small.say("ana", "!leave yes", room="partners")
    for words in ("!leave", "!leave yes"):
        assert "P-1 is not closed yet" in (await small.say("ana", words)).text
    await small.say("ana", "!close P-1")
    assert (await small.say("ana", "!leave yes")).verdict is Verdict.DONE
    assert "D-1" in (await small.whisper("ana", "decisions")).text
    assert "has no room any more" in (await small.whisper("ana", "propose Meet weekly")).text
    assert "meets nowhere" in (await small.whisper("ana", "rooms")).text
    code = code_in((await small.whisper("ana", "setup")).text)
    assert (await small.tea("ana", f"!setup {code}", admin=True)).verdict is Verdict.DONE
    assert small.rooms() == ["Tea"]
    assert small.whole()


async def test_a_tap_in_a_room_that_has_left_counts_for_nobody(small: Hall) -> None:
    """The platform tells of it without the chat."""
    await joined(small)
    await small.say("ana", '!poll --by straw "Tea?" "Yes" "No"')
    with small.store.unit_of_work() as work:
        room, post = work.the(Room, id=3), Post(id=999, group_id=1, kind=PostKind.NATIVE, poll_id=1, room_id=3)
        work.put(replace(post, message="m9", live=False))
    await small.tea("ana", "!leave yes")
    tap = Request(key="tap", platform=room.platform, chat="", user="tim", taps=(0,), reply_to="m9")
    assert (await small.app.handle(tap)).verdict is Verdict.NOTHING
    with small.store.reading() as work:
        assert work.all(Presence, room_id=3) == []
        assert work.all(Ballot) == []


# -- the last facilitator ---------------------------------------------------------------------------------------------


async def test_the_group_is_told_when_its_last_facilitator_leaves(small: Hall) -> None:
    await small.leave("ana", "partners")
    await small.settle()
    assert small.notices("partners") == []
    await small.leave("ana")
    await small.leave("ana")
    await small.settle()
    assert [one[:32] for one in small.notices()] == ["The last facilitator has left. W"]
    assert (await small.say("ben", "!members ben facilitator")).verdict is Verdict.REFUSED
    assert (await small.say("ben", "!members ben facilitator", admin=True)).verdict is Verdict.DONE
    assert (await small.say("ben", "!members ana member")).verdict is Verdict.DONE
    assert small.whole()


# -- announcing -------------------------------------------------------------------------------------------------------


async def test_where_things_are_only_told_nobody_votes(small: Hall) -> None:
    await joined(small)
    await small.say("ana", "!propose Meet monthly")
    assert (await small.tea("ana", "!rooms announce on")).text.startswith("In this room I only tell")
    card = [one for one in small.shown if one.where == "!Tea" and one.text.startswith("P-1 ·")][-1]
    assert "Here it is only told. To vote: general (matrix), partners (telegram)" in card.text
    assert "Press below" not in card.text
    assert not card.buttons
    for words, press in (("!agree P-1", ""), ("+1", ""), ("!propose Tea", ""), ("", "p1:0"), ("!members", "")):
        answer = await small.tea("tim", words, press=press)
        assert (
            answer.text == "In this room things are only told. Please do it here: general (matrix), partners (telegram)"
        )
        assert (await small.tea("ana", words, press=press)).verdict is (
            Verdict.DONE if words == "!members" else Verdict.REFUSED
        )
    assert (await small.tea("tim", "what a day")).verdict is Verdict.NOTHING
    assert "not in the electorate" in (await small.alone("tim", "agree P-1")).text
    await small.say("ben", "+1")
    await small.say("ana", "!close P-1")
    assert small.told()[-1].startswith("D-1 · Meet monthly")
    assert small.whole()


async def test_who_comes_where_things_are_only_told_is_no_member(small: Hall) -> None:
    await joined(small)
    await small.tea("ana", "!rooms announce on")
    with small.store.reading() as work:
        before = len(work.all(Member))
    await small.tea("eve", "hello")
    await small.tea("eve", "!agree P-1")
    arrivals = Arrivals(joined=(("eva", "Eva"),), size=40)
    await small.app.handle(Request(key="come", platform="telegram", chat="!Tea", user="tom", arrivals=arrivals))
    await small.say("ana", "!propose Meet monthly")
    with small.store.reading() as work:
        assert len(work.all(Member)) == before
        assert work.the(Poll, id=1).base == 2
    await small.tea("ana", "!rooms announce off")
    card = [one for one in small.shown if one.where == "!Tea" and one.text.startswith("P-1 ·")][-1]
    assert card.buttons
    assert (await small.tea("tim", press="p1:0")).verdict is Verdict.DONE
    assert small.whole()


async def test_somewhere_people_must_be_able_to_vote(small: Hall) -> None:
    await small.say("ana", "!rooms announce on", room="partners")
    answer = await small.say("ana", "!rooms announce on")
    assert answer.text == "People have to be able to vote somewhere, and this is the last room for it."
    assert (await small.say("ben", "!rooms announce on")).verdict is Verdict.REFUSED
    assert (await small.whisper("ana", "rooms announce on")).text.startswith("Please say this in the room")
    await small.say("ana", "!propose Meet monthly")
    assert "is the last room where" in (await small.say("ana", "!leave yes")).text


async def test_a_poll_of_matrix_itself_ends_where_things_are_only_told(small: Hall) -> None:
    await small.say("ana", '!poll "Where?" "Berlin" "Oslo"')
    await small.say("ana", "!rooms announce on")
    with small.store.reading() as work:
        (native,) = work.all(Post, kind=PostKind.NATIVE)
        assert (native.live, work.the(Poll, id=1).status) == (False, Status.OPEN)
    await small.say("ana", "!rooms announce off")
    with small.store.reading() as work:
        assert len(work.all(Post, kind=PostKind.NATIVE)) == 2


async def test_rooms_are_listed_with_what_they_are(small: Hall) -> None:
    await joined(small)
    await small.tea("ana", "!rooms announce on")
    with small.store.unit_of_work() as work:
        work.put(replace(work.the(Room, id=2), gone_at=small.now))
    assert (await small.say("ben", "!rooms")).text.splitlines() == [
        "Partnerships meets in:",
        "general (matrix) · members: 2",
        "partners (telegram) – I am no longer there · members: 2",
        "Tea (telegram) · members: 3 · only told",
    ]
    assert (await small.say("ben", "!rooms perhaps")).verdict is Verdict.REFUSED


async def test_who_administers_a_room_is_no_facilitator_by_it(small: Hall) -> None:
    """In their room they may do what facilitators do, and nowhere else."""
    await joined(small)
    await small.say("ana", "!propose Meet monthly")
    assert (await small.alone("tom", "close P-1")).verdict is Verdict.REFUSED
    assert (await small.tea("tom", "!close P-1", admin=True)).verdict is Verdict.DONE


async def test_a_conversation_goes_on_when_its_first_room_has_left(sqlite_store: Store) -> None:
    hall = Hall(sqlite_store, ANA, BEN, Person(name="cem"))
    await hall.say("ana", "!leave yes")
    assert (await hall.say("cem", "!rooms", room="partners")).verdict is Verdict.DONE
    assert hall.whole()
