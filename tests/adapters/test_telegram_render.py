"""Cards as Telegram shows them: nothing people write becomes markup, and everything fits."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.base import Button, Card, Part, Style
from adapters.telegram.links import Links
from adapters.telegram.marks import LIMIT as DATA
from adapters.telegram.marks import Marks
from adapters.telegram.render import LIMIT, cut, page, pages, sound, units

MARKS = Marks(b"a key")
LINKS = Links(MARKS, "folkmoot_bot")
ANYTHING = st.text(st.characters(), max_size=300)  # lone surrogates too


class Shown(HTMLParser):
    """What a reader sees, and which tags there are."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *(name for name, _ in attrs)]))

    def handle_data(self, data: str) -> None:
        self.text += data


def card(*parts: tuple[Style, str]) -> Card:
    return Card(tuple(Part(style, text) for style, text in parts))


@pytest.mark.parametrize(
    ("style", "text", "html"),
    [
        (Style.TITLE, "P-1 · Tea & cake", "<b>P-1 · Tea &amp; cake</b>"),
        (Style.LINE, "agree 1: <b>Ana</b>", "agree 1: &lt;b&gt;Ana&lt;/b&gt;"),
        (Style.NOTE, "Open until Monday.", "<i>Open until Monday.</i>"),
        (Style.WORDS, "short", "<blockquote>short</blockquote>"),
        (Style.WORDS, "a\nb\nc\nd\ne\nf\ng", "<blockquote expandable>a\nb\nc\nd\ne\nf\ng</blockquote>"),
        (Style.WORDS, "</blockquote>*_`[", "<blockquote>&lt;/blockquote&gt;*_`[</blockquote>"),
        (Style.LINE, "\u2068\u05d3\u05e0\u05d4\u2069 (agree): why", "\u2068\u05d3\u05e0\u05d4\u2069 (agree): why"),
        (Style.LINE, "\ud800 \x00.", "\ufffd ."),
    ],
)
def test_how_a_part_looks(style: Style, text: str, html: str) -> None:
    assert page(card((style, text)), "cut") == html


@given(st.lists(st.tuples(st.sampled_from(Style), ANYTHING), max_size=6))
def test_words_are_never_markup(parts: list[tuple[Style, str]]) -> None:
    shown = Shown(page(card(*parts), "cut"))
    assert set(shown.tags) <= {"b", "i", "blockquote", "blockquote expandable"}
    assert len(shown.tags) <= len(parts)
    for _, text in parts:
        assert sound(text).strip("\n").replace("\r", "") in shown.text.replace("\r", "") or not sound(text).strip()


@given(
    st.lists(
        st.tuples(st.sampled_from(Style), st.text("ab \n😀<&\u05d0", min_size=1), st.integers(1, 400)),
        min_size=1,
        max_size=8,
    )
)
def test_every_card_fits(parts: list[tuple[Style, str, int]]) -> None:
    made = card(*((style, text * times) for style, text, times in parts))
    note = "Cut here. The whole: show and the id above."
    shown = Shown(page(made, note))
    assert units(shown.text) <= LIMIT
    whole = sum(units(one.text.strip("\n")) + 1 for one in made.parts if one.text.strip()) <= LIMIT
    assert shown.text.endswith(note) != whole or whole


def test_the_longest_part_is_cut_and_the_others_stay_whole() -> None:
    made = card((Style.TITLE, "P-1 · Title"), (Style.WORDS, "word " * 2000), (Style.NOTE, "Open until Monday."))
    shown = Shown(page(made, "Cut here.")).text
    assert shown.startswith("P-1 · Title\nword word")
    assert shown.endswith("word …\nOpen until Monday.\nCut here.")
    assert LIMIT - 20 < units(shown) <= LIMIT


@given(st.text("ab. \n😀", max_size=400), st.integers(2, 60))
def test_a_text_is_cut_without_losing_a_letter(text: str, limit: int) -> None:
    head, rest = cut(text, limit)
    assert units(head) <= limit
    assert "".join((head + rest).split()) == "".join(text.split())
    assert len(rest) < len(text) or not text


def test_a_long_text_is_split_where_a_reader_would() -> None:
    found = list(pages("\n".join(f"line {number} < that" for number in range(1000))))
    assert len(found) > 3
    assert all(units(Shown(one).text) <= LIMIT for one in found)
    assert all(one.startswith("line") and one.endswith("&lt; that") for one in found)


# -- buttons ----------------------------------------------------------------------------------------------------------


def test_buttons_carry_a_tag_for_their_chat() -> None:
    rows = ((Button("agree 1", "p1:0"), Button("Alone", url="https://t.me/folkmoot_bot?start=help")),)
    made = LINKS.keyboard(rows, "-100")
    assert made is not None
    ((press, link),) = made.inline_keyboard
    assert MARKS.press(str(press.callback_data), "-100") == "p1:0"
    assert (link.url, link.callback_data) == ("https://t.me/folkmoot_bot?start=help", None)
    assert LINKS.keyboard((), "-100") is None


def test_a_long_label_is_cut() -> None:
    made = LINKS.keyboard(((Button("x" * 300, "p1:0"),),), "1")
    assert made is not None
    assert made.inline_keyboard[0][0].text == "x" * 63 + "…"


@given(st.from_regex(r"p[0-9]{1,9}:(undo=[0-9a-f]{12}|[0-9]{1,3}(=[0-9]{1,4})?|retract)", fullmatch=True), st.data())
def test_no_other_data_passes(press: str, data: st.DataObject) -> None:
    made = MARKS.marked(press, "-100")
    assert len(made.encode()) <= DATA
    assert MARKS.press(made, "-100") == press
    assert MARKS.press(made, "-101") is None
    assert Marks(b"another key").press(made, "-100") is None
    place = data.draw(st.integers(0, len(made) - 1))
    letter = data.draw(st.characters().filter(lambda one: one != made[place]))
    assert MARKS.press(made[:place] + letter + made[place + 1 :], "-100") is None


def test_too_long_a_press_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        MARKS.marked("p" * 60, "1")
