"""Likeness, held to cases that chose its threshold: what people put twice in other words, and what only sounds like it."""

import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from decisions.likeness import close, likeness, rarity, words
from tests.each import of_each

VECTORS = Path(__file__).parents[2] / "../shared/vectors"

TWICE = [
    ("Meet every first Thursday at 18 UTC", "Meeting on the first Thursday of every month at 18:00 UTC"),
    ("Translate the statement into 12 languages", "Translating the statement into more languages"),
    (
        "Translate the Partnerships statement into twelve languages",
        "Translate our partnership statement to 12 languages",
    ),
    (
        "Pay travel costs for volunteers who speak at the conference",
        "Cover the travel costs of volunteers speaking at conferences",
    ),
    ("Budget 2026 for the photo contest", "Budget 2027 for the photo contest"),
    ("Organise an edit-a-thon with the national library", "Organize editathon at National Library in May"),
    ("Send two delegates to the Wikimedia Summit", "Who are our two delegates for the Wikimedia Summit?"),
    ("Hire a part-time coordinator for the education programme", "Hiring a coordinator for our education program"),
    ("Publish minutes of every board meeting within one week", "Publish the board meeting minutes within a week"),
    ("Réunion mensuelle le premier jeudi", "Se réunir chaque mois le premier jeudi : réunion mensuelle"),
    (
        "Traduire la déclaration des partenariats en français",
        "Traduire en français la déclaration sur les partenariats",
    ),
    (
        "Rembourser les frais de voyage des bénévoles à la conférence",
        "Remboursement des frais de voyage pour les bénévoles de la conférence",
    ),
    (
        "Organizar un taller de edición en la biblioteca nacional",
        "Taller de edición en la Biblioteca Nacional de Lima",
    ),
    ("Pagar los gastos de viaje de los voluntarios", "Pago de gastos de viaje para voluntarios"),
    ("Ein Fotowettbewerb im Sommer mit den Museen", "Fotowettbewerb mit Museen im Sommer 2027"),
    ("Die Reisekosten der Ehrenamtlichen erstatten", "Erstattung der Reisekosten für Ehrenamtliche"),
    ("ترجمة البيان إلى اثنتي عشرة لغة", "ترجمة بيان الشراكات إلى اثنتي عشرة لغة"),
    ("تنظيم ورشة تحرير في المكتبة الوطنية", "ورشة للتحرير في المكتبة الوطنية في مايو"),
    ("دفع تكاليف سفر المتطوعين إلى المؤتمر", "تغطية تكاليف السفر للمتطوعين في المؤتمر"),
    ("将声明翻译成十二种语言", "把合作声明翻译成十二种语言"),
    ("每月第一个星期四开会", "每个月的第一个星期四开会讨论"),
    ("声明を十二か国語に翻訳する", "パートナーシップ声明を12か国語に翻訳する"),
    ("จัดอบรมการแก้ไขที่หอสมุดแห่งชาติ", "จัดการอบรมแก้ไขวิกิที่หอสมุดแห่งชาติ"),
    ("Перевести заявление на двенадцать языков", "Перевод заявления о партнёрстве на двенадцать языков"),
    ("Оплатить волонтёрам проезд на конференцию", "Оплата проезда волонтёров на конференцию"),
    ("घोषणा का बारह भाषाओं में अनुवाद करें", "साझेदारी घोषणा का बारह भाषाओं में अनुवाद"),
    ("Start a mentoring programme for new affiliates in Africa", "A mentoring program for new African affiliates"),
    ("Adopt the code of conduct for online meetings", "Code of conduct for our online meetings"),
    (
        "Survey about lack of capacities for partnerships",
        "Survey among affiliates on lacking capacities for partnerships",
    ),
    (
        "Jelentés a partneri együttműködésekről minden negyedévben",
        "Negyedévente jelentés a partneri együttműködésekről",
    ),
    ("Adopt the privacy policy draft of March", "Adopt the privcay policy draft of March"),
]
"""The same in other words."""

MISSED = [
    ("Beyannameyi on iki dile çevirelim", "Ortaklık beyannamesi on iki dile çevrilsin"),
    ("חידוש האתר של העמותה לקראת הכנס", "לחדש את אתר העמותה לפני הכנס"),
]
"""The same as well, in other forms of the words than letters tell: no likeness of words finds all."""

