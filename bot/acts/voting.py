"""Voting: stances, marks, presses, taking back, and the bare `+1` of chats."""

from collections.abc import Sequence
from dataclasses import replace

from adapters.base import Answer, Verdict
from bot import pieces, references, steps
from bot.acts import casting
from bot.references import STANCE_METHODS
from bot.turn import Standing, Turn
from decisions import polls
from decisions.lifecycle import Act, after
from decisions.model import Ballot, Poll, Post, PostKind
from decisions.refusals import (
    NoStanceYet,
    NotAStance,
    NotForStances,
    NothingOpen,
    ReasonNeeded,
    UnknownButton,
    Word,
)
from storage import polling


def vote(turn: Turn, words: str) -> Answer:
    """`vote P-7 ...`: a stance, options, or marks."""
    standing, poll, rest = references.poll(turn, words)
    return _read(turn, standing, poll, rest)


def stance(turn: Turn, words: str, meant: str) -> Answer:
    """`agree P-7 reason` and its sisters; `meant` is a stance, or the sign that it goes by in chats."""
    named = references.named(turn, words)
    if named is not None:
        return _cast_stance(turn, *named[:2], meant, named[2])
    latest = references.latest(turn, STANCE_METHODS)
    if latest is None:
        raise NothingOpen
    return _cast_stance(turn, *latest, meant, words)


def sign(turn: Turn, meant: str, reason: str) -> Answer:
    """A bare `+1`, `0` or `-1`, with or without words: a stance on the open proposal put last, else mere talk."""
    latest = references.latest(turn, STANCE_METHODS)
    if latest is None:
        return Answer(Verdict.NOTHING)
    return _cast_stance(turn, *latest, meant, reason)


def taps(turn: Turn, places: Sequence[int]) -> Answer:
    """What somebody has chosen in the platform's own poll: their whole ballot; nothing, or what it has not: none."""
    post = references.answered_post(turn)
    if post is None or post.kind is not PostKind.NATIVE:
        return Answer(Verdict.NOTHING)  # somebody's own poll
    standing, poll, ballot = casting.pressed(turn, post.about)
    options, places = polls.keys(poll), places[: polls.most(poll)]  # those beyond are left out, as the apps do
    if not places or any(not 0 <= place < len(options) for place in places):
        return casting.retracted(turn, standing, poll, ballot) if ballot else Answer(Verdict.NOTHING)
    return casting.cast(turn, standing, poll, {options[place]: 1 for place in sorted(set(places))}, "")


def reason(turn: Turn, words: str) -> Answer:
    """`reason P-7 WORDS`: why I say what I say; without words, I am asked for them."""
    standing, poll, rest = references.poll(turn, words)
    ballot = turn.work.get(Ballot, poll_id=poll.id, member_id=standing.member.id)
    if not rest:
        return _asked(turn, standing, poll, "")
    return reword(turn, standing, poll, ballot, rest)


def pressed_reason(turn: Turn, poll_id: int, stance: str) -> Answer:
    """A press on the button that asks to be asked; `stance`: the reason is for taking it."""
    standing, poll, _ = casting.pressed(turn, poll_id)
    if stance and stance not in polls.method(poll).stances:
        raise UnknownButton
    return _asked(turn, standing, poll, stance)


def replied(turn: Turn, post: Post, words: str) -> Answer:
    """A reply to our question for a reason."""
    standing, poll, ballot = casting.pressed(turn, post.about)
    if post.stance:
        return casting.cast(turn, standing, poll, {post.stance: 1}, words)
    return reword(turn, standing, poll, ballot, words)


def reword(turn: Turn, standing: Standing, poll: Poll, ballot: Ballot | None, words: str) -> Answer:
    """The same ballot with other words."""
    if ballot is None:
        raise NoStanceYet(poll.ref, f"vote {poll.ref}")
    return casting.cast(turn, standing, poll, ballot.marks, words)


