"""App: the one door in. A Request goes through a unit of work and comes back as an Answer, durable by then."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from adapters.base import LARGEST_FILE, NOTHING, Answer, Found, Request, Search, Verdict
from bot import doubting, due, intent, kept, news, repeating, sharing, words
from bot.alike.holding import HeldUp
from bot.arriving import arrive
from bot.clock import Clock
from bot.later import Later
from bot.learning import drafts
from bot.limits import MOST, Kind, Limits
from bot.meeting import logged
from bot.peers import seeking
from bot.reader import USUAL, Reader
from bot.turn import Turn
from bot.writer import Writer
from decisions.model import Bookmark
from decisions.refusals import FileTooLarge, Refusal, UnsureTime
from storage.store import Store
from storage.work import Work

log = structlog.get_logger()

MOST_TOGETHER = 64
"""How many waiting requests share one transaction."""

REMEMBERED = timedelta(days=14)
"""How long a request's key is kept; no platform delivers anything again after so long."""


def _sendable(answer: Answer) -> Answer:
    """The answer, unless its file is larger than any platform is sure to take. Raises FileTooLarge."""
    if answer.file is not None and len(answer.file.raw) > LARGEST_FILE:
        raise FileTooLarge
    return answer


def new_salt() -> str:
    """Sixteen bytes that nobody can guess, in hex."""
    return secrets.token_hex(16)


