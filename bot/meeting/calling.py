"""Calling: a new meeting, and asking those who may come which of several times suit them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.meeting import guests, posts, telling
from decisions import meetings, seals
from decisions.model import Meeting, Post, PostKind, Slot, Stage
from decisions.refusals import TooManyMeetings
from storage.work import Work

AHEAD = timedelta(hours=1)
"""How far ahead the first time is that may be found."""

SEEN, ROOMY = timedelta(hours=24), timedelta(days=3)
"""The same where the days to choose from are so many; or the best would be taken before most have looked."""

MOST_TO_COME = 20
"""How many meetings of a group may be asked about or to come at once."""


def new(work: Work, *, group_id: int, salt: str, now: datetime, **more: Any) -> Meeting:
    """A meeting that nobody knows of yet; `more`: what else it has."""
    return Meeting(
        id=work.next_id(Meeting),
        group_id=group_id,
        number=work.next_number(Meeting, group_id),
        uid=f"{seals.seal(salt, 'uid')[:32]}@folkmoot",
        made_at=now,
        salt=salt,
        seal="",
        **more,
    )


def like(work: Work, meeting: Meeting, kind: str, now: datetime, **more: Any) -> Meeting:
    """A new meeting that is as this one was, before it had a time; its salt follows from the other's, which nobody knows."""
    salt = seals.seal(meeting.salt, kind, meeting.id)[:32]
    fresh = new(
        work,
        group_id=meeting.group_id,
        salt=salt,
        now=now,
        room_id=meeting.room_id,
        by=meeting.by,
        title=meeting.title,
        stage=Stage.ASKED,
        zone=meeting.zone,
    )
    kept = {"text": meeting.text, "place": meeting.place, "minutes": meeting.minutes, "every": meeting.every}
    return replace(fresh, **{**kept, **more})


def check_fits(work: Work, group_id: int) -> None:
    """Refuse one more where a group has as many as fit."""
    stages = (Stage.ASKED, Stage.SET)
    if sum(len(work.all(Meeting, group_id=group_id, stage=one)) for one in stages) >= MOST_TO_COME:
        raise TooManyMeetings(MOST_TO_COME, "meetings")


def ask(work: Work, meeting: Meeting, times: Sequence[Slot], members: Iterable[int], now: datetime) -> None:
    """Make a meeting known, and ask which of the times suit: in the rooms, and each member alone."""
    work.apply(meetings.call(meeting, by=meeting.by), meeting.group_id, now)
    work.put(*times)
    posts.in_rooms(work, meeting, PostKind.MEETING)
    posts.to_members(work, meeting, PostKind.SLOTS, members, now)


def show_slots_again(work: Work, meeting: Meeting) -> None:
    """Let the own times of every member who is there be brought up to date; where they are no longer asked about, none is
    sent any more."""
    asked = work.the(Meeting, id=meeting.id).stage is Stage.ASKED
    if not asked:
        telling.take_back(work, meeting, telling.AGAIN)
    posted = work.all(Post, meeting_id=meeting.id, kind=PostKind.SLOTS)
    still = {one.id for one in guests.of_those_there(work, meeting.group_id, posted)}
    for post in posted:
        work.put(replace(post, live=post.id in still and (asked or bool(post.message or post.tries))))
