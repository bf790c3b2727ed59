"""The command line as people and scripts use it: the real command, in a folder of its own.

A process takes a second to start, so what needs none is asked for in ours, through the same `main`.
"""

import json
import os
import pty
import select
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from fcntl import ioctl
from io import BytesIO, TextIOWrapper
from pathlib import Path
from termios import TIOCSWINSZ

import pytest
import structlog

from bot import telling
from bot.__main__ import main
from bot.publishing.markers import BEGIN, END
from tests.bot.mediawiki import PASSWORD, MediaWiki, served

FOLKMOOT = (sys.executable, "-m", "bot")
ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which a command that says nothing has failed; none takes that long."""

CONVERSATION = """\
group "Partnerships" zone Europe/Berlin language en
room general matrix
2026-03-02T18:00:00Z ana@general> !propose --for 2d Translate the statement
2026-03-02T18:05:00Z ben@general> !agree P-1 We did this in 2019
2026-03-05T00:00:00Z
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    error: str


Ask = Callable[..., Ended]


def environment(data: Path, **settings: str) -> dict[str, str]:
    """Ours, with the settings of this test alone."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")}
    said = {f"FOLKMOOT_{name}": value for name, value in settings.items()}
    return own | {"PYTHONPATH": str(ROOT), "FOLKMOOT_DATA": str(data)} | said


def command(data: Path, *words: str, typed: str = "", **settings: str) -> Ended:
    """Run the command in the folder that holds `data`, with something typed into it."""
    ended = subprocess.run(
        [*FOLKMOOT, *words],
        input=typed.encode(),
        capture_output=True,
        env=environment(data, **settings),
        cwd=data.parent,
        timeout=PATIENCE,
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Ask]:
    """The same as `command`, without a process."""
    before = signal.getsignal(signal.SIGPIPE)

    def asked(data: Path, *words: str, typed: str = "", **settings: str) -> Ended:
        for name, value in environment(data, **settings).items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(data.parent)
        monkeypatch.setattr(sys, "argv", ["folkmoot", *words])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(typed.encode())))
        telling.settings.cache_clear()
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, *capsys.readouterr())

    yield asked
    telling.settings.cache_clear()
    structlog.reset_defaults()
    signal.signal(signal.SIGPIPE, before)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a terminal room in which D-1 was decided by two people; and the words that it came out with."""
    data = tmp_path_factory.mktemp("decided") / "data"
    typed = "!propose A coffee machine\\\nwith beans\n+1\n/as Ben\n[p1:0]\n!foo\n/as Ana\n!close P-1\n"
    ended = command(data, "chat", "--as", "Ana", typed=typed)
    assert (ended.code, ended.error) == (0, "")
    (data / "said").write_text(ended.out)
    return data


@pytest.fixture
def room(decided: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(decided, tmp_path / "data"))


def refused(ended: Ended, code: int, *said: str) -> None:
    """It ended with this code, and one line of complaint in which all of this is said."""
    assert ended.code == code
    assert ended.error.startswith("folkmoot: ")
    assert ended.error.count("\n") == 1
    for one in said:
        assert one in ended.error
    assert ended.out == ""


# -- help -------------------------------------------------------------------------------------------------------------


def test_help_names_every_command(tmp_path: Path) -> None:
    ended = command(tmp_path / "data", "--help")
    assert ended.code == 0
    for one in (
        "run",
        "chat",
        "play",
        "export",
        "publish",
        "minutes",
        "verify",
        "migrate",
        "backup",
        "restore",
        "erase",
        "mydata",
        "doctor",
        "--version",
    ):
        assert f"\n  {one} " in ended.out


