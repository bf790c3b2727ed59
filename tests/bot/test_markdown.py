"""Whatever people say, the log stays what it is: a CommonMark parser sees our headings, lists and tables, and words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from adapters.console.conversation import Person
from bot.markup.markdown import HIDDEN, inline, quoted
from decisions.model import Group
from storage.store import Store
from tests.exported import export
from tests.house import House

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
LINES = (
    "# heading", "   ## heading", "heading\n=", "heading\n===", "heading\n---", "- item", "+ item", "* item", "1. item", "1) item",
    "> quote", "    code", "\tcode", "```\ncode\n```", "~~~\ncode\n~~~", "---", "***", "a | b\n--- | ---\n1 | 2",
    "| a |\n| - |", ":--|--:\n:--|--:", "<b>bold</b>", "<script>alert(1)</script>", "<!-- hidden", "<?php ?>",
    "<javascript:alert(1)>", "<https://evil.example>", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)",
    "[x]: https://evil.example\n\n[x]", "[[Main page]]", "`code`", "``a`b``", "*em* **strong** _em_ __strong__",
    "~~gone~~ ~sub~", "&lt;b&gt; &#60;b&#62; &copy;", "\\<b\\> \\", "line\\\nline", "line  \nline", "{{template}}",
    "{% raw %}", "$x$ $$y$$", "==marked== ++put in++", "^[note] [^1]", "\u202egnp.exe", "\u2067\u202b\u05d0 # \u0627",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 # [x](y)",
)  # fmt: skip
ODD = "a\u2028# b\u2029# c\x85# d\x0b# e\x0c# f\x00\x1f\u202egnp.exe"
WORDS = st.text() | st.text("#*_-+=~`>|[]()<>!&\\:;{}$^.1a /\n\t\"'@w", max_size=30) | st.sampled_from((*LINES, ODD))
OURS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak",
    "blockquote_open", "blockquote_close", "strong_open", "strong_close", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close", "table_open", "table_close", "thead_open", "thead_close", "tbody_open",
    "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close", "text_special",
}  # fmt: skip


def all_tokens(text: str) -> list[Token]:
    return [one for token in MARKDOWN.parse(text) for one in (token, *(token.children or ()))]


def skeleton(text: str) -> list[str]:
    """What the parser makes of it, words aside: the text between two pieces of markup counts as one."""
    kinds = [one.type for one in all_tokens(text) if one.type not in ("softbreak", "hardbreak")]
    return [one for index, one in enumerate(kinds) if one != "text" or kinds[index - 1] != "text"]


def lines_shown(text: str) -> list[str]:
    """What a reader sees, line by line."""
    breaks = {"softbreak": "\n", "hardbreak": "\n", "paragraph_close": "\n"}
    seen = "".join(breaks.get(one.type, one.content if not one.block else "") for one in all_tokens(text))
    return [one.strip() for one in seen.split("\n") if one.strip()]


async def tell(house: House, words: str, first: int = 1) -> None:
    """Everybody says these words wherever words can be said, about two polls, the first of which has this number."""
    await house.wait(timedelta(minutes=1))  # nobody may ask for so much in one
    one, two = f"P-{first}", f"P-{first + 1}"
    await house.say("ana", f"!propose x{words}\n{words}\n\n{words}")
    await house.whisper("ana", "go on")  # for the second time it is like the first
    await house.say("ben", f"!disagree {one} {words}")
    await house.say("ben", f"!concern {one} {words}")
    await house.say("ana", f"!answer C-{first // 2 + 1} {words}")
    await house.say("ana", f"!amend {one} y{words}\n{words}")
    await house.say("ana", f"!agree {one} {words}")
    await house.say("ana", f"!close {one}")
    await house.say("ana", f"!outcome D-{first} {words}")
    await house.say("ana", f"!worked D-{first} {words}")
    on_one_line = " ".join(words.split())
    await house.say("ana", f"!poll x{on_one_line}\n\u201c{on_one_line}\u201d\nother")
    await house.whisper("ana", "go on")
    await house.say("ana", f"!vote {two} 1 {words}")
    await house.say("ana", f"!close {two}")


def log_of(house: House) -> str:
    with house.store.reading() as work:
        return export(work, work.all(Group)[0], "md", house.now)


@pytest.fixture
def house(sqlite_store: Store) -> House:
    hostile = "# [x](javascript:y) | <b> **z**\n\n# \u202e"
    people = (Person(name="ana", role="facilitator", affiliate=hostile), Person(name="ben", affiliate=hostile))
    return House(sqlite_store, people=people)


@pytest.mark.parametrize(
    "words",
    ["heading\n===", "```\n# a", "a | b\n--- | ---\n1 | 2", "<!-- hidden", "[x]: https://evil.example\n\n[x]", ODD],
)
async def test_nobodys_words_become_markup(house: House, words: str) -> None:
    await tell(house, words)
    found = all_tokens(log_of(house))
    assert {one.type for one in found} <= OURS
    assert [one.tag for one in found if one.type == "heading_open"] == ["h1", "h2", "h2", "h2"]
    assert sum(one.type == "tr_open" for one in found) == 8
    assert not set(log_of(house)) & set("\u202a\u202b\u202c\u202d\u202e\x00")


@pytest.mark.parametrize("words", ["**[x](javascript:alert(1))**", "a | b ~~c~~", "<b>`c`</b> # d", "\u05d0 | \u0627"])
async def test_a_chapter_has_the_same_bones_whatever_is_said(house: House, words: str) -> None:
    await tell(house, "words")
    await tell(house, words, first=3)
    _, *chapters = log_of(house).split("\n## ")
    assert [one[:3] for one in chapters] == ["D-1", "D-2", "D-3", "D-4", "L-1", "L-2"]
    bones = [skeleton(one) for one in chapters]
    assert (bones[2:4], bones[5]) == (bones[:2], bones[4])


@given(WORDS)
def test_a_line_shows_as_it_was_typed(words: str) -> None:
    expected = [" ".join(HIDDEN.sub("", words).split())]
    for before, kinds in {"": "paragraph_open", "## ": "heading_open", "- ": "list_item_open"}.items():
        found = all_tokens(f"{before}{inline(words)}\n")
        assert {one.type for one in found} <= OURS - {"strong_open"}
        assert sum(one.type == kinds for one in found) == bool(before or expected[0])
    assert lines_shown(inline(words)) == [one for one in expected if one]


@given(WORDS, WORDS)
def test_a_cell_stays_one(first: str, second: str) -> None:
    found = all_tokens(f"| a | b |\n| --- | --- |\n| {inline(first)} | {inline(second)} |\n")
    assert sum(one.type == "td_open" for one in found) == 2
    cells = ["".join(part.content for part in one.children or ()) for one in found if one.type == "inline"]
    assert cells == ["a", "b", *(" ".join(HIDDEN.sub("", one).split()) for one in (first, second))]


@given(WORDS)
def test_a_quote_has_nothing_but_lines(words: str) -> None:
    text = f"{quoted(words)}\n\nafter\n"
    marks = {"blockquote_open", "blockquote_close", "hardbreak"}
    assert {one.type for one in all_tokens(text)} <= marks | {"paragraph_open", "paragraph_close", "inline", "text"}
    typed = [one.strip() for one in HIDDEN.sub("", words).splitlines()]
    assert lines_shown(text) == [*(one for one in typed if one), "after"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("{{a}} $b$ c^d^", r"\{\{a\}\} \$b\$ c\^d\^"),
        ("==a== ++b++", r"\==a\== \++b\++"),
        (": a", r"\: a"),
        ("!!! a", r"\!!! a"),
        ("https://a.example, FTP://b.example", r"https\://a.example, FTP\://b.example"),
        ("see www.a.example", r"see www\.a.example"),
        ("1=5, 2+2: a-b. Great! (c) 3.", "1=5, 2+2: a-b. Great! (c) 3."),
    ],
)
def test_what_commonmark_does_not_know_but_its_kin_do_is_words_too(typed: str, written: str) -> None:
    assert inline(typed) == written


def test_indented_words_stay_indented() -> None:
    assert quoted("list:\n    - one\n\n\nend") == "> list:\\\n> \u00a0\u00a0\u00a0\u00a0\\- one\n>\n>\n> end"
