"""What the bot heard and sent on Matrix, written down where it is handed to the homeserver, and so in the clear."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nio.crypto.attachments import decrypt_attachment

from adapters.base import NOTHING, Answer, File, Handle, Request
from adapters.matrix.content import PRESSES
from adapters.matrix.device import Account
from adapters.matrix.line import Json, Line


def opened(sealed: Json, raw: bytes) -> bytes:
    """A sealed file, with the keys that its event carries."""
    return bytes(decrypt_attachment(raw, sealed["key"]["k"], sealed["hashes"]["sha256"], sealed["iv"]))


PATIENCE = 60
"""Seconds after which something that should happen is taken as lost."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An event of the bot's, as the homeserver took it."""

    room: str
    kind: str
    content: Json
    event: str

    @property
    def edits(self) -> bool:
        """Whether it is another content of an earlier one."""
        return "m.new_content" in self.content

    @property
    def post(self) -> str:
        """The message that it is, or that it changes."""
        return str(self.content["m.relates_to"]["event_id"]) if self.edits else self.event

    @property
    def file(self) -> bool:
        """Whether it hands over a file."""
        return self.content.get("msgtype") == "m.file"

    @property
    def pairs(self) -> list[list[str]]:
        """The signs under it, each with the press that it stands for."""
        return list(self._content.get(PRESSES, ()))

    @property
    def text(self) -> str:
        """What it says, without what the signs mean: other platforms have buttons for that."""
        body = str(self._content["body"])
        return body.rpartition("\n")[0] if self.pairs else body

    @property
    def _content(self) -> Json:
        return dict(self.content.get("m.new_content", self.content))


class Watched(Line):
    """A line that writes down what it sent, which events each sync brought, and which of them it could not read yet."""

    def __init__(self, account: Account, folder: Path) -> None:
        super().__init__(account, folder)
        self.sent: list[Sent] = []
        self.brought: dict[str, set[str]] = {}
        self.sealed: set[str] = set()
        self._rung = asyncio.Event()
        self._files: dict[str, bytes] = {}

    async def upload(self, raw: bytes, kind: str) -> str:
        address = await super().upload(raw, kind)
        self._files[address] = raw
        return address

    def file(self, sent: Sent) -> File:
        """What an event hands over, opened with the keys in it where it is sealed."""
        named = sent.content
        raw = self._files[named["url"]] if "url" in named else opened(named["file"], self._files[named["file"]["url"]])
        return File(named["filename"], raw.decode(), named["info"]["mimetype"])

    async def sync(self, since: str, **how: Any) -> Json:
        raw = await super().sync(since, **how)
        rooms = raw.get("rooms", {}).get("join", {}).values()
        self.brought[raw["next_batch"]] = {event["event_id"] for room in rooms for event in room["timeline"]["events"]}
        return raw

    async def send(self, room: str, kind: str, content: Json, txn: str, *, encrypted: bool = False) -> str:
        event = await super().send(room, kind, content, txn, encrypted=encrypted)
        if all(one.event != event for one in self.sent):  # sent again, it is the same event
            self.sent.append(Sent(room, kind, content, event))
        self.ring()
        return event

    def decrypted(self, raw: Json, room: str) -> Json | None:
        found = super().decrypted(raw, room)
        (self.sealed.add if found is None else self.sealed.discard)(str(raw.get("event_id")))
        return found

    def ring(self) -> None:
        """Something happened that somebody may wait for."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, condition: Callable[[], object], lost: Callable[[], object]) -> None:
        """Wait until this is true; `lost` is what is told if it never is."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await self._rung.wait()
        except TimeoutError:
            raise AssertionError(lost()) from None


class Answers:
    """What came in, and what the platform was answered. Nobody is heard until the door is `open`."""

    def __init__(self, line: Watched) -> None:
        self.open = False
        self.requests: list[Request] = []
        self.given: dict[str, Answer] = {}
        self.read: set[str] = set()
        """The events that are done with, whether or not they came to a request."""
        self._unread: set[str] = set()
        self._line = line

    def heard(self, handle: Handle) -> Handle:
        async def listening(request: Request) -> Answer:
            answer = await handle(request) if self.open or request.bookmark else NOTHING
            if request.bookmark:
                self._reads(request.bookmark)
            else:
                self.requests.append(request)
                self.given[request.key] = answer
            self._line.ring()
            return answer

        return listening

    def _reads(self, bookmark: str) -> None:
        """What a bookmark stands behind is done with, but for what waits for its key."""
        self._unread |= self._line.brought.pop(bookmark, set())
        self.read |= self._unread - self._line.sealed
        self._unread &= self._line.sealed
