"""Scripts: MeetBot's own test cases and two real meetings, played as they were written, note what they say."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from adapters.console.conversation import Person
from decisions.lookalikes import alike
from decisions.model import Attendance, Meeting, Member, Note, Poll, Revision, Stage, Tag
from decisions.model import Person as Known
from decisions.wording import same
from storage.store import Store
from tests.house import House

VECTORS = Path(__file__).parents[3] / "shared" / "vectors"
MINUTES, MEETINGS = VECTORS / "minutes", VECTORS / "meetings"
CASES = MINUTES / "meetbot-cases.json"
LINE = re.compile(r"\d\d:\d\d:\d\d <(?P<who>[^>]+)> (?P<text>.*)")

pytestmark = pytest.mark.skipif(not MINUTES.is_dir(), reason="../shared/vectors/minutes is not here")


def cases() -> list[Any]:
    found = json.loads(CASES.read_text("utf-8"))["cases"] if CASES.exists() else []
    return [pytest.param(one, id=one["title"][:40]) for one in found]


def led_by(*leads: str) -> tuple[Person, ...]:
    return tuple(Person(name=one, role="facilitator") for one in leads)


async def play(house: House, script: Iterable[tuple[str, str]]) -> None:
    """Everybody is there from the beginning, but for who looks like another: a name that could be two people's is refused."""
    lines = list(script)
    there = [lines[0][0]]
    for who in dict.fromkeys(one for one, _ in lines):
        if not any(alike(who, other) for other in there):
            await house.come(who, lines[0][0])
            there.append(who)
    for who, text in lines:
        await house.say(who, text)


def minuted(house: House) -> list[Note]:
    with house.store.reading() as work:
        return [one for one in work.all(Note) if not one.undone]


def people(house: House) -> dict[str, Attendance]:
    with house.store.reading() as work:
        names = {one.id: work.the(Known, id=one.person_id).name for one in work.all(Member)}
        return {names[one.member_id]: one for one in work.all(Attendance)}


@pytest.mark.parametrize("case", cases())
async def test_meetbots_cases(sqlite_store: Store, case: dict[str, Any]) -> None:
    script = [tuple(one.split(": ", 1)) for one in case["script"]]
    house = House(sqlite_store, people=led_by(script[0][0]))
    await play(house, [(who, text) for who, text in script if text])
    noted = minuted(house)
    whole = "\n".join(one.text for one in noted)
    for one in case.get("in_minutes", ()):
        assert one in whole
    for one in case.get("not_in_minutes", ()):
        assert one not in whole
    for said in case.get("actions_of", {}).get("somenicklong", ()):
        assert said in [one.text for one in noted if one.tag is Tag.ACTION]
    links = [one.text for one in noted if one.tag is Tag.LINK]
    for one in case.get("links", ()):
        assert any(one in text.split() for text in links)


async def test_meetbots_own_script(sqlite_store: Store) -> None:
    """Empty tags, names that nobody has and unknown tags are not noted; all the rest is, each under its topic."""
    lines = (MINUTES / "meetbot-test-script-1.log.txt").read_text("utf-8").splitlines()
    script = [(found["who"], found["text"]) for one in lines if (found := LINE.fullmatch(one))]
    house = House(sqlite_store, people=led_by("MrBeige"), limits=None)
    await play(house, script)
    noted = minuted(house)
    wanted = {
        "subject": [],  # said by somebody who was no chair yet, as the first three topics were
        "topic": ["General command tests", "Test of all commands with different arguments", "Commands with non-ascii",
                  "üáç€", "Escapes", "Links", "Character sets"],
        "agreed": ["we will include this new format if we so choose.", "üáç€", "üáç€", "blah"],
        "rejected": ["we will not include this new format.", "üáç€"],
        "action": ["üáç€", "blah"],
        "help": ["üáç€"],
    }  # fmt: skip
    for tag, texts in wanted.items():
        assert [one.text for one in noted if one.tag.value == tag] == texts, tag
    links = [text.removeprefix("#link ") for _, text in script if text.startswith("#link")]
    assert [one.text for one in noted if one.tag is Tag.LINK] == links
    ideas = [text.removeprefix("#idea ").strip() for _, text in script if text.startswith("#idea ")]
    assert [one.text for one in noted if one.tag is Tag.IDEA] == [one for one in ideas if one]
    assert {one.text for one in noted if one.tag is Tag.GUEST} >= {"someone-not-present", "<b>", "**"}
    topics = {one.number: one.text for one in noted if one.tag is Tag.TOPIC}
    assert {topics[one.under] for one in noted if one.tag is Tag.LINK} == {"Links"}
    there = people(house)
    assert {name for name, one in there.items() if one.chair} == {"MrBeige", "Utahraptor", "T-Rex"}
    assert {name for name, one in there.items() if one.here} == {who for who, _ in script}
    with house.store.reading() as work:
        assert work.the(Meeting, id=1).stage is Stage.ENDED


@pytest.fixture(params=sorted(MEETINGS.glob("*.json")), ids=lambda path: path.stem)
def meeting(request: pytest.FixtureRequest) -> Any:
    return json.loads(request.param.read_text("utf-8"))


async def test_a_real_meeting_has_the_topics_resolutions_and_people_of_its_official_minutes(
    sqlite_store: Store, meeting: dict[str, Any]
) -> None:
    said = [(one["nick"], one["text"]) for one in meeting["messages"]]
    leads = {who for who, text in said if text.startswith(("Topic:", "RESOLVED:"))}
    first = next(who for who, text in said if text.startswith("Topic:"))
    house = House(sqlite_store, people=led_by(*sorted(leads)), limits=None)
    await play(house, [(first, "#startmeeting"), *said, (first, "#endmeeting")])
    official, noted = meeting["official_minutes"], minuted(house)
    assert [one.text for one in noted if one.tag is Tag.TOPIC] == official["topics"]
    with house.store.reading() as work:
        polls = [work.the(Poll, id=one.poll_id) for one in noted if one.tag is Tag.DECISION]
        titles = [work.the(Revision, poll_id=one.id, number=one.revision).title for one in polls]
    assert len(titles) == len(official["resolutions"])
    assert all(same(a, b) for a, b in zip(titles, official["resolutions"], strict=True))
    assert [one.text for one in noted if one.tag is Tag.ACTION] == official["action_items"]
    there = {name for name, one in people(house).items() if one.here}
    assert {who for who, text in said if text.startswith("present+")} <= there
    assert there == {who for who, _ in said}
    assert {one.tag for one in noted} == {Tag.TOPIC, Tag.DECISION}
