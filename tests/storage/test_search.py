"""Search: what is said is found, in any script, by whoever may see it, and goes when its words go; on both databases."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from decisions.model import (
    Action,
    Ballot,
    Concern,
    Lesson,
    Meeting,
    Member,
    Note,
    Noun,
    Outcome,
    Person,
    Poll,
    Remark,
    Result,
    Reuse,
    Review,
    Revision,
    Room,
    Rules,
    Stage,
    Status,
    Tag,
)
from decisions.searching import Kind, Query
from storage import filling
from storage.search import Found, find, near
from storage.store import Store
from storage.tables import ENTRIES
from storage.work import Work
from tests.storage.samples import GROUP, NOW

SEALED: Any = {"salt": "s", "seal": "x"}


def poll(key: int, group: int = 1, **more: Any) -> Poll:
    return replace(
        Poll(
            id=key, group_id=group, number=key, room_id=group, by=group, template="consensus", method="consensus",
            options=("agree", "abstain", "disagree", "block"), rules=Rules(), status=Status.OPEN, made_at=NOW,
            opens_at=NOW, closes_at=NOW,
        ),
        **more,
    )  # fmt: skip


def revision(key: int, title: str, text: str = "", **more: Any) -> Revision:
    return replace(Revision(poll_id=key, number=1, title=title, text=text, by=1, at=NOW, **SEALED), **more)


def world(work: Work) -> None:
    """Three groups with a member each: 1 speaks English and French, 2 is public and Arabic, 3 is closed."""
    for key, language, name in ((1, "en", "Partnerships"), (2, "ar", "Oasis"), (3, "en", "Closed circle")):
        work.put(replace(GROUP, id=key, name=name, language=language, languages=("fr",) if key == 1 else ()))
        work.put(Room(id=key, group_id=key, platform="matrix", chat=f"!{key}", name="general"))
        work.put(Person(id=key, name=("Ana María", "نور", "Cem")[key - 1]))
        work.put(Member(id=key, group_id=key, person_id=key, joined_at=NOW))


@pytest.fixture
def said(store: Store) -> Store:
    """A store in which something of each kind was said."""
    with store.unit_of_work() as work:
        world(work)
        work.put(poll(1), revision(1, "Translate the statement", "Into twelve languages: 伦理委员会 and others"))
        work.put(poll(2), revision(2, "Les décisions du comité", "Voté à Orléans"))
        work.put(poll(3, 2), revision(3, "قرارات المؤتمر", "الميزانية ٢٠٢٦", by=2))
        work.put(poll(4, 3), revision(4, "A closed budget for translating", by=3))
        work.put(
            Ballot(poll_id=1, member_id=1, revision=1, marks={"agree": 1}, reason="We translated in 2019", at=NOW, **SEALED),
            Remark(id=1, group_id=1, poll_id=1, by=1, text="茶 or coffee, says ÅNGSTRÖM?", at=NOW, **SEALED),
            Concern(id=1, group_id=1, number=1, poll_id=1, by=1, text="Who pays?", raised_at=NOW, **SEALED),
            Review(poll_id=2, member_id=1, worked=True, text="Everyone was heard", at=NOW, **SEALED),
            Meeting(
                id=1, group_id=1, number=1, room_id=1, by=1, title="Assemblée générale", stage=Stage.ENDED, zone="UTC",
                uid="m", made_at=NOW, **SEALED,
            ),
            Note(id=1, group_id=1, meeting_id=1, number=1, tag=Tag.INFO, text="The hall is booked", by=1, at=NOW, **SEALED),
            Action(id=1, group_id=1, number=1, meeting_id=1, text="Ana books trains", by=1, made_at=NOW, **SEALED),
            Lesson(
                id=1, group_id=1, number=1, by=None, worked=False, tried="An edit-a-thon in the rain", text="no roof",
                affiliate="WMGH", at=NOW, **SEALED,
            ),
            Reuse(id=1, lesson_id=1, group_id=2, by=2, worked=True, place="Ghana", text="with umbrellas", at=NOW, **SEALED),
        )  # fmt: skip
    return store


Find = Callable[..., Found]


def refs(store: Store, words: str = "", groups: tuple[int, ...] = (1, 2), **more: Any) -> list[str]:
    with store.reading() as work:
        return [one.ref for one in find(work, Query(words=words, **more), groups).hits]


FOUND = {
    "translate": ["P-1"],
    "translations": ["P-1"],
    "TRANSLATED statements": ["P-1"],
    "twelve language": ["P-1"],
    "委员会": ["P-1"],
    "伦理委员会": ["P-1"],
    "委会": [],
    "茶": ["P-1"],
    "angstrom": ["P-1"],
    "decisions": ["P-2"],
    "décision comité": ["P-2"],
    "DECIDER": [],
    "orleans": ["P-2"],
    "قرار": ["P-3"],
    "القرارات": ["P-3"],
    "الميزانيه 2026": ["P-3"],
    "hall": ["M-1"],
    "booking": ["A-1", "M-1"],
    "assemblee": ["M-1"],
    "umbrella": ["L-1"],
    "edit-a-thon": ["L-1"],
    "who's paying": ["P-1"],
    "pays": ["P-1"],
    "heard": ["P-2"],
    "closed": [],
}


def test_words_are_found_in_their_forms_and_in_any_script(said: Store) -> None:
    assert {words: sorted(refs(said, words)) for words in FOUND} == FOUND


def test_nothing_of_another_group_is_found(said: Store) -> None:
    assert refs(said, "budget") == []
    assert refs(said, "budget", (3,)) == ["P-4"]
    assert refs(said, "translate", ()) == []
    assert refs(said, "umbrellas", (1,)) == []  # said in the other group
    assert refs(said, "umbrellas", (2,)) == []  # about what is the other group's
    assert refs(said, group="closed") == refs(said, group="3") == []


HOSTILE = (
    '"', "'", "a\"b OR c", "AND", "OR NOT", "NEAR(a b, 2)", "words:x", "x*", "^x", "(((((", "-translate", "a:*", "!x",
    "x <-> y", "x & | y", "\\", "%", "_", "\x00", "\ue000" + "1", "{words}", "ꙮ", "🦊", "a" * 10_000, "茶" * 10_000,
    "b " * 5000, "\u0301", "ـ", "''", "'; DROP TABLE entries; --", "ﷺ" * 50,
)  # fmt: skip


@pytest.mark.parametrize("phrase", [False, True])
def test_no_word_is_an_operator(said: Store, phrase: bool) -> None:
    for text in HOSTILE:
        assert isinstance(refs(said, **({"phrases": (text,)} if phrase else {"words": text})), list)
    assert refs(said, '"translate"') == refs(said, "-translate") == refs(said, "(translate*)") == ["P-1"]


def test_a_phrase_is_found_to_the_letter(said: Store) -> None:
    assert refs(said, phrases=("twelve languages",)) == ["P-1"]
    assert refs(said, phrases=("languages twelve",)) == refs(said, phrases=("twelve language",)) == []
    assert refs(said, phrases=("languages: 伦理委员会 and",)) == ["P-1"]
    assert refs(said, phrases=("translate the",)) == ["P-1"]
    assert refs(said, phrases=("statement the",)) == refs(said, phrases=("translate statement",)) == []


def test_filters_narrow_what_is_found(said: Store) -> None:
    with said.unit_of_work() as work:
        result = Outcome(result=Result.PASSED, counts={})
        work.put(replace(work.the(Poll, id=2), status=Status.CLOSED, closed_at=NOW, decision=9, outcome=result))
    assert set(refs(said, by="ana maria")) == {"P-1", "D-9", "M-1", "A-1"}
    assert refs(said, by="ana", kinds=frozenset({Kind.ACTION})) == ["A-1"]
    assert set(refs(said, by="نُور")) == {"L-1", "P-3"}
    assert refs(said, by="nobody") == []
    assert refs(said, mine=frozenset({2}), kinds=frozenset({Kind.REUSE})) == ["L-1"]
    assert refs(said, decided=True) == refs(said, outcomes=frozenset({"passed"})) == ["D-9"]
    assert refs(said, outcomes=frozenset({"failed"})) == refs(said, affiliate="wmgh") == ["L-1"]
    assert set(refs(said, group="oasis")) == set(refs(said, group="2")) == {"P-3"}
    assert refs(said, since=NOW + timedelta(days=1)) == refs(said, until=NOW) == []
    assert len(refs(said, since=NOW)) == 6


def test_what_is_called_so_comes_first_and_each_thing_once(said: Store) -> None:
    with said.unit_of_work() as work:
        for key in range(2, 6):
            work.put(Remark(id=key, group_id=1, poll_id=2, by=1, text="the hall, the hall", at=NOW, **SEALED))
        old = NOW - timedelta(days=3000)
        work.put(poll(5), revision(5, "Rent a hall", at=old))
    with said.reading() as work:
        found = find(work, Query(words="hall"), [1])
    assert [(one.ref, one.more) for one in found.hits] == [("P-5", 0), ("M-1", 0), ("P-2", 3)]
    assert (found.total, found.more) == (3, False)


def test_an_excerpt_shows_what_was_found(said: Store) -> None:
    with said.reading() as work:
        (one,) = find(work, Query(words="translating 伦理委员会 language", phrases=("and others",)), [1]).hits
    assert one.headline == (("Translate", True), (" the statement", False))
    assert [part for part, hit in one.excerpt if hit] == ["languages", "伦理委员会", "and", "others"]
    assert "".join(part for part, _ in one.excerpt) == "Into twelve languages: 伦理委员会 and others"


def test_pages_follow_each_other(said: Store) -> None:
    with said.unit_of_work() as work:
        for key in range(10, 35):
            work.put(poll(key), revision(key, f"Motion {key}", at=NOW + timedelta(days=key)))
    with said.reading() as work:
        pages = [find(work, Query(words="motion"), [1], 10, offset) for offset in (0, 10, 20, 30)]
    assert [len(one.hits) for one in pages] == [10, 10, 5, 0]
    assert [one.ref for page in pages for one in page.hits] == [f"P-{key}" for key in range(34, 9, -1)]
    assert {one.total for one in pages} == {25}


def test_what_is_near_shares_rare_words(said: Store) -> None:
    with said.unit_of_work() as work:
        for key in range(10, 40):
            work.put(poll(key), revision(key, f"Proposal for the committee {key}"))
        work.put(poll(40), revision(40, "为伦理委员会翻译声明"))
    with said.reading() as work:
        assert near(work, "Proposal: translate the committee's statements", [1], limit=3)[0].ref == "P-1"
        assert near(work, "声明的翻译", [1], limit=3)[0].ref == "P-40"
        assert near(work, "translate", [2]) == near(work, "", [1]) == near(work, "translate", []) == []
        assert [one.ref for one in near(work, "edit-a-thons in rain", [1], {Kind.LESSON})] == ["L-1"]


# -- kept in step -----------------------------------------------------------------------------------------------------


def whole(store: Store) -> list[tuple[Any, ...]]:
    """All that is in the index, but for the order in which it came."""
    kept = [one for one in ENTRIES.c if one.name != "id"]
    with store.reading() as work:
        return sorted(tuple(row) for row in work.connection.execute(select(*kept)))


def sound(store: Store) -> bool:
    """Whether SQLite's index holds what the table says, and nothing else."""
    if store.engine.dialect.name == "sqlite":
        with store.unit_of_work() as work:
            work.connection.exec_driver_sql("INSERT INTO entry_words (entry_words, rank) VALUES ('integrity-check', 1)")
    return True


