"""Dates apart: what only the library reads is asked back, and its process never holds anybody up."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import when
from bot.dates import library
from bot.dates.library import Apart
from decisions.refusals import UnsureTime

PATIENCE = 60
"""Seconds; what is tested here is not how long it takes."""

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def patient() -> Iterator[None]:
    """One process for all that is read here: starting it is what takes long."""
    apart = Apart(within=PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "_APART", apart)
        yield
    apart.end()


def test_what_the_library_reads_is_an_instant_of_the_zone() -> None:
    assert library.read("in 2 decades", "en", "Europe/Berlin", NOW) == datetime(2046, 3, 5, 9, 0, tzinfo=UTC)


def test_what_only_the_library_reads_is_asked_back() -> None:
    with pytest.raises(UnsureTime) as no:
        when.instant("in 2 decades", "Europe/Berlin", NOW, language="en")
    assert no.value.readings == (datetime(2046, 3, 5, 9, 0, tzinfo=UTC),)


@pytest.mark.parametrize("language", ["en", "xx", "", "en\n[]", "zh_Hans"])
@pytest.mark.parametrize("words", ["nothing at all", "", "\x00", "\n\n", "\ud7ff\u202e", "9" * 64, '"]\n["tomorrow'])
def test_what_it_does_not_read_is_nothing(words: str, language: str) -> None:
    library.read(words, language, "UTC", NOW)
    assert library.read("in 2 decades", "en", "UTC", NOW) is not None  # each answer is to its own question


def child(folder: Path, does: str) -> Apart:
    file = folder / "child.py"
    file.write_text(f"import sys\nprint(flush=True)\nfor line in sys.stdin:\n    {does}\n", "utf-8")
    return Apart(file, within=0.2)


@pytest.mark.parametrize(
    "does",
    ["pass", "sys.exit()", "print('x' * 9000, flush=True)", "print('[1]', flush=True)", "print('{', flush=True)"],
)
def test_one_that_answers_late_or_wrongly_is_not_waited_for(tmp_path: Path, does: str) -> None:
    apart = child(tmp_path, does)
    try:
        assert apart.ask("a", "en", "b") is None
        assert apart.ask("a", "en", "b") is None
    finally:
        apart.end()


def test_a_late_one_is_ended_and_another_started(tmp_path: Path) -> None:
    apart = child(tmp_path, "'late' in line or print('\"read\"', flush=True)")
    try:
        assert apart.ask("in time") == "read"
        first = apart.process
        assert apart.ask("late") is None
        assert apart.process is None
        assert first is not None
        assert first.poll() is not None
        assert apart.ask("in time") == "read"
    finally:
        apart.end()


def test_one_that_cannot_be_started_is_no_fault(tmp_path: Path) -> None:
    assert Apart(tmp_path / "missing.py").ask("a") is None
