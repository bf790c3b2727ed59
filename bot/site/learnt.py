"""The pages of what was learnt: all lessons of a group, one with its use elsewhere, and what of it stands on other pages."""

from collections.abc import Iterable, Sequence

from adapters.web.blocks import (
    Badge,
    Block,
    Bullet,
    Bullets,
    Fact,
    Facts,
    Item,
    Items,
    Link,
    Quote,
    Quotes,
    Section,
    To,
    Tone,
    Words,
)
from adapters.web.leaf import Leaf
from bot import pieces
from bot.reader import Reader, short
from bot.site import frame
from bot.site.visits import Visit
from decisions.model import Action, Group, Lesson, Meeting, Openness, Poll, Related, Reuse, Review, Thing
from storage import learning, polling
from storage.finding import groups_of
from storage.learning import Learned
from storage.seeing import visible

TITLE = 200
"""Characters of what was tried that make a title."""


def seen(visit: Visit) -> frozenset[int]:
    """The groups of which a visitor may see anything: this one, those whose log is for everyone, and a member's others."""
    groups = [visit.group.id]
    if visit.member is not None:
        groups += [one.group.id for one in groups_of(visit.work, visit.member.person_id) if one.present]
    return visible(visit.work, groups)


# -- all of them ------------------------------------------------------------------------------------------------------


def leaf(visit: Visit) -> Leaf | None:
    """The lessons of a group, the newest first."""
    found = visit.lessons()
    if not frame.is_there(visit, len(found)):
        return None
    sections = frame.listed(visit, "lessons", items(visit, frame.paged(visit, found)))
    title = visit.reader.say("site-part-lessons")
    return frame.leaf(visit, "lessons", "lessons", title, sections, **frame.turning(visit, "lessons", len(found)))


def items(visit: Visit, lessons: Sequence[Lesson]) -> tuple[Items, ...]:
    """Lessons as a list; none, where there are none."""
    found = tuple(_item(visit, one) for one in lessons)
    return (Items(found),) if found else ()


def _item(visit: Visit, one: Lesson) -> Item:
    reader = visit.reader
    said = short(one.happened or one.text or one.again or one.never)
    return Item(
        ref=one.ref,
        title=title(learning.tried(visit.work, one), reader),
        to=To(one.ref),
        badge=badge(one.worked, reader),
        lines=(said,) if said else (),
        time=frame.time(one.at, reader),
    )


def title(tried: str, reader: Reader) -> str:
    """What a lesson is called."""
    return short(tried, TITLE) or reader.say("forgotten-title")


def badge(worked: bool | None, reader: Reader) -> Badge:
    """Whether it worked, or that this is open."""
    if worked is None:
        return Badge(reader.say("site-mixed"))
    return Badge(reader.say("site-worked"), Tone.GOOD) if worked else Badge(reader.say("site-failed"), Tone.BAD)


# -- one --------------------------------------------------------------------------------------------------------------


def lesson(visit: Visit, one: Lesson) -> Leaf | None:
    """The page of a lesson; None: it was withdrawn."""
    if one.withdrawn:
        return None
    reader = visit.reader
    known = learning.learned(visit.work, one).seen(seen(visit))
    told = (("happened", one.happened), ("again", one.again), ("never", one.never), ("helps", one.helps))
    reviews, reuses = _reviews(known, reader), _reuses(known, reader)
    sections = [
        Section("", tuple(_head(visit, known))),
        *(Section(reader.say(f"site-lesson-{key}"), (Words(text),)) for key, text in told if text),
        Section(reader.say("export-reviews"), (Quotes(reviews),) if reviews else ()),
        Section(reader.say("site-reuses"), (Quotes(reuses),) if reuses else ()),
        Section(reader.say("site-related"), related(visit, Thing.LESSON, one.id)),
    ]
    return frame.leaf(
        visit, one.ref, "lessons", title(known.tried, reader), sections, kicker=one.ref, badge=badge(one.worked, reader)
    )


