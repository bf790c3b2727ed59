"""Kept: what waits for its author to say how it goes on, and the post by which they are asked once more.

The answer to what they wrote asks them first. That may never reach them, as where the process ends before it is shown; so a
post that asks the same is wanted as well, and let go once they were told.
"""

from datetime import datetime, timedelta

from adapters.base import NOTHING, Answer
from bot.turn import Turn
from decisions.model import Doubt, Post, PostKind
from decisions.refusals import DoubtOver
from storage import outbox
from storage.work import Work

KEPT = timedelta(days=1)
"""How long we wait to be told."""

PATIENCE = timedelta(minutes=2)
"""So long an answer may be on its way."""


def next_id(work: Work) -> int:
    """What the next question is called: as its post, whose number never comes again, so that an old button names no newer
    question."""
    return work.next_id(Post)


def keep(work: Work, doubt: Doubt) -> str:
    """Keep it, and return the press that is made once its author was told."""
    asks = Post(
        id=doubt.id,
        group_id=None,
        kind=PostKind.DOUBT,
        platform=doubt.platform,
        user=doubt.user,
        not_before=doubt.at + PATIENCE,
    )
    work.put(doubt, asks)
    return f"sure{doubt.id}:told"


def post_of(work: Work, doubt_id: int) -> Post | None:
    """The post that asks once more; None: they were told."""
    return work.get(Post, id=doubt_id, kind=PostKind.DOUBT)


def told(turn: Turn, doubt_id: int) -> Answer:
    """Its author was told: there is no need to ask once more."""
    post = post_of(turn.work, doubt_id)
    if post is not None and (post.platform, post.user) == (turn.request.platform, turn.request.user):
        outbox.let_go(turn.work, [post])
    return NOTHING


def drop(work: Work, *doubts: Doubt) -> None:
    """They wait no more, and nobody is asked."""
    for one in doubts:
        work.drop(one)
        if (post := post_of(work, one.id)) is not None:
            outbox.let_go(work, [post])


def latest(turn: Turn) -> Doubt | None:
    """What waits for whoever speaks, unless that is too old."""
    found = turn.work.get(Doubt, platform=turn.request.platform, user=turn.request.user)
    return None if found is None or _too_old(found, turn.now) else found


def own(turn: Turn, doubt_id: int) -> Doubt:
    """The one that a press names. Raises DoubtOver where it waits no more, or is somebody else's."""
    doubt = find(turn, doubt_id)
    if doubt is None:
        raise DoubtOver
    return doubt


def find(turn: Turn, doubt_id: int) -> Doubt | None:
    """The same; None: there is none."""
    request = turn.request
    found = turn.work.get(Doubt, id=doubt_id, platform=request.platform, user=request.user)
    return None if found is None or _too_old(found, turn.now) else found


def forget(work: Work, now: datetime) -> None:
    """Let go of what nobody has answered."""
    work.drop(*(one for one in work.all(Doubt) if _too_old(one, now)))


def _too_old(doubt: Doubt, now: datetime) -> bool:
    return now - doubt.at > KEPT
