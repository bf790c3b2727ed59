"""Settings: what a group decides about itself, by whoever facilitates it, each on the journal with its author."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from adapters.base import Answer, Verdict
from bot import when, words
from bot.arguments import usual_terms
from bot.arriving import name_of
from bot.notices import tell_room
from bot.turn import Standing, Turn
from decisions import groups, participation, quiet
from decisions.model import Group, Openness, Proposers
from decisions.refusals import EmptyText, NoDuration, UnknownHours, UnknownLanguage, UnknownReminder, UnknownSetting
from decisions.wording import DASHES
from storage import finding

LONGEST_REMINDER = 14 * 24
"""Hours before a close."""

NOTHING = ("none", "off", "no")

W = TypeVar("W", Openness, Proposers)


def group(turn: Turn, given: str) -> Answer:
    """`group`: all that is set; `group KEY VALUE`: set it, by a facilitator."""
    word, _, rest = given.strip().partition(" ")
    standing = turn.here()
    if not word:
        return shown(turn, standing)
    said = {turn.reader.say(f"setting-{one}"): one for one in SETTERS}
    key = (said | {one: one for one in SETTERS}).get(word.casefold())
    if key is None:
        raise UnknownSetting(word[:40], tuple(said))
    return change(turn, key, rest.strip())


def change(turn: Turn, key: str, given: str) -> Answer:
    """Set one thing, and show how all is set now."""
    standing = turn.here()
    turn.check_facilitates_all(standing)
    changed = SETTERS[key](turn, standing.group, given)
    turn.apply(groups.change(standing.group, changed, key, by=standing.member), standing)
    if changed.openness is Openness.PUBLIC and standing.group.openness is not Openness.PUBLIC:
        for room in finding.rooms(turn.work, changed.id):
            tell_room(turn.work, room, "notice-log-public")
    return turn.done("ack-group", _line(turn, changed, key))


def shown(turn: Turn, standing: Standing) -> Answer:
    """All the settings of a group."""
    one = standing.group
    lines = [_line(turn, one, key) for key in SETTERS]
    lines = [turn.reader.say("group-heading", one.name), *lines, turn.reader.say("group-next")]
    return Answer(Verdict.DONE, "\n".join(lines), looked=True)


# -- what is set, and how it is said ----------------------------------------------------------------------------------


def _name(turn: Turn, one: Group, given: str) -> Group:
    if not name_of(given, ""):
        raise EmptyText("group name")
    return replace(one, name=name_of(given, ""))


def _zone(turn: Turn, one: Group, given: str) -> Group:
    zone = when.zone(given)
    return replace(one, zone=zone, pictured_at=one.pictured_at and participation.next_picture(turn.now, zone))


def _language(turn: Turn, one: Group, given: str) -> Group:
    return replace(one, language=_known(given))


def _languages(turn: Turn, one: Group, given: str) -> Group:
    codes = () if _none(turn, given) else re.split(r"[\s,;،؛]+", given.strip(" ,;،؛"))
    return replace(one, languages=tuple(dict.fromkeys(_known(code) for code in codes)))


def _none(turn: Turn, given: str) -> bool:
    return given.casefold() in (*NOTHING, turn.reader.say("group-none").casefold())


def _known(code: str) -> str:
    if code.casefold() not in words.languages():
        raise UnknownLanguage(code[:40], words.languages())
    return code.casefold()


def _usual(turn: Turn, one: Group, given: str) -> Group:
    said = "" if _none(turn, given) else usual_terms(given, turn.reader.zone, turn.now)
    return replace(one, usual=said)


def _propose(turn: Turn, one: Group, given: str) -> Group:
    return replace(one, proposers=_way(turn, "proposers", Proposers, given))


def _quiet(turn: Turn, one: Group, given: str) -> Group:
    return replace(one, quiet="" if _none(turn, given) else _span(given))


def _span(given: str) -> str:
    """`22-7` and `22:00-7:00` as `22:00-07:00`. Raises UnknownHours."""
    hours = quiet.read("".join(given.translate(DASHES).split()))
    if hours is None:
        raise UnknownHours(given[:40])
    begins, ends = hours
    return f"{begins:%H:%M}-{ends:%H:%M}"


def _remind(turn: Turn, one: Group, given: str) -> Group:
    if _none(turn, given):
        return replace(one, remind_hours=0)
    try:
        hours = when.duration(given, turn.reader.language).total_seconds() / 3600
    except NoDuration:
        return replace(one, remind_hours=0)
    if not 1 <= hours <= LONGEST_REMINDER or hours % 1:
        raise UnknownReminder(given[:40], LONGEST_REMINDER)
    return replace(one, remind_hours=int(hours))


def _picture(turn: Turn, one: Group, given: str) -> Group:
    if given.casefold() not in ("on", "off"):
        raise UnknownSetting(given[:40], ("on", "off"))
    wanted = one.pictured_at or participation.next_picture(turn.now, one.zone)
    return replace(one, pictured_at=wanted if given.casefold() == "on" else None)


def _log(turn: Turn, one: Group, given: str) -> Group:
    return replace(one, openness=_way(turn, "openness", Openness, given))


def _way(turn: Turn, setting: str, ways: type[W], given: str) -> W:
    """One of the ways that a setting has, said in the reader's language or in English."""
    said = {turn.reader.say(f"{setting}-{one.value}").casefold(): one for one in ways}
    way = (said | {one.value: one for one in ways}).get(given.casefold())
    if way is None:
        raise UnknownSetting(given[:40], tuple(said))
    return way


SETTERS: dict[str, Callable[[Turn, Group, str], Group]] = {
    "name": _name,
    "zone": _zone,
    "language": _language,
    "languages": _languages,
    "usual": _usual,
    "propose": _propose,
    "quiet": _quiet,
    "remind": _remind,
    "picture": _picture,
    "log": _log,
}
"""What can be set -> the group with what was given. A language has its own word for each, in `setting-KEY`."""


def _line(turn: Turn, one: Group, key: str) -> str:
    """One setting, by the word that changes it."""
    return turn.reader.say("group-line", turn.reader.say(f"setting-{key}"), _value(turn, one, key))


def _value(turn: Turn, one: Group, key: str) -> object:
    values: dict[str, object] = {
        "name": one.name,
        "zone": one.zone,
        "language": _called(turn, one.language),
        "languages": tuple(_called(turn, code) for code in one.languages),
        "usual": one.usual,
        "propose": turn.reader.say(f"proposers-{one.proposers.value}"),
        "quiet": one.quiet,
        "remind": f"{one.remind_hours}h" if one.remind_hours else "",
        "picture": one.pictured_at,
        "log": turn.reader.say(f"openness-{one.openness.value}"),
    }
    return values[key] or turn.reader.say("group-none")


def _called(turn: Turn, code: str) -> str:
    return f"{replace(turn.reader, language=code).say('language-name')} ({code})"
