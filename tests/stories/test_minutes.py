"""Minutes: what was said in a meeting stands in them as it was meant, in every form, and stays as it was said."""

import json
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from adapters.base import Verdict
from adapters.console.conversation import Person, read
from bot.play import Player
from decisions.model import Group
from decisions.wording import same
from storage.store import Store
from storage.verify import verify
from tests.exported import export
from tests.house import House
from tests.stories.conftest import ON_ANY_DATABASE, MakeHouse
from tests.stories.spring import ANA, BEN, held, plain
from tests.stories.test_meetings import MEETINGS

CASES = MEETINGS.parent / "minutes" / "meetbot-cases.json"
HERE = pytest.mark.skipif(not CASES.is_file(), reason="../shared/vectors is not here")


@pytest_asyncio.fixture
async def house(sqlite_store: Store) -> House:
    return House(sqlite_store, {"general": "matrix", "chat": "telegram"}, (ANA, BEN))


# -- what others have written down ------------------------------------------------------------------------------------


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(CASES.read_text("utf-8"))["cases"] if CASES.is_file() else []
    return found


@HERE
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["title"])
async def test_the_minutes_of_meetbots_own_cases(sqlite_store: Store, case: dict[str, Any]) -> None:
    script = [one.partition(":")[::2] for one in case["script"]]
    house = House(sqlite_store, people=tuple(Person(name=who) for who in dict.fromkeys(who for who, _ in script)))
    for who, text in script:
        await house.say(who, text.strip() or "…")
    file = (await house.whisper(script[0][0], "minutes html")).file
    assert file is not None
    page = words_of(file.text)
    known = plain(house.store)
    assert [one for one in case.get("in_minutes", []) if one not in page] == []
    assert [
        one for one in case.get("not_in_minutes", []) if one in page or one in json.dumps(known | {"log": []})
    ] == []
    assert [one for one in case.get("links", []) if one not in known["links"]] == []
    texts = {one["id"]: one["text"] for one in known["actions"]}
    for person, expected in case.get("actions_of", {}).items():
        assert [texts[one] for one in known["actions_of"].get(person, [])] == expected


@HERE
@pytest.mark.parametrize("path", sorted(MEETINGS.glob("*.json")), ids=lambda path: path.stem)
async def test_the_minutes_of_real_meetings_have_their_topics_resolutions_actions_and_people(
    sqlite_store: Store, path: Path
) -> None:
    meeting = json.loads(path.read_bytes())  # noqa: ASYNC240 - a small file, and nobody waits
    known = await played(sqlite_store, meeting)
    official = meeting["official_minutes"]
    assert [one["topic"] for one in known["topics"] if one["topic"]] == official["topics"]
    passed = [one["title"] for one in known["decisions"] if one["outcome"] == "passed"]
    assert len(passed) == len(official["resolutions"])
    assert all(same(*pair) for pair in zip(passed, official["resolutions"], strict=True))
    assert known["actions"] == official["action_items"] == []
    came = {one["nick"] for one in meeting["messages"] if one["text"] == "present+"}
    assert came <= {one["member"] for one in known["people"]}
    spoke = {one["nick"] for one in meeting["messages"]}
    assert {one["member"] for one in known["people"]} <= spoke
    votes = [one["votes"] for one in meeting["proposals_and_votes"] if one["resolved_as"]]
    for decision, cast in zip(known["decisions"], votes, strict=True):
        assert decision["turnout"] == len({one["nick"] for one in cast})