def awaited(turn: Turn, words: str) -> Answer | None:
    """Plain words in a private chat: the reason we asked for, if there is one ballot that waits for it."""
    waiting = []
    for standing in turn.standings:
        for poll in polling.latest_open(turn.work, standing.group.id, STANCE_METHODS):
            ballot = turn.work.get(Ballot, poll_id=poll.id, member_id=standing.member.id)
            if (
                ballot
                and polls.counts(poll, ballot)
                and polls.method(poll).against in ballot.marks
                and not ballot.reason
            ):
                waiting.append((standing, poll, ballot))
    if len(waiting) != 1:
        return None
    standing, poll, ballot = waiting[0]
    return reword(turn, standing, poll, ballot, words)


def press(turn: Turn, poll_id: int, option: int, value: int) -> Answer:
    """A press on a card: `p7:2`, `p7:2=5`, `p7:undo=3f2a`."""
    standing, poll, ballot = casting.pressed(turn, poll_id)
    turn = casting.in_order(turn, standing, poll)
    try:
        change = polls.press(
            poll,
            ballot,
            by=standing.member,
            option=option,
            value=value,
            now=turn.now,
            salt=turn.salt(),
            origin=turn.origin,
            anew=casting.spoken_since(turn, poll, ballot),
        )
    except ReasonNeeded as no:
        return replace(turn.refused(no), alone=f"p{poll.id}:reason={polls.keys(poll)[option]}")
    return casting.keep(turn, standing, poll, ballot, change)


def undo(turn: Turn, poll_id: int, tag: str) -> Answer:
    """Take back the one act that the button names."""
    standing, poll, ballot = casting.pressed(turn, poll_id)
    turn = casting.in_order(turn, standing, poll)
    change = polls.undo(poll, ballot, by=standing.member, tag=tag, now=turn.now, salt=turn.salt())
    change = casting.apply(turn, standing, poll, change)
    if not change:
        return turn.done("ack-nothing-to-undo", poll.ref)
    again = next((one for one in change.puts if isinstance(one, Ballot)), None)
    if again is None:
        return turn.done("ack-retracted", poll.ref)
    _, kept = casting.written(change)
    steps.close_if_everyone_has_voted(
        turn.work, kept, turn.now
    )  # the block that was undone may have been what it waited for
    return turn.done("ack-undone", poll.ref, pieces.marked(poll, again.marks, turn.reader))


def retract(turn: Turn, words: str) -> Answer:
    """`retract P-7`: take one's ballot back."""
    references.check_names_none_but(turn, words, "PD", "retract P-7")
    standing, poll, _ = references.poll(turn, words)
    ballot = turn.work.get(Ballot, poll_id=poll.id, member_id=standing.member.id)
    if poll.rules.by_affiliate:
        casting.check_may_vote(
            turn, standing, poll
        )  # what an affiliate said is not for those who have left it to take back
    return casting.retracted(turn, standing, poll, ballot)


def pressed_retract(turn: Turn, poll_id: int) -> Answer:
    """A press on the button in `mine`."""
    return casting.retracted(turn, *casting.pressed(turn, poll_id))


def _read(turn: Turn, standing: Standing, poll: Poll, words: str) -> Answer:
    options = polls.keys(poll)
    stances = polls.method(poll).stances
    labels = [turn.reader.say(f"stance-{key}") for key in stances] if stances else list(poll.options)
    marks, said = polls.method(poll).read(options, poll.rules, labels, words)
    return casting.cast(turn, standing, poll, marks, said)


def _cast_stance(turn: Turn, standing: Standing, poll: Poll, meant: str, said: str) -> Answer:
    how = polls.method(poll)
    if not how.stances:
        raise NotForStances(poll.ref, f"vote {poll.ref} 1")
    key = how.blocks if meant == "block" else how.signs.get(meant, "")
    if not key:
        raise NotAStance(meant, tuple(Word(f"stance-{one}") for one in how.stances))
    return casting.cast(turn, standing, poll, {key: 1}, said)


def _asked(turn: Turn, standing: Standing, poll: Poll, stance: str) -> Answer:
    """We ask, alone, for the reason; the reply will be it."""
    after(poll, Act.CAST, turn.now)
    steps.ask_reason(turn.work, poll, turn.request.platform, turn.request.user, stance)
    return turn.done("ack-asked", poll.ref) if turn.room else Answer(Verdict.NOTHING)
