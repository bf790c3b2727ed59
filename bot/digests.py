"""Digests: one person's week in all their groups, on Monday morning, for those who asked for it."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.base import Card, Part, Style
from bot import views
from bot.meeting import finding as finding_meetings
from bot.minutes import doing
from bot.posting import want
from bot.reader import Reader
from decisions import polls
from decisions.model import Action, ActionStatus, Meeting, Member, Person, Poll, Post, PostKind, Role, Stage
from storage import finding, minuting, polling, spending
from storage.finding import Belonging
from storage.record import record
from storage.work import Work

HOUR = time(8)
WEEK = timedelta(days=7)
MOST = 20
"""How many meetings of a group, and how much of what is to be done there, are told."""


def next_monday(zone: str, now: datetime) -> datetime:
    """The next Monday morning in a zone."""
    here = now.astimezone(ZoneInfo(zone))
    day = here.date() + timedelta(days=-here.weekday())
    morning = datetime.combine(day, HOUR, here.tzinfo)
    if morning <= here:
        morning = datetime.combine(day + WEEK, HOUR, here.tzinfo)
    return morning.astimezone(now.tzinfo)


def send(work: Work, person: Person, now: datetime) -> None:
    """Want somebody's digest, if there is anything to say, and set when the next one is due."""
    groups = finding.groups_of(work, person.id)
    zone = person.zone or (groups[0].group.zone if groups else "UTC")
    work.put(replace(person, digest_at=next_monday(zone, now)))
    account = finding.account_of(work, person.id)
    if account and any(_says(work, one, now) for one in groups):
        want(work, PostKind.DIGEST, group_id=None, platform=account.platform, user=account.user)


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """What waits for them, what they have to do, where people meet in this week, and what was decided in the week before,
    group by group."""
    person = finding.person_of(work, post.platform, post.user)
    parts = [Part(Style.TITLE, reader.say("digest-title"))]
    for one in finding.groups_of(work, person.id) if person else []:
        if lines := _lines(work, one, reader, now):
            parts.append(Part(Style.LINE, "\n".join([one.group.name, *lines])))
    parts.append(Part(Style.NOTE, reader.say("digest-next")))
    return Card(tuple(parts), (), reader.language)


def _lines(work: Work, belonging: Belonging, reader: Reader, now: datetime) -> list[str]:
    waiting, decided = waits_for(work, belonging.member, now), _decided(work, belonging, now)
    lines = [reader.say("digest-waiting")] if waiting else []
    lines += [views.open_line(record(work, one), reader) for one in waiting]
    actions, meetings = _to_do(work, belonging), _coming(work, belonging, now)
    lines += [reader.say("digest-actions")] if actions else []
    lines += [doing.line(one, reader) for one in actions]
    lines += [reader.say("digest-meetings")] if meetings else []
    lines += [reader.say("meetings-line", one.ref, one.title, one.starts_at or "") for one in meetings]
    lines += [reader.say("digest-decided")] if decided else []
    return lines + [views.decided_line(record(work, one), reader) for one in decided]


def waits_for(work: Work, member: Member, now: datetime) -> list[Poll]:
    """The open polls in which a member may vote and has no ballot that counts, the one that closes first first."""
    found = [] if member.role is Role.OBSERVER else polling.open_for(work, member)
    still = [(poll, ballot) for poll, ballot in found if now < poll.closes_at]
    waiting = [poll for poll, ballot in still if ballot is None or not polls.counts(poll, ballot)]
    return [poll for poll in waiting if not spending.without_voice(work, poll, [member.id])]


def _says(work: Work, one: Belonging, now: datetime) -> bool:
    """Whether there is anything to say of a group."""
    return any((waits_for(work, one.member, now), _decided(work, one, now), _to_do(work, one), _coming(work, one, now)))


def _to_do(work: Work, belonging: Belonging) -> list[Action]:
    """What they have to do, by number."""
    open_ = minuting.standing(work, belonging.group.id, ActionStatus.OPEN)
    return [one.action for one in open_ if belonging.member.id in one.owners][:MOST]


def _coming(work: Work, belonging: Belonging, now: datetime) -> list[Meeting]:
    """The group's meetings of the coming week, the next one first."""
    found = finding_meetings.coming(work, belonging.group.id, (Stage.SET,))
    return [one for one in found if _soon(one, now)][:MOST]


def _soon(meeting: Meeting, now: datetime) -> bool:
    return meeting.starts_at is not None and now < meeting.starts_at <= now + WEEK


def _decided(work: Work, belonging: Belonging, now: datetime) -> list[Poll]:
    return polling.closed_since(work, belonging.group.id, now - WEEK)
