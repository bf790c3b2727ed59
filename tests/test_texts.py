"""The texts: every language says all that English says, the code asks for no other, and no sentence hides in the code."""

import ast
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from bot import commands, queries, words
from bot.acts.alone import LONGER
from bot.acts.settings import SETTERS
from bot.acts.slots import ACTS
from bot.commands import BARE, COMMANDS
from bot.doctor import LOOKS
from bot.export.learnt import TOLD
from bot.export.wanted import About
from bot.learning.drafts import QUESTIONS
from bot.learning.interview import CONTROLS
from bot.learning.reading import LABELLED
from bot.meeting.pages import NOTICES, SAYS
from bot.meeting.replies import KINDS
from bot.meeting.spans import SAID
from bot.site import frame
from bot.tags import ENDS, STARTS, TAGS
from bot.tags import read as read_tags
from decisions import refusals
from decisions.lessons import WHERE
from decisions.methods import METHODS
from decisions.model import ActionStatus, Openness, Proposers, Result, Role, Seat, Side, Stage
from decisions.refusals import Refusal
from decisions.templates import TEMPLATES
from decisions.wording import clean
from tests.each import of_each

ROOT = Path(__file__).parents[1]
TEXT = ROOT / "bot" / "text"
LANGUAGES = words.languages()
OTHERS = tuple(one for one in LANGUAGES if one != "en")
OWN = "word-"
"""How the keys of a language's own words for commands begin."""

OWN_TAGS = "tag-"
"""And how those of its words for tags in a meeting do."""

PLURAL = re.compile(r"\{\{PLURAL:(\$\d+)\|([^{}]*)\}\}")
FORMS = {"en": 2, "fr": 2, "es": 2, "ar": 6}
"""French and Spanish say a million as they say two, so their form for many is left out."""

JOINTS = {"list-break", "clause-break", "card-concern-answered", "card-concern-resolved"}
"""What stands between or behind other texts begins or ends with a space."""

MARKS = "\u200e\u200f"
"""Of all that does not show, only these, and only where people write from right to left."""

ENGLISH = {word: one for one in COMMANDS for word in (one.word, *one.aliases)}
ALIKE = {"fr": {"close", "consent", "propose", "minutes", "action", "actions", "drop"}, "es": {"drop"}, "ar": {"drop"}}
"""Words of a language that happen to be English commands; and `list drop`, which is the same in all of them."""

TALK = {"ack-nudged"}
"""Texts in which a word that is also a command stands before a number without being meant to be typed."""

ACT = {"stance-agree": "agree", "stance-abstain": "abstain", "stance-disagree": "disagree", "stance-block": "block",
       "stance-consent": "agree", "stance-object": "block"}  # fmt: skip


@cache
def said(language: str) -> dict[str, str]:
    """The messages of a language, without its own words for commands and tags."""
    return {key: text for key, text in words.keys(language).items() if not key.startswith((OWN, OWN_TAGS))}


@cache
def own_words(language: str) -> dict[str, list[str]]:
    """Command -> the language's own words for it."""
    kept = words.keys(language).items()
    return {key.removeprefix(OWN): text.split(", ") for key, text in kept if key.startswith(OWN)}


def slots(text: str) -> set[str]:
    return set(re.findall(r"\$\d+", text))


# -- the files --------------------------------------------------------------------------------------------------------


def test_all_languages_are_known_here() -> None:
    assert set(FORMS) == set(LANGUAGES)


@pytest.mark.parametrize("language", [*LANGUAGES, "qqq"])
def test_a_language_has_the_keys_of_english_in_the_order_of_english(language: str) -> None:
    assert list(said(language)) == list(said("en"))
    assert all(not key.startswith((OWN, OWN_TAGS)) for key in words.keys(language)) == (language in ("en", "qqq"))


@pytest.mark.parametrize("language", [*LANGUAGES, "qqq"])
def test_a_file_names_its_authors_and_no_key_twice(language: str) -> None:
    pairs = json.loads((TEXT / f"{language}.json").read_text("utf-8"), object_pairs_hook=list)
    keys = [key for key, _ in pairs]
    assert pairs[0] == ("@metadata", [("authors", ["Folkmoot"])])
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", OTHERS)
def test_the_placeholders_are_those_of_english(language: str) -> None:
    for key, text in said("en").items():
        assert slots(said(language)[key]) == slots(text), key


