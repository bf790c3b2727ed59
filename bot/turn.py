"""Turn: one member's request, once it is known who they are and where they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from adapters.base import Answer, Button, Request, Rows, Verdict
from bot.meant import Meant
from bot.reader import Reader
from decisions import groups
from decisions.change import Change
from decisions.lookalikes import alike, number_in, numbered
from decisions.model import Doubt, Group, Member, Person, Poll, Presence, Room
from decisions.refusals import (
    AmbiguousMember,
    NoGroup,
    NotInTheRooms,
    Refusal,
    RoomNeeded,
    UnknownButton,
    UnknownMember,
    Who,
)
from decisions.wording import line
from storage import finding
from storage.work import Work


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

    def check_belongs(self, standing: Standing) -> None:
        """Refuse who is in none of the group's rooms, while it has any: whoever has left, or was put out, adds nothing."""
        if not (standing.present or self._belongs(standing)):
            raise NotInTheRooms(standing.group.name)

    def check_proposes(self, standing: Standing) -> None:
        """Refuse who is not there, and whom the group does not let put anything."""
        self.check_belongs(standing)
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
