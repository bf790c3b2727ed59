"""Photos: a picture in a message, as large as its own bytes say."""

from dataclasses import dataclass

from .documents import Document
from .refused import Wire, bad

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 10 * 1024 * 1024
MOST_SIDES, MOST_RATIO = 10_000, 20


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that was taken: of the kinds that Telegram takes the server knows PNG."""

    file: Document
    width: int
    height: int

    def wire(self) -> list[Wire]:
        return [self.file.file_wire() | {"width": self.width, "height": self.height}]


def taken(file: Document) -> Photo:
    """The picture in a file, checked as Telegram does."""
    if not file.content.startswith(PNG) or file.content[12:16] != b"IHDR":
        raise bad("IMAGE_PROCESS_FAILED")
    if len(file.content) > LARGEST:
        raise bad("file is too big")
    width, height = (int.from_bytes(file.content[at : at + 4], "big") for at in (16, 20))
    if not width or not height or width + height > MOST_SIDES or max(width, height) > MOST_RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return Photo(file, width, height)