def test_help_needs_none_of_what_the_bot_needs() -> None:
    known = subprocess.run(
        [sys.executable, "-c", "import sys, bot.__main__; print(*sys.modules)"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    ).stdout.split()
    assert not {"sqlalchemy", "pydantic", "babel", "prompt_toolkit", "structlog"} & set(known)


def test_the_version_is_the_one_in_pyproject(ask: Ask, tmp_path: Path) -> None:
    ended = ask(tmp_path, "--version")
    assert f'version = "{ended.out.split()[1]}"' in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("play",),
        ("run", "--loud"),
        ("publish",),
        ("search", "words", "--page", "0"),
        ("when", "tomorrow", "--zone", "Foo"),
    ],
)
def test_wrong_usage_is_told_in_one_line(ask: Ask, tmp_path: Path, words: tuple[str, ...]) -> None:
    refused(ask(tmp_path, *words), 2)


# -- the terminal room ------------------------------------------------------------------------------------------------


def test_run_without_credentials_says_how_to_connect_and_ends_with_its_input(ask: Ask, tmp_path: Path) -> None:
    ended = command(tmp_path / "data", "run")
    assert (ended.code, ended.error) == (0, "")
    for one in ("TELEGRAM_TOKEN", "MATRIX_HOMESERVER", "MATRIX_USER", "MATRIX_PASSWORD"):
        assert f"FOLKMOOT_{one}" in ended.out
    assert "@BotFather" in ended.out
    refused(ask(tmp_path / "data", "export", "json"), 1, "folkmoot chat")


def test_half_an_account_is_told_before_anything_is_up(ask: Ask, tmp_path: Path) -> None:
    ended = ask(tmp_path / "data", "run", MATRIX_HOMESERVER="http://127.0.0.1:9")
    refused(ended, 2, "FOLKMOOT_MATRIX_USER", "FOLKMOOT_MATRIX_TOKEN")


def test_a_piped_session_reads_as_a_conversation(decided: Path) -> None:
    lines = (decided / "said").read_text().splitlines()
    lines = lines[lines.index("│ P-1 · A coffee machine") - 1 :]
    assert lines[0].startswith("→ P-1 is open until ")
    assert lines[1:5] == ["│ P-1 · A coffee machine", "│ with beans", "│ Put by Ana · consensus", "│ agree 0"]
    said = "\n".join(lines)
    for earlier, later in (
        ("[agree 0 · p1:0]", "→ Counted on P-1: agree."),
        ("→ Counted on P-1: agree.", "│   agree 1: Ana"),
        ("│   agree 1: Ana", "│   agree 2: Ana, Ben"),
        ("│   agree 2: Ana, Ben", "→ I do not know “foo”"),
        ("→ I do not know “foo”", "│ D-1 · A coffee machine\n│ Passed: 2 agree"),
    ):
        assert said.index(earlier) < said.index(later)


def test_a_terminal_edits_its_line_and_completes_words(tmp_path: Path) -> None:
    with Screen(tmp_path / "data", "chat", "--as", "Ana") as screen:
        screen.waits_for("Ana>")
        screen.types("!propos\t Tea\\\r")
        screen.waits_for("…")
        screen.types("Green\r")
        screen.waits_for("p1:0]")
        screen.types("/as Ben\r")
        screen.waits_for("Ben>")
        screen.types("[p1:0]\r")
        screen.waits_for("agree 1: Ben")
        screen.types("\x04")
        assert screen.ends() == 0
    assert "+!propose Tea\\\n" in (tmp_path / "data" / "terminal-history").read_text()


def test_an_interrupt_stops_it_in_order(tmp_path: Path) -> None:
    with Screen(tmp_path / "data", "chat", "--as", "Ana") as screen:
        screen.waits_for("Ana>")
        screen.process.send_signal(signal.SIGINT)
        assert screen.ends() == 0
        assert "Traceback" not in screen.seen


def test_a_pipe_that_stays_silent_keeps_nobody_from_stopping_it(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*FOLKMOOT, "chat", "--as", "Ana"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path / "data"),
        cwd=tmp_path,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"!propose Tea\n")
    process.stdin.flush()
    for line in process.stdout:
        if b"p1:0]" in line:
            break
    process.terminate()
    _, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, error) == (0, b"")


# -- looking at what is kept ------------------------------------------------------------------------------------------


