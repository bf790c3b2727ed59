"""News: what a platform tells that is nobody's act, and where an act took place that came without its chat."""

from dataclasses import replace
from datetime import datetime

from adapters.base import Request
from bot.absence import gone
from bot.moving import move
from decisions.model import Bookmark, Room, Silence
from storage import polling
from storage.work import Work


def is_news(request: Request) -> bool:
    """Whether nobody did this."""
    return bool(request.moved_from or request.bookmark or request.unheard or request.gone)


def take(work: Work, request: Request, now: datetime) -> None:
    """Keep it. Told again, it changes nothing."""
    if request.moved_from:
        move(work, request.platform, request.moved_from, request.chat)
    if request.bookmark:
        work.get(Bookmark, platform=request.platform)  # is replaced
        work.put(Bookmark(platform=request.platform, token=request.bookmark, at=now))
    if request.unheard:
        _unheard(work, request.platform, *request.unheard)
    if request.gone:  # brought again, what came after it is brought again too: platforms keep the order
        gone(work, request.platform, request.chat, now)


def placed(work: Work, request: Request) -> Request | None:
    """The request with the chat of the poll that was tapped; None: it is no poll of ours, or in a room that has left."""
    if request.taps is None or request.chat:
        return request
    post = polling.native(work, request.platform, request.reply_to)
    room = work.get(Room, id=post.room_id) if post is not None else None
    if post is None or room is None or room.left_at is not None:
        return None
    return replace(request, chat=room.chat, reply_to=post.message)


def _unheard(work: Work, platform: str, since: datetime, until: datetime) -> None:
    """The cards of the polls that were open then say so from now on."""
    work.get(Silence, platform=platform)
    work.put(Silence(platform=platform, since=since, until=until))
    for poll in polling.open_on(work, platform, until):
        work.put(replace(poll, version=poll.version + 1))


def silences(work: Work) -> dict[str, Silence]:
    """Platform -> its last silence."""
    return {one.platform: one for one in work.all(Silence)}
