"""Views: a poll as the card that a room sees, the notices about it, and the whole of it for who asks."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.base import Button, Card, Part, Question, Rows, Style
from bot import why
from bot.reader import Reader, short
from decisions import polls
from decisions.deadlines import closed_late
from decisions.model import Ballot, Concern, Marks, Poll, Post, PostKind, Result, Review, Silence, Status
from storage.record import Record

NAMES = 12
"""How many names a line of a card holds; a number stands for the rest."""

REASONS = 8
"""How many reasons a card quotes; the rest are a `show` away."""

MOST_BUTTONS = 12
"""More options than this are marked alone, page by page, or by typing."""

BUTTON = 30
"""Characters of an option on a button: what a phone shows of it beside its number and its count."""

QUESTION, OPTION = 300, 100
"""Characters of a platform's own poll."""

TITLE, WORDS, LINE, NOTE = Style.TITLE, Style.WORDS, Style.LINE, Style.NOTE


def called(name: str, affiliate: str) -> str:
    """A member by name and affiliate."""
    return f"{name} ({affiliate})" if affiliate else name


def marked(poll: Poll, marks: Marks, reader: Reader) -> str:
    """A ballot in words: `agree`, `Berlin, Oslo`, `Berlin 5, Oslo 2`."""
    named = [(label(poll, key, reader), mark) for key, mark in marks.items()]
    said = [f"{name} {mark}" if poll.rules.points else name for name, mark in named]
    return reader.say("list-break").join(said)


def label(poll: Poll, key: str, reader: Reader) -> str:
    """What an option is called: a stance in the reader's language, or the words people gave it."""
    return reader.say(f"stance-{key}") if polls.method(poll).stances else polls.label(poll, key)


def numbered(number: int, option: str) -> str:
    """An option with the number by which it is chosen."""
    return f"{number}. {option}"


# -- posts ------------------------------------------------------------------------------------------------------------


