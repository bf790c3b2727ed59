"""Steps that people and the clock both take: opening, closing, reminding, and the posts that follow from each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import notices, posting
from bot.meeting import decided
from decisions import afterwards, groups, polls, proposals, quiet, rolls
from decisions.deadlines import due_act
from decisions.lifecycle import Act
from decisions.model import (
    Addition,
    Ballot,
    Electorate,
    Group,
    Member,
    Person,
    Poll,
    Post,
    PostKind,
    Proxy,
    Role,
    Room,
    Status,
    Voter,
)
from storage import electing, finding, spending
from storage.work import Work

BALLOTS_BY_TAP = frozenset({"matrix"})
"""The platforms whose own polls take ballots that can be trusted: only members tap them, by name, and each tap is told."""

STANDING = (PostKind.CARD, PostKind.NATIVE)
"""What is brought up to date for as long as its poll is open."""

CHANGING = (PostKind.CARD, PostKind.RESULT, PostKind.NATIVE, PostKind.REVIEW)
"""What has to be right for good; everything else is right when it is said."""


def open_poll(work: Work, poll: Poll, now: datetime, *, announce: bool = False) -> Poll:
    """Open a poll; `announce` where its card has stood in the rooms for some time."""
    roll = _fix_roll(work, poll) if poll.electorate is Electorate.ROLL else []
    base = _people(work, poll) if poll.electorate is Electorate.OPEN else 0
    work.apply(polls.open_(poll, remind=_remind_hours(work, poll), base=base, roll=roll, now=now), poll.group_id, now)
    if announce:
        post_in_rooms(work, poll, PostKind.OPENED)
    if announce and poll.electorate is Electorate.ROLL and not roll:
        notices.tell_facilitators(work, poll.group_id, "notice-empty-roll", poll.ref)
    return _as_kept(work, poll)


def _fix_roll(work: Work, poll: Poll) -> list[Voter]:
    """The roll as it is now. Of those who were named before, whoever cannot be on it any more is not."""
    roll = rolls.made(poll, electing.people(work, poll))
    on_it = {one.member_id for one in roll}
    work.drop(*(one for one in work.all(Voter, poll_id=poll.id) if one.member_id not in on_it))
    return roll


def _people(work: Work, poll: Poll) -> int:
    rooms = finding.in_rooms(work, poll.group_id)
    observers = {one.id for one in work.all(Member, group_id=poll.group_id, role=Role.OBSERVER)}
    present = {one for _, known in rooms for one in known}
    return groups.base(present - observers - spending.without_voice(work, poll, present), rooms)


def close_poll(work: Work, poll: Poll, now: datetime, *, by: int | None) -> Poll:
    """Count a poll, close it, and want its result in every room."""
    ballots = work.all(Ballot, poll_id=poll.id)
    change = polls.close(
        poll,
        ballots,
        by=by,
        decision=_next_decision(work, poll),
        now=now,
        roll=electing.heard_of(work, poll, ballots),
        proxies=electing.proxies_in(work, poll, now),
    )
    work.apply(change, poll.group_id, now)
    _let_go(work, poll)
    post_in_rooms(work, poll, PostKind.RESULT)
    if polls.pictured(_as_kept(work, poll)):
        post_in_rooms(work, poll, PostKind.CHART)
    decided.note(work, _as_kept(work, poll), by, now)
    return spending.release(work, _as_kept(work, poll))


def _let_go(work: Work, poll: Poll) -> None:
    """What was kept for as long as the poll could be voted in."""
    for noun in (Addition, Proxy):
        work.drop(*work.all(noun, poll_id=poll.id))


def close_overdue(work: Work, group_id: int, now: datetime) -> None:
    """Close what should be closed by now: what is said about proxies from here on comes too late for it."""
    for poll in work.all(Poll, group_id=group_id, status=Status.OPEN):
        if poll.closes_at <= now:
            close_poll(work, poll, now, by=None)


def withdraw_poll(work: Work, poll: Poll, now: datetime, *, by: Member) -> Poll:
    """Take a proposal back, and say so in every room."""
    change = proposals.withdraw(poll, by=by, decision=_next_decision(work, poll), now=now)
    work.apply(change, poll.group_id, now)
    _let_go(work, poll)
    post_in_rooms(work, poll, PostKind.RESULT)
    return spending.release(work, _as_kept(work, poll))


def close_if_everyone_has_voted(work: Work, poll: Poll, now: datetime) -> bool:
    """Close a roll's poll with its last ballot, unless a block stands that could still be lifted."""
    if not polls.everyone_has_voted(poll):
        return False
    outcome = polls.outcome(poll, work.all(Ballot, poll_id=poll.id), electing.roll_of(work, poll))
    if outcome.counts.get(polls.method(poll).blocks, 0):
        return False
    close_poll(work, poll, now, by=None)
    return True