def test_what_was_decided_is_exported(decided: Path) -> None:
    ended = command(decided, "export", "json")
    assert (ended.code, ended.error) == (0, "")
    (decision,) = json.loads(ended.out)["decisions"]
    assert (decision["title"], decision["outcome"], decision["turnout"]) == ("A coffee machine", "passed", 2)


def test_an_export_is_written_into_a_file(ask: Ask, room: Path) -> None:
    file = room.parent / "decisions.json"
    ended = ask(room, "export", "json", "--group", "TERMINAL", "--since", "2999-01-01", "--out", str(file))
    assert ended == Ended(0, "", "")
    assert json.loads(file.read_text("utf-8"))["decisions"] == []
    assert not list(file.parent.glob(".*"))


def test_meetings_are_exported_for_calendars(ask: Ask, decided: Path) -> None:
    ended = ask(decided, "export", "ics")
    assert (ended.code, ended.error) == (0, "")
    assert ended.out.startswith("BEGIN:VCALENDAR")
    assert ended.out.rstrip().endswith("END:VCALENDAR")


def test_an_export_is_a_part_of_the_record(ask: Ask, decided: Path) -> None:
    only = json.loads(ask(decided, "export", "json", "--kind", "meetings", "--language", "fr").out)
    assert (only["decisions"], only["meetings"]) == ([], [])
    assert "# Les archives de" in ask(decided, "export", "md", "--language", "fr").out
    assert "coffee" in ask(decided, "export", "md", "--since", "2026", "--until", "2999").out
    assert "coffee" not in ask(decided, "export", "md", "--until", "2020-05").out


def test_several_files_go_into_a_folder_or_an_archive(ask: Ask, room: Path) -> None:
    folder, archive = room.parent / "tables", room.parent / "tables.zip"
    for out in (folder, archive):
        assert ask(room, "export", "csv", "--out", str(out)) == Ended(0, "", "")
    with zipfile.ZipFile(archive) as opened:
        assert sorted(opened.namelist()) == sorted(one.name for one in folder.iterdir())
        assert opened.read("decisions.csv") == (folder / "decisions.csv").read_bytes()
    assert "A coffee machine" in (folder / "decisions.csv").read_text("utf-8")


def test_a_record_is_published_on_a_wiki(ask: Ask, decided: Path) -> None:
    wiki, page = MediaWiki(), ("publish", "wiki", "--page", "Decisions")
    refused(ask(decided, *page), 2, "FOLKMOOT_WIKI_URL", "Special:BotPasswords")
    alone = ask(decided, *page, "--dry-run")
    assert alone.code == 0
    assert alone.error.endswith(
        "I did not look at the page itself, for I do not know which wiki. Nothing was written.\n"
    )
    with served(wiki) as url:
        account = {"WIKI_URL": url, "WIKI_USER": "Folkmoot@publishing", "WIKI_PASSWORD": PASSWORD}
        refused(ask(decided, *page, **account), 1, "--create", BEGIN)
        dry = ask(decided, *page, "--dry-run", "--create", **account)
        assert "=== D-1 · A coffee machine ===" in dry.out
        assert dry.out == alone.out
        assert "Nothing was written" in dry.error
        first = ask(decided, *page, "--create", "--summary", "As agreed", **account)
        assert (first.code, first.error) == (0, "")
        assert "for its members" in first.out  # nobody has opened its log
        assert "nothing to change" in ask(decided, *page, **account).out
        refused(ask(decided, *page, "--until", "soon", **account), 2, "soon")
    assert [one.summary for one in wiki.pages["Decisions"]] == ["As agreed"]
    assert wiki.text("Decisions") == f"{BEGIN}\n{dry.out.strip()}\n{END}"


def test_an_export_that_cannot_be_is_refused(ask: Ask, decided: Path) -> None:
    refused(ask(decided, "export", "xml"), 2, "xml", "json, csv")
    refused(ask(decided, "export", "json", "--group", "nobody"), 1, "nobody", "terminal")
    refused(ask(decided, "export", "json", "--since", "yesterday"), 2, "yesterday")
    refused(ask(decided, "export", "json", "--kind", "votes"), 2, "votes", "decisions")
    nowhere = decided / "nowhere" / "record.json"
    refused(ask(decided, "export", "json", "--out", str(nowhere)), 2, f"folkmoot: {nowhere}: ")
    refused(ask(decided, "minutes", "M-9"), 1, "There is no meeting M-9 in this group: none has begun yet.")