APART = [
    ("Meet every first Thursday at 18 UTC", "Meet the museum about the photo contest"),
    ("Translate the statement into 12 languages", "Publish the statement on the front page"),
    ("Translate the statement into 12 languages", "Sign the statement"),
    ("Budget for the photo contest", "Budget for the annual conference"),
    ("Hire a coordinator for the education programme", "Hire a lawyer for the trademark case"),
    ("Send two delegates to the Wikimedia Summit", "Send a letter to the ministry of culture"),
    ("Should we meet monthly?", "Should we meet in Berlin?"),
    ("Adopt the code of conduct", "Adopt the three diagrams for the specification"),
    ("Organise an edit-a-thon with the national library", "Organise a hike for the members in May"),
    ("Publish minutes of every board meeting within one week", "Cancel the board meeting of next week"),
    ("Elect the chair of the board", "Elect the treasurer of the association"),
    ("Traduire la déclaration en français", "Signer la déclaration avec les partenaires"),
    ("Rembourser les frais de voyage des bénévoles", "Inviter les bénévoles au pique-nique de juin"),
    ("Organizar un taller de edición en la biblioteca", "Organizar una fiesta en la playa en enero"),
    ("Pagar los gastos de viaje de los voluntarios", "Premio anual para los voluntarios más activos"),
    ("Die Reisekosten der Ehrenamtlichen erstatten", "Ein Fest für die Ehrenamtlichen im Sommer"),
    ("Ein Fotowettbewerb im Sommer", "Ein Schreibwettbewerb im Winter"),
    ("ترجمة البيان إلى اثنتي عشرة لغة", "نشر البيان في الصفحة الأولى من الموقع"),
    ("تنظيم ورشة تحرير في المكتبة الوطنية", "تنظيم رحلة للأعضاء في الصيف"),
    ("将声明翻译成十二种语言", "在首页上发布声明"),
    ("每月第一个星期四开会", "取消下个星期的董事会会议"),
    ("声明を十二か国語に翻訳する", "声明に署名する団体を募集する"),
    ("จัดอบรมการแก้ไขที่หอสมุดแห่งชาติ", "จัดประชุมคณะกรรมการที่เชียงใหม่"),
    ("Перевести заявление на двенадцать языков", "Опубликовать заявление на главной странице"),
    ("घोषणा का बारह भाषाओं में अनुवाद करें", "घोषणा को मुख्य पृष्ठ पर प्रकाशित करें"),
    ("Beyannameyi on iki dile çevirelim", "Beyannameyi ana sayfada yayımlayalım"),
    ("Meet monthly", "Meet weekly"),
    ("Yes or no?", "Yes or no, today?"),
    ("Is this good?", "Is this the best?"),
    ("Accept the grant of WMDE for travel", "Accept the new bylaws of the association"),
    ("Start a mentoring programme for new affiliates", "Start a newsletter for new members"),
    ("Fund five laptops for the community space in Accra", "Fund the rent of the community space in Lagos"),
]
"""Not the same, though they share words."""

MISTAKEN = [
    ("Budget 2026 for the photo contest", "Rules of the photo contest 2026"),
    ("Where should the next conference be?", "When should the next conference be?"),
    ("Proposal about the new logo of the chapter", "Proposal about the new chair of the chapter"),
]
"""Not the same either, but the word that makes the difference is one of many: their authors have to say so."""


@of_each(TWICE)
def test_what_is_put_twice_is_found(case: tuple[str, str]) -> None:
    assert close(*case), likeness(*case)


@of_each(APART)
def test_what_only_sounds_like_it_is_left_alone(case: tuple[str, str]) -> None:
    assert not close(*case), likeness(*case)


def test_it_errs_seldom_and_we_know_where() -> None:
    assert not [one for one in MISSED if close(*one)], "found by now: these belong with those that are put twice"
    assert not [one for one in MISTAKEN if not close(*one)], "told apart by now"
    assert len(MISSED) / len(TWICE + MISSED) < 0.07
    assert len(MISTAKEN) / len(APART + MISTAKEN) < 0.1


def test_what_stands_in_many_titles_tells_little() -> None:
    kinds = ("logo", "chair", "name", "budget", "newsletter", "bylaws", "office", "mailing list")
    known = [f"Proposal about the new {one} of the chapter" for one in kinds]
    weights = rarity(known)
    assert close(known[0], known[1])
    assert not close(known[0], known[1], weights)
    assert close(known[0], "A new logo of our chapter: a proposal", weights)


@of_each([("", ""), ("?", "!"), ("", "Meet"), ("the", "Meet on Monday")])
def test_nothing_is_like_nothing(case: tuple[str, str]) -> None:
    assert likeness(*case) == 0


@of_each(
    [
        ("?!", "?!"),
        ("\U0001f44d", "\U0001f44d"),
        ("Café", "cafe\u0301"),
        ("L’école", "école"),
        ("المكتبة", "مكتبه"),
        ("３日", "3日"),
    ]
)
def test_the_same_is_like_itself(case: tuple[str, str]) -> None:
    assert likeness(*case) == 1


@settings(max_examples=50)
@given(st.text(max_size=20), st.text(max_size=20))
@example("2:s0:B0:b1:0", "2:s0:B0:b1:0")
def test_it_is_a_measure(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) == pytest.approx(1 if one.strip() else 0)


def test_a_long_text_takes_no_longer() -> None:
    assert len(words("word " * 100_000 + "last")) == 1


@pytest.mark.skipif(not VECTORS.exists(), reason="the real texts in ../shared/vectors are not here")
def test_no_two_real_sentences_are_taken_for_each_other() -> None:
    """Of 111 sentences of a statement and what two meetings decided and spoke about, in 9,000 pairs."""
    known = _sentences()
    assert len(known) > 100
    pairs = itertools.combinations(known, 2)
    found = [(one, other) for one, other in pairs if close(one, other)]
    assert not found


REWORDED = (
    "Collect use cases in Google Docs with the use case template of Gita",
    "Place the three initial diagrams (issuer, holder, verifier) in the specification",
)


@pytest.mark.skipif(not VECTORS.exists(), reason="the real texts in ../shared/vectors are not here")
def test_what_real_meetings_resolved_is_found_in_other_words() -> None:
    for words_of_ours, resolved in zip(REWORDED, _resolutions(), strict=True):
        assert close(words_of_ours, resolved)
        assert not [one for one in _sentences() if one != resolved and close(words_of_ours, one)]


def _resolutions() -> list[str]:
    meetings = [json.loads(one.read_text("utf-8")) for one in sorted((VECTORS / "meetings").glob("*.json"))]
    return [one for meeting in meetings for one in meeting["official_minutes"]["resolutions"]]


def _sentences() -> list[str]:
    text = (VECTORS / "text/partnerships-statement.txt").read_text("utf-8")
    found = [one.strip() for one in re.split(r"(?<=[.!?])\s+|\n+", text)]
    for one in sorted((VECTORS / "meetings").glob("*.json")):
        official = json.loads(one.read_text("utf-8"))["official_minutes"]
        found += official["resolutions"] + official["topics"]
    return [one for one in dict.fromkeys(found) if len(one.split()) > 2]
