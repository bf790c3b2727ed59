"""Search: a page of what is found within the bot, beside the bare statement in the database, and how both grow."""

import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import event, insert, select

from bot.reader import Reader
from bot.searching import searched
from decisions.learned import Thing
from decisions.model import Group, Member, Person, Poll, Room, Rules, Status
from decisions.searching import Kind, Query
from storage import asking, search
from storage.entries import Entry
from storage.indexing import row
from storage.prepared import Prepared
from storage.store import Store
from storage.tables import ENTRIES
from storage.work import Work
from tests.bench.table import Figure, Goal, Round, figure, rounds

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "bot" / "text"
VECTORS = ROOT.parent / "shared" / "vectors"
LANGUAGES = ("en", "fr", "es", "ar")
GROUPS, OWN = 40, 5
"""How many groups there are, and of how many of them whoever asks sees the record."""

TALK = 9
"""How many things are said about each proposal."""

MADE = 100_000
"""So many entries are made; what is more than that says the same again."""

QUESTIONS = 120
GOAL = Goal(2.0, at_most=True)
MANY = 100_000
"""Among so many the goal is meant: among fewer the statement takes next to no time."""
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
WRITTEN = re.compile(r"[^\W\d_]{2,}")
SYLLABLES = ("ba", "ko", "ri", "ndu", "mel", "ta", "shi", "oro", "vek", "lu", "pas", "den")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language, the most usual ones first, and how often each is said."""

    known: tuple[str, ...]
    often: tuple[float, ...]

    def said(self, chance: random.Random, length: int) -> list[str]:
        """So many words, of which one in ten is a name that is said nowhere else, or hardly."""
        usual = chance.choices(self.known, cum_weights=self.often, k=length)
        return [name(chance) if chance.random() < 0.1 else one for one in usual]


def growing(stores: Sequence[tuple[Store, int]], seconds: float) -> Iterator[Figure]:
    """For each store, filled with so many entries: a page within the bot beside the bare statement; then the largest
    beside the smallest."""
    spent: list[list[Round]] = []
    for store, size in stores:
        fill(store, size)
        run = [_round(store, chance) for chance in map(random.Random, rounds(seconds / len(stores)))]
        spent.append(run)
        yield figure(f"p95 of a page of {size:,} entries; floor: bare statement", run, GOAL if size >= MANY else None)
    if len(stores) > 1:
        pairs = zip(spent[-1], spent[0], strict=False)
        small, large = stores[0][1], stores[-1][1]
        yield figure(f"among {large:,}; floor: among {small:,}", [Round(a.ours, b.ours) for a, b in pairs])


def _round(store: Store, chance: random.Random) -> Round:
    """The times within which 95 of 100 searches are answered, in milliseconds: ours, and the statement's alone."""
    ours: list[float] = []
    bare: list[float] = []
    for words in _questions(store, chance):
        both = ((ours, partial(_ours, store, words)), (bare, _bare(store, words)))
        for times, run in both if chance.random() < 0.5 else both[::-1]:
            begin = time.perf_counter()
            run()
            times.append((time.perf_counter() - begin) * 1000)
    return Round(_p95(ours), _p95(bare))


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _questions(store: Store, chance: random.Random) -> list[str]:
    """One to three words each, that stand together in something that was said."""
    with store.reading() as work:
        last = select(ENTRIES.c.id).order_by(ENTRIES.c.id.desc()).limit(1)
        whole: int = work.connection.execute(last).scalar_one()
        texts = [
            work.connection.execute(select(ENTRIES.c.text).where(ENTRIES.c.id == key)).scalar_one()
            for key in chance.sample(range(1, whole + 1), QUESTIONS)
        ]
    return [" ".join(chance.sample(text.split(), min(chance.randint(1, 3), len(text.split())))) for text in texts]


def _ours(store: Store, words: str) -> None:
    """What a chat does for `search WORDS`, but for remembering the page: read, found, ranked, cut out, named, linked."""
    with store.reading() as work:
        searched(work, words, range(1, OWN + 1), Reader("en", "UTC"), now=BEGIN)


def _bare(store: Store, words: str) -> Callable[[], object]:
    """The statement that finds the newest that hold these words, as the driver takes it."""
    sent: list[tuple[str, Any]] = []

    def hear(connection: Any, cursor: Any, statement: str, values: Any, *rest: Any) -> None:
        sent.append((statement, values))

    with store.reading() as work:
        groups = range(1, OWN + 1)
        asked = asking.asked(work, Query(words=words), groups, asking.spoken(work, groups, ("en",)))
        assert asked is not None, words
        event.listen(store.engine, "before_cursor_execute", hear)
        kind = work.connection.dialect.name
        Prepared(search.listed(kind, "texts")).all(work.connection, search.given(kind, asked, texts=search.RANKED))
        event.remove(store.engine, "before_cursor_execute", hear)

    def run() -> object:
        raw = store.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(*sent[-1])
            found = cursor.fetchall()
            raw.commit()  # as a reading ends, too: a rollback makes the driver forget what it has prepared
            return found
        finally:
            raw.close()

    return run


