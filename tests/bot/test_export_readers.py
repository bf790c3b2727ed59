"""The record of a rich group, read back by readers that know nothing of us."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import mwparserfromhell
import pytest
from markdown_it import MarkdownIt

from adapters.base import File
from bot import links
from bot.export import export, for_a_page
from bot.export.wanted import WHOLE
from bot.links import Links
from decisions.model import Group
from storage.store import Store
from tests.demonstration import AFTER, PARTNERSHIPS

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "export.schema.json").read_text("utf-8"))
SITE = "https://moot.example.org"


@pytest.fixture(autouse=True)
def site() -> Iterator[None]:
    """The record stands on a site too."""
    links.configure(Links(SITE, bytes(32)))
    yield
    links.configure(None)


def written(store: Store, form: str) -> File:
    with store.reading() as work:
        return export(work, work.the(Group, id=PARTNERSHIPS), form, AFTER)


def whole(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(store, "json").text)
    return found


def test_json_keeps_to_its_schema(demonstration: Store) -> None:
    found = whole(demonstration)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert all(found[kind] for kind in ("decisions", "meetings", "actions"))
    assert any(one["discussion"] for one in found["decisions"])
    assert any(len(one["revisions"]) > 1 for one in found["decisions"])
    for one in found["decisions"]:
        sums = {label: sum(each["marks"].get(label, 0) for each in one["ballots"]) for label in one["tally"]}
        assert one["tally"] == sums or one["rules"].get("by_affiliate") or one["proxies"], one["id"]


def test_the_tables_say_the_same(demonstration: Store) -> None:
    found = whole(demonstration)
    with zipfile.ZipFile(io.BytesIO(written(demonstration, "csv").raw)) as archive:
        assert archive.testzip() is None
        tables = {
            one.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(one).decode(), newline=""), strict=True)
            )
            for one in archive.namelist()
        }
    for kind in ("decisions", "meetings", "actions", "lessons"):
        assert [one["id"] for one in tables[kind]] == [one["id"] for one in found[kind]]
    for table, kind, key in (("discussion", "decisions", "discussion"), ("notes", "meetings", "notes")):
        assert [one["text"] for one in tables[table]] == [each["text"] for one in found[kind] for each in one[key]]
    assert len([one for one in tables["ballots"] if one["counted"] == "yes"]) == sum(
        len(one["ballots"]) for one in found["decisions"]
    )


def test_wikitext_has_tables_permalinks_and_nothing_a_wiki_may_lack(demonstration: Store) -> None:
    found, code = whole(demonstration), mwparserfromhell.parse(written(demonstration, "wikitext").text)
    assert code.filter_templates() == code.filter_wikilinks() == code.filter_comments() == []
    first = code.filter_tags(matches=lambda one: one.tag == "table")[0]
    linked = [str(one.url) for one in first.contents.filter_external_links()]
    assert linked == [f"{SITE}/g/{PARTNERSHIPS}/{one['id']}" for one in found["decisions"]]
    headings = [one.title.strip_code().strip() for one in code.filter_headings()]
    for one in found["decisions"]:
        assert f"{one['id']} · {one['title']}" in headings
    assert {one["id"] for one in found["meetings"] if one["started_at"]} <= {one.split(" · ")[0] for one in headings}


def test_what_is_published_stays_the_same_until_something_is_decided(demonstration: Store) -> None:
    with demonstration.reading() as work:
        group = work.the(Group, id=PARTNERSHIPS)
        first, later = (for_a_page(work, group, WHOLE, at) for at in (AFTER, AFTER.replace(year=2027)))
        assert first == later
        assert str(AFTER.year) in first


def test_markdown_has_a_heading_for_each(demonstration: Store) -> None:
    found, tokens = (
        whole(demonstration),
        MarkdownIt("commonmark").enable("table").parse(written(demonstration, "md").text),
    )
    headings = [tokens[place + 1].content for place, one in enumerate(tokens) if one.type == "heading_open"]
    assert len([one for one in headings if one.startswith("D-")]) == len(found["decisions"])
    assert not [one for one in tokens if one.type.startswith("html")]


def test_a_calendar_has_its_meetings(demonstration: Store) -> None:
    calendar = icalendar.Calendar.from_ical(written(demonstration, "ics").text)
    titles = {str(one["SUMMARY"]) for one in calendar.walk("VEVENT")}
    assert titles == {one["title"] for one in whole(demonstration)["meetings"] if one["starts_at"]}
