"""Peers: who offers and who asks are brought together, and neither learns who the other is before both want it."""

import json
import re
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from adapters.base import Answer, Verdict
from adapters.console.conversation import Person as Declared
from bot import erasing, linking
from decisions.model import Account, Help, Introduction, Post, PostKind, Presence, Side
from storage import finding
from storage.store import Store
from tests.house import House

OFFER, ASK = "I can help write grant applications", "Somebody who knows how to write a grant application"
NUMBER = re.compile(r"(?:yes|oui) (\d{6})")
DAYS = timedelta(days=2)


class Peers:
    """Ana and ben are in Partnerships; dee and eve in a group of their own, which knows nothing of the first."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.house = House(
            store, {"general": "matrix"}, tuple(Declared(name=one, role="facilitator") for one in ("ana", "flo"))
        )
        self._keys = count(1)

    async def begin(self) -> None:
        for one in ("ana", "ben"):
            await self.house.say(one, "hello")
        for one in ("dee", "eve"):
            await self.house.elsewhere(one, "hello")
        self.house.shown.clear()

    async def say(self, who: str, text: str = "", press: str = "") -> Answer:
        """Alone."""
        answer = await self.house.elsewhere(who, text, press, chat="")
        await self.house.settle()
        return answer

    async def both(self) -> None:
        """Ana offers and dee asks, and both are asked."""
        await self.say("ana", f"offer {OFFER}")
        await self.say("dee", f"ask {ASK}")
        await self.house.wait(DAYS)

    def asked(self, who: str) -> list[str]:
        """The questions somebody was asked, as they read when they came."""
        return [text for text in self.house.private(who) if NUMBER.search(text)]

    def number(self, who: str) -> str:
        found = NUMBER.search(self.asked(who)[-1])
        assert found
        return found[1]

    async def answer(self, who: str, yes: bool = True) -> Answer:
        return await self.say(who, press=f"peer{self.number(who)}:{'yes' if yes else 'no'}")

    def rows(self, noun: type[Any], **where: Any) -> list[Any]:
        with self.store.reading() as work:
            return work.all(noun, **where)

    def forget(self, who: str) -> None:
        with self.store.unit_of_work() as work:
            person = finding.person_of(work, "matrix", who)
            assert person
            erasing.erase(work, person, self.house.now, self.house.app.salt)

    async def mydata(self, who: str) -> dict[str, Any]:
        answer = await self.say(who, "mydata")
        assert answer.file
        found: dict[str, Any] = json.loads(answer.file.content)
        return found


@pytest.fixture
async def peers(sqlite_store: Store) -> Peers:
    made = Peers(sqlite_store)
    await made.begin()
    return made


def read_by(one: Peers, who: str, since: int = 0) -> list[tuple[str, str]]:
    """All that somebody read alone: how it came, and what it said."""
    return [(each.kind, each.text) for each in one.house.shown[since:] if each.where == who]


# -- both want it -----------------------------------------------------------------------------------------------------


async def test_both_say_yes_and_only_then_read_who_the_other_is(store: Store) -> None:
    peers = Peers(store)
    await peers.begin()
    answer = await peers.say("ana", f"offer {OFFER}")
    assert f"“{OFFER}”" in answer.text
    assert [one.press for row in answer.buttons for one in row] == [f"help{peers.rows(Help)[0].id}:end"]
    await peers.say("dee", f"ask {ASK}")
    assert peers.asked("ana") == peers.asked("dee") == []
    await peers.house.wait(DAYS)
    (anas,), (dees,) = peers.asked("ana"), peers.asked("dee")
    assert ASK in anas
    assert "your name, ana, your group, “Partnerships”, and this account, Matrix ana" in anas
    assert OFFER in dees
    assert "dee" not in anas
    assert "ana" not in dees.replace("Everything", "")
    assert "Partnerships" not in dees
    assert "Tea" not in anas

    first = await peers.answer("ana")
    assert first.card
    assert first.card.text.startswith("Noted: yes")
    assert not [text for text in peers.house.private("dee") if "ana" in text]
    second = await peers.answer("dee")
    assert second.card
    assert "This is ana, of “Partnerships”: Matrix ana." in second.card.text
    assert "This is dee, of “Tea”: Matrix dee." in peers.house.private("ana")[-1]
    again = await peers.answer("dee", yes=False)
    assert again.card == second.card


@pytest.mark.parametrize("yes", [True, False])
async def test_whoever_said_yes_first_and_presses_again_tells_nobody_again(peers: Peers, yes: bool) -> None:
    await peers.both()
    await peers.answer("ana")
    await peers.answer("dee")
    start = len(peers.house.shown)
    again = await peers.answer("ana", yes)
    assert again.card
    assert "This is dee, of “Tea”: Matrix dee." in again.card.text
    assert read_by(peers, "dee", start) == []


async def test_who_says_no_in_the_end_is_named_to_nobody_who_was_away_meanwhile(peers: Peers) -> None:
    await peers.both()
    await peers.answer("ana")
    await peers.house.leave("ana")
    assert (await peers.answer("dee")).card.text.startswith("Noted: yes")  # type: ignore[union-attr]
    assert (await peers.answer("dee", yes=False)).card.text.startswith("Noted: no")  # type: ignore[union-attr]
    await peers.house.say("ana", "I am back")
    assert (await peers.answer("ana")).card.text.startswith("Noted: yes")  # type: ignore[union-attr]
    assert not [text for text in peers.house.private("ana") if "dee" in text]
    assert not [text for text in peers.house.private("dee") if "This is" in text]


async def test_it_can_all_be_done_with_words(peers: Peers) -> None:
    await peers.both()
    said = await peers.say("ana", f"offers yes {peers.number('ana')}")
    assert said.text.startswith("Noted: yes")
    said = await peers.say("ana", f"offers no {peers.number('ana')}")
    assert said.text.startswith("Noted: no")
    await peers.say("dee", f"asks yes {peers.number('dee')}")
    assert "This is" not in "".join(peers.house.private("ana") + peers.house.private("dee"))
    await peers.say("ana", f"offers yes {peers.number('ana')}")
    assert "This is ana, of “Partnerships”" in peers.house.private("dee")[-1]
    for wrong in ("yes", "yes 1", "nonsense", "end 9", "end x", f"yes {peers.number('ana')} x"):
        assert (await peers.say("dee", f"offers {wrong}")).verdict is Verdict.REFUSED


async def test_it_speaks_the_language_and_has_the_address_of_the_platform(peers: Peers) -> None:
    with peers.store.unit_of_work() as work:
        for user in ("ana", "dee"):
            old = work.the(Account, platform="matrix", user=user)
            work.drop(old)
            work.put(Account(platform="matrix", user=f"@{user}:example.org", person_id=old.person_id))
    await peers.say("@dee:example.org", "language fr")
    await peers.say("@ana:example.org", "offer Animer un atelier")
    filed = await peers.say("@dee:example.org", "demander Une personne pour animer un atelier")
    assert filed.text.startswith("C’est noté")
    await peers.house.wait(DAYS)
    for who in ("@ana:example.org", "@dee:example.org"):
        answer = await peers.answer(who)
    assert answer.card
    assert answer.card.text.startswith("Vous avez dit oui tous les deux. Voici @ana:example.org")
    assert answer.card.buttons[0][0].url == "https://matrix.to/#/@ana%3Aexample.org"


# -- what one's own is ------------------------------------------------------------------------------------------------


async def test_mine_are_listed_and_ended_and_others_have_no_names(peers: Peers) -> None:
    assert "end" not in (await peers.say("ana", "offers")).text  # of nothing
    await peers.say("ana", f"offer {OFFER}")
    await peers.say("ben", "offer A camera")
    listed = await peers.say("ana", "offers")
    assert listed.looked
    assert listed.text.endswith("To end the first: offers end 1")
    assert ":00" not in listed.text  # until a day, whose hour is of no use to anybody
    assert OFFER in listed.text
    assert "A camera" not in listed.text
    await peers.house.wait(DAYS)
    listed = await peers.say("ana", "offers")
    assert "– A camera" in listed.text
    assert "ben" not in listed.text
    ended = await peers.say("ana", "offers end 1")
    assert OFFER in ended.text
    assert "nothing just now" in (await peers.say("ana", "offers")).text
    assert OFFER not in (await peers.say("ben", "offers")).text
    theirs = peers.rows(Help, text="A camera")[0]
    for press in (f"help{theirs.id}:end", f"help{theirs.id}:renew", "help1:end", "peer100000:yes"):
        assert (await peers.say("ana", press=press)).verdict is Verdict.REFUSED
    assert peers.rows(Help, text="A camera")


async def test_after_90_days_it_is_over_and_can_be_renewed(peers: Peers) -> None:
    await peers.say("ana", f"offer {OFFER}")
    await peers.house.wait(timedelta(days=93))
    assert "it is over" in peers.house.private("ana")[-1]
    assert OFFER not in (await peers.say("dee", "offers")).text
    assert "over; you can renew it" in (await peers.say("ana", "offers")).text
    id_ = peers.rows(Help)[0].id
    assert (await peers.say("ana", press=f"help{id_}:renew")).verdict is Verdict.DONE
    await peers.say("dee", f"ask {ASK}")
    await peers.house.wait(DAYS)
    assert peers.asked("ana")
    await peers.house.wait(timedelta(days=200))
    peers.house.app.forget_requests()
    assert (peers.rows(Help), peers.rows(Introduction)) == ([], [])


async def test_nothing_is_filed_where_others_hear_it_or_by_who_is_in_no_group(peers: Peers) -> None:
    for text in (f"!offer {OFFER}", f"!ask {ASK}", "!offers", "!asks", "!offers yes 100000"):
        answer = await peers.house.say("ana", text)
        assert answer.verdict is Verdict.REFUSED
        assert "to me alone" in answer.text
    for text in (f"offer {OFFER}", f"ask {ASK}", "offers", "asks"):
        assert "no group yet" in (await peers.say("mallory", text)).text
    assert peers.rows(Help) == []


# -- nothing is told --------------------------------------------------------------------------------------------------


async def no(peers: Peers) -> None:
    await peers.answer("ana", yes=False)


async def yes_then_no(peers: Peers) -> None:
    await peers.answer("ana")
    await peers.answer("ana", yes=False)


async def ends(peers: Peers) -> None:
    await peers.answer("ana")
    await peers.say("ana", "offers end 1")


async def leaves(peers: Peers) -> None:
    await peers.answer("ana")
    await peers.house.leave("ana")


async def is_forgotten(peers: Peers) -> None:
    await peers.answer("ana")
    peers.forget("ana")


async def is_forgotten_first(peers: Peers) -> None:
    peers.forget("ana")


async def unlinks(peers: Peers) -> None:
    """The account by which she was asked is somebody else's by now."""
    await peers.answer("ana")
    with peers.store.unit_of_work() as work:
        account = work.the(Account, platform="matrix", user="ana")
        work.put(Account(platform="telegram", user="ana", person_id=account.person_id))
        linking.separate(work, account, peers.house.now)


