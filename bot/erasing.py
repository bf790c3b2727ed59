"""Erasing: a person is forgotten - name, accounts, settings and words go; marks, outcomes and the journal stay."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from bot import notices, steps
from bot.learning import erasing as in_lessons
from bot.meeting import erasing as in_meetings
from bot.pairing import LONGEST
from bot.peers import parting
from decisions import affiliates
from decisions import erasing as words_of
from decisions.change import Change
from decisions.events import MemberErased, ProxyEnded, RoleGiven
from decisions.model import (
    Addition,
    Affiliate,
    Ballot,
    Code,
    Concern,
    Group,
    Lesson,
    Listed,
    Member,
    Person,
    Poll,
    Post,
    PostKind,
    Presence,
    Proxy,
    Remark,
    Review,
    Revision,
    Role,
    Sought,
    Status,
    Try,
    Voter,
)
from decisions.wording import line
from storage import attending, erased, finding, outbox, spending
from storage.erased import Forgotten
from storage.store import Store
from storage.whose import Whose, rows, whose
from storage.work import Kind, Work

Salt = Callable[[], str]

SAYS_TITLE = (PostKind.NATIVE, PostKind.OPENED, PostKind.AMENDED, PostKind.REVIEW, PostKind.CHART)
"""What says a poll's title in a room, besides its card and its result."""


SHOWN: tuple[Kind, ...] = (Revision, Ballot, Voter, Remark, Concern, Review, Addition)
"""What of a person a poll's card may show."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What went: from how many groups, and how many texts."""

    groups: int
    texts: int


@dataclass(frozen=True, slots=True)
class _Task:
    """What each part of an erasure needs to know."""

    work: Work
    now: datetime
    salt: Salt
    own: bool

    def by(self, member: Member) -> int | None:
        """Who does it, for the journal."""
        return member.id if self.own else None

    def apply(self, change: Change, group_id: int) -> int:
        """Write a change; how many lines of the journal it made."""
        return len(self.work.apply(change, group_id, self.now).events)


def erase(work: Work, person: Person, now: datetime, salt: Salt, *, words: bool = False, own: bool = False) -> Gone:
    """Forget a person. `words`: also what they wrote in proposals; `own`: they ask for it themselves.

    Done twice it is done once: what is gone already makes no line in the journal.
    """
    who, task = whose(work, person), _Task(work, now, salt, own)
    spending.spend(work, person, who.accounts, now)  # whoever comes back is somebody new, and has had their ballot
    polls, meetings, lessons = _touched(work, who), in_meetings.touched(work, who), in_lessons.touched(work, who)
    texts = sum(_empty_words(task, one, words) for one in who.members)
    texts += _empty_noted(task, who, words) + _empty_learnt(task, who, words)
    texts += parting.forget(work, who)
    _drop_rows(work, who)
    in_meetings.drop_rows(work, who)
    in_lessons.drop_rows(work, who)
    for member in who.members:
        _leave(task, member, who)
    _forget_names(work, who)
    work.drop(*who.accounts)
    work.put(*(_bare(one) for one in who.persons))
    for poll in polls:
        _show_again(work, poll, words=words)
    for meeting in meetings:
        in_meetings.show_again(work, meeting)
    for lesson in lessons:
        in_lessons.show_again(work, lesson)
    work.forgotten += [Forgotten(one.token, now, words) for one in who.persons]
    return Gone(len({one.group_id for one in who.members}), texts)


def successor(work: Work, group_id: int, gone: Iterable[int]) -> Member | None:
    """Who looks after a group's polls once these are gone, where nobody else does: of those who are there, whoever joined
    first. None: nobody is there, or there is no need."""
    gone = set(gone)
    if set(finding.facilitators(work, group_id)) - gone:
        return None
    present = finding.there(work, group_id) - gone
    able = [one for one, _ in finding.members(work, group_id) if one.id in present and one.role is Role.MEMBER]
    return min(able, key=lambda one: (one.joined_at, one.id), default=None)


