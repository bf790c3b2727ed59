"""Files as Matrix carries them: put on the homeserver, sealed where the room is, and named in an event."""

from nio.crypto.attachments import encrypt_attachment

from adapters.base import File, Gone, Later
from adapters.matrix.content import Content, sound
from adapters.matrix.line import LIMITED, Line, Refused, Unreached
from adapters.matrix.rooms import Rooms

AGAIN = 5.0
"""Seconds to wait where the homeserver could not be reached."""

SEALED_KIND = "application/octet-stream"


class Files:
    """Puts files where an event can name them."""

    def __init__(self, line: Line, rooms: Rooms) -> None:
        self._line = line
        self._rooms = rooms

    async def put(self, room: str, file: File) -> Content:
        """The event that hands a file to a room, the file itself being there by then. Raises Gone, Later, or Refused where
        the homeserver does not take it."""
        known = self._rooms.known(room)
        if known is None:
            raise Gone(f"we are not in {room}")
        try:
            where = (
                await self._sealed(file) if known.encrypted else {"url": await self._line.upload(file.raw, file.kind)}
            )
        except Unreached as unreached:
            raise Later(AGAIN) from unreached
        except Refused as no:
            if no.code == LIMITED:
                raise Later(no.seconds or AGAIN) from no
            raise
        name = sound(file.name)
        info = {"mimetype": file.kind, "size": len(file.raw)}
        return {"msgtype": "m.file", "body": name, "filename": name, "info": info, "m.mentions": {}} | where

    async def _sealed(self, file: File) -> Content:
        """What is on the homeserver can be read only with the keys that the event carries."""
        raw, keys = encrypt_attachment(file.raw)
        return {"file": keys | {"url": await self._line.upload(raw, SEALED_KIND)}}
