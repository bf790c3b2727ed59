"""Files as Matrix carries them: put on the homeserver, sealed where the room is, and named in an event."""

from nio.crypto.attachments import encrypt_attachment

from adapters.base import File, Gone, Image, Later
from adapters.matrix.content import Content, sound
from adapters.matrix.line import LIMITED, Line, Refused, Unreached
from adapters.matrix.rooms import Rooms

AGAIN = 5.0
"""Seconds to wait where the homeserver could not be reached."""

SEALED_KIND = "application/octet-stream"
PNG = "image/png"


class Files:
    """Puts files where an event can name them."""

    def __init__(self, line: Line, rooms: Rooms) -> None:
        self._line = line
        self._rooms = rooms

    async def put(self, room: str, file: File) -> Content:
        """The event that hands a file to a room, the file itself being there by then. Raises Gone, Later, or Refused where
        the homeserver does not take it."""
        where = await self._placed(room, file.raw, file.kind)
        name = sound(file.name)
        info = {"mimetype": file.kind, "size": len(file.raw)}
        return {"msgtype": "m.file", "body": name, "filename": name, "info": info, "m.mentions": {}} | where

    async def put_picture(self, room: str, picture: Image, text: str) -> Content:
        """The event that shows a picture in a room, with a text below it. Raises as `put`."""
        where = await self._placed(room, picture.png, PNG)
        size = {"w": picture.width, "h": picture.height}
        info = {"mimetype": PNG, "size": len(picture.png)} | size
        shown: Content = {"msgtype": "m.image", "body": sound(text), "filename": sound(picture.name), "info": info}
        return shown | {"m.mentions": {}} | where

    async def _placed(self, room: str, raw: bytes, kind: str) -> Content:
        """Where it is by now, as an event names it."""
        known = self._rooms.known(room)
        if known is None:
            raise Gone(f"we are not in {room}")
        try:
            return await self._sealed(raw) if known.encrypted else {"url": await self._line.upload(raw, kind)}
        except Unreached as unreached:
            raise Later(AGAIN) from unreached
        except Refused as no:
            if no.code == LIMITED:
                raise Later(no.seconds or AGAIN) from no
            raise

    async def _sealed(self, raw: bytes) -> Content:
        """What is on the homeserver can be read only with the keys that the event carries."""
        sealed, keys = encrypt_attachment(raw)
        return {"file": keys | {"url": await self._line.upload(sealed, SEALED_KIND)}}