def ask_to_confirm(work: Work, poll: Poll, now: datetime) -> None:
    """Ask everyone whose stance was on earlier words, once and privately, whether it still holds."""
    behind = [one.member_id for one in work.all(Ballot, poll_id=poll.id) if one.revision < poll.revision]
    for old in work.all(Post, poll_id=poll.id, kind=PostKind.CONFIRM):
        if old.live:
            work.put(replace(old, live=False))
    post_to_members(work, poll, PostKind.CONFIRM, behind, now)


def step(work: Work, poll: Poll, now: datetime) -> None:
    """Do what the clock has to do with a poll now."""
    match due_act(poll, now):
        case Act.OPEN:
            open_poll(work, poll, now, announce=True)
        case Act.CLOSE:
            close_poll(work, poll, now, by=None)
        case Act.REMIND:
            work.put(polls.reminded(poll, now=now))
            missing = _missing(work, poll)
            if missing:
                post_in_rooms(work, poll, PostKind.COUNTDOWN)
            post_to_members(work, poll, PostKind.REMINDER, _to_remind(work, missing), now)
        case Act.REVIEW:
            work.put(afterwards.review_asked(poll))
            post_in_rooms(work, poll, PostKind.REVIEW)
        case _:
            pass


def show_again(work: Work, poll: Poll) -> None:
    """Let the cards and results of a closed poll be brought up to date once more."""
    for post in newest(work.all(Post, poll_id=poll.id)):
        if post.kind in (PostKind.CARD, PostKind.RESULT):
            work.put(replace(post, live=True))


def count_again(work: Work, poll: Poll) -> None:
    """Let the question whether a decision worked show how many say what."""
    for post in newest(work.all(Post, poll_id=poll.id, kind=PostKind.REVIEW)):
        work.put(replace(post, live=True))


def newest(posts: Iterable[Post]) -> list[Post]:
    """Of posts that say the same in the same room, the one that was wanted last: it stands for those before it."""
    return list({(one.poll_id, one.kind, one.room_id): one for one in posts}.values())


def post_cards(work: Work, poll: Poll, asked_by: str = "", *, native: bool = False) -> None:
    """Want the poll's card in every room of its group, and the platform's own poll beside it where its taps are ballots.

    `native`: in the poll's own room, the platform's own poll takes the place of the card.
    """
    for room in finding.rooms(work, poll.group_id):
        own = room.id == poll.room_id
        post_card(work, poll, room, asked_by if own else "", native=native and own)


def post_card(work: Work, poll: Poll, room: Room, reply_to: str = "", *, native: bool = False) -> None:
    """Want the poll's card in one room. Where nobody votes, the platform's own poll would ask for votes."""
    if not native:
        want(work, poll, PostKind.CARD, room_id=room.id, reply_to=reply_to)
    if native or taps_count(room, poll):
        want(work, poll, PostKind.NATIVE, room_id=room.id, reply_to=reply_to)


