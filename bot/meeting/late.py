"""Late: whoever comes into a group after a meeting was announced is asked too, as the others were before."""

from datetime import datetime

from bot.meeting import posts
from decisions.model import Meeting, Member, Post, PostKind, Role, Stage
from storage import finding
from storage.work import Work

MOST = 3
"""To so many meetings, the next ones, somebody new is asked at once; of the others `meetings` and reminders tell."""

ASKING = {Stage.SET: PostKind.INVITE, Stage.ASKED: PostKind.SLOTS}


def asked(work: Work, member: Member, now: datetime) -> None:
    """Ask a member to what is to come, unless they were asked already. Observers are asked about no times."""
    accounts = finding.accounts_of(work, member.person_id)
    for meeting in _ahead(work, member.group_id, now)[:MOST]:
        kind = ASKING[meeting.stage]
        told = any(_posted(work, meeting, kind, *account) for account in accounts)
        if not told and not (kind is PostKind.SLOTS and member.role is Role.OBSERVER):
            posts.to_members(work, meeting, kind, [member.id], now)


def _ahead(work: Work, group_id: int, now: datetime) -> list[Meeting]:
    """What is to come: first what has a time, the next one first."""
    known = [one for stage in ASKING for one in work.all(Meeting, group_id=group_id, stage=stage)]
    known = [one for one in known if one.starts_at is None or one.starts_at > now]
    return sorted(known, key=lambda one: (one.starts_at is None, one.starts_at or one.made_at, one.number))


def _posted(work: Work, meeting: Meeting, kind: PostKind, platform: str, user: str) -> bool:
    return bool(work.all(Post, meeting_id=meeting.id, kind=kind, platform=platform, user=user))