async def played(store: Store, meeting: dict[str, Any]) -> dict[str, Any]:
    """A real meeting, with a word to begin and to end it: its plain minutes."""
    said = meeting["messages"]
    leads = {one["nick"] for one in said if one["text"].upper().startswith(("RESOLVED:", "RESOLUTION:", "TOPIC:"))}
    lead = next(one["nick"] for one in said if one["nick"] in leads)
    lines = ['group "VC" zone UTC language en', "room call matrix"]
    for nick in dict.fromkeys(one["nick"] for one in said):
        lines.append(f"member {nick} role {'facilitator' if nick in leads else 'member'}")
    lines.append(f"{said[0]['ts']} {lead}@call> #startmeeting Weekly")
    lines += [f"{one['ts']} {one['nick']}@call> {one['text']}" for one in said]
    lines.append(f"{said[-1]['ts']} {lead}@call> #endmeeting")
    await Player(read(lines), store, lambda shown: None).play()
    return plain(store)


async def test_who_is_known_only_later_has_at_the_end_what_was_theirs(house: House) -> None:
    await house.say("ana", "!startmeeting Spring")
    await house.say("ana", "#action say the somenickLONG by 2026-03-06\n#action @Eve to ask\n#action Dan: ask")
    await house.say("somenick", "I should not have an item")
    await house.say("somenicklong", "I should have one")
    await house.say("eve", "hello")
    assert plain(house.store)["actions_of"] == {}
    await house.say("ana", "!endmeeting")
    assert plain(house.store)["actions_of"] == {"somenicklong": ["A-1"], "eve": ["A-2"]}
    assert plain(house.store)["actions_of_nobody"] == ["A-3"]
    with house.store.reading() as work:
        assert verify(work) == []
    await house.wait(timedelta(days=5))
    assert [one for one in house.private("somenicklong") if one.startswith("Until Fri 6 Mar 2026")]


# -- in the room and as a file ----------------------------------------------------------------------------------------


async def test_the_rooms_read_in_short_what_came_of_it(house: House) -> None:
    await held(house)
    told = [one for one in house.notices("chat") if one.startswith("M-1 is over")]
    assert told == [
        "M-1 is over: Spring\n"
        "50 minutes · 4 people there · one topic\n"
        "Decisions\nD-1 · Write to WMSE – Passed: 1 agree, 1 abstain\nAgreed: Fees stay\nRejected: Fees rise\n"
        "To be done\n"
        "ana: A-1 · Ana and ben to write to WMSE by 2026-03-06 (until Fri 6 Mar 2026)\n"
        "ben: A-1 · Ana and ben to write to WMSE by 2026-03-06 (until Fri 6 Mar 2026)\n"
        "Nobody’s yet: A-2 · find a room\n"
        "The whole, now and later: minutes M-1. If something is wrong: correct M-1"
    ]


async def test_what_is_told_in_the_rooms_fits_into_a_message_whatever_came_of_it(house: House) -> None:
    await house.say("ana", "!startmeeting " + "Spring " * 100)
    for number in range(25):
        await house.say("ana", f"#agreed {number} {'long ' * 300}\n#action Person{number}: {'work ' * 300}")
        await house.say("ben", f"#action ben: {'work ' * 300}")
        await house.wait(timedelta(minutes=1))
    await house.say("ana", "!endmeeting")
    await house.settle()
    (told,) = [one for one in house.notices("chat") if one.startswith("M-1 is over")]
    assert len(told) < 4096
    assert "and 15 more in the minutes" in told


async def test_an_action_gets_another_owner_and_day_by_the_tag_too(house: House) -> None:
    await house.say("ana", "!startmeeting Spring")
    await house.say("ana", "#action ana to ask\n#action A-1 to ben\n#action A-1 by 2026-03-09")
    (action,) = plain(house.store)["actions"]
    assert (action["owners"], action["due"], action["text"]) == (["ben"], "2026-03-09", "ana to ask")


async def test_an_action_said_in_other_words_has_other_owners(house: House) -> None:
    await house.say("ana", "!startmeeting Spring")
    await house.say("ana", "#action ana to ask by 2026-03-06", message="m1")
    await house.edit("ana", "m1", "#action ben to ask by 2026-03-09")
    (action,) = plain(house.store)["actions"]
    assert (action["owners"], action["due"], action["text"]) == (["ben"], "2026-03-09", "ben to ask by 2026-03-09")


