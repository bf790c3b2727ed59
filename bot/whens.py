"""Whens: what `folkmoot when` says of a text - which time it means, and how sure that is."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import dates, times, when
from bot.clock import SystemClock
from bot.dates import library
from bot.reader import Reader
from bot.telling import WRONG, Failure, settings
from decisions.refusals import Refusal, UnknownTime
from decisions.wording import line

CERTAIN, ASK, UNKNOWN = 0, 1, 2
STATUS = {CERTAIN: "certain", ASK: "ask", UNKNOWN: "unknown"}


def read(text: str, zone: str | None, language: str | None, now: str | None, as_json: bool) -> tuple[int, list[str]]:
    """The exit code, and what to say."""
    reader = _reader(zone, language)
    try:
        seen = _now(now, reader.zone)
        code, found, why = _read(text, reader, seen)
    except Refusal as no:
        said = {"text": line(text), "certain": False, "status": "refused", "why": reader.refused(no)}
        return UNKNOWN, [json.dumps(said, ensure_ascii=False)] if as_json else [reader.refused(no)]
    if as_json:
        told = _told(text, reader, seen, code, found) | ({"why": why} if why else {})
        return code, [json.dumps(told, ensure_ascii=False)]
    shown = [_shown(one, reader) for one in found.readings]
    return code, ([shown[0]] if code == CERTAIN else [reader.say("cli-when-right", one) for one in shown] or [why])


def _reader(zone: str | None, language: str | None) -> Reader:
    spoken, at = language or settings().language, settings().zone
    try:
        return Reader(spoken, when.zone(zone) if zone else at)
    except Refusal as no:
        raise Failure(WRONG, "refused", Reader(spoken, at).refused(no)) from no


def _read(given: str, reader: Reader, now: datetime) -> tuple[int, dates.Reading, str]:
    text = dates.beginning(given, reader.language)
    if len(text) > dates.MOST_TYPED:
        return UNKNOWN, dates.Reading(), reader.say("cli-when-long", dates.MOST_TYPED)
    try:
        at = when.instant(text, reader.zone, now)
    except UnknownTime:
        return _natural(text, reader, now)
    bare = when.instant(text, reader.zone, now, end_of_day=False) != at
    one = _meant(when.instant(text, reader.zone, now, end_of_day=False), reader.zone, day=bare)
    return CERTAIN, dates.Reading((one,), True, (0, len(text)), True), ""


def _natural(text: str, reader: Reader, now: datetime) -> tuple[int, dates.Reading, str]:
    found = dates.understood(text, reader.language, reader.zone, now)
    if found.readings:
        return CERTAIN if found.certain else ASK, found, ""
    other = None if found.impossible else library.read(line(text), reader.language, reader.zone, now)
    if other is not None:
        return ASK, dates.Reading((_meant(other, reader.zone),), span=(0, len(text))), ""
    return UNKNOWN, dates.Reading(), reader.refused(UnknownTime(line(text)))


def _now(given: str | None, zone: str) -> datetime:
    if given is None:
        return SystemClock().now()
    try:
        at = datetime.fromisoformat(given)
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Failure(WRONG, "when-now", line(given)[:40]) from None


def _meant(at: datetime, zone: str, day: bool = False) -> dates.Meant:
    return dates.Meant(at.astimezone(UTC), None, at.astimezone(ZoneInfo(zone)), day)


def _shown(one: dates.Meant, reader: Reader) -> str:
    """A day, an instant, or from when to when."""
    if one.day:
        return times.shown_day(one.at, reader.zone, reader.language)
    begin = reader.at(one.at)
    return f"{begin} – {reader.at(one.until)}" if one.until else begin


def _told(text: str, reader: Reader, now: datetime, code: int, found: dates.Reading) -> dict[str, object]:
    readings = [_plain(one, reader) for one in found.readings]
    nothing = dict.fromkeys(("at", "local", "until", "until_local", "shown")) | {"day": False, "vague": False}
    begin, end = found.span
    return {
        "text": text,
        "language": reader.language,
        "zone": reader.zone,
        "now": now.isoformat(),
        "certain": code == CERTAIN,
        "status": STATUS[code],
        "span": text[begin:end] or None,
        **(readings[0] if readings else nothing),
        "readings": readings,
    }


def _plain(one: dates.Meant, reader: Reader) -> dict[str, object]:
    until = one.until.astimezone(one.local.tzinfo).isoformat() if one.until else None
    return {
        "at": one.at.isoformat(),
        "local": one.local.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "until_local": until,
        "day": one.day,
        "vague": one.vague,
        "shown": _shown(one, reader),
    }
