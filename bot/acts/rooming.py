"""Rooms: what the group is, the code with which another room joins, who says yes to that, and how a room leaves."""

from dataclasses import replace
from datetime import timedelta

from adapters.base import Answer, Verdict
from bot import codes, joining, notices, pieces, steps
from bot.meeting import carded
from bot.turn import Standing, Turn
from decisions import groups, rooms
from decisions.codes import digest
from decisions.model import Account, Code, Group, Member, Post, PostKind, Purpose, Room
from decisions.refusals import (
    ExpiredCode,
    NoRoomWaits,
    OnlyAdministrators,
    OwnCode,
    Refusal,
    SayInTheRoom,
    SeveralRoomsWait,
    UnknownButton,
    UnknownSetting,
    UsedCode,
    WrongCode,
)
from storage import finding, polling

TYPED_WITHIN = timedelta(hours=1)
ANSWERED_WITHIN = timedelta(days=1)
"""How long a code can be typed, and how long the facilitators have, once it was."""


# -- what the group is, and the code for another room -------------------------------------------------------------------


def setup(turn: Turn, given: str) -> Answer:
    """`setup`: what this group is, and a code for another room; `setup CODE`: let this room join with one."""
    if given.strip():
        return _asks(turn, given)
    standing = turn.here()
    turn.check_facilitates(standing)
    said = (*_described(turn, standing.group), _new_code(turn, standing.group))
    if turn.room is None:
        return _told(turn.done("setup-private", *said))
    notices.tell_room(turn.work, turn.room, "notice-setup", *said)
    return turn.done("ack-setup")


def _told(answer: Answer) -> Answer:
    """Said in words wherever it was asked: a sign that all is done would leave out what comes next."""
    return replace(answer, looked=True)


def _described(turn: Turn, group: Group) -> tuple[str, ...]:
    """The group's name, rooms, zone, language and facilitators."""
    everyone = finding.named(turn.work, finding.facilitators(turn.work, group.id))
    named = ", ".join(name for name, _ in everyone.values())
    here = ", ".join(pieces.room(one) for one in finding.all_rooms(turn.work, group.id))
    language = replace(turn.reader, language=group.language).say("language-name")
    return group.name, here or "–", group.zone, language, named or "–"


def _new_code(turn: Turn, group: Group) -> str:
    old = [one for one in turn.work.all(Code, group_id=group.id) if one.expires_at < turn.now - ANSWERED_WITHIN]
    turn.work.drop(*old)
    drawn = codes.draw()
    made = Code(
        id=turn.work.next_id(Code),
        purpose=Purpose.ROOM,
        digest=digest(drawn),
        platform=turn.request.platform,
        user=turn.request.user,
        group_id=group.id,
        expires_at=turn.now + TYPED_WITHIN,
    )
    turn.work.put(made)
    return drawn


def _asks(turn: Turn, given: str) -> Answer:
    """Whoever administers a chat wants it to join the group whose code they have."""
    request, room = turn.request, turn.room
    if room is None:
        raise SayInTheRoom
    if not request.admin:
        raise OnlyAdministrators
    codes.check_tries(turn.work, request.platform, request.user, turn.now)
    try:
        code, group = _found(turn, given)
    except Refusal as no:  # answered, not raised: that it was tried has to be kept
        codes.tried(turn.work, request.platform, request.user, turn.now)
        return turn.refused(no)
    if group.id == room.group_id:
        raise OwnCode(group.name)
    joining.check_free(turn.work, room)
    member = turn.work.get(Member, group_id=group.id, person_id=turn.person.id)
    if member is not None and groups.is_facilitator(member):
        turn.work.put(replace(code, agreed=True))
        joining.join(turn.work, room, group, turn.now, by=member)
        return turn.done("ack-room-joined", pieces.room(room), group.name)
    return _ask(turn, code, group, room)


def _found(turn: Turn, given: str) -> tuple[Code, Group]:
    code = codes.kept(turn.work, given)
    if code is None or code.group_id is None:  # one for accounts is burned before it comes here
        raise WrongCode
    if code.agreed or code.other_chat:
        raise UsedCode
    if code.expires_at <= turn.now:
        raise ExpiredCode
    return code, turn.work.the(Group, id=code.group_id)


def _ask(turn: Turn, code: Code, group: Group, room: Room) -> Answer:
    """Ask the facilitators of the group, privately."""
    request, until = turn.request, turn.now + ANSWERED_WITHIN
    asked = replace(code, other_platform=request.platform, other_user=request.user, other_chat=request.chat,
                    other_agreed=True, expires_at=until)  # fmt: skip
    turn.work.put(asked)
    said = (turn.person.name, pieces.room(room), group.name, code.digest[: codes.TAG])
    notices.tell_facilitators(turn.work, group.id, "notice-room-asks", *said)
    who = finding.named(turn.work, finding.facilitators(turn.work, group.id)).values()
    return _told(turn.done("ack-room-asked", group.name, tuple(name for name, _ in who)))


# -- yes or no to a room that wants to join ---------------------------------------------------------------------------


def pressed_answer(turn: Turn, tag: str, said: str) -> Answer:
    """A press on the question."""
    for standing, code, room in _waiting(turn):
        if code.digest.startswith(tag):
            return _settle(turn, standing, code, room, yes=said == "yes")
    raise NoRoomWaits