async def nothing(peers: Peers) -> None:
    pass


WAYS = (nothing, no, yes_then_no, ends, leaves, is_forgotten, is_forgotten_first, unlinks)


@pytest.mark.parametrize("same_group", [False, pytest.param(True, marks=pytest.mark.long)])
async def test_whatever_the_other_side_does_one_reads_and_keeps_the_same(new_database: Any, same_group: bool) -> None:
    """The whole of what dee (or ben, of ana's own group) reads, is handed as a file, and finds in the lists."""
    seen = {}
    for way in WAYS:
        with new_database("sqlite") as url:
            store = Store(url)
            peers = Peers(store)
            await peers.begin()
            me = "ben" if same_group else "dee"
            await peers.say("ana", f"offer {OFFER}")
            await peers.say(me, f"ask {ASK}")
            await peers.house.wait(DAYS)
            start = len(peers.house.shown)
            await way(peers)
            await peers.house.settle()
            private = await peers.mydata(me)
            answers = [await peers.answer(me), await peers.answer(me, yes=False), await peers.answer(me)]
            asks = await peers.say(me, "asks")
            after = await peers.mydata(me)
            await peers.house.wait(timedelta(days=15))
            peers.house.app.forget_requests()
            await peers.house.settle()
            late = await peers.answer(me)
            seen[way.__name__] = (
                [(one.verdict, one.text, one.buttons, one.card) for one in (*answers, asks, late)],
                [(kind, text) for kind, text in read_by(peers, me, start) if "mydata" not in text],
                [mine_of(private), mine_of(after)],
            )
            store.close()
    for name, found in seen.items():
        assert found == seen["nothing"], name