def _head(visit: Visit, known: Learned) -> Iterable[Block]:
    one, reader = known.lesson, visit.reader
    if len(one.tried) > TITLE:
        yield Words(one.tried)
    if one.text:
        yield Words(one.text)
    rows: list[tuple[str, tuple[Fact, ...]]] = []
    if one.by is not None:
        rows.append((reader.say("site-by"), (_called(known, one.by, reader),)))
    rows.append((reader.say("site-filed"), (frame.time(one.at, reader),)))
    if known.poll is not None:
        ref = f"D-{known.poll.decision}" if known.poll.decision else known.poll.ref
        rows.append((reader.say("site-looks-back"), (Link(f"{ref} · {known.title}" if known.title else ref, To(ref)),)))
    for key in ("region", "affiliate", "size", "language", "topic"):
        if value := getattr(one, key):
            rows.append((reader.say(f"site-lesson-{key}"), (value,)))
    yield Facts(tuple(rows))


def _called(known: Learned, member: int, reader: Reader) -> str:
    name, affiliate = known.people[member]
    return pieces.called(name or reader.say("forgotten"), affiliate)


def _reviews(known: Learned, reader: Reader) -> tuple[Quote, ...]:
    return tuple(_review(known, one, reader) for one in known.reviews)


def _review(known: Learned, one: Review, reader: Reader) -> Quote:
    name = _called(known, one.member_id, reader)
    return Quote(name=name, badge=badge(one.worked, reader), text=one.text, time=frame.time(one.at, reader))


def _reuses(known: Learned, reader: Reader) -> tuple[Quote, ...]:
    return tuple(_reuse(known, one, group, reader) for one, group in known.reuses)


def _reuse(known: Learned, one: Reuse, group: Group, reader: Reader) -> Quote:
    where = f"{group.name}, {one.place}" if one.place else group.name
    name = f"{_called(known, one.by, reader)} · {where}"
    said = None if one.worked is None else badge(one.worked, reader)
    return Quote(name=name, badge=said, text=one.text, time=frame.time(one.at, reader))


# -- on other pages ---------------------------------------------------------------------------------------------------


def of_poll(visit: Visit, poll: Poll) -> tuple[Block, ...]:
    """The lesson that looks back at a decision."""
    found = learning.of_poll(visit.work, poll.id)
    return items(visit, [found]) if found else ()


def related_to_poll(visit: Visit, poll: Poll) -> tuple[Block, ...]:
    """What somebody found to belong with a decision."""
    return related(visit, Thing.POLL, poll.id)


def related(visit: Visit, thing: Thing, key: int) -> tuple[Block, ...]:
    """What belongs with a thing, as far as its reader may see it."""
    groups = seen(visit)
    found = [_other(visit, one, thing, key, groups) for one in learning.related_to(visit.work, thing, key)]
    those = tuple(one for one in found if one is not None)
    return (Bullets(those),) if those else ()


def _other(visit: Visit, one: Related, thing: Thing, key: int, groups: frozenset[int]) -> Bullet | None:
    other = (one.other, one.other_key) if (one.thing, one.key) == (thing, key) else (one.thing, one.key)
    told = _told(visit, *other)
    if told is None or told[0] not in groups:
        return None
    group_id, ref, title = told
    said = f"{ref} · {title or visit.reader.say('forgotten-title')}"
    if group_id == visit.group.id:
        return Bullet(said, To(ref))
    group = visit.work.the(Group, id=group_id)
    is_open = group.openness is Openness.PUBLIC and not visit.still  # a key is for the pages of one group
    return Bullet(f"{said} – {group.name}", To(ref, group=group_id) if is_open else None)


def _told(visit: Visit, thing: Thing, key: int) -> tuple[int, str, str] | None:
    """Of which group it is, and what it is called."""
    work = visit.work
    if thing is Thing.POLL and (poll := work.get(Poll, id=key)) is not None:
        ref = f"D-{poll.decision}" if poll.decision else poll.ref
        return poll.group_id, ref, polling.titles(work, [poll]).get(poll.id, "")
    if thing is Thing.MEETING and (meeting := work.get(Meeting, id=key)) is not None:
        return meeting.group_id, meeting.ref, meeting.title
    if thing is Thing.ACTION and (action := work.get(Action, id=key)) is not None:
        return action.group_id, action.ref, action.text
    if thing is Thing.LESSON and (found := work.get(Lesson, id=key)) is not None and not found.withdrawn:
        return found.group_id, found.ref, title(learning.tried(work, found), visit.reader)
    return None
