"""Questions: the message by which one side is asked, and what it says once they have answered.

All that a side ever reads or does here is found by its own question alone: it reads the same whether the other side has
said no, has said nothing, has ended what it filed, has left, or was forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from adapters import addresses
from adapters.base import Button, Card, Part, Rows, Style
from bot import pairing, posting
from bot.reader import Reader
from decisions import peers
from decisions.model import Account, Group, Help, Introduction, Person, Post, PostKind, Side
from storage import finding, peering
from storage.finding import Belonging
from storage.work import Work

ASKED, YES, NO, MET, OVER, GONE = "", "yes", "no", "met", "over", "gone"
"""What a question says: it waits for an answer; it has one; both have met; it cannot be answered any more; whom they met
was forgotten."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is kept in a post of what it asks. `group`: the one that the other side would be told of."""

    number: int
    help: int
    group: int
    until: datetime
    state: str = ASKED

    @property
    def said(self) -> tuple[str, ...]:
        return str(self.number), str(self.help), str(self.group), self.until.isoformat(), self.state


def of(post: Post) -> Question:
    """What a post asks."""
    number, help_, group, until, state = post.said
    return Question(int(number), int(help_), int(group), datetime.fromisoformat(until), state)


def ask(work: Work, introduction: Introduction, help_: Help, now: datetime) -> None:
    """Ask one of the two, in the morning; who cannot be reached alone is not asked."""
    account, home = finding.account_of(work, help_.person_id), first_group(work, help_.person_id)
    if account is None or home is None:
        return
    zone = work.the(Person, id=help_.person_id).zone or home.group.zone
    question = Question(introduction.id, help_.id, home.group.id, peers.midnight(now + peers.ANSWERABLE))
    _want(work, account, question, peers.morning(zone, home.group.quiet, now))


def tell(work: Work, post: Post) -> None:
    """Tell whoever was asked by this post, and said yes first, that the other has said so too."""
    account = work.the(Account, platform=post.platform, user=post.user)
    _want(work, account, replace(of(post), state=MET), None)


def _want(work: Work, account: Account, question: Question, at: datetime | None) -> None:
    posting.want(
        work,
        PostKind.PEER,
        group_id=None,
        platform=account.platform,
        user=account.user,
        said=question.said,
        not_before=at,
    )


def first_group(work: Work, person_id: int) -> Belonging | None:
    """The group that somebody is told to be of: the first in which they are, whoever it is told."""
    return next((one for one in finding.groups_of(work, person_id) if one.present), None)


def in_state(post: Post, state: str, *, again: bool) -> Post:
    """The post, saying something else; `again`: it has to be brought up to date where it stands."""
    said = replace(of(post), state=state).said
    return replace(post, said=said, live=True, shown=0) if again else replace(post, said=said)


def of_person(work: Work, person: Person, number: int) -> Post | None:
    """The question of this number that a person was asked, by whichever account of theirs, or what they were told of it
    since; None: they were not asked."""
    for account in work.all(Account, person_id=person.id):
        theirs = work.all(Post, kind=PostKind.PEER, platform=account.platform, user=account.user)
        mine = [one for one in theirs if one.said[:1] == (str(number),) and is_known(one)]
        if mine:
            return mine[-1]
    return None


def is_known(post: Post) -> bool:
    """Whether its reader may know of it: it was sent; or both have met, and it is on its way."""
    return bool(post.message or post.tries) or of(post).state == MET


def of_side(work: Work, introduction: Introduction, side: Side) -> Post | None:
    """The question that was put to one side of an introduction."""
    help_ = introduction.offer_id if side is Side.OFFER else introduction.ask_id
    return next((one for one in of_number(work, introduction.id) if of(one).help == help_), None)


def of_number(work: Work, number: int) -> Iterator[Post]:
    """All posts about an introduction, of both sides."""
    return (one for one in peering.questions(work) if one.said[:1] == (str(number),))


