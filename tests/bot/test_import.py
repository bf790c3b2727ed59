"""A list of voters from the command line: a file, or what is typed in."""

import shutil
from pathlib import Path

import pytest

from tests.bot.test_main import CONVERSATION, Ask, ask, command  # noqa: F401 - a fixture


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a group has decided something, to be copied."""
    data = tmp_path_factory.mktemp("decided") / "data"
    assert command(data, "play", "-", typed=CONVERSATION).code == 0
    return data


@pytest.fixture
def data(decided: Path, tmp_path: Path) -> Path:
    return shutil.copytree(decided, tmp_path / "data")


def test_a_file_is_taken_over(data: Path, ask: Ask) -> None:  # noqa: F811
    file = data.parent / "board.csv"
    file.write_text("account;weight\nben;2\n@dee:example.org;\n", "utf-8-sig")
    ended = ask(data, "import", str(file), "--name", "board", "--group", "Partnerships")
    assert (ended.code, ended.error) == (0, "")
    assert ended.out == "The list board has 2 lines now; one person became members with it.\n"
    assert ask(data, "verify").code == 0


def test_each_bad_line_is_named(data: Path, ask: Ask) -> None:  # noqa: F811
    ended = ask(data, "import", "-", "--name", "board", typed="account,weight\nben,2\nnobody,1\nana,x\n")
    assert ended.code == 1
    assert [line.partition(":")[0] for line in ended.error.splitlines()] == [
        "Nothing was taken over. Please mend these lines and send it again",
        "Line 3",
        "Line 4",
    ]


@pytest.mark.parametrize(
    ("raw", "code", "why"),
    [
        (b"account\n" + b"x" * 1_000_000, 1, "That is too large: 1,000,000 bytes are the most."),
        (b"account\n\xff\xfe", 2, "is not a text in UTF-8."),
        (b"", 1, "There is nobody on that list."),
    ],
)
def test_what_is_no_list_is_refused(data: Path, ask: Ask, raw: bytes, code: int, why: str) -> None:  # noqa: F811
    file = data.parent / "board.csv"
    file.write_bytes(raw)
    ended = ask(data, "import", str(file), "--name", "board")
    assert ended.code == code
    assert why in ended.out + ended.error