class App:
    """Takes requests one after another, several to a transaction where several wait."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        salt: Callable[[], str] = new_salt,
        usual: Reader = USUAL,
        limits: Mapping[Kind, int] | None = MOST,
    ) -> None:
        """`limits`: how much an account may ask in a minute; None: as much as it likes."""
        self.store = store
        self.clock = clock
        self.salt = salt
        self.usual = usual
        """How new groups are spoken to, until they say otherwise."""
        self.after_commit: list[Callable[[], None]] = []
        """Called on the event loop when something may have changed: the publisher and the alarm listen."""
        self._limits = Limits(limits or {})
        self._writer = Writer(self._all, self._changed, MOST_TOGETHER)
        self._making = asyncio.Lock()
        """One at a time: what takes long to read takes the processor from everybody else."""

    async def handle(self, request: Request) -> Answer:
        """Carry out a request. The Answer comes after the commit; it never raises for what a stranger sent."""
        answer = await self._writer.ask(request)
        return await self._made(request, answer) if isinstance(answer, Later) else answer

    async def sweep(self) -> None:
        """Do all that is due, each act in a transaction of its own, so that one that fails holds up no other."""
        for request in await asyncio.to_thread(repeating.left_waiting, self.store):
            await self.handle(request)
        tried: set[tuple[str, int, datetime]] = set()
        while found := [one for one in await asyncio.to_thread(self._due) if one not in tried]:
            for one in found:
                await asyncio.to_thread(self._step, *one[:2])
                self._changed()
                tried.add(one)

    async def look(self, search: Search) -> Sequence[Found]:
        """What is found by somebody who may show it elsewhere. Nothing is changed by looking."""
        return await asyncio.to_thread(self._looked, search)

    def last_heard(self, platform: str) -> datetime | None:
        """When a platform last told us that it hears."""
        found = self._bookmark(platform)
        return found.at if found is not None else None

    def bookmark(self, platform: str) -> str:
        """How far a platform's stream was read; empty: not at all."""
        found = self._bookmark(platform)
        return found.token if found is not None else ""

    async def close(self) -> None:
        """Finish what was taken in."""
        await self._writer.close()
        async with self._making:
            return

    # -- the way through ----------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        for listener in self.after_commit:
            listener()

    def _all(self, requests: Sequence[Request]) -> list[Answer]:
        """Carry out several requests in one transaction; if one is at fault, each in its own."""
        try:
            with self.store.unit_of_work() as work:
                return [self._one(work, request) for request in requests]
        except Exception as fault:
            if len(requests) == 1:
                return [self._faulty(requests[0], fault)]
            return [self._all([request])[0] for request in requests]

    def _one(self, work: Work, request: Request) -> Answer:
        now = self.clock.now()
        if news.is_news(request):
            news.take(work, request, now)
            return NOTHING
        found = news.placed(work, request)
        if found is None:
            return NOTHING
        turn = doubting.resumed(arrive(work, found, now, self.salt, self.usual), self.usual)
        act = intent.asked(turn)
        return NOTHING if act is None else doubting.in_place(turn, found, self._done(turn, act))

    def _done(self, turn: Turn, act: intent.Act) -> Answer:
        """Carry out an act, if it was not before. One too many is neither done, nor remembered as done."""
        request, work = turn.request, turn.work
        key = turn.key
        if act.kind is not None and self._limits.over(_account(request), act.kind, request.key, turn.now):
            return NOTHING if work.seen(key) else self._warned(turn, act.kind)
        if not work.first_time(key, turn.now):
            return NOTHING
        if act.kind is not None:
            self._limits.count(_account(request), act.kind, request.key, turn.now)
        if turn.doubt is None:  # else it was said before
            logged.keep(turn)
            doubting.follow(turn)
        try:
            with work.savepoint(), doubting.carried_on(turn):
                answer = _sendable(act.run())
        except UnsureTime as no:
            return doubting.ask(turn, no)
        except HeldUp as held:
            return doubting.hold(turn, held)
        except Refusal as no:
            return turn.refused(no)
        if act.kind is Kind.COMMAND and not answer.looked:
            doubting.let_go(turn)
        return answer

    def _warned(self, turn: Turn, kind: Kind) -> Answer:
        """What whoever asks too much is told: once when they may go on, then nothing."""
        no = self._limits.warning(_account(turn.request), kind, turn.request.key, turn.now)
        return NOTHING if no is None else turn.refused(no)

    async def _made(self, request: Request, later: Later) -> Answer:
        async with self._making:
            return await asyncio.to_thread(self._read, request, later)

    def _read(self, request: Request, later: Later) -> Answer:
        try:
            with self.store.reading() as work:
                return _sendable(later.make(work))
        except Refusal as no:
            return Answer(Verdict.REFUSED, later.reader.refused(no))
        except Exception as fault:
            return self._faulty(request, fault)

    def _faulty(self, request: Request, fault: Exception) -> Answer:
        reference = secrets.token_hex(2)
        log.error("fault", reference=reference, platform=request.platform, key=request.key, exc_info=fault)
        language = request.language if request.language in words.languages() else self.usual.language
        return Answer(Verdict.FAULT, words.say(language, "fault", reference))

    def _bookmark(self, platform: str) -> Bookmark | None:
        with self.store.reading() as work:
            return work.get(Bookmark, platform=platform)

    def _looked(self, search: Search) -> Sequence[Found]:
        with self.store.reading() as work:
            return sharing.found(work, search)

    # -- the clock's part ---------------------------------------------------------------------------------------------

    def next_due(self) -> datetime | None:
        """The next instant at which anything is due."""
        with self.store.reading() as work:
            return due.next_due(work)

    def forget_requests(self) -> None:
        """Let go of the keys of old requests, and of questions that nobody answered."""
        with self.store.unit_of_work() as work:
            work.forget_requests(self.clock.now() - REMEMBERED)
            work.forget_searches(self.clock.now() - REMEMBERED)
            kept.forget(work, self.clock.now())
            drafts.forget(work, self.clock.now())
            seeking.tidy(work, self.clock.now())
        self.store.leave_no_trace()  # of whom another process has forgotten while we were reading

    def _due(self) -> list[tuple[str, int, datetime]]:
        with self.store.reading() as work:
            return due.due(work, self.clock.now())

    def _step(self, kind: str, key: int) -> None:
        try:
            with self.store.unit_of_work() as work:
                due.do(work, kind, key, self.clock.now())
        except Exception:
            log.exception("a deadline could not be kept; it is tried again", kind=kind, id=key)


def _account(request: Request) -> tuple[str, str]:
    return request.platform, request.user
