"""Marking: how the times suit a member - in the chat and on the web page alike - and what comes of an answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.meeting import chosen, seeking, telling
from decisions import choosing
from decisions.model import Group, Meeting, Member, Post, PostKind, Slot, Suits
from decisions.refusals import NotAsked
from storage import finding
from storage.work import Work


def slots(work: Work, meeting: Meeting) -> list[Slot]:
    """The times among which people choose, by their number."""
    return choosing.standing(work.all(Slot, meeting_id=meeting.id))


def marks(work: Work, meeting: Meeting, member: Member) -> dict[int, int]:
    """Slot number -> how it suits a member, of those of which they have said so."""
    return {one.slot: one.mark for one in _said(work, meeting, member)}


def answer(
    work: Work, meeting: Meeting, member: Member, marks: Mapping[int, int | None], now: datetime, pressed: str = ""
) -> bool:
    """A member says how some of the times suit; what they said of the others stays; None takes
    back what was said. Whether anything is other than before.
    The message that was `pressed` shows it at once.

    Where one of them suits everybody, it is taken at once. Raises NotAsked, MeetingNotSo, UnknownSlot.
    """
    choosing.check_asked(meeting)
    group = work.the(Group, id=meeting.group_id)
    asked = [one.id for one, _ in seeking.asked(work, group)]
    if member.id not in asked:
        raise NotAsked(meeting.ref)
    known = work.all(Slot, meeting_id=meeting.id)
    change = choosing.answer(meeting, known, _said(work, meeting, member), marks, by=member, now=now)
    if not change.puts:
        return False
    work.apply(change, group.id, now)
    show_own(work, meeting, member, pressed)
    chosen.if_all_are_glad(work, work.the(Meeting, id=meeting.id), asked, now)
    return True


def show_own(work: Work, meeting: Meeting, member: Member, pressed: str = "") -> None:
    """Let a member's own times be brought up to date, but for the message that was pressed: it may show another page."""
    accounts = finding.accounts_of(work, member.person_id)
    for post in work.all(Post, meeting_id=meeting.id, kind=PostKind.SLOTS):
        if post.message not in ("", pressed) and (post.platform, post.user) in accounts:
            work.put(replace(post, live=True))
    for post in work.all(Post, meeting_id=meeting.id, kind=PostKind.SOON):
        if telling.waits(post) and (post.platform, post.user) in accounts:
            work.put(replace(post, live=False))


def _said(work: Work, meeting: Meeting, member: Member) -> list[Suits]:
    return work.all(Suits, meeting_id=meeting.id, member_id=member.id)
