"""Export: a group's record as files - for programs, for spreadsheets, for people to read, for wikis and for calendars."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.base import File
from bot.export import reading, tables, whole
from bot.export.gathered import gathered
from bot.export.wanted import WHOLE, Wanted
from bot.export.zipped import zipped
from bot.markup import markdown, wikitext
from bot.meeting import calendars
from decisions.model import Group
from storage.work import Work

Files = Mapping[str, bytes]
"""What a form writes that needs several files: name, with `/` between folders, -> content."""

Write = Callable[[Work, Group, Wanted, datetime], str | Files]
ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class Form:
    """A form: how the name of its file ends, its media type, and what writes it."""

    ending: str
    kind: str
    write: Write
    several: bool = False
    """It writes several files, which are handed over in one archive."""


def export(work: Work, group: Group, form: str, now: datetime, wanted: Wanted = WHOLE) -> File:
    """What is wanted of a group's record, as one file: things in the order of their numbers, or meetings in that of time."""
    made, one = FORMS[form].write(work, group, wanted, now), FORMS[form]
    return File(f"{_name(group)}{one.ending}", made if isinstance(made, str) else zipped(made), one.kind)


def files(work: Work, group: Group, form: str, now: datetime, wanted: Wanted = WHOLE) -> Files:
    """The same as so many files as the form writes."""
    made = FORMS[form].write(work, group, wanted, now)
    return {f"{_name(group)}{FORMS[form].ending}": made.encode("utf-8", "replace")} if isinstance(made, str) else made


def for_a_page(work: Work, group: Group, wanted: Wanted, now: datetime) -> str:
    """What is wanted of a group's record as wikitext that stays the same until something in it changes."""
    found = gathered(work, group, wanted)
    text = wikitext.written(reading.log(found, now, tables=True, dated=False), found.reader.language)
    return unicodedata.normalize("NFC", text).strip()  # as the wiki keeps it


def _name(group: Group) -> str:
    return f"folkmoot-{group.id}"


def _json(work: Work, group: Group, wanted: Wanted, now: datetime) -> str:
    return json.dumps(whole.plain(gathered(work, group, wanted), now), ensure_ascii=False, indent=2) + "\n"


def _csv(work: Work, group: Group, wanted: Wanted, now: datetime) -> Files:
    return tables.written(whole.plain(gathered(work, group, wanted), now), wanted.kinds)


def _markdown(work: Work, group: Group, wanted: Wanted, now: datetime) -> str:
    return markdown.written(reading.log(gathered(work, group, wanted), now))


def _wikitext(work: Work, group: Group, wanted: Wanted, now: datetime) -> str:
    found = gathered(work, group, wanted)
    return wikitext.written(reading.log(found, now, tables=True), found.reader.language)


def _calendar(work: Work, group: Group, wanted: Wanted, now: datetime) -> str:
    return calendars.feed(work, group, now, wanted.since, wanted.until)


def _html(work: Work, group: Group, wanted: Wanted, now: datetime) -> Files:
    from bot.site import still

    return still.files(work, group, wanted, now)


FORMS: Mapping[str, Form] = {
    "json": Form(".json", "application/json", _json),
    "csv": Form("-csv.zip", ZIP, _csv, several=True),
    "md": Form(".md", "text/markdown", _markdown),
    "wikitext": Form(".wiki.txt", "text/plain", _wikitext),
    "html": Form("-html.zip", ZIP, _html, several=True),
    "ics": Form(".ics", calendars.KIND, _calendar),
}
"""The register of forms: another one is a function and a line here; one that writes several files returns them by name."""
