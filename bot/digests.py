"""Digests: one person's week in all their groups, on Monday morning, for those who asked for it."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.base import Card, Part, Style
from bot import views
from bot.posting import want
from bot.reader import Reader
from decisions import polls
from decisions.model import Member, Person, Poll, Post, PostKind, Role
from storage import finding, polling, spending
from storage.finding import Belonging
from storage.record import record
from storage.work import Work

HOUR = time(8)
WEEK = timedelta(days=7)


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
    if account and any(waits_for(work, one.member, now) or _decided(work, one, now) for one in groups):
        want(work, PostKind.DIGEST, group_id=None, platform=account.platform, user=account.user)


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """What waits for them, and what was decided in the week before, group by group."""
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
    lines += [reader.say("digest-decided")] if decided else []
    return lines + [views.decided_line(record(work, one), reader) for one in decided]


def waits_for(work: Work, member: Member, now: datetime) -> list[Poll]:
    """The open polls in which a member may vote and has no ballot that counts, the one that closes first first."""
    found = [] if member.role is Role.OBSERVER else polling.open_for(work, member)
    still = [(poll, ballot) for poll, ballot in found if now < poll.closes_at]
    waiting = [poll for poll, ballot in still if ballot is None or not polls.counts(poll, ballot)]
    return [poll for poll in waiting if not spending.without_voice(work, poll, [member.id])]


def _decided(work: Work, belonging: Belonging, now: datetime) -> list[Poll]:
    return polling.closed_since(work, belonging.group.id, now - WEEK)
