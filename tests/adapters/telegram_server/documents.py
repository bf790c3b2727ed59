"""Files: sent, kept, fetched."""

import hashlib
import mimetypes
from dataclasses import dataclass

from .refused import Wire


@dataclass(frozen=True, slots=True)
class Document:
    """A file in a message."""

    name: str
    content: bytes

    @property
    def id(self) -> str:
        return "BQACAgIAAx" + hashlib.sha256(self.name.encode(errors="replace") + self.content).hexdigest()[:40]

    @property
    def path(self) -> str:
        return f"documents/{self.id[-12:]}_{self.name}"

    def wire(self) -> Wire:
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        return self.file_wire() | {"file_name": self.name, "mime_type": kind}

    def file_wire(self) -> Wire:
        return {"file_id": self.id, "file_unique_id": self.id[-16:], "file_size": len(self.content)}
