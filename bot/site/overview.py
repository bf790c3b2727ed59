"""The first page of a group's log: what is open, what comes, what was decided last; and the list of logs that are for everyone."""

from adapters.web.blocks import Block, Item, Items, Link, Nothing, Section, To
from adapters.web.leaf import Leaf
from bot import pictures, picturing, words
from bot.reader import Reader
from bot.site import actions, decisions, frame, learnt, meetings
from bot.site.visits import Visit
from storage import browsing
from storage.work import Work

FEW = 5
"""How many of each are shown there; the rest are a page away."""

MONTHS = 6


def leaf(visit: Visit) -> Leaf | None:
    """The first page."""
    group, reader = visit.group, visit.reader
    if visit.page != 1:
        return None
    coming, _ = meetings.known(visit)
    to_do, lessons = actions.to_do(visit), visit.lessons()
    _, made = decisions.made(visit)
    sections = [
        Section(reader.say("site-open-now"), decisions.items(visit, decisions.ahead(visit))),
        Section(reader.say("site-coming"), meetings.items(visit, coming[:FEW]), _more(reader, "meetings")),
        Section(reader.say("site-decided-last"), decisions.items(visit, made[:FEW]), _more(reader, "decisions")),
        Section(reader.say("site-to-do"), actions.items(visit, to_do[:FEW]), _more(reader, "actions")),
        Section(reader.say("site-learnt-last"), learnt.items(visit, lessons[:FEW]), _more(reader, "lessons")),
        Section(reader.say("site-months"), _months(visit) if made else ()),
    ]
    shown = [one for one in sections if one.blocks] or [Section("", (Nothing(reader.say("site-none-at-all")),))]
    return frame.leaf(visit, "", "", group.name, shown, kicker=reader.say("site-log"))


def _months(visit: Visit) -> tuple[Block, ...]:
    """How many took part in the last months, where anything was decided."""
    found = picturing.months(visit.work, visit.group, visit.now, MONTHS)
    return (frame.drawn(pictures.participation(found, visit.reader)),) if found else ()


def _more(reader: Reader, part: str) -> Link:
    return Link(reader.say(f"site-all-{part}"), To(part))


def home(work: Work, reader: Reader, asked: str) -> Leaf:
    """The groups whose log is for everyone. Of the others nothing is said, not even how many there are."""
    found = tuple(Item(ref="", title=one.name, to=To(group=one.id)) for one in browsing.public(work))
    block = Items(found) if found else Nothing(reader.say("site-home-none"))
    return Leaf(
        language=reader.language,
        direction=words.direction(reader.language),
        says={key: reader.say(f"site-{key}") for key in frame.SAYS},
        name="",
        group="",
        spoken="",
        title=reader.say("site-home"),
        sections=(Section("", (block,)),),
        languages=frame.languages("", 1, ""),
        asked=asked,
        notes=(reader.say("site-members"),),
        private=False,
        can_search=False,
    )