def stands(work: Work, post: Post, now: datetime) -> Help | None:
    """What its side has filed, while that side may answer: in time, by the account and out of the group that it was told
    of, with what it filed still open. None: it is over. Nothing of the other side is looked at."""
    question, account = of(post), work.get(Account, platform=post.platform, user=post.user)
    help_ = work.get(Help, id=question.help)
    if question.state == OVER or account is None or help_ is None or help_.person_id != account.person_id:
        return None
    there = any(one.present and one.group.id == question.group for one in finding.groups_of(work, account.person_id))
    return help_ if there and now < question.until and peers.is_open(help_, now) else None


# -- what it says -----------------------------------------------------------------------------------------------------


def card(work: Work, post: Post, reader: Reader, now: datetime) -> Card:
    """What a question says now."""
    question = of(post)
    help_ = work.get(Help, id=question.help)
    introduction = work.get(Introduction, id=question.number)
    if question.state in (YES, NO) and help_ is not None:
        return _answered(question, help_, reader)
    if question.state in (ASKED, MET) and help_ is not None and introduction is not None:
        other = work.the(Help, id=_other(introduction, help_))
        return (_asked if question.state == ASKED else _met)(work, post, help_, other, reader)
    return _plain(reader.say("peer-gone" if question.state in (MET, GONE) else "peer-over"), reader)


def _asked(work: Work, post: Post, help_: Help, other: Help, reader: Reader) -> Card:
    question, account = of(post), work.the(Account, platform=post.platform, user=post.user)
    name, group = work.the(Person, id=account.person_id).name, work.the(Group, id=question.group).name
    word = reader.command(f"{help_.side.value}s")
    yes, no = (f"{word} {reader.say(f'option-{one}').casefold()} {question.number}" for one in (YES, NO))
    parts = (
        Part(Style.LINE, reader.say(f"peer-asked-{help_.side.value}", help_.text)),
        Part(Style.WORDS, other.text),
        Part(Style.NOTE, reader.say("peer-asked-how", name, group, pairing.called(account))),
        Part(Style.NOTE, reader.say("peer-asked-next", question.until, yes, no)),
    )
    return Card(parts, _buttons(question.number, reader, YES, NO), reader.language)


def _answered(question: Question, help_: Help, reader: Reader) -> Card:
    other = NO if question.state == YES else YES
    said = reader.say(f"peer-said-{question.state}", help_.text)
    return Card((Part(Style.LINE, said),), _buttons(question.number, reader, other), reader.language)


def _met(work: Work, post: Post, help_: Help, other: Help, reader: Reader) -> Card:
    """Whom they met, as that side was told that it would be."""
    introduction = work.the(Introduction, id=of(post).number)
    theirs = of_side(work, introduction, other.side)
    if theirs is None:
        return _plain(reader.say("peer-gone"), reader)
    person, account = work.the(Person, id=other.person_id), _account(theirs, other)
    group = work.get(Group, id=of(theirs).group)
    said = reader.say("peer-met", person.name, group.name if group else "–", pairing.called(account))
    parts = [Part(Style.LINE, said), *([Part(Style.WORDS, other.text)] if other.text else [])]
    url = addresses.person(account.platform, account.user)
    rows = ((Button(reader.say("button-peer-write"), url=url),),) if url else ()
    return Card((*parts, Part(Style.NOTE, reader.say("peer-met-next"))), rows, reader.language)


def _plain(text: str, reader: Reader) -> Card:
    return Card((Part(Style.LINE, text),), (), reader.language)


def _buttons(number: int, reader: Reader, *which: str) -> Rows:
    """One a row: so every platform has a sign for it."""
    return tuple((Button(reader.say(f"button-peer-{one}"), f"peer{number}:{one}"),) for one in which)


def _other(introduction: Introduction, help_: Help) -> int:
    return introduction.ask_id if introduction.offer_id == help_.id else introduction.offer_id


def _account(post: Post, help_: Help) -> Account:
    """The account by which a side was asked: by that it is told that it can be reached."""
    return Account(platform=post.platform, user=post.user, person_id=help_.person_id)