def taps_count(room: Room, poll: Poll) -> bool:
    """Whether the platform's own poll stands beside the card in a room."""
    return room.platform in BALLOTS_BY_TAP and not room.announce and fits_native(poll)


def fits_native(poll: Poll) -> bool:
    """Whether a platform's own poll can stand for this one: one mark an option, nothing to add, no least number."""
    return polls.method(poll).values(poll.rules) == (1,) and poll.rules.least <= 1


def post_in_rooms(work: Work, poll: Poll, kind: PostKind) -> None:
    """Want a post about a poll in every room of its group."""
    for room in finding.rooms(work, poll.group_id):
        want(work, poll, kind, room_id=room.id)


def want(work: Work, poll: Poll, kind: PostKind, **where: Any) -> None:
    """Want a post about a poll somewhere."""
    posting.want(work, kind, group_id=poll.group_id, poll_id=poll.id, **where)


def ask_reason(work: Work, poll: Poll, platform: str, user: str, stance: str) -> None:
    """Want a question for one person's reason in their private chat; asked anew, the earlier question is let go."""
    for old in work.all(Post, poll_id=poll.id, kind=PostKind.REASON, platform=platform, user=user):
        if old.live:
            work.put(replace(old, live=False))
    want(work, poll, PostKind.REASON, platform=platform, user=user, stance=stance)


def post_to_members(work: Work, poll: Poll, kind: PostKind, members: Iterable[int], now: datetime) -> None:
    """Want a post about a poll in the private chat of each of these members who can be reached, when it wakes nobody."""
    group = work.the(Group, id=poll.group_id)
    for member_id in members:
        member = work.get(Member, id=member_id)
        account = member and finding.account_of(work, member.person_id)
        if member and account:
            at = _after_quiet(group, work.the(Person, id=member.person_id), poll, now)
            want(work, poll, kind, platform=account.platform, user=account.user, not_before=at)


def _after_quiet(group: Group, person: Person, poll: Poll, now: datetime) -> datetime | None:
    """When the quiet hours in which this finds somebody are over, if the poll is open for long enough then."""
    morning = quiet.ends(group.quiet, person.zone or group.zone, now)
    return morning if morning is not None and morning < poll.closes_at else None


def _missing(work: Work, poll: Poll) -> list[int]:
    """The members who may vote and have not; of an affiliate with one ballot all its voices, until one of them has."""
    voted = {one.member_id for one in work.all(Ballot, poll_id=poll.id) if polls.counts(poll, one)}
    roll = work.all(Voter, poll_id=poll.id)
    if poll.electorate is Electorate.ROLL:
        asked = {one.member_id for one in roll}
    else:
        asked = finding.there(work, poll.group_id)
    if poll.rules.by_affiliate:
        heard = {one.affiliate_id for one in roll if one.member_id in voted}
        voted |= {one.member_id for one in roll if one.affiliate_id in heard}
    observers = {one.id for one in work.all(Member, group_id=poll.group_id, role=Role.OBSERVER)}
    return sorted(asked - voted - observers - spending.without_voice(work, poll, asked))


def _to_remind(work: Work, missing: Iterable[int]) -> list[int]:
    people = {one: work.the(Person, id=work.the(Member, id=one).person_id) for one in missing}
    return [one for one, person in people.items() if person.remind]


def extend_poll(work: Work, poll: Poll, closes_at: datetime, now: datetime, *, by: Member) -> None:
    """Move a poll's deadline, and with it the reminder."""
    change = polls.extend(poll, closes_at, by=by, now=now, remind=_remind_hours(work, poll))
    work.apply(change, poll.group_id, now)


def _remind_hours(work: Work, poll: Poll) -> int:
    return work.the(Group, id=poll.group_id).remind_hours


def _next_decision(work: Work, poll: Poll) -> int | None:
    return None if not polls.binding(poll) else work.next_number(Poll, poll.group_id, "decision")


def _as_kept(work: Work, poll: Poll) -> Poll:
    return work.the(Poll, id=poll.id)
