"""Noting: what is noted in a meeting, decided in it, and put on its agenda."""

import pytest_asyncio

from adapters.base import Verdict
from decisions.model import (
    Action,
    ActionStatus,
    AgendaItem,
    Note,
    Owner,
    Stage,
    Tag,
)
from storage.store import Store
from tests.house import House
from tests.stories.held import hall, log, notes, said, stage


@pytest_asyncio.fixture
async def house(store: Store) -> House:
    return hall(store)


# -- tags ---------------------------------------------------------------------------------------------------------------


async def test_each_tag_is_noted_and_the_room_is_told_nothing(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    before = house.notices()
    for one in ("#topic Rent", "^info it is up", "- idea: move out", "Agreed: we move", "!rejected staying",
                "/todo Cem looks for a house", "#halp find a van", "https://example.org houses"):  # fmt: skip
        assert (await house.say("ben", one)).verdict is Verdict.DONE, one
    assert house.notices() == before
    assert house.private("ben")[1:3] == ["Noted: Rent", "Noted: it is up"]  # a sign, where there are signs
    assert notes(house) == [
        ("topic", "Rent"),
        ("info", "it is up"),
        ("idea", "move out"),
        ("agreed", "we move"),
        ("rejected", "staying"),
        ("action", "Cem looks for a house"),
        ("help", "find a van"),
        ("link", "https://example.org houses"),
    ]
    with house.store.reading() as work:
        (action,) = work.all(Action)
        assert (action.meeting_id, work.all(Note, action_id=action.id)[0].tag) == (1, Tag.ACTION)
        assert {one.under for one in work.all(Note)} == {0, 1}


async def test_several_tags_in_one_message(house: House) -> None:
    await house.say("ben", "#startmeeting Budget\n#topic Rent\nit is late\n#info it is up\n#endmeeting")
    assert notes(house) == [("topic", "Rent"), ("info", "it is up")]
    assert stage(house) is Stage.ENDED


async def test_all_tags_of_a_message_or_none(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    answer = await house.say("cem", "#info it is up\n#topic Rent\n#idea move out")
    assert answer.verdict is Verdict.REFUSED
    assert answer.text.startswith("Line 2, “topic Rent”: That is for those who lead the meeting: ben.")
    assert notes(house) == []


async def test_tags_are_talk_where_no_meeting_runs(house: House) -> None:
    for one in ("#topic Rent", "- info: it is up", "present+", "q+", "Topic: Rent", "#help me", "https://example.org"):
        assert (await house.say("ben", one)).verdict is Verdict.NOTHING, one
    for one in ("!topic Rent", "/info it is up", "#endmeeting"):
        answer = await house.say("ben", one)
        assert "startmeeting" in answer.text, one
    assert notes(house) == []


async def test_commands_stay_what_they_were(house: House) -> None:
    await house.say("ana", "#startmeeting Budget")
    await house.say("ana", "!propose Move out")
    await house.say("ben", "!agree P-1")
    await house.say("cem", "#agree P-1")
    assert "cem" in house.card()
    assert "ben" in house.card()
    await house.say("ben", "#agree we move")
    await house.say("ben", "#agreed P2 is the car park we use")
    assert said(house, Tag.AGREED) == ["we move", "P2 is the car park we use"]
    assert "agree P-7" in (await house.say("ben", "!help agree")).text
    await house.say("ben", "!help with the van")
    assert said(house, Tag.HELP) == ["with the van"]
    await house.say("ben", "!link https://example.org")
    assert said(house, Tag.LINK) == ["https://example.org"]
    assert (await house.say("ben", "#info so\n!agree P-1")).verdict is Verdict.REFUSED
    assert said(house, Tag.INFO) == []


async def test_an_action_that_is_there_is_changed_by_its_id(house: House) -> None:
    await house.say("cem", "hi")
    await house.say("ana", "#startmeeting Budget")
    await house.say("ana", "#action find a van")
    await house.say("ana", "!action cem to find a house")
    assert (await house.say("ana", "#action A-1 to cem")).verdict is Verdict.DONE
    assert (await house.say("ana", "!action A-1 by 2026-12-04")).verdict is Verdict.DONE
    assert said(house, Tag.ACTION) == ["find a van", "cem to find a house"]
    with house.store.reading() as work:
        assert [one.due for one in work.all(Action)] == ["2026-12-04", ""]
        assert {one.action_id for one in work.all(Owner)} == {1, 2}


async def test_undo_takes_out_ones_own_last_note_and_a_chair_anybodys(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "#info one")
    await house.say("ben", "#info two")
    await house.say("cem", "#action three")
    await house.say("ben", "#undo")
    await house.say("cem", "#undo")
    assert said(house) == ["two"]
    assert (await house.say("cem", "#undo")).verdict is Verdict.REFUSED
    with house.store.reading() as work:
        assert work.all(Action)[0].status is ActionStatus.DROPPED
        assert len(work.all(Note)) == 3


async def test_an_edited_message_changes_what_it_noted_and_a_removed_one_undoes_it(house: House) -> None:
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "#info it is up\n#idea move", message="m1")
    await house.edit("cem", "m1", "#info it is down")
    assert notes(house) == [("info", "it is down")]
    await house.edit("cem", "m1", "#info it is down\n#link https://example.org")
    assert notes(house) == [("info", "it is down"), ("link", "https://example.org")]
    await house.edit("ben", "m1", "#info hijacked")
    assert said(house, Tag.INFO) == ["it is down"]
    await house.remove("cem", "m1")
    assert notes(house) == []
    assert log(house) == []


async def test_who_leads_no_more_sets_no_topic_by_an_edit_either(house: House) -> None:
    await house.say("ana", "#startmeeting Budget")
    await house.say("ben", "hi")
    await house.say("ana", "#chair ben")
    await house.say("ben", "#topic Rent", message="m1")
    await house.say("ana", "#unchair ben")
    assert (await house.edit("ben", "m1", "#topic Mine")).verdict is Verdict.REFUSED
    assert said(house, Tag.TOPIC) == ["Rent"]


async def test_the_log_follows_edits_and_leaves_out_what_is_off_the_record(house: House) -> None:
    await house.say("ben", "before", message="m0")
    await house.say("ben", "#startmeeting Budget")
    await house.say("cem", "helo", message="m1")
    await house.say("cem", "Off the record: I am tired")
    await house.edit("cem", "m1", "hello")
    await house.edit("ben", "m0", "#info before")
    assert log(house) == ["hello"]
    assert notes(house) == []
    await house.edit("cem", "m1", "hello, off the record")
    assert log(house) == []


# -- decisions ----------------------------------------------------------------------------------------------------------


async def test_what_is_decided_in_a_meeting_stands_in_it(house: House) -> None:
    await house.say("ana", "#startmeeting Budget")
    for words, end in (("Move out", "RESOLVED: Move out"), ("Buy a van", "#agreed Buy a van"), ("Paint", "!close P-3")):
        await house.say("ana", f"PROPOSAL: {words}")
        await house.say("ben", "+1")
        await house.say("ana", end)
    with house.store.reading() as work:
        assert [one.poll_id for one in work.all(Note, tag=Tag.DECISION)] == [1, 2, 3]
    assert said(house, Tag.AGREED) == []
    await house.say("ana", "#endmeeting")
    await house.say("ana", "PROPOSAL: Later")
    await house.say("ana", "RESOLVED: Later")
    with house.store.reading() as work:
        assert len(work.all(Note, tag=Tag.DECISION)) == 3


# -- the agenda ---------------------------------------------------------------------------------------------------------


async def test_the_agenda_takes_items_and_carries_over_what_was_not_reached(house: House) -> None:
    await house.say("ben", "!agenda Rent\nA van\nPaint")
    await house.say("cem", "!agenda add Summer party")
    assert (await house.say("cem", "!agenda drop 1")).verdict is Verdict.REFUSED
    await house.say("ben", "!agenda drop 3")
    await house.say("ben", "#startmeeting Budget")
    assert house.notices()[-1].endswith("1. Rent\n2. A van\n3. Summer party")
    await house.say("ben", "#topic next\n#action Cem: ask the landlord")
    await house.say("ben", "#topic Summer party")
    assert said(house, Tag.TOPIC) == ["Rent", "Summer party"]
    await house.say("ben", "#undo")
    await house.say("ben", "#endmeeting")
    shown = (await house.say("ben", "!agenda")).text
    assert shown.split("\n") == [
        "The agenda of the next meeting",
        "Left over from before:",
        "1. A van",
        "2. Summer party",
        "Still to be done:",
        "A-1 Cem: ask the landlord",
    ]
    await house.say("ben", "#startmeeting Again\n#topic 1")
    assert said(house, Tag.TOPIC) == ["Rent", "A van"]
    with house.store.reading() as work:
        assert [one.reached for one in work.all(AgendaItem) if not one.dropped] == [1, 2, None]


async def test_an_item_is_put_for_a_certain_meeting(house: House) -> None:
    await house.say("ana", "#startmeeting First")
    await house.say("ben", "!agenda M-1 Rent")
    await house.say("ana", "#topic rent.")
    assert said(house, Tag.TOPIC) == ["Rent"]
    await house.say("ana", "#endmeeting")
    assert (await house.say("ben", "!agenda M-1 Too late")).verdict is Verdict.REFUSED
    assert (await house.say("ben", "!agenda M-9 Nowhere")).verdict is Verdict.REFUSED
    assert (await house.say("ben", "!agenda drop 7")).verdict is Verdict.REFUSED


async def test_what_w3cs_groups_write_is_understood(house: House) -> None:
    await house.say("ana", "#startmeeting WG")
    before = len(house.notices())
    assert (await house.say("ben", "agenda+ Fees of next year", room="chat")).verdict is Verdict.DONE
    assert (await house.say("ben", "Agenda: https://lists.example.org/agenda.html")).verdict is Verdict.DONE
    assert (await house.say("ana", "scribe+ ben")).verdict is Verdict.DONE
    assert (await house.say("ana", "agenda+")).verdict is Verdict.REFUSED
    for noise in (
        "rrsagent, make minutes",
        "zakim, who is on the call?",
        "s/foo/bar/",
        "agenda: as last time",
        "agenda? ",
    ):
        assert (await house.say("ana", noise)).verdict is Verdict.NOTHING, noise
    await house.say("ana", "Topic: next")
    assert notes(house) == [("link", "https://lists.example.org/agenda.html"), ("topic", "Fees of next year")]
    assert len(house.notices()) == before


async def test_the_agenda_of_w3cs_groups_is_talk_where_no_meeting_runs(house: House) -> None:
    assert (await house.say("ana", "agenda+ Fees")).verdict is Verdict.NOTHING
    assert (await house.say("ana", "Agenda: https://lists.example.org/agenda.html")).verdict is Verdict.NOTHING
