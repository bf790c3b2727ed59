"""The page of a decision: its words, how it was decided and by whom, what was said about it, and what came of it."""

from collections.abc import Iterable, Sequence

from adapters import addresses
from adapters.web.blocks import (
    Badge,
    Block,
    Bullet,
    Bullets,
    Change,
    Changes,
    Code,
    Fact,
    Facts,
    Lines,
    Link,
    Quote,
    Quotes,
    Section,
    Table,
    To,
    Tone,
    Words,
)
from adapters.web.leaf import Leaf
from bot import forgotten, pictures, pieces, voices, why, words
from bot.export.plain import counted, opened_at, unconfirmed
from bot.reader import Reader
from bot.site import changes, frame, learnt
from bot.site.visits import Visit
from decisions import polls
from decisions.model import Ballot, Concern, Poll, Remark, Review, Revision, Room, Status
from storage import browsing, polling
from storage.record import Record, record

Row = tuple[str, tuple[Fact, ...]]

MOST_REVISIONS = 20
"""How many revisions a page shows what they changed."""


def leaf(visit: Visit, poll: Poll) -> Leaf:
    """The whole page."""
    reader = visit.reader
    known = forgotten.told(record(visit.work, poll, visit.now, whole=True), reader)
    ref, words = reference(poll), known.words
    sections = [
        Section("", tuple(_head(visit, known))),
        _section("tally", _tally(known, reader), reader),
        _section("reasons", _ballots(visit, known, _reasons(known)), reader),
        _section("concerns", _quotes([_concern(known, one, reader) for one in known.concerns], reader), reader),
        _section("unheard", _bullets(_unheard(known)), reader),
        _section("proxies", _bullets(voices.proxies(known, reader)), reader),
        _section("outvoiced", _ballots(visit, known, _outvoiced(known)), reader),
        _section("unconfirmed", _ballots(visit, known, _behind(known)), reader),
        _section("discussion", _quotes([_remark(known, one, reader) for one in known.remarks], reader), reader),
        _section("came", tuple(_after(visit, known)), reader),
        _section("related", learnt.related_to_poll(visit, poll), reader),
        Section(reader.say("site-revisions"), _changes(known, reader), folded=True),
        Section(reader.say("export-roll"), _bullets(_roll(known, reader)), folded=True),
    ]
    return frame.leaf(
        visit,
        ref,
        "decisions",
        words.title,
        sections,
        kicker=ref,
        badge=badge(poll, reader),
        **_beside(visit, poll),
    )


def reference(poll: Poll) -> str:
    """What it is called: a decision as such, else as the poll that it is."""
    return f"D-{poll.decision}" if poll.decision else poll.ref


def badge(poll: Poll, reader: Reader) -> Badge:
    """How it came out, or that it has not."""
    if poll.outcome is not None:
        return frame.badge(poll.outcome, reader)
    scheduled = poll.status is Status.SCHEDULED
    return Badge(reader.say("site-scheduled" if scheduled else "site-open"), Tone.PLAIN if scheduled else Tone.OPEN)


def _section(about: str, blocks: tuple[Block, ...], reader: Reader) -> Section:
    """What an export calls by the same name has its heading."""
    key = (
        f"export-{about}" if about in ("reasons", "concerns", "unheard", "proxies", "outvoiced", "unconfirmed") else ""
    )
    return Section(reader.say(key or f"site-{about}"), blocks)


def _beside(visit: Visit, poll: Poll) -> dict[str, Link | None]:
    if poll.decision is None:
        return {}
    before, after = browsing.beside(visit.work, poll)
    titles = polling.titles(visit.work, [one for one in (before, after) if one is not None])
    nothing = visit.reader.say("forgotten-title")
    return {
        way: None if one is None else Link(f"D-{one.decision} · {titles.get(one.id) or nothing}", To(reference(one)))
        for way, one in (("before", before), ("after", after))
    }


# -- what stands first ------------------------------------------------------------------------------------------------


