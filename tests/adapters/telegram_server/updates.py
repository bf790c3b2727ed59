"""What waits for the bot, and how it is acknowledged: getUpdates as Telegram's own server does it."""

from dataclasses import dataclass, field

from . import oracle
from .clock import Clock
from .refused import Wire, conflict

DAY = 86_400.0
LIVES = {"callback_query": 150.0, "inline_query": 30.0}
"""How many seconds an update is kept; all others a day."""

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Sent only to a bot that names them."""


@dataclass(eq=False, slots=True)
class Update:
    """One update. `body` is what travels beside `update_id`."""

    id: int
    kind: str
    body: object
    until: float
    again: bool = False
    """Delivered once more although it was acknowledged."""
    given: int = 0

    def wire(self) -> object:
        return {"update_id": self.id, self.kind: self.body} if self.kind else self.body


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
    _poller: int = 0

    def add(self, kind: str, body: Wire) -> Update | None:
        """Something happened. Made nothing of, if the bot has not asked for the kind."""
        if kind in UNASKED if self.allowed is None else kind not in self.allowed:
            return None
        update = Update(self.next_id, kind, body, self.clock.now() + LIVES.get(kind, DAY))
        if self.checking:
            self.faults += [
                f"update {kind}: {one}" for one in oracle.update_faults({"update_id": update.id, kind: body})
            ]
        return self.put(update)

    def put(self, update: Update) -> Update:
        self.next_id = max(self.next_id, update.id + 1)
        self.made.append(update)
        self.waiting.append(update)
        self.clock.ring()
        return update

    def allow(self, kinds: list[object] | None) -> None:
        """None: as before. An empty list: all but the kinds that must be asked for."""
        if kinds is not None:
            self.allowed = frozenset(map(str, kinds)) or None

    def acknowledge(self, offset: int) -> None:
        """Everything below the offset is done; a negative one keeps only so many of the newest."""
        if offset < 0:
            offset = sorted(self.waiting, key=lambda one: one.id)[offset:][0].id if self.waiting else 0
        self.waiting = [one for one in self.waiting if one.id >= offset or (one.again and not one.given)]

    def ready(self, limit: int) -> list[Update]:
        now = self.clock.now()
        self.waiting = [one for one in self.waiting if one.until > now]
        return self.waiting[:limit]

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Update]:
        """A long poll. A newer one ends it, as does a webhook."""
        if self.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self._poller += 1
        mine = self._poller
        self.clock.ring()
        self.acknowledge(offset)
        end = self.clock.now() + seconds
        await self.clock.until(lambda: self.ready(limit) or mine != self._poller or self.closing or self.webhook, end)
        if mine != self._poller:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        if self.webhook:
            raise conflict("terminated by setWebhook request")
        found = self.ready(limit)
        for one in found:
            one.given += 1
        return found
