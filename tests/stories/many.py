"""Many requests handed in together, and whose ballots are there afterwards."""

import asyncio
from collections.abc import Iterable

from adapters.base import Answer, Request
from bot.app import App
from decisions.model import Ballot, Group, Poll
from storage.store import Store
from storage.verify import verify


def said(who: str, text: str = "", press: str = "", key: str = "", room: str = "general") -> Request:
    """A request as a platform makes it."""
    platform = {"general": "matrix", "side": "telegram"}[room]
    return Request(key=key or f"{who} {text}{press}", platform=platform, chat=room, user=who, name=who, text=text,
                   press=press)  # fmt: skip


async def at_once(app: App, requests: Iterable[Request]) -> list[Answer]:
    """Hand in everything before anything is answered."""
    return await asyncio.gather(*(app.handle(one) for one in requests))


def voters(store: Store, poll_id: int = 1) -> list[str]:
    """Who has a ballot, by what they marked; the poll's own count and the journal must agree with it."""
    with store.reading() as work:
        ballots = work.all(Ballot, poll_id=poll_id)
        assert work.the(Poll, id=poll_id).turnout == len(ballots)
        assert verify(work) == []
        return [key for one in ballots for key in one.marks]


def lines(store: Store) -> int:
    with store.reading() as work:
        return work.the(Group, id=1).lines
