"""The `folkmoot` command line: what can be asked for. Everything else is imported only when a command needs it."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click

from bot import recordline
from bot.printing import complain, end_with_the_reader, tell
from bot.recordline import FILE, GROUP

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

    end_with_the_reader()
    play(file, lambda shown: click.echo(shown.json() if as_json else shown.line()))


@folkmoot.command("import")
@click.argument("file", type=FILE)
@GROUP
@click.option("--name", metavar="NAME", required=True, help="What polls call the list.")
def import_(file: Path, group: str | None, name: str) -> int:
    """Take a list of voters over from a CSV FILE: account, affiliate, weight, note.

    FILE may be - for standard input. Where a line is wrong, nothing is taken over, and every such line is named.
    """
    from bot.errands import brought_in

    well, lines = brought_in(file, group, name)
    return tell(well, lines, err=not well)


@folkmoot.command()
def verify() -> int:
    """Check every journal, seal and outcome.

    Where something is wrong it says the first broken place, and ends with 1.
    """
    from bot.errands import verified

    return tell(*verified())


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
    return tell(code == 0, lines, err=code == 2 and not as_json)


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

    return tell(*examined())


for one in recordline.COMMANDS:
    folkmoot.add_command(one)


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
        complain(wrong.format_message())
        return wrong.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at its end
        return 1
    except Exception as fault:
        from bot.telling import reason

        code, why = reason(fault)
        complain(why)
        return code


if __name__ == "__main__":
    main()
