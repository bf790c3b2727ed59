"""What is new in a group, as feeds tell it: decisions, meetings that were held, lessons."""

from collections.abc import Callable, Iterator
from uuid import NAMESPACE_URL, uuid5

from adapters.web.blocks import To
from adapters.web.leaf import Feed, New
from bot import why
from bot.plain import instant
from bot.reader import short
from bot.site import learnt
from bot.site.visits import Visit
from decisions.model import Group, Meeting, Openness
from storage import browsing, learning, polling

MOST = 50
"""How much a feed tells: the last of it."""

WORDS = 500


def feed(visit: Visit, home: str, has: Callable[[To], bool] = lambda to: True) -> Feed:
    """The last of all that is new and `has` a page, the newest first. `home`: where the group's pages are."""
    group, reader = visit.group, visit.reader
    all_ = [one for one in (*_decided(visit), *_held(visit), *_learnt(visit)) if has(one.to)]
    news = sorted(all_, key=lambda one: (one.at, one.uid), reverse=True)
    return Feed(
        language=reader.language,
        title=reader.say("site-feed-title", group.name),
        uid=uid(group, ""),
        home=home,
        at=news[0].at if news else instant(group.made_at) or "",
        news=tuple(news[:MOST]),
        private=group.openness is not Openness.PUBLIC,
    )


def uid(group: Group, ref: str) -> str:
    """What feed readers know it by: the same wherever the pages are, and for good."""
    return uuid5(NAMESPACE_URL, f"folkmoot:{group.id}:{group.made_at.isoformat()}:{ref}").urn


def _decided(visit: Visit) -> Iterator[New]:
    made = browsing.decided(visit.work, visit.group.id, 0, MOST)
    titles = polling.titles(visit.work, made)
    for one in made:
        if one.outcome is None or one.closed_at is None:
            continue
        said = [why.result(one.outcome, visit.reader), why.counted(one, one.outcome.counts, visit.reader)]
        text = visit.reader.say("why", *said)
        text = f"{text}\n{short(one.statement, WORDS)}" if one.statement else text
        yield _new(visit, f"D-{one.decision}", titles.get(one.id, ""), text, instant(one.closed_at) or "")


def _held(visit: Visit) -> Iterator[New]:
    ended = [one for one in visit.work.all(Meeting, group_id=visit.group.id) if one.started_at and one.ended_at]
    for one in sorted(ended, key=lambda one: one.number)[-MOST:]:
        text = visit.reader.say("minutes-when", one.started_at, one.ended_at, _span(visit, one))
        yield _new(visit, one.ref, one.title, text, instant(one.ended_at) or "")


def _span(visit: Visit, one: Meeting) -> str:
    return visit.reader.span(one.ended_at - one.started_at) if one.ended_at and one.started_at else ""


def _learnt(visit: Visit) -> Iterator[New]:
    for one in learning.lessons(visit.work, visit.group.id)[:MOST]:
        title = learnt.title(learning.tried(visit.work, one), visit.reader)
        said = [learnt.badge(one.worked, visit.reader).text, short(one.happened or one.text, WORDS)]
        yield _new(visit, one.ref, title, ". ".join(each for each in said if each), instant(one.at) or "")


def _new(visit: Visit, ref: str, title: str, text: str, at: str) -> New:
    title = visit.reader.say("card-title", ref, title or visit.reader.say("forgotten-title"))
    return New(uid=uid(visit.group, ref), title=title, text=text, to=To(ref), at=at)
