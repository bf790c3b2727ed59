"""Whatever people write, an export stays what it is: no cell is a formula, no words are markup, and every reader finds the words."""

import asyncio
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import mwparserfromhell
import pytest

from adapters.console.conversation import Person
from bot.export import Files, reading, tables, whole
from bot.export.gathered import Gathered, gathered
from bot.export.wanted import WHOLE, About
from bot.markup import markdown, wikitext
from bot.publishing import markers
from decisions.model import Group, Lesson, Remark, Reuse
from storage.store import Store
from tests.bot.hostile import texts
from tests.bot.test_markdown import OURS, all_tokens
from tests.conftest import NewDatabase
from tests.demonstration import AFTER as NOW
from tests.house import House

WORDS = "qwords"
"""What people say in the record that is spoiled."""

MESSAGE = "https://t.me/c/1/5"
"""Where something of it was said."""

ODD = (
    "}}", "{{subst:PAGENAME}}", "{{{1}}}", "~~~~", "~~~~~", "[[Category:Evil]]", "[[File:x.png|thumb]]", "[https://evil.example x]",
    "https://evil.example/a?b=c", "//evil.example", "mailto:a@evil.example", "</nowiki>", "<nowiki>", "<pre>", "<!-- folkmoot end -->",
    "<!-- folkmoot begin -->", "<!--", "-->", "</div>", "<ref>x</ref>", "__NOTOC__", "#REDIRECT [[Main Page]]", "|}", "{|", "|-", "! a !! b",
    "a || b", "|+ x", "----", "== x ==", "'''''x'''''", "-{zh:a}-", "RFC 2119", "ISBN 978-3-16-148410-0", "&lt;script&gt;", "&#91;&#91;x]]",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "＝1", "=HYPERLINK(\"http://x\",\"y\")", "=cmd|'/C calc'!A0", "a,b\"c\r\nd;e", "\u202e=1", ":: x",
    "*# x", "; x : y", " x", "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "```\nx\n```",
    "{{Special:Export}}", "<includeonly>", "<onlyinclude>x</onlyinclude>", "{{DEFAULTSORT:x}}", "\x7fUNIQ--nowiki-00000000-QINU\x7f",
)  # fmt: skip
SHORT = tuple(dict.fromkeys((*ODD, *(one[:60] for one in texts(240)))))[:210]
ALL = (*ODD, *texts(240))
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "export.schema.json").read_text("utf-8"))
PEOPLE = (Person(name="ana", role="facilitator", affiliate=WORDS), Person(name="ben", affiliate="WMFR"))