def mine_of(data: dict[str, Any]) -> dict[str, Any]:
    """What could tell of others: not the journal of one's own group, which says what everybody there reads."""
    number = re.compile(r"\d{6}")
    kept = {key: rows for key, rows in data.items() if key not in ("journal", "groups", "names")}
    for one in (*kept["posts"], *kept["persons"]):
        one |= {"id": 0, "token": ""}
    found: dict[str, Any] = json.loads(number.sub("0", json.dumps(kept)))
    return found


async def test_who_left_is_brought_together_with_nobody_and_changes_no_list(peers: Peers) -> None:
    await peers.say("ana", f"offer {OFFER}")
    await peers.house.wait(DAYS)
    before = (await peers.say("dee", "offers")).text
    await peers.house.leave("ana")
    assert (await peers.say("dee", "offers")).text == before
    await peers.say("dee", f"ask {ASK}")
    await peers.house.wait(DAYS)
    assert peers.asked("ana") == peers.asked("dee") == []
    assert "no group yet" in (await peers.say("ana", "offers")).text


async def test_when_something_was_filed_nobody_can_tell(peers: Peers) -> None:
    """Mallory has asked before; whenever in a day ana offers, and in whichever order, it comes up at the same moments."""
    await peers.say("dee", f"ask {ASK}")
    await peers.house.wait(timedelta(days=3))
    await peers.house.wait(timedelta(hours=7))
    await peers.say("ana", f"offer {OFFER}")
    listed, waited = [], []
    for _ in range(30):
        listed.append((peers.house.now, OFFER in (await peers.say("eve", "offers")).text))
        waited.append((await peers.mydata("dee"))["posts"] != [])
        await peers.house.wait(timedelta(hours=2))
    from_ = next(at for at, there in listed if there)
    assert (from_ - timedelta(hours=2)).day != from_.day
    (asked,) = [one.at for one in peers.house.shown if one.where == "dee" and NUMBER.search(one.text)]
    assert (asked.hour, asked.minute) == (9, 0)
    assert not any(there for (at, _), there in zip(listed, waited, strict=True) if at < asked)


