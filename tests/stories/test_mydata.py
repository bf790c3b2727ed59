"""My data: whoever asks gets all that is stored on them and nothing of others, alone, wherever they ask."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from adapters.base import Request, Verdict
from adapters.console.conversation import Person as Declared
from bot.mydata import _OF, NAME, NOBODYS, SECRETS
from decisions.model import Account, Code, Member, Person, Purpose
from storage.store import Store
from storage.tables import TABLES
from storage.whose import accounts_in, pointers
from tests.house import House
from tests.stories.conftest import ON_BOTH
from tests.stories.lively import goers, lively

WHO = goers(3)


async def mydata(house: House, who: str, room: str = "") -> dict[str, Any]:
    before = len(house.files(who))
    answer = await house.say(who, "!mydata", room)
    (file,) = house.files(who)[before:]
    assert answer.verdict is Verdict.DONE
    assert (file.name, file.kind) == (NAME, "application/json")
    found: dict[str, Any] = json.loads(file.content)
    return found


@pytest.fixture
async def house(store: Store) -> House:
    return await lively(store, WHO)


# -- complete by construction -----------------------------------------------------------------------------------------


def test_every_table_is_somebodys_or_nobodys() -> None:
    """A new table with a column that points to a member, a person or an account is in it by itself; one without has to
    be named, with how it is found, or as nobody's."""
    found = {noun for noun in TABLES if pointers(noun, "members") or pointers(noun, "persons") or accounts_in(noun)}
    nobodys = {noun for noun, one in TABLES.items() if one.name in NOBODYS}
    assert found | set(_OF) | {Person} | nobodys == set(TABLES)
    assert not nobodys & found


@pytest.mark.parametrize("noun", TABLES, ids=lambda noun: noun.__name__)
def test_what_names_a_person_is_known_to(noun: Any) -> None:
    """By the names of its columns: whoever is in it by number or account is found there."""
    columns = set(TABLES[noun].columns.keys())
    by_number = {
        one for one in columns if one in ("by", "member_id", "proxy_id", "answered_by", "closed_by", "merged_into")
    }
    assert by_number == set(pointers(noun, "members")) | (set(pointers(noun, "persons")) - {"person_id"})
    assert {one for one in columns if one == "person_id"} == set(pointers(noun, "persons")) - {"merged_into"}
    assert {one for one in columns if "user" in one} == {user for _, user in accounts_in(noun)}


@ON_BOTH
async def test_every_column_of_every_table_is_in_it(house: House) -> None:
    found = await mydata(house, WHO[0])
    assert set(found) == {one.name for one in TABLES.values() if one.name not in NOBODYS} | {"names", "journal"}
    for noun, kept in TABLES.items():
        if kept.name not in NOBODYS:
            assert found[kept.name], kept.name
            for row in found[kept.name]:
                assert set(row) == {one.name for one in fields(noun)} - set(SECRETS.get(noun, ()))


async def test_it_holds_all_that_they_left(house: House) -> None:
    found = await mydata(house, WHO[0], "general")
    whole = json.dumps(found)
    said = ("reason", "worry", "remark", "pays", "review", "third", "changed", "proposal")
    assert all(f"{WHO[0]} {one}" in whole for one in said)
    assert found["listeds"] == [{"listing_id": 1, "member_id": 4, "affiliate_id": None, "weight": 1, "note": "zq note"}]
    assert [one["earlier"]["reason"] for one in found["ballots"] if one["earlier"]] == [f"{WHO[0]} third"]
    assert {one["user"] for one in found["accounts"]} == {WHO[0]}
    assert {one["name"] for one in found["rooms"]} == {"general", "partners"}
    assert found["affiliates"][0]["name"] == "Chapter 0"
    assert [(one["member_id"], one["proxy_id"]) for one in found["proxies"]] == [(4, 2)]
    assert found["names"]["2"] == "ben"
    told = found["journal"]["4"]
    assert told["events"]["BallotCast"] == 5
    assert told["events"]["ProxyNamed"] == told["events"]["MemberJoined"] == 1
    assert told["lines"] == sum(told["events"].values())


async def test_it_holds_nothing_that_is_others_alone(house: House) -> None:
    with house.store.unit_of_work() as work:
        work.drop(*work.all(Code))
        work.put(
            Code(
                id=7,
                purpose=Purpose.LINK,
                digest="ff",
                platform="telegram",
                user=WHO[0],
                expires_at=house.now,
                other_platform="matrix",
                other_user="ben",
                other_chat="!ben",
            )
        )
    found = await mydata(house, WHO[0])
    whole = json.dumps(found)
    assert found["codes"] == [
        {
            "id": 7,
            "purpose": "link",
            "platform": "telegram",
            "user": WHO[0],
            "group_id": None,
            "expires_at": house.now.isoformat(),
            "other_platform": "",
            "other_user": "",
            "other_chat": "",
            "agreed": False,
            "other_agreed": False,
        }
    ]
    for who in WHO[1:]:
        for one in ("reason", "remark", "review", "third"):
            assert f"{who} {one}" not in whole
    assert "I like it" not in whole
    assert {one["person_id"] for one in found["accounts"]} == {one["id"] for one in found["persons"]}
    assert all(one["user"] == WHO[0] for one in found["posts"])


async def test_merged_members_and_their_shells_are_in_it_and_go_too(sqlite_store: Store) -> None:
    house = House(sqlite_store, {"general": "matrix"}, (Declared(name="ana", role="facilitator"),))
    await house.say("ana", "!propose Translate it")
    await house.say("ben", "!agree P-1 one reason")
    await house.say("cem", "!disagree P-1 another reason")
    with sqlite_store.unit_of_work() as work:
        ben, cem = work.the(Member, id=2), work.the(Member, id=3)
        account = work.the(Account, platform="matrix", user="cem")
        work.put(replace(account, person_id=ben.person_id), replace(cem, merged_into=ben.id))
    found = await mydata(house, "cem")
    assert [one["id"] for one in found["persons"]] == [ben.person_id, cem.person_id]
    assert {one["reason"] for one in found["ballots"]} == {"one reason", "another reason"}
    await house.whisper("ben", "forget me now")
    with sqlite_store.reading() as work:
        assert [one.user for one in work.all(Account)] == ["ana"]
        assert [one.name for one in work.all(Person)] == ["ana", "", ""]
        assert [one.erased for one in work.all(Person)] == [False, True, True]
    assert "reason" not in house.card().split("Open until")[0]


async def test_somebody_of_no_group_has_something_too(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    asked = Request(key="k", platform="matrix", chat="", user="dee", name="Dee", text="mydata", private=True)
    answer = await house.app.handle(asked)
    assert answer.file is not None
    found = json.loads(answer.file.content)
    assert [one["name"] for one in found["persons"]] == ["Dee"]
    assert (found["members"], found["groups"], found["journal"]) == ([], [], {})


async def test_what_is_kept_is_said_to_who_asks(sqlite_store: Store) -> None:
    house = House(sqlite_store)
    await house.say("ana", "!propose Translate it")
    for room in ("", "general"):
        text = (await house.say("ana", "!privacy", room)).text
        assert text.startswith("What I keep")
        assert "mydata" in text
        assert text.endswith("forget me")
