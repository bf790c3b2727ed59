"""Parting: what becomes of what somebody offers and asks for as they are forgotten, are one with another, or change groups."""

from dataclasses import replace

from bot.peers import questions, seeking
from decisions.model import Group, Help, Introduction, Person, Post
from storage import outbox, peering
from storage.whose import Whose, rows
from storage.work import Work


def forget(work: Work, who: Whose) -> int:
    """All that they filed goes; how many texts it was.

    Whoever met them is told that they are gone. Whoever was only asked, or has answered, must not learn that it was they:
    what those read, and what comes of their answer, stays as it is."""
    mine = rows(work, Help, who)
    for one in peering.introductions(work, [help_.id for help_ in mine]):
        for post in questions.of_number(work, one.id):
            _nobody(work, post, {help_.id for help_ in mine})
        seeking.drop(work, one)
    work.drop(*mine)
    return sum(bool(one.text) for one in mine)


def _nobody(work: Work, post: Post, gone: set[int]) -> None:
    """What the other side reads of somebody they have met."""
    question = questions.of(post)
    if question.help in gone or question.state != questions.MET:
        return
    if post.message:
        work.put(questions.in_state(post, questions.GONE, again=True))
    else:
        outbox.let_go(work, [post])


def one_person(work: Work, lives: Person, shell: Person) -> None:
    """Both are one: so is what they filed, and nobody is brought together with themselves."""
    work.put(*(replace(one, person_id=lives.id) for one in work.all(Help, person_id=shell.id)))
    mine = {one.id for one in work.all(Help, person_id=lives.id)}
    for one in peering.introductions(work, mine):
        if {one.offer_id, one.ask_id} <= mine:
            _with_themselves(work, one)


def _with_themselves(work: Work, introduction: Introduction) -> None:
    for post in questions.of_number(work, introduction.id):
        if post.message:
            work.put(questions.in_state(post, questions.OVER, again=True))
    seeking.drop(work, introduction)


def dissolved(work: Work, group: Group, into: Group) -> None:
    """A group is no more. Who was not asked yet is asked as one of the group that it joined; who was asked, was told that
    the old one would be named, and cannot be named as one of another."""
    for post in peering.questions(work):
        question = questions.of(post)
        if question.group != group.id:
            continue
        if not questions.is_known(post):
            work.put(replace(post, said=replace(question, group=into.id).said))
        elif question.state in (questions.ASKED, questions.YES, questions.NO):
            work.put(questions.in_state(post, questions.OVER, again=True))