def test_the_index_made_anew_is_the_same(played: Store) -> None:
    before = whole(played)
    assert len(before) > 30
    with played.unit_of_work() as work:
        filling.fill(work)
    assert whole(played) == before
    assert sound(played)


def test_an_old_database_is_filled_when_it_is_brought_up_to_date(said: Store) -> None:
    before = whole(said)
    with said.unit_of_work() as work:
        work.connection.exec_driver_sql("DELETE FROM entries")
        work.connection.exec_driver_sql("UPDATE folding SET version = 0")
    assert refs(said, "translate") == []
    said.migrate()
    assert whole(said) == before
    said.migrate()
    assert sound(said)


CHANGES: tuple[tuple[str, type[Noun], dict[str, Any]], ...] = (
    ("twelve", Revision, {"title": "", "text": ""}),
    ("2019", Ballot, {"reason": ""}),
    ("angstrom", Remark, {"text": ""}),
    ("pays", Concern, {"text": ""}),
    ("everyone", Review, {"text": ""}),
    ("generale", Meeting, {"title": ""}),
    ("hall", Note, {"undone": True}),
    ("trains", Action, {"text": ""}),
    ("roof", Lesson, {"tried": "", "text": "", "affiliate": "", "withdrawn": True}),
    ("ghana", Reuse, {"place": "", "text": ""}),
)


