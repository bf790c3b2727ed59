"""The tally as a picture: what it shows and says in words, in every script, on light and on dark, whatever people wrote."""

from datetime import date, timedelta
from itertools import product
from xml.etree.ElementTree import Element, fromstring

import pytest

from bot.pictures import Picture, availability, measure, participation, tally
from bot.pictures.sheet import VALUE, WIDTH, Tone
from bot.reader import Reader
from decisions.choosing import Count
from decisions.model import Meeting, Rules, Slot, Stage, Status
from decisions.participation import Month, Share, Shares
from tests.bot import hostile
from tests.bot.drawn import AT, CITIES, LONG, SCENES, choices, drawn, poll, stances

SVG = "{http://www.w3.org/2000/svg}"
EN, AR = Reader("en", "UTC"), Reader("ar", "UTC")
ALLOWED = {
    "svg": "viewBox width height role aria-label lang color font-family",
    "rect": "x y width height fill stroke stroke-opacity",
    "path": "d transform fill stroke stroke-width",
    "text": "x y font-size text-anchor direction fill font-weight",
}
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def read(picture: Picture) -> Element:
    """As any page would; nothing in it but what needs no leave of a page's policy."""
    root = fromstring(picture.svg)  # noqa: S314 - our own
    for one in root.iter():
        assert set(one.attrib) <= set(ALLOWED[one.tag.removeprefix(SVG)].split())
    return root


def texts(root: Element) -> list[str]:
    return [(one.text or "").translate(ISOLATES) for one in root.iter(f"{SVG}text")]


def bars(root: Element) -> list[Element]:
    return [one for one in root.iter(f"{SVG}rect") if one.get("fill") in list(Tone)]


@pytest.mark.parametrize("name", SCENES)
def test_it_says_the_same_in_words(name: str) -> None:
    language, record = SCENES[name]
    picture = tally(record, Reader(language, "UTC"))
    root = read(picture)
    assert root.get("role") == "img"
    assert root.get("aria-label") == picture.alt
    heard = picture.alt.translate(ISOLATES)
    assert all(
        one.rstrip("…") in heard for one in texts(root)[:-1]
    )  # the last is a percentage of what is said in words


@pytest.mark.parametrize("name", SCENES)
def test_all_of_it_is_inside(name: str) -> None:
    picture = tally(SCENES[name][1], Reader(SCENES[name][0], "UTC"), alone=True)
    for one in read(picture).iter(f"{SVG}rect"):
        x, y, width, height = (float(one.get(key) or 0) for key in ("x", "y", "width", "height"))
        assert x >= -16
        assert y >= -16
        assert x + width <= picture.width - 16
        assert y + height <= picture.height - 16


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    root = read(tally(drawn(poll(base=12), stances(agree=6, disagree=2)), EN))
    whole = WIDTH - VALUE
    assert [float(one.get("width") or 0) for one in bars(root)] == pytest.approx(
        [whole * 0.75, whole * 0.25, whole * 8 / 12], 1e-3
    )
    assert [one.get("fill") for one in bars(root)] == [Tone.FOR, Tone.AGAINST, Tone.AMONG]


def test_from_right_to_left_it_is_turned_round() -> None:
    record = drawn(poll("choose", ["Lomé", "Dakar"], base=3), choices(2, 1))
    left, right = bars(read(tally(record, EN))), bars(read(tally(record, AR)))
    assert {one.get("x") for one in left} == {"0"}
    assert {float(one.get("x") or 0) + float(one.get("width") or 0) for one in right} == {WIDTH}


def test_what_was_chosen_is_said_by_more_than_a_colour() -> None:
    for record, sign in ((choices(2, 1), "chosen"), (choices(1, 1), "level")):
        picture = tally(drawn(poll("choose", ["Lomé", "Dakar"]), record), EN)
        assert len(list(read(picture).iter(f"{SVG}path"))) == picture.alt.count(sign) > 0


def test_while_it_is_open_nothing_is_chosen() -> None:
    picture = tally(drawn(poll("choose", ["Lomé", "Dakar"], status=Status.OPEN), choices(2, 1)), EN)
    assert "chosen" not in picture.alt
    assert "1. Lomé: 2 · 67%" in picture.alt


def test_of_many_options_those_with_the_most_are_drawn() -> None:
    options = [f"{one} {number}" for number in range(3) for one in CITIES]
    picture = tally(drawn(poll("choose", options), choices(*range(36))), EN)
    assert len(bars(read(picture))) == 13
    assert "36. Kigali 2: 35" in picture.alt
    assert "and 24 more" in picture.alt
    assert "Accra 0" not in picture.alt