def _head(visit: Visit, known: Record) -> Iterable[Block]:
    poll, reader = known.poll, visit.reader
    if poll.outcome is not None:
        yield Lines((why.sentence(known, counted(known), reader),), strong=True)
    if known.words.text:
        yield Words(known.words.text)
    if poll.statement:
        yield Lines((reader.say("outcome-statement", poll.statement),))
    if not polls.binding(poll):
        yield Lines((reader.say("result-straw"),))
    yield Facts(tuple(row for row in _facts(visit, known) if row[1]))


def _facts(visit: Visit, known: Record) -> Iterable[Row]:
    poll, reader = known.poll, visit.reader
    yield reader.say("site-by"), (pieces.called(*known.people[poll.by]),)
    yield reader.say("site-method"), (_method(known, reader), *voices.electorate(known, reader))
    yield reader.say("site-opened"), (frame.time(poll.opens_at, reader),) if opened_at(poll) else ()
    closed = poll.closed_at or poll.closes_at
    yield reader.say("site-closed" if poll.closed_at else "site-closes"), (frame.time(closed, reader),)
    yield reader.say("site-turnout"), _turnout(known, reader)
    yield reader.say("site-poll"), (poll.ref,) if poll.decision else ()
    yield reader.say("site-supersedes"), _links(known.supersedes)
    yield reader.say("site-superseded"), _links(known.superseded_by)
    yield reader.say("site-journal"), (Code(known.closing),) if known.closing else ()


def _method(known: Record, reader: Reader) -> str:
    """How it is decided: the part of the card's line that does not say who put it."""
    said = reader.say(f"template-{known.poll.template}")
    return f"{said} · {reader.say('card-revision', str(known.poll.revision))}" if known.poll.revision > 1 else said


def _turnout(known: Record, reader: Reader) -> tuple[str, ...]:
    poll = known.poll
    if poll.status is Status.SCHEDULED or opened_at(poll) is None:
        return ()
    outcome = counted(known) if poll.outcome else known.stands
    said = [reader.say("site-took-part", outcome.turnout, max(outcome.base, outcome.turnout))]
    said += [reader.say("card-quorum", outcome.turnout, outcome.needed)] if outcome.needed is not None else []
    return (*said, *voices.breadth(known, outcome, reader))


def _links(those: Sequence[Poll]) -> tuple[Link, ...]:
    return tuple(Link(reference(one), To(reference(one))) for one in those)


# -- who said what ----------------------------------------------------------------------------------------------------


def _tally(known: Record, reader: Reader) -> tuple[Block, ...]:
    poll = known.poll
    if poll.status is Status.SCHEDULED or opened_at(poll) is None:
        return ()
    outcome = counted(known) if poll.outcome else known.stands
    heard = voices.heard(known)
    rows = []
    for key in polls.keys(poll):
        who = [voices.named(known, one, reader) for one in heard if one.ballot.marks.get(key)]
        said = frame.ours(reader.say("list-break").join(map(words.isolated, who)), reader) if who else ""
        rows.append((pieces.label(poll, key, reader), str(outcome.counts.get(key, 0)), said))
    head = tuple(reader.say(f"export-{one}") for one in ("option", "count", "who"))
    return frame.drawn(pictures.tally(known, reader)), Table(reader.say("site-tally"), head, tuple(rows))


def _reasons(known: Record) -> list[Ballot]:
    return [one for one in voices.counted(known) if one.reason]


def _outvoiced(known: Record) -> list[Ballot]:
    return voices.outvoiced(known)


def _behind(known: Record) -> list[Ballot]:
    return unconfirmed(known) if known.poll.outcome else []


def _ballots(visit: Visit, known: Record, those: Sequence[Ballot]) -> tuple[Block, ...]:
    """Each leads to its message, where that stands in a room: where somebody talks to us alone is nobody's business."""
    rooms = (
        tuple(f"{one.platform}:{one.chat}:" for one in visit.work.all(Room, group_id=visit.group.id)) if those else ()
    )
    return _quotes([_ballot(known, one, visit.reader, rooms) for one in those], visit.reader)


