"""Whatever people say, the minutes stay what they are: readers of each form see our headings and lists, and words."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from typing import Any

import mwparserfromhell
import pytest

from bot import minutes as forms
from bot.markup.markdown import HIDDEN
from bot.markup.webbed import address
from bot.reader import Reader
from decisions.minutes import addresses, minutes
from decisions.model import (
    Action,
    ActionStatus,
    AgendaItem,
    Attendance,
    Group,
    LogLine,
    Meeting,
    Note,
    Owner,
    Stage,
    Tag,
)
from storage.minuting import Minuted
from tests.bot.test_markdown import OURS, all_tokens
from tests.each import of_each

NOW = datetime(2026, 12, 1, 17, tzinfo=UTC)
READER = Reader("en", "Europe/Berlin")

MARKUP = (
    "}}", "{{subst:Delete}}", "{{Template|a=b}}", "{{{1|x}}}", "</nowiki>", "<nowiki>", "~~~~", "~~~", "[[Category:Spam]]",
    "[[File:X.png|thumb]]", "[https://evil.example x]", "https://evil.example/~~~~__TOC__", "mailto:a@b.example", "//evil.example",
    "irc://evil.example", "tel:+4912", "__NOTOC__", "__NOINDEX__", "-{zh-hans:x}-", "''em'' '''strong'''", "----", "== x ==", "= x =",
    "* x", "# x", ": x", "; x : y", " x", "{| class=x", "|-", "| a || b", "! head !! head", "|}", "<ref>x</ref>", "<br/>",
    "<div style='position:fixed'>", "<!-- hidden", "-->", "&lt;b&gt;", "&#91;[x]]", "RFC 2616", "ISBN 0-306-40615-2", "PMID 123",
    "#REDIRECT [[Main]]", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "</title><script>",
    "</style>", "</body></html>", "<iframe src=//evil.example>", "&quot;&amp;", "<a href=javascript:alert(1)>x</a>", "]]>", "<![CDATA[",
    "# heading", "## x", "- item", "1. item", "> quote", "```", "~~~", "`code`", "[x](javascript:alert(1))", "![x](https://evil.example)",
    "<https://evil.example>", "<javascript:alert(1)>", "[x]: https://evil.example", "**x** _y_", "a | b", "\\", "$x$", "==x==",
    "www.evil.example", "\u202egnp.exe", "\u2067\u05d0", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "\"}, {\"id\": \"M-9\"", "\\u0022",
    "\U0001f600", "null", "%00%0a", "x\u0000y", "ﷺ" * 5,
)  # fmt: skip
HOSTILE = tuple(dict.fromkeys((*MARKUP, *(f"seen {one} seen" for one in MARKUP), *(f"{one}{one}x" for one in MARKUP))))[
    :240
]


@cache
def known(words: str) -> Minuted:
    """A meeting in which everything that people can write is these words."""
    tags = (
        Tag.SUBJECT,
        Tag.INFO,
        Tag.TOPIC,
        Tag.INFO,
        Tag.IDEA,
        Tag.LINK,
        Tag.HELP,
        Tag.AGREED,
        Tag.REJECTED,
        Tag.GUEST,
    )
    notes = [note(number, tag, words) for number, tag in enumerate((*tags, Tag.ACTION), 1)]
    corrected = [note(20 + one, Tag.CORRECTION, words, corrects=one) for one in (0, 3, 4, 8)]
    meeting = Meeting(
        id=1, group_id=1, number=3, room_id=1, by=1, title=words, text=f"{words}\n{words}", place=words, stage=Stage.ENDED,
        zone="UTC", uid="u", made_at=NOW, started_at=NOW, ended_at=NOW + timedelta(hours=1), salt="", seal="",
    )  # fmt: skip
    action = Action(
        id=1, group_id=1, number=9, meeting_id=1, text=words, who=words, by=1, made_at=NOW, due="2026-12-04",
        status=ActionStatus.DROPPED, why=words, salt="", seal="",
    )  # fmt: skip
    agenda = [
        AgendaItem(id=one, group_id=1, meeting_id=1, text=words, by=1, at=NOW, reached=one or None) for one in (0, 1)
    ]
    there = [
        Attendance(meeting_id=1, member_id=one, here=one != 3, regrets=one == 3, chair=one == 1, at=NOW)
        for one in (1, 2, 3)
    ]
    made = minutes(
        meeting, notes=(*notes, *corrected), attendance=there, agenda=agenda, actions=[action],
        owners=[Owner(action_id=1, member_id=1)],
    )  # fmt: skip
    said = [LogLine(id=one, meeting_id=1, room_id=one, by=1, text=words, at=NOW) for one in (1, 2)]
    group = Group(id=1, name=words, language="en", zone="UTC", made_at=NOW)
    people = dict.fromkeys((1, 2, 3), (words, words))
    return Minuted(group=group, minutes=made, people=people, titles={}, log=said, rooms={1: words, 2: words})


def note(number: int, tag: Tag, words: str, corrects: int = 0) -> Note:
    return Note(
        id=number, group_id=1, meeting_id=1, number=number, tag=tag, text=words, by=2, at=NOW, under=3 if number > 3 else 0,
        corrects=corrects, action_id=1 if tag is Tag.ACTION else None, salt="", seal="",
    )  # fmt: skip


def test_there_are_as_many_hostile_texts_as_it_takes() -> None:
    assert len(HOSTILE) >= 200


# -- wikitext ---------------------------------------------------------------------------------------------------------

PLAIN = "words"
ENTITY = re.compile(r"&#\d+;")


@cache
def usual_text(form: str) -> str:
    """The same minutes, of harmless words."""
    return forms.text(known(PLAIN), form, READER, NOW)


def nodes(text: str) -> list[str]:
    """What a parser sees besides words, in order."""
    found = mwparserfromhell.parse(text).filter(recursive=True)
    seen = [(type(one).__name__, str(getattr(one, "wiki_markup", ""))) for one in found]
    return [f"{kind} {mark}" for kind, mark in seen if kind not in ("Text", "HTMLEntity")]


@of_each(HOSTILE)
def test_no_words_are_wikitext(words: str) -> None:
    text = forms.text(known(words), "wiki", READER, NOW)
    links = [address(one) for one in known(words).minutes.links]
    seen = [one for one in nodes(text) if not one.startswith("ExternalLink")]
    usual = [one for one in nodes(usual_text("wiki")) if not one.startswith("ExternalLink")]
    for _ in links:
        usual += ["Tag *"]
    assert sorted(one for one in seen if not one.startswith("Heading")) == sorted(
        one for one in usual if not one.startswith("Heading")
    )
    assert len([one for one in nodes(text) if one.startswith("ExternalLink")]) == len(links)
    assert not re.search(
        r"~~~|__[A-Z]|\{\{|\[\[|<|-\{|(?:RFC|PMID|ISBN)\s+\d|(?<![\w.])(?:mailto|tel|irc):\S", _unlinked(text, links)
    )
    assert all(re.match(r"$|\*\*? |={2,3} .* ={2,3}$|: |[^ *#:;={|!]", line) for line in text.splitlines())


def _unlinked(text: str, links: list[str]) -> str:
    for one in links:
        text = text.replace(f"* {one}\n", "")
    return text


@of_each(HOSTILE)
def test_wikitext_still_says_the_words(words: str) -> None:
    text = forms.text(known(words), "wiki", READER, NOW)
    plain = ENTITY.sub(lambda found: chr(int(found[0][2:-1])), text)
    assert plain.count(" ".join(HIDDEN.sub("", words).split())) >= 20


# -- HTML -------------------------------------------------------------------------------------------------------------


@dataclass
class Seen:
    """What a browser would see of a page."""

    tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class Browser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.seen.tags.append((f"/{tag}", ()))

    def handle_comment(self, data: str) -> None:
        self.seen.tags.append(("comment", ()))

    def handle_pi(self, data: str) -> None:
        self.seen.tags.append(("pi", ()))

    def unknown_decl(self, data: str) -> None:
        self.seen.tags.append(("decl", ()))

    def handle_data(self, data: str) -> None:
        self.seen.words.append(data)


def looked_at(page: str) -> Seen:
    browser = Browser()
    browser.feed(page)
    browser.close()
    return browser.seen


@of_each(HOSTILE)
def test_no_words_are_an_element_of_a_page(words: str) -> None:
    seen = looked_at(forms.text(known(words), "html", READER, NOW))
    usual = looked_at(usual_text("html"))
    links = [dict(attrs)["href"] for tag, attrs in seen.tags if tag == "a"]
    assert links == [one for one in known(words).minutes.links if one.isascii()]
    if not links:
        assert seen.tags == usual.tags
    assert {tag for tag, _ in seen.tags} <= {tag for tag, _ in usual.tags} | {"a", "/a"}
    assert not [one for _, attrs in seen.tags for one, _ in attrs if one.startswith("on")]


def test_a_page_has_its_language_and_direction() -> None:
    assert '<html lang="ar" dir="rtl">' in forms.text(known(PLAIN), "html", Reader("ar", "UTC"), NOW)
    assert '<html lang="en" dir="ltr">' in usual_text("html")
    assert "<script" not in usual_text("html")


# -- Markdown and JSON ------------------------------------------------------------------------------------------------


@of_each(HOSTILE)
def test_no_words_are_markdown(words: str) -> None:
    tokens = all_tokens(forms.text(known(words), "md", READER, NOW))
    linked = [str(one.attrs["href"]) for one in tokens if one.type == "link_open"]
    assert len(linked) == len([one for one in known(words).minutes.links if one.isascii()])
    assert {one.type for one in tokens} <= OURS | {"link_open", "link_close"}
    usual = all_tokens(usual_text("md"))
    blocks = [(one.type, one.tag) for one in tokens if one.type.endswith("_open") and one.type != "link_open"]
    expected = [(one.type, one.tag) for one in usual if one.type.endswith("_open")]
    assert blocks == expected or linked


@of_each(HOSTILE)
def test_json_has_the_words_as_they_are(words: str) -> None:
    found: dict[str, Any] = json.loads(forms.text(known(words), "json", READER, NOW))
    assert (found["title"], found["subject"], found["topics"][1]["topic"]) == (words, words, words)
    assert found["actions_of"] == {words: ["A-9"]}
    assert [one["text"] for one in found["log"]] == [words, words]


# -- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("prefix http://site1.com suffix", ["http://site1.com"]),
        ("see https://a.example/x_(y), and ftp://b.example.", ["https://a.example/x_(y)", "ftp://b.example"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("mailto:a@b.example and mailto://a@mail.com", ["mailto:a@b.example", "mailto://a@mail.com"]),
        ("irc://irc.example javascript:alert(1) xhttp://no.example", []),
        ("https://a.example/<script>", ["https://a.example/"]),
        ("https://", []),
    ],
)
def test_addresses_are_found_in_words(words: str, found: list[str]) -> None:
    assert addresses(words) == found
