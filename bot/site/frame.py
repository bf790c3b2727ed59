"""Frame: what stands around every page of a log - its parts, languages, feeds - and how things are said on all of them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from adapters.web.blocks import Badge, Block, Link, Nothing, Picture, Section, Time, To, Tone
from adapters.web.leaf import Leaf
from bot import links, pictures, why, words
from bot.export.wanted import About
from bot.plain import instant
from bot.reader import Reader
from bot.site.visits import Visit
from decisions.model import Openness, Outcome, Result

T = TypeVar("T")

SAYS = (
    "skip",
    "parts",
    "search",
    "search-label",
    "feed",
    "calendar",
    "turn",
    "before",
    "after",
)
"""The texts around a page: `site-KEY`."""

PARTS = ("", "decisions", "meetings", "actions", "lessons")
"""The parts of a log, by the names of their first pages: `site-part-KEY`."""

PAGE = 50
"""How many things one page lists."""

TONES = {
    Result.PASSED: Tone.GOOD,
    Result.CHOSEN: Tone.GOOD,
    Result.NOT_PASSED: Tone.BAD,
    Result.BLOCKED: Tone.BAD,
    Result.NO_QUORUM: Tone.BAD,
    Result.WITHDRAWN: Tone.PLAIN,
}


def leaf(visit: Visit, name: str, part: str, title: str, sections: Sequence[Section], **more: Any) -> Leaf:
    """A page of the log; `more`: what else a Leaf has."""
    reader, group = visit.reader, visit.group
    return Leaf(
        language=reader.language,
        direction=words.direction(reader.language),
        says={key: reader.say(f"site-{key}") for key in SAYS},
        name=name,
        part=part,
        group=group.name,
        spoken=group.language,
        title=title,
        parts=parts(visit),
        sections=tuple(one for one in sections if one.blocks),
        languages=() if visit.still else languages(name, visit.page, visit.words),
        asked=visit.asked,
        feed=_feed(visit),
        calendar=_calendar(visit),
        notes=tuple(_notes(visit)),
        private=group.openness is not Openness.PUBLIC,
        can_search=not visit.still,
        **more,
    )


def parts(visit: Visit) -> tuple[Link, ...]:
    """The parts that are in it."""
    kept = [one for one in PARTS if not one or visit.wants(About(one))]
    return tuple(Link(visit.reader.say(f"site-part-{one or 'overview'}"), To(one)) for one in kept)


def languages(name: str, page: int, searched: str) -> tuple[Link, ...]:
    """The same page in each language, by its own name."""
    known = [(one, Reader(one, "UTC").say("language-name")) for one in words.languages()]
    return tuple(Link(called, To(name, page=page, words=searched, language=one)) for one, called in known)


def _feed(visit: Visit) -> To | str | None:
    if visit.still or visit.group.openness is Openness.PUBLIC:
        return To("feed.atom")
    return None if visit.member is None else links.news(visit.member)


def _calendar(visit: Visit) -> To | str | None:
    if visit.still or visit.group.openness is Openness.PUBLIC:
        return To("calendar.ics")
    return None if visit.member is None else links.calendar(visit.member)


def _notes(visit: Visit) -> list[str]:
    said = visit.reader.say("site-zone", visit.reader.zone)
    if visit.still:
        return [visit.reader.say("site-still", visit.now), said]
    return [visit.reader.say(f"site-is-{visit.group.openness.value}"), said]


# -- how things are said ----------------------------------------------------------------------------------------------


def time(at: datetime, reader: Reader) -> Time:
    return Time(reader.at(at), instant(at) or "")


def drawn(picture: pictures.Picture) -> Picture:
    """A picture as it stands on a page."""
    return Picture(picture.svg)


def ours(text: str, reader: Reader, name: str = "") -> str:
    """A line of ours that begins with a name: it runs as the page does, in whichever script the name is. Browsers go by
    the first letter, also of what is set apart."""
    apart = text.replace(name, words.isolated(name), 1) if name else text
    return f"{words.MARK[words.direction(reader.language)]}{apart}"


def badge(outcome: Outcome, reader: Reader) -> Badge:
    """How a poll came out."""
    return Badge(why.result(outcome, reader), TONES[outcome.result])


def listed(visit: Visit, about: str, blocks: Sequence[Block]) -> list[Section]:
    """A page's list under its own title, or how there comes to be something on it."""
    return [Section("", tuple(blocks) or (Nothing(visit.reader.say(f"site-none-{about}")),))]


def in_two(
    visit: Visit, part: str, ahead: tuple[str, Sequence[T]], behind: tuple[str, Sequence[T]],
    items: Callable[[Visit, Sequence[T]], Sequence[Block]],
) -> Leaf | None:  # fmt: skip
    """A list of what is ahead, on its first page alone, above what is behind, page by page; each with the key of its
    heading. None: there is no such page."""
    (first, coming), (second, past) = ahead, behind
    if not is_there(visit, len(past)):
        return None
    say, shown = visit.reader.say, items(visit, paged(visit, past))
    if coming and visit.page == 1:
        sections = [Section(say(first), tuple(items(visit, coming))), Section(say(second), tuple(shown))]
    else:
        sections = listed(visit, part, shown)
    return leaf(visit, part, part, say(f"site-part-{part}"), sections, **turning(visit, part, len(past)))


def paged(visit: Visit, all_: Sequence[T]) -> Sequence[T]:
    """Those of the page that is asked for."""
    return all_[(visit.page - 1) * PAGE : visit.page * PAGE]


def is_there(visit: Visit, count: int) -> bool:
    """Whether there is such a page of so many things; the first one always is."""
    return visit.page == 1 or 1 < visit.page <= -(-count // PAGE)


def turning(visit: Visit, name: str, count: int) -> dict[str, Link | None]:
    """The pages next to this one."""
    last = -(-count // PAGE)
    said = {
        "before": visit.page - 1 if visit.page > 1 else None,
        "after": visit.page + 1 if visit.page < last else None,
    }
    return {
        way: None if to is None else Link(visit.reader.say("site-page", to, last), To(name, page=to))
        for way, to in said.items()
    }
