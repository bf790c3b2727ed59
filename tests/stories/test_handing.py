"""Stories of answers with a file, wherever a group meets: asked for in a room, alone, and with more text than stands under it."""

from typing import Any

import pytest

from adapters.base import Answer, File, Verdict
from adapters.telegram.render import CAPTION
from bot import commands
from bot.asked import Asked
from bot.turn import Turn
from tests.stories.conftest import ALSO_ON_MATRIX, MakeHouse

pytestmark = ALSO_ON_MATRIX

FILE = File("my-data.json", '{\n "name": "Ánà",\n "said": "<b>&amp;</b> שלום"\n}', "application/json")


@pytest.fixture(autouse=True)
def handing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that answers with a file, and with so much text as is asked for."""
    known = commands.parse

    def handed(turn: Turn, given: str) -> Answer:
        return Answer(Verdict.DONE, "All I keep. " * int(given), file=FILE)

    def parse(text: str, *languages: Any, **how: Any) -> Asked | None:
        word, _, rest = text.lstrip("!/").partition(" ")
        return Asked(handed, rest) if word == "hand" else known(text, *languages, **how)

    monkeypatch.setattr(commands, "parse", parse)


@pytest.mark.parametrize("room", ["general", ""], ids=["in a room", "alone"])
async def test_a_file_comes_to_who_asked_and_to_nobody_else(make_house: MakeHouse, room: str) -> None:
    house = await make_house({"general": "matrix"})
    await house.say("ana", "!propose Meet monthly")
    for times, length in enumerate((1, CAPTION // 6), 1):
        await house.say("ana", f"!hand {length}", room)
        assert house.files("ana") == [FILE] * times
        assert any("All I keep." in one for one in house.private("ana"))
    await house.say("ben", "!hand 1", room)
    assert (house.files("ana"), house.files("ben")) == ([FILE] * 2, [FILE])
    assert not any("All I keep." in one.text or one.file for one in house.shown if one.where == "general")
