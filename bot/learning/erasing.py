"""Erasing in lessons: what becomes of what a person told and used when they are forgotten.

A lesson is given to the group, as a proposal is: without its author's name it stays, unless its words are to go too. What
was filed without a name cannot be told from what others filed, and stays.
"""

from collections.abc import Callable, Iterator, Mapping

from bot.learning import filing
from decisions import lessons as rules
from decisions.change import Change
from decisions.erasing import Salt
from decisions.model import Draft, Lesson, Reuse, Review
from storage.whose import Whose, rows
from storage.work import Work


def emptied(
    work: Work, who: Whose, words: bool, salt: Salt, by: Mapping[int, int | None], bare: Callable[[str], str]
) -> Iterator[tuple[int, Change]]:
    """What is left of their words, each with its group. `by`: who does it, by group; `bare`: a text without their names."""
    for lesson in rows(work, Lesson, who):
        left = {one: "" if words else bare(getattr(lesson, one)) for one in (*rules.SAID, *rules.WHERE)}
        yield lesson.group_id, rules.empty_lesson(lesson, left, by=by[lesson.group_id], salt=salt)
    for reuse in rows(work, Reuse, who):
        yield reuse.group_id, rules.empty_reuse(reuse, by=by[reuse.group_id], salt=salt)


def touched(work: Work, who: Whose) -> list[int]:
    """The ids of the lessons that may show their name or words."""
    ids = {one.id for one in rows(work, Lesson, who)} | {one.lesson_id for one in rows(work, Reuse, who)}
    for review in rows(work, Review, who):
        ids |= {one.id for one in work.all(Lesson, poll_id=review.poll_id)}
    return sorted(ids)


def drop_rows(work: Work, who: Whose) -> None:
    """What they were being asked."""
    work.drop(*rows(work, Draft, who))


def show_again(work: Work, lesson_id: int) -> None:
    """Let whatever shows the lesson be brought up to date once more."""
    filing.show_again(work, work.the(Lesson, id=lesson_id))