async def test_who_fishes_is_asked_little_and_asks_little(peers: Peers) -> None:
    await peers.say("ana", f"offer {OFFER}")
    for place in range(8):
        await peers.say("dee", f"ask {ASK}, number {'abcdefgh'[place]}")
        await peers.house.wait(DAYS / 2)
        await peers.say("dee", "asks end 1")
    for place in range(12):
        answer = await peers.say("eve", f"ask {ASK}, number {'abcdefghijkl'[place]}")
        await peers.say("eve", "asks end 1")
        peers.house.sleep(timedelta(minutes=1))
    assert "which is the most" in answer.text
    await peers.house.wait(DAYS)
    assert len(peers.asked("ana")) <= 3


async def test_what_is_ended_before_the_morning_is_asked_nobody(peers: Peers) -> None:
    await peers.say("ana", f"offer {OFFER}")
    await peers.say("dee", f"ask {ASK}")
    await peers.house.wait(timedelta(hours=32))
    assert len(peers.rows(Post, kind=PostKind.PEER)) == 2
    await peers.say("ana", "offers end 1")
    await peers.house.wait(DAYS)
    assert peers.asked("ana") == peers.asked("dee") == []


@pytest.mark.parametrize("hours", [32, 48])
async def test_who_was_asked_as_one_of_a_group_that_is_dissolved_meets_others_as_one_of_the_group_it_joined(
    peers: Peers, hours: int
) -> None:
    """Tea joins Partnerships before the question is sent, or after."""
    await peers.say("ana", f"offer {OFFER}")
    await peers.say("dee", f"ask {ASK}")
    await peers.house.wait(timedelta(hours=hours))
    await peers.house.say("ana", "!setup")
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", peers.house.notices()[-1])
    await peers.house.elsewhere("dee", f"!setup {code}", chat="Tea", admin=True)
    await peers.say("ana", "rooms yes")
    await peers.house.wait(DAYS)
    assert len(peers.asked("dee")) == 1
    assert ("“Partnerships”" in peers.asked("dee")[0]) is (hours == 32)
    await peers.answer("ana")
    second = await peers.answer("dee")
    assert second.card
    if hours == 32:
        assert "This is dee, of “Partnerships”: Matrix dee." in peers.house.private("ana")[-1]
    else:  # of another group she was told that it would be named
        assert second.card.text.startswith("This question is over")
        assert not [text for text in peers.house.private("ana") if "This is" in text]
    assert not [one for one in peers.rows(Post) if one.live and not one.message]


