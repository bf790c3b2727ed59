"""Two people of two groups, on a real Matrix homeserver: asked alone, and told who the other is once both want that."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.base import Answer
from adapters.console.conversation import Person
from storage.store import Store
from tests.adapters.matrix_server import Synapse
from tests.house_matrix import MatrixHouse, matrix_stories
from tests.stories.test_peers import ASK, NUMBER, OFFER

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("matrix")]

ANA = Person(name="ana", role="facilitator")


async def test_two_who_never_met_are_brought_together(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> None:
    async with matrix_stories(homeserver, sqlite_store, tmp_path, people=(ANA,)) as house:
        await house.elsewhere("dee", "hello")  # in another group
        await house.elsewhere("ana", f"offer {OFFER}", chat="")
        await house.elsewhere("dee", f"ask {ASK}", chat="")
        await house.wait(timedelta(days=2))
        await house.settle()
        anas, dees = last(house, "ana"), last(house, "dee")
        assert ASK in anas
        assert OFFER in dees
        assert "dee" not in anas
        assert "Partnerships" not in dees

        said = await says_yes(house, "ana", "offers", anas)
        assert said.text.startswith("Noted: yes")
        assert last(house, "dee") == dees
        await says_yes(house, "dee", "asks", dees)
        assert "This is ana, of “Partnerships”: Matrix @ana" in last(house, "dee")
        assert "This is dee, of “Tea”: Matrix @dee" in last(house, "ana")
        rooms = "".join(one.text for one in house.shown if one.kind != "private")
        assert OFFER not in rooms
        assert ASK not in rooms


def last(house: MatrixHouse, who: str) -> str:
    """What somebody was told last, alone."""
    return house.private(who)[-1]


async def says_yes(house: MatrixHouse, who: str, word: str, asked: str) -> Answer:
    """In words: no sign stands under what is said to somebody alone."""
    found = NUMBER.search(asked)
    assert found
    return await house.elsewhere(who, f"{word} yes {found[1]}", chat="")
