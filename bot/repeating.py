"""Repeating: what waits for its author is asked once more by its post; where nobody can be asked at all, it goes on."""

from datetime import datetime

from adapters.base import Card, Part, Request, Style
from bot import doubting, kept
from bot.arriving import arrive
from bot.reader import Reader
from decisions.model import Doubt, Post
from decisions.refusals import DoubtOver
from storage.store import Store
from storage.work import Work


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """The question; where it cannot be answered any more, that."""
    turn = arrive(work, _alone(post, ""), now, str, reader)
    try:
        answer = doubting.show(turn, post.id)
    except DoubtOver as no:
        answer = turn.refused(no)
    return Card((Part(Style.LINE, answer.text),), answer.buttons, turn.reader.language)


def left_waiting(store: Store) -> list[Request]:
    """The presses to be made for those who put what looks like something else, and cannot be told so."""
    with store.reading() as work:
        held = [(one, kept.post_of(work, one.id)) for one in work.all(Doubt) if one.alike]
    return [_alone(post, f"sure{one.id}:go") for one, post in held if post and not post.live and not post.message]


def _alone(post: Post, press: str) -> Request:
    return Request(key=f"post-{post.id}", platform=post.platform, chat="", user=post.user, press=press, private=True)
