"""Filing: a lesson goes into its group's record and is told once in each of its rooms; so is what becomes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import posting
from bot.turn import Standing, Turn
from decisions import lessons as rules
from decisions.affiliates import ASKING
from decisions.model import Affiliate, Lesson, Member, Openness, Post, PostKind, Reuse, Review
from storage import finding
from storage.work import Work

Salt = Callable[[], str]

AGAIN = timedelta(days=14)
"""For how long the same words are the same lesson: no platform delivers anything again after so long."""


def file(turn: Turn, standing: Standing, words: Mapping[str, str], *, worked: bool | None) -> Lesson:
    """File it with the name of whoever tells it, and show it in the group's rooms."""
    return _file(turn, standing, _where(turn.work, standing.member) | dict(words), worked, standing.member.id)


def file_nameless(
    turn: Turn, standing: Standing, words: Mapping[str, str], *, worked: bool | None, requests: Sequence[str] = ()
) -> Lesson:
    """File it without a name: nothing is left of who told it, neither in the lesson, nor in the journal, nor beside it. A
    platform's key for what is said in private may name who says it; so those of these requests go, and what would come
    again is known by its words."""
    work = turn.work
    work.unsee([*requests, *keys(turn)])
    work.traceless = True
    nobodys = (one for one in work.all(Lesson, group_id=standing.group.id) if one.by is None)
    again = [one for one in nobodys if turn.now - one.at < AGAIN]
    wanted = rules.GONE | rules.cleaned(words)
    known = (
        one for one in again if one.worked is worked and all(getattr(one, name) == wanted[name] for name in wanted)
    )
    return next(known, None) or _file(turn, standing, words, worked, None)


def keys(turn: Turn) -> tuple[str, ...]:
    """By what the request is known, and the message where that is another: what was held up is carried out by a press."""
    platform, chat, message = turn.request.platform, turn.request.chat, turn.request.message
    return turn.key, f"{platform}:{message}", f"{platform}:{chat}-{message}"


def _file(turn: Turn, standing: Standing, words: Mapping[str, str], worked: bool | None, by: int | None) -> Lesson:
    work = turn.work
    lesson = Lesson(
        id=work.next_id(Lesson),
        group_id=standing.group.id,
        number=work.next_number(Lesson, standing.group.id),
        by=by,
        worked=worked,
        at=turn.now,
        salt=turn.salt(),
        seal="",
    )
    work.apply(rules.file(rules.worded(lesson, words)), standing.group.id, turn.now)
    kept = work.the(Lesson, id=lesson.id)
    in_rooms(work, kept, turn)
    return kept


def _where(work: Work, member: Member) -> dict[str, str]:
    """What they speak for, and its region, for a lesson that does not say otherwise."""
    spoken_for = member.affiliate_id is not None and member.seat not in ASKING
    affiliate = work.get(Affiliate, id=member.affiliate_id) if spoken_for else None
    return (
        {"affiliate": affiliate.name[: rules.CONTEXT], "region": affiliate.region[: rules.CONTEXT]} if affiliate else {}
    )


def in_rooms(work: Work, lesson: Lesson, turn: Turn) -> None:
    """Want its card in every room of its group, if it has none yet; in the room where it was told, as an answer."""
    if work.all(Post, lesson_id=lesson.id, kind=PostKind.LESSON):
        return
    for room in finding.rooms(work, lesson.group_id):
        reply_to = turn.request.message if room == turn.room else ""
        posting.want(
            work, PostKind.LESSON, group_id=lesson.group_id, lesson_id=lesson.id, room_id=room.id, reply_to=reply_to
        )


# -- used elsewhere ---------------------------------------------------------------------------------------------------


def use(
    turn: Turn, standing: Standing, lesson: Lesson, *, worked: bool | None, place: str = "", text: str = ""
) -> Reuse | None:
    """Record that a group used it; None: that is on record already, in the same words."""
    work = turn.work
    mine = [
        one for one in work.all(Reuse, lesson_id=lesson.id, group_id=standing.group.id) if turn.is_(standing, one.by)
    ]
    said = Reuse(
        id=work.next_id(Reuse),
        lesson_id=lesson.id,
        group_id=standing.group.id,
        by=standing.member.id,
        worked=worked,
        place=place,
        text=text,
        at=turn.now,
        salt=turn.salt(),
        seal="",
    )
    change = turn.apply(rules.use(lesson, said, mine), standing)
    if not change:
        return None
    if standing.group.id == lesson.group_id or standing.group.openness is Openness.PUBLIC:
        show_again(work, lesson)
    return next(one for one in change.puts if isinstance(one, Reuse))


def show_again(work: Work, lesson: Lesson) -> None:
    """Let its cards be brought up to date."""
    kept = work.the(Lesson, id=lesson.id)
    work.put(replace(kept, version=kept.version + 1))
    work.put(*(replace(one, live=True) for one in work.all(Post, lesson_id=lesson.id) if one.message))


# -- looking back at a decision ---------------------------------------------------------------------------------------


def looked_back(work: Work, poll_id: int, group_id: int, now: datetime, salt: Salt) -> Lesson | None:
    """The lesson of what is said of a decision: made with the first answer, and kept in step. Nobody stands in it: who said
    what is in the answers themselves. None: it was withdrawn."""
    worked = rules.agreed(work.all(Review, poll_id=poll_id))
    found = work.all(Lesson, poll_id=poll_id)
    if found and found[0].withdrawn:
        return None
    if found:
        work.apply(rules.reword(found[0], {}, worked=worked, by=None), group_id, now)
        show_again(work, found[0])
        return work.the(Lesson, id=found[0].id)
    made = Lesson(
        id=work.next_id(Lesson),
        group_id=group_id,
        number=work.next_number(Lesson, group_id),
        by=None,
        worked=worked,
        poll_id=poll_id,
        at=now,
        salt=salt(),
        seal="",
    )
    work.apply(rules.file(made), group_id, now)
    return work.the(Lesson, id=made.id)


def add(turn: Turn, lesson: Lesson, words: Mapping[str, str]) -> Lesson:
    """Put more words below what the lesson of a decision says already, without whose they are, and show it in the rooms."""
    more = {name: "\n".join(filter(None, (getattr(lesson, name), one))) for name, one in words.items()}
    change = rules.reword(lesson, more, worked=lesson.worked, by=None)
    turn.work.apply(change, lesson.group_id, turn.now)
    kept = turn.work.the(Lesson, id=lesson.id)
    if change:
        in_rooms(turn.work, kept, turn)
        show_again(turn.work, kept)
    return turn.work.the(Lesson, id=lesson.id)
