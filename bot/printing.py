"""How the command line prints: lines, a whole text, and what went wrong."""

import signal
from collections.abc import Iterable
from pathlib import Path

import click


def tell(well: bool, lines: Iterable[str], *, err: bool = False) -> int:
    """Print lines and give the exit code: whether all is well."""
    for line in lines:
        click.echo(line, err=err)
    return 0 if well else 1


def hand_over(text: str, out: Path | None) -> None:
    """Print a text, or write it to a file."""
    from bot.errands import write

    if out is None or str(out) == "-":
        click.echo(text.encode(), nl=False)
    else:
        write(out, text)


def complain(why: str) -> None:
    """Say in one line what went wrong."""
    click.echo(f"folkmoot: {' '.join(why.split())}", err=True)


def end_with_the_reader() -> None:
    """Where our output is piped into something that has read enough, end as other programs do."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
