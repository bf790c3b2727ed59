"""A lively group in two rooms, in which people have left whatever there is to leave; and the search for traces of them."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import SQLModel

from adapters.console.conversation import Person
from bot import notices
from bot.export import FORMS
from bot.peers import seeking
from decisions import lessons, seals
from decisions.change import Change
from decisions.events import AffiliateNamed, ListingMade, ProxyNamed
from decisions.model import (
    Account,
    Addition,
    Affiliate,
    Code,
    Group,
    Help,
    Listed,
    Listing,
    Member,
    Poll,
    Proxy,
    Purpose,
    Related,
    Spent,
    Thing,
    Try,
)
from storage.store import Store
from storage.tables import FOLDED, Journal, table
from storage.work import Work
from tests.exported import export
from tests.house import House
from tests.stories.lively_meetings import met

TRACE = "zq"
"""Stands in whatever those who go have written, and in their names and accounts; nowhere else."""

ROOMS = {"general": "matrix", "partners": "telegram"}
STAY = ("ana", "ben", "cem")
"""Ana facilitates. They stay."""


def goers(number: int) -> tuple[str, ...]:
    """Who will go. Those with an even number take the words of their proposals with them."""
    return tuple(f"{TRACE}{one:02}" for one in range(number))


def all_goes(who: str) -> bool:
    return int(who.removeprefix(TRACE)) % 2 == 0


async def lively(store: Store, who: tuple[str, ...]) -> House:
    """P-1 decided, P-2 a choice that is decided, P-3 open; then a poll of each who goes, one in three of them decided; and
    one by a roll."""
    people = [Person(name="ana", role="facilitator", affiliate="WMDE"), *(Person(name=one) for one in STAY[1:])]
    people += [Person(name=one, affiliate=f"Chapter {n % 4}", role="member") for n, one in enumerate(who)]
    house = House(store, ROOMS, tuple(people))
    await house.say("ana", "!propose Translate it")
    await house.say("ana", '!poll "Where?" "Berlin" "Oslo"')
    await house.whisper("ben", "ask Somebody who writes grants")
    for number, one in enumerate(who):
        await _speaks(house, one, number)
    await house.say("ben", "!agree P-1 I like it")
    await house.say("ben", "!concern P-1 Who pays?")
    await house.say(who[0], f"!answer C-{len(who) + 1} {who[0]} pays")
    await house.say("ana", "!close P-1")
    await house.say("ana", "!close P-2")
    for one in who:
        await house.say(one, f"!worked D-1 {one} review")
    await house.say("ana", "!propose Publish it")
    for one in who:
        await house.say(one, f"!agree P-3 {one} third")
        await house.whisper(one, f"disagree P-3 {one} changed")
    for number, one in enumerate(who):
        await _proposes(house, one, number)
    for number, one in enumerate(who):
        await _learns(house, one, number)
    await house.say("ana", f'!propose --by majority --roll "ana,{",".join(who)}" By roll')
    for one in who:
        await house.say(one, f"!agree P-{len(who) + 4} {one} on the roll")
    await met(house, who, frozenset(filter(all_goes, who)))
    with store.unit_of_work() as work:
        _leave_the_rest(work, house, who)
    await house.settle()
    return house


async def _speaks(house: House, who: str, number: int) -> None:
    room = tuple(ROOMS)[number % 2]
    await house.say(who, f"!{('agree', 'disagree', 'abstain')[number % 3]} P-1 {who} reason", room, message=f"m{who}")
    await house.say(who, f"!vote P-2 {number % 2 + 1}", room)
    await house.say(who, f"!concern P-1 {who} worry", room)
    card = house.cards(room)[0].post
    await house.say(who, f"{who} remark", room, reply_to=card, message=f"r{who}")
    await house.say("ana", f"!answer C-{number + 1} we see")
    await house.whisper(who, f"offer {who} writes grants")
    await house.whisper(who, f"search {who} grants")


async def _proposes(house: House, who: str, number: int) -> None:
    words = f"{who} proposal" if all_goes(who) else f"Proposal {number}"
    ref = f"P-{number + 4}"
    await house.say(who, f"!propose {words}\n  {words} at length", message=f"p{who}")
    await house.say(who, f"!amend {ref} {words}, better")
    await house.say("cem", f"!agree {ref}")
    if number % 3 == 0:
        await house.say("ana", f"!close {ref}")


async def _learns(house: House, who: str, number: int) -> None:
    words = f"{who} lesson" if all_goes(who) else f"Lesson {number}"
    house.sleep(timedelta(minutes=1))
    await house.say(who, f"!failed {words}\nagain: {words}")
    await house.say(who, f"!adapt L-1 in Accra {who} uses it")
    await house.whisper(who, "worked")
    await house.whisper(who, f"{who} tried something")


def _leave_the_rest(work: Work, house: House, who: tuple[str, ...]) -> None:
    """What no command of this story makes: lists, proxies, codes, and what is said about people to others."""
    members = {one.user: _member(work, one) for one in work.all(Account, platform="matrix")}
    everyone = [members[one] for one in who]
    affiliate = Affiliate(id=work.next_id(Affiliate), group_id=1, name="Board")
    listing = Listing(id=1, group_id=1, name="board", by=everyone[0].id, at=house.now, salt="s")
    lines = [Listed(listing_id=1, member_id=one.id, note=f"{TRACE} note") for one in everyone]
    made = ListingMade(by=everyone[0].id, listing=1, seal=seals.of_listing("s", lines))
    named = AffiliateNamed(by=None, affiliate=affiliate.id)
    work.apply(Change((affiliate, listing, *lines), events=(named, made)), 1, house.now)
    for number, (name, one) in enumerate(zip(who, everyone, strict=True)):
        other = everyone[(number + 1) % len(everyone)] if number % 2 else members["ben"]
        _proxy(work, house, one, other)
        account = work.the(Account, platform="telegram", user=name)
        work.put(_code(work, account, house), Try(platform="telegram", user=name, at=house.now))
        related = Related(
            group_id=1, thing=Thing.POLL, key=3, other=Thing.LESSON, other_key=number + 1, by=one.id, at=house.now
        )
        work.apply(lessons.relate(related, ()), 1, house.now)
        work.put(Addition(poll_id=3, member_id=one.id, by=members["ana"].id))
        notices.tell_member(work, one, "ack-role", name, "x")
        notices.tell_member(work, members["ana"], "ack-role", f"{name} (x), {name}", "x")
    for help_ in work.all(Help):
        seeking.seek(work, help_, house.now)
    poll = work.the(Poll, id=3)
    mark = seals.of_account(poll, "telegram", who[0])
    work.put(Spent(poll_id=3, mark=mark), replace(poll, spent=poll.spent + 1))
    _proxy(work, house, members["cem"], everyone[-1])


def _member(work: Work, account: Account) -> Member:
    return work.the(Member, person_id=account.person_id, group_id=1)


def _proxy(work: Work, house: House, one: Member, other: Member) -> None:
    until = house.now + timedelta(days=90)
    proxy = Proxy(member_id=one.id, poll_id=0, proxy_id=other.id, until=until)
    named = ProxyNamed(by=one.id, member=one.id, proxy=other.id, for_poll=0, until=until.isoformat())
    work.apply(Change((proxy,), events=(named,)), 1, house.now)


def _code(work: Work, account: Account, house: House) -> Code:
    return Code(
        id=work.next_id(Code),
        purpose=Purpose.LINK,
        digest=f"{TRACE}digest",
        platform=account.platform,
        user=account.user,
        expires_at=house.now,
        other_platform="matrix",
        other_user=f"{TRACE} other",
    )


# -- traces -----------------------------------------------------------------------------------------------------------


def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Everything in the database, as it is kept."""
    with store.reading() as work:
        found = {}
        for one in SQLModel.metadata.sorted_tables:
            kept = work.connection.execute(select(one).order_by(*one.primary_key)).mappings()
            found[one.name] = [dict(row) for row in kept]
        return found


