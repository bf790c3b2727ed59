"""The commands of `folkmoot` that write something of the record out: a file, a wiki page, minutes, what is found in it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from bot.printing import end_with_the_reader, hand_over, tell

FILE = click.Path(path_type=Path, allow_dash=True)
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


@click.command()
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

    end_with_the_reader()
    made = exported(form, group, _given(filters), out)
    if made is not None:
        click.echo(made, nl=False)


@click.command()
@click.argument("words", nargs=-1, required=True)
@GROUP
@click.option("--page", type=click.IntRange(min=1), default=1, metavar="NUMBER", help="Another page of what was found.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def search(words: tuple[str, ...], group: str | None, page: int, as_json: bool) -> int:
    """Find WORDS in decisions, reasons, discussions, minutes, actions and lessons of all groups.

    Each word counts in all its forms, "quoted words" to the letter. by:NAME, kind:lesson, since:2026-01, until:2026-06, affiliate:NAME, outcome:passed and group:NAME narrow it. It ends with 1 where nothing is found.
    """
    from bot.searchline import search

    end_with_the_reader()
    return tell(*search(" ".join(words), group, page, as_json=as_json))


@click.group(no_args_is_help=False)
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


@click.command()
@click.argument("meeting", metavar="MEETING")
@click.option("--form", metavar="FORM", default="md", help="md, html, wiki or json.")
@click.option("--log", is_flag=True, help="With all that was said in the rooms while it ran.")
@GROUP
@click.option("--out", type=FILE, metavar="FILE", help="Where to write it; standard output otherwise.")
def minutes(meeting: str, form: str, log: bool, group: str | None, out: Path | None) -> None:
    """Write the minutes of MEETING, as in M-3."""
    from bot.errands import minutes_of

    end_with_the_reader()
    hand_over(minutes_of(meeting, form, group, log=log), out)


@click.command()
@click.argument("member")
@click.option("--group", metavar="NAME", help="The group in which MEMBER is looked for.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write it; standard output otherwise.")
def mydata(member: str, group: str | None, out: Path | None) -> None:
    """Write everything that is stored on MEMBER, as JSON, to hand it to them."""
    from bot.errands import stored

    end_with_the_reader()
    hand_over(stored(member, group), out)


def _given(filters: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in filters.items() if value is not None}


COMMANDS: tuple[click.Command, ...] = (export, search, publish, minutes, mydata)
