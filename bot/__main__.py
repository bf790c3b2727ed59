"""The `folkmoot` command line: what can be asked for. Everything else is imported only when a command needs it."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click

FILE = click.Path(path_type=Path, allow_dash=True)
PATH = click.Path(path_type=Path)


def _version(asked: click.Context, option: click.Parameter, wanted: bool) -> None:
    if not wanted or asked.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("folkmoot")
    except PackageNotFoundError:  # run from a checkout that is not installed
        import tomllib

        found = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]["version"]
    click.echo(f"folkmoot {found}")
    asked.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show it.")
def folkmoot() -> None:
    """Folkmoot: a group proposes, discusses and decides in the chats it already uses.

    Every setting is an environment variable, or a line of .env, that begins with FOLKMOOT_. FOLKMOOT_DATA is the folder
    in which everything is kept (./data).
    """


@folkmoot.command()
def run() -> None:
    """Start the bot on every platform that has credentials; with none, the terminal room."""
    from bot.running import run_all

    run_all()


@folkmoot.command()
@click.option("--as", "name", metavar="NAME", default="", help="Who speaks at first.")
def chat(name: str) -> None:
    """Start the terminal room alone."""
    from bot.running import terminal_room
    from bot.telling import say

    terminal_room(name, say("terminal"))


@folkmoot.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def play(file: Path, as_json: bool) -> None:
    """Play a written conversation and print what the bot does.

    It runs on its own clock; FILE may be - for standard input. What an earlier play left in the database is replaced; a database in which people decide is never touched.
    """
    from bot.errands import play

    _end_with_the_reader()
    play(file, lambda shown: click.echo(shown.json() if as_json else shown.line()))


GROUP = click.option("--group", metavar="NAME", help="The group's name or number, where there are several.")


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which part of a record is wanted, the same everywhere."""
    day = "as in 2026-03-01, 2026-03 or 2026."
    for name, metavar, told in (
        ("language", "CODE", "In which language it is written; the group's otherwise."),
        ("kind", "KINDS", "Only these, with commas between: decisions, meetings, actions, lessons."),
        ("until", "DATE", f"Only what was decided, or begins, before the end of this day, {day}"),
        ("since", "DATE", f"Only what was decided, or begins, on this day or later, {day}"),
    ):
        command = click.option(f"--{name}", metavar=metavar, help=told)(command)
    return command


@folkmoot.command()
@click.argument("form", metavar="FORMAT")
@GROUP
@_filters
@click.option("--out", type=FILE, metavar="FILE", help="Where to write it; standard output otherwise.")
def export(form: str, group: str | None, out: Path | None, **filters: str | None) -> None:
    """Write a group's record as FORMAT: json, csv, md, wikitext, html or ics.

    csv is an archive of tables, html one of pages for a browser; with a folder as FILE, they are put there. ics has the
    meetings, for calendars.
    """
    from bot.exporting import exported

    _end_with_the_reader()
    made = exported(form, group, _given(filters), out)
    if made is not None:
        click.echo(made, nl=False)


