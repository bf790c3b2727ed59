"""Action items: noted with their owners and their day, by the words in which they were said; and reminding the owners."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import notices, posting
from bot.meeting import owning
from bot.meeting.owning import Owned
from bot.turn import Standing, Turn
from decisions import actions, quiet, seals
from decisions.change import Change
from decisions.lookalikes import numbered
from decisions.meeting_events import NoteMade
from decisions.model import (
    Action,
    ActionStatus,
    Attendance,
    Group,
    Meeting,
    Member,
    Note,
    Owner,
    Person,
    PostKind,
    Tag,
)
from storage import finding, minuting
from storage.work import Work

# -- made and changed -------------------------------------------------------------------------------------------------


def make(
    turn: Turn, standing: Standing, meeting: Meeting | None, words: str, origin: str
) -> tuple[Note | None, Action, Change]:
    """An action item in these words, which are clean, and in a meeting the note of it; the change is yet to be applied.

    Who is told privately: whoever said it, where an owner or a day is not sure.
    """
    owned = read(turn, standing, meeting, words)
    action = Action(
        id=turn.work.next_id(Action),
        group_id=standing.group.id,
        number=turn.work.next_number(Action, standing.group.id),
        meeting_id=meeting.id if meeting else None,
        text=words,
        who=owned.who,
        by=standing.member.id,
        made_at=turn.now,
        due=owned.due,
        remind_at=actions.remind_at(owned.due, zones_of(turn.work, standing.group, owned.owners), turn.now),
        salt=turn.salt(),
        seal="",
    )
    ask_back(turn, standing, action, owned)
    change = actions.make(action, owned.owners, by=standing.member.id)
    if meeting is None:
        return None, action, change
    note = note_of(turn, standing, meeting, Tag.ACTION, words, action_id=action.id, origin=origin)
    event = NoteMade(by=note.by, meeting=meeting.id, note=note.id, seal=note.seal)
    return note, action, Change(puts=(*change.puts, note), events=(*change.events, event))


def read(turn: Turn, standing: Standing, meeting: Meeting | None, words: str) -> Owned:
    """Whose it is and until when, by the words."""
    guests = [] if meeting is None else _guests(turn.work, meeting)
    return owning.read(words, names(turn.work, standing.group), guests, turn.reader.zone, turn.now)


def names(work: Work, group: Group) -> Mapping[int, str]:
    """The members of a group by what they are called."""
    return {member.id: person.name for member, person in finding.members(work, group.id) if person.name}


def ask_back(turn: Turn, standing: Standing, action: Action, owned: Owned) -> None:
    """Say privately what was left out, because it is not sure."""
    if owned.several:
        alike = _alike(turn, standing, owned.several)
        notices.tell_member(
            turn.work, standing.member, "notice-action-whose", action.ref, ", ".join(owned.several), alike
        )
    if owned.doubtful:
        notices.tell_member(turn.work, standing.member, "notice-action-when", action.ref, owned.doubtful)


def _alike(turn: Turn, standing: Standing, several: Iterable[str]) -> str:
    """What to write instead: the names with their numbers."""
    wanted = [owning.folded(one) for one in several]
    found = names(turn.work, standing.group).items()
    hits = [numbered(name, one) for one, name in found if any(owning.could_be(name, each) for each in wanted)]
    return ", ".join(hits[:6])


def note_of(turn: Turn, standing: Standing, meeting: Meeting, tag: Tag, text: str, **more: Any) -> Note:
    """A note in a meeting, sealed and numbered, and not kept yet. `more`: what else it has."""
    number, under = minuting.next_note(turn.work, meeting.id)
    note = Note(
        id=turn.work.next_id(Note),
        group_id=meeting.group_id,
        meeting_id=meeting.id,
        number=number,
        tag=tag,
        text=text,
        by=standing.member.id,
        at=turn.now,
        under=under,
        salt=turn.salt(),
        seal="",
        **more,
    )
    return replace(note, seal=seals.of_note(note))


def _guests(work: Work, meeting: Meeting) -> list[str]:
    return [one.text for one in work.all(Note, meeting_id=meeting.id, tag=Tag.GUEST, undone=False) if one.text]


# -- whose ------------------------------------------------------------------------------------------------------------


def owners(work: Work, action: Action) -> tuple[int, ...]:
    """The members whose it is."""
    return tuple(one.member_id for one in work.all(Owner, action_id=action.id))


def may(turn: Turn, standing: Standing, action: Action) -> bool:
    """Whether they may say what became of it: its owners, whoever made it, who chaired its meeting, facilitators."""
    return turn.facilitates(standing) or any(turn.is_(standing, one) for one in _those(turn.work, action))


def check_may(turn: Turn, standing: Standing, action: Action) -> None:
    """Refuse everyone else, and say who may."""
    if not may(turn, standing, action):
        those = (*_those(turn.work, action), *turn.facilitators(standing))
        actions.refuse(action, those)


def _those(work: Work, action: Action) -> tuple[int, ...]:
    chairs = work.all(Attendance, meeting_id=action.meeting_id, chair=True) if action.meeting_id else []
    return (*owners(work, action), action.by, *(one.member_id for one in chairs))


def zones_of(work: Work, group: Group, owners: Iterable[int]) -> list[str]:
    """The zones of these members."""
    people = (work.the(Person, id=work.the(Member, id=one).person_id) for one in owners)
    return [one.zone or group.zone for one in people]


def zones(work: Work, action: Action) -> list[str]:
    """The zones of those whose it is."""
    return zones_of(work, work.the(Group, id=action.group_id), owners(work, action))


# -- the clock's part -------------------------------------------------------------------------------------------------


def remind(work: Work, action: Action, now: datetime) -> None:
    """Remind the owners, once; at a time that wakes none of them."""
    work.put(replace(action, remind_at=None))
    if action.status is not ActionStatus.OPEN:
        return
    group = work.the(Group, id=action.group_id)
    for owner in owners(work, action):
        _remind(work, group, action, finding.living(work, owner), now)


def _remind(work: Work, group: Group, action: Action, owner: int, now: datetime) -> None:
    person = work.the(Person, id=work.the(Member, id=owner).person_id)
    account = finding.account_of(work, person.id)
    if account is not None and person.remind:
        posting.want(
            work,
            PostKind.NOTICE,
            group_id=group.id,
            platform=account.platform,
            user=account.user,
            said=("notice-action-due", action.ref, action.text[:200], action.due, str(action.id)),
            not_before=quiet.ends(group.quiet, person.zone or group.zone, now),
        )
