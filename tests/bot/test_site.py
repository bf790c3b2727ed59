"""What a site is made of besides its server: words that changed, and the same pages as files."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
import html5lib
import pytest
from icalendar import Calendar

from bot.export import files
from bot.export.wanted import WHOLE, About, Wanted
from bot.reader import Reader
from bot.site.changes import between
from decisions.model import (
    Action,
    Affiliate,
    Ballot,
    Concern,
    Group,
    Lesson,
    Meeting,
    Note,
    Person,
    Poll,
    Remark,
    Reuse,
    Review,
    Revision,
)  # fmt: skip
from storage.store import Store
from tests.bot.hostile import texts
from tests.demonstration import AFTER, PARTNERSHIPS


def written(store: Store, wanted: Wanted = WHOLE) -> dict[str, str]:
    with store.reading() as work:
        made = files(work, work.the(Group, id=PARTNERSHIPS), "html", AFTER, wanted)
    return {name: content.decode() for name, content in made.items()}


# -- files ------------------------------------------------------------------------------------------------------------


def test_files_lead_to_each_other_and_nowhere_else(demonstration: Store) -> None:
    made = written(demonstration)
    pages = {name: text for name, text in made.items() if name.endswith(".html")}
    assert {"index.html", "decisions.html", "D-1.html", "M-1.html", "A-1.html", "lessons.html"} <= set(pages)
    reached = {"index.html"}
    for name, text in pages.items():
        html5lib.HTMLParser(strict=True).parse(text)
        led = {one for one in re.findall(r'href="([^"#]*)"', text) if not one.startswith("https://")}
        assert led <= set(made), name
        reached |= led
        assert "<form" not in text
        assert "<script" not in text
    assert reached == set(made)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+\.[a-z]+", name) for name in made)  # no way out of the folder


def test_feed_and_calendar_are_among_the_files(demonstration: Store) -> None:
    with demonstration.unit_of_work() as work:
        work.put(*(replace(one, place="https://meet.example.org/x") for one in work.all(Meeting)))
    made = written(demonstration)
    read = feedparser.parse(made["feed.atom"])
    assert not read.bozo
    assert {one.link for one in read.entries} <= set(made)
    assert Calendar.from_ical(made["calendar.ics"]).walk("VEVENT")
    assert not [name for name, text in made.items() if "meet.example.org" in text]


def test_files_have_what_is_wanted_and_no_more(demonstration: Store) -> None:
    march = Wanted(
        kinds=frozenset((About.DECISIONS,)),
        since=datetime(2026, 3, 1, tzinfo=UTC),
        until=datetime(2026, 4, 1, tzinfo=UTC),
        reader=Reader("ar", "Africa/Tunis"),
    )
    made, whole = written(demonstration, march), written(demonstration)
    assert {one for one in made if re.match(r"[MAL]-|meetings|actions|lessons", one)} == set()
    assert 0 < len([one for one in made if one.startswith("D-")]) < len([one for one in whole if one.startswith("D-")])
    assert '<html lang="ar" dir="rtl">' in made["index.html"]
    assert "D-1.html" not in made["decisions.html"]


SAID: tuple[tuple[type[Any], str], ...] = (
    (Ballot, "reason"), (Remark, "text"), (Concern, "text"), (Concern, "answer"), (Review, "text"), (Poll, "statement"),
    (Meeting, "title"), (Meeting, "text"), (Meeting, "place"), (Note, "text"), (Action, "text"), (Action, "why"),
    (Lesson, "tried"), (Lesson, "text"), (Lesson, "never"), (Lesson, "region"), (Lesson, "affiliate"), (Reuse, "place"),
    (Reuse, "text"), (Affiliate, "name"), (Person, "name"), (Group, "name"),
)  # fmt: skip
"""Whatever else people write."""


def test_hostile_words_are_text_in_files(demonstration: Store) -> None:
    with demonstration.unit_of_work() as work:
        shown = work.all(Revision)
        evil = [one.encode("utf-8", "replace").decode().replace("\x00", "")[:2000] for one in texts()]
        for place, one in enumerate(shown):
            kept = [evil[(place * 7 + step) % len(evil)] for step in range(7)]
            work.put(replace(one, title=kept[0] or "x", text="\n".join(kept[1:])))
        for place, (noun, name) in enumerate(SAID):
            work.put(*(replace(one, **{name: evil[(place * 31 + step) % len(evil)] or "x"})
                       for step, one in enumerate(work.all(noun)) if getattr(one, name)))  # fmt: skip
    for name, text in written(demonstration).items():
        if name.endswith(".html"):
            tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
            assert not {one.tag for one in tree.iter()} & {"script", "img", "iframe", "style", "object"}, name
            assert not [one for each in tree.iter() for one in each.attrib if one.startswith("on") or one == "style"]


# -- words that changed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", []),
        ("same", "same", [("same", "same")]),
        ("We plant a tree", "We plant two trees", [("We plant ", "same"), ("a tree", "gone"), ("two trees", "new")]),
        ("In 12 languages.", "In 10 languages.", [("In ", "same"), ("12", "gone"), ("10", "new"), (" languages.", "same")]),
        ("我们种一棵树", "我们种两棵树", [("我们种", "same"), ("一", "gone"), ("两", "new"), ("棵树", "same")]),
        ("a", "a\nb", [("a", "same"), ("\nb", "new")]),
    ],
)  # fmt: skip
def test_what_changed_is_told_word_by_word(before: str, after: str, told: list[tuple[str, str]]) -> None:
    assert [(one.text, one.how) for one in between(before, after)] == told


@pytest.mark.parametrize("count", [1, 7, 5000])
def test_both_texts_stand_in_what_changed(count: int) -> None:
    before, after = (" ".join(f"{letter}{n % 13}" for n in range(count)) for letter in "ab")
    told = between(before, after)
    assert "".join(one.text for one in told if one.how != "gone") == after
    assert count > 3000 or "".join(one.text for one in told if one.how != "new") == before