@folkmoot.command()
@click.argument("words", nargs=-1, required=True)
@GROUP
@click.option("--page", type=int, default=1, metavar="NUMBER", help="Another page of what was found.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def search(words: tuple[str, ...], group: str | None, page: int, as_json: bool) -> int:
    """Find WORDS in decisions, reasons, discussions, minutes, actions and lessons of all groups.

    Each word counts in all its forms, "quoted words" to the letter. by:NAME, kind:lesson, since:2026-01, until:2026-06, affiliate:NAME, outcome:passed and group:NAME narrow it. It ends with 1 where nothing is found.
    """
    from bot.searchline import search

    _end_with_the_reader()
    return _told(*search(" ".join(words), group, page, as_json=as_json))


@folkmoot.group()
def publish() -> None:
    """Put a group's record where others read it."""


@publish.command()
@click.option("--page", metavar="TITLE", required=True, help="The page, as its title is written.")
@GROUP
@_filters
@click.option("--summary", metavar="WORDS", help="What the page's history says of it.")
@click.option("--create", is_flag=True, help="Make the page if there is none.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would stand between the markers.")
def wiki(page: str, group: str | None, summary: str | None, create: bool, dry_run: bool, **filters: str | None) -> None:
    """Write it between the two markers of a page of a wiki that runs MediaWiki.

    The rest of the page stays as it is. FOLKMOOT_WIKI_URL, FOLKMOOT_WIKI_USER and FOLKMOOT_WIKI_PASSWORD (a bot password) say where and as whom.
    """
    from bot.publishing import published

    told = published(page, group, _given(filters), summary, create=create, dry=dry_run)
    click.echo(told.text, nl=False) if told.text else None
    click.echo(told.line, err=bool(told.text))


@folkmoot.command()
@click.argument("meeting", metavar="MEETING")
@click.option("--form", metavar="FORM", default="md", help="md, html, wiki or json.")
@click.option("--log", is_flag=True, help="With all that was said in the rooms while it ran.")
@click.option("--group", metavar="NAME", help="The group's name or number, where there are several.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write it; standard output otherwise.")
def minutes(meeting: str, form: str, log: bool, group: str | None, out: Path | None) -> None:
    """Write the minutes of MEETING, as in M-3."""
    from bot.errands import minutes_of

    _end_with_the_reader()
    _written(minutes_of(meeting, form, group, log=log), out)


@folkmoot.command("import")
@click.argument("file", type=FILE)
@click.option("--group", metavar="NAME", help="The group's name or number, where there are several.")
@click.option("--name", metavar="NAME", required=True, help="What polls call the list.")
def import_(file: Path, group: str | None, name: str) -> int:
    """Take a list of voters over from a CSV FILE: account, affiliate, weight, note.

    FILE may be - for standard input. Where a line is wrong, nothing is taken over, and every such line is named.
    """
    from bot.errands import brought_in

    well, lines = brought_in(file, group, name)
    return _told(well, lines, err=not well)


@folkmoot.command()
def verify() -> int:
    """Check every journal, seal and outcome.

    Where something is wrong it says the first broken place, and ends with 1.
    """
    from bot.errands import verified

    return _told(*verified())


@folkmoot.command()
@click.argument("member")
@click.option("--words", is_flag=True, help="Also take out the words of their proposals.")
@click.option("--group", metavar="NAME", help="The group in which MEMBER is looked for.")
def erase(member: str, words: bool, group: str | None) -> None:
    """Forget MEMBER in every group: name, accounts, the words of reasons, remarks and concerns.

    MEMBER is a name, a member's number ('#12') or an account (matrix:@ana:example.org). Nothing is asked. What was counted stays.
    """
    from bot.errands import forgotten

    click.echo(forgotten(member, group, words=words))


@folkmoot.command()
@click.argument("member")
@click.option("--group", metavar="NAME", help="The group in which MEMBER is looked for.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write it; standard output otherwise.")
def mydata(member: str, group: str | None, out: Path | None) -> None:
    """Write everything that is stored on MEMBER, as JSON, to hand it to them."""
    from bot.errands import stored

    _end_with_the_reader()
    _written(stored(member, group), out)


@folkmoot.command("when")
@click.argument("text")
@click.option("--zone", metavar="ZONE", help="Where it is read, as in Europe/Berlin; that of the settings otherwise.")
@click.option("--lang", metavar="LANG", help="In which language, as in en; that of the settings otherwise.")
@click.option("--now", metavar="INSTANT", help="From when it is seen, as in 2026-12-01T18:00Z; now otherwise.")
@click.option("--json", "as_json", is_flag=True, help="One object, with every reading.")
def when_(text: str, zone: str | None, lang: str | None, now: str | None, as_json: bool) -> int:
    """Say which time TEXT means.

    Ends with 0 where that is certain, with 1 where the bot would ask back, or reads no time at all.
    """
    from bot.whens import read

    code, lines = read(text, zone, lang, now, as_json)
    return _told(code == 0, lines, err=code == 2 and not as_json)


@folkmoot.command()
def migrate() -> None:
    """Bring the database up to date.

    run, chat and play do it by themselves.
    """
    from bot.running import opened
    from bot.telling import say

    with opened():
        click.echo(say("migrated"))


@folkmoot.command()
@click.argument("file", type=PATH)
def backup(file: Path) -> None:
    """Copy the SQLite database to a new FILE.

    The bot may run meanwhile. For PostgreSQL there is pg_dump.
    """
    from bot.errands import back_up

    click.echo(back_up(file))


@folkmoot.command()
@click.argument("file", type=PATH)
def restore(file: Path) -> None:
    """Fill an empty SQLite database from a backup."""
    from bot.errands import bring_back

    click.echo(bring_back(file))


@folkmoot.command()
def doctor() -> int:
    """Check the settings, the database and the machine."""
    from bot.doctor import examined

    return _told(*examined())


def main() -> NoReturn:
    """Run the command line and end with its exit code; whatever goes wrong is told in one line."""
    for one in (sys.stdout, sys.stderr):
        if isinstance(one, TextIOWrapper):
            one.reconfigure(encoding=None if one.isatty() else "utf-8", errors="replace")
    sys.exit(_code())


def _code() -> int:
    try:
        return int(folkmoot.main(prog_name="folkmoot", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as helped:
        click.echo(helped.format_message())
        return 0
    except click.ClickException as wrong:
        _complain(wrong.format_message())
        return wrong.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at its end
        return 1
    except Exception as fault:
        from bot.telling import reason

        code, why = reason(fault)
        _complain(why)
        return code


def _given(filters: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in filters.items() if value is not None}


def _complain(why: str) -> None:
    click.echo(f"folkmoot: {' '.join(why.split())}", err=True)


def _told(well: bool, lines: Iterable[str], *, err: bool = False) -> int:
    for line in lines:
        click.echo(line, err=err)
    return 0 if well else 1


def _written(text: str, out: Path | None) -> None:
    from bot.errands import write

    if out is None or str(out) == "-":
        click.echo(text.encode(), nl=False)
    else:
        write(out, text)


def _end_with_the_reader() -> None:
    """Where our output is piped into something that has read enough, end as other programs do."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


if __name__ == "__main__":
    main()
