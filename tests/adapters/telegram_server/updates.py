"""What waits for the bot, and how it is acknowledged: getUpdates as Telegram's own server does it."""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from . import oracle
from .clock import Clock
from .refused import Wire, conflict

DAY = 86_400.0
LIVES = {"callback_query": 150.0, "inline_query": 30.0}
"""How many seconds an update is kept; all others a day."""

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Sent only to a bot that names them."""

ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(eq=False)
class Update:
    """One update. `body` is what travels beside `update_id`; a raw one travels as it is."""

    id: int
    kind: str
    body: object
    until: float
    about: object = None
    """The message, press, poll or query that it tells of."""
    again: bool = False
    """Delivered once more although it was acknowledged."""
    given: int = 0
    """How often it was delivered."""

    @cached_property
    def text(self) -> str:
        if not self.kind and isinstance(self.body, str):
            return self.body
        return json.dumps({"update_id": self.id, self.kind: self.body} if self.kind else self.body)

    @property
    def nameless(self) -> bool:
        """A raw one that does not carry its number, so that it can't be acknowledged."""
        return not self.kind and not (isinstance(self.body, dict) and self.body.get("update_id") == self.id)


@dataclass(eq=False)
class Updates:
    """The queue of one bot."""

    clock: Clock
    faults: list[str]
    checking: bool = True
    next_id: int = 700_000_001
    waiting: list[Update] = field(default_factory=list)
    made: list[Update] = field(default_factory=list)
    """Every update ever made, for redelivery."""
    allowed: frozenset[str] | None = None
    webhook: str = ""
    closing: bool = False
    polling: int = 0
    """How many long polls are open."""
    _poller: int = 0

    def add(self, kind: str, body: Wire, about: object = None) -> Update | None:
        """Something happened. Made nothing of, if the bot has not asked for the kind."""
        if kind in UNASKED if self.allowed is None else kind not in self.allowed:
            return None
        update = Update(self.next_id, kind, body, self.clock.now() + LIVES.get(kind, DAY), about)
        if self.checking:
            self.faults += [
                f"update {kind}: {one}" for one in oracle.update_faults({"update_id": update.id, kind: body})
            ]
        self.made.append(update)
        return self.put(update)

    def put(self, update: Update) -> Update:
        self.next_id = max(self.next_id, update.id + 1)
        self.waiting.append(update)
        self.clock.ring()
        return update

    def inject(self, raw: object) -> Update:
        """Anything at all as an update, unjudged; text goes out as it is."""
        number = raw.get("update_id") if isinstance(raw, dict) else None
        usable = number if isinstance(number, int) and not isinstance(number, bool) else self.next_id
        return self.put(Update(usable, "", raw, self.clock.now() + DAY))

    def redeliver(self, which: Iterable[Update], *, new_ids: bool, shuffle: int | None) -> list[Update]:
        """Once more, under the old numbers or under new ones, in the old order or in another."""
        found = list(which)
        if shuffle is not None:
            random.Random(shuffle).shuffle(found)
        again = []
        for one in found:
            number = self.next_id if new_ids else one.id
            again.append(self.put(replace(one, id=number, again=not new_ids, given=0)))
        return again

    def allow(self, kinds: list[object] | None) -> None:
        """None: as before. An empty list: all but the kinds that must be asked for."""
        if kinds is not None:
            self.allowed = frozenset(map(str, kinds)) or None

    def acknowledge(self, offset: int) -> None:
        """Everything below the offset is done; a negative one keeps only so many of the newest."""
        if offset < 0 and self.waiting:
            offset = sorted(one.id for one in self.waiting)[max(offset, -len(self.waiting))]
        self.waiting = [
            one
            for one in self.waiting
            if (one.again and not one.given) or (one.id >= offset and not (one.nameless and one.given))
        ]

    def ready(self, limit: int | None = None) -> list[Update]:
        now = self.clock.now()
        if any(one.until <= now for one in self.waiting):
            self.waiting = [one for one in self.waiting if one.until > now]
        return self.waiting[:limit]

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Update]:
        """A long poll. A newer one ends it, as does a webhook."""
        if self.webhook:
            raise conflict(ACTIVE)
        self._poller += 1
        mine = self._poller
        self.acknowledge(offset)
        end = self.clock.now() + seconds
        self.polling += 1
        self.clock.ring()
        try:
            await self.clock.until(lambda: self.ready(1) or mine != self._poller or self.closing or self.webhook, end)
        finally:
            self.polling -= 1
        if mine != self._poller:
            raise conflict(OTHER)
        if self.webhook:
            raise conflict("terminated by setWebhook request")
        found = self.ready(limit)
        for one in found:
            one.given += 1
        return found
