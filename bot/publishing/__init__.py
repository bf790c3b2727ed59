"""Publishing: a group's record on a page of its wiki, between two markers; the rest of the page stays as it is."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot import export
from bot.clock import SystemClock
from bot.errands import group_named
from bot.exporting import filtered
from bot.publishing import markers
from bot.publishing.markers import NoMarkers, OddMarkers
from bot.publishing.refused import Changed, Forgotten
from bot.publishing.wiki import PATIENCE, Page, Wiki
from bot.reader import Reader
from bot.running import opened
from bot.telling import REFUSED, WRONG, Failure, say, settings
from decisions.model import Group, Openness

TRIES = 5
"""How often it is tried where somebody else changes the page meanwhile, or the wiki forgets who we are."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it in a line, and in a dry run what would stand on the page."""

    line: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is to stand on a page, and what the page's history is to say of it."""

    text: str
    summary: str
    group: Group


def published(
    title: str, group: str | None, filters: Mapping[str, str], summary: str | None, *, create: bool, dry: bool
) -> Told:
    """Bring a page of the wiki up to date with what is wanted of a group's record. Where the settings name no wiki, a dry run
    shows the record alone."""
    logging.getLogger("mwclient").setLevel(logging.CRITICAL)  # it tells of each try; we tell what came of them
    ours, record = settings(), _record(group, filters, summary)
    if not (ours.wiki_url and ours.wiki_user and ours.wiki_password):
        if dry:
            return Told(say("wiki-dry-alone", title), f"{record.text}\n")
        raise Failure(WRONG, "wiki-settings")
    wiki = Wiki(ours.wiki_url, ours.wiki_user, ours.wiki_password, PATIENCE)
    return bring(wiki, title, record, create=create, dry=dry)


def bring(wiki: Wiki, title: str, record: Record, *, create: bool = False, dry: bool = False) -> Told:
    """The same, to a wiki. Each try reads the page anew, so that nothing that others wrote meanwhile is lost."""
    why = "wiki-conflict"
    for _ in range(TRIES):
        try:
            page = wiki.read(title)
            text = _changed(page, record.text, create=create)
            if dry:
                return Told(say("wiki-dry", page.title), f"{record.text}\n")
            if text == page.text:
                return Told(say("wiki-same", page.title))
            wiki.write(page, text, record.summary)
            return Told(_done(page, record.group))
        except Changed:
            why = "wiki-conflict"
        except Forgotten:
            why = "wiki-forgotten"
            wiki.log_in()
    raise Failure(REFUSED, why, title)


def _record(named: str | None, filters: Mapping[str, str], summary: str | None) -> Record:
    with opened(make=False) as store, store.reading() as work:
        group, now = group_named(work, named), SystemClock().now()
        if group.openness is Openness.OFF:
            raise Failure(REFUSED, "wiki-off", group.name)
        wanted = filtered(filters, group)
        said = summary or Reader(group.language, group.zone).say("wiki-summary", group.name)
        return Record(export.for_a_page(work, group, wanted, now), said, group)


def _changed(page: Page, record: str, *, create: bool) -> str:
    """The page as it is to be."""
    if page.text is None:
        if not create:
            raise Failure(REFUSED, "wiki-no-page", page.title, markers.BEGIN, markers.END)
        return markers.fresh(record)
    try:
        return markers.replaced(page.text, record)
    except NoMarkers:
        raise Failure(REFUSED, "wiki-no-markers", page.title, markers.BEGIN, markers.END) from None
    except OddMarkers:
        raise Failure(REFUSED, "wiki-odd-markers", page.title, markers.BEGIN, markers.END) from None


def _done(page: Page, group: Group) -> str:
    done = say("wiki-published", page.title)
    return done if group.openness is Openness.PUBLIC else f"{done} {say('wiki-members', group.name)}"