def test_the_minutes_of_a_meeting_are_written(ask: Ask, room: Path) -> None:
    typed = "!startmeeting Beans\n#topic Which\n#agreed The dark ones\n#action Ana: buy them\n!endmeeting\n"
    assert command(room, "chat", "--as", "Ana", typed=typed).code == 0
    for named in ("M-1", "m1", "1"):
        ended = ask(room, "minutes", named)
        assert (ended.code, ended.error) == (0, "")
        assert "# M-1 · Beans" in ended.out
        assert "- The dark ones (Ana)" in ended.out
    written = json.loads(ask(room, "minutes", "M-1", "--form", "json", "--out", "-").out)
    assert (written["actions_of"], len(written["log"])) == ({"Ana": ["A-1"]}, 4)
    assert "The dark ones" not in ask(room, "minutes", "M-1").out.partition("## Agreed")[0].partition("## Topics")[0]
    assert "#topic Which" in ask(room, "minutes", "M-1", "--form", "html", "--log").out
    refused(ask(room, "minutes", "M-2"), 1, "M-2", "M-1")
    refused(ask(room, "minutes", "M-1", "--form", "pdf"), 2, "pdf", "md, html, wiki, and json")


def test_of_several_groups_one_has_to_be_named(ask: Ask, room: Path) -> None:
    with closing(sqlite3.connect(room / "folkmoot.db")) as database, database:
        database.execute(
            "INSERT INTO groups (id, name, zone, language, head, lines, made_at)"
            " SELECT 2, 'Choir', zone, language, '', 0, made_at FROM groups"
        )
    refused(ask(room, "export", "json"), 2, "terminal", "Choir", "--group")
    for name in ("2", "choir"):
        assert json.loads(ask(room, "export", "json", "--group", name).out)["group"] == "Choir"


def test_what_is_in_order_is_said_to_be(ask: Ask, decided: Path) -> None:
    ended = ask(decided, "verify")
    assert (ended.code, ended.error) == (0, "")
    assert "all in order" in ended.out


def test_what_was_changed_behind_the_back_is_found(ask: Ask, room: Path) -> None:
    with closing(sqlite3.connect(room / "folkmoot.db")) as database, database:
        database.execute("""UPDATE ballots SET marks = '{"block":1}' WHERE member_id = 2""")
    ended = ask(room, "verify")
    assert ended.code == 1
    assert "terminal, P-1, ballot" in ended.out