def test_the_documentation_says_what_each_placeholder_is() -> None:
    for key, text in said("en").items():
        assert slots(text) <= slots(said("qqq")[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_all_plural_forms(language: str) -> None:
    for key, text in said(language).items():
        for _, written in PLURAL.findall(text):
            assert len([one for one in written.split("|") if not re.match(r"\d+=", one)]) == FORMS[language], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_something_for_every_number(language: str) -> None:
    for key in said(language):
        for number in (0, 1, 2, 3, 11, 100, 1_000_000):
            shown = words.say(language, key, *[number] * 9)
            assert shown.strip(), key
            assert not re.search(r"\{\{|\}\}|\$\d|\|", shown), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_unseen_stands_in_a_message(language: str) -> None:
    allowed = "\n" + (MARKS if words.direction(language) == "rtl" else "")
    for key, text in said(language).items():
        assert not [one for one in text if unicodedata.category(one)[0] == "C" and one not in allowed], key
        assert clean(text) == text.strip(), key
        assert key in JOINTS or text == text.strip(), key
        assert not re.search(r"(?<!\n)[^\S\n]{2}", text), key


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    same = [key for key, text in said("en").items() if re.search(r"[^\W\d_]{4}", text) and said(language)[key] == text]
    assert set(same) <= {
        "template-consensus",
        "option-no",
        "stance-abstain",
        "stance-object",
        "export-option",
        "minutes-ideas",
        "minutes-tag-idea",
        "cli-doctor-telegram",
        "cli-doctor-matrix",
    }


def test_french_puts_no_break_spaces_before_tall_signs() -> None:
    for key, text in said("fr").items():
        assert not re.search(r" [:;?!»](?!\w| ou)|« |\w[;?!»]|\w:(?=\s|$)|'", text), key


def test_spanish_opens_its_questions() -> None:
    for key, text in said("es").items():
        assert text.count("?") == text.count("¿"), key


def test_arabic_has_its_own_signs_and_western_digits() -> None:
    for key, text in said("ar").items():
        assert not re.search(r"[\u0600-\u06ff][,;?]|[\u0660-\u0669]", text), key


def test_arabic_messages_run_from_right_to_left() -> None:
    """Apps take the direction of a line from its first letter, placeholders aside."""
    for key, text in said("ar").items():
        for line in slots_away(text).split("\n"):
            assert [*strong(line), "R"][0] != "L", key


def test_what_is_typed_is_not_turned_round_in_arabic() -> None:
    """`+1`, `--by`, `1=5` and `2027-03-10` would be, behind an Arabic letter."""
    for key, message in said("ar").items():
        text = slots_away(message)
        for typed in re.finditer(r"(?<!\w)[+-]\d|--[a-z]|\d=\d|\d{4}-\d\d|[!/][a-z]", text):
            assert strong(text[: typed.start()])[-1] == "L", (key, typed[0])


def slots_away(text: str) -> str:
    """Without placeholders, which are isolated from what is around them."""
    return re.sub(r"\$\d+", "", PLURAL.sub(lambda one: one[2].replace("|", " "), text))


def strong(text: str) -> list[str]:
    """The directions of all that has one."""
    return [one for one in map(unicodedata.bidirectional, text) if one in ("L", "R", "AL")]


# -- words for commands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_every_command_has_words_of_the_language(language: str) -> None:
    assert list(own_words(language)) == [one.word for one in COMMANDS]


@pytest.mark.parametrize("language", OTHERS)
def test_words_for_commands_mean_one_command_each(language: str) -> None:
    typed = [(word, command) for command, own in own_words(language).items() for word in own]
    assert len({word for word, _ in typed}) == len(typed)
    for word, command in typed:
        assert word not in ENGLISH or ENGLISH[word].word == command
        assert word == unicodedata.normalize("NFC", word).casefold()
        assert (found := BARE.fullmatch(word)) is not None
        assert found["word"] == word


@pytest.mark.parametrize("language", OTHERS)
def test_words_for_commands_are_understood(language: str) -> None:
    for command, own in own_words(language).items():
        for word in own:
            found = commands.find(word, (language,))
            assert found is not None, word
            assert found.word == command


@pytest.mark.parametrize("language", OTHERS)
def test_words_of_another_language_are_not_understood(language: str) -> None:
    other = next(one for one in OTHERS if one != language)
    word = own_words(other)["help"][0]
    assert commands.find(word, (language,)) is None
    assert commands.find(word, ("en",)) is None


@pytest.mark.parametrize("language", OTHERS)
def test_every_tag_has_words_of_the_language_that_mean_one_alone(language: str) -> None:
    own = {key: words.own_tags(language, key.removeprefix(OWN_TAGS)) for key in words.keys(language)}
    kept = {key.removeprefix(OWN_TAGS): said for key, said in own.items() if key.startswith(OWN_TAGS)}
    assert set(kept) == {*TAGS, "next", "add", "drop"} - {STARTS, ENDS}
    tags = [(word, tag) for tag, said in kept.items() if tag in TAGS for word in said]
    assert len({word for word, _ in tags}) == len(tags)
    for word, tag in tags:
        (read,) = read_tags(f"#{word} so", (language,))
        assert (read.tag, read.words) == (tag, "so")


@pytest.mark.parametrize("language", OTHERS)
def test_a_tag_is_no_other_command(language: str) -> None:
    """`!annuler` in a meeting would call off the next one, where somebody meant to take out a note."""
    own = [(tag, commands.find(word, (language,))) for tag in TAGS for word in words.own_tags(language, tag)]
    shared = {(tag, found.word) for tag, found in own if found is not None}
    assert shared <= {("help", "help"), ("link", "link"), ("action", "action"), ("agreed", "agree")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stance_can_be_typed_as_a_command(language: str) -> None:
    for stance, command in ACT.items():
        assert said(language)[stance] in (*own_words(language).get(command, ()), *_english(command))


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_for_a_command_begins_with_what_to_type(language: str) -> None:
    for command in COMMANDS:
        first = said(language)[f"help-{command.word}"].split()[0]
        assert first == own_words(language).get(command.word, [command.word])[0]


@pytest.mark.parametrize("language", OTHERS)
def test_texts_say_the_words_of_their_language(language: str) -> None:
    """Who knows no English reads nothing to type that is English, where there is a word of their own."""
    for key, text in said("en").items():
        if not key.startswith("broken-") and key not in TALK:
            for word, slot in re.findall(r"\b([a-z]+) (\$\d)", text):
                own = own_words(language)[ENGLISH[word].word] if word in ENGLISH else []
                assert not own or any(f"{one} {slot}" in said(language)[key] for one in own), key


@pytest.mark.parametrize("language", OTHERS)
def test_texts_say_no_command_in_english(language: str) -> None:
    known = {word for own in own_words(language).values() for word in own} | ALIKE.get(language, set())
    for key, text in said(language).items():
        plain = re.sub(r"--by [^;\u061b]*|--\w+|/\w+", "", text)  # Telegram knows its commands by one name each
        assert set(re.findall(r"\b[a-z]+\b", plain)) & set(ENGLISH) <= known, key


def _english(command: str) -> tuple[str, ...]:
    found = ENGLISH[command]
    return (found.word, *found.aliases)


# -- what the code asks for -------------------------------------------------------------------------------------------

CODE = [file for room in ("adapters", "bot", "decisions", "storage") for file in sorted((ROOT / room).rglob("*.py"))]
TREES = {file: ast.parse(file.read_text("utf-8")) for file in CODE}

STANCES = {stance for method in METHODS.values() for stance in method.stances}
BLOCKS = {method.blocks for method in METHODS.values() if method.blocks}
POINTS = {template.method for template in TEMPLATES.values() if template.rules.points}
SIDES = {one.value for one in Side}
REFUSALS = [one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, Refusal)]


def kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


MADE: dict[str, set[str]] = {
    "refusal-{}": {kebab(one.__name__) for one in REFUSALS if one is not Refusal},
    "{}-none": {
        "refusal-unknown-command",
        "refusal-unknown-zone",
        "refusal-unknown-setting",
        "refusal-not-a-stance",
        "refusal-unknown-list",
        "refusal-bad-columns",
        "refusal-no-minutes",
    },
    "stance-{}": STANCES,
    "alike-word-{}": {"go", "link", "join"},
    "count-{}": STANCES,
    "how-{}": set(METHODS),
    "template-{}": set(TEMPLATES),
    "card-points-{}": POINTS,
    "role-{}": {one.value for one in Role},
    "members-{}": {one.value for one in Role},
    "result-{}": {one.value.replace(" ", "-") for one in Result},
    "why-{}-of-cast": {"more", "least"},
    "why-{}-of-everyone": {"more", "least"},
    "why-{}-of-weight": {"more", "least"},
    "why-no-{}": BLOCKS,
    "asked-{}": {
        "everyone",
        "affiliates",
        "since",
        "list",
        "people",
        "regions",
        "between",
        "add",
        "none",
        "refuse",
        "until",
    },
    "typed-{}": {*KINDS, *ACTS, *SAID},
    "roll-{}": {"everyone", "affiliates", "names"},
    "{}-here": {"notice-proxy", "ack-proxy"},
    "{}-in": {"reuse-worked", "reuse-failed", "reuse-used"},
    "{}-elsewhere": {"ack-reuse", "ack-reuse-worked", "ack-reuse-failed"},
    "lesson-{}": {*WHERE, *LABELLED},
    "lesson-label-{}": set(LABELLED),
    "ask-lesson-{}": set(QUESTIONS),
    "button-lesson-{}": set(CONTROLS),
    "{}-until": {"notice-proxy", "ack-proxy"},
    "{}-why": {"details-worked", "details-failed"},
    "action-{}": {"done", "dropped"},
    "action-{}-why": {"done", "dropped"},
    "action-closed-{}": {"done", "dropped"},
    "minutes-{}": {
        "people",
        "agenda",
        "decisions",
        "agreed",
        "rejected",
        "actions",
        "ideas",
        "help",
        "links",
        "corrections",
        "log",
    },
    "minutes-tag-{}": {"info", "idea", "link", "help", "agreed", "rejected", "decision", "action"},
    "about-{}": {one.about for one in COMMANDS},
    "help-{}": {one.word for one in COMMANDS},
    "ack-remind-{}": {"on", "off"},
    "ack-nudges-{}": {"on", "off"},
    "affiliate-{}": {one.value.replace(" ", "-") for one in Seat},
    "ack-share-{}": {"on", "off"},
    "share-{}": {"on", "off"},
    "button-extend-{}": set(LONGER),
    "export-{}": {
        "option",
        "count",
        "who",
        "reasons",
        "unconfirmed",
        "concerns",
        "reviews",
        "roll",
        "unheard",
        "proxies",
        "outvoiced",
    },
    "export-kind-{}": {one.value for one in About},
    "search-filter-{}": set(queries.FILTERS),
    "search-kind-{}": set(queries.KINDS),
    "search-outcome-{}": {one.replace(" ", "-") for one in queries.OUTCOMES},
    "export-all-{}": {one.value for one in About} - {"actions"},
    "export-column-{}": {"id", "title", "outcome", "closed", "began", "people", "uses"},
    "export-lesson-{}": set(TOLD),
    "button-room-{}": {"yes", "no"},
    "ack-announce-{}": {"on", "off"},
    "setting-{}": set(SETTERS),
    "proposers-{}": {one.value for one in Proposers},
    "openness-{}": {one.value for one in Openness},
    "site-{}": {*frame.SAYS, "tally", "discussion", "came", "related"},
    "site-part-{}": {one or "overview" for one in frame.PARTS},
    "site-none-{}": set(frame.PARTS) - {""},
    "site-all-{}": set(frame.PARTS) - {""},
    "site-is-{}": {"public", "members", *(one.value for one in ActionStatus)} - {"open"},
    "site-stage-{}": {one.value for one in Stage},
    "site-lesson-{}": {
        *("happened", "again", "never", "helps"),
        *("region", "affiliate", "size", "language", "topic"),
    },
    "log-as-{}": {one.value for one in Seat} - {"asked"},
    "button-forget-{}": {"me", "all"},
    "forget-sure-{}": {"me", "all"},
    "forget-how-{}": {"me", "all"},
    "forget-{}": {"all", "now"},
    "doctor-{}": set(LOOKS),
    "page-{}": {*SAYS, *NOTICES},
    "page-{}-title": set(NOTICES),
    "terminal-{}-how": {"as", "press", "bot"},
    "option-{}": {"yes", "no"},
    "peer-filed-{}": SIDES,
    "peer-own-{}": SIDES,
    "peer-none-{}": SIDES,
    "peer-others-{}": SIDES,
    "peer-next-{}": SIDES,
    "peer-end-{}": SIDES,
    "peer-asked-{}": SIDES,
    "peer-said-{}": {"yes", "no"},
    "peer-word-{}": {"end", "renew"},
    "button-peer-{}": {"yes", "no", "end", "renew"},
    "notice-peer-{}": SIDES,
}
"""Keys that are put together, and from what. `cli-` is put before a key by `telling.say`."""

NO_KEYS = {
    "cli-{}",
    "folkmoot-{}",
    "folkmoot-end-{}",
    "word-{}",
    "tag-{}",
    "line-{}",
    "post-{}",
    "web-{}",
    "us-{}-{}",
    "press-{}",
    "moved-{}",
}
"""Put together in the same way, and no keys of texts, or only half of one."""


@cache
def literals() -> frozenset[str]:
    """Every string in the code that might be a key: one that stands in it, or one that it puts together."""
    found = (one.value for tree in TREES.values() for one in ast.walk(tree) if isinstance(one, ast.Constant))
    made = (template.format(one) for template, values in MADE.items() for one in values)
    return frozenset(one for one in chain(found, made) if isinstance(one, str))


def test_keys_are_put_together_in_known_ways_alone() -> None:
    assert {one for tree in TREES.values() for one in _put_together(tree)} - NO_KEYS == set(MADE)


def _put_together(tree: ast.AST) -> Iterator[str]:
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in one.values]
            if re.fullmatch(r"[a-z]+-.*|\{\}-[a-z]+", written := "".join(parts)):
                yield written


def test_every_text_is_asked_for() -> None:
    used = literals()
    unused = [key for key in said("en") if key not in used and key.removeprefix("cli-") not in used]
    assert not unused


def test_every_text_that_is_asked_for_exists() -> None:
    kept = said("en")
    kinds = {key.partition("-")[0] for key in kept if "-" in key} - {"cli", "list"}
    asked = {one for one in literals() if re.fullmatch(r"[a-z]+-[a-z_-]*[a-z]", one) and one.partition("-")[0] in kinds}
    assert {one for one in asked if one not in kept and f"cli-{one}" not in kept} <= {"site-packages", "search-label"}
    assert {key for tree in TREES.values() for key in _told(tree)} <= set(kept)


def _told(tree: ast.AST) -> Iterator[str]:
    """What the command line and the terminal say: `Failure(1, "no-group")`, `say("you")`, `self._say("terminal-as")`."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            keys = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name in ("Failure", "_say") or (name == "say" and isinstance(call.func, ast.Name)):
                yield from (f"cli-{one}" for one in keys[:1])


def test_every_text_is_said_with_all_that_stands_in_it() -> None:
    """Where less is given, people would read `$1`."""
    wanted = {key: max((int(slot[1:]) for slot in slots(text)), default=0) for key, text in said("en").items()}
    assert not [key for tree in TREES.values() for key, given in _given(tree) if given < wanted.get(key, 0)]


def _given(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Of what is said by a key that stands in the call, how much is given with it."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
            continue
        key, given = call.args[0], call.args[1:]
        if call.func.attr in ("say", "done") and not any(isinstance(one, ast.Starred) for one in given):
            found = (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,)
            yield from ((str(one.value), len(given)) for one in found if isinstance(one, ast.Constant))


# -- no sentence outside the texts ------------------------------------------------------------------------------------

COMMAND_LINE = (ROOT / "bot" / "__main__.py", ROOT / "bot" / "recordline.py")
SHOWN = [file for file in CODE if file.parts[len(ROOT.parts)] in ("adapters", "bot") and file not in COMMAND_LINE]
SENTENCE = re.compile(r"(?:[^\W\d_]{2,}[^\w\n]* [^\w\n]*){2,}[^\W\d_]{2,}")
NOT_SHOWN = {"_malformed", "compile", "sub", "fullmatch", "findall", "split", "execute"}
"""Calls whose strings are patterns, or tell whoever writes a file, in English, what is wrong with it."""


ANSWERS = {
    ROOT / "adapters/telegram/http.py": "an answer that cannot be read",
    ROOT / "bot/meeting/days.py": "what people write before a day",
    ROOT / "bot/minutes/page.py": "what stands in a page for browsers",
    ROOT / "adapters/telegram/sending.py": "what Telegram's own errors say, to tell them apart",
}
"""Sentences that are read, or told to whoever programs, and never shown to people."""


@of_each([one for one in SHOWN if one not in ANSWERS])
def test_no_sentence_stands_in_the_code(file: Path) -> None:
    assert not [one for one in _shown_strings(TREES[file]) if SENTENCE.search(one)]


def _shown_strings(tree: ast.AST) -> Iterator[str]:
    """Strings that may be shown to people: no documentation, no line of a log, no fault for programmers."""
    for one in ast.iter_child_nodes(tree):
        documentation = isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
        if documentation or isinstance(one, ast.Raise) or (isinstance(one, ast.Call) and _unshown(one.func)):
            continue
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        yield from _shown_strings(one)


def _unshown(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        of = called.value
        return called.attr in NOT_SHOWN or (isinstance(of, ast.Name) and of.id in ("log", "logging"))
    return isinstance(called, ast.Name) and (called.id in NOT_SHOWN or called.id.endswith("Error"))
