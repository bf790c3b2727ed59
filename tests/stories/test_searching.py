"""Searching: what was said is found again, by whoever may see it, a page at a time."""

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.base import Verdict
from adapters.console.conversation import Person as Declared
from bot import telling
from bot.__main__ import main
from bot.app import App
from decisions.model import Group, Openness, Poll, Revision, Sought
from storage.store import Store
from tests.house import House

GARDENS = ("A rose", "Our school", "Water for the", "Tools in a", "Sell the", "Fences round his", "An orchard, no")
"""More than a page of proposals."""

ROOMS = {"general": "matrix", "partners": "telegram"}


@pytest.fixture
async def talked(sqlite_store: Store) -> House:
    """A group that has decided and argued."""
    house = House(sqlite_store, ROOMS, (Declared(name="ana", role="facilitator"),), limits=None)
    await house.say("ana", "!propose Translate the statement into 12 languages\n  The budget is small")
    await house.say("ben", "!agree P-1 because translating worked in 2019")
    await house.say("cem", "!concern P-1 Who checks the translations?")
    await house.say("ana", "!propose Rent a hall")
    return house


async def test_what_was_said_is_found_and_told_alone(talked: House) -> None:
    answer = await talked.say("ben", "!search translations")
    assert (answer.verdict, answer.looked, answer.buttons) == (Verdict.DONE, True, ())
    assert "“translations”: one thing found, page 1 of 1" in answer.text
    assert "P-1 · Translate the statement into 12 languages\nproposal · ana · Mon 2 Mar" in answer.text
    assert "2 more places in it" in answer.text
    assert "reason · ben" in (await talked.say("ben", "!search 2019")).text
    assert "I find nothing for “elephants”" in (await talked.say("ben", "!search elephants")).text


async def test_filters_are_understood_in_ones_own_language(talked: House) -> None:
    assert "reason · ben" in (await talked.say("ana", "!search translate by:ben kind:reasons")).text
    assert "P-2" in (await talked.say("ana", "!search by:me kind:proposal hall since:2026-03-02 until:2026-03-02")).text
    assert "one thing" in (await talked.say("ben", "!search by:me")).text
    assert "nothing" in (await talked.say("ana", "!search kind:decision hall")).text
    assert "P-2" in (await talked.say("ana", "!search outcome:open group:partner hall since:30d")).text
    await talked.say("ben", "!language fr")
    said = (await talked.say("ben", "!chercher de:moi type:raison")).text
    assert "raison · ben" in said
    assert "« 2 »" not in said


REFUSED = {
    "!search": "The words are missing",
    "!search a": "“a” is in too much",
    '!search "': '“"” is in too much',
    '!search "" ?': '“"" ?” is in too much',
    "!search " + "b" * 10_000: "too much to look for: at most 300",
    "!search " + "ab " * 40: "at most 300 letters and 32 words",
    "!search x kind:poem": "Behind kind: I do not know “poem”. There are: decision,",
    "!search x outcome:sad": "Behind outcome: I do not know “sad”",
    "!search x since:someday": "“someday” is no day, month or year",
}


async def test_what_nobody_can_look_for_is_refused(talked: House) -> None:
    for said, why in REFUSED.items():
        answer = await talked.say("ana", said)
        assert (answer.verdict, why in answer.text) == (Verdict.REFUSED, True), (said[:30], answer.text)
    for said in ("!search AND OR NOT (x", "!search http://x", "!search 100% *", "!search 茶"):
        assert (await talked.say("ana", said)).verdict is Verdict.DONE, said


async def test_an_id_is_shown(talked: House) -> None:
    assert (await talked.say("ben", "!search P-1")).text == (await talked.say("ben", "!show P-1")).text


# -- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
async def long(talked: House) -> House:
    """A group with more than a page of proposals about the same."""
    for place, what in enumerate(GARDENS):
        await talked.say(("ana", "ben", "cem")[place % 3], f"!propose {what} garden")
    return talked


