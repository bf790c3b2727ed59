"""Telegram's own polls."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .refused import Wire, bad

if TYPE_CHECKING:
    from .people import User
    from .server import Server


@dataclass(eq=False, slots=True, kw_only=True)
class Poll:
    """A poll in a message. `votes` is who chose what, also where Telegram would not say so."""

    server: "Server" = field(repr=False)
    id: str
    question: str
    options: tuple[str, ...]
    anonymous: bool = True
    several: bool = False
    revoting: bool = True
    closes: float | None = None
    period: int = 0
    stopped: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        return self.stopped or (self.closes is not None and self.server.clock.now() >= self.closes)

    def counts(self) -> list[int]:
        return [sum(at in chosen for chosen in self.votes.values()) for at in range(len(self.options))]

    def answered_by(self, user: "User", options: Sequence[int]) -> None:
        """A vote, or none any more; a bot that sent a named poll is told whose."""
        assert not self.closed, "the poll is closed"
        assert self.several or len(options) < 2, "one option only"
        self.votes.pop(user.id, None)
        if options:
            self.votes[user.id] = tuple(options)
        self.told()
        if not self.anonymous:
            self.server.updates.add("poll_answer", self._answer(options) | {"user": user.wire()}, self)

    def answered_anonymously(self, chat: Wire, *options: int) -> None:
        """An anonymous administrator votes: only the chat is named."""
        self.server.updates.add("poll_answer", self._answer(options) | {"voter_chat": chat}, self)

    def _answer(self, options: Sequence[int]) -> Wire:
        return {
            "poll_id": self.id,
            "option_ids": list(options),
            "option_persistent_ids": [f"{self.id}-{at}" for at in options],
        }

    def stop(self) -> None:
        if self.closed:
            raise bad("poll has already been closed")
        self.stopped = True
        self.told()

    def told(self) -> None:
        """The bot learns how it stands."""
        self.server.updates.add("poll", self.wire(), self)

    def wire(self) -> Wire:
        counts = self.counts()
        options = [
            {"persistent_id": f"{self.id}-{at}", "text": text, "voter_count": counts[at]}
            for at, text in enumerate(self.options)
        ]
        body: Wire = {
            "id": self.id,
            "question": self.question,
            "options": options,
            "total_voter_count": len(self.votes),
        }
        body |= {"is_closed": self.closed, "is_anonymous": self.anonymous, "type": "regular", "members_only": False}
        body |= {"allows_multiple_answers": self.several, "allows_revoting": self.revoting}
        if self.closes is not None:
            body |= {"open_period": self.period, "close_date": int(self.closes)}
        return body


def checked(question: str, options: Sequence[str], length: int) -> None:
    """Telegram's limits."""
    if not 1 <= length <= 300:
        raise bad("Poll question must be non-empty" if not length else "Poll question length must not exceed 300")
    if not 1 <= len(options) <= 12:
        raise bad("Poll must have at least 1 option" if not options else "Poll can't have more than 12 options")
    if any(not one for one in options):
        raise bad("Poll options must be non-empty")
    if any(len(one.encode("utf-16-le", "replace")) > 200 for one in options):
        raise bad("Poll options length must not exceed 100")
