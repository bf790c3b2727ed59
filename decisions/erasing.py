"""Erasing: what becomes of the words of a person who is forgotten.

What is emptied is sealed anew, under a new salt, so that nobody can guess what the old seal in the journal was over.
"""

from collections.abc import Callable
from dataclasses import replace

from decisions import seals
from decisions.change import Change
from decisions.events import WordsErased
from decisions.model import Ballot, Concern, Remark, Review, Revision

Salt = Callable[[], str]


def ballot(one: Ballot, *, by: int | None, salt: Salt) -> Change:
    """The marks stay, and count. What they were before goes too, for nobody can undo anything any more."""
    bare = replace(one, reason="", earlier=None, origin="", worded="")
    if not one.reason:
        return _quietly(one, bare)
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_ballot(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "ballot", one.member_id, sealed.seal),))


def remark(one: Remark, *, by: int | None, salt: Salt) -> Change:
    """That something was said stays."""
    bare = replace(one, text="", origin="")
    if not one.text:
        return _quietly(one, bare)
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_remark(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "remark", one.id, sealed.seal),))


def concern(one: Concern, *, raised: bool, answered: bool, by: int | None, salt: Salt) -> Change:
    """Of a concern, the words of whoever `raised` or `answered` it, or of both where that is the same person."""
    bare = replace(one, text="" if raised else one.text, answer="" if answered else one.answer)
    if bare == one:
        return Change()
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_concern(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "concern", one.id, sealed.seal),))


def review(one: Review, *, by: int | None, salt: Salt) -> Change:
    """Whether it worked, in their eyes, stays."""
    if not one.text:
        return Change()
    unsealed = replace(one, text="", salt=salt())
    sealed = replace(unsealed, seal=seals.of_review(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "review", one.member_id, sealed.seal),))


def revision(one: Revision, *, by: int | None, salt: Salt) -> Change:
    """The words of a proposal; they go only where that was asked for, as the group decided on them."""
    if not (one.title or one.text):
        return Change()
    unsealed = replace(one, title="", text="", salt=salt())
    sealed = replace(unsealed, seal=seals.of_words(unsealed))
    return Change((sealed,), events=(_event(by, one.poll_id, "revision", one.number, sealed.seal),))


def _quietly(one: Ballot | Remark, bare: Ballot | Remark) -> Change:
    """What no seal is over goes without a line in the journal."""
    return Change() if bare == one else Change((bare,))


def _event(by: int | None, poll: int, what: str, key: int, seal: str) -> WordsErased:
    return WordsErased(by=by, poll=poll, what=what, key=key, seal=seal)
