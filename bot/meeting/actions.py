"""Action items: noted with their owners and their day, by the words in which they were said; and reminding the owners."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot import notices, posting
from bot.meeting import owning
from bot.meeting.owning import Owned
from bot.turn import Standing, Turn
from decisions import actions, erasing, quiet
from decisions.lookalikes import numbered
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
from storage import finding
from storage.presence import is_where_votes_are
from storage.work import Work

DUE = "notice-action-due"
"""The key of what an owner is reminded by."""

# -- made and changed -------------------------------------------------------------------------------------------------


def make(turn: Turn, standing: Standing, meeting: Meeting | None, words: str) -> Action:
    """Something that somebody will do, in these words, which are clean: whose it is and until when is read in them.

    Whoever said it is told privately what is not sure, and left out."""
    return _kept(turn, standing, meeting, _new(turn, standing, meeting, words), ())


def reword(turn: Turn, standing: Standing, action: Action, words: str) -> Action:
    """It was said in other words: whose it is and until when is read anew."""
    meeting = turn.work.get(Meeting, id=action.meeting_id) if action.meeting_id else None
    before = turn.work.all(Owner, action_id=action.id)
    return _kept(turn, standing, meeting, replace(action, text=words), before)


def take_out(turn: Turn, standing: Standing, action: Action) -> None:
    """It was noted by mistake: unless it is over, nobody has to do it, and nothing is left of its words."""
    if action.status is ActionStatus.OPEN:
        by = standing.member.id
        turn.apply(erasing.action(action, "", "", "", by=by, salt=turn.salt, now=turn.now), standing)


def read_again(work: Work, meeting: Meeting, now: datetime) -> None:
    """At the end of a meeting: what is nobody's may be of somebody who was not known yet when it was said."""
    group = work.the(Group, id=meeting.group_id)
    for one in work.all(Action, meeting_id=meeting.id, status=ActionStatus.OPEN):
        if not work.all(Owner, action_id=one.id) and _in_its_words(one):
            owned = owning.read(one.text, names(work, group), _guests(work, meeting), group.zone, now)
            at = actions.remind_at(one.due, zones_of(work, group, owned.owners), now)
            if owned.owners:
                known = replace(one, who=owned.who, remind_at=at)
                work.apply(actions.make(known, (), owned.owners, by=None), group.id, now)


def _in_its_words(action: Action) -> bool:
    """Whether it is still whose the words say, and was not given to somebody else since."""
    words = owning.folded(action.text)
    return all(owning.folded(one) in words for one in action.who.split(", ") if one)


def _new(turn: Turn, standing: Standing, meeting: Meeting | None, words: str) -> Action:
    return Action(
        id=turn.work.next_id(Action),
        group_id=standing.group.id,
        number=turn.work.next_number(Action, standing.group.id),
        meeting_id=meeting.id if meeting else None,
        text=words,
        by=standing.member.id,
        made_at=turn.now,
        salt=turn.salt(),
        seal="",
    )


def _kept(turn: Turn, standing: Standing, meeting: Meeting | None, action: Action, before: Sequence[Owner]) -> Action:
    owned = read(turn, standing, meeting, action.text)
    at = actions.remind_at(owned.due, zones_of(turn.work, standing.group, owned.owners), turn.now)
    known = replace(action, who=owned.who, due=owned.due, remind_at=at)
    turn.apply(actions.make(known, before, owned.owners, by=standing.member.id), standing)
    ask_back(turn, standing, known, owned)
    return turn.work.the(Action, id=action.id)


def read(turn: Turn, standing: Standing, meeting: Meeting | None, words: str) -> Owned:
    """Whose it is and until when, by the words. `I will ask Ana` is the speaker's own, and not Ana's."""
    guests = [] if meeting is None else _guests(turn.work, meeting)
    owned = owning.read(words, names(turn.work, standing.group), guests, turn.reader.zone, turn.now)
    mine, others = owning.means_me(words)
    if not mine:
        return owned
    return replace(owned, owners=tuple(dict.fromkeys((standing.member.id, *(owned.owners if others else ())))))


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
    group = work.the(Group, id=action.group_id)
    for owner in to_remind(work, action):
        _remind(work, group, action, owner, now)


def to_remind(work: Work, action: Action) -> list[int]:
    """The members who have it to do still: whoever has left the group's rooms has not."""
    if action.status is not ActionStatus.OPEN:
        return []
    living = [finding.living(work, one) for one in owners(work, action)]
    return [one for one in living if is_where_votes_are(work, one)]


def said(ref: str, action: Action) -> tuple[str, ...]:
    """What the reminder of an action has; `ref`: what its owner calls it."""
    return DUE, ref, action.text[:200], action.due, str(action.id)


def _remind(work: Work, group: Group, action: Action, owner: int, now: datetime) -> None:
    person = work.the(Person, id=work.the(Member, id=owner).person_id)
    account = finding.account_of(work, person.id)
    if account is not None and person.remind:
        ref = action.ref if len(finding.groups_of(work, person.id)) == 1 else f"{action.ref}@{group.id}"
        posting.want(
            work,
            PostKind.NOTICE,
            group_id=group.id,
            platform=account.platform,
            user=account.user,
            said=said(ref, action),
            not_before=quiet.ends(group.quiet, person.zone or group.zone, now),
        )
