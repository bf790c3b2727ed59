"""Steps that people and the clock both take: opening, closing, reminding, and the posts that follow from each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from decisions import groups, polls, proposals
from decisions.deadlines import due_act
from decisions.lifecycle import Act
from decisions.model import Ballot, Electorate, Member, Person, Poll, Post, PostKind, Role, Room, Voter
from storage import finding, spending
from storage.work import Work

BALLOTS_BY_TAP = frozenset({"matrix"})
"""The platforms whose own polls take ballots that can be trusted: only members tap them, by name, and each tap is told."""

STANDING = (PostKind.CARD, PostKind.NATIVE)
"""What is brought up to date for as long as its poll is open."""

CHANGING = (PostKind.CARD, PostKind.RESULT, PostKind.NATIVE)
"""What has to be right for good; everything else is right when it is said."""


def open_poll(work: Work, poll: Poll, now: datetime, *, announce: bool = False) -> Poll:
    """Open a poll; `announce` where its card has stood in the rooms for some time."""
    rooms = finding.in_rooms(work, poll.group_id)
    present = {one for _, known in rooms for one in known}
    present -= spending.without_voice(work, poll, present)
    observers = {one.id for one in work.all(Member, group_id=poll.group_id, role=Role.OBSERVER)}
    on_roll = work.all(Voter, poll_id=poll.id)
    work.drop(*(one for one in on_roll if one.member_id in observers))  # they were members when they were named
    named = {one.member_id for one in on_roll}
    roll = (named or present) - observers
    change = polls.open_(
        poll,
        base=groups.base(present - observers, rooms),
        roll=[Voter(poll_id=poll.id, member_id=one) for one in sorted(roll)],
        now=now,
    )
    work.apply(change, poll.group_id, now)
    if announce:
        post_in_rooms(work, poll, PostKind.OPENED)
    return _as_kept(work, poll)


def close_poll(work: Work, poll: Poll, now: datetime, *, by: int | None) -> Poll:
    """Count a poll, close it, and want its result in every room."""
    ballots = work.all(Ballot, poll_id=poll.id)
    change = polls.close(poll, ballots, by=by, decision=_next_decision(work, poll), now=now)
    work.apply(change, poll.group_id, now)
    post_in_rooms(work, poll, PostKind.RESULT)
    return spending.release(work, _as_kept(work, poll))


def withdraw_poll(work: Work, poll: Poll, now: datetime, *, by: Member) -> Poll:
    """Take a proposal back, and say so in every room."""
    change = proposals.withdraw(poll, by=by, decision=_next_decision(work, poll), now=now)
    work.apply(change, poll.group_id, now)
    post_in_rooms(work, poll, PostKind.RESULT)
    return spending.release(work, _as_kept(work, poll))


def close_if_everyone_has_voted(work: Work, poll: Poll, now: datetime) -> bool:
    """Close a roll's poll with its last ballot, unless a block stands that could still be lifted."""
    if not polls.everyone_has_voted(poll):
        return False
    outcome = polls.outcome(poll, work.all(Ballot, poll_id=poll.id))
    if outcome.counts.get(polls.method(poll).blocks, 0):
        return False
    close_poll(work, poll, now, by=None)
    return True


def ask_to_confirm(work: Work, poll: Poll) -> None:
    """Ask everyone whose stance was on earlier words, once and privately, whether it still holds."""
    behind = [one.member_id for one in work.all(Ballot, poll_id=poll.id) if one.revision < poll.revision]
    for old in work.all(Post, poll_id=poll.id, kind=PostKind.CONFIRM):
        if old.live:
            work.put(replace(old, live=False))
    post_to_members(work, poll, PostKind.CONFIRM, behind)


def step(work: Work, poll: Poll, now: datetime) -> None:
    """Do what the clock has to do with a poll now."""
    match due_act(poll, now):
        case Act.OPEN:
            open_poll(work, poll, now, announce=True)
        case Act.CLOSE:
            close_poll(work, poll, now, by=None)
        case Act.REMIND:
            work.put(polls.reminded(poll, now=now))
            post_to_members(work, poll, PostKind.REMINDER, _to_remind(work, poll))
        case Act.REVIEW:
            work.put(polls.review_asked(poll))
            post_in_rooms(work, poll, PostKind.REVIEW)
        case _:
            pass