async def test_an_action_that_was_undone_is_nowhere(house: House) -> None:
    await house.say("ana", "!startmeeting Spring")
    await house.say("ana", "#action ben to ask by 2026-03-06")
    await house.say("ana", "#undo")
    assert plain(house.store)["actions"] == []
    assert (await house.say("ben", "!actions")).text.startswith("Nothing is to be done here")
    await house.wait(timedelta(days=7))
    assert not [one for one in house.private("ben") if one.startswith("Until")]


async def test_who_was_forgotten_is_nobody_in_the_minutes(house: House) -> None:
    await house.say("cem", "hello")
    await held(house)
    await house.whisper("cem", "forget me now")
    await house.whisper("ben", "forget me all now")
    for form in ("md", "html", "wiki", "json"):
        file = (await house.whisper("ana", f"minutes {form}")).file
        assert file is not None
        assert "cem" not in file.content
        assert "somebody who was forgotten" in file.content
        assert "Fees stay" in file.content
    known = [one.where for one in house.shown if one.kind == "private"]
    assert known


async def test_the_whole_is_a_file_for_whoever_asks(house: House) -> None:
    await held(house)
    answer = await house.say("cem", "!minutes M-1")
    assert answer.file is not None
    assert (answer.file.name, answer.file.kind) == ("m-1-spring.md", "text/markdown")
    assert answer.file.content == MARKDOWN


MARKDOWN = """\
# M-1 · Spring

Partnerships

Mon 2 Mar 2026, 18:00 UTC – Mon 2 Mar 2026, 18:50 UTC (50 minutes)

About: The year to come

Chair: ana

## Who was there

- ana (WMDE) · 4 notes
- ben · 4 notes
- cem · 2 notes
- Zoe (guest)
- dee (sent regrets)

## Agenda

- Came up: Fees
- Not reached: Venue

## Topics

### Before the first topic

- 2\\. Note: Rooms are booked (cem)

### Fees

- 3\\. Raised by ana
- 4\\. Idea: Ask for less (ben)
- 5\\. Link: https\\://example.org/fees (the table) (ben)
- 6\\. Agreed: Fees stay (ana)
- 7\\. Rejected: Fees rise (ana)
- 8\\. Decision: D-1 · Write to WMSE (ana)
- 9\\. To do: A-1 · Ana and ben to write to WMSE by 2026-03-06 (ben)
- 10\\. To do: A-2 · find a room (ben)
- 11\\. Help wanted: who knows Swedish? (cem)

## Decisions

- D-1 · Write to WMSE – Passed: 1 agree, 1 abstain

## Agreed

- Fees stay (ana)

## Rejected

- Fees rise (ana)

## To be done

- ana (WMDE)
  - A-1 · Ana and ben to write to WMSE by 2026-03-06 (until Fri 6 Mar 2026)
- ben
  - A-1 · Ana and ben to write to WMSE by 2026-03-06 (until Fri 6 Mar 2026)
- Nobody’s yet
  - A-2 · find a room

## Ideas

- Ask for less (ben)

## Help wanted

- who knows Swedish? (cem)

## Links

- <https://example.org/fees>
"""


@pytest.mark.parametrize(
    ("form", "ends", "kind"),
    [("html", ".html", "text/html"), ("wiki", ".wiki.txt", "text/plain"), ("json", ".json", "application/json")],
)
async def test_every_form_has_what_was_noted(house: House, form: str, ends: str, kind: str) -> None:
    await held(house)
    file = (await house.whisper("ben", f"minutes M-1 {form}")).file
    assert file is not None
    assert file.name.endswith(ends)
    assert file.kind == kind
    for noted in (
        "Fees stay",
        "Fees rise",
        "Ask for less",
        "Rooms are booked",
        "find a room",
        "Zoe",
        "The year to come",
    ):
        assert noted in file.content