def copy(source: Store, target: Store) -> None:
    """Bring all rows of one database into another, as a dump and its restoring do."""
    kept = rows(source)
    with target.unit_of_work() as work:
        work.connection.execute(delete(FOLDED))
        for one in SQLModel.metadata.sorted_tables:
            if kept[one.name]:
                work.connection.execute(insert(one), kept[one.name])


def traces(store: Store) -> list[str]:
    """Where anything is left of those who went: in a table, an export, or in the files of the database."""
    found = [name for name, kept in rows(store).items() if TRACE in repr(kept)]
    with store.reading() as work:
        group, at = work.the(Group, id=1), work.the(Group, id=1).made_at
        found += [form for form in FORMS if TRACE in export(work, group, form, at)]
    return found + [one.name for one in files(store) if TRACE.encode() in one.read_bytes()]


def files(store: Store) -> list[Path]:
    """The files of a SQLite database."""
    database = store.engine.url.database or ""
    if store.engine.dialect.name != "sqlite":
        return []
    return [one for one in (Path(f"{database}{end}") for end in ("", "-wal", "-shm")) if one.exists()]


def decided(store: Store) -> list[dict[str, Any]]:
    """What was decided, and by how many: what has to stay as it is."""
    with store.reading() as work:
        group = work.the(Group, id=1)
        whole = json.loads(export(work, group, "json", group.made_at))["decisions"]
    kept = ("id", "proposal", "outcome", "tally", "turnout", "electorate", "chosen", "why")
    return [{name: one[name] for name in kept} | {"marks": [b["marks"] for b in one["ballots"]]} for one in whole]


def journal(store: Store) -> list[str]:
    with store.reading() as work:
        return list(work.connection.execute(select(table(Journal).c.line).order_by(table(Journal).c.number)).scalars())


def marks(store: Store) -> list[tuple[int, int, str]]:
    """Every ballot of every poll, open ones too."""
    return [(one["poll_id"], one["member_id"], str(one["marks"])) for one in rows(store)["ballots"]]
