"""Spring: a meeting of two rooms in which everything is noted that can be, and what stands in its minutes."""

from datetime import timedelta
from typing import Any

from adapters.console.conversation import Person
from bot.minutes.plain import meeting as as_plain
from decisions.model import Meeting
from storage.minuting import minuted
from storage.store import Store
from tests.house import House

ANA = Person(name="ana", role="facilitator", affiliate="WMDE")
BEN = Person(name="ben", role="member", zone="America/Lima")


def plain(store: Store, number: int = 1) -> dict[str, Any]:
    with store.reading() as work:
        return as_plain(minuted(work, work.the(Meeting, number=number), log=True))


async def held(house: House) -> None:
    """A meeting in which everything is noted that can be."""
    await house.say("ana", "!agenda Fees\nVenue")
    await house.say("ana", "!startmeeting Spring")
    await house.say("ben", "#here", room="chat")
    await house.say("ana", "#subject The year to come")
    await house.say("cem", "#info Rooms are booked")
    await house.say("ana", "#topic Fees")
    await house.say("ben", "#idea Ask for less\n#link https://example.org/fees (the table)")
    await house.say("ana", "#agreed Fees stay\n#rejected Fees rise")
    await house.say("ana", "PROPOSAL: Write to WMSE")
    await house.say("ben", "+1")
    await house.say("cem", "0")
    await house.say("ana", "RESOLVED: Write to WMSE")
    await house.say("ben", "#action Ana and ben to write to WMSE by 2026-03-06")
    await house.say("ben", "#action find a room")
    await house.say("cem", "#help who knows Swedish?")
    await house.say("dee", "#regrets")
    await house.say("ana", "#guest Zoe")
    await house.wait(timedelta(minutes=50))
    await house.say("ana", "!endmeeting")
    await house.settle()
