"""The doctor: looks at what the bot stands on, and says of each thing in one line whether it is well."""

import asyncio
import shutil
import zoneinfo
from collections.abc import Callable

from adapters.health import Health, State
from bot import pulse, serving, words
from bot.clock import SystemClock
from bot.platforms import account
from bot.reader import Reader
from bot.running import opened
from bot.telling import Failure, listed, reason, say, settings
from decisions.model import Room
from storage.store import Store

LEAST_SPACE = 200 * 1024 * 1024
"""Bytes that should be free: a year of decisions, and room for the database to work in."""

MIB = 1024 * 1024
ZONES_TRIED = ("UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York")

Found = tuple[bool, str]


def examined() -> tuple[bool, list[str]]:
    """Whether all is well, and a line for each thing looked at."""
    found = [_looked_at(name, look) for name, look in LOOKS.items()]
    return all(well for well, _ in found), [line for _, line in found]


def _looked_at(name: str, look: Callable[[], Found]) -> Found:
    try:
        well, what = look()
    except Exception as fault:  # what is told in one line by a command is told in one line here
        well, what = False, reason(fault)[1]
    return well, say("doctor-well" if well else "doctor-wrong", say(f"doctor-{name}"), what)


def _settings() -> Found:
    found = settings()
    if found.language not in words.languages():
        return False, say("doctor-no-language", found.language, listed(list(words.languages())))
    if found.zone not in zoneinfo.available_timezones():
        return False, say("doctor-no-zone", found.zone)
    return True, say("doctor-data", str(found.data.absolute()))


def _database() -> Found:
    try:
        with opened(make=False) as store:
            return True, say("doctor-database-is", _kind(store))
    except Failure as no:
        if no.key == "no-database":  # the first start makes it
            return True, reason(no)[1]
        raise


def _kind(store: Store) -> str:
    with store.reading() as work:
        version = work.connection.dialect.server_version_info or ()
    return f"{store.engine.dialect.name} {'.'.join(map(str, version))}"


def _space() -> Found:
    folder = settings().data.absolute()
    free = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.is_dir())).free
    return free >= LEAST_SPACE, say("doctor-free", free // MIB, str(folder))


def _zones() -> Found:
    for one in ZONES_TRIED:
        zoneinfo.ZoneInfo(one)
    return True, say("doctor-zones-are", len(zoneinfo.available_timezones()))


def _languages() -> Found:
    broken = [one for one in words.languages() if not _readable(one)]
    return not broken, say("doctor-broken-languages", listed(broken)) if broken else listed(list(words.languages()))


def _readable(language: str) -> bool:
    try:
        return "language-name" in words.keys(language)
    except (OSError, ValueError):
        return False


def _telegram() -> Found:
    if not settings().telegram_token:
        return True, say("doctor-telegram-none")
    from adapters.telegram.checkup import look  # only where it is used, as every platform

    rooms = _rooms("telegram")
    try:
        found = asyncio.run(look(settings().telegram_token, settings().telegram_server, list(rooms)))
    except ConnectionError:
        return False, say("doctor-telegram-unreached", settings().telegram_server)
    if not found.name:
        return False, say("doctor-telegram-refused")
    if found.shut:
        return False, say("doctor-telegram-shut", listed([rooms[one] for one in found.shut]))
    if found.trouble and settings().telegram_webhook_url:
        return False, say("doctor-telegram-trouble", found.webhook, found.trouble)
    sees = say("doctor-telegram-sees-all" if found.sees_all else "doctor-telegram-sees-some")
    told = [say("doctor-telegram-is", found.name, sees, found.waiting)]
    if found.no_pins:
        told.append(say("doctor-telegram-no-pins", listed([rooms[one] for one in found.no_pins])))
    return True, words.say(settings().language, "clause-break").join(told)


def _matrix() -> Found:
    if not settings().matrix_homeserver:
        return True, say("doctor-matrix-none")
    from adapters.matrix.checkup import look

    rooms = _rooms("matrix")
    try:
        found = asyncio.run(look(account(settings()), settings().data / "matrix", list(rooms)))
    except ConnectionError:
        return False, say("doctor-matrix-unreached", settings().matrix_homeserver)
    if not found.user:
        return False, say("doctor-matrix-refused")
    if not found.device:
        return True, say("doctor-matrix-first", found.user)
    if found.shut:
        return False, say("doctor-matrix-shut", listed([rooms[one] or one for one in found.shut]))
    if not settings().matrix_encryption:
        return True, say("doctor-matrix-clear", found.user, found.device)
    return found.signed, say("doctor-matrix-is" if found.signed else "doctor-matrix-unsigned", found.user, found.device)


def _web() -> Found:
    if not settings().web_url:
        return True, say("doctor-web-none")
    address = serving.address(settings())
    if pulse.last(settings().data, SystemClock().now()) is None:  # nobody is there to ask
        return True, say("doctor-web-is", address, settings().web_host, settings().web_port)
    if not serving.answers(settings()):
        return False, say("doctor-web-unreached", settings().web_host, settings().web_port)
    return True, say("doctor-web-well", address)


def _rooms(platform: str) -> dict[str, str]:
    """The rooms on a platform in which we are: chat -> name; none where there is no database yet."""
    try:
        with opened(make=False) as store, store.reading() as work:
            known = work.all(Room, platform=platform)
            return {one.chat: one.name for one in known if one.gone_at is None and one.left_at is None}
    except Failure:
        return {}


def _running() -> Found:
    """How the lines of the running bot are, as it told itself."""
    beat = pulse.last(settings().data, SystemClock().now())
    if beat is None:
        return True, say("doctor-running-none")
    wrong = [name for name, health in beat.lines.items() if health.state is not State.WELL]
    told = [_line(name, health) for name, health in beat.lines.items()]
    return not wrong, listed(told)


def _line(name: str, health: Health) -> str:
    since = Reader(settings().language, settings().zone).at(health.since)
    if health.state is State.WELL:
        return say("doctor-line-well", name, since)
    return say("doctor-line-alarm" if health.state is State.ALARM else "doctor-line-down", name, since, health.why)


LOOKS: dict[str, Callable[[], Found]] = {
    "settings": _settings,
    "database": _database,
    "space": _space,
    "zones": _zones,
    "languages": _languages,
    "running": _running,
    "telegram": _telegram,
    "matrix": _matrix,
    "web": _web,
}
"""What is looked at, in this order; `cli-doctor-NAME` is what it is called."""
