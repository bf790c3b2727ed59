"""The page that lists a group's decisions, and what is open."""

from collections.abc import Sequence

from adapters.web.blocks import Item, Items, Section, To
from adapters.web.leaf import Leaf
from bot import why
from bot.export.gathered import decided
from bot.export.wanted import WHOLE, About
from bot.site import frame
from bot.site.decision import badge
from bot.site.decision import reference as reference
from bot.site.visits import Visit
from decisions.model import Poll, Result
from storage import browsing, polling


def leaf(visit: Visit) -> Leaf | None:
    """What is open or still to come, and the decisions, the latest first."""
    count, those = made(visit)
    if not frame.is_there(visit, count):
        return None
    reader, shown = visit.reader, items(visit, those)
    coming = ahead(visit) if visit.page == 1 else []
    if coming:
        sections = [Section(reader.say("site-open-now"), items(visit, coming))]
        sections.append(Section(reader.say("site-decided"), shown))
    else:
        sections = frame.listed(visit, "decisions", shown)
    title = reader.say("site-part-decisions")
    return frame.leaf(visit, "decisions", "decisions", title, sections, **frame.turning(visit, "decisions", count))


def ahead(visit: Visit) -> list[Poll]:
    """What is open or still to come."""
    found = polling.ahead(visit.work, visit.group.id) if visit.wants(About.DECISIONS) else []
    return [one for one in found if visit.wanted.spans(one.made_at, visit.now)]


def made(visit: Visit) -> tuple[int, Sequence[Poll]]:
    """How many decisions there are, and those of the page that is asked for."""
    if visit.wanted == WHOLE:
        found = browsing.decided(visit.work, visit.group.id, (visit.page - 1) * frame.PAGE, frame.PAGE)
        return browsing.count(visit.work, visit.group.id), found
    all_ = all_made(visit)
    return len(all_), frame.paged(visit, all_)


def all_made(visit: Visit) -> list[Poll]:
    """All decisions, the latest first."""
    return list(reversed(decided(visit.work, visit.group, visit.wanted)))


def items(visit: Visit, polls: Sequence[Poll]) -> tuple[Items, ...]:
    """Polls as a list; none, where there are none."""
    titles = polling.titles(visit.work, polls)
    found = tuple(_item(visit, one, titles.get(one.id, "")) for one in polls)
    return (Items(found),) if found else ()


def _item(visit: Visit, poll: Poll, title: str) -> Item:
    reader = visit.reader
    at = poll.closed_at or poll.closes_at
    return Item(
        ref=reference(poll),
        title=title or reader.say("forgotten-title"),
        to=To(reference(poll)),
        badge=badge(poll, reader),
        lines=tuple(_lines(visit, poll)),
        time=frame.time(at, reader) if poll.closed_at else None,
    )


def _lines(visit: Visit, poll: Poll) -> list[str]:
    if poll.outcome is None:
        return [visit.reader.say("card-open", poll.closes_at)]
    if poll.outcome.result is Result.WITHDRAWN:
        return []
    counts = why.counted(poll, poll.outcome.counts, visit.reader)
    return [counts]