def show_again(work: Work, poll: Poll) -> None:
    """Let the cards and results of a closed poll be brought up to date once more."""
    for post in newest(work.all(Post, poll_id=poll.id)):
        if post.kind in (PostKind.CARD, PostKind.RESULT):
            work.put(replace(post, live=True))


def newest(posts: Iterable[Post]) -> list[Post]:
    """Of posts that say the same in the same room, the one that was wanted last: it stands for those before it."""
    return list({(one.poll_id, one.kind, one.room_id): one for one in posts}.values())


def post_cards(work: Work, poll: Poll, asked_by: str = "", *, native: bool = False) -> None:
    """Want the poll's card in every room of its group, and the platform's own poll beside it where its taps are ballots.

    `native`: in the poll's own room, the platform's own poll takes the place of the card.
    """
    for room in work.all(Room, group_id=poll.group_id):
        own = room.id == poll.room_id
        reply_to = asked_by if own else ""
        if not (native and own):
            want(work, poll, PostKind.CARD, room_id=room.id, reply_to=reply_to)
        if (native and own) or (room.platform in BALLOTS_BY_TAP and fits_native(poll)):
            want(work, poll, PostKind.NATIVE, room_id=room.id, reply_to=reply_to)


def fits_native(poll: Poll) -> bool:
    """Whether a platform's own poll can stand for this one: one mark an option, nothing to add, no least number."""
    return polls.method(poll).values(poll.rules) == (1,) and poll.rules.least <= 1


def post_in_rooms(work: Work, poll: Poll, kind: PostKind) -> None:
    """Want a post about a poll in every room of its group."""
    for room in work.all(Room, group_id=poll.group_id):
        want(work, poll, kind, room_id=room.id)


def want(work: Work, poll: Poll, kind: PostKind, **where: Any) -> None:
    """Want a post about a poll somewhere."""
    work.put(Post(id=work.next_id(Post), group_id=poll.group_id, kind=kind, poll_id=poll.id, **where))


def ask_reason(work: Work, poll: Poll, platform: str, user: str, stance: str) -> None:
    """Want a question for one person's reason in their private chat; asked anew, the earlier question is let go."""
    for old in work.all(Post, poll_id=poll.id, kind=PostKind.REASON, platform=platform, user=user):
        if old.live:
            work.put(replace(old, live=False))
    want(work, poll, PostKind.REASON, platform=platform, user=user, stance=stance)


def post_to_members(work: Work, poll: Poll, kind: PostKind, members: Iterable[int]) -> None:
    """Want a post about a poll in the private chat of each of these members who can be reached."""
    for member_id in members:
        member = work.get(Member, id=member_id)
        account = member and finding.account_of(work, member.person_id)
        if account:
            want(work, poll, kind, platform=account.platform, user=account.user)


def _to_remind(work: Work, poll: Poll) -> list[int]:
    voted = {one.member_id for one in work.all(Ballot, poll_id=poll.id) if one.revision == poll.revision}
    if poll.electorate is Electorate.ROLL:
        asked = {one.member_id for one in work.all(Voter, poll_id=poll.id)}
    else:
        asked = {one for _, known in finding.in_rooms(work, poll.group_id) for one in known}
    reminded = []
    for member_id in sorted(asked - voted - spending.without_voice(work, poll, asked)):
        member = work.get(Member, id=member_id)
        person = member and work.get(Person, id=member.person_id)
        if member and person and person.remind and member.role is not Role.OBSERVER:
            reminded.append(member_id)
    return reminded


def _next_decision(work: Work, poll: Poll) -> int | None:
    return None if not polls.binding(poll) else work.next_number(Poll, poll.group_id, "decision")


def _as_kept(work: Work, poll: Poll) -> Poll:
    return work.the(Poll, id=poll.id)
