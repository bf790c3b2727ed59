"""The pages of meetings: all of a group, and one with its minutes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from adapters.web.blocks import (
    Badge,
    Block,
    Bullet,
    Bullets,
    Fact,
    Facts,
    Item,
    Items,
    Lines,
    Link,
    Section,
    To,
    Tone,
    Words,
)
from adapters.web.leaf import Leaf
from bot import pictures
from bot.export.wanted import About
from bot.meeting import calendars, chosen, marking
from bot.minutes import forgetting, sheet
from bot.minutes.sheet import Chapter
from bot.reader import Reader
from bot.site import frame, learnt
from bot.site.visits import Visit
from decisions import choosing, meetings
from decisions.minutes import day_of
from decisions.model import Meeting, Stage, Thing
from storage import minuting
from storage.minuting import Minuted

AHEAD = (Stage.ASKED, Stage.SET, Stage.RUNNING)
TONES = {Stage.SET: Tone.OPEN, Stage.RUNNING: Tone.OPEN, Stage.CANCELLED: Tone.BAD}


def leaf(visit: Visit) -> Leaf | None:
    """The meetings to come, the next one first; then those that were, the last one first."""
    coming, past = known(visit)
    return frame.in_two(visit, "meetings", ("site-coming", coming), ("site-held", past), items)


def known(visit: Visit) -> tuple[list[Meeting], list[Meeting]]:
    """The meetings to come, and those that were."""
    all_ = _all(visit)
    coming = [one for one in all_ if one.stage in AHEAD]
    return coming, [one for one in reversed(all_) if one.stage not in AHEAD]


def _all(visit: Visit) -> list[Meeting]:
    found = visit.work.all(Meeting, group_id=visit.group.id) if visit.wants(About.MEETINGS) else []
    return sorted((one for one in found if visit.wanted.meets(one)), key=_order)


def _order(meeting: Meeting) -> tuple[datetime, int]:
    return day_of(meeting), meeting.number


def items(visit: Visit, those: Sequence[Meeting]) -> tuple[Items, ...]:
    """Meetings as a list; none, where there are none."""
    found = tuple(_item(one, visit.reader) for one in those)
    return (Items(found),) if found else ()


def _item(one: Meeting, reader: Reader) -> Item:
    timed = one.started_at or one.starts_at
    return Item(
        ref=one.ref,
        title=one.title or reader.say("forgotten-title"),
        to=To(one.ref),
        badge=badge(one, reader),
        time=frame.time(timed, reader) if timed else None,
    )


def badge(one: Meeting, reader: Reader) -> Badge:
    """Where it is in its life."""
    return Badge(reader.say(f"site-stage-{one.stage.value}"), TONES.get(one.stage, Tone.PLAIN))


# -- one --------------------------------------------------------------------------------------------------------------


def meeting(visit: Visit, one: Meeting) -> Leaf:
    """The page of a meeting: when and where, and what came of it."""
    reader = visit.reader
    minuted = forgetting.told(minuting.minuted(visit.work, one), reader)
    made = sheet.made(minuted, reader, visit.now)
    sections = [
        Section("", tuple(_head(visit, minuted, made.words))),
        Section(reader.say("site-times"), _times(visit, one)),
        *(_chapter(each, reader) for each in made.chapters if each.items or each.deeper),
        Section(reader.say("site-related"), learnt.related(visit, Thing.MEETING, one.id)),
    ]
    title = one.title or reader.say("forgotten-title")
    before, after = _beside(visit, one)
    return frame.leaf(
        visit,
        one.ref,
        "meetings",
        title,
        sections,
        kicker=one.ref,
        badge=badge(one, reader),
        before=_link(before, reader),
        after=_link(after, reader),
    )


def _head(visit: Visit, known: Minuted, words: str) -> Iterable[Block]:
    one, reader = known.meeting, visit.reader
    if words:
        yield Words(words)
    rows = [(reader.say("site-when"), _when(visit, known))]
    if one.place and visit.member is not None:  # else whoever reads it could walk in
        there: Fact = Link(one.place, one.place) if calendars.is_address(one.place) else one.place
        rows.append((reader.say("site-where"), (there,)))
    if known.minutes.subject:
        rows.append((reader.say("site-subject"), (known.minutes.subject,)))
    if known.minutes.chairs:
        rows.append((reader.say("site-chair"), tuple(known.name(each) for each in known.minutes.chairs)))
    if known.twin is not None:
        rows.append((reader.say("site-twin"), (Link(f"{known.twin.ref} · {known.twin.title}", To(known.twin.ref)),)))
    yield Facts(tuple(rows))
    if one.every:
        yield Lines((reader.say("meeting-every", one.every),))


def _times(visit: Visit, one: Meeting) -> tuple[Block, ...]:
    """While a time is looked for: when how many can."""
    slots = marking.slots(visit.work, one) if one.stage is Stage.ASKED else []
    if not slots:
        return ()
    circle = chosen.circle_of(visit.work, one, slots)
    counts = choosing.counts(slots, chosen.said_by(visit.work, one, circle.members))
    return (frame.drawn(pictures.availability(one, slots, counts, len(circle.members), visit.reader)),)


def _when(visit: Visit, known: Minuted) -> tuple[Fact, ...]:
    one, reader = known.meeting, visit.reader
    if one.started_at is not None:
        return (sheet.when(known, reader, visit.now),)
    if one.starts_at is None:
        return (reader.say("stage-asked"),)
    ends = meetings.ends_at(one)
    span = reader.span(ends - one.starts_at) if ends else ""
    return (reader.say("site-for", reader.at(one.starts_at), span),) if span else (reader.at(one.starts_at),)


def _chapter(one: Chapter, reader: Reader) -> Section:
    points = tuple(
        Bullet(frame.ours(item.text, reader, item.name) if item.name else item.text, item.address or None, item.beneath)
        for item in one.items
    )
    deeper = one.deeper and bool(one.items)
    blocks: tuple[Block, ...] = (Bullets(points),) if points else (Lines(()),)
    return Section(one.heading, blocks, deeper=deeper)


def _beside(visit: Visit, one: Meeting) -> tuple[Meeting | None, Meeting | None]:
    all_ = _all(visit)
    here = all_.index(one)
    return all_[here - 1] if here else None, all_[here + 1] if here + 1 < len(all_) else None


def _link(one: Meeting | None, reader: Reader) -> Link | None:
    if one is None:
        return None
    return Link(f"{one.ref} · {one.title or reader.say('forgotten-title')}", To(one.ref))