# -- after a restored copy --------------------------------------------------------------------------------------------


def returned(work: Work, file: dict[str, bool]) -> list[Person]:
    """Those who were forgotten, and are here again: the database is an older copy."""
    known = (one for one in work.all(Person) if one.token in file) if file else ()
    return [one for one in known if not one.erased or (file[one.token] and _has_words(work, one))]


def forget_again(store: Store, now: datetime, salt: Salt) -> None:
    """Forget anew whom a restored copy has brought back, and let the file name all who are forgotten here."""
    file = erased.read(store.erased)
    with store.unit_of_work() as work:
        for person in returned(work, file):
            kept = work.the(Person, id=person.id)  # who was forgotten with another of these is by now
            erase(work, kept, now, salt, words=file[person.token])
        missing = [one for one in work.all(Person, erased=True) if one.token not in file]
        work.forgotten += [Forgotten(one.token, now, words=False) for one in missing]
    store.leave_no_trace()


def _has_words(work: Work, person: Person) -> bool:
    who = whose(work, person)
    told = any(one.tried or one.text for one in rows(work, Lesson, who))
    return told or any(one.title or one.text for one in rows(work, Revision, who))


# -- what goes --------------------------------------------------------------------------------------------------------


def _empty_words(task: _Task, member: Member, words: bool) -> int:
    """Take out all that a member said; how many texts it was."""
    work, by, salt = task.work, task.by(member), task.salt
    changes = chain(
        (words_of.ballot(one, by=by, salt=salt) for one in work.all(Ballot, member_id=member.id)),
        (words_of.remark(one, by=by, salt=salt) for one in work.all(Remark, by=member.id)),
        (_concern(one, member, by, salt) for one in _concerns(work, member)),
        (words_of.review(one, by=by, salt=salt) for one in work.all(Review, member_id=member.id)),
        (words_of.revision(one, by=by, salt=salt) for one in (work.all(Revision, by=member.id) if words else ())),
    )
    return sum(task.apply(change, member.group_id) for change in changes)


def _empty_noted(task: _Task, who: Whose, words: bool) -> int:
    """Take out all that they noted in meetings; how many texts it was."""
    by = {one.group_id: task.by(one) for one in who.members}
    found = in_meetings.emptied(task.work, who, words, task.salt, task.now, by, lambda text: _without_names(text, who))
    return sum(task.apply(change, group_id) > 0 for group_id, change in found)


def _empty_learnt(task: _Task, who: Whose, words: bool) -> int:
    """Take out what they told of lessons; how many texts it was."""
    by = {one.group_id: task.by(one) for one in who.members}
    found = in_lessons.emptied(task.work, who, words, task.salt, by, lambda text: _without_names(text, who))
    return sum(task.apply(change, group_id) for group_id, change in found)


def _concerns(work: Work, member: Member) -> list[Concern]:
    both = [*work.all(Concern, by=member.id), *work.all(Concern, answered_by=member.id)]
    return list({one.id: one for one in both}.values())


def _concern(one: Concern, member: Member, by: int | None, salt: Salt) -> Change:
    raised, answered = one.by == member.id, one.answered_by == member.id
    return words_of.concern(one, raised=raised, answered=answered, by=by, salt=salt)


def _drop_rows(work: Work, who: Whose) -> None:
    """What is about them alone, and what was to be told them."""
    for noun in (Presence, Addition, Code, Try, Sought):
        work.drop(*rows(work, noun, who))
    outbox.let_go(work, rows(work, Post, who))
    work.put(*(replace(one, note="") for one in rows(work, Listed, who)))


def _leave(task: _Task, member: Member, who: Whose) -> None:
    """A member's rights end; their line stays, so that what they voted is still theirs by number."""
    by = task.by(member)
    for proxy in _proxies(task.work, member):
        ended = ProxyEnded(by=by, member=proxy.member_id, for_poll=proxy.poll_id)
        task.apply(Change(drops=(proxy,), events=(ended,)), member.group_id)
    task.apply(affiliates.release(member, by=by), member.group_id)
    if member.affiliate_id is not None:
        _let_go(task.work, member.affiliate_id)
    _lay_down(task, task.work.the(Member, id=member.id), who)
    if member.person_id in {one.id for one in who.persons if not one.erased}:
        task.apply(Change(events=(MemberErased(by=by, member=member.id),)), member.group_id)


