"""The tag that each button carries: only what we sent ourselves, for this chat, is taken for a press."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

LIMIT = 64
"""How many bytes of data a button holds at Telegram."""

LETTERS = 8
"""48 bits: guessing one takes longer than Telegram lets anybody try."""


class Marks:
    """Writes and checks button data: the press, a tilde, and the tag."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def marked(self, press: str, chat: str) -> str:
        """The data of a button. Raises ValueError where it is too long for one."""
        data = f"{press}~{self._tag(press, chat)}"
        if len(data.encode()) > LIMIT:
            raise ValueError(f"a button cannot carry {press!r}")
        return data

    def press(self, data: str, chat: str) -> str | None:
        """The press that the data carries; None: it is not ours, or not for this chat."""
        press, _, tag = data.rpartition("~")
        right = self._tag(press, chat)
        return press if hmac.compare_digest(tag.encode(errors="replace"), right.encode()) else None

    def _tag(self, press: str, chat: str) -> str:
        said = f"{chat}\0{press}".encode(errors="replace")
        return urlsafe_b64encode(hmac.digest(self._key, said, sha256))[:LETTERS].decode()
