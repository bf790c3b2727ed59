"""Forgetting from the command line: who is meant, what is said, and the file that lies beside the database and its copies."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import erased
from tests.bot.test_main import Ask, ask, command, decided, refused, room  # noqa: F401 - the fixtures of the command line


def kept(data: Path) -> bytes:
    """The database with its log, as bytes."""
    return b"".join(one.read_bytes() for one in data.glob("folkmoot.db*"))


def test_a_person_is_forgotten_by_name(room: Path, ask: Ask) -> None:  # noqa: F811
    assert b"Ben" in kept(room)
    ended = ask(room, "erase", "ben")
    assert (ended.code, ended.error) == (0, "")
    assert ended.out == "ben is forgotten, in one group; 0 texts were taken out. To check the record: folkmoot verify\n"
    assert b"Ben" not in kept(room)
    assert b"ben" not in kept(room)
    assert ask(room, "verify").code == 0
    whole = json.loads(ask(room, "export", "json").out)
    assert [one["member"] for one in whole["decisions"][0]["ballots"]] == ["Ana", "somebody who was forgotten"]


@pytest.mark.parametrize("who", ["#2", "console:ben", "Ben", "@ben"])
def test_a_person_is_meant_by_number_account_or_name(room: Path, ask: Ask, who: str) -> None:  # noqa: F811
    assert ask(room, "erase", who).code == 0
    assert b"Ben" not in kept(room)
    assert b"Ana" in kept(room)


def test_who_is_forgotten_has_a_number_alone(room: Path, ask: Ask) -> None:  # noqa: F811
    ask(room, "erase", "Ana")
    refused(ask(room, "erase", "Ana"), 1, "I know nobody called Ana")
    assert ask(room, "erase", "#1").out == "#1 was forgotten already: there was nothing more to take out.\n"
    assert b"A coffee machine" in kept(room)
    assert ask(room, "erase", "#1", "--words").out.startswith("#1 is forgotten, in one group; one text was taken out.")
    assert b"coffee" not in kept(room)
    assert ask(room, "verify").code == 0


def test_a_name_of_two_is_refused_with_both(room: Path, ask: Ask) -> None:  # noqa: F811
    command(room, "chat", "--as", "Cem", typed="hello\n!members\n")
    with closing(sqlite3.connect(room / "folkmoot.db")) as database, database:
        database.execute("UPDATE persons SET name = 'Ben' WHERE name = 'Cem'")
    before = kept(room)
    refused(ask(room, "erase", "Ben"), 2, "Ben may mean several:", "Ben #2 (", "Ben #3 (", "folkmoot erase '#12'")
    assert kept(room) == before
    assert ask(room, "erase", "#3").code == 0


@pytest.mark.parametrize("who", ["#99", "#", "matrix:@ben:example.org", "", "nobody"])
def test_nobody_is_forgotten_by_mistake(room: Path, ask: Ask, who: str) -> None:  # noqa: F811
    refused(ask(room, "erase", who), 1, "I know nobody called")
    refused(ask(room, "erase", "Ben", "--group", "Nowhere"), 1, "There is no group Nowhere")


def test_everything_on_a_person_is_written_for_them(room: Path, ask: Ask) -> None:  # noqa: F811
    found = json.loads(ask(room, "mydata", "Ben").out)
    assert [one["name"] for one in found["persons"]] == ["Ben"]
    assert ask(room, "mydata", "Ben", "--out", str(room / "ben.json")).out == ""
    assert json.loads((room / "ben.json").read_text()) == found


# -- the file of those who are forgotten ------------------------------------------------------------------------------


def test_a_backup_brings_nobody_back(room: Path, ask: Ask, tmp_path: Path) -> None:  # noqa: F811
    """Neither here, where their file lies, nor elsewhere with the file of a later backup."""
    old, later = tmp_path / "old", tmp_path / "later"
    assert ask(room, "backup", str(old)).code == 0
    assert not erased.beside(old).exists()
    ask(room, "erase", "Ben")
    assert ask(room, "backup", str(later)).code == 0
    refused(ask(room, "backup", str(later)), 1, "is already there")
    assert erased.beside(later).read_text() == (room / erased.NAME).read_text()
    assert erased.beside(later).stat().st_mode & 0o077 == 0
    shutil.copy(erased.beside(later), erased.beside(old))
    elsewhere = tmp_path / "elsewhere"
    assert ask(elsewhere, "restore", str(old)).code == 0
    assert b"Ben" not in kept(elsewhere)
    assert ask(elsewhere, "verify").code == 0
    # here, over what was there
    for one in room.glob("folkmoot.db*"):
        one.unlink()
    erased.beside(old).unlink()
    assert ask(room, "restore", str(old)).code == 0
    assert b"Ben" not in kept(room)


def test_a_copy_put_in_place_by_hand_shows_nobody_before_they_are_forgotten_again(
    room: Path,  # noqa: F811
    ask: Ask,  # noqa: F811
    tmp_path: Path,
) -> None:
    ask(room, "backup", str(tmp_path / "old"))
    ask(room, "erase", "Ben")
    for one in room.glob("folkmoot.db*"):
        one.unlink()
    shutil.copy(tmp_path / "old", room / "folkmoot.db")
    for words in (("verify",), ("export", "json"), ("mydata", "Ana")):
        refused(ask(room, *words), 1, "Somebody who was forgotten is back", "folkmoot migrate")
    assert b"Ben" in kept(room)
    ended = command(room, "chat", "--as", "Ana", typed="!members\n")
    assert "Facilitator: Ana" in ended.out
    assert "Ben" not in ended.out
    assert b"Ben" not in kept(room)
    assert ask(room, "verify").code == 0


def test_the_file_names_again_who_is_forgotten_here(room: Path, ask: Ask) -> None:  # noqa: F811
    """Somebody removed it, or it was left behind: the next start writes it anew."""
    ask(room, "erase", "Ben")
    before = set(erased.read(room / erased.NAME))
    (room / erased.NAME).unlink()
    assert ask(room, "migrate").code == 0
    assert set(erased.read(room / erased.NAME)) == before != set()


def test_a_start_is_told_by_a_process_too(room: Path, tmp_path: Path) -> None:  # noqa: F811
    assert command(room, "erase", "Ben", "--words").code == 0
    assert command(room, "verify").code == 0
    assert b"Ben" not in kept(room)