@pytest.fixture(params=[SHORT, pytest.param(ALL, marks=pytest.mark.long)], ids=["short", "whole"])
def hostile(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The texts; as long as they are only where there is time."""
    found: tuple[str, ...] = request.param
    return found


@pytest.fixture(
    params=[(*ODD, *SHORT[len(ODD) :: 4]), pytest.param(ALL, marks=pytest.mark.long)], ids=["some", "whole"]
)
def marked(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Those that look like markup, and, where there is time for a parser to read them all, all others."""
    found: tuple[str, ...] = request.param
    return found


@pytest.fixture(scope="module")
def record(new_database: NewDatabase) -> Iterator[Gathered]:
    """All kinds of things in which people's words can stand."""
    with new_database("sqlite") as url, closing(Store(url)) as store:
        yield asyncio.run(_record(store))


async def _record(store: Store) -> Gathered:
    house = House(store, people=PEOPLE)
    await house.say("ana", f"!propose {WORDS}\n{WORDS}")
    await house.say("ben", f"!disagree P-1 {WORDS}")
    await house.say("ben", f"!concern P-1 {WORDS}")
    await house.say("ana", f"!answer C-1 {WORDS}")
    await house.say("ana", f"!amend P-1 {WORDS}\n{WORDS}")
    await house.say("ana", f"!agree P-1 {WORDS}")
    await house.say("ana", f'!poll "{WORDS}" "{WORDS}" "other"')
    await house.say("ana", f"!vote P-2 1 {WORDS}")
    for number in (1, 2):
        await house.say("ana", f"!close P-{number}")
    await house.say("ana", f"!outcome D-1 {WORDS}")
    await house.say("ana", f"!worked D-1 {WORDS}")
    await house.say("ana", f"!startmeeting {WORDS}")
    for tag in ("topic", "info", "idea", "agreed", "help", "guest", "subject"):
        await house.say("ana", f"#{tag} {WORDS}")
    await house.say("ana", f"#action {WORDS}")
    await house.wait(timedelta(minutes=30))
    await house.say("ana", "!endmeeting")
    await house.say("ana", f"!correct M-1 {WORDS}")
    _learn(house)
    with house.store.reading() as work:
        return gathered(work, work.the(Group, id=1), WHOLE)


def _learn(house: House) -> None:
    told: dict[str, Any] = dict.fromkeys(
        ("text", "happened", "again", "never", "helps", "region", "affiliate", "size", "topic"), WORDS
    )
    lesson = Lesson(id=2, group_id=1, number=2, by=1, worked=False, tried=WORDS, at=house.now, salt="", seal="", **told)
    use = Reuse(
        id=1, lesson_id=2, group_id=1, by=2, worked=True, place=WORDS, text=WORDS, at=house.now, salt="", seal=""
    )
    with house.store.unit_of_work() as work:
        work.put(lesson, use)
        said = Remark(id=1, group_id=1, poll_id=1, by=2, text=WORDS, at=house.now, salt="", seal="")
        work.put(said, replace(said, id=2, origin="telegram:-1001:5"))
        work.put(replace(work.the(Group, id=1), name=WORDS))


def spoiled(value: Any, words: str) -> Any:
    """The same with these words wherever people said theirs; tests of what is cleaned on the way in are elsewhere."""
    match value:
        case str():
            return words if WORDS in value else value
        case Mapping():
            return {spoiled(key, words): spoiled(one, words) for key, one in value.items()}
        case tuple() | list() | frozenset():
            return type(value)(spoiled(one, words) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {one.name: spoiled(getattr(value, one.name), words) for one in fields(value) if one.init}
    return type(value)(**changed)


Check = Callable[[Gathered, str], None]


def each(hostile: tuple[str, ...], record: Gathered, check: Check) -> None:
    """Hold a check against every text, and say which fail."""
    wrong = []
    for words in hostile:
        try:
            check(spoiled(record, words), words)
        except Exception as no:
            no.add_note(f"of {words[:100]!r}")
            wrong.append(no)
    if wrong:
        raise ExceptionGroup(f"{len(wrong)} of {len(hostile)} fail", wrong[:5])


def test_there_are_as_many_hostile_texts_as_it_takes(record: Gathered, hostile: tuple[str, ...]) -> None:
    assert len(hostile) >= 200
    assert json.dumps(whole.plain(record, NOW)).count(WORDS) >= 40


# -- for programs -----------------------------------------------------------------------------------------------------


def test_json_has_the_words_as_they_are_and_keeps_to_the_schema(record: Gathered, hostile: tuple[str, ...]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)

    def check(found: Gathered, words: str) -> None:
        text = json.dumps(whole.plain(found, NOW), ensure_ascii=False)
        read = json.loads(text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass"))
        assert read["decisions"][0]["title"] == read["lessons"][-1]["never"] == words
        if words in ODD[:20]:
            validator.validate(read)

    each(hostile, record, check)


def _tables(found: Gathered) -> Files:
    return tables.written(whole.plain(found, NOW), About)


def _rows(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode(), newline=""), strict=True))


def test_no_cell_of_any_table_is_a_formula(record: Gathered, hostile: tuple[str, ...]) -> None:
    usual = {name: len(_rows(table)) for name, table in _tables(record).items()}
    assert {name for name, count in usual.items() if count < 2} == set()

    def check(found: Gathered, words: str) -> None:
        read = {name: _rows(table) for name, table in _tables(found).items()}
        assert {name: len(rows) for name, rows in read.items()} == usual
        cells = [cell for rows in read.values() for row in rows for cell in row if not re.fullmatch(r"-?\d+", cell)]
        assert not [
            one for one in cells if re.match(r"[\s\u200b-\u200f\u202a-\u202e\ufeff]*[=+\-@＝＋－＠\t\r\n]", one)
        ]
        assert {len(row) for row in read["decisions.csv"]} == {len(tables.TABLES["decisions"].columns)}

    each(hostile, record, check)


# -- wikitext ---------------------------------------------------------------------------------------------------------


def _wiki(found: Gathered) -> str:
    return wikitext.written(reading.log(found, NOW, tables=True), found.reader.language)


def _nodes(text: str) -> Iterator[str]:
    for one in mwparserfromhell.parse(text).ifilter(recursive=True):
        kind = type(one).__name__
        if kind not in ("Text", "HTMLEntity"):
            yield f"{kind} {getattr(one, 'level', getattr(one, 'tag', ''))}"


def _may_be(kind: str) -> bool:
    """What there is more or less of, by how many lines the words have."""
    return kind in ("Tag dl", "Tag dd", "Tag li", "Tag b")


def test_no_words_are_wikitext(record: Gathered, marked: tuple[str, ...]) -> None:
    usual = Counter(_nodes(_wiki(record)))
    assert set(usual) == {
        "Tag div",
        "Tag table",
        "Tag tr",
        "Tag td",
        "Tag th",
        *(one for one in usual if _may_be(one)),
    } | {
        "Heading 2",
        "Heading 3",
        "ExternalLink ",
    }

    def check(found: Gathered, words: str) -> None:
        text = _wiki(found)
        seen = Counter(_nodes(text))
        assert set(seen) <= set(usual)
        if words.strip():  # of no words there are no headings for them
            assert {one: n for one, n in seen.items() if not _may_be(one)} == {
                one: n for one, n in usual.items() if not _may_be(one)
            }
        assert set(re.findall(r"\[(\S+) ", text)) == {MESSAGE}
        ours = re.sub(
            r'^(<div lang="en" dir="ltr" class="mw-content-ltr">|</div>)$',
            "",
            text.replace(f"[{MESSAGE} ", "").replace(":] ", ":"),
            flags=re.MULTILINE,
        )
        assert not re.search(
            r"~~~|__[A-Z]|\{\{|\[|<|-\{|(?:RFC|PMID|ISBN)\s+\d|(?<![\w.])(?:mailto|tel|irc|https?):\S|\x7f", ours
        )
        assert all(
            re.match(
                r'$|\* |={2,3} .* ={2,3}$|: |\{\| class=|\|-$|\|\}$|\| |! scope="col" \| |\'\'\'|[^ *#:;={|!\']', one
            )
            for one in ours.split("\n")
        )
        page = f"{markers.BEGIN}\n{markers.END}"
        assert markers.replaced(markers.replaced(page, text), "x") == markers.replaced(page, "x")
        plain = re.sub(r"&#(\d+);", lambda one: chr(int(one[1])), text)
        assert plain.count(" ".join(markdown.HIDDEN.sub("", words).split())) >= 20  # they are all still there

    each(marked, record, check)


# -- Markdown ---------------------------------------------------------------------------------------------------------


def test_no_words_are_markdown(record: Gathered, marked: tuple[str, ...]) -> None:
    def markup(found: Gathered) -> Counter[str]:
        tokens = all_tokens(markdown.written(reading.log(found, NOW)))
        kinds = [one.type for one in tokens]
        assert {str(one.attrs["href"]) for one in tokens if one.type == "link_open"} == {MESSAGE}
        assert set(kinds) <= {*OURS, "link_open", "link_close"}
        return Counter(one for one in kinds if one in ("heading_open", "table_open", "tr_open", "td_open", "link_open"))

    usual = markup(record)

    def check(found: Gathered, words: str) -> None:
        assert markup(found) == usual or not words.strip()

    each(marked, record, check)
