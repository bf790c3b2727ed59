"""Errands: what the command line does and is done with - play, export, verify, erase, backup, restore, import."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.console.conversation import Malformed, read
from adapters.console.scripted import Shown
from bot import erasing, minutes, mydata, naming, references, words
from bot.app import new_salt
from bot.clock import SystemClock
from bot.importing import bring_in
from bot.play import Player
from bot.reader import Reader
from bot.running import opened
from bot.telling import REFUSED, WRONG, Failure, listed, say, settings
from decisions.listings import MOST_BYTES
from decisions.model import Group
from decisions.refusals import ListTooLarge, Refusal
from storage import backup, erased, state
from storage.faults import Fault
from storage.minuting import meetings, minuted
from storage.verify import verify
from storage.work import Work


def play(file: Path, show: Callable[[Shown], None]) -> None:
    """Play a written conversation from a clean start."""
    lines = _text(file).splitlines()
    try:
        conversation = read(lines)
    except Malformed as wrong:
        raise Failure(WRONG, "malformed", str(file), str(wrong)) from wrong
    with opened() as store:
        with store.unit_of_work() as work:
            if not state.start_clean(work, str(file)):
                raise Failure(REFUSED, "play-refused", _own_folder())
        asyncio.run(Player(conversation, store, show).play())


def minutes_of(meeting: str, form: str, group: str | None, *, log: bool) -> str:
    """The minutes of a meeting as text, in the group's language and zone."""
    if form not in minutes.FORMS:
        raise Failure(WRONG, "unknown-format", form, listed(list(minutes.FORMS)))
    with opened(make=False) as store, store.reading() as work:
        found = group_named(work, group)
        begun = {one.ref: one for one in meetings(work, found.id)}
        if (one := begun.get(_ref(meeting))) is None:
            key = "no-meeting" if begun else "no-meeting-none"
            raise Failure(REFUSED, key, meeting, listed(list(begun)))
        known = minuted(work, one, log=log or form == "json")
        return minutes.text(known, form, Reader(found.language, found.zone), SystemClock().now())


def _ref(typed: str) -> str:
    """`M-3` for `m-3`, `m3` or `3`."""
    return f"M-{references.folded(typed).strip().upper().removeprefix('M').removeprefix('-')}"


def brought_in(file: Path, group: str | None, name: str) -> tuple[bool, list[str]]:
    """Take a list of voters over from a file: whether it could be, and what to say of it."""
    reader = Reader(settings().language, settings().zone)
    with opened(make=False) as store:
        try:
            with store.unit_of_work() as work:
                now, found = SystemClock().now(), group_named(work, group)
                columns = reader.say("list-columns")
                one, lines, new = bring_in(work, found, name, _list(file), columns, by=None, now=now, salt=new_salt)
                return True, [say("imported", one.name, lines, new)]
        except Refusal as no:
            return False, reader.refused(no).split("\n")


def verified() -> tuple[bool, list[str]]:
    """Whether all is in order, and what to say of it."""
    with opened(make=False) as store, store.reading() as work:
        faults = verify(work)
        if faults:
            more = [say("broken-more", len(faults) - 1)] if len(faults) > 1 else []
            return False, [_told(work, faults[0]), *more]
        groups = work.all(Group)
    return True, [say("verified", len(groups), sum(one.lines for one in groups))]


def forgotten(member: str, group: str | None, *, words: bool) -> str:
    """Forget a person in all their groups, and say what went. `group`: where the name is looked for."""
    with opened(make=False) as store, store.unit_of_work() as work:
        person = naming.person(work, member, _groups(work, group))
        gone = erasing.erase(work, person, SystemClock().now(), new_salt, words=words)
    if person.erased and not gone.texts:
        return say("erased-already", member)
    return say("erased", member, gone.groups, gone.texts)


def stored(member: str, group: str | None) -> str:
    """Everything that is stored on a person, as JSON."""
    with opened(make=False) as store, store.reading() as work:
        return mydata.file(work, naming.person(work, member, _groups(work, group))).text


def back_up(file: Path) -> str:
    """Copy the database to a new file, with the file of those who are forgotten beside it, and say so."""
    beside = erased.beside(file)
    with opened(make=False) as store, _refusing(file):
        if beside.exists():
            raise Failure(REFUSED, "already-there", str(beside))
        backup.backup(store, file)
        if store.erased is not None:
            erased.take_over(beside, store.erased)
    return say("backed-up", str(file))


def bring_back(file: Path) -> str:
    """Fill an empty database from a backup, forget again who was forgotten since, and say so."""
    with opened() as store, _refusing(file):
        if store.erased is not None:  # before the people are: killed between the two, the next start forgets them
            erased.take_over(store.erased, erased.beside(file))
        backup.restore(store, file)
        erasing.forget_again(store, SystemClock().now(), new_salt)
    return say("restored", str(file))


def write(file: Path, content: str | bytes) -> None:
    """Write a file whole or not at all. What is no ordinary file, as a pipe, is written to."""
    raw = content.encode() if isinstance(content, str) else content
    if file.exists() and not file.is_file():
        file.write_bytes(raw)
        return
    file = file.resolve()  # a link stays one
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(raw)
        part.replace(file)
    except OSError as no:
        raise OSError(no.errno, no.strerror, str(file)) from no
    finally:
        part.unlink(missing_ok=True)


# -- parts ------------------------------------------------------------------------------------------------------------


def _text(file: Path) -> str:
    return _decoded(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes(), file)


def _list(file: Path) -> str:
    """No more than one byte too many is read: what is larger is refused anyway."""
    if str(file) == "-":
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        with file.open("rb") as opened_file:
            raw = opened_file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise ListTooLarge(MOST_BYTES)
    return _decoded(raw, file)


def _decoded(raw: bytes, file: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Failure(WRONG, "not-text", str(file)) from wrong


def _own_folder() -> str:
    """What to type before a command, so that it gets a database of its own."""
    return f"{'FOLKMOOT_DATABASE_URL= ' if settings().database_url else ''}FOLKMOOT_DATA=FOLDER"


def group_named(work: Work, wanted: str | None) -> Group:
    """The group of that name or number; without one, the only one."""
    groups = work.all(Group)
    names = listed([f"{one.name} ({one.id})" for one in groups])
    if wanted is None:
        hits = groups
    else:
        named = [one for one in groups if one.name.casefold() == wanted.strip().casefold()]
        hits = named or [one for one in groups if str(one.id) == wanted.strip()]
    if len(hits) == 1:
        return hits[0]
    if not groups:
        raise Failure(REFUSED, "no-group")
    if hits:
        raise Failure(WRONG, "which-group", names)
    raise Failure(REFUSED, "unknown-group", wanted or "", names)


def _groups(work: Work, wanted: str | None) -> list[Group]:
    """All groups, or the one that is named."""
    return work.all(Group) if wanted is None else [group_named(work, wanted)]


def _told(work: Work, fault: Fault) -> str:
    group = work.get(Group, id=fault.group)
    place, what = (words.say(settings().language, *said) for said in (fault.place, fault.what))
    return say("broken", group.name if group else str(fault.group), place, what)


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """What storage refuses, as a text."""
    try:
        yield
    except backup.HasItsOwnTools as no:
        raise Failure(REFUSED, "has-its-own-tools") from no
    except backup.AlreadyThere as no:
        raise Failure(REFUSED, "already-there", str(file)) from no
    except backup.NotEmpty as no:
        raise Failure(REFUSED, "not-empty", _own_folder()) from no
    except backup.NoBackup as no:
        raise Failure(WRONG, "no-backup", str(file)) from no
