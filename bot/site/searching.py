"""The page on which a log is searched: what is asked for stands in its address, so that it can be handed on."""

from adapters.web.blocks import Badge, Block, Item, Items, Lines, Link, Nothing, Section, Span, To
from adapters.web.leaf import Leaf
from bot.searching import Page, Shown, searched
from bot.site import frame
from bot.site.visits import Visit
from decisions.model import Outcome, Result
from decisions.refusals import Refusal
from storage.excerpts import Marked

SIZE = 20
"""How many things one page has."""


def leaf(visit: Visit) -> Leaf:
    """The field for words, and what is found of them in this log."""
    reader, blocks, beside = visit.reader, tuple[Block, ...](), dict[str, Link | None]()
    if visit.words.strip():
        blocks, beside = _found(visit)
    else:
        blocks = (Lines((reader.say("site-search-how"),)),)
    title = reader.say("site-search")
    sections = [Section("", blocks)]
    return frame.leaf(visit, "search", "search", title, sections, searched=visit.words, **beside)


def _found(visit: Visit) -> tuple[tuple[Block, ...], dict[str, Link | None]]:
    mine = frozenset((visit.member.id,)) if visit.member else frozenset[int]()
    groups, reader = (visit.group.id,), visit.reader
    try:
        page = searched(visit.work, visit.words, groups, reader, visit.page, now=visit.now, mine=mine, size=SIZE)
    except Refusal as no:
        return (Nothing(reader.refused(no)),), {}
    if not page.shown:
        return (Nothing(reader.say("site-found-none")), Lines((reader.say("site-search-how"),))), {}
    said = [reader.say("site-found", page.total)] + ([reader.say("site-found-newest")] if page.more else [])
    return (Lines(tuple(said)), Items(tuple(_item(one, visit) for one in page.shown))), _beside(visit, page)


def _item(one: Shown, visit: Visit) -> Item:
    said = (one.kind, one.by)
    return Item(
        ref=one.ref,
        title=one.heading,
        marked=_spans(one.title),
        to=To(one.ref),
        badge=_badge(one, visit),
        time=frame.time(one.at, visit.reader),
        lines=(" · ".join(each for each in said if each),),
        excerpt=_spans(one.excerpt),
    )


def _badge(one: Shown, visit: Visit) -> Badge | None:
    if one.outcome not in {each.value for each in Result}:
        return None
    return frame.badge(Outcome(result=Result(one.outcome), counts={}), visit.reader)


def _spans(marked: Marked) -> tuple[Span, ...]:
    return tuple(Span(text, hit) for text, hit in marked)


def _beside(visit: Visit, page: Page) -> dict[str, Link | None]:
    def turned(number: int) -> Link | None:
        if not 1 <= number <= page.pages:
            return None
        return Link(visit.reader.say("site-page", number, page.pages), To("search", page=number, words=visit.words))

    return {"before": turned(page.number - 1), "after": turned(page.number + 1)}