def test_looking_makes_nothing(ask: Ask, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for words in (("export", "json"), ("verify",), ("backup", "copy")):
        refused(ask(data, *words), 1, "no database")
    assert ask(data, "doctor").code == 0
    assert not data.exists()


# -- written conversations --------------------------------------------------------------------------------------------


def test_a_conversation_is_played_again_from_a_clean_start(ask: Ask, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (tmp_path / "story").write_text(CONVERSATION)
    first = command(data, "play", "story")
    assert (first.code, first.error) == (0, "")
    assert "2026-03-04T18:00:00Z general> D-1 · Translate the statement\n  Passed" in first.out
    command(data, "run")
    assert ask(data, "play", "-", typed=CONVERSATION) == first
    assert ask(data, "verify").code == 0
    shown = [json.loads(line) for line in ask(data, "play", "--json", "story").out.splitlines()]
    assert [one["kind"] for one in shown] == ["private", "send", "private", "edit", "send", "private", "edit", "send"]
    assert shown[1]["buttons"][0] == {"label": "agree 0", "press": "p1:0"}


def test_once_people_have_spoken_nothing_is_played_any_more(ask: Ask, tmp_path: Path) -> None:
    data = tmp_path / "data"
    ask(data, "play", "-", typed=CONVERSATION)
    command(data, "chat", typed="hello\n")
    refused(ask(data, "play", "-", typed=CONVERSATION), 1, "FOLKMOOT_DATA=")


def test_a_conversation_that_cannot_be_read_is_refused_with_its_line(ask: Ask, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (tmp_path / "story").write_text(CONVERSATION + "what?\n")
    refused(ask(data, "play", "story"), 2, "line 6")
    refused(ask(data, "play", "nowhere"), 2, "nowhere")
    assert not data.exists()


def test_a_conversation_is_never_played_over_what_people_decided(ask: Ask, room: Path) -> None:
    before = ask(room, "export", "md")
    refused(ask(room, "play", "-", typed=CONVERSATION), 1, "FOLKMOOT_DATA=")
    assert ask(room, "export", "md") == before


# -- the database -----------------------------------------------------------------------------------------------------


def test_a_backup_brings_everything_back(ask: Ask, decided: Path, tmp_path: Path) -> None:
    data, copy = tmp_path / "data", str(tmp_path / "copy")
    assert ask(decided, "backup", copy).code == 0
    refused(ask(decided, "backup", copy), 1, copy)
    refused(ask(decided, "restore", copy), 1, "not empty")
    refused(ask(data, "restore", "nowhere"), 2, "nowhere")
    assert ask(data, "restore", copy).code == 0
    assert ask(data, "export", "md") == ask(decided, "export", "md")
    assert ask(data, "verify").code == 0


def test_a_database_that_does_not_answer_is_told_in_one_line(tmp_path: Path) -> None:
    ended = command(tmp_path / "data", "run", DATABASE_URL="postgresql+psycopg://a:hidden@127.0.0.1:1/a")
    refused(ended, 1, "127.0.0.1")
    assert "hidden" not in ended.error


@pytest.mark.parametrize("url", ["mysql://a:hidden@b/c", "nonsense"])
def test_another_kind_of_database_is_wrong_usage(ask: Ask, tmp_path: Path, url: str) -> None:
    ended = ask(tmp_path / "data", "migrate", DATABASE_URL=url)
    refused(ended, 2, "FOLKMOOT_DATABASE_URL")
    assert "hidden" not in ended.error


def test_a_setting_that_cannot_be_read_is_named(ask: Ask, tmp_path: Path) -> None:
    refused(ask(tmp_path / "data", "migrate", LOG_LEVEL="loud"), 2, "FOLKMOOT_LOG_LEVEL", "loud")


def test_the_doctor_says_of_each_thing_how_it_is(ask: Ask, decided: Path) -> None:
    ended = ask(decided, "doctor")
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 9
    ended = ask(decided, "doctor", ZONE="Mars/Crater", DATABASE_URL="sqlite:////nowhere/folkmoot.db")
    assert ended.code == 1
    assert "Mars/Crater" in ended.out


# -- a terminal of our own --------------------------------------------------------------------------------------------


class Screen:
    """The command in a pseudo-terminal: what is typed into it, and what comes to be seen."""

    def __init__(self, data: Path, *words: str) -> None:
        self.seen = ""
        self._ours, theirs = pty.openpty()
        ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        more = {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}  # nobody here answers where the cursor is
        self.process = subprocess.Popen(
            [*FOLKMOOT, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(data) | more,
            cwd=data.parent,
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def types(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def waits_for(self, text: str) -> None:
        """Read on until this stands there, after all that was waited for before."""
        while text not in self.seen:
            part = self._part()
            assert part, f"no {text!r} after {self.seen!r}"
            self.seen += part
        self.seen = self.seen.split(text, 1)[1]

    def ends(self) -> int:
        """Its exit code, all that it said last being seen."""
        while part := self._part():
            self.seen += part
        return self.process.wait(PATIENCE)

    def _part(self) -> str:
        ready, _, _ = select.select([self._ours], [], [], PATIENCE)
        try:
            return os.read(self._ours, 65_536).decode(errors="replace") if ready else ""
        except OSError:  # Linux says so at the end
            return ""
