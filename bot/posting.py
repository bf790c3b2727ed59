"""Posting: wanting a message of ours somewhere; the publisher sends it."""

from typing import Any

from decisions.model import Post, PostKind
from storage.work import Work


def want(work: Work, kind: PostKind, **where: Any) -> None:
    """Want a post of this kind; `where`: what else it has."""
    work.put(Post(id=work.next_id(Post), kind=kind, **where))
