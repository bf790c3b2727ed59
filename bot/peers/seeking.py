"""Seeking: what was filed is looked at, both sides are asked, and what has lasted long enough is over."""

from dataclasses import replace
from datetime import datetime

from bot import posting
from bot.peers import questions
from decisions import peers
from decisions.likeness import likeness, rarity
from decisions.model import Help, Introduction, Person, PostKind, Side
from storage import finding, outbox, peering
from storage.work import Work

LEAST = 0.26
"""How alike an offer and an ask must be; tests/decisions/test_peers.py has the table that chose it."""

OTHER = {Side.OFFER: Side.ASK, Side.ASK: Side.OFFER}


def seek(work: Work, help_: Help, now: datetime) -> None:
    """Look for whom it may fit, and ask both; from now on others may read it."""
    help_ = replace(help_, seek_at=None)
    work.put(help_)
    if not peers.is_open(help_, now) or not peering.is_in_a_group(work, help_.person_id):
        return
    others = peering.known(work, OTHER[help_.side])
    weights = rarity(one.text for one in (*others, *peering.known(work, help_.side)))
    known = peering.introductions(work, [help_.id, *(one.id for one in others)])

    def like(one: str, other: str) -> float:
        return likeness(one, other, weights)

    for other in peers.fitting(help_, others, known, like, LEAST, now):
        made = peers.introduce(help_, other, lambda id_: work.get(Introduction, id=id_) is not None, now)
        work.put(made)
        for each in (help_, other):
            questions.ask(work, made, each, now)


def lapse(work: Work, help_: Help, now: datetime) -> None:
    """Its time is over; whoever filed it can renew it."""
    work.put(peers.lapsed(help_))
    account, home = finding.account_of(work, help_.person_id), questions.first_group(work, help_.person_id)
    if account is None or home is None or not help_.text:
        return
    zone = work.the(Person, id=help_.person_id).zone or home.group.zone
    posting.want(
        work,
        PostKind.NOTICE,
        group_id=None,
        platform=account.platform,
        user=account.user,
        said=(f"notice-peer-{help_.side.value}", help_.text, str(help_.id)),
        not_before=peers.morning(zone, home.group.quiet, now),
    )


def end(work: Work, help_: Help) -> None:
    """Whoever filed it ends it: nobody is asked about it any more, and who was asked reads on what they have read."""
    for one in peering.introductions(work, [help_.id]):
        if not peers.is_mutual(one):
            drop(work, one)
    work.put(peers.ended(help_))
    work.traceless = True


def drop(work: Work, introduction: Introduction) -> None:
    """Let go of an introduction, and of the questions that nobody has read yet."""
    waiting = [one for one in questions.of_number(work, introduction.id) if not one.message]
    outbox.let_go(work, waiting)
    work.drop(introduction)


def tidy(work: Work, now: datetime) -> None:
    """What can be answered no more says so, alike for all; what nobody needs any more goes."""
    for post in peering.questions(work):
        asks = questions.of(post)
        if asks.state in (questions.ASKED, questions.YES, questions.NO) and asks.until <= now and post.message:
            work.put(questions.in_state(post, questions.OVER, again=True))
    for help_ in work.all(Help):
        if peers.is_forgettable(help_, now):
            for one in peering.introductions(work, [help_.id]):
                drop(work, one)
            work.drop(help_)