async def test_a_question_is_answered_by_whom_it_was_asked_alone(peers: Peers) -> None:
    await peers.both()
    await peers.answer("ana")
    for who in ("ben", "eve", "mallory"):
        assert (await peers.say(who, press=f"peer{peers.number('dee')}:yes")).verdict is Verdict.REFUSED
        assert (await peers.say(who, f"asks yes {peers.number('dee')}")).verdict is Verdict.REFUSED
    (one,) = peers.rows(Introduction)
    assert (one.offers, one.asks) == (True, None)


# -- people who turn out to be one, and those who are forgotten -------------------------------------------------------


def united(peers: Peers, one: str, other: str) -> None:
    with peers.store.unit_of_work() as work:
        both = [finding.person_of(work, "matrix", who) for who in (one, other)]
        assert both[0]
        assert both[1]
        linking.unite(work, both[0], both[1], peers.house.now, peers.house.app.salt)


async def test_two_accounts_of_one_person_meet_nobody_but_others(peers: Peers) -> None:
    await peers.both()
    united(peers, "ana", "dee")
    await peers.house.settle()
    assert peers.rows(Introduction) == []
    assert {one.person_id for one in peers.rows(Help)} == {1}
    assert "This question is over" in (await peers.answer("dee")).card.text  # type: ignore[union-attr]
    assert OFFER in (await peers.say("dee", "offers")).text
    assert ASK in (await peers.say("ana", "asks")).text
    await peers.house.wait(DAYS)
    assert len(peers.asked("ana")) == 1


async def test_who_was_met_and_is_forgotten_is_named_no_more(store: Store) -> None:
    peers = Peers(store)
    await peers.begin()
    await peers.both()
    await peers.answer("ana")
    await peers.answer("dee")
    start = len(peers.house.shown)
    assert "I have forgotten you" in (await peers.say("ana", "forget me now")).text
    await peers.house.settle()
    assert read_by(peers, "dee", start) == [
        ("private", "I had told you here of somebody, who has been forgotten since.")
    ]
    assert [one.text for one in peers.rows(Help)] == [ASK]
    assert peers.rows(Introduction) == []
    assert OFFER not in json.dumps(await peers.mydata("dee"))
    assert "ana" not in json.dumps((await peers.mydata("dee"))["posts"])


async def test_mydata_has_all_that_one_filed_and_was_asked(peers: Peers) -> None:
    await peers.both()
    await peers.answer("dee")
    found = await peers.mydata("dee")
    assert [(one["side"], one["text"]) for one in found["helps"]] == [(Side.ASK.value, ASK)]
    (post,) = found["posts"]
    assert (post["kind"], post["said"][0], post["said"][4]) == ("peer", peers.number("dee"), "yes")
    assert "introductions" not in found


async def test_an_observer_and_who_is_only_told_things(peers: Peers) -> None:
    await peers.house.say("ana", "!members ben observer")
    assert (await peers.say("ben", f"offer {OFFER}")).verdict is Verdict.DONE
    with peers.store.unit_of_work() as work:
        work.drop(*work.all(Presence))
    assert "no group yet" in (await peers.say("ben", f"offer {OFFER} again")).text


async def test_a_reason_that_begins_as_the_command_does_is_a_reason(peers: Peers) -> None:
    await peers.house.say("ana", "!propose Move the date")
    await peers.house.say("ben", "!disagree P-1")
    await peers.house.press("ben", "p1:reason")
    post = next(
        one
        for one in peers.house.shown
        if one.where == "ben" and "P-1" in one.text and one.kind == "private" and one.post
    )
    answer = await peers.house.say("ben", "Ask the chapters before we move it", room="", reply_to=post.post)
    assert "Your reason is on P-1" in answer.text
    assert peers.rows(Help) == []
