"""Outcomes: what is said of a decision afterwards - a statement, what it supersedes, whether it worked."""

from dataclasses import replace

from adapters.base import Answer, Rows
from bot import notices, references, steps, when
from bot.arguments import settings
from bot.learning import filing
from bot.turn import Standing, Turn
from decisions import afterwards
from decisions.model import Account, Lesson, Poll, Post, PostKind, Review, Supersedes
from decisions.refusals import EmptyText, UnknownButton, UnknownReference
from storage import learning


def outcome(turn: Turn, words: str) -> Answer:
    """`outcome D-12 STATEMENT`, or `outcome D-12 --supersedes D-3`."""
    standing, one, rest = references.needed(turn, words, "outcome D-12")
    turn.check_facilitates(standing)
    flags, said = settings(rest, ("supersedes", "review"))
    if not flags and not said:
        raise EmptyText(f"outcome D-{one.decision}")
    if "supersedes" in flags:
        one = _supersede(turn, standing, one, flags["supersedes"])
    if "review" in flags:
        one = _plan_review(turn, standing, one, flags["review"])
    if said:
        turn.apply(afterwards.state(one, said, by=standing.member, now=turn.now), standing)
    steps.show_again(turn.work, one)
    return turn.done("ack-outcome", f"D-{one.decision}")


def review(turn: Turn, words: str) -> Answer:
    """`review D-12 2026-09-01`: ask the group then whether it worked."""
    standing, one, rest = references.needed(turn, words, "review D-12 2027-03-01")
    turn.check_facilitates(standing)
    planned = _plan_review(turn, standing, one, rest)
    steps.show_again(turn.work, one)
    return turn.done("ack-review", f"D-{one.decision}", planned.review_at)


def worked(turn: Turn, words: str, did: bool) -> Answer:
    """`worked D-12 why`, `failed D-12 why`."""
    standing, one, rest = references.needed(turn, words, "worked D-12" if did else "failed D-12")
    lesson = _review(turn, standing, one, did, rest)
    key = ("ack-worked" if did else "ack-failed") + ("" if rest.strip() else "-why")
    answer = turn.done(key, f"D-{one.decision}")
    return replace(answer, buttons=_more(turn, one)) if lesson and turn.request.private else answer


def pressed_review(turn: Turn, poll_id: int, did: bool) -> Answer:
    """A press on a review's button; the words can follow."""
    for standing in turn.standings:
        one = turn.work.get(Poll, id=poll_id, group_id=standing.group.id)
        if one is not None:
            if _review(turn, standing, one, did, "") is not None:
                _offer_more(turn, one)
            return turn.done("ack-worked-why" if did else "ack-failed-why", f"D-{one.decision}")
    raise UnknownButton


def _supersede(turn: Turn, standing: Standing, one: Poll, given: str) -> Poll:
    _, earlier, _ = references.needed(turn, given, "outcome D-12 --supersedes D-3")
    if earlier.group_id != one.group_id:
        raise UnknownReference(given)
    if turn.work.get(Supersedes, poll_id=one.id, earlier_id=earlier.id) is not None:
        return one  # said before
    change = turn.apply(afterwards.supersede(one, earlier, by=standing.member, now=turn.now), standing)
    steps.show_again(turn.work, earlier)
    return _latest(change.puts, one)


def _plan_review(turn: Turn, standing: Standing, one: Poll, given: str) -> Poll:
    at = when.instant(given, turn.reader.zone, turn.now, end_of_day=False, language=turn.reader.language)
    return _latest(turn.apply(afterwards.plan_review(one, at, by=standing.member, now=turn.now), standing).puts, one)


def _review(turn: Turn, standing: Standing, one: Poll, did: bool, text: str) -> Lesson | None:
    """What they say is kept, and becomes a lesson with what others say. None: that was withdrawn."""
    before = turn.work.get(Review, poll_id=one.id, member_id=standing.member.id)
    change = afterwards.review(one, before, by=standing.member, worked=did, text=text, now=turn.now, salt=turn.salt())
    if not turn.apply(change, standing):
        return learning.of_poll(turn.work, one.id)
    steps.count_again(turn.work, one)
    return filing.looked_back(turn.work, one.id, standing.group.id, turn.now, turn.salt)


def _more(turn: Turn, one: Poll) -> Rows:
    return ((turn.button("button-lesson-more", f"learn:more={one.id}"),),)


def _offer_more(turn: Turn, one: Poll) -> None:
    """Offer whoever pressed to say more, alone, once a decision."""
    request, said = turn.request, ("notice-lesson-more", f"D-{one.decision}", str(one.id))
    theirs = turn.work.all(Post, kind=PostKind.NOTICE, platform=request.platform, user=request.user)
    if not any(each.said == said and each.group_id == one.group_id for each in theirs):
        account = Account(platform=request.platform, user=request.user, person_id=turn.person.id)
        notices.tell_account(turn.work, account, *said, group_id=one.group_id)


def _latest(puts: tuple[object, ...], one: Poll) -> Poll:
    return next(new for new in puts if isinstance(new, Poll) and new.id == one.id)
