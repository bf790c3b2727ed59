"""Lessons: filed, put in other words, withdrawn, used by others; and what belongs together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from decisions import seals
from decisions.change import Change
from decisions.events import Event
from decisions.learned_events import LearntWordsErased, LessonFiled, LessonUsed, ThingsRelated
from decisions.learned_events import LessonWithdrawn as Withdrawn
from decisions.model import Lesson, Related, Reuse, Review
from decisions.refusals import ContextTooLong, LessonWithdrawn
from decisions.wording import MOST_TYPED, body, line, reason, same, title

SAID = ("tried", "text", "happened", "again", "never", "helps")
"""What a lesson says, each in the words of people."""

WHERE = ("region", "affiliate", "size", "language", "topic")
"""In which circumstances, each in a few words."""

CONTEXT = 100
"""Characters of each of those."""

GONE = dict.fromkeys((*SAID, *WHERE), "")


def cleaned(words: Mapping[str, str]) -> dict[str, str]:
    """What was typed for a lesson, safe to keep. Raises TitleTooLong, TextTooLong, ReasonTooLong or ContextTooLong."""
    return {name: _clean(name, one) for name, one in words.items()}


def worded(lesson: Lesson, words: Mapping[str, str]) -> Lesson:
    """The lesson with these of its words, cleaned."""
    return replace(lesson, **cleaned(words))  # type: ignore[arg-type]  # each of them is a text


def _clean(name: str, typed: str) -> str:
    if name == "tried":
        return title(typed)
    if name == "text":
        return body(typed)
    return _context(name, typed) if name in WHERE else reason(typed)


def _context(name: str, typed: str) -> str:
    fit = typed if len(typed) > MOST_TYPED else line(typed)
    if len(fit) > CONTEXT:
        raise ContextTooLong(f"--{name}", len(fit), CONTEXT)
    return fit


# -- filing and changing ----------------------------------------------------------------------------------------------


def file(lesson: Lesson) -> Change:
    """Make a lesson known; its seal is given here. Nobody stands in the journal for one filed without a name."""
    sealed = replace(lesson, seal=seals.of_lesson(lesson))
    return Change((sealed,), events=(LessonFiled(by=lesson.by, lesson=lesson.id, seal=sealed.seal),))


def reword(lesson: Lesson, words: Mapping[str, str], *, worked: bool | None, by: int | None) -> Change:
    """Put some of it in other words. Nothing happens where all is as it was."""
    check_there(lesson)
    changed = replace(worded(lesson, words), worked=worked)
    if changed == lesson:
        return Change()
    sealed = replace(changed, seal=seals.of_lesson(changed), version=lesson.version + 1)
    return Change((sealed,), events=(LessonFiled(by=by, lesson=lesson.id, seal=sealed.seal),))


def withdraw(lesson: Lesson, *, by: int, salt: str) -> Change:
    """Take it back: its words go, and are sealed anew, so that nobody can guess what the old seal was over."""
    check_there(lesson)
    bare = replace(worded(lesson, GONE), worked=None, withdrawn=True, salt=salt, version=lesson.version + 1)
    sealed = replace(bare, seal=seals.of_lesson(bare))
    gone = LearntWordsErased(by=by, what="lesson", key=lesson.id, seal=sealed.seal)
    return Change((sealed,), events=(gone, Withdrawn(by=by, lesson=lesson.id)))


def check_there(lesson: Lesson) -> None:
    """Refuse what cannot be done with a lesson that was withdrawn."""
    if lesson.withdrawn:
        raise LessonWithdrawn(lesson.ref)


# -- used -------------------------------------------------------------------------------------------------------------


def use(lesson: Lesson, reuse: Reuse, before: Sequence[Reuse]) -> Change:
    """A group used it. What the same member said before of the same place reads so from now on; `before`: all that they
    said of this lesson in this group."""
    check_there(lesson)
    said = replace(reuse, place=line(reuse.place[:MOST_TYPED])[:CONTEXT], text=reason(reuse.text))
    known = _spoken_of(said, before)
    if known is not None:
        said = replace(said, id=known.id, at=known.at, salt=known.salt, place=said.place or known.place)
        said = replace(said, text=said.text or known.text, worked=known.worked if said.worked is None else said.worked)
    if known is not None and replace(said, by=known.by, seal=known.seal) == known:  # whichever of their members said it
        return Change()
    sealed = replace(said, seal=seals.of_reuse(said))
    return Change((sealed,), events=(LessonUsed(by=said.by, reuse=sealed.id, lesson=lesson.id, seal=sealed.seal),))


def _spoken_of(said: Reuse, before: Sequence[Reuse]) -> Reuse | None:
    """What they said before of the same place; of none, what they said last."""
    if not said.place:
        return before[-1] if before else None
    return next((one for one in before if not one.place or same(one.place, said.place)), None)


def agreed(reviews: Iterable[Review]) -> bool | None:
    """Whether a decision worked: where all say the same, so; else neither."""
    said = {one.worked for one in reviews}
    return said.pop() if len(said) == 1 else None


# -- belonging together -----------------------------------------------------------------------------------------------


def relate(related: Related, known: Iterable[Related]) -> Change:
    """Two things belong together, whichever of them is named first. Nothing happens where that was said before."""
    ends = {(related.thing, related.key), (related.other, related.other_key)}
    if any({(one.thing, one.key), (one.other, one.other_key)} == ends for one in known):
        return Change()
    told: tuple[Event, ...] = (
        ThingsRelated(
            by=related.by,
            thing=related.thing.value,
            key=related.key,
            other=related.other.value,
            other_key=related.other_key,
        ),
    )
    return Change((related,), events=told)


# -- erasing ----------------------------------------------------------------------------------------------------------


def empty_lesson(lesson: Lesson, left: Mapping[str, str], *, by: int | None, salt: Callable[[], str]) -> Change:
    """`left` is what is left of its words. That something was learnt stays, and whether it worked."""
    bare = replace(lesson, **left)  # type: ignore[arg-type]  # each of them is a text
    if bare == lesson:
        return Change()
    unsealed = replace(bare, salt=salt())
    sealed = replace(unsealed, seal=seals.of_lesson(unsealed))
    return Change((sealed,), events=(LearntWordsErased(by=by, what="lesson", key=lesson.id, seal=sealed.seal),))


def empty_reuse(reuse: Reuse, *, by: int | None, salt: Callable[[], str]) -> Change:
    """That it was used stays, and whether it worked there."""
    if not (reuse.text or reuse.place):
        return Change()
    unsealed = replace(reuse, text="", place="", salt=salt())
    sealed = replace(unsealed, seal=seals.of_reuse(unsealed))
    return Change((sealed,), events=(LearntWordsErased(by=by, what="reuse", key=reuse.id, seal=sealed.seal),))