def _let_go(work: Work, affiliate_id: int) -> None:
    """Of an affiliate that they alone had asked for, nothing stays: its name is a word of theirs."""
    kept = work.the(Affiliate, id=affiliate_id)
    if affiliates.needless(kept, attending.seated(work, affiliate_id)):
        work.drop(kept)


def _proxies(work: Work, member: Member) -> list[Proxy]:
    return [*work.all(Proxy, member_id=member.id), *work.all(Proxy, proxy_id=member.id)]


def _lay_down(task: _Task, member: Member, who: Whose) -> None:
    """Whoever is forgotten decides nothing more, as an observer does; where a group is left without a facilitator,
    somebody takes their place."""
    work = task.work
    if member.role is Role.OBSERVER:
        return
    next_ = successor(work, member.group_id, who.ids) if member.role is Role.FACILITATOR else None
    _give(task, member, Role.OBSERVER, task.by(member))
    if next_ is not None:
        _give(task, next_, Role.FACILITATOR, None)
        notices.tell_member(work, next_, "notice-facilitator", work.the(Group, id=member.group_id).name)


def _give(task: _Task, member: Member, role: Role, by: int | None) -> None:
    event = RoleGiven(by=by, member=member.id, role=role.value)
    task.apply(Change((replace(member, role=role),), events=(event,)), member.group_id)


def _bare(person: Person) -> Person:
    return Person(id=person.id, name="", token=person.token, erased=True)


# -- where it stands --------------------------------------------------------------------------------------------------


def _touched(work: Work, who: Whose) -> list[Poll]:
    """The polls that may show their name or words."""
    ids = {one.id for one in rows(work, Poll, who)}
    for noun in SHOWN:
        ids |= {one.poll_id for one in rows(work, noun, who)}
    for group_id in {one.group_id for one in who.members}:
        ids |= {one.id for one in work.all(Poll, group_id=group_id) if _counted(one, who)}
    return [work.the(Poll, id=one) for one in sorted(ids)]


def _counted(poll: Poll, who: Whose) -> bool:
    """Whether a proxy of theirs, or they as one, may stand on its card."""
    if poll.status is Status.OPEN:
        return True
    return poll.outcome is not None and any(who.ids & set(pair) for pair in poll.outcome.proxies)


def _show_again(work: Work, poll: Poll, *, words: bool) -> None:
    """Let whatever shows the poll be brought up to date once more."""
    kept = work.the(Poll, id=poll.id)
    work.put(replace(kept, version=kept.version + 1))
    kinds = (PostKind.CARD, PostKind.RESULT, *(SAYS_TITLE if words else ()))
    for post in steps.newest(work.all(Post, poll_id=poll.id)):
        if post.kind in kinds and post.room_id is not None and post.message:
            work.put(replace(post, live=True))


def _forget_names(work: Work, who: Whose) -> None:
    """What was said to others, and what waits to be said, names them no more; nor does a card say which message of
    theirs it answers."""
    for post in (one for kind in (PostKind.NOTICE, PostKind.SOON) for one in work.all(Post, kind=kind)):
        if post.message or not post.live:
            work.put(replace(post, said=post.said[:1]))
        else:
            work.put(replace(post, said=tuple(_without_names(one, who) for one in post.said)))
    for poll in rows(work, Poll, who):
        work.put(*(replace(one, reply_to="") for one in work.all(Post, poll_id=poll.id)))


def _without_names(text: str, who: Whose) -> str:
    for called in (*(one.name for one in who.persons), *(line(one.user)[:LONGEST] for one in who.accounts)):
        if called:
            text = re.sub(rf"(?<![\w-]){re.escape(called)}(?![\w-])", "–", text)
    return text
