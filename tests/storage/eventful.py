"""A conversation in which everything happens that a journal knows of."""

from datetime import timedelta
from typing import Any

from adapters.base import Answer, Verdict
from adapters.console.conversation import Said
from storage.store import Store
from tests.house import House

NAMES = ("Xanthippe", "Quillfeather", "Zebulon", "Wilhelmina", "Yolanda")
WORDS = ("armadillos", "burlap", "cinnabar", "doldrums", "elderberry", "filigree", "gossamer", "halcyon", "ineffable")
LINES = 70
"""How many lines its journal has."""


class Heard(House):
    """A house in which everything that is said is carried out."""

    async def _do(self, said: Said, key: str, **more: Any) -> Answer:
        answer = await super()._do(said, key, **more)
        assert answer.verdict is Verdict.DONE or more, answer.text
        return answer


async def play(store: Store) -> House:
    """P-1 decided after much, P-2 a choice, P-3 by a roll, P-4 withdrawn, P-5 open, P-6 still to come, P-9 with one ballot
    of two people who turned out to be one."""
    house = Heard(store)
    await _proposal(house)
    await _choice(house)
    await _roll(house)
    await _others(house)
    await _linking(house)
    return house


async def _proposal(house: House) -> None:
    xan, quill, zeb, wil, yol = NAMES
    await house.say(xan, "!propose Translate it into armadillos\n  and wrap it in burlap")
    await house.say(quill, "!agree P-1 We had cinnabar in 2019")
    await house.say(zeb, "!disagree P-1 doldrums")
    await house.say(wil, "!abstain P-1")
    await house.say(wil, "!retract P-1")
    await house.press(yol, "p1:0")
    await house.press(yol, "p1:2")
    await house.say(zeb, "!concern P-1 Who pays for the elderberry?")
    await house.say(xan, "!answer C-1 The filigree does")
    await house.say(zeb, "!resolve C-1")
    await house.say(quill, "!concern P-1 What about the filigree?")
    card = house.cards(poll="P-1")[0].post
    await house.say(wil, "The cinnabar was hard to get", reply_to=card, message="m1")
    await house.say(wil, "The cinnabar was very hard to get", edited=True, message="m1")
    await house.say(yol, "halcyon days", reply_to=card, message="m2")
    await house.say(yol, "", removed=True, message="m2")
    await house.say(xan, "!amend P-1 Translate it into two armadillos\n  and burlap")
    await house.say(zeb, "!agree P-1 gossamer")
    await house.say(quill, "!agree P-1")
    await house.say(xan, "!extend P-1 2d")
    await house.wait(timedelta(days=10))
    await house.say(xan, "!outcome D-1 We begin, halcyon")
    await house.say(xan, "!review D-1 2026-09-01")
    await house.say(quill, "!worked D-1 ineffable")


async def _choice(house: House) -> None:
    xan, quill, zeb, wil, _ = NAMES
    await house.say(xan, '!poll "Which cinnabar?" "doldrums" "elderberry" "gossamer"')
    await house.say(quill, "!vote P-2 1")
    await house.say(zeb, "!vote P-2 2")
    await house.say(wil, "!vote P-2 2")
    await house.say(xan, "!close P-2")


async def _roll(house: House) -> None:
    xan, quill, *_ = NAMES
    await house.say(xan, f'!propose --by majority --quorum 2 --roll "{xan},{quill}" More filigree')
    await house.say(quill, "!agree P-3")
    await house.say(xan, "!agree P-3")
    await house.say(xan, "!outcome D-3 --supersedes D-1")
    await house.say(xan, f"!members {quill} facilitator")


async def _others(house: House) -> None:
    xan, quill, zeb, *_ = NAMES
    await house.say(zeb, "!propose Less burlap")
    await house.say(zeb, "!withdraw P-4")
    await house.say(quill, "!propose --by consent Some gossamer")
    await house.say(zeb, "!object P-5 ineffable")
    await house.say(xan, "!propose --from 2026-12-01 Later, halcyon")
    await house.say(zeb, '!poll --by straw "Tea?" "doldrums" "burlap"')
    await house.say(quill, "!vote P-7 1")
    await house.say(zeb, "!close P-7")
    await house.say(zeb, '!poll --by straw "Coffee?" "doldrums" "burlap"')
    await house.say(zeb, "!withdraw P-8")


async def _linking(house: House) -> None:
    xan, _, _, wil, yol = NAMES
    await house.say(xan, "!propose --roll everyone Fewer elderberries")
    await house.say(wil, "!agree P-9")
    await house.wait(timedelta(hours=1))
    await house.say(yol, "!disagree P-9")
    code = (await house.whisper(wil, "link")).text.split("link ")[1].partition(".")[0]
    await house.whisper(yol, f"link {code}")
    await house.whisper(wil, "link yes")
    await house.whisper(yol, "link yes")
    await house.whisper(wil, f"unlink {yol}")