def _answer(turn: Turn, yes: bool, name: str) -> Answer:
    waiting = _waiting(turn)
    named = [one for one in waiting if name.casefold() in ("", one[2].name.casefold())]
    if not named:
        raise NoRoomWaits
    if len(named) > 1:
        raise SeveralRoomsWait(tuple(room.name for _, _, room in named))
    return _settle(turn, *named[0], yes=yes)


def _waiting(turn: Turn) -> list[tuple[Standing, Code, Room]]:
    """The rooms that want to join one of the person's groups."""
    found = []
    for standing in turn.standings:
        for code in turn.work.all(Code, group_id=standing.group.id, purpose=Purpose.ROOM, agreed=False):
            room = turn.work.get(Room, platform=code.other_platform, chat=code.other_chat)
            if room is not None and room.group_id != standing.group.id and turn.now < code.expires_at:
                found.append((standing, code, room))
    return found


def _settle(turn: Turn, standing: Standing, code: Code, room: Room, *, yes: bool) -> Answer:
    turn.check_facilitates_all(standing)
    called, group = pieces.room(room), standing.group
    if not yes:
        turn.work.drop(code)
        asker = Account(platform=code.other_platform, user=code.other_user, person_id=0)
        notices.tell_account(turn.work, asker, "notice-room-refused", called, group.name)
        return turn.done("ack-room-refused", called)
    joining.check_free(turn.work, room)
    turn.work.put(replace(code, agreed=True))
    joining.join(turn.work, room, group, turn.now, by=standing.member)
    return turn.done("ack-room-joined", called, group.name)


# -- leaving ----------------------------------------------------------------------------------------------------------


def leave(turn: Turn, given: str) -> Answer:
    """`leave`: asks; `leave yes`: this room leaves the group."""
    standing, room = turn.here(), turn.room
    if room is None:
        raise SayInTheRoom
    turn.check_facilitates(standing)
    if turn.reader.wish(given) is True:
        return _leave(turn, standing, room)
    joining.check_leaves(turn.work, room, turn.now, by=standing.member)
    button = turn.button("button-leave-yes", f"leave{room.id}:yes")
    return _told(turn.done("leave-sure", pieces.room(room), standing.group.name, buttons=((button,),)))


def pressed_leave(turn: Turn, room_id: int) -> Answer:
    """A press on yes, in the room or alone."""
    for standing in turn.standings:
        room = turn.work.get(Room, id=room_id, group_id=standing.group.id)
        if room is not None and room.left_at is None and (turn.room is None or turn.room.id == room.id):
            turn.check_facilitates(standing)
            return _leave(turn, standing, room)
    raise UnknownButton


def _leave(turn: Turn, standing: Standing, room: Room) -> Answer:
    joining.leave(turn.work, room, turn.now, by=standing.member)
    return _told(turn.done("ack-left", pieces.room(room), standing.group.name))


# -- the rooms there are ----------------------------------------------------------------------------------------------


def list_(turn: Turn, given: str) -> Answer:
    """`rooms`: the chats that form this group; `rooms yes`: let one join; `rooms announce on`: only tell things here."""
    first, _, rest = given.strip().partition(" ")
    if first.casefold() == "announce":
        return _announce(turn, rest.strip().casefold())
    answer = turn.reader.wish(first)
    if answer is not None:
        return _answer(turn, answer, rest.strip())
    if first:
        raise UnknownSetting(first[:40], ("rooms yes", "rooms no", "rooms announce on", "rooms announce off"))
    standing = turn.here()
    present = finding.present(turn.work, standing.group.id)
    lines = [_line(turn, one, len(present.get(one.id, ()))) for one in finding.all_rooms(turn.work, standing.group.id)]
    waiting = [turn.reader.say("rooms-waits", room.name) for one, _, room in _waiting(turn) if turn.facilitates(one)]
    heading = turn.reader.say("rooms-heading" if lines else "rooms-none", standing.group.name)
    return Answer(Verdict.DONE, "\n".join((heading, *lines, *waiting)), looked=True)


def _line(turn: Turn, room: Room, members: int) -> str:
    called = pieces.room(room) if room.gone_at is None else turn.reader.say("rooms-gone", pieces.room(room))
    said = [turn.reader.say("rooms-line", called, members)]
    said += [turn.reader.say("rooms-announced")] if room.announce else []
    return " · ".join(said)


def _announce(turn: Turn, word: str) -> Answer:
    standing, room = turn.here(), turn.room
    if room is None:
        raise SayInTheRoom
    if word not in ("on", "off"):
        raise UnknownSetting(word[:40], ("rooms announce on", "rooms announce off"))
    turn.check_facilitates(standing)
    others = [one for one in finding.all_rooms(turn.work, standing.group.id) if one.id != room.id]
    change = turn.apply(rooms.announce(room, others, on=word == "on", by=standing.member), standing)
    if change:
        _show_again(turn, standing.group, replace(room, announce=word == "on"))
    return turn.done(f"ack-announce-{word}")


def _show_again(turn: Turn, group: Group, room: Room) -> None:
    """The cards of what is open get their buttons, or lose them; a platform's own poll ends, or is asked anew."""
    for poll in polling.ahead(turn.work, group.id):
        for post in steps.newest(turn.work.all(Post, poll_id=poll.id, room_id=room.id)):
            if post.kind is PostKind.CARD or (post.kind is PostKind.NATIVE and room.announce):
                turn.work.put(replace(post, shown=0, live=True))
        if steps.taps_count(room, poll):
            steps.want(turn.work, poll, PostKind.NATIVE, room_id=room.id)
    carded.otherwise(turn.work, room)
