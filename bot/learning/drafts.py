"""Drafts: what somebody has said of a lesson so far, and which question comes next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.turn import Turn
from decisions.model import Draft, Group
from decisions.refusals import QuestionOver
from storage.work import Work

KEPT = timedelta(days=1)
"""How long a question waits for its answer."""

WORDS = ("tried", "text", "happened", "again", "never", "helps", "region", "topic")
"""The questions whose answer is kept as it is."""

QUESTIONS = ("group", "worked", *WORDS, "name")
ABOUT_DECISION = ("happened", "again", "never", "helps")

FILED = "filed"
"""Among what was said: all is, but for the group; then it is filed at once, with a name or (empty) without."""

KEYS = "requests"
"""Among what was said: the keys of the requests that said it, which go with it."""


def made(turn: Turn, group_id: int, worked: bool | None, poll_id: int | None, words: Mapping[str, str]) -> Draft:
    """What is begun with, before anything is asked."""
    request = turn.request
    draft = Draft(
        platform=request.platform,
        user=request.user,
        group_id=group_id,
        asked="",
        worked=worked,
        poll_id=poll_id,
        at=turn.now,
    )
    return saying(draft, words)


def next_question(draft: Draft) -> str:
    """The first question that is not answered yet; empty: there is none."""
    done = said(draft)
    questions: tuple[str, ...] = QUESTIONS if draft.poll_id is None else ABOUT_DECISION
    if FILED in done:
        questions = ("group",)
    return next((one for one in questions if one not in done), "")


def forget(work: Work, now: datetime) -> None:
    """Let go of what nobody has gone on with."""
    work.drop(*(one for one in work.all(Draft) if now - one.at > KEPT))


def open_for(turn: Turn) -> Draft:
    """The one whose question is open for whoever speaks. Raises QuestionOver."""
    draft = waiting(turn)
    if draft is None or turn.work.get(Group, id=draft.group_id) is None:
        raise QuestionOver
    return draft


def waiting(turn: Turn) -> Draft | None:
    """The same; None: none is, or the question was put too long ago."""
    found = turn.work.get(Draft, platform=turn.request.platform, user=turn.request.user)
    return None if found is None or turn.now - found.at > KEPT else found


def said(draft: Draft) -> dict[str, str]:
    """Question -> its answer."""
    return dict(zip(draft.said[::2], draft.said[1::2], strict=True))


def requests(draft: Draft) -> tuple[str, ...]:
    """The keys of the requests that said it."""
    return tuple(said(draft).get(KEYS, "").split())


def saying(draft: Draft, more: Mapping[str, str]) -> Draft:
    """The same with these answers."""
    whole = said(draft) | dict(more)
    return replace(draft, said=tuple(part for pair in whole.items() for part in pair))