# -- what is searched -------------------------------------------------------------------------------------------------


def fill(store: Store, size: int) -> None:
    """Groups that have said so much, in several languages and scripts."""
    chance, spoken = random.Random(7), vocabularies()
    with store.unit_of_work() as work:
        _settle(work)
        waiting: list[dict[str, Any]] = []
        made = min(size, MADE)
        for key, entry in enumerate(_entries(work, chance, spoken, made), start=1):
            waiting.append(row(work, entry, key))
            if len(waiting) == 2000 or key == made:
                work.connection.execute(insert(ENTRIES), waiting)
                waiting.clear()
    for again in range(1, size // made):
        with store.unit_of_work() as work:
            _say_again(work, made, again)
    if store.engine.dialect.name == "postgresql":  # what it does by itself, within a minute or so
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _say_again(work: Work, made: int, again: int) -> None:
    """All that was said, once more: each word stands in as many times the entries."""
    kept = ENTRIES.c
    shifted = {"id": kept.id + made * again, "source": kept.source + f":{again}"}
    chosen = select(*(shifted.get(one.name, one) for one in kept)).where(kept.id <= made)
    work.connection.execute(insert(ENTRIES).from_select([one.name for one in kept], chosen))


def _settle(work: Work) -> None:
    for one in range(1, GROUPS + 1):
        language = LANGUAGES[one % 2]
        work.put(Group(id=one, name=f"Group {one}", language=language, languages=("es", "ar"), made_at=BEGIN))
        work.put(Room(id=one, group_id=one, platform="matrix", chat=f"!{one}", name="general"))
        work.put(Person(id=one, name=f"Person {one}"), Member(id=one, group_id=one, person_id=one, joined_at=BEGIN))


_POLL = Poll(
    id=1, group_id=1, number=1, room_id=1, by=1, template="consensus", method="consensus",
    options=("agree", "abstain", "disagree", "block"), rules=Rules(), status=Status.OPEN, made_at=BEGIN,
    opens_at=BEGIN, closes_at=BEGIN,
)  # fmt: skip


def _entries(work: Work, chance: random.Random, spoken: Sequence[Words], size: int) -> Iterator[Entry]:
    """Proposals, and what is said about each; each in one language."""
    for poll in range(1, size // (TALK + 1) + 2):
        group, language = chance.randint(1, GROUPS), chance.choice(spoken)
        work.put(replace(_POLL, id=poll, number=poll, group_id=group, room_id=group, by=group))
        for place in range(TALK + 1):
            if (poll - 1) * (TALK + 1) + place >= size:
                return
            at = BEGIN + timedelta(minutes=poll * 10 + place)
            yield Entry(
                source=f"revision:{poll}" if place == 0 else f"remark:{poll}:{place}", group_id=group, home_id=group,
                kind=Kind.PROPOSAL if place == 0 else Kind.DISCUSSION, thing=Thing.POLL, key=poll, by=group, at=at,
                outcome="open", title=" ".join(language.said(chance, 6)) if place == 0 else "",
                text=" ".join(language.said(chance, chance.randint(5, 40))),
            )  # fmt: skip


def vocabularies() -> list[Words]:
    """What our own texts say in each of their languages, and what people have written elsewhere, where that is at hand."""
    said = [" ".join(map(str, json.loads((TEXTS / f"{one}.json").read_text("utf-8")).values())) for one in LANGUAGES]
    files = sorted(VECTORS.rglob("*.txt")) + sorted(VECTORS.rglob("*.json")) if VECTORS.is_dir() else []
    said.append(" ".join(one.read_text("utf-8", "replace")[:200_000] for one in files[:200]))
    said.append(" ".join(f"{one}{other}" for one in _HAN[::2] for other in _HAN[1::2]))
    return [_words(WRITTEN.findall(one)) for one in said if one]


_HAN = "提案委员会预算翻译声明会议决定经验行动社区语言资料合作伙伴活动讨论记录教训公开选举"


def _words(found: Sequence[str]) -> Words:
    """The most usual a hundred times as often as the hundredth, as in any language."""
    often: dict[str, int] = {}
    for one in found:
        often[one] = often.get(one, 0) + 1
    known = sorted(often, key=lambda one: (-often[one], one))
    return Words(tuple(known), tuple(accumulate(1 / (place + 1) for place in range(len(known)))))


def name(chance: random.Random) -> str:
    """A word that nobody says."""
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))
