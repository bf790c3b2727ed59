"""A long history: whatever is said, changed and taken back, the index is the one that is made from nothing."""

from contextlib import closing
from datetime import timedelta
from random import Random

import pytest

from adapters.console.conversation import Person
from storage import filling
from storage.store import Store
from tests.conftest import NewDatabase
from tests.house import House
from tests.storage.test_search import sound, whole

EVERYONE = ("ana", "ben", "cem", "dora")
WORDS = ("les réponses", "two keepers", "伦理委员会", "المتاحف", "rain", "музеев", "a café", "off the record", "")


def commands(dice: Random) -> tuple[str, ...]:
    """What somebody may say, of what may or may not be there."""
    poll, thing, words = dice.randrange(1, 9), dice.randrange(1, 6), f"{dice.choice(WORDS)} {dice.randrange(99)}"
    return (
        f"!propose {words}\n  {words} at length", f'!poll "{words}?" "{words}" "other"', f"!amend P-{poll} {words}",
        f"!agree P-{poll} {words}", f"!block P-{poll} {words}", f"!retract P-{poll}", f"!vote P-{poll} 1 {words}",
        f"!concern P-{poll} {words}", f"!answer C-{thing} {words}", f"!resolve C-{thing}", f"!close P-{poll}",
        f"!withdraw P-{poll}", f"!outcome D-{thing} {words}", f"!worked D-{thing} {words}", f"!failed D-{thing} {words}",
        f"!lesson {words}", f"!failed {words}\nnever: {words}", f"!amend L-{thing} --again {words}",
        f"!withdraw L-{thing}", f"!worked L-{thing} in Accra {words}", f"!startmeeting {words}", f"#info {words}",
        f"#action ben to {words}", f"#agreed {words}", "#undo", "!endmeeting", f"!done A-{thing}", f"!drop A-{thing} {words}",
        f"!meet {words} on 2026-07-01 18:00", f"!language {dice.choice(('en', 'fr', 'ar', 'es'))}",
        f"!group language {dice.choice(('en', 'fr', 'ar'))}", "!forget me now",
    )  # fmt: skip


async def history(house: House, dice: Random, steps: int) -> None:
    """So many things are said; some of them are edited or deleted later, and some answer others."""
    said: list[tuple[str, str]] = []
    for step in range(steps):
        who, asked = dice.choice(EVERYONE), commands(dice)
        words = dice.choice(asked[:-1] if dice.randrange(20) else asked)
        match dice.randrange(8):
            case 0 if said:
                author, message = dice.choice(said)
                await house.edit(author, message, words if words[0] == "!" else f"again {words}")
            case 1 if said:
                await house.remove(*dice.choice(said))
            case 2 | 3:
                cards = [one.post for one in house.shown if one.where == "general" and one.post]
                answered = dice.choice([*cards, *(message for _, message in said)] or [""])
                await house.say(who, f"{dice.choice(WORDS)} remark", reply_to=answered, message=f"m{step}")
                said.append((who, f"m{step}"))
            case _:
                await house.say(who, words, message=f"m{step}")
                said.append((who, f"m{step}"))
        if not dice.randrange(10):
            await house.wait(timedelta(days=dice.randrange(1, 5)))


async def played(new_database: NewDatabase, kind: str, seed: int, steps: int) -> int:
    """Play one, and compare. How many texts can be found in the end."""
    with new_database(kind) as url, closing(Store(url)) as store:
        house = House(store, people=(Person(name="ana", role="facilitator"),), limits=None)
        await history(house, Random(seed), steps)
        before = whole(store)
        with store.unit_of_work() as work:
            filling.fill(work)
        assert whole(store) == before
        assert sound(store)
        return len(before)


async def test_an_index_that_was_kept_is_the_one_that_is_made_anew(new_database: NewDatabase) -> None:
    assert await played(new_database, "sqlite", 7, 150) > 12


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_so_it_is_after_long_histories(new_database: NewDatabase, kind: str) -> None:
    for seed in range(5):
        assert await played(new_database, kind, seed, 600) > 20
