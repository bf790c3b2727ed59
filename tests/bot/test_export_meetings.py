"""What leaves as a file of meetings and of what is to be done: all of it, key by key, and nobody's words as markup."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.console.conversation import Person
from decisions.model import Group, Slot, Suits
from storage.store import Store
from tests.exported import export
from tests.house import START, House
from tests.stories.coming import to_come

PEOPLE = (Person(name="ana", role="facilitator", affiliate="WMDE"), Person(name="ben"), Person(name="cem"))


def exported(house: House, form: str = "json", since: datetime | None = None) -> str:
    with house.store.reading() as work:
        return export(work, work.all(Group)[0], form, house.now, since)


def read(house: House, since: datetime | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(house, since=since))
    return found


@pytest.fixture
async def house(sqlite_store: Store) -> House:
    """M-1 was held; M-2 is to come, and was chosen among two times."""
    house = House(sqlite_store, people=PEOPLE)
    await house.say("ana", "!propose Paint the door")
    await house.say("ana", "!startmeeting Budget of <b>2027</b>")
    await house.say("ana", "#topic Rent")
    await house.say("ben", "#info The rent is *up*\nwe said")
    await house.say("ben", "#idea A garden")
    await house.say("ben", "#undo")
    await house.say("cem", "#regrets+")
    await house.say("ana", "#guest Zoe")
    await house.say("ana", "#agreed We pay")
    await house.say("ana", "#action ben to pay the rent by 2026-04-01")
    await house.say("ana", "#close P-1")
    await house.say("ana", "!close P-1")
    await house.wait(timedelta(minutes=30))
    await house.say("ana", "!endmeeting")
    await house.say("ana", "!correct M-1 It was two rents")
    await house.say("ben", "!action ana to write to Zoe")
    await house.say("ana", "!done A-2 She answered")
    _to_come(house)
    await house.whisper("ben", "rsvp M-2 yes")
    await house.whisper("cem", "rsvp M-2 no")
    return house


def _to_come(house: House) -> None:
    at = START + timedelta(days=3)
    more = {"by": 2, "text": "What to sow", "place": "The garden"}
    to_come(house, 2, "Spring", at, **more, zone="Europe/Berlin", wall="2026-03-05T19:00")
    slot = Slot(meeting_id=2, number=1, wall="2026-03-05T19:00", starts_at=at, by=None)
    suits = Suits(meeting_id=2, slot=1, member_id=1, mark=2, at=house.now)
    with house.store.unit_of_work() as work:
        work.put(
            slot, replace(slot, number=2, starts_at=at + timedelta(hours=1)), replace(slot, number=3, dropped=True)
        )
        work.put(suits, replace(suits, member_id=2, mark=1), replace(suits, member_id=3, mark=0))
        work.put(replace(suits, slot=2), replace(suits, slot=3))


async def test_a_meeting_that_was_held(house: House) -> None:
    held, _ = read(house)["meetings"]
    assert {name: held[name] for name in ("id", "title", "stage", "zone", "wall", "minutes", "slots", "rsvp")} == {
        "id": "M-1",
        "title": "Budget of <b>2027</b>",
        "stage": "ended",
        "zone": "UTC",
        "wall": "2026-03-02T18:00",
        "minutes": 60,
        "slots": [],
        "rsvp": {"yes": 0, "maybe": 0, "no": 0},
    }
    times = ("starts_at", "started_at", "ended_at")
    assert [held[name] for name in times] == ["2026-03-02T18:00:00Z", "2026-03-02T18:00:00Z", "2026-03-02T18:30:00Z"]
    assert [one["member"] for one in held["people"]] == ["ana", "ben"]
    assert held["people"][0]["affiliate"] == "WMDE"
    assert [one["member"] for one in held["regrets"]] == ["cem"]
    assert held["guests"] == ["Zoe"]
    assert [(one["tag"], one["text"], one["by"]) for one in held["notes"]] == [
        ("topic", "Rent", "ana"),
        ("info", "The rent is *up*", "ben"),
        ("agreed", "We pay", "ana"),
        ("action", "ben to pay the rent by 2026-04-01", "ana"),
        ("decision", "Paint the door", "ana"),
    ]
    assert [(one["id"], one["title"]) for one in held["decisions"]] == [("D-1", "Paint the door")]
    assert [(one["text"], one["by"]) for one in held["corrections"]] == [("It was two rents", "ana")]
    assert held["log"] == []  # what was said is no part of it


async def test_a_meeting_to_come(house: House) -> None:
    _, coming = read(house)["meetings"]
    assert {name: coming[name] for name in ("id", "title", "text", "place", "stage", "zone", "wall", "rsvp")} == {
        "id": "M-2",
        "title": "Spring",
        "text": "What to sow",
        "place": "The garden",
        "stage": "set",
        "zone": "Europe/Berlin",
        "wall": "2026-03-05T19:00",
        "rsvp": {"yes": 1, "maybe": 0, "no": 1},
    }
    assert coming["slots"] == [
        {"number": 1, "starts_at": "2026-03-05T18:00:00Z", "yes": 1, "if_need_be": 1, "no": 1},
        {"number": 2, "starts_at": "2026-03-05T19:00:00Z", "yes": 1, "if_need_be": 0, "no": 0},
    ]
    assert (coming["started_at"], coming["notes"]) == (None, [])


async def test_what_is_to_be_done(house: House) -> None:
    first, second = read(house)["actions"]
    assert {name: first[name] for name in ("id", "meeting", "owners", "due", "status", "why", "by")} == {
        "id": "A-1",
        "meeting": "M-1",
        "owners": ["ben"],
        "due": "2026-04-01",
        "status": "open",
        "why": "",
        "by": "ana",
    }
    kept = [second[name] for name in ("id", "meeting", "owners", "status", "why", "closed_at")]
    assert kept == ["A-2", None, ["ana"], "done", "She answered", "2026-03-02T18:30:00Z"]


async def test_since_leaves_out_what_is_over(house: House) -> None:
    later = read(house, START + timedelta(days=1))
    assert [one["id"] for one in later["meetings"]] == ["M-2"]
    assert [one["id"] for one in later["actions"]] == ["A-1"]  # for it is still to be done


async def test_it_is_read_by_people_too(house: House) -> None:
    text = exported(house, "md")
    assert "## M-1 · Budget of &lt;b&gt;2027&lt;/b&gt;" in text
    assert r"The rent is \*up\*" in text
    assert "**Agreed**\n\n- We pay (ana)" in text
    assert "Corrected by ana" in text
    assert "## To be done\n\n- A-1 · ben to pay the rent by 2026-04-01 (until Wed 1 Apr 2026). By: ben" in text
    assert "Spring" not in text  # nothing came of it yet


async def test_who_was_forgotten_is_named_nowhere(house: House) -> None:
    await house.whisper("ben", "forget me now")
    whole = read(house)
    assert "ben" not in json.dumps(whole)
    assert whole["actions"][0]["text"] == "– to pay the rent by 2026-04-01"
    assert whole["actions"][0]["owners"] == ["somebody who was forgotten"]
    assert whole["actions"][1]["text"] == "ana to write to Zoe"  # it was hers to do
    held, coming = whole["meetings"]
    assert [one["member"] for one in held["people"]] == ["ana", "somebody who was forgotten"]
    assert [one["text"] for one in held["notes"] if one["tag"] == "info"] == ["(words taken out)"]
    assert coming["rsvp"] == {"yes": 0, "maybe": 0, "no": 1}
    assert coming["title"] == "Spring"
    assert "ben" not in exported(house, "md")
