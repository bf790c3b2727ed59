"""Real meetings, played as they were written: every official resolution is a passed decision, and nothing else is one."""

import json
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters.console.conversation import Conversation, Said, read
from bot.play import Player
from decisions.model import Group
from decisions.wording import same
from storage.store import Store
from tests.adapters.matrix_server import Synapse
from tests.exported import export
from tests.house import AnyHouse
from tests.house_matrix import matrix_stories
from tests.house_telegram import telegram_stories
from tests.stories.conftest import ON_MATRIX

MEETINGS = Path(__file__).parents[3] / "shared" / "vectors" / "meetings"
STANCES = {"+1": "agree", "+0": "abstain", "0": "abstain", "-0": "abstain", "-1": "disagree"}

pytestmark = pytest.mark.skipif(not MEETINGS.is_dir(), reason="../shared/vectors/meetings is not here")


@pytest.fixture(params=sorted(MEETINGS.glob("*.json")), ids=lambda path: path.stem)
def meeting(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return found


def written(meeting: dict[str, Any]) -> str:
    """A meeting as a written conversation: whoever resolves is a facilitator."""
    said = meeting["messages"]
    leads = {one["nick"] for one in said if one["text"].upper().startswith(("RESOLVED:", "RESOLUTION:"))}
    lines = ['group "VC" zone UTC language en', "room call matrix"]
    for nick in dict.fromkeys(one["nick"] for one in said):
        lines.append(f"member {nick} role {'facilitator' if nick in leads else 'member'}")
    return "\n".join([*lines, *(f"{one['ts']} {one['nick']}@call> {one['text']}" for one in said)])


async def on_the_console(store: Store, conversation: Conversation) -> None:
    await Player(conversation, store, lambda shown: None).play()


async def on_telegram(store: Store, conversation: Conversation) -> None:
    rooms = {one.name: one.platform for one in conversation.rooms}
    start = conversation.steps[0].at
    async with telegram_stories(store, rooms, conversation.people, conversation.zone, start) as house:
        await held(house, conversation)


async def on_matrix(homeserver: Synapse, folder: Path, store: Store, conversation: Conversation) -> None:
    rooms = {one.name: one.platform for one in conversation.rooms}
    where = (homeserver, store, folder, rooms, conversation.people, conversation.zone, conversation.steps[0].at)
    async with matrix_stories(*where) as house:
        await held(house, conversation)


async def held(house: AnyHouse, conversation: Conversation) -> None:
    for step in conversation.steps:
        await house.wait(step.at - house.now)
        if isinstance(step, Said):
            await house.say(step.who, step.text, step.room)


Play = Callable[[Store, Conversation], Awaitable[None]]


@pytest.fixture(params=["console", "telegram", ON_MATRIX[0]])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Play:
    if request.param == "matrix":
        return partial(on_matrix, request.getfixturevalue("homeserver"), tmp_path)
    return on_telegram if request.param == "telegram" else on_the_console


async def decisions(play: Play, store: Store, meeting: dict[str, Any]) -> list[dict[str, Any]]:
    conversation = read(written(meeting).splitlines())
    await play(store, conversation)
    with store.reading() as work:
        (group,) = work.all(Group)
        exported = json.loads(export(work, group, "json", conversation.steps[-1].at))
    found: list[dict[str, Any]] = exported["decisions"]
    return found


async def test_every_resolution_is_a_passed_decision_with_its_stances(
    play: Play, sqlite_store: Store, meeting: dict[str, Any]
) -> None:
    passed = [one for one in await decisions(play, sqlite_store, meeting) if one["outcome"] == "passed"]
    official = meeting["official_minutes"]["resolutions"]
    assert len(passed) == len(official)
    for decision, resolution in zip(passed, official, strict=True):
        assert same(decision["title"], resolution)
    resolved = [one for one in meeting["proposals_and_votes"] if one["resolved_as"]]
    for decision, proposal in zip(passed, resolved, strict=True):
        expected = {vote["nick"]: STANCES[vote["value"]] for vote in proposal["votes"]}
        assert {one["member"]: next(iter(one["marks"])) for one in decision["ballots"]} == expected
        assert decision["by"] == proposal["by"]


async def test_remarks_before_and_after_a_proposal_are_no_stances(
    play: Play, sqlite_store: Store, meeting: dict[str, Any]
) -> None:
    found = await decisions(play, sqlite_store, meeting)
    said = {vote["comment"] for one in meeting["proposals_and_votes"] for vote in one["votes"]}
    assert {ballot["reason"] for one in found for ballot in one["ballots"]} == said
