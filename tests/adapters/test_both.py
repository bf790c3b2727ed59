"""One group in a Matrix room and a Telegram group at once: one card in each, and one ballot a person, whichever app."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from decisions.model import Ballot, LogLine, Note, Stage
from decisions.model import Meeting as Held
from storage import finding
from storage.store import Store
from storage.tables import Journal, table
from storage.verify import verify
from tests.adapters.both_house import House, Someone, housed, people
from tests.adapters.matrix_server import Synapse, until
from tests.adapters.telegram_server import User
from tests.adapters.telegram_server.groups import Group

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
VOTED = re.compile(r"^(agree|abstain|disagree|block) (\d+)(?:: (.*))?$", re.MULTILINE)
HEAD = "P-1 · Meet monthly"


def named_in(card: str) -> dict[str, list[str]]:
    """Who voted how, as a card has it, which counts as many as it names."""
    found = {stance: (int(number), names.split(", ")) for stance, number, names in VOTED.findall(card)}
    assert all(number == len([one for one in names if one]) for number, names in found.values()), card
    return {stance: names for stance, (number, names) in found.items() if number}


@dataclass
class Meeting:
    """Ana made the room on Matrix, where Mia and Dora are; Tom the group on Telegram, where Tim is, and Dora too."""

    house: House
    room: str
    group: Group
    ana: Someone
    mia: Someone
    dora: Someone
    tom: User
    tim: User
    dorothea: User

    async def shown(self, **by_stance: str) -> None:
        """Wait until each of the two cards names just these people."""
        wanted = {stance: names.split(", ") for stance, names in by_stance.items()}
        await self.house.told(self.ana, self.room, HEAD, lambda said: named_in(said) == wanted)
        await self.house.said(self.group, HEAD, lambda said: named_in(said) == wanted)

    async def asks_dorothea(self, text: str, *words: str) -> str:
        """Dora says something to the bot alone, on Telegram, and is told this."""
        self.dorothea.writes(text)
        return await self.house.said(self.dorothea.private, *words)

    async def asks_dora(self, text: str, *words: str) -> str:
        """And on Matrix."""
        await self.house.whispers(self.dora, text)
        return await self.house.told(self.dora, self.dora.private, *words)

    def ballots(self) -> int:
        with self.house.store.reading() as work:
            return len(work.all(Ballot))

    def stance(self, of: str) -> str:
        """What the ballot of somebody says, who has just one."""
        with self.house.store.reading() as work:
            names = finding.named(work, [one.member_id for one in work.all(Ballot)])
            (mine,) = (one for one in work.all(Ballot) if names[one.member_id][0] == of)
        (stance,) = mine.marks
        return stance

    async def acknowledged(self, message: str) -> None:
        """Wait until the bot has set its sign under what somebody said on Matrix."""

        async def found() -> bool:
            relations = [one["content"].get("m.relates_to", {}) for one in await self.ana.client.events(self.room)]
            return any(one.get("key") and one.get("event_id") == message for one in relations)

        await until(found)

    def happened(self) -> list[str]:
        """What the journal has, once it is found sound."""
        with self.house.store.reading() as work:
            assert verify(work) == []
            return list(work.connection.execute(select(table(Journal).c.event)).scalars())


@asynccontextmanager
async def met(homeserver: Synapse, store: Store, folder: Path, *, encryption: bool) -> AsyncIterator[Meeting]:
    async with (
        housed(homeserver, store, folder / "data", encryption=encryption) as house,
        people(house, folder, "Ana", "Mia", "Dora") as (ana, mia, dora),
    ):
        tom, tim, dorothea = (house.telegram.user(name) for name in ("Tom", "Tim", "Dorothea"))
        room = await house.room(ana, "Partnerships")
        for one in (ana, mia, dora):
            await one.client.joins(room)
        await house.told(ana, room, "Hello, I am Folkmoot")
        group = house.telegram.supergroup("Partners", tom, tim, dorothea, admins=(tom,))
        yield Meeting(house, room, group, ana, mia, dora, tom, tim, dorothea)
        assert house.aside() == []


async def two_rooms_become_one_group(meeting: Meeting) -> None:
    house, ana = meeting.house, meeting.ana
    await ana.client.says(meeting.room, "!setup")
    (code,) = CODE.findall(await house.told(ana, meeting.room, "To let another room join"))
    meeting.group.says(meeting.tim, f"/setup {code}")
    await house.said(meeting.group, "Only whoever administers this chat")
    meeting.group.says(meeting.tom, f"/setup {code}")
    await house.invited(ana)
    await house.told(ana, ana.private, "Tom would like Partners (telegram) to be a room of “Partnerships”")
    await house.whispers(ana, "rooms yes")
    await house.said(meeting.group, "This room is one of “Partnerships” now, together with Partnerships (matrix)")
    await house.told(ana, meeting.room, "Partners (telegram) is a room of this group now; Ana said yes to it")
    await house.whispers(ana, "rooms")
    listed = await house.told(ana, ana.private, "Partnerships meets in:")
    assert "Partnerships (matrix) · members: 3" in listed
    assert "Partners (telegram) · members: " in listed


async def each_votes_in_their_app(meeting: Meeting) -> None:
    await meeting.mia.client.says(meeting.room, "!propose Meet monthly\nin a café")
    await meeting.shown()
    event = await meeting.house.event_of(meeting.mia, meeting.room, HEAD)
    await meeting.mia.client.reacts(meeting.room, event, "✅")
    await meeting.shown(agree="Mia")
    press = meeting.tim.presses(meeting.group.message("P-1 ·"), "agree 1")
    assert (await meeting.house.telegram.answered(press)).startswith("Counted on P-1: agree.")
    await meeting.shown(agree="Mia, Tim")


async def one_votes_in_both(meeting: Meeting) -> str:
    """As two people, so far; what was said on Telegram came later. The reaction on Matrix."""
    event = await meeting.house.event_of(meeting.dora, meeting.room, HEAD)
    reaction = await meeting.dora.client.reacts(meeting.room, event, "✅")
    await meeting.shown(agree="Mia, Tim, Dora")
    meeting.group.says(meeting.dorothea, "/disagree P-1 too seldom")
    await meeting.shown(agree="Mia, Tim, Dora", disagree="Dorothea")
    assert meeting.ballots() == 4
    return reaction


async def they_link(meeting: Meeting) -> None:
    dora = meeting.dora.user.id
    (code,) = set(CODE.findall(await meeting.asks_dorothea("link", "Your code is")))
    await meeting.asks_dora(f"link {code}", "Is this account yours too: Dorothea, Telegram")
    await meeting.house.said(meeting.dorothea.private, f"Is this account yours too: Dora, Matrix {dora}?")
    await meeting.asks_dora("link yes", "Now the other side has to say yes too")
    assert meeting.ballots() == 4
    counts = "P-1: your later vote, disagree, counts. The earlier one, agree, by Matrix, was taken out."
    await meeting.asks_dorothea("link yes", f"Done: Matrix {dora} and this account are one person now", counts)
    await meeting.house.told(meeting.dora, meeting.dora.private, "Done: Telegram")
    await meeting.house.told(meeting.dora, meeting.dora.private, counts)
    await meeting.shown(agree="Mia, Tim", disagree="Dora")
    assert meeting.ballots() == 3


async def they_vote_again_on_the_other_side(meeting: Meeting, struck: str) -> None:
    """The sign of a ballot that was struck is none of the one that counts: it can go."""
    await meeting.dora.user.redacts(meeting.room, struck)
    await meeting.dora.taps(meeting.room, "1")
    await meeting.shown(agree="Mia, Tim", abstain="Dora")
    press = meeting.dorothea.presses(meeting.group.message("P-1 ·"), "disagree 0")
    await meeting.house.telegram.answered(press)
    await meeting.shown(agree="Mia, Tim", disagree="Dora")
    assert meeting.ballots() == 3


async def parting_gives_no_second_ballot(meeting: Meeting) -> None:
    await meeting.asks_dorothea("unlink matrix", "is somebody of its own now")
    await meeting.house.told(meeting.dora, meeting.dora.private, "This account was parted from your others")
    await meeting.dora.client.says(meeting.room, "!agree P-1")
    await meeting.house.told(meeting.dora, meeting.dora.private, "This account has no ballot of its own on P-1")
    meeting.group.says(meeting.dorothea, "/abstain P-1")
    await meeting.shown(agree="Mia, Tim", abstain="Dorothea")
    assert meeting.ballots() == 3


async def it_closes(meeting: Meeting) -> None:
    await meeting.mia.client.says(meeting.room, "!close P-1")
    on_matrix = await meeting.house.told(meeting.ana, meeting.room, "D-1 · Meet monthly")
    on_telegram = await meeting.house.said(meeting.group, "D-1 · Meet monthly")
    lines = on_matrix.splitlines()
    assert lines == [one for one in on_telegram.splitlines() if one]  # lines stand further apart there
    assert "Passed: 2 agree, 1 abstain; no block" in lines
    read = await meeting.ana.reads(meeting.room, meeting.house.bot)
    assert read.count("· Meet monthly") == 2  # the card and the outcome, as on Telegram
    assert len([one for one in meeting.group.messages if "· Meet monthly" in one.text]) == 2


@pytest.mark.parametrize(
    "encryption", [pytest.param(False, id="plain"), pytest.param(True, id="encrypted", marks=pytest.mark.long)]
)
async def test_one_group_decides_on_both(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path, encryption: bool
) -> None:
    async with met(homeserver, sqlite_store, tmp_path, encryption=encryption) as meeting:
        await two_rooms_become_one_group(meeting)
        await each_votes_in_their_app(meeting)
        reaction = await one_votes_in_both(meeting)
        await they_link(meeting)
        await they_vote_again_on_the_other_side(meeting, reaction)
        await parting_gives_no_second_ballot(meeting)
        await it_closes(meeting)
        happened = meeting.happened()
    assert happened.count("BallotStruck") == 2  # hers of before, and the later one, which was cast anew in one name
    for event in ("MembersMerged", "AccountUnlinked", "PollClosed"):
        assert happened.count(event) == 1, event
    assert "BallotRetracted" not in happened


async def test_a_meeting_in_both_rooms_is_one(homeserver: Synapse, sqlite_store: Store, tmp_path: Path) -> None:
    """Begun on Matrix, noted on both sides, each acknowledged by a sign alone, and ended on Telegram."""
    async with met(homeserver, sqlite_store, tmp_path, encryption=False) as meeting:
        await two_rooms_become_one_group(meeting)
        mia, tim, tom = meeting.mia, meeting.tim, meeting.tom
        meeting.house.telegram.privacy = False
        await mia.client.says(meeting.room, "!startmeeting Budget")
        await meeting.house.told(mia, meeting.room, "M-1 has begun: “Budget”. Mia leads it")
        await meeting.house.said(meeting.group, "M-1 has begun: “Budget”. Mia leads it")
        sent = [meeting.group.says(tim, one) for one in ("#info rent is up", "^idea move", "- action: Mia asks", "q+")]
        meeting.group.says(tim, "plain talk")
        for message in sent:
            await meeting.house.telegram.until(partial(getattr, message, "reactions"))
        for text in ("Topic: Rent", "present+ Zoe"):
            await meeting.acknowledged(await mia.client.says(meeting.room, text))
        await mia.client.says(meeting.room, "queue")
        await meeting.house.told(mia, meeting.room, "Waiting to speak: Tim. Not heard yet: Tim.")
        assert "Waiting" not in "".join(one.text for one in meeting.group.messages)
        meeting.group.says(tom, "/endmeeting")

        async def over() -> bool:
            return await asyncio.to_thread(ended, sqlite_store)

        await until(over)
        with sqlite_store.reading() as work:
            noted = [(one.tag.value, one.text) for one in work.all(Note)]
            said = [one.text for one in work.all(LogLine)]
        assert noted == [
            ("info", "rent is up"),
            ("idea", "move"),
            ("action", "Mia asks"),
            ("topic", "Rent"),
            ("guest", "Zoe"),
        ]
        assert {"plain talk", "q+", "queue", "present+ Zoe"} <= set(said)
        assert meeting.happened().count("MeetingEnded") == 1


def ended(store: Store) -> bool:
    with store.reading() as work:
        return work.the(Held, number=1).stage is Stage.ENDED


@pytest.mark.long
async def test_who_votes_on_both_sides_in_one_moment_has_one_ballot(
    homeserver: Synapse, sqlite_store: Store, tmp_path: Path
) -> None:
    async with met(homeserver, sqlite_store, tmp_path, encryption=False) as meeting:
        await two_rooms_become_one_group(meeting)
        await each_votes_in_their_app(meeting)
        await one_votes_in_both(meeting)
        await they_link(meeting)
        for here, there in (("agree", "abstain"), ("abstain", "disagree"), ("disagree", "agree")) * 2:
            card = meeting.group.message("P-1 ·")
            (label,) = (key.label for row in card.keyboard for key in row if key.label.startswith(there))
            press = meeting.dorothea.presses(card, label)
            said, _ = await asyncio.gather(
                meeting.dora.client.says(meeting.room, f"!{here} P-1"), meeting.house.telegram.answered(press)
            )
            await meeting.acknowledged(said)
            stances = {"agree": ["Mia", "Tim"]}
            stances[meeting.stance("Dora")] = [*stances.get(meeting.stance("Dora"), []), "Dora"]
            await meeting.shown(**{stance: ", ".join(names) for stance, names in stances.items()})
        assert meeting.ballots() == 3
        meeting.happened()