def _ballot(known: Record, one: Ballot, reader: Reader, rooms: tuple[str, ...]) -> Quote:
    origin = one.worded or one.origin
    return Quote(
        name=pieces.called(*known.people[one.member_id]),
        badge=Badge(pieces.marked(known.poll, one.marks, reader), _tone(known.poll, one)),
        text=one.reason,
        time=frame.time(one.at, reader),
        address=addresses.message(origin) if origin.startswith(rooms) else "",
    )


def _tone(poll: Poll, one: Ballot) -> Tone:
    method = polls.method(poll)
    if not method.stances:
        return Tone.PLAIN
    if any(one.marks.get(key) for key in (method.against, method.blocks) if key):
        return Tone.BAD
    return Tone.PLAIN if one.marks.get("abstain") else Tone.GOOD


def _concern(known: Record, one: Concern, reader: Reader) -> Quote:
    answer: tuple[Quote, ...] = ()
    if one.answered_by is not None:
        answer = (Quote(name=pieces.called(*known.people[one.answered_by]), text=one.answer),)
    settled = Badge(reader.say("site-resolved"), Tone.GOOD) if one.resolved_at else Badge(reader.say("site-stands"))
    return Quote(
        name=pieces.called(*known.people[one.by]),
        place=one.ref,
        badge=settled,
        text=one.text,
        time=frame.time(one.raised_at, reader),
        answers=answer,
    )


def _remark(known: Record, one: Remark, reader: Reader) -> Quote:
    return Quote(
        name=pieces.called(*known.people[one.by]),
        text=one.text,
        time=frame.time(one.at, reader),
        address=addresses.message(one.origin),
    )


def _unheard(known: Record) -> Sequence[str]:
    return voices.unheard(known, known.poll.outcome) if known.poll.outcome else known.unheard


def _roll(known: Record, reader: Reader) -> Sequence[str]:
    return voices.roll(known, reader) if opened_at(known.poll) else ()


# -- afterwards, and before -------------------------------------------------------------------------------------------


def _after(visit: Visit, known: Record) -> Iterable[Block]:
    poll, reader = known.poll, visit.reader
    if poll.review_at is not None:
        asked = "site-review-asked" if poll.review_asked else "site-review-at"
        yield Lines((reader.say(asked, poll.review_at),))
    yield from _quotes([_review(known, one, reader) for one in known.reviews], reader)
    yield from learnt.of_poll(visit, poll)


def _review(known: Record, one: Review, reader: Reader) -> Quote:
    said = Badge(reader.say("site-worked"), Tone.GOOD) if one.worked else Badge(reader.say("site-failed"), Tone.BAD)
    name = pieces.called(*known.people[one.member_id])
    return Quote(name=name, badge=said, text=one.text, time=frame.time(one.at, reader))


def _changes(known: Record, reader: Reader) -> tuple[Block, ...]:
    """Each revision with what it changed; the first one as it was."""
    if len(known.revisions) < 2:
        return ()
    shown = known.revisions[-MOST_REVISIONS:]
    earlier = [None, *known.revisions][-len(shown) - 1 : -1]
    made = [_change(known, one, before, reader) for one, before in zip(shown, earlier, strict=True)]
    return (Changes(tuple(reversed(made)), gone=reader.say("site-gone"), new=reader.say("site-new")),)


def _change(known: Record, one: Revision, before: Revision | None, reader: Reader) -> Change:
    words = changes.between(_whole(before or one), _whole(one))
    title = reader.say("site-revision", str(one.number), known.name(one.by))
    return Change(title=title, time=frame.time(one.at, reader), pieces=words)


def _whole(one: Revision) -> str:
    return f"{one.title}\n{one.text}" if one.text else one.title


# -- blocks that may be empty -----------------------------------------------------------------------------------------


def _quotes(those: Sequence[Quote], reader: Reader) -> tuple[Block, ...]:
    return (Quotes(tuple(those), reader.say("site-message")),) if those else ()


def _bullets(lines: Sequence[str]) -> tuple[Block, ...]:
    return (Bullets(tuple(Bullet(one) for one in lines)),) if lines else ()
