"""Tags: every spelling that people know is read, and what is none is talk."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.tags import BARE, TAGS, read
from tests.each import of_each

ALL = words.languages()


def tagged(text: str, *languages: str) -> list[tuple[str, str]]:
    return [(one.tag, one.words) for one in read(text, languages or ("en",))]


SIGNS = (
    "#{}",
    "^{}",
    "!{}",
    "/{}",
    "- {}:",
    "\u2013 {}:",
    "* {}:",
    "\u2022 {} :",
    "#{}:",
    "/{}@folkmoot_bot",
    "  # {}",
)


@of_each(list(product(TAGS, SIGNS)))
def test_a_tag_is_read_with_each_sign(case: tuple[str, str]) -> None:
    tag, written = case
    wanted = [] if written.startswith("  # ") else [(tag, "a b")]
    assert tagged(f"{written.format(tag)} a b") == wanted
    assert tagged(f"{written.format(tag.upper())}  a b ") == wanted


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_without_a_sign_needs_a_colon_and_only_some_are_read_so(tag: str) -> None:
    assert tagged(f"{tag.title()}: a b") == ([(tag, "a b")] if tag in BARE and tag != "here" else [])
    assert tagged(f"{tag} a b") == ([(tag, "a b")] if tag == "ack" else [])


@pytest.mark.parametrize(
    ("text", "tag", "rest"),
    [
        ("Topic:Fees", "topic", "Fees"),
        ("ACTION: Ana to ask", "action", "Ana to ask"),
        ("#todo Ana", "action", "Ana"),
        ("#task Ana", "action", "Ana"),
        ("#halp a van", "help", "a van"),
        ("#agree so", "agreed", "so"),
        ("#accepted so", "agreed", "so"),
        ("#accept so", "agreed", "so"),
        ("#decision so", "agreed", "so"),
        ("#reject so", "rejected", "so"),
        ("#nick Zoe", "guest", "Zoe"),
        ("#meetingtopic Fees", "subject", "Fees"),
        ("present+", "here", ""),
        ("Present+ Carol, Bo", "here", "Carol, Bo"),
        ("present + Carol", "here", "Carol"),
        ("#present+", "here", ""),
        ("- present+", "here", ""),
        ("present-", "absent", ""),
        ("Present: Carol", "here", "Carol"),
        ("regrets+", "regrets", ""),
        ("regrets+ Bo", "regrets", "Bo"),
        ("Regrets: Bo", "regrets", "Bo"),
        ("q+", "q+", ""),
        ("Q+", "q+", ""),
        ("q+ to ask about fees", "q+", "to ask about fees"),
        ("#q+", "q+", ""),
        ("q-", "q-", ""),
        ("q\u2212", "q-", ""),
        ("q?", "queue", ""),
        ("queue", "queue", ""),
        ("Queue?", "queue", ""),
        ("ack Ana", "ack", "Ana"),
        ("chair: Ana", "chair", "Ana"),
        ("scribe: Ana", "scribe", "Ana"),
        ("scribenick: Ana", "scribe", "Ana"),
        ("http://a.org x", "link", "http://a.org x"),
        ("https://a.org", "link", "https://a.org"),
        ("ftp://a.org", "link", "ftp://a.org"),
        ("irc://a.org", "link", "irc://a.org"),
        ("mailto:a@a.org", "link", "mailto:a@a.org"),
        ("mailto://a@a.org x", "link", "mailto://a@a.org x"),
        ("#link see http://a.org", "link", "see http://a.org"),
        ("#undo", "undo", ""),
        ("#topic", "topic", ""),
        ("#topic\t\u00fc\u00e1\u00e7\u20ac", "topic", "\u00fc\u00e1\u00e7\u20ac"),
    ],
)
def test_what_people_write(text: str, tag: str, rest: str) -> None:
    assert tagged(text) == [(tag, rest)]


@pytest.mark.parametrize(
    "text",
    [
        "topic of the day", "the topic: fees", "#topics", "#topical", "#1", "# topic", "#", "", "   ", "-", "- ", "^",
        "help: I cannot hear", "here: look", "undo", "present", "present+Carol", "presents+", "q", "q+a", "qq+", "q+1",
        "queue up please", "ack", "ackermann Ana", "+1", "-1", "- topic fees", "#unchar x", "#item x", "see http://a.org",
        "javascript:alert(1)", "regrets-", "present?", "#-topic x", "re: topic: x", "12:30", "a:b",
    ],
)  # fmt: skip
def test_what_is_talk(text: str) -> None:
    assert tagged(text) == []


def test_each_line_is_read_by_itself() -> None:
    said = read("#topic Fees\nthey are high\n\n  - action: Ana asks\r\nq+", ("en",))
    assert [(one.line, one.tag, one.words) for one in said] == [
        (1, "topic", "Fees"),
        (4, "action", "Ana asks"),
        (5, "q+", ""),
    ]


@pytest.mark.parametrize(
    ("language", "text", "tag", "rest"),
    [
        ("fr", "#sujet Frais", "topic", "Frais"),
        ("fr", "Sujet : Frais", "topic", "Frais"),
        ("fr", "- t\u00e2che\u00a0: Ana demande", "action", "Ana demande"),
        ("fr", "#ouvrir-r\u00e9union Budget", "startmeeting", "Budget"),
        ("es", "#tema Cuotas", "topic", "Cuotas"),
        ("es", "ACUERDO: as\u00ed", "agreed", "as\u00ed"),
        ("es", "#cerrar-reuni\u00f3n", "endmeeting", ""),
        ("ar", "#\u0645\u0648\u0636\u0648\u0639 \u0627\u0644\u0631\u0633\u0648\u0645", "topic", "\u0627\u0644\u0631\u0633\u0648\u0645"),
        ("ar", "\u200f#\u0645\u0648\u0636\u0648\u0639\u200f: \u0627\u0644\u0631\u0633\u0648\u0645", "topic", "\u0627\u0644\u0631\u0633\u0648\u0645"),
        ("ar", "\u2067#topic\u2069 \u0627\u0644\u0631\u0633\u0648\u0645", "topic", "\u0627\u0644\u0631\u0633\u0648\u0645"),
        ("ar", "\u200fq+\u200f", "q+", ""),
        ("ar", "\u200f^topic \u0627", "topic", "\u0627"),
        ("ar", "\u200e- \u200ftopic: \u0627", "topic", "\u0627"),
        ("ar", "\u200fhttps://a.org", "link", "\u200fhttps://a.org"),
    ],
)  # fmt: skip
def test_each_language_has_its_own_words_and_the_english_ones(language: str, text: str, tag: str, rest: str) -> None:
    assert tagged(text, language) == [(tag, rest)]


def test_words_of_other_languages_are_talk() -> None:
    assert tagged("#sujet Frais", "es") == []


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_anything_can_be_typed(text: str) -> None:
    for one in read(text, ALL):
        assert one.tag in (*TAGS, "q+", "q-")
        assert one.words == one.words.strip()


@pytest.mark.parametrize(
    "hostile",
    [
        "#" * 50_000,
        "- " * 40_000,
        "#" + "a" * 90_000,
        "a" * 90_000 + ":",
        "a-" * 45_000 + ":",
        "\u200f" * 90_000 + "#topic x",
        "#topic" + "\u200f" * 90_000 + "x",
        "present" + " " * 90_000 + "+",
        "#topic x\n" * 11_000,
        "mailto:" * 14_000,
        "q+" * 45_000,
        "ack " * 25_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_text_takes_no_longer_than_other_text(hostile: str) -> None:
    """A pattern that goes back and forth over it would take minutes."""
    read(hostile, ALL)


def test_what_is_longer_than_any_message_is_not_read() -> None:
    assert read("#topic " + "x" * 100_000, ("en",)) == ()