def test_words_that_go_are_not_found_and_new_ones_are(said: Store) -> None:
    for words, noun, bare in CHANGES:
        assert len(refs(said, words)) == 1, words
        with said.unit_of_work() as work:
            one = work.all(noun)[0]
            work.put(replace(one, **bare))
            assert find(work, Query(words=words), [1, 2]).total == 0, words
            work.put(one)
        assert len(refs(said, words)) == 1, words
        if noun in (Ballot, Remark, Note, Review, Reuse):
            with said.unit_of_work() as work:
                work.drop(work.all(noun)[0])
            assert refs(said, words) == []
    assert sound(said)


LATER = NOW + timedelta(days=3)
BESIDE: tuple[tuple[type[Any], dict[str, Any]], ...] = (
    (Ballot, {"at": LATER, "marks": {"block": 1}}), (Review, {"at": LATER, "worked": False}), (Reuse, {"at": LATER}),
    (Concern, {"resolved_at": LATER}), (Poll, {"closed_at": LATER}),
)  # fmt: skip


def test_what_changes_beside_the_words_is_followed(said: Store) -> None:
    with said.unit_of_work() as work:
        work.put(replace(work.the(Concern, id=1), answer="We pay", answered_by=1))
        work.put(replace(work.the(Poll, id=1), statement="So be it"))
    for noun, changed in BESIDE:
        with said.unit_of_work() as work:
            work.put(*(replace(one, **changed) for one in work.all(noun)))
    before = whole(said)
    with said.unit_of_work() as work:
        filling.fill(work)
    assert whole(said) == before