async def test_minutes_as_json(house: House) -> None:
    await held(house)
    known = plain(house.store)
    assert known["subject"] == "The year to come"
    assert (known["chairs"], known["guests"], known["seconds"]) == (["ana"], ["Zoe"], 3000)
    assert [one["member"] for one in known["people"]] == ["ana", "ben", "cem"]
    assert [one["member"] for one in known["regrets"]] == ["dee"]
    assert known["agenda"] == {"reached": ["Fees"], "unreached": ["Venue"], "unreached_again": []}
    assert [one["topic"] for one in known["topics"]] == ["", "Fees"]
    assert [(one["id"], one["tally"], one["outcome"]) for one in known["decisions"]] == [
        ("D-1", {"agree": 1, "abstain": 1, "disagree": 0, "block": 0}, "passed")
    ]
    assert known["actions_of"] == {"ana": ["A-1"], "ben": ["A-1"]}
    assert known["actions_of_nobody"] == ["A-2"]
    assert known["links"] == ["https://example.org/fees"]
    assert [one["text"] for one in known["log"]][:2] == ["#here", "#subject The year to come"]


async def test_the_export_of_a_group_has_its_meetings_and_its_actions(house: House) -> None:
    await held(house)
    await house.say("ben", "!done A-1 they said yes")
    with house.store.reading() as work:
        group = work.the(Group, id=1)
        whole = json.loads(export(work, group, "json", house.now))
        late = json.loads(export(work, group, "json", house.now, house.now + timedelta(days=1)))
    assert [one["id"] for one in whole["meetings"]] == ["M-1"]
    told = plain(house.store) | {"log": [], "actions": whole["actions"]}
    assert {name: whole["meetings"][0][name] for name in told} == told
    assert [(one["id"], one["owners"], one["due"], one["status"], one["why"]) for one in whole["actions"]] == [
        ("A-1", ["ana", "ben"], "2026-03-06", "done", "they said yes"),
        ("A-2", [], None, "open", ""),
    ]
    assert (late["meetings"], [one["id"] for one in late["actions"]]) == ([], ["A-2"])


async def test_the_log_is_there_on_wish_and_as_json_alone(house: House) -> None:
    await held(house)
    told = {form: (await house.whisper("ben", f"minutes {form}")).file for form in ("md", "md log", "json")}
    assert "All that was said" not in str(told["md"] and told["md"].content)
    assert "All that was said" in str(told["md log"] and told["md log"].content)
    assert told["json"] is not None
    assert json.loads(told["json"].content)["log"]


async def test_minutes_so_far_and_what_is_none(house: House) -> None:
    assert (await house.say("ana", "!minutes")).verdict is Verdict.REFUSED
    await house.say("ana", "!startmeeting Spring")
    await house.say("ana", "#info first")
    file = (await house.say("ben", "!minutes")).file
    assert file is not None
    assert "first" in file.content
    assert "this is how it stands at" in file.content
    for wrong in ("!minutes M-9", "!minutes M-1 pdf", "!minutes M-1 html wiki"):
        assert (await house.say("ben", wrong)).verdict is Verdict.REFUSED


@ON_ANY_DATABASE
async def test_the_file_and_what_is_told_in_the_rooms_arrive_on_every_platform(make_house: MakeHouse) -> None:
    house = await make_house({"general": "matrix", "chat": "telegram"}, (ANA, BEN))
    await house.say("ana", "!startmeeting Spring")
    await house.say("ana", "#agreed Fees stay <b>as</b> *they* are\n#action ben to ask by 2026-03-06")
    await house.say("ana", "!endmeeting")
    await house.settle()
    for room in ("general", "chat"):
        (told,) = [one for one in house.notices(room) if "M-1 is over" in one]
        assert "Fees stay <b>as</b> *they* are" in told
    await house.say("ben", "!minutes M-1 html")
    (file,) = house.files("ben")
    assert file.name == "m-1-spring.html"
    assert "Fees stay &lt;b&gt;as&lt;/b&gt; *they* are" in file.content


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    parser = _Words()
    parser.feed(page)
    return "".join(parser.found)
