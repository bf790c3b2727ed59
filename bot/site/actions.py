"""The pages of action items: all of a group, and one."""

from collections.abc import Mapping, Sequence

from adapters.web.blocks import Badge, Fact, Facts, Item, Items, Link, Section, To, Tone, Words
from adapters.web.leaf import Leaf
from bot import pieces, words
from bot.export.wanted import About
from bot.minutes import doing
from bot.reader import Reader, short
from bot.site import frame, learnt
from bot.site.visits import Visit
from decisions.model import Action, ActionStatus, Meeting, Owner, Thing
from storage import finding, minuting
from storage.minuting import Standing

OVER = (ActionStatus.DONE, ActionStatus.DROPPED)
TITLE = 200


def leaf(visit: Visit) -> Leaf | None:
    """What is to be done, what is due first before the rest; then what is done or was dropped, the last first."""
    return frame.in_two(visit, "actions", ("site-to-do", to_do(visit)), ("site-done", over(visit)), items)


def to_do(visit: Visit) -> list[Standing]:
    """What is open, in the order of its days; what has none comes last."""
    return sorted(_all(visit, ActionStatus.OPEN), key=lambda one: (one.action.due or "9999", one.action.number))


def over(visit: Visit) -> list[Standing]:
    """What is done or was dropped, the last first."""
    return sorted(_all(visit, *OVER), key=lambda one: -one.action.number)


def _all(visit: Visit, *statuses: ActionStatus) -> list[Standing]:
    found = minuting.standing(visit.work, visit.group.id, *statuses) if visit.wants(About.ACTIONS) else []
    return [one for one in found if visit.wanted.does(one.action)]


def items(visit: Visit, those: Sequence[Standing]) -> tuple[Items, ...]:
    """Action items as a list; none, where there are none."""
    names = _names(visit, {owner for one in those for owner in one.owners})
    found = tuple(_item(visit, one, names) for one in those)
    return (Items(found),) if found else ()


def _item(visit: Visit, one: Standing, names: Mapping[int, str]) -> Item:
    action, reader = one.action, visit.reader
    owners = [*(names[owner] for owner in one.owners), *([action.who] if action.who else [])]
    who = reader.listed([words.isolated(each) for each in owners])
    until = reader.say("site-until", doing.day(action.due, reader)) if action.due else ""
    lines = [frame.ours(" · ".join(line for line in (who, until) if line), reader) if who or until else "", action.why]
    return Item(
        ref=action.ref,
        title=short(action.text, TITLE) or reader.say("forgotten-words"),
        to=To(action.ref),
        badge=badge(visit, action),
        lines=tuple(line for line in lines if line),
    )


def badge(visit: Visit, action: Action) -> Badge:
    """Where it is."""
    reader = visit.reader
    if action.status is ActionStatus.DONE:
        return Badge(reader.say("site-is-done"), Tone.GOOD)
    if action.status is ActionStatus.DROPPED:
        return Badge(reader.say("site-is-dropped"))
    if doing.overdue(action, visit.group.zone, visit.now):
        return Badge(reader.say("site-overdue"), Tone.BAD)
    return Badge(reader.say("site-open"), Tone.OPEN)


def action(visit: Visit, one: Action) -> Leaf:
    """The page of an action item."""
    reader, said = visit.reader, one.text or visit.reader.say("forgotten-words")
    blocks = [Words(one.text)] if len(said) > TITLE else []
    sections = [
        Section("", (*blocks, Facts(tuple(_facts(visit, one))))),
        Section(reader.say("site-related"), learnt.related(visit, Thing.ACTION, one.id)),
    ]
    return frame.leaf(visit, one.ref, "actions", short(said, TITLE), sections, kicker=one.ref, badge=badge(visit, one))


def _facts(visit: Visit, one: Action) -> list[tuple[str, tuple[Fact, ...]]]:
    reader = visit.reader
    owners = [each.member_id for each in visit.work.all(Owner, action_id=one.id)]
    closer = (one.closed_by,) if one.closed_by else ()
    names = _names(visit, {one.by, *owners, *closer})
    rows: list[tuple[str, tuple[Fact, ...]]] = []
    who = (*(names[each] for each in owners), *((one.who,) if one.who else ()))
    rows.append((reader.say("site-whose"), who or (reader.say("actions-nobody"),)))
    if one.due:
        rows.append((reader.say("site-due"), (doing.day(one.due, reader),)))
    meeting = visit.work.get(Meeting, id=one.meeting_id) if one.meeting_id else None
    if meeting is not None:
        rows.append((reader.say("site-noted-in"), (Link(f"{meeting.ref} · {meeting.title}", To(meeting.ref)),)))
    rows.append((reader.say("site-noted"), (names[one.by], frame.time(one.made_at, reader))))
    if one.closed_at is not None:
        rows.append(_closed(one, names, reader))
    return rows


def _closed(one: Action, names: Mapping[int, str], reader: Reader) -> tuple[str, tuple[Fact, ...]]:
    said: list[Fact] = [names[one.closed_by]] if one.closed_by else []
    said += [frame.time(one.closed_at, reader)] if one.closed_at else []
    said += [one.why] if one.why else []
    return reader.say(f"site-is-{one.status.value}"), tuple(said)


def _names(visit: Visit, ids: set[int]) -> dict[int, str]:
    nobody = visit.reader.say("forgotten")
    return {one: pieces.called(name or nobody, of) for one, (name, of) in finding.named(visit.work, ids).items()}
