"""The shape: our own rules of where things belong, held against the code, the registers and the pages."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from importlinter.cli import lint_imports

from bot import words
from bot.__main__ import folkmoot
from bot.arguments import SETTINGS
from bot.commands import COMMANDS
from bot.config import Settings
from decisions import refusals
from decisions.methods import METHODS
from decisions.refusals import Refusal
from decisions.templates import TEMPLATES
from tests.each import of_each

ROOT = Path(__file__).parents[1]
ROOMS = ("adapters", "bot", "decisions", "storage")
CODE = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DECISIONS = [file for file in CODE if file.is_relative_to(ROOT / "decisions")]
README, WAYS = ROOT / "README.md", ROOT / "docs" / "methods.md"

MOST_LINES = 350
REFUSALS = [
    one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, Refusal) and one is not Refusal
]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


@cache
def page(file: Path) -> str:
    return file.read_text("utf-8")


# -- arrows -----------------------------------------------------------------------------------------------------------


def test_imports_follow_the_arrows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_only_the_clock_reads_the_time() -> None:
    others = (file for file in CODE if file != ROOT / "bot" / "clock.py")
    assert [(str(file), one) for file in others for one in _readings(tree(file))] == []


def _readings(module: ast.AST) -> Iterator[str]:
    """`datetime.now()`, `date.today()`, `time.time()`, also under another name, and what SQL has for it."""
    for one in ast.walk(module):
        if isinstance(one, ast.ImportFrom) and one.module == "time":
            yield from (name.name for name in one.names)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name | ast.Attribute):
            of = one.value.id if isinstance(one.value, ast.Name) else one.value.attr
            named = of in ("datetime", "date", "dt") and one.attr in ("now", "utcnow", "today")
            if named or (of == "func" and one.attr in ("now", "current_timestamp")):
                yield f"{of}.{one.attr}"
            if of == "time" and one.attr in ("time", "time_ns", "localtime", "gmtime", "ctime"):
                yield f"{of}.{one.attr}"
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and "CURRENT_TIMESTAMP" in one.value:
            yield one.value


@of_each(DECISIONS)
def test_decisions_wait_for_nothing(file: Path) -> None:
    waiting = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    assert not [one for one in ast.walk(tree(file)) if isinstance(one, waiting)]
    assert not _imported(file) & {"asyncio", "socket", "sqlite3", "sqlalchemy", "sqlmodel", "threading", "time", "os"}
    called = {
        one.func.id for one in ast.walk(tree(file)) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
    }
    assert not called & {"open", "print", "input"}


@of_each(DECISIONS)
def test_decisions_hold_no_sql(file: Path) -> None:
    said = [one.value for one in ast.walk(tree(file)) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    assert not [one for one in said if re.search(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\b", one)]


def _imported(file: Path) -> set[str]:
    found = set()
    for one in ast.walk(tree(file)):
        if isinstance(one, ast.Import):
            found |= {name.name.partition(".")[0] for name in one.names}
        if isinstance(one, ast.ImportFrom) and one.module:
            found.add(one.module.partition(".")[0])
    return found


HEAVY = {
    "aiohttp",
    "dateparser",
    "icalendar",
    "jinja2",
    "mwclient",
    "numpy",
    "recurring_ical_events",
    "requests",
    "resvg_py",
}
"""What only some need: calendars, pictures, wikis, the web page, the networks, dates in other languages than ours."""


def test_the_commands_load_nothing_heavy() -> None:
    """All that the command line does begins with them."""
    told = "import sys, bot.commands; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert HEAVY & set(loaded.split()) == set()


# -- files ------------------------------------------------------------------------------------------------------------


def test_a_file_is_short_enough_to_read() -> None:
    """A migration is written once, and read with the schema beside it."""
    read = [file for file in CODE if "migrations" not in file.parts]
    assert [str(file) for file in read if len(page(file).splitlines()) > MOST_LINES] == []


def test_a_module_says_in_its_first_line_what_it_is() -> None:
    said = {str(file): _first_line(file) for file in (*CODE, *TESTS) if page(file)}
    assert [file for file, first in said.items() if not re.match(r"[\w`].*[.]$", first)] == []


def _first_line(file: Path) -> str:
    return (ast.get_docstring(tree(file)) or "").partition("\n")[0]


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda lock: lock.name)
def test_a_lock_names_no_place(lock: Path) -> None:
    text = page(lock)
    assert "://" not in text
    assert not re.search(r"^\s*(-|--)(i|e|f|index|extra|find|editable)", text, re.MULTILINE)
    assert "--hash=sha256:" in text


@pytest.mark.parametrize("folder", ["adapters/axe_js", "adapters/matrix_js", "bot/ical_js"])
def test_the_lock_of_a_foreign_program_names_no_place(folder: str) -> None:
    text = page(ROOT / "tests" / folder / "package-lock.json")
    packages = json.loads(text)["packages"]
    assert "://" not in text
    assert all("integrity" in one for name, one in packages.items() if name)


# -- registers --------------------------------------------------------------------------------------------------------


@of_each(REFUSALS)
def test_a_refusal_tells_its_fields_and_can_be_raised(refusal: type[Refusal]) -> None:
    """A frozen one cannot: raising it writes where it was raised into it."""
    assert "__dataclass_fields__" in vars(refusal)
    assert refusal.__hash__ is Exception.__hash__
    assert not vars(refusal)["__dataclass_params__"].frozen


@of_each(REFUSALS)
def test_every_refusal_is_made_somewhere(refusal: type[Refusal]) -> None:
    assert any(refusal.__name__ in _used(file) for file in CODE if file.name != "refusals.py")


@cache
def _used(file: Path) -> frozenset[str]:
    """Names whose value is asked for: to raise it, or to hand it to who raises it."""
    return frozenset(one.id for one in ast.walk(tree(file)) if isinstance(one, ast.Name))


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_a_file_with_words_a_template_and_a_row(name: str) -> None:
    method = METHODS[name]
    templates = [one.name for one in TEMPLATES.values() if one.method == name]
    assert method.name == name
    assert (ROOT / "decisions" / "methods" / f"{name}.py").exists()
    assert templates
    assert words.known(f"how-{name}")
    for stance in method.stances:
        assert words.known(f"stance-{stance}")
        assert words.known(f"count-{stance}")
    for one in templates:
        assert words.known(f"template-{one}")
        assert f"| `{one}` |" in page(WAYS)


def test_templates_are_of_methods_that_exist() -> None:
    assert {one.method for one in TEMPLATES.values()} <= set(METHODS)


# -- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [one.word for one in COMMANDS])
def test_the_readme_names_every_command(command: str) -> None:
    assert re.search(rf"`{command}[` ]", page(README))


@pytest.mark.parametrize("name", [f"FOLKMOOT_{one.upper()}" for one in Settings.model_fields])
def test_the_readme_names_every_setting(name: str) -> None:
    assert f"`{name}`" in page(README)


@pytest.mark.parametrize("command", folkmoot.list_commands(click.Context(folkmoot)))
def test_the_readme_names_every_command_of_the_command_line(command: str) -> None:
    assert re.search(rf"`folkmoot {command}[` ]", page(README))


def test_the_readme_leads_to_the_ways_to_decide() -> None:
    assert f"]({WAYS.relative_to(ROOT)})" in page(README)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_ways_to_decide_name_every_template(template: str) -> None:
    assert f"| `{template}` |" in page(WAYS)


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_ways_to_decide_name_every_setting(setting: str) -> None:
    assert re.search(rf"`(\w+ )?--{setting}[` ]", page(WAYS))


def test_the_readme_names_every_language() -> None:
    for language in words.languages():
        assert (name := words.locale_of(language).get_display_name("en")) is not None
        assert name in page(README)
