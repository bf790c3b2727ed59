"""Searching: one page of what is found, as whoever reads it may see it - for chats, the command line and pages alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import links, queries
from bot.reader import Reader
from decisions.model import Group
from decisions.searching import Kind, Query
from storage import finding
from storage.asking import DECIDED
from storage.excerpts import Marked
from storage.hits import Hit
from storage.search import find
from storage.work import Work

PAGE = 5
"""How many things one page has, where nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing that was found."""

    ref: str
    group: Group
    """The group that the thing is of."""
    title: Marked
    """What the thing is called, in parts: (text, whether it was asked for)."""
    excerpt: Marked
    """The part of a text that holds most of what was asked for, in the same way; empty: the thing has only a title."""
    kind: str
    """What the text is, in the reader's words: `reason`."""
    by: str
    """Who said it; empty: nobody is named."""
    at: datetime
    outcome: str
    url: str | None
    """Where its page is; None: it has none."""
    more: int
    """In how many other texts of the same thing it stands."""

    @property
    def heading(self) -> str:
        """What it is called."""
        return joined(self.title)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was found. `number` counts from 1."""

    words: str
    shown: Sequence[Shown]
    number: int
    pages: int
    total: int
    more: bool
    """There is more, of which only the newest was looked at."""


def searched(
    work: Work, words: str, groups: Collection[int], reader: Reader, page: int = 1, *, now: datetime,
    mine: frozenset[int] = frozenset(), size: int = PAGE,
) -> Page:  # fmt: skip
    """A page of what there is of these words in groups that whoever asks may see. `mine`: the members that they are.
    Raises refusals."""
    asked = queries.query(words, reader, now, mine)
    return paged(work, words, asked, groups, reader, page, size)


def paged(
    work: Work, words: str, asked: Query, groups: Collection[int], reader: Reader, page: int, size: int = PAGE
) -> Page:
    """The same for a query. A page behind the last is the last."""
    languages = (reader.language,)
    found = find(work, asked, groups, size, (max(page, 1) - 1) * size, languages)
    pages = max(1, -(-found.total // size))
    if page > pages:
        return paged(work, words, asked, groups, reader, pages, size)
    people = finding.named(work, (one.by for one in found.hits if one.by is not None))
    shown = [_shown(work, one, people, reader) for one in found.hits]
    return Page(words, shown, max(page, 1), pages, found.total, found.more)


def _shown(work: Work, one: Hit, people: dict[int, tuple[str, str]], reader: Reader) -> Shown:
    group = work.known(Group, one.home_id)
    by = "" if one.by is None else people.get(one.by, ("", ""))[0] or reader.say("forgotten")
    return Shown(
        ref=one.ref, group=group, title=one.headline or ((reader.say("forgotten-title"), False),), excerpt=one.excerpt,
        kind=kind_of(one, reader), by=by, at=one.at, outcome=one.outcome, url=links.permalink(group, one.ref),
        more=one.more,
    )  # fmt: skip


def kind_of(one: Hit, reader: Reader) -> str:
    """What a text is, in the reader's words. A proposal that came to something is a decision."""
    decided = one.kind is Kind.PROPOSAL and one.outcome in DECIDED
    return queries.own("decision" if decided else one.kind.value, "kind", reader)[0].strip()


def joined(parts: Marked) -> str:
    """A marked text without its marks."""
    return "".join(part for part, _ in parts)
