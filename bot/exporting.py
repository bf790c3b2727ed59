"""Exporting: what the command line does to write a group's record, and where it puts it."""

import sys
from collections.abc import Mapping
from pathlib import Path

from bot import export
from bot.clock import SystemClock
from bot.errands import group_named, write
from bot.export.wanted import Wanted, wanted
from bot.export.zipped import zipped
from bot.reader import Reader
from bot.running import opened
from bot.telling import WRONG, Failure, listed, settings
from decisions.model import Group
from decisions.refusals import Refusal


def exported(form: str, group: str | None, filters: Mapping[str, str], out: Path | None) -> bytes | None:
    """Write what is wanted of a group's record; what is for standard output is returned."""
    if form not in export.FORMS:
        raise Failure(WRONG, "unknown-format", form, listed(list(export.FORMS)))
    several, here = export.FORMS[form].several, out is None or str(out) == "-"
    if several and here and sys.stdout.isatty():
        raise Failure(WRONG, "export-where", form)
    with opened(make=False) as store, store.reading() as work:
        found = group_named(work, group)
        files = export.files(work, found, form, SystemClock().now(), filtered(filters, found))
    if several and out is not None and _is_folder(out):
        _fill(out, files)
        return None
    whole = zipped(files) if several else next(iter(files.values()))
    if here or out is None:
        return whole
    write(out, whole)
    return None


def filtered(filters: Mapping[str, str], group: Group) -> Wanted:
    """What of a group's record is wanted, by the options of the command line."""
    spoken = Reader(settings().language, settings().zone)
    try:
        return wanted(filters, group.zone, None, spoken)
    except Refusal as no:
        raise Failure(WRONG, "refused", spoken.refused(no)) from no


def _is_folder(out: Path) -> bool:
    """Whether several files go into a folder of this name, or into one archive."""
    return out.is_dir() or not (out.suffix or out.exists())


def _fill(folder: Path, files: export.Files) -> None:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        write(place, content)