def test_only_the_words_as_they_stand_are_found(said: Store) -> None:
    with said.unit_of_work() as work:
        work.put(replace(work.the(Poll, id=1), revision=2), revision(1, "Render the text", number=2))
    assert refs(said, "statement") == []
    assert refs(said, "render") == ["P-1"]
    with said.unit_of_work() as work:
        work.put(replace(work.the(Revision, poll_id=1, number=1), title="", text=""))
    assert refs(said, "render") == ["P-1"]


def test_options_and_statements_are_found(said: Store) -> None:
    with said.unit_of_work() as work:
        work.put(poll(6, method="choose", options=("Lisbon", "Porto")), revision(6, "Where to?"))
        work.put(replace(work.the(Poll, id=1), statement="Cem will see to it"))
    assert refs(said, "porto") == ["P-6"]
    assert refs(said, "cem") == ["P-1"]
    assert refs(said, "agree") == []


def test_another_language_of_a_group_has_other_forms(said: Store) -> None:
    assert refs(said, "voter", (1,)) == ["P-2"]  # Voté
    with said.unit_of_work() as work:
        (one,) = (each for each in work.all(type(GROUP)) if each.id == 1)
        work.put(replace(one, languages=()))
    assert refs(said, "voter", (1,)) == []
    assert refs(said, "vote", (1,)) == ["P-2"]
    assert sound(said)


def test_words_of_another_script_have_forms_where_nobody_speaks_such_a_language(said: Store) -> None:
    for key, text in ((20, "في تونس تُغلق المتاحف في أغسطس"), (21, "Мы переводим заявления музеев")):
        with said.unit_of_work() as work:
            work.put(Remark(id=key, group_id=1, poll_id=key - 19, by=1, text=text, at=NOW, **SEALED))
    found = ("متاحف", "المتاحف", "الْمَتَاحِف", "заявление", "заявлениями")
    assert [refs(said, one, (1,)) for one in found] == [["P-1"], ["P-1"], ["P-1"], ["P-2"], ["P-2"]]


def test_what_is_undone_in_a_savepoint_is_not_found(said: Store) -> None:
    with said.unit_of_work() as work, suppress(ZeroDivisionError), work.savepoint():
        work.put(Remark(id=9, group_id=1, poll_id=1, by=1, text="gossamer", at=NOW, **SEALED))
        raise ZeroDivisionError
    assert refs(said, "gossamer") == []
    assert sound(said)


def test_a_vote_without_words_asks_the_database_nothing_more(said: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    event.listen(said.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def vote(marks: dict[str, int], turnout: int) -> list[str]:
        with said.unit_of_work() as work:
            asked.clear()
            kept, known = work.the(Poll, id=2), work.get(Ballot, poll_id=2, member_id=1)
            made = Ballot(poll_id=2, member_id=1, revision=1, marks=marks, at=NOW, **SEALED)
            work.put(replace(known, marks=marks) if known else made)
            work.put(replace(kept, turnout=turnout, version=kept.version + 1))
            if not marks:
                work.drop(work.the(Ballot, poll_id=2, member_id=1))
            return list(asked)

    followed = [vote({"agree": 1}, 1), vote({"block": 1}, 2), vote({}, 3)]
    assert [len(one) for one in followed] == [4, 4, 6]
    assert not [one for made in followed for one in made if "entries" in one or "entry_words" in one]
