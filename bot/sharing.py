"""Sharing: decisions that a member may show outside the group, where the group lets that be."""

from collections.abc import Iterable, Sequence

from adapters.base import Found, Search
from bot import forgotten, views
from bot.reader import Reader, short
from bot.references import id_in
from decisions.model import Group, Poll
from storage import finding, polling
from storage.finding import Belonging
from storage.record import Record, record
from storage.work import Work

MOST = 20
"""How many are offered at once."""

NEWEST = 300
"""How many of a group's decisions are searched, the newest first."""


def found(work: Work, search: Search) -> Sequence[Found]:
    """The decisions of the person's sharing groups that fit the words, or all of them, the newest first."""
    mine = [one for one in finding.belongings(work, search.platform, search.user) if one.group.shared]
    hits = [(one, record(work, poll)) for one in mine for poll in _fitting(work, one.group, search.words.strip())]
    hits.sort(key=lambda hit: hit[1].poll.closed_at or hit[1].poll.made_at, reverse=True)
    return [_offered(one, known, search.language) for one, known in hits[:MOST]]


def _fitting(work: Work, group: Group, words: str) -> Iterable[Poll]:
    named = id_in(words, "D")
    if named is not None and named.group is None and not named.rest:
        return work.all(Poll, group_id=group.id, decision=named.number)
    newest = polling.decided(work, group.id, NEWEST)
    if not words:
        return newest[:MOST]
    titles = polling.titles(work, newest)
    return [poll for poll in newest if words.casefold() in titles[poll.id].casefold()][:MOST]


def _offered(one: Belonging, known: Record, language: str) -> Found:
    reader = Reader(one.person.language or language or one.group.language, one.person.zone or one.group.zone)
    said = Reader(one.group.language, one.group.zone)  # whoever reads it elsewhere is not the member who shows it
    card = views.shared(forgotten.told(known, said), said)
    title = f"D-{known.poll.decision} · {short(forgotten.told(known, reader).words.title, 100)}"
    return Found(key=f"d{known.poll.id}", title=title, note=views.decided_note(known, reader), card=card)