def post(one: Post, record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    """What a post says now; `member_id` is whom a private one speaks to."""
    if one.kind is PostKind.REASON:
        return _ask_reason(record, reader, member_id, one.stance)
    return _POSTS[one.kind](record, reader, now, member_id)


def with_silence(card: Card, poll: Poll, silence: Silence, reader: Reader) -> Card:
    """The card of an open poll, saying that what was pressed in a certain time may have been lost, if it was open then."""
    if poll.status is not Status.OPEN or poll.opens_at >= silence.until:
        return card
    said = reader.say("card-unheard", silence.since, silence.until)
    return replace(card, parts=(*card.parts, Part(NOTE, said)))


def _card(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    parts = [Part(TITLE, reader.say("card-title", poll.ref, record.words.title))]
    if record.words.text:
        parts.append(Part(WORDS, record.words.text))
    parts.append(Part(NOTE, by_line(record, reader)))
    if poll.status is not Status.WITHDRAWN:
        parts.append(Part(LINE, "\n".join(_tally(record, reader))))
        parts += _optional(LINE, _reasons(record, reader))
        parts += _optional(LINE, _concerns(record.concerns, record, reader))
        parts += _optional(NOTE, _discussed(record, reader))
    parts.append(Part(NOTE, "\n".join(_state(record, reader, now))))
    lasting = poll.status is Status.OPEN
    return Card(tuple(parts), _room_buttons(record, reader), reader.language, silent=poll.version > 2, lasting=lasting)


def _opened(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    return _notice(reader, "notice-opened", record.poll.ref, record.words.title, record.poll.closes_at)


def _amended(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    revision = str(record.poll.revision)
    return _notice(reader, "notice-amended", record.poll.ref, revision, record.words.title)


def _result(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    decision = f"D-{poll.decision}" if poll.decision else poll.ref
    parts = [Part(TITLE, reader.say("result-title", decision, record.words.title))]
    parts.append(Part(LINE, "\n".join(_outcome(record, reader))))
    parts += [] if polls.binding(poll) else [Part(LINE, reader.say("result-straw"))]
    parts.append(Part(NOTE, reader.say("result-next", decision, poll.ref, record.closing[:12])))
    return Card(tuple(parts), (), reader.language)


def _review(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    decision = f"D-{record.poll.decision}"
    parts = (Part(LINE, reader.say("notice-review", decision, record.words.title)),)
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
    return Card(card.parts, _buttons(record, reader), reader.language)


def _confirm(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    mine = next((one for one in record.ballots if one.member_id == member_id), None)
    if mine is None or mine.revision == poll.revision or poll.status is not Status.OPEN:
        return _notice(reader, "notice-confirmed", poll.ref)
    said = marked(poll, mine.marks, reader)
    parts = [Part(TITLE, reader.say("notice-confirm", poll.ref, str(poll.revision), said))]
    parts.append(Part(WORDS, "\n".join(one for one in (record.words.title, record.words.text) if one)))
    parts.append(Part(NOTE, reader.say("notice-confirm-next", poll.ref)))
    return Card(tuple(parts), _buttons(record, reader), reader.language)


def _native(record: Record, reader: Reader, now: datetime, member_id: int | None) -> Card:
    poll = record.poll
    options = tuple(short(label(poll, key, reader), OPTION) for key in polls.keys(poll))
    said = short(reader.say("card-title", poll.ref, record.words.title), QUESTION)
    closed = poll.status in (Status.CLOSED, Status.WITHDRAWN)
    question = Question(said, options, polls.most(poll), closed)
    return Card((Part(TITLE, said),), (), reader.language, silent=True, question=question)


def _ask_reason(record: Record, reader: Reader, member_id: int | None, stance: str) -> Card:
    poll = record.poll
    mine = next((one for one in record.ballots if one.member_id == member_id), None)
    said = reader.say(f"stance-{stance}") if stance else marked(poll, mine.marks, reader) if mine else ""
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
    PostKind.REVIEW: _review,
    PostKind.REMINDER: _reminder,
    PostKind.CONFIRM: _confirm,
    PostKind.NATIVE: _native,
}


# -- looking ----------------------------------------------------------------------------------------------------------


def details(record: Record, reader: Reader) -> str:
    """All there is to say about a poll, as plain text."""
    poll = record.poll
    lines = [reader.say("card-title", poll.ref, record.words.title)]
    lines += [record.words.text] if record.words.text else []
    lines += [by_line(record, reader), *_tally(record, reader)]
    lines += [_reason(record, one, reader, len(one.reason)) for one in record.ballots if one.reason]
    lines += _concerns(record.concerns, record, reader)
    lines += [reader.say("details-remark", record.name(one.by), one.text) for one in record.remarks]
    lines += _outcome(record, reader) if poll.outcome else [reader.say("card-open", poll.closes_at)]
    if len(record.revisions) > 1:
        lines += [reader.say("details-revision", str(one.number), one.title, one.at) for one in record.revisions[:-1]]
    lines += [reviewed(one, record, reader) for one in record.reviews]
    return "\n".join(lines)


def reviewed(review: Review, record: Record, reader: Reader) -> str:
    """What a member said of a decision later."""
    key = "details-worked" if review.worked else "details-failed"
    name = record.name(review.member_id)
    return reader.say(f"{key}-why", name, review.text) if review.text else reader.say(key, name)


def open_line(record: Record, reader: Reader) -> str:
    """An open poll on one line."""
    return reader.say("line-open", record.poll.ref, short(record.words.title, 80), record.poll.closes_at)


def decided_line(record: Record, reader: Reader) -> str:
    """A decision on one line."""
    said = why.result(record.poll.outcome, reader) if record.poll.outcome else ""
    return reader.say("line-decided", f"D-{record.poll.decision}", short(record.words.title, 80), said)


def decided_note(record: Record, reader: Reader) -> str:
    """What came of a decision, and in which group."""
    return f"{why.result(record.poll.outcome, reader) if record.poll.outcome else ''} · {record.group.name}"


def shared(record: Record, reader: Reader) -> Card:
    """A decision as it is shown outside its group: what was decided and why, and no names but the group's."""
    card = _result(record, reader, record.poll.closed_at or record.poll.made_at, None)
    title, *rest = card.parts
    return replace(card, parts=(title, Part(NOTE, record.group.name), *rest))


def by_line(record: Record, reader: Reader) -> str:
    """Who put it, how it is decided, which revision it is at."""
    poll = record.poll
    name = called(*record.people[poll.by])
    said = [reader.say("card-by", name, reader.say(f"template-{poll.template}"))]
    if poll.revision > 1:
        said.append(reader.say("card-revision", str(poll.revision)))
    if poll.rules.most > 1 and polls.method(poll).name == "choose":
        said.append(reader.say("card-limits", poll.rules.least, poll.rules.most))
    if poll.rules.points:
        said.append(reader.say(f"card-points-{poll.method}", poll.rules.points))
    return " · ".join(said)


# -- parts of a card --------------------------------------------------------------------------------------------------


def _tally(record: Record, reader: Reader) -> list[str]:
    poll = record.poll
    counting = [one for one in record.ballots if polls.counts(poll, one)]
    counts = polls.outcome(poll, record.ballots).counts
    lines = []
    for number, key in enumerate(polls.keys(poll), 1):
        who = [record.name(one.member_id) for one in counting if one.marks.get(key)]
        name = label(poll, key, reader)
        count = (counts.get(key, 0), _shortened(who, reader))
        if polls.method(poll).stances:
            lines.append(reader.say("card-count-names" if who else "card-count", name, *count))
        else:
            lines.append(reader.say("card-option-names" if who else "card-option", numbered(number, name), *count))
    behind = [one for one in record.ballots if one.revision < poll.revision]
    if behind:
        said = [f"{record.name(one.member_id)} ({_behind(record, one, reader)})" for one in behind]
        lines.append(reader.say("card-before", str(poll.revision), _shortened(said, reader)))
    return lines


def _shortened(names: list[str], reader: Reader) -> str:
    shown = reader.say("list-break").join(names[:NAMES])
    more = len(names) - NAMES
    return shown if more <= 0 else reader.say("names-more", shown, more)


def _behind(record: Record, ballot: Ballot, reader: Reader) -> str:
    said = marked(record.poll, ballot.marks, reader)
    return reader.say("card-still-stands", said) if polls.counts(record.poll, ballot) else said


def _reasons(record: Record, reader: Reader) -> list[str]:
    method = polls.method(record.poll)
    given = [one for one in record.ballots if one.reason and polls.counts(record.poll, one)]
    weight = {method.blocks: 0, method.against: 1}
    given.sort(key=lambda one: min((weight.get(key, 2) for key in one.marks), default=2))
    lines = [_reason(record, one, reader) for one in given[:REASONS]]
    if len(given) > REASONS:
        lines.append(reader.say("card-more-reasons", len(given) - REASONS, record.poll.ref))
    return lines


def _reason(record: Record, ballot: Ballot, reader: Reader, limit: int = 200) -> str:
    said = marked(record.poll, ballot.marks, reader)
    return reader.say("card-reason", record.name(ballot.member_id), said, short(ballot.reason, limit))


def _concerns(concerns: Iterable[Concern], record: Record, reader: Reader) -> list[str]:
    lines = []
    for one in concerns:
        lines.append(reader.say("card-concern", one.ref, record.name(one.by), short(one.text)))
        if one.resolved_at is not None:
            lines[-1] += reader.say("card-concern-resolved")
        elif one.answered_by is not None:
            lines[-1] += reader.say("card-concern-answered", record.name(one.answered_by), short(one.answer))
    return lines


def _discussed(record: Record, reader: Reader) -> list[str]:
    return [reader.say("card-remarks", len(record.remarks), record.poll.ref)] if record.remarks else []


def _state(record: Record, reader: Reader, now: datetime) -> list[str]:
    poll = record.poll
    if poll.outcome is not None:
        return _outcome(record, reader)
    if poll.status is Status.SCHEDULED:
        return [reader.say("card-scheduled", poll.opens_at, poll.closes_at)]
    lines = []
    needed = polls.quorum(poll.rules, max(poll.base, poll.turnout))
    if needed is not None:
        lines.append(reader.say("card-quorum", poll.turnout, needed))
    lines.append(reader.say("card-open-for", poll.closes_at, reader.span(max(poll.closes_at - now, timedelta()))))
    lines.append(_how_to_vote(record, reader))
    return lines


def _how_to_vote(record: Record, reader: Reader) -> str:
    poll = record.poll
    if polls.method(poll).stances:
        return reader.say(f"how-{poll.method}", poll.ref)
    return reader.say(f"how-{poll.method}", poll.ref, len(poll.options))


def _outcome(record: Record, reader: Reader) -> list[str]:
    poll = record.poll
    if poll.outcome is None or poll.closed_at is None:
        return []
    lines = [why.sentence(poll, poll.outcome, reader)]
    lines.append(reader.say("outcome-closed", poll.closed_at))
    if poll.outcome.result is not Result.WITHDRAWN and closed_late(poll):
        lines[-1] = reader.say("outcome-closed-late", poll.closed_at, poll.closes_at)
    if poll.statement:
        lines.append(reader.say("outcome-statement", poll.statement))
    if poll.review_at is not None and not poll.review_asked:
        lines.append(reader.say("outcome-review", poll.review_at))
    if record.supersedes:
        lines.append(reader.say("outcome-supersedes", tuple(f"D-{one.decision}" for one in record.supersedes)))
    if record.superseded_by:
        lines.append(reader.say("outcome-superseded", tuple(f"D-{one.decision}" for one in record.superseded_by)))
    return lines


def _room_buttons(record: Record, reader: Reader) -> Rows:
    """On the card: the options, and below them what leads to the private chat, so that it stays quiet here."""
    poll = record.poll
    if poll.status is not Status.OPEN:
        return ()
    rows = _buttons(record, reader)
    if not rows:
        rows = ((Button(reader.say("button-vote"), f"p{poll.id}:mine", alone=True),),)
    below = (("button-why", "reason"), ("button-mine", "mine"), ("button-details", "show"))
    return (*rows, tuple(Button(reader.say(key), f"p{poll.id}:{act}", alone=True) for key, act in below))


def _buttons(record: Record, reader: Reader) -> Rows:
    poll = record.poll
    if poll.status is not Status.OPEN or poll.rules.least > 1:  # one press alone would be too few
        return ()
    if len(poll.options) > MOST_BUTTONS:
        return ()
    counts = polls.outcome(poll, record.ballots).counts
    values = polls.method(poll).values(poll.rules)
    rows: list[tuple[Button, ...]] = []
    for index, key in enumerate(polls.keys(poll)):
        name, count = label(poll, key, reader), counts.get(key, 0)
        if polls.method(poll).stances:
            rows.append((Button(reader.say("button-count", name, count), f"p{poll.id}:{index}", sign=key),))
        elif len(values) == 1:
            said = reader.say("button-option", numbered(index + 1, short(name, BUTTON)), count)
            rows.append((Button(said, f"p{poll.id}:{index}"),))
        else:
            row = [Button(f"{index + 1} → {value}", f"p{poll.id}:{index}={value}") for value in values]
            rows.append(tuple(row))
    return tuple(rows)


def _optional(style: Style, lines: list[str]) -> list[Part]:
    return [Part(style, "\n".join(lines))] if lines else []
