"""The group: languages, zones, roles, and what may be shown outside."""

from dataclasses import replace

from adapters.base import Answer
from bot import digests, when, words
from bot.acts import looking, settings
from bot.reader import Reader
from bot.turn import Turn
from decisions import groups
from decisions.model import Role
from decisions.refusals import RoomNeeded, UnknownLanguage, UnknownSetting


def language(turn: Turn, given: str) -> Answer:
    """`language fr`: my own; `language room fr`: the room's, by a facilitator."""
    for_room, code = _for_room(turn, given.casefold())
    if not code:
        return turn.done("language-now", turn.reader.say("language-name"), words.languages())
    if code not in words.languages():
        raise UnknownLanguage(given[:40], words.languages())
    reader = Reader(code, turn.reader.zone)
    if for_room:
        if turn.room is None:
            raise RoomNeeded
        turn.check_facilitates(turn.here())
        turn.work.put(replace(turn.room, language=code))
        return replace(turn, reader=reader).done("ack-language-room", reader.say("language-name"))
    turn.work.put(replace(turn.person, language=code))
    return replace(turn, reader=reader).done("ack-language", reader.say("language-name"))


def zone(turn: Turn, given: str) -> Answer:
    """`tz Europe/Berlin`: my own; `tz group Europe/Berlin`: the group's, by a facilitator."""
    for_group, name = _for_room(turn, given)
    if not name:
        return turn.done("zone-now", turn.reader.zone)
    found = when.zone(name)
    if for_group:
        settings.change(turn, "zone", name)
        return turn.done("ack-zone-group", found)
    digest_at = turn.person.digest_at and digests.next_monday(found, turn.now)
    turn.work.put(replace(turn.person, zone=found, digest_at=digest_at))
    return turn.done("ack-zone", found)


def share(turn: Turn, given: str) -> Answer:
    """`share on`, `share off`: whether members may show this group's decisions in other chats; by a facilitator."""
    word, standing = given.strip().casefold(), turn.here()
    if not word:
        return turn.done(f"share-{'on' if standing.group.shared else 'off'}")
    if word not in ("on", "off"):
        raise UnknownSetting(given[:40], ("share on", "share off"))
    turn.check_facilitates_all(standing)
    shared = replace(standing.group, shared=word == "on")
    turn.apply(groups.change(standing.group, shared, "share", by=standing.member), standing)
    return turn.done(f"ack-share-{word}")


def members(turn: Turn, given: str) -> Answer:
    """`members`: who is in the group; `members ana facilitator`: give her a role."""
    name, _, role = given.strip().rpartition(" ")
    if not name:
        return looking.members(turn, given)
    roles = {turn.reader.say(f"role-{one.value}").casefold(): one for one in Role} | {one.value: one for one in Role}
    given_role = roles.get(role.casefold())
    if given_role is None:
        raise UnknownSetting(role[:40], tuple(roles))
    standing = turn.here()
    turn.check_facilitates_all(standing)
    member, person = turn.named(standing, name)
    change = groups.give_role(member, given_role, by=standing.member, facilitators=turn.facilitators(standing))
    turn.apply(change, standing)
    return turn.done("ack-role", person.name, turn.reader.say(f"role-{given_role.value}"))


def _for_room(turn: Turn, given: str) -> tuple[bool, str]:
    first, _, rest = given.strip().partition(" ")
    known = ("room", "group", *words.own_words(turn.reader.language, "group"))
    return (True, rest.strip()) if first.casefold() in known else (False, given.strip())