def test_nobody_voted() -> None:
    picture = tally(drawn(poll(base=12, rules=Rules(quorum=6))), EN)
    assert not bars(read(picture))
    assert "Nobody of 12 took part, 6 needed" in picture.alt
    read(tally(drawn(poll("score", ["a", "b"], rules=Rules(points=5))), EN))


def test_whatever_people_wrote_is_words() -> None:
    for said in [*hostile.texts(240), "\x00\x1b[31m\ud800\ufffe\r\n", "]]>", '" onload="alert(1)']:
        picture = tally(drawn(poll("choose", [said, "b"], base=3), choices(2, 1), said), EN, alone=True)
        root = read(picture)
        assert len(list(root)) == 1 + len(texts(root)) + len(list(root.iter(f"{SVG}rect"))) - 1 + len(
            list(root.iter(f"{SVG}path"))
        )
        assert picture.height < 500


MONTHS = [
    (
        date(2026, month, 1),
        Month(
            polls=polls, people=Share(heard, of), shares=Shares(affiliates={}, regions={}, languages={}, platforms={})
        ),
    )
    for month, polls, heard, of in ((1, 2, 7, 9), (2, 0, 0, 0), (3, 1, 9, 9))
]


@pytest.mark.parametrize("language", ["en", "ar", "fr", "es"])
def test_participation_has_a_bar_a_month(language: str) -> None:
    picture = participation(MONTHS, Reader(language, "UTC"))
    root = read(picture)
    whole = WIDTH - VALUE
    assert [float(one.get("width") or 0) for one in bars(root)] == pytest.approx([whole * 7 / 9, whole], 1e-3)
    heard = picture.alt.translate(ISOLATES)
    assert all(one in heard for one in texts(root) if "%" not in one)


@pytest.mark.parametrize("language", ["en", "ar", "fr", "es"])
def test_availability_has_a_bar_a_time(language: str) -> None:
    at = [AT + timedelta(days=number) for number in range(3)]
    slots = [Slot(meeting_id=1, number=number, wall="", starts_at=one, by=None) for number, one in enumerate(at, 1)]
    meeting = Meeting(
        id=1,
        group_id=1,
        number=1,
        room_id=1,
        by=1,
        title="Spring",
        stage=Stage.SET,
        zone="UTC",
        starts_at=at[1],
        uid="u",
        made_at=AT,
        salt="",
        seal="",
    )
    counts = {1: Count(yes=1, if_need_be=2, no=1), 2: Count(yes=4)}
    picture = availability(meeting, slots, counts, 4, Reader(language, "UTC"), alone=True)
    root = read(picture)
    whole = WIDTH - VALUE
    assert [float(one.get("width") or 0) for one in bars(root)] == pytest.approx([whole / 4, whole / 2, whole], 1e-3)
    assert len(list(root.iter(f"{SVG}path"))) == 1
    heard = picture.alt.translate(ISOLATES)
    assert all(one in heard for one in texts(root)[1:] if "%" not in one)


def test_colours_stand_out_on_light_and_on_dark() -> None:
    assert all(contrast(tone, ground) >= 3 for tone, ground in product(Tone, ("#ffffff", "#121212", "#1e1e1e")))


def contrast(one: str, other: str) -> float:
    """As WCAG counts it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "width", "most", "lines"),
    [
        ("", 9, 2, [""]),
        ("one two three", 5, 3, ["one two", "three"]),
        ("one  two\nthree", 5, 1, ["one tw…"]),
        ("北京北京北京", 4, 2, ["北京北京", "北京"]),
        ("北京北京北京", 4, 1, ["北京北…"]),
        ("a\u0301a\u0301a\u0301a\u0301", 1.3, 9, ["a\u0301a\u0301"] * 2),
        ("👩\u200d💻👩\u200d💻", 2, 9, ["👩\u200d💻"] * 2),
    ],
)
def test_lines_are_broken_between_letters_people_see(text: str, width: float, most: int, lines: list[str]) -> None:
    assert measure.lines(text, width, most) == lines


def test_a_line_is_no_longer_than_it_may_be() -> None:
    for text in (LONG, "W" * 99, "北京" * 50, "מזל טוב" * 20, *hostile.SEEDS):
        assert all(measure.ems(one) <= 12 for one in measure.lines(text, 12, 4))


def test_alone_it_says_how_it_came_out_and_nothing_that_may_be_taken_back() -> None:
    picture = tally(drawn(poll(base=3), stances(agree=1), "Before"), EN, alone=True)
    assert texts(read(picture))[0] == "D-1 · Passed"
    assert picture.alt.endswith("One of 3 took part. Passed.")
    assert "Before" not in picture.svg