async def test_pages_are_turned_by_button_and_by_word(long: House) -> None:
    first = await long.say("ben", "!search garden")
    assert f"{len(GARDENS)} things found, page 1 of 2" in first.text
    assert first.text.endswith("group:NAME")
    ((turned,),) = first.buttons
    second = await long.press("ben", turned.press)
    assert "page 2 of 2" in second.text
    assert [one.press for row in second.buttons for one in row] == ["find1:1"]
    await long.say("ben", "!search garden")
    assert "page 2 of 2" in (await long.say("ben", "!search more")).text
    assert "page 2 of 2" in (await long.say("ben", "!search more")).text
    long.app = App(long.store, long.app.clock)  # after a restart
    assert "page 1 of 2" in (await long.press("ben", "find2:1")).text


async def test_only_whoever_searched_turns_the_page(long: House) -> None:
    await long.say("ben", "!search garden")
    assert "an earlier search" in (await long.press("cem", "find1:2")).text
    await long.say("ben", "!search hall")
    assert "an earlier search" in (await long.press("ben", "find1:2")).text
    assert "nothing" in (await long.say("cem", "!search more")).text
    with long.store.reading() as work:
        assert {(one.user, one.words) for one in work.all(Sought)} == {("ben", "hall"), ("cem", "more")}
    assert "I have forgotten you" in (await long.say("ben", "!forget me now")).text
    with long.store.reading() as work:
        assert [one.user for one in work.all(Sought)] == ["cem"]


# -- who may see it ---------------------------------------------------------------------------------------------------


@pytest.fixture
def beside(talked: House) -> House:
    """Another group, whose members alone may see what it decides."""
    with talked.store.unit_of_work() as work:
        group = replace(work.the(Group, id=1), id=2, name="Board", head="", lines=0)
        poll = replace(work.the(Poll, id=1), id=9, group_id=2, number=4)
        work.put(group, poll, replace(work.the(Revision, poll_id=1, number=1), poll_id=9, title="Buy a parrot"))
    return talked


async def test_nothing_of_another_group_is_told_unless_it_is_public(beside: House) -> None:
    for ask in (beside.say("ana", "!search parrots"), beside.whisper("ana", "search parrots group:board")):
        assert "nothing" in (await ask).text
    with beside.store.unit_of_work() as work:
        work.put(replace(work.the(Group, id=2), openness=Openness.PUBLIC))
    for ask in (beside.say("ana", "!search parrots"), beside.whisper("ana", "search parrots group:board")):
        said = (await ask).text
        assert "P-4 · Buy a parrot" in said
        assert "· Board" in said


async def test_who_left_turns_no_page_of_the_room(long: House) -> None:
    await long.say("ben", "!search garden")
    await long.leave("ben")
    assert "nothing" in (await long.whisper("ben", "search more")).text


# -- the command line -------------------------------------------------------------------------------------------------


def line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *asked: str) -> tuple[int, str]:
    """The exit code of a command, and what it says."""
    monkeypatch.setattr("sys.argv", ["folkmoot", "search", *asked])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0), capsys.readouterr().out


async def test_the_command_line_finds_it_in_all_groups(
    beside: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOLKMOOT_DATABASE_URL", beside.store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("FOLKMOOT_DATA", str(tmp_path))
    telling.settings.cache_clear()
    before = signal.getsignal(signal.SIGPIPE)
    code, said = line(capsys, monkeypatch, "parrot")
    assert (code, "P-4 · Buy a parrot" in said) == (0, True)
    code, said = line(capsys, monkeypatch, "translate", "by:ben", "--group", "1", "--json")
    (one,) = json.loads(said)["found"]
    assert (one["id"], one["kind"], one["marked"], one["by"]) == ("P-1", "reason", ["translating"], "ben")
    assert [line(capsys, monkeypatch, one)[0] for one in ("elephants", "kind:poem", " ")] == [1, 2, 2]
    telling.settings.cache_clear()
    signal.signal(signal.SIGPIPE, before)
