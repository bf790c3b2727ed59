"""The file of those who are forgotten: kept on the disk, only added to, and read whatever a crash left of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import erased
from storage.erased import Forgotten

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
ONE, TWO = Forgotten("aa11", NOW, words=False), Forgotten("bb22", NOW, words=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / erased.NAME


def test_it_names_tokens_instants_and_words(file: Path) -> None:
    assert erased.read(file) == erased.read(None) == {}
    erased.add(file, [ONE, TWO])
    assert file.read_text() == "aa11 2026-03-02T18:00:00+00:00\nbb22 2026-03-02T18:00:00+00:00 words\n"
    assert erased.read(file) == {"aa11": False, "bb22": True}
    assert file.stat().st_mode & 0o077 == file.parent.stat().st_mode & 0o077 == 0


def test_who_is_in_it_is_not_added_again(file: Path) -> None:
    erased.add(file, [ONE, TWO])
    erased.add(file, [ONE, TWO, Forgotten("bb22", NOW, words=False), Forgotten("", NOW, words=True)])
    assert len(file.read_text().splitlines()) == 2
    erased.add(file, [Forgotten("aa11", NOW, words=True)])
    assert erased.read(file) == {"aa11": True, "bb22": True}


@pytest.mark.parametrize("cut", range(1, 32))
def test_a_line_that_was_cut_off_spoils_no_other(file: Path, cut: int) -> None:
    erased.add(file, [ONE, TWO])
    file.write_text(file.read_text()[:-cut])
    assert erased.read(file)["aa11"] is False
    erased.add(file, [TWO])
    assert erased.read(file)["bb22"] is True
    assert erased.read(file)["aa11"] is False


def test_what_is_no_line_of_it_says_nothing(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\n\xff\xfe \x00\nfoo\nfoo bar\nfoo bar words\ncc33 2026-03-02T18:00:00+00:00 x y z\n  \n")
    assert erased.read(file) == {}


def test_another_file_is_taken_over(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    erased.take_over(file, other)
    assert not file.exists()
    erased.add(file, [ONE])
    erased.add(other, [ONE, TWO])
    for _ in range(2):
        erased.take_over(file, other)
    assert erased.read(file) == {"aa11": False, "bb22": True}
    assert len(file.read_text().splitlines()) == 2
