"""The buttons people press, as one table: what each press looks like, and what it does."""

import re
from collections.abc import Callable

from adapters.base import Answer
from bot import doubting, kept
from bot.acts import (
    affiliates,
    alone,
    deciding,
    lessons,
    linking,
    logged,
    outcomes,
    peers,
    pressing,
    privacy,
    rooming,
    search,
    voting,
)
from bot.alike import asking
from bot.learning import interview
from bot.turn import Turn
from decisions.refusals import UnknownButton

Do = Callable[[Turn, int, re.Match[str]], Answer]

POLL = re.compile(r"p(?P<poll>\d{1,9}):(?P<act>.+)")

PRESSES: tuple[tuple[re.Pattern[str], Do], ...] = (
    (
        re.compile(r"(\d{1,3})(?:=(\d{1,4}))?"),
        lambda turn, poll, found: voting.press(turn, poll, int(found[1]), int(found[2] or 1)),
    ),
    (re.compile(r"undo=([0-9a-f]{12})"), lambda turn, poll, found: voting.undo(turn, poll, found[1])),
    (re.compile("retract"), lambda turn, poll, found: voting.pressed_retract(turn, poll)),
    (
        re.compile("worked|failed"),
        lambda turn, poll, found: outcomes.pressed_review(turn.there(), poll, did=found[0] == "worked"),
    ),
    (re.compile("reason(?:=([a-z]{1,20}))?"), lambda turn, poll, found: voting.pressed_reason(turn, poll, found[1] or "")),
    (re.compile("show"), lambda turn, poll, found: alone.show(turn.there(), poll)),
    (re.compile(r"talk=(\d{1,5})"), lambda turn, poll, found: alone.pressed_discussion(turn.there(), poll, int(found[1]))),
    (re.compile(r"mine(?:=(\d{1,3}))?"), lambda turn, poll, found: alone.ballot(turn, poll, int(found[1] or 0))),
    (
        re.compile(r"mine=(\d{1,3})\.(\d{1,4})"),
        lambda turn, poll, found: alone.mark(turn, poll, int(found[1]), int(found[2])),
    ),
    (re.compile("mine=none"), lambda turn, poll, found: alone.retract(turn, poll)),
    (re.compile("draft=([0-9a-f]{1,10})"), lambda turn, poll, found: alone.draft(turn, poll, int(found[1], 16))),
    (re.compile("cast=([0-9a-f]{1,10})"), lambda turn, poll, found: alone.cast(turn, poll, int(found[1], 16))),
    (re.compile("close"), lambda turn, poll, found: alone.ask_to_close(turn, poll)),
    (re.compile("close=now"), lambda turn, poll, found: deciding.pressed_close(turn, poll)),
    (
        re.compile(r"extend=(\d{1,2}[hdw])"),
        lambda turn, poll, found: deciding.pressed_extend(turn, poll, found[1]),
    ),
)  # fmt: skip
"""What stands behind `p7:` -> what it does. What comes back from a button is as untrusted as any text."""

BESIDES: tuple[tuple[re.Pattern[str], Callable[[Turn, re.Match[str]], Answer]], ...] = (
    (
        re.compile("room:([0-9a-f]{12}):(yes|no)"),
        lambda turn, found: rooming.pressed_answer(turn, found[1], found[2]),
    ),
    (re.compile(r"leave(\d{1,9}):yes"), lambda turn, found: rooming.pressed_leave(turn, int(found[1]))),
    (
        re.compile(r"log(\d{1,9}):(\d{1,6})(?:=(\d{1,9}))?"),
        lambda turn, found: logged.pressed(turn, int(found[1]), int(found[2]), int(found[3] or 0)),
    ),
    (re.compile(r"forget(\d{1,9}):(me|all)"), privacy.pressed),
    (
        re.compile(r"seat(\d{1,9}):(yes|no)"),
        lambda turn, found: affiliates.pressed(turn, int(found[1]), yes=found[2] == "yes"),
    ),
    (
        re.compile(r"link=([0-9a-f]{12}):(yes|no)"),
        lambda turn, found: linking.pressed(turn, found[1], found[2] == "yes"),
    ),
    (
        re.compile(r"find(\d{1,9}):(\d{1,6})"),
        lambda turn, found: search.pressed(turn, int(found[1]), int(found[2])),
    ),
    (
        re.compile(r"peer(\d{1,9}):(yes|no)"),
        lambda turn, found: peers.answered(turn, int(found[1]), yes=found[2] == "yes"),
    ),
    (re.compile(r"help(\d{1,9}):(end|renew)"), lambda turn, found: peers.pressed(turn, int(found[1]), found[2])),
    (doubting.PRESS, lambda turn, found: doubting.over()),
    (re.compile(r"sure(\d{1,9}):no"), lambda turn, found: doubting.declined(turn, int(found[1]))),
    (asking.PRESS, lambda turn, found: doubting.over()),
    (asking.JOIN, lambda turn, found: doubting.joined(turn, int(found["doubt"]), found["mark"])),
    (re.compile(r"sure(\d{1,9}):ask"), lambda turn, found: doubting.show(turn, int(found[1]))),
    (re.compile(r"sure(\d{1,9}):told"), lambda turn, found: kept.told(turn, int(found[1]))),
    (re.compile("learn:ask"), lambda turn, found: interview.ask(turn)),
    (re.compile(r"learn:more=(\d{1,9})"), lambda turn, found: interview.more(turn, int(found[1]))),
    (interview.PRESS, lambda turn, found: interview.pressed(turn, found["asked"], found["said"])),
    (
        re.compile(r"l(\d{1,9}):(worked|failed|show)"),
        lambda turn, found: lessons.pressed(turn, int(found[1]), found[2]),
    ),
    (re.compile(r"m(\d{1,9}):(.+)"), lambda turn, found: pressing.pressed(turn, int(found[1]), found[2])),
    (re.compile(r"a(\d{1,9}):(.+)"), lambda turn, found: pressing.pressed_action(turn, int(found[1]), found[2])),
)
"""The presses that are about no poll, whole."""

ALONE = re.compile(
    r"p\d{1,9}:(?:show|mine|reason(?:=[a-z]{1,20})?)|m\d{1,9}:(?:slots|show|ics)|sure\d{1,9}:ask|l\d{1,9}:show|learn:ask"
)
"""The presses that a link into the private chat may make for whoever follows it: they look or ask, and never vote."""


def press(turn: Turn, pressed: str) -> Answer:
    """Carry out a press. Raises UnknownButton."""
    found = POLL.fullmatch(pressed)
    for pattern, do in PRESSES if found else ():
        if found and (act := pattern.fullmatch(found["act"])):
            return do(turn, int(found["poll"]), act)
    for whole, do_it in BESIDES:
        if besides := whole.fullmatch(pressed):
            return do_it(turn, besides)
    raise UnknownButton
