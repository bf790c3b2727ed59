"""Stories of exports in the chat: a file for whoever asks, alone, or for the whole room where a facilitator says so."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest

from adapters.base import File, Verdict
from adapters.console.conversation import Person
from bot.acts import export as acts
from bot.export import FORMS
from storage.store import Store
from tests.house import House

PEOPLE = (
    Person(name="ana", role="facilitator", language="en"),
    Person(name="ben", language="fr", zone="Europe/Paris"),
    Person(name="cem"),
)


@pytest.fixture
async def house(sqlite_store: Store) -> House:
    """D-1 was decided on the second of March, D-2 a month later; M-1 was held on that day."""
    house = House(sqlite_store, people=PEOPLE)
    await house.say("ana", "!propose Paint the door\nGreen.")
    await house.say("ben", "!agree P-1 Enfin")
    await house.say("ana", "!close P-1")
    await house.wait(timedelta(days=31))
    await house.say("ana", "!propose Buy a lamp")
    await house.say("ana", "!close P-2")
    await house.say("ana", "!startmeeting Spring")
    await house.say("ana", "#action ben to buy the lamp")
    await house.say("ana", "!endmeeting")
    return house


async def asked(house: House, who: str, words: str, room: str = "general") -> File:
    answer = await house.say(who, words, room)
    assert answer.file is not None, answer.text
    assert answer.verdict is Verdict.DONE
    return answer.file


async def ids(house: House, words: str) -> dict[str, list[str]]:
    whole = json.loads((await asked(house, "ana", f"!export json {words}")).text)
    return {kind: [one["id"] for one in whole[kind]] for kind in ("decisions", "meetings", "actions", "lessons")}


async def test_the_record_is_handed_to_whoever_asks_alone(house: House) -> None:
    file = await asked(house, "cem", "!export")
    assert (file.name, file.kind) == ("folkmoot-1.md", "text/markdown")
    assert "## D-1 · Paint the door" in file.text
    assert house.files("cem") == [file]
    assert not [one for one in house.shown if one.file and one.where == "general"]
    assert "export json, csv, md, wikitext, html or ics" in house.private("cem")[-1]


async def test_it_comes_in_every_form(house: House) -> None:
    for form in FORMS:
        file = await asked(house, "cem", f"export {form}", room="")
        assert file.name.startswith("folkmoot-1")
        assert file.raw
    with zipfile.ZipFile(io.BytesIO((await asked(house, "cem", "!export csv")).raw)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("decisions.csv").decode(), newline="")))
        assert [one["id"] for one in rows] == ["D-1", "D-2"]
        assert set(archive.namelist()) == {f"{one}.csv" for one in (
            "decisions", "revisions", "ballots", "concerns", "discussion", "reviews", "meetings", "notes", "actions", "lessons",
            "reuses",
        )}  # fmt: skip


async def test_a_part_of_it_by_period_and_kind(house: House) -> None:
    assert await ids(house, "--since 2026-03-03") == {
        "decisions": ["D-2"],
        "meetings": ["M-1"],
        "actions": ["A-1"],
        "lessons": [],
    }
    assert (await ids(house, "--until 2026-03"))["decisions"] == ["D-1"]
    assert (await ids(house, "--until 2026-03-02"))["decisions"] == ["D-1"]
    assert (await ids(house, "--until 2026-03-01"))["decisions"] == []
    assert (await ids(house, "--since 2026 --until 2026"))["decisions"] == ["D-1", "D-2"]
    only = await ids(house, "--kind meetings,actions")
    assert (only["decisions"], only["meetings"], only["actions"]) == ([], ["M-1"], ["A-1"])
    text = (await asked(house, "ana", "!export md --kind action")).text
    assert "To be done" in text
    assert "Paint" not in text


async def test_it_is_in_the_language_of_whoever_asks_or_in_the_one_they_name(house: House) -> None:
    assert "# Les archives de" in (await asked(house, "ben", "export", room="")).text
    assert "20:00 CET" not in (await asked(house, "cem", "export", room="")).text
    assert "19:00" in (await asked(house, "ben", "export", room="")).text  # Paris
    assert "# El registro de" in (await asked(house, "ana", "!export md --language es")).text
    assert '<div lang="ar" dir="rtl"' in (await asked(house, "ana", "!export wikitext --language ar")).text


async def test_each_language_has_its_own_words_for_it(house: House) -> None:
    whole = json.loads((await asked(house, "ben", "exporter json --kind réunions,tâches", room="")).text)
    assert (whole["decisions"], len(whole["meetings"]), len(whole["actions"])) == ([], 1, 1)


async def test_a_facilitator_hands_it_to_the_room(house: House) -> None:
    file = await asked(house, "ana", "!export md here")
    (shown,) = (one for one in house.shown if one.file)
    assert (shown.kind, shown.where, shown.file) == ("send", "general", file)
    assert shown.text == "The record of “Partnerships”: folkmoot-1.md"
    assert house.files("ana") == []


async def test_nobody_else_hands_it_to_the_room(house: House) -> None:
    assert (await house.say("cem", "!export here")).verdict is Verdict.REFUSED
    assert (await house.whisper("ana", "export here")).verdict is Verdict.REFUSED
    assert "in that room" in house.private("ana")[-1]
    assert not [one for one in house.shown if one.file]


async def test_what_cannot_be_is_refused_with_what_can(house: House) -> None:
    for words, said in (
        ("pdf", "json, csv, md, wikitext, html, ics"),
        ("md json", "md json"),
        ("--kind votes", "decisions, meetings, actions, lessons"),
        ("--since yesterday", "2026-03-01"),
        ("--since 2026-02-30", "2026-02-30"),
        ("--since 0000", "0000"),
        ("--until 9999", "9999"),
        ("--since 2026-05 --until 2026-03", "From 2026-05 until 2026-03"),
        ("--language xx", "xx"),
        ("--colour red", "--since"),
    ):
        answer = await house.say("cem", f"!export {words}")
        assert answer.verdict is Verdict.REFUSED, words
        assert said in answer.text, words


async def test_what_is_too_large_is_refused_before_it_is_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "MOST", 2)
    answer = await house.say("cem", "!export")
    assert answer.verdict is Verdict.REFUSED
    assert "--since" in answer.text
    assert (await house.say("cem", "!export --kind decisions")).file is not None
    monkeypatch.setattr(acts, "LARGEST_FILE", 100)
    assert (await house.say("cem", "!export --kind decisions")).verdict is Verdict.REFUSED


async def test_who_is_in_none_of_its_rooms_any_more_gets_nothing(house: House) -> None:
    await house.leave("cem")
    answer = await house.whisper("cem", "export json")
    assert (answer.verdict, answer.file) == (Verdict.REFUSED, None)
    assert (await house.elsewhere("zoe", "export", chat="")).file is None
    assert (await house.elsewhere("zoe", "export --group Partnerships", chat="")).file is None
