"""The search of the command line: what is found in all groups, or in one, as lines or as JSON."""

import json
from typing import Any

from bot import searching
from bot.clock import SystemClock
from bot.errands import group_named
from bot.reader import Reader
from bot.running import opened
from bot.searching import Page, Shown
from bot.telling import WRONG, Failure, say, settings
from decisions.model import Group
from decisions.refusals import EmptyText, Refusal

SIZE = 20


def search(words: str, group: str | None, page: int, *, as_json: bool) -> tuple[bool, list[str]]:
    """Whether anything was found, and what."""
    reader = Reader(settings().language, settings().zone)
    with opened(make=False) as store, store.reading() as work:
        groups = [group_named(work, group)] if group else work.all(Group)
        try:
            if not words.strip():
                raise EmptyText("folkmoot search")
            within, now = [one.id for one in groups], SystemClock().now()
            found = searching.searched(work, words, within, reader, page, now=now, size=SIZE)
        except Refusal as no:
            raise Failure(WRONG, "refused", reader.refused(no)) from no
    return bool(found.shown), (_json(found) if as_json else _lines(found, reader)).splitlines()


def _lines(found: Page, reader: Reader) -> str:
    if not found.shown:
        return say("search-none", found.words)
    key = "search-heading-more" if found.more else "search-heading"
    return "\n".join([reader.say(key, found.words, found.total, found.number, found.pages),
                      *(_line(one, reader) for one in found.shown)])  # fmt: skip


def _line(one: Shown, reader: Reader) -> str:
    about = " · ".join(part for part in (one.kind, one.by, reader.at(one.at), one.group.name) if part)
    excerpt = searching.joined(one.excerpt)
    lines = [
        f"{one.ref} · {one.heading}",
        f"  {about}",
        f"  {excerpt}" if excerpt else "",
        f"  {one.url}" if one.url else "",
    ]
    return "\n".join(part for part in lines if part)


def _json(found: Page) -> str:
    made: dict[str, Any] = {
        "words": found.words, "total": found.total, "more": found.more, "page": found.number, "pages": found.pages,
        "found": [_plain(one) for one in found.shown],
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=1)


def _plain(one: Shown) -> dict[str, Any]:
    return {
        "id": one.ref, "group": one.group.name, "title": one.heading, "kind": one.kind, "by": one.by or None,
        "at": one.at.isoformat(), "outcome": one.outcome or None, "excerpt": searching.joined(one.excerpt),
        "marked": [part for part, hit in one.excerpt if hit], "url": one.url, "elsewhere": one.more,
    }  # fmt: skip
