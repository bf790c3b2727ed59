"""The words: messages in MediaWiki's format, said in many languages, whatever people put into them."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Literal

import babel
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toolforge_i18n._formatters import I18nFormatter
from toolforge_i18n._translations import TranslationsConfig, load_translations

from bot import words
from bot.words import Argument, Voice, Words

MESSAGES = {
    "en": {
        "votes": "{{PLURAL:$1|$1 ballot|$1 ballots}}",
        "seats": "{{PLURAL:$1|0=no seats|12=a dozen seats|$1 seat|$1 seats}}",
        "reply": "{{GENDER:$1|his|her|their}} word",
        "greet": "Welcome, $1",
        "only": "English alone: $1, {{PLURAL:$2|one|many}}",
    },
    "fr": {
        "votes": "{{PLURAL:$1|$1 bulletin|$1 bulletins}}",
        "seats": "{{PLURAL:$1|0=aucun siège|$1 siège|$1 sièges}}",
    },
    "pl": {"votes": "{{PLURAL:$1|$1 głos|$1 głosy|$1 głosów}}", "reply": "{{GENDER:$1|jego|jej}} słowo"},
    "ar": {"votes": "{{PLURAL:$1|zero|one|two|few|many|other}} $1", "greet": "مرحبا $1"},
    "pt": {"votes": "{{PLURAL:$1|$1 voto|$1 votos}}", "greet": "Olá, $1"},
    "pt-br": {"greet": "Oi, $1"},
    "de": {"greet": "Willkommen, $1", "votes": "{{PLURAL:$1|$1 Stimme|$1 Stimmen}}"},
}


def written(folder: Path, messages: dict[str, dict[str, str]]) -> Words:
    for language, of_language in messages.items():
        text = json.dumps({"@metadata": {"authors": ["Ana"]}, **of_language}, ensure_ascii=False)
        (folder / f"{language}.json").write_text(text, "utf-8")
    return Words(folder)


@pytest.fixture
def kept(tmp_path: Path) -> Words:
    return written(tmp_path, {**MESSAGES, "qqq": {"votes": "How many ballots there are"}})


def said(template: str, *args: Argument, language: str = "en") -> str:
    voice = Voice(language, {"it": template})
    return voice.render(voice.messages["it"], args)


def test_a_language_is_a_file_and_the_documentation_is_none(kept: Words) -> None:
    assert kept.languages() == ("ar", "de", "en", "fr", "pl", "pt", "pt-br")
    assert kept.keys("pt-br") == {"greet": "Oi, $1"}
    assert kept.keys("qqq") == {"votes": "How many ballots there are"}
    assert kept.say("qqq", "greet", "Ana") == "Welcome, Ana"


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 0, "0 ballots"), ("en", 1, "1 ballot"), ("en", 2, "2 ballots"), ("en", -1, "-1 ballot"),
        ("fr", 0, "0 bulletin"), ("fr", 1, "1 bulletin"), ("fr", 2, "2 bulletins"), ("fr", 1_000_000, "1\u202f000\u202f000 bulletins"),
        ("pl", 1, "1 głos"), ("pl", 3, "3 głosy"), ("pl", 5, "5 głosów"), ("pl", 13, "13 głosów"), ("pl", 22, "22 głosy"),
        ("ar", 0, "zero 0"), ("ar", 1, "one 1"), ("ar", 2, "two 2"), ("ar", 3, "few 3"), ("ar", 11, "many 11"), ("ar", 100, "other 100"),
    ],
)  # fmt: skip
def test_each_language_has_its_own_plurals(kept: Words, language: str, count: int, expected: str) -> None:
    assert kept.say(language, "votes", count) == expected


@pytest.mark.parametrize(
    ("template", "count", "expected"),
    [
        ("{{PLURAL:$1|one|few}}", 5, "few"),  # fewer forms than the language has: the last serves
        ("{{PLURAL:$1|same}}", 1, "same"),
        ("{{PLURAL:$1|one|few|many|other}}", Fraction(1, 2), "other"),
        ("{{PLURAL:$1|one|few|many|other}}", Fraction(10004, 10000), "one"),  # it is shown as 1
        ("{{plural:$1|one|few}}", 1, "one"),
        ("{{PLURAL:$1|0=none|one|few|many}}", 0, "none"),
        ("{{PLURAL:$1|one|0=none|few|many}}", 3, "few"),
        ("{{PLURAL:$1|1=first|1=second|one|few}}", 1, "first"),
        ("{{PLURAL:$1|0=, and nobody}}", 7, ""),
        ("{{PLURAL:$1|one|many}}", "a number?", "many"),
        ("{{PLURAL:$1|a=b|c=d}}", 1, "a=b"),
        ("{{PLURAL:$2|one|many}} $2", 1, "many $2"),  # the caller gave too few arguments
    ],
)
def test_which_form_is_taken(template: str, count: Argument, expected: str) -> None:
    assert said(template, count, language="pl") == expected


@pytest.mark.parametrize(
    ("gender", "en", "pl"),
    [("male", "his word", "jego słowo"), ("female", "her word", "jej słowo"), ("", "their word", "jego słowo")],
)
def test_gender(kept: Words, gender: str, en: str, pl: str) -> None:
    assert (kept.say("en", "reply", gender), kept.say("pl", "reply", gender)) == (en, pl)
    assert said("{{GENDER:$1|they}} {{GENDER:$2|a|b|c}} {{gender:$1|a|b}}", gender).startswith("they c ")


def test_what_a_language_lacks_is_said_in_a_wider_one_and_last_in_english(kept: Words) -> None:
    assert kept.say("pt-br", "greet", "Ana") == "Oi, Ana"
    assert kept.say("pt-br", "votes", 2) == kept.say("PT_BR", "votes", 2) == "2 votos"
    assert kept.say("de-at", "greet", "Ana") == "Willkommen, Ana"
    assert kept.say("pt-br", "only", "x", 1) == kept.say("tlh", "only", "x", 1) == "English alone: x, one"
    assert kept.say("../../etc/passwd", "greet", "Ana") == kept.say("", "greet", "Ana") == "Welcome, Ana"


def test_english_said_to_an_arabic_reader_follows_english_rules(kept: Words) -> None:
    assert kept.say("ar", "only", "x", 0) == "English alone: x, many"


def test_a_key_nobody_wrote_is_an_error(kept: Words) -> None:
    assert kept.known("votes")
    assert not kept.known("@metadata")
    with pytest.raises(KeyError, match="nothing"):
        kept.say("de", "nothing")


@pytest.mark.parametrize(
    "hostile", ["$2", "$1", "{{PLURAL:$2|a|b}}", "{{GENDER:$1|x}}", "a|b", "}}", "{{", "0=x", "{0}", "%s", "\\1", "\\g<0>"]
)  # fmt: skip
def test_what_people_write_is_never_expanded(hostile: str) -> None:
    assert said("$1 and $2", hostile, "secret") == f"{hostile} and secret"
    assert said("{{PLURAL:$2|$1 alone|$1 and more}}", hostile, 1) == f"{hostile} alone"
    assert said("{{PLURAL:$2|0=nobody|{{GENDER:$3|$1|-}}}}!", hostile, 5, "male") == f"{hostile}!"
    assert words.joined("en", [hostile, "b"]) == f"{hostile} and b"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{PLURAL:$1|one $2|many $2}}", "many Ana"),
        ("{{PLURAL:$1|a|{{GENDER:$3|he|she}} and {{PLURAL:$4|x|y $1}}}}.", "she and x."),
        ("{{GENDER:$3|a|{{PLURAL:$1|b|c}}|d}}", "c"),
        ("{{SITENAME}} {{PLURAL:$1|a|{{b|c}} $2}}", "{{SITENAME}} {{b|c}} Ana"),
        ("a|b }} {c} $ $0 $100 $10 $9", "a|b }} {c} $ $0 $100 ten $9x"),
    ],
)
def test_messages_within_messages(template: str, expected: str) -> None:
    args: tuple[Argument, ...] = (2, "Ana", "female", 1, "", "", "", "", "$9x", "ten")
    assert said(template, *args) == expected


@pytest.mark.parametrize(
    "template",
    ["{{PLURAL:$1|a", "{{PLURAL:$1}}", "{{PLURAL:}}", "{{PLURAL:$1|a|{{GENDER:$1|b}}", "{{", "}}", "{{}}", "{{PLURAL:x|a|b}}", "$"],
)  # fmt: skip
def test_a_malformed_message_is_shown_as_it_is(template: str) -> None:
    assert said(template) == template


def test_a_malformed_message_still_has_its_arguments() -> None:
    assert said("{{PLURAL:$1|one $2|many", 1, "Ana") == "{{PLURAL:$1|one Ana|many"


def test_braces_without_end_do_not_exhaust_it() -> None:
    for template in ("{{" * 5000, "{{PLURAL:$1|" * 5000 + "}}" * 5000):
        assert said(template) == template


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 1234567, "1,234,567"), ("de", 1234567, "1.234.567"), ("fr", 1234567, "1\u202f234\u202f567"),
        ("ar", 1234567, "1,234,567"), ("fa", 12, "12"), ("en", -3, "-3"), ("en", True, "1"),
        ("en", Fraction(7, 2), "3.5"), ("de", Fraction(2, 3), "0,667"), ("en", Fraction(4, 2), "2"),
        ("en", 10**30, "1" + ",000" * 10), ("en", Fraction(10**30 * 2 + 1, 2), "1" + ",000" * 10 + ".5"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_language_writes_them(language: str, number: Argument, expected: str) -> None:
    assert said("$1", number, language=language).replace("\u200e", "") == expected


def test_text_is_isolated_in_a_right_to_left_sentence_alone(kept: Words) -> None:
    assert kept.say("ar", "greet", "Ana") == "مرحبا \u2068Ana\u2069" == f"مرحبا {words.isolated('Ana')}"
    assert kept.say("ar", "greet", 7) == "مرحبا 7"
    assert kept.say("en", "greet", "عنا") == "Welcome, عنا"


def test_direction_and_lists() -> None:
    assert [words.direction(language) for language in ("en", "ar", "he", "fa", "tlh", "")] == [
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]
    assert words.joined("en", ["a", "b", "c"]) == "a, b, and c"
    assert words.joined("de-at", ["a", "b", "c"]) == "a, b und c"
    assert (words.joined("en", []), words.joined("en", ["a"])) == ("", "a")


def test_the_module_speaks_from_its_own_folder() -> None:
    assert isinstance(words.languages(), tuple)
    assert "qqq" not in words.languages()


ARGUMENTS = st.lists(st.text() | st.integers() | st.fractions() | st.integers().map(lambda n: n * 10**60))
TEMPLATES = st.text() | st.lists(
    st.sampled_from(["{{PLURAL:$1|", "{{GENDER:$2|", "{{", "}}", "|", "$1", "$2", "$10", "0=", "1=", "a ", "{", "}", "$", "\n"]), max_size=40
).map("".join)  # fmt: skip


@given(TEMPLATES, ARGUMENTS, st.sampled_from(["en", "fr", "pl", "ar", "he", "ja", "cy", "lv"]))
def test_no_message_and_no_argument_makes_it_fail(template: str, args: list[Argument], language: str) -> None:
    assert isinstance(said(template, *args, language=language), str)


@given(st.text())
def test_any_language_may_be_asked_for(language: str) -> None:
    assert words.direction(language) in ("ltr", "rtl")
    assert words.joined(language, ["a", "b"])


@given(st.text(), st.text())
def test_arguments_come_out_as_they_went_in(first: str, second: str) -> None:
    assert said("<$2|{{PLURAL:$3|x|$1}}>", first, second, 2) == f"<{second}|{first}>"


ORACLE = {
    "en": [
        "{{PLURAL:$1|$1 ballot|$1 ballots}}",
        "{{PLURAL:$1|0=none|one|$1 more}}",
        "{{GENDER:$2|he|she|they}} cast $1",
    ],
    "fr": [
        "{{PLURAL:$1|$1 vote|$1 votes}} de $3",
        "{{PLURAL:$1|0=aucun|1=un seul|$1 vote|$1 votes}}",
        "{{GENDER:$2|il|elle}}",
    ],
    "pl": [
        "{{PLURAL:$1|głos|głosy|głosów}}",
        "{{PLURAL:$1|głos|głosów}}",
        "{{PLURAL:$1|głosów}} {{GENDER:$2|on|ona|ono}}",
    ],
    "ru": ["{{PLURAL:$1|голос|голоса|голосов}}", "{{PLURAL:$1|21=очко|голос|голоса|голосов}}", "$1 $3 $1"],
    "cy": ["{{PLURAL:$1|zero|one|two|few|many|other}}", "{{PLURAL:$1|zero|one|two}}", "{{PLURAL:$1|3=tri|a|b|c}}"],
    "lv": ["{{PLURAL:$1|zero|one|other}}", "{{PLURAL:$1|zero|one}}", "{{PLURAL:$1|a}}{{PLURAL:$1|b|c}}"],
    "ja": ["{{PLURAL:$1|票}}$1", "{{PLURAL:$1|0=なし|$1票}}", "{{GENDER:$2|彼|彼女}}"],
    "ar": ["{{PLURAL:$1|a|b|c|d|e|f}}", "{{PLURAL:$1|a|b|c|d}}", "{{PLURAL:$1|0=x|a|b|c|d|e|f}} $1"],
}


def gender(arg: object) -> Literal["m", "f", "n"]:
    return "m" if arg == "male" else "f" if arg == "female" else "n"


@pytest.mark.parametrize("language", ORACLE)
def test_it_agrees_with_toolforge_i18n(language: str, tmp_path: Path) -> None:
    ours = written(tmp_path, {language: {str(at): template for at, template in enumerate(ORACLE[language])}})
    variables = {str(at): ["num", "user_name", "text"] for at in range(len(ORACLE[language]))}
    config = TranslationsConfig(directory=str(tmp_path), variables=variables, check_translations=False)
    theirs, _ = load_translations(config)
    formatter = I18nFormatter(locale_identifier=str(babel.Locale(language)), get_gender=gender)
    for key, template in theirs[language].items():
        for count in range(130):
            for who in ("male", "female", "someone"):
                expected = formatter.format(template, num=count, user_name=who, text="x")
                assert ours.say(language, key, count, who, "x") == expected
