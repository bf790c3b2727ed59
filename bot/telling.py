"""Telling: what the command line says, and in which one line and exit code a command ends that can't go on."""

import errno
import logging
import sys
from functools import cache
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from bot import words
from bot.config import Settings
from bot.tracing import without_words
from storage.store import NotDurable

log = structlog.get_logger()

REFUSED, WRONG = 1, 2
"""The exit codes: the thing asked about is not so, or can't be done; and: it was asked for wrongly."""


class Failure(Exception):  # noqa: N818 - an expected no, as a Refusal is in a chat
    """The command ends here, with this code; the text `cli-KEY` says why."""

    def __init__(self, code: int, key: str, *args: words.Argument) -> None:
        super().__init__(key)
        self.code = code
        self.key = key
        self.said_with = args


@cache
def settings() -> Settings:
    """The settings. Raises Failure for one that can't be read."""
    try:
        found = Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise Failure(WRONG, "bad-setting", _variable(first["loc"]), first["msg"]) from wrong
    if found.log_level.upper() not in logging.getLevelNamesMapping():
        raise Failure(WRONG, "bad-setting", _variable(("log_level",)), found.log_level)
    return found


def say(key: str, *args: words.Argument) -> str:
    """The text `cli-KEY`, in the language of the settings."""
    try:
        language = settings().language
    except Failure:
        language = "en"
    return words.say(language, f"cli-{key}", *args)


def listed(items: list[str]) -> str:
    """Several things in one sentence, in the language of the settings."""
    return words.joined(settings().language, items)


def log_to_stderr() -> None:
    """Set up both kinds of logging, once. What we log says where; what libraries log is passed on from WARNING up."""
    level = logging.getLevelNamesMapping()[settings().log_level.upper()]
    logging.basicConfig(level=max(level, logging.WARNING), format="%(levelname)s %(name)s: %(message)s")
    # Our one job tells its own faults; what is left is a complaint when a stop comes between.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                pad_event_to=0,
                exception_formatter=without_words,
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Asked for anew for each line: while a prompt is shown, standard error is another one.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def reason(fault: Exception) -> tuple[int, str]:
    """The exit code and the one line for whatever ended a command."""
    if isinstance(fault, Failure):
        return fault.code, say(fault.key, *fault.said_with)
    code, key, *args = _known(fault)
    return code, " ".join(say(key, *args).split())


def _known(fault: Exception) -> tuple[Any, ...]:
    match fault:
        case NotDurable():
            return REFUSED, "not-durable", str(fault)
        case DBAPIError() if not isinstance(fault, IntegrityError | DataError):  # those would be our own
            return REFUSED, "database", _first_line(fault.orig)
        case OSError():
            code = WRONG if fault.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR) else REFUSED
            return code, "file", str(fault.filename or "-"), fault.strerror or str(fault)
        case _:
            log.debug("fault", exc_info=fault)
            return REFUSED, "fault", f"{type(fault).__name__}: {_first_line(fault)}"


def _first_line(fault: BaseException | None) -> str:
    return str(fault).split("\n", 1)[0]


def _variable(field: tuple[int | str, ...]) -> str:
    return f"FOLKMOOT_{str(field[0]).upper()}" if field else ".env"
