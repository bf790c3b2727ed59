"""Lists of voters as people write them: what can be read is read, and each line that cannot is named with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import listing
from bot.listing import Read
from bot.reader import Reader
from decisions.listings import MOST_BYTES, MOST_LINES, Row
from decisions.refusals import BadColumns, EmptyList, ListTooLarge, ListTooLong, Refusal

READER = Reader("en", "UTC")
ANA = Row(2, "@ana:example.org", "WMDE", 2, "Treasurer")


def why(text: str) -> list[tuple[int, str]]:
    """Each bad line, as it is said in English."""
    return [(number, READER.say(told.key, *told.stands)) for number, told in listing.read(text).bad]


@pytest.mark.parametrize(
    "text",
    [
        "account,affiliate,weight,note\n@ana:example.org,WMDE,2,Treasurer",
        "account;affiliate;weight;note\r\n@ana:example.org;WMDE;2;Treasurer\r\n",
        "account\taffiliate\tweight\tnote\r@ana:example.org\tWMDE\t2\tTreasurer\r",
        "\ufeffNote, Weight ,AFFILIATE,account\nTreasurer,2,WMDE,@ana:example.org",
        '"account","affiliate","weight","note"\n"@ana:example.org","WMDE","2","Treasurer"',
        "account,affiliate,weight,note,,\n@ana:example.org,WMDE,2,Treasurer,,\n,,,,,\n\n",
        "account;affiliate;weight;note\n'@ana:example.org;WMDE;2;Treasurer",  # as our own exports write it
        "account,affiliate,weight,note\n\u202e@ana:example.org\u200b,WM\x07DE,2, Treasurer ",
    ],
)
def test_a_list_is_read_however_it_was_saved(text: str) -> None:
    assert listing.read(text) == Read(rows=[ANA])


def test_columns_may_be_missing_and_weights_empty() -> None:
    assert listing.read("account\n@a:b\nben").rows == [Row(2, "@a:b"), Row(3, "ben")]
    assert listing.read("weight,account\n,ben\n7,cem").rows == [Row(2, "ben"), Row(3, "cem", weight=7)]


def test_columns_may_go_by_the_names_of_a_language() -> None:
    text = "poids;compte\n2;ben"
    assert listing.read(text, ["compte", "affilié", "poids", "note"]).rows == [Row(2, "ben", weight=2)]


def test_a_cell_may_hold_separators_and_breaks_in_quotes() -> None:
    found = listing.read('account,note\nben,"Treasurer, ""and"" more\nof it"\ncem,x')
    assert found.rows == [Row(2, "ben", note='Treasurer, "and" more of it'), Row(4, "cem", note="x")]


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+49", "-1", "=HYPERLINK(0)"])
def test_a_formula_is_text(formula: str) -> None:
    assert listing.read(f"account,note\nben,{formula}").rows == [Row(2, "ben", note=formula)]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", EmptyList),
        (" \n\t\n", EmptyList),
        ("account,weight\n", EmptyList),
        ("account\n\n,\n", EmptyList),
        ("name,weight\nben,2", BadColumns),
        ("account,account\nben,ben", BadColumns),
        ("account,colour\nben,red", BadColumns),
        ("account weight\nben 2", BadColumns),
        ("@ana:example.org,2\n@ben:example.org,1", BadColumns),
        ('"account\nben', BadColumns),
        ("account\n" + "ben\n" * (MOST_LINES + 1), ListTooLong),
        ("account\n" + "x" * MOST_BYTES, ListTooLarge),
        ("account\n" + "я" * (MOST_BYTES // 2), ListTooLarge),
    ],
)
def test_what_is_no_list_is_refused_whole(text: str, refused: type[Refusal]) -> None:
    with pytest.raises(refused):
        listing.read(text)


def test_as_many_lines_as_fit_are_read() -> None:
    assert len(listing.read("account\n" + "ben\n" * MOST_LINES).rows) == MOST_LINES


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",WMDE,1,x", "the account is missing"),
        ("ben,WMDE,0,x", "“0” is not a whole number from 1 to 100"),
        ("ben,WMDE,101,x", "“101” is not a whole number from 1 to 100"),
        ("ben,WMDE,-1,x", "“-1” is not a whole number from 1 to 100"),
        ("ben,WMDE,1.5,x", "“1.5” is not a whole number from 1 to 100"),
        ("ben,WMDE,1e1,x", "“1e1” is not a whole number from 1 to 100"),
        ("ben,WMDE,²,x", "“²” is not a whole number from 1 to 100"),
        ("ben,WMDE,=2,x", "“=2” is not a whole number from 1 to 100"),
        ("ben,WMDE," + "9" * 5000 + ",x", "“" + "9" * 39 + "…” is not a whole number from 1 to 100"),
        ("ben,WMDE,1,x,y", "it has more cells than the 4 columns"),
        ("ben," + "W" * 81 + ",1,x", "affiliate has 81 characters, and 80 fit"),
        ("ben,WMDE,1," + "x" * 201, "note has 201 characters, and 200 fit"),
        ('"ben"x,WMDE,1,x', "it cannot be read; look at its quotes"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: str, reason: str) -> None:
    text = f"account,affiliate,weight,note\nana,WMDE,1,x\n{line}\ncem,WMDE,1,x\n"
    assert why(text) == [(3, reason)]
    assert [one.account for one in listing.read(text).rows] == ["ana", "cem"]


def test_a_quote_that_never_ends_is_named_where_it_begins() -> None:
    assert why('account,note\nana,x\nben,"y\ncem,z\n') == [(3, "it cannot be read; look at its quotes")]


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_nothing_that_is_written_breaks_it(text: str) -> None:
    for written in (text, f"account,note\n{text}"):
        try:
            found = listing.read(written)
        except Refusal:
            continue
        assert found.rows or found.bad
