"""Turn: one member's request, once it is known who they are and where they stand."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from adapters.base import Answer, Button, Request, Rows, Verdict
from bot.meant import Meant
from bot.reader import Reader
from decisions import groups
from decisions.change import Change
from decisions.lookalikes import alike, number_in, numbered
from decisions.methods import METHODS
from decisions.model import Concern, Doubt, Group, Member, Person, Poll, Post, Presence, Room
from decisions.refusals import (
    AmbiguousMember,
    AmbiguousReference,
    NoGroup,
    NothingOpen,
    ReferenceNeeded,
    Refusal,
    RoomNeeded,
    UnknownButton,
    UnknownMember,
    UnknownReference,
    Who,
)
from decisions.wording import line
from storage import discussion, finding, polling
from storage.work import Work

REFERENCE = re.compile(
    r"(?P<kind>[PDCMAL])-?(?P<number>\d{1,9})(?:@(?P<group>\d{1,9}))?(?=$|[\s,.:;!?،؛؟、。，；：])", re.IGNORECASE
)
BREAKS = " \t,.:;،؛、。，；："
"""What may stand between an id and what follows it, on the same line."""

T = TypeVar("T", Poll, Concern)
STANCE_METHODS = tuple(name for name, method in METHODS.items() if method.stances)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who somebody is in one group. `present`: they are in one of its rooms now."""

    group: Group
    member: Member
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What an act needs: the work, who asks, where, and now.

    In a room there is one standing, the group's; in a private chat one for every group that the person is in.
    """

    work: Work
    request: Request
    now: datetime
    salt: Callable[[], str]
    person: Person
    room: Room | None
    standings: tuple[Standing, ...]
    reader: Reader
    about: tuple[Standing, Poll] | None = None
    """What is spoken about, where that is known without being said."""
    doubt: Doubt | None = None
    """Of what is carried out again: what was kept of it."""
    meant: tuple[Meant, ...] = ()
    """What its words for a time were said to mean."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which commands are understood: the person's, the room's, the groups'."""
        rooms = self.room.language if self.room else ""
        groups = [spoken for one in self.standings for spoken in (one.group.language, *one.group.languages)]
        spoken = (self.reader.language, rooms, *groups)
        return tuple(dict.fromkeys(one for one in spoken if one))

    @property
    def origin(self) -> str:
        """Which message this was said or pressed with; empty where the platform has no ids for them."""
        request = self.request
        return self.origin_of(request.message)

    @property
    def thread(self) -> str:
        """The thread or topic of a room in which it was said, in the same way."""
        return self.origin_of(self.request.thread) if self.room is not None else ""

    def origin_of(self, message: str) -> str:
        """Another message in the same chat, in the same way."""
        return f"{self.request.platform}:{self.request.chat}:{message}" if message else ""

    @property
    def key(self) -> str:
        """By what the request is known for as long as it could be delivered again."""
        return f"{self.request.platform}:{self.request.key}"

    # -- answering ----------------------------------------------------------------------------------------------------

    def done(self, key: str, *args: object, buttons: Rows = ()) -> Answer:
        """Tell the person, alone, what was done."""
        return Answer(Verdict.DONE, self.reader.say(key, *args), buttons)

    def refused(self, no: Refusal) -> Answer:
        """Tell the person, alone, that it cannot be, in their language; members in it by name."""
        values = [self._names(one) if isinstance(one, Who) else one for one in no.values()]
        return Answer(Verdict.REFUSED, self.reader.refused(no, values))

    def _names(self, who: Who) -> tuple[str, ...]:
        people = finding.named(self.work, who.ids)
        return tuple(people[one][0] or self.reader.say("forgotten") for one in who.ids if one in people)

    def button(self, key: str, press: str, *args: object) -> Button:
        """A button with a text in the person's language."""
        return Button(self.reader.say(key, *args), press)

    # -- finding what is meant ----------------------------------------------------------------------------------------

    def everywhere(self) -> tuple[Standing, ...]:
        """Every group that the person is in, wherever they ask."""
        if self.room is None:
            return self.standings
        found = finding.belongings(self.work, self.request.platform, self.request.user)
        return tuple(Standing(one.group, one.member, one.present) for one in found)

    def there(self) -> "Turn":
        """The same for what is only looked at: nothing of a group in none of whose rooms they are any more, while it has any."""
        if self.room is not None:
            return self
        return replace(self, standings=tuple(one for one in self.standings if one.present or self._belongs(one)))

    def _belongs(self, standing: Standing) -> bool:
        present = self.work.all(Presence, member_id=standing.member.id)
        return bool(present) or not finding.rooms(self.work, standing.group.id)

    def here(self) -> Standing:
        """The group that is spoken of where none is named."""
        if not self.standings:
            raise NoGroup
        if len(self.standings) > 1:
            raise RoomNeeded
        return self.standings[0]

    def reference(self, words: str, kinds: str = "PD") -> tuple[Standing, Poll, str] | None:
        """The poll whose id the words begin with, and the words after it; None if they begin with none."""
        found = REFERENCE.match(words)
        if found is None or found["kind"].upper() not in kinds:
            return None
        column = "decision" if found["kind"].upper() == "D" else "number"
        number, rest = int(found["number"]), words[found.end() :].lstrip(BREAKS)
        hits = []
        for standing in self._named(found["group"]):
            poll = self.work.get(Poll, group_id=standing.group.id, **{column: number})
            if poll is not None:
                hits.append((standing, poll))
        standing, poll = self._only(found[0], hits)
        return standing, poll, rest

    def check_names_none_but(self, words: str, kinds: str, example: str) -> None:
        """Refuse what begins with the id of something else: nobody meant the one that is there anyway."""
        found = REFERENCE.match(words)
        if found is not None and found["kind"].upper() not in kinds:
            raise ReferenceNeeded(example)

    def reference_needed(self, words: str, example: str) -> tuple[Standing, Poll, str]:
        """The poll whose id the words begin with; without one, the refusal shows the example."""
        found = self.reference(words)
        if found is None:
            raise ReferenceNeeded(example)
        return found

    def poll(self, words: str) -> tuple[Standing, Poll, str]:
        """The poll that is meant to be voted in: named by its id, or the open one put last."""
        named = self.reference(words)
        if named is not None:
            return named
        latest = self.latest(tuple(METHODS))
        if latest is None:
            raise NothingOpen
        return *latest, words

    def the_poll(self, words: str) -> tuple[Standing, Poll, str]:
        """The poll that is meant to be changed: named by its id, the one that a reply answers or whose topic this is, or the
        only one open."""
        named = self.reference(words)
        if named is not None:
            return named
        answered = self.answered() or self.in_thread()
        if answered is not None:
            return *answered, words
        open_ = [(one, poll) for one in self.standings for poll in self._open(one, tuple(METHODS))]
        if not open_:
            raise NothingOpen
        return *self._only("", open_), words

    def answered(self) -> tuple[Standing, Poll] | None:
        """The poll whose card, or a notice about which, this is a reply to."""
        post = self.answered_post()
        if self.about is not None or post is None:
            return self.about
        standing = next(one for one in self.standings if one.group.id == post.group_id)
        return standing, self.work.the(Poll, id=post.about)

    def in_thread(self) -> tuple[Standing, Poll] | None:
        """The one poll that was put in this thread or topic and is not over; None: there is none, or there are several."""
        group = self.standings[0].group.id if self.thread and self.standings else 0
        found = discussion.put_in(self.work, group, self.thread) if group else []
        return (self.standings[0], found[0]) if len(found) == 1 else None

    def answered_post(self) -> Post | None:
        """The message of ours about a poll that this is a reply to, in one of the groups where the person stands."""
        request = self.request
        if not request.reply_to:
            return None
        place = {"room_id": self.room.id} if self.room else {"platform": request.platform, "user": request.user}
        groups = {one.group.id for one in self.standings}
        found = self.work.all(Post, message=request.reply_to, **place)
        return next((post for post in found if post.poll_id is not None and post.group_id in groups), None)

    def latest(self, methods: tuple[str, ...]) -> tuple[Standing, Poll] | None:
        """The poll by one of these methods that a reply answers, or whose topic this is; else the open one put last, in this
        room if there is one."""
        for about in (self.answered(), self.in_thread()):
            if about is not None and about[1].method in methods:
                return about
        hits = []
        for standing in self.standings:
            open_ = self._open(standing, methods)
            here = [poll for poll in open_ if self.room is not None and poll.room_id == self.room.id]
            hits += [(standing, poll) for poll in (here or open_)[:1]]
        return self._only("", hits) if hits else None

    def _open(self, standing: Standing, methods: tuple[str, ...]) -> list[Poll]:
        found = polling.latest_open(self.work, standing.group.id, methods)
        return [poll for poll in found if self.now < poll.closes_at]

    def concern(self, words: str) -> tuple[Standing, Poll, Concern, str] | None:
        """The concern whose id the words begin with, its poll, and the words after it."""
        found = REFERENCE.match(words)
        if found is None or found["kind"].upper() != "C":
            return None
        hits = []
        for standing in self._named(found["group"]):
            concern = self.work.get(Concern, group_id=standing.group.id, number=int(found["number"]))
            if concern is not None:
                hits.append((standing, concern))
        standing, concern = self._only(found[0], hits)
        return standing, self.work.the(Poll, id=concern.poll_id), concern, words[found.end() :].lstrip(BREAKS)

    def _named(self, group: str | None) -> tuple[Standing, ...]:
        if group is None:
            return self.standings
        return tuple(one for one in self.standings if one.group.id == int(group))

    def _only(self, given: str, hits: list[tuple[Standing, T]]) -> tuple[Standing, T]:
        if not hits:
            raise UnknownReference(given)
        if len(hits) > 1:
            raise AmbiguousReference(given or hits[0][1].ref, _choices(given, hits))
        return hits[0]

    def named(
        self, standing: Standing, name: str, among: Sequence[tuple[Member, Person]] | None = None
    ) -> tuple[Member, Person]:
        """The one member of the group who goes by this name, and nobody whose name looks like it; or by this number.
        `among`: all of the group, where they were asked for before."""
        wanted = line(name[:1000]).removeprefix("@")
        everyone = finding.members(self.work, standing.group.id) if among is None else among
        by_number = number_in(wanted)
        for member, person in everyone if by_number else ():
            if by_number and member.id == by_number[1] and (not by_number[0] or alike(by_number[0], person.name)):
                return member, person
        hits = [(member, person) for member, person in everyone if alike(person.name, wanted)]
        if not hits:
            raise UnknownMember(name[:40])
        if len(hits) > 1 or hits[0][1].name.casefold() != wanted.casefold():
            raise AmbiguousMember(name[:40], tuple(numbered(person.name, member.id) for member, person in hits))
        return hits[0]

    # -- who may ------------------------------------------------------------------------------------------------------

    def facilitators(self, standing: Standing) -> tuple[int, ...]:
        """The ids of the group's facilitators."""
        return finding.facilitators(self.work, standing.group.id)

    def check_leads(self, standing: Standing, poll: Poll) -> None:
        """Refuse everyone but the proposer and the facilitators."""
        if not (self.is_(standing, poll.by) or self.facilitates(standing)):
            groups.check_leads(poll, standing.member, self.facilitators(standing))

    def is_(self, standing: Standing, member_id: int) -> bool:
        """Whether this is the member who stands here, or one who turned out to be the same person."""
        return standing.member.id == member_id or standing.member.id == finding.living(self.work, member_id)

    def check_facilitates(self, standing: Standing) -> None:
        """Refuse everyone but the facilitators."""
        if not self.facilitates(standing):
            groups.check_facilitates(standing.member, self.facilitators(standing))

    def check_facilitates_all(self, standing: Standing) -> None:
        """Refuse everyone but the facilitators, where it is about more than the chat in which it is said."""
        if not (groups.is_facilitator(standing.member) or self._administers_all(standing)):
            groups.check_facilitates(standing.member, self.facilitators(standing))

    def _administers_all(self, standing: Standing) -> bool:
        """Whoever administers the group's only chat does; of several, only where no facilitator is left in any."""
        if not self.facilitates(standing):
            return False
        group_id = standing.group.id
        there = {one for known in finding.present(self.work, group_id).values() for one in known}
        return len(finding.all_rooms(self.work, group_id)) == 1 or there.isdisjoint(self.facilitators(standing))

    def check_proposes(self, standing: Standing) -> None:
        """Refuse whom the group does not let put anything."""
        leads = self.facilitates(standing)
        groups.check_proposes(standing.group, standing.member, leads=leads, facilitators=self.facilitators(standing))

    def facilitates(self, standing: Standing) -> bool:
        """Whoever administers the chat in which they speak may do there what facilitators do."""
        return groups.is_facilitator(standing.member) or (self.request.admin and self.room is not None)

    def led(self, poll_id: int) -> tuple[Standing, Poll]:
        """The poll that a button for those who lead it belongs to."""
        for standing in self.standings:
            poll = self.work.get(Poll, id=poll_id, group_id=standing.group.id)
            if poll is not None:
                self.check_leads(standing, poll)
                return standing, poll
        raise UnknownButton

    # -- keeping ------------------------------------------------------------------------------------------------------

    def apply(self, change: Change, standing: Standing) -> Change:
        """Write a change and its journal lines."""
        return self.work.apply(change, standing.group.id, self.now)


def _choices(given: str, hits: Sequence[tuple[Standing, Poll | Concern]]) -> tuple[str, ...]:
    """What to write instead: ids alone where they differ, with the group where it is the groups that differ."""
    if len({one.group.id for one, _ in hits}) == 1:
        return tuple(what.ref for _, what in hits)
    return tuple(f"{given or what.ref}@{one.group.id} ({one.group.name})" for one, what in hits)
