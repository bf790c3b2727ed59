"""Views: a poll as the card that a room sees, the notices about it, and the whole of it for who asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.base import Button, Card, Part, Question, Style
from bot import charting, discussed, forgotten, pieces, voices, why
from bot.reader import Reader, short
from decisions import polls
from decisions.model import Poll, Post, PostKind, Review, Silence, Status
from storage.record import Record

QUESTION, OPTION = 300, 100
"""Characters of a platform's own poll."""

TITLE, WORDS, LINE, NOTE = Style.TITLE, Style.WORDS, Style.LINE, Style.NOTE


# -- posts ------------------------------------------------------------------------------------------------------------


def post(one: Post, record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    """What a post says now; `member_id` is whom a private one speaks to."""
    record = forgotten.told(record, reader)
    if one.kind is PostKind.REASON:
        return _ask_reason(record, reader, member_id, one.stance)
    return _POSTS[one.kind](record, reader, now, member_id)


def with_silence(card: Card, poll: Poll, silence: Silence, reader: Reader) -> Card:
    """The card of an open poll, saying that what was pressed in a certain time may have been lost, if it was open then."""
    if poll.status is not Status.OPEN or poll.opens_at >= silence.until:
        return card
    said = reader.say("card-unheard", silence.since, silence.until)
    return replace(card, parts=(*card.parts, Part(NOTE, said)))


def announced(card: Card, record: Record, where: tuple[str, ...], reader: Reader) -> Card:
    """The same in a room where nobody votes: without buttons, and where there would be said how, it says where."""
    how, there = pieces.how_to_vote(record, reader), reader.say("how-elsewhere", where)
    parts = tuple(replace(one, text=one.text.replace(how, there)) for one in card.parts)
    question = card.question and replace(card.question, closed=True)
    return replace(card, parts=parts, buttons=(), question=question)


def _card(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    parts = [Part(TITLE, reader.say("card-title", poll.ref, record.words.title))]
    if record.words.text:
        parts.append(Part(WORDS, record.words.text))
    parts.append(Part(NOTE, "\n".join([pieces.by_line(record, reader), *voices.electorate(record, reader)])))
    if poll.status is not Status.WITHDRAWN:
        parts.append(Part(LINE, "\n".join(pieces.tally(record, reader))))
        parts += _optional(LINE, pieces.reasons(record, reader))
        parts += _optional(LINE, pieces.concerns(record.concerns, record, reader))
        parts += _optional(NOTE, pieces.discussed(record, reader))
        parts += _optional(NOTE, pieces.missing(record, reader))
    parts.append(Part(NOTE, "\n".join(pieces.state(record, reader, now))))
    lasting = poll.status is Status.OPEN
    return Card(
        tuple(parts), pieces.room_buttons(record, reader), reader.language, silent=poll.version > 2, lasting=lasting
    )


def _opened(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    return _notice(reader, "notice-opened", record.poll.ref, record.words.title, record.poll.closes_at)


def _amended(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    revision = str(record.poll.revision)
    return _notice(reader, "notice-amended", record.poll.ref, revision, record.words.title)


def _result(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    decision = f"D-{poll.decision}" if poll.decision else poll.ref
    parts = [Part(TITLE, reader.say("result-title", decision, record.words.title))]
    parts.append(Part(LINE, "\n".join(pieces.outcome(record, reader))))
    parts += [] if polls.binding(poll) else [Part(LINE, reader.say("result-straw"))]
    parts.append(Part(NOTE, reader.say("result-next", decision, poll.ref, record.closing[:12])))
    return Card(tuple(parts), pieces.read(record.group, decision, reader), reader.language)


def _chart(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    return charting.card(record, reader)


def _review(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    decision = f"D-{record.poll.decision}"
    parts = [Part(LINE, reader.say("notice-review", decision, record.words.title))]
    if record.reviews:
        did = sum(one.worked for one in record.reviews)
        parts.append(Part(LINE, reader.say("reviewed-counts", did, len(record.reviews) - did)))
        parts += [Part(LINE, reader.say("reviewed-lesson", record.lesson))] if record.lesson else []
    rows = (
        (
            Button(reader.say("button-worked"), f"p{record.poll.id}:worked"),
            Button(reader.say("button-failed"), f"p{record.poll.id}:failed"),
        ),
    )
    return Card((*parts, Part(NOTE, reader.say("notice-review-next", decision))), rows, reader.language)


def _reminder(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    left = reader.span(record.poll.closes_at - now)
    card = _notice(reader, "notice-reminder", record.poll.ref, record.words.title, left, record.poll.closes_at)
    return Card(card.parts, pieces.buttons(record, reader), reader.language)


def _nudge(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    voted = any(one.member_id == member_id and polls.counts(poll, one) for one in record.ballots)
    if voted or poll.status is not Status.OPEN:
        return _notice(reader, "notice-nudge-late", poll.ref)
    said = reader.say("notice-nudge", poll.ref, short(record.words.title, 80), record.group.name, poll.closes_at)
    parts = (Part(LINE, said), Part(NOTE, reader.say("notice-nudge-off")))
    rows = pieces.buttons(record, reader) or ((Button(reader.say("button-vote"), f"p{poll.id}:mine"),),)
    return Card(parts, rows, reader.language)


def _countdown(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    left = reader.span(max(poll.closes_at - now, timedelta()))
    base = max(poll.base, poll.turnout)
    card = _notice(reader, "notice-countdown", poll.ref, short(record.words.title, 80), left, poll.turnout, base)
    return replace(card, silent=True)


def _confirm(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    mine = next((one for one in record.ballots if one.member_id == member_id), None)
    if mine is None or mine.revision == poll.revision or poll.status is not Status.OPEN:
        return _notice(reader, "notice-confirmed", poll.ref)
    said = pieces.marked(poll, mine.marks, reader)
    parts = [Part(TITLE, reader.say("notice-confirm", poll.ref, str(poll.revision), said))]
    parts.append(Part(WORDS, "\n".join(one for one in (record.words.title, record.words.text) if one)))
    parts.append(Part(NOTE, reader.say("notice-confirm-next", poll.ref)))
    return Card(tuple(parts), pieces.buttons(record, reader), reader.language)


def _native(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    options = tuple(short(pieces.label(poll, key, reader), OPTION) for key in polls.keys(poll))
    said = short(reader.say("card-title", poll.ref, record.words.title), QUESTION)
    closed = poll.status in (Status.CLOSED, Status.WITHDRAWN)
    question = Question(said, options, polls.most(poll), closed)
    return Card((Part(TITLE, said),), (), reader.language, silent=True, question=question)


def _ask_reason(record: Record, reader: Reader, member_id: int | None, stance: str) -> Card:
    poll = record.poll
    mine = next((one for one in record.ballots if one.member_id == member_id), None)
    said = reader.say(f"stance-{stance}") if stance else pieces.marked(poll, mine.marks, reader) if mine else ""
    key = "ask-reason-for" if stance else "ask-reason" if said else "ask-reason-none"
    title = short(record.words.title, 80)
    return Card((Part(LINE, reader.say(key, poll.ref, title, said)),), (), reader.language, replied=True)


def _notice(reader: Reader, key: str, *args: object) -> Card:
    return Card((Part(LINE, reader.say(key, *args)),), (), reader.language)


_POSTS: dict[PostKind, Callable[[Record, Reader, datetime, int | None], Card]] = {
    PostKind.CARD: _card,
    PostKind.OPENED: _opened,
    PostKind.AMENDED: _amended,
    PostKind.RESULT: _result,
    PostKind.CHART: _chart,
    PostKind.REVIEW: _review,
    PostKind.REMINDER: _reminder,
    PostKind.NUDGE: _nudge,
    PostKind.COUNTDOWN: _countdown,
    PostKind.CONFIRM: _confirm,
    PostKind.NATIVE: _native,
}


# -- looking ----------------------------------------------------------------------------------------------------------


def details(record: Record, reader: Reader) -> str:
    """All there is to say about a poll, as plain text."""
    record, poll = forgotten.told(record, reader), record.poll
    lines = [reader.say("card-title", poll.ref, record.words.title)]
    lines += [record.words.text] if record.words.text else []
    lines += [pieces.by_line(record, reader), *voices.electorate(record, reader), *voices.roll(record, reader)]
    lines += [*pieces.tally(record, reader), *voices.proxies(record, reader)]
    lines += [pieces.reason(record, one, reader, len(one.reason)) for one in record.ballots if one.reason]
    lines += pieces.concerns(record.concerns, record, reader)
    lines += pieces.outcome(record, reader) if poll.outcome else [reader.say("card-open", poll.closes_at)]
    if len(record.revisions) > 1:
        lines += [reader.say("details-revision", str(one.number), one.title, one.at) for one in record.revisions[:-1]]
    lines += [reviewed(one, record, reader) for one in record.reviews]
    lines += [reader.say("reviewed-lesson", record.lesson)] if record.lesson else []
    return "\n".join([*lines, *discussed.lines(record, reader)])


def discussion(record: Record, reader: Reader, page: int) -> str:
    """A page of what was said about a poll, as plain text."""
    record = forgotten.told(record, reader)
    title = reader.say("card-title", record.poll.ref, record.words.title)
    said = discussed.lines(record, reader, page) or [reader.say("details-discussion-none")]
    return "\n".join([title, *said])


def reviewed(review: Review, record: Record, reader: Reader) -> str:
    """What a member said of a decision later."""
    key = "details-worked" if review.worked else "details-failed"
    name = record.name(review.member_id)
    return reader.say(f"{key}-why", name, review.text) if review.text else reader.say(key, name)


def open_line(record: Record, reader: Reader) -> str:
    """An open poll on one line."""
    record = forgotten.told(record, reader)
    return reader.say("line-open", record.poll.ref, short(record.words.title, 80), record.poll.closes_at)


def decided_line(record: Record, reader: Reader) -> str:
    """A decision on one line."""
    record = forgotten.told(record, reader)
    said = why.result(record.poll.outcome, reader) if record.poll.outcome else ""
    return reader.say("line-decided", f"D-{record.poll.decision}", short(record.words.title, 80), said)


def decided_note(record: Record, reader: Reader) -> str:
    """What came of a decision, and in which group."""
    return f"{why.result(record.poll.outcome, reader) if record.poll.outcome else ''} · {record.group.name}"


def shared(record: Record, reader: Reader) -> Card:
    """A decision as it is shown outside its group: what was decided and why, and no names but the group's."""
    card = _result(record, reader, record.poll.closed_at or record.poll.made_at, None)
    title, *rest = card.parts
    return replace(card, parts=(title, Part(NOTE, record.group.name), *rest), buttons=())


def _optional(style: Style, lines: list[str]) -> list[Part]:
    return [Part(style, "\n".join(lines))] if lines else []
