"""Whose an action item is and until when, by its words: what is sure is read, what is not is said back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meeting import days, owning

NOW = datetime(2026, 11, 26, 20, tzinfo=UTC)  # a Thursday, in Berlin too
BERLIN = "Europe/Berlin"
MEMBERS = {
    1: "Ana", 2: "bo", 3: "Will Smith", 4: "somenick", 5: "somenicklong", 6: "T-Rex", 7: "سارة", 8: "كريم", 9: "Zoë Ok",
    10: "Катя", 11: "Ana-Maria Ruiz", 12: "小明", 13: "ReST1_",
}  # fmt: skip


def whose(words: str) -> list[str]:
    owned = owning.read(words, MEMBERS, ["Guest One"], BERLIN, NOW)
    return [MEMBERS[one] for one in owned.owners] + ([owned.who] if owned.who else [])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ana and @bo to ask WMSE by Friday", ["Ana", "bo"]),
        ("Ana: ask", ["Ana"]),
        ("ANA : ask bo", ["Ana"]),
        ("Bo - ask WMSE by 2026-12-04", ["bo"]),
        ("Bo – ask Ana", ["bo"]),
        ("ask WMSE (Bo)", ["bo"]),
        ("ask Ana about it (Bo)", ["bo"]),
        ("ask Ana about it [bo].", ["bo"]),
        ("Bo to ask Ana", ["bo"]),
        ("we need Bo to ask Ana", ["bo"]),
        ("ask @bo whether Ana can", ["bo"]),
        ("Ana, Bo and T-Rex will ask", ["Ana", "bo", "T-Rex"]),
        ("Ana & Bo: ask", ["Ana", "bo"]),
        ("Ana/Bo: ask", ["Ana", "bo"]),
        ("@ana @bo ask", ["Ana", "bo"]),
        ("for Ana: ask", ["Ana"]),
        ("Ana et Bo : demander à WMSE d’ici vendredi", ["Ana", "bo"]),
        ("Ana demande à Bo", ["Ana"]),
        ("Ana y Bo: preguntar a WMSE", ["Ana", "bo"]),
        ("سارة وكريم: اسألا WMSE قبل يوم الجمعة", ["سارة", "كريم"]),
        ("على سارة أن تسأل", ["سارة"]),
        ("Катя: спросить", ["Катя"]),
        ("小明: 问", ["小明"]),
        ("ReST1_: this", ["ReST1_"]),
        ("Ana-Maria Ruiz to ask", ["Ana-Maria Ruiz"]),
        ("Ana-Maria to ask", ["Ana-Maria Ruiz"]),
        ("Zoë to ask", ["Zoë Ok"]),
        ("say somenickLONG", ["somenicklong"]),
        ("say the somenicklong", ["somenicklong"]),
        ("somenicklonger has nothing", []),
        ("prepare the bookkeeping", []),
        ("Ana’s report needs review by Bo", ["Ana", "bo"]),
        ("Will: ask", ["Will Smith"]),
        ("Will to ask", ["Will Smith"]),
        ("will it work", []),
        ("see whether Will can", []),
        ("Guest One to ask", ["Guest One"]),
        ("@charlie to ask", ["charlie"]),
        ("Ana and Charlie to ask", ["Ana", "Charlie"]),
        ("write to mail@bo.example", []),
        ("write to bo@mail.example", []),
        ("find a room", []),
        ("Ana #1: ask", ["Ana"]),
        ("Аna: ask", []),  # that is no Latin A
        ("", []),
    ],
)
def test_whose_it_is(words: str, names: list[str]) -> None:
    assert whose(words) == names


@pytest.mark.parametrize(
    ("words", "mine"),
    [
        ("I will ask Ana", True), ("I'll ask", True), ("me: ask", True), ("me to ask", True), ("je demande à Ana", True),
        ("yo pregunto", True), ("moi : demander", True), ("Me and Ana to ask", True), ("أنا أسأل", True), ("Ana and I", False), ("meet Ana", False),
        ("in time", False), ("idea of Ana", False), ("medium: ask", False), ("", False),
    ],
)  # fmt: skip
def test_who_means_themselves(words: str, mine: bool) -> None:
    assert owning.means_me(words)[0] is mine


@pytest.mark.parametrize(
    ("members", "words", "owners", "several"),
    [
        ({1: "Ana", 2: "ana"}, "Ana to ask", (), ("Ana",)),
        ({1: "Ana", 2: "ana"}, "Ana #2 to ask", (2,), ()),
        ({1: "Ana", 2: "Аnа"}, "Ana to ask", (), ("Ana",)),
        ({1: "Ana Ruiz", 2: "Ana Diaz"}, "Ana to ask", (), ("Ana",)),
        ({1: "Ana Ruiz", 2: "Ana Diaz"}, "Ana Diaz to ask", (2,), ()),
        ({1: "Ana", 2: "ana", 3: "Bo"}, "Ana and Bo to ask", (3,), ("Ana",)),
        ({1: "Ana", 2: "ana", 3: "Bo"}, "ask ana and bo", (3,), ("ana",)),
    ],
)
def test_a_name_that_could_be_another_gives_it_to_nobody(
    members: dict[int, str], words: str, owners: tuple[int, ...], several: tuple[str, ...]
) -> None:
    owned = owning.read(words, members, [], BERLIN, NOW)
    assert (owned.owners, owned.several) == (owners, several)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("ask by 2026-12-04", "2026-12-04"),
        ("ask 2026-12-04", "2026-12-04"),
        ("ask by Friday", "2026-11-27"),
        ("ask by Friday.", "2026-11-27"),
        ("ask by Fri, then write", "2026-11-27"),
        ("ask before Monday and write", "2026-11-30"),
        ("ask not later than 2026-12-04 at noon", "2026-12-04"),
        ("ask until wednesday (all of it)", "2026-12-02"),
        ("ask by 3d", "2026-11-29"),
        ("demander d’ici vendredi", "2026-11-27"),
        ("demander avant le 2026-12-04", "2026-12-04"),
        ("demander pour le lundi", "2026-11-30"),
        ("preguntar antes del viernes", "2026-11-27"),
        ("preguntar para el lunes", "2026-11-30"),
        ("fragen bis Montag", "2026-11-30"),
        ("perguntar até segunda-feira", "2026-11-30"),
        ("اسأل قبل يوم الجمعة", "2026-11-27"),
        ("اسأل بحلول الاثنين", "2026-11-30"),
        ("ask by 4 December", "2026-12-04"),
        ("ask by Friday, the 4th of December 2026 at noon", "2026-12-04"),
        ("ask by December 4th", "2026-12-04"),
        ("ask by Dec 4, then write", "2026-12-04"),
        ("ask by Friday next week", "2026-12-04"),
        ("ask by tomorrow", "2026-11-27"),
        ("ask by 4 January", "2027-01-04"),
        ("demander avant le 4 décembre", "2026-12-04"),
        ("demander d’ici le 1er décembre", "2026-12-01"),
        ("demander avant le vendredi 4 décembre 2026", "2026-12-04"),
        ("preguntar antes del 4 de diciembre de 2026", "2026-12-04"),
        ("fragen bis zum 4. Dezember", "2026-12-04"),
        ("perguntar até 4 de dezembro", "2026-12-04"),
        ("اسأل قبل 4 ديسمبر", "2026-12-04"),
        ("ask by Bo", ""),
        ("ask by the way", ""),
        ("written until now by hand", ""),
        ("ask in section 2026-13", ""),
    ],
)
def test_until_when_it_is_to_be_done(words: str, day: str) -> None:
    assert days.until(words, BERLIN, NOW) == days.Until(day=day)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ask by Thursday", "Thursday"),  # today, or in a week?
        ("ask by 2026-11-01", "2026-11-01"),  # over
        ("ask by 2026-02-30", "2026-02-30"),
        ("ask by 9999-01-01", "9999-01-01"),
        ("ask by Friday or Monday", "Friday or Monday"),
        ("ask by Friday and pay 300", "Friday and pay 300"),
        ("ask by 2026-12-04, not by 2026-12-11", "2026-12-04 / 2026-12-11"),
        ("ask by Monday, 4 December", "Monday, 4 December"),
        ("ask by 4 November", "4 November"),
        ("ask by 4 November 2026", "4 November 2026"),
        ("ask by 31 November", "31 November"),
        ("ask by 4/12", "4/12"),
        ("ask by 04.12. at noon", "04.12. at noon"),
        ("demander avant le vendredi prochain", "vendredi prochain"),
    ],
)
def test_a_day_that_is_not_sure_is_none(words: str, said: str) -> None:
    assert days.until(words, BERLIN, NOW) == days.Until(doubtful=said)


def test_the_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)  # Friday in Berlin
    assert days.until("by Friday", BERLIN, late) == days.Until(doubtful="Friday")
    assert days.until("by Friday", "America/Lima", late) == days.Until(day="2026-11-27")


NASTY = st.text() | st.text("Ana bo@#:()[]-,.'’ byuntil20261204\u202e\u200f", max_size=80)


@given(NASTY, st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_whatever_is_typed_is_read_without_a_fault(words: str, names: list[str]) -> None:
    owned = owning.read(words, dict(enumerate(names)), names[:1], BERLIN, NOW)
    assert set(owned.owners) <= set(range(len(names)))
    assert owned.due == "" or datetime.fromisoformat(owned.due).year >= 2026


def test_a_thousand_members_and_a_long_text_are_no_work() -> None:
    members = {one: f"Member {one} of many" for one in range(1000)}
    words = "@" * 5000 + "Member 7 of many: " + "by by by " * 5000
    for _ in range(5):
        assert owning.read(f"Member 7 of many: {words}", members, [], BERLIN, NOW).owners == (7,)
