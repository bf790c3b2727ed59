"""Minutes: those of a meeting as a file, in each of the forms that people and programs read."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from adapters.base import File
from bot.minutes import forgetting, page, plain, readable, sheet, wikitext
from bot.reader import Reader
from storage.minuting import Minuted

Write = Callable[[Minuted, Reader, datetime], str]

FORMS: Mapping[str, tuple[str, str, Write]] = {
    "md": ("md", "text/markdown", lambda known, reader, now: readable.written(sheet.made(known, reader, now))),
    "html": ("html", "text/html", lambda known, reader, now: page.written(sheet.made(known, reader, now))),
    "wiki": ("wiki.txt", "text/plain", lambda known, reader, now: wikitext.written(sheet.made(known, reader, now))),
    "json": ("json", "application/json", lambda known, reader, now: plain.written(known, reader)),
}
"""The register of forms: how the file's name ends, its media type, and what writes it. Another one is a module and a
line here."""


def file(known: Minuted, form: str, reader: Reader, now: datetime) -> File:
    """The minutes as a file to keep."""
    ending, kind, _ = FORMS[form]
    return File(f"{_named(known)}.{ending}", text(known, form, reader, now), kind)


def text(known: Minuted, form: str, reader: Reader, now: datetime) -> str:
    """The minutes as a text."""
    return FORMS[form][2](forgetting.told(known, reader), reader, now)


def _named(known: Minuted) -> str:
    """`m-3-budget-of-2027`: letters and digits of the title, as every system takes them."""
    words = re.findall(r"[a-z0-9]+", known.meeting.title[:200].casefold())
    return "-".join([known.meeting.ref.lower(), *words])[:60].rstrip("-")
