"""Still: the pages of a log as files that need no server, by the same hands that write them for one."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from adapters.web import atom, showing
from adapters.web.blocks import To
from bot.export.wanted import About, Wanted
from bot.meeting import calendars
from bot.site import actions, decisions, frame, meetings, news
from bot.site.door import leaf
from bot.site.visits import Visit
from decisions.model import Group
from storage.work import Work

FEED, CALENDAR, START = "feed.atom", "calendar.ics", "index.html"
SHEETS = ("page.css", "icon.svg")


def files(work: Work, group: Group, wanted: Wanted, now: datetime) -> Mapping[str, bytes]:
    """Name of a file -> what is in it. A page leads to those that are there, and to no other."""
    visit = Visit(
        work=work, group=group, member=None, reader=wanted.reader_of(group), now=now, still=True, wanted=wanted
    )
    pages = dict(_pages(visit))
    names = {*pages, FEED, CALENDAR}

    def href(to: To | str) -> str:
        name = to if isinstance(to, str) else named(to)
        return name if isinstance(to, str) or (to.group is None and name in names) else ""

    made = {name: showing.leaf(shown, href, "") for name, each in pages.items() if (shown := leaf(*each)) is not None}
    made[FEED] = atom.written(news.feed(visit, "", lambda to: named(to) in pages), href)
    made[CALENDAR] = calendars.feed(work, group, now, wanted.since, wanted.until, placed=False)
    made |= {name: showing.FILES[name].text for name in SHEETS}
    return {name: text.encode() for name, text in made.items()}


def named(to: To) -> str:
    """The file in which a page is."""
    if to.name in (FEED, CALENDAR):
        return to.name
    return START if not to.name else f"{to.name}{f'-{to.page}' if to.page > 1 else ''}.html"


def _pages(visit: Visit) -> Iterator[tuple[str, tuple[Visit, str]]]:
    yield START, (visit, "")
    for part, count in _listed(visit):
        for page in range(1, max(-(-count // frame.PAGE), 1) + 1):
            yield named(To(part, page=page)), (visit.turned(page), part)
    for name in _things(visit):
        yield named(To(name)), (visit, name)


def _listed(visit: Visit) -> Iterator[tuple[str, int]]:
    """The parts that are wanted, each with how much its pages list."""
    counts: Mapping[About, Callable[[], int]] = {
        About.DECISIONS: lambda: decisions.made(visit)[0],
        About.MEETINGS: lambda: len(meetings.known(visit)[1]),
        About.ACTIONS: lambda: len(actions.over(visit)),
        About.LESSONS: lambda: len(visit.lessons()),
    }
    return ((one.value, count()) for one, count in counts.items() if one in visit.wanted.kinds)


def _things(visit: Visit) -> Iterator[str]:
    """What has a page of its own."""
    coming, past = meetings.known(visit)
    yield from (decisions.reference(one) for one in (*decisions.ahead(visit), *decisions.all_made(visit)))
    yield from (one.ref for one in (*coming, *past))
    yield from (one.action.ref for one in (*actions.to_do(visit), *actions.over(visit)))
    yield from (one.ref for one in visit.lessons())
