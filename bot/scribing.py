"""Scribing: what is said in a room while the group's meeting runs - the tags in it, and the log of all of it."""

from collections.abc import Callable, Sequence
from functools import partial

from adapters.base import NOTHING, Answer
from bot import commands, tags, unrecorded
from bot.acts import editing, gathering, holding, noting
from bot.meeting import held
from bot.reader import short
from bot.references import id_in
from bot.tags import Tagged
from bot.turn import Standing, Turn
from decisions.refusals import AmbiguousMember, CommandAmongTags, NoneRuns, Refusal, TagRefused, TooManyTags

MOST = 50
"""Tags in one message."""

SLASHES = ("!", "/")
"""The signs that commands have too."""


def asked(turn: Turn) -> Callable[[], Answer] | None:
    """What the tags of a message ask for; None: it has none, or what it says is a command."""
    if turn.room is None or not turn.standings:
        return None
    text, running = turn.request.text, runs(turn)
    if not running and (turn.request.edited or not tags.LIKE_ONE.match(text)):
        return None
    said = tags.read(text, turn.languages)
    meant = _meant(turn, said) if running else said
    off = unrecorded.off(text)
    if turn.request.edited and off:
        gone = editing.notes(turn, turn.origin)
        return partial(editing.take_out, turn, gone) if gone else None
    if turn.request.edited:
        return partial(editing.edited, turn, meant) if editing.follows(turn, meant) else None
    if off and any(one.tag in noting.NOTED for one in meant):
        return lambda: turn.done("ack-left-out")
    if not running and not (said and said[0].tag == tags.STARTS):
        return _outside(turn, said)
    return partial(_carried_out, turn, meant) if meant and not _commanded(turn, text) else None


def listened(turn: Turn) -> Callable[[], Answer] | None:
    """Mere talk in a meeting: nothing is done but to write it down. None: no meeting runs here."""
    return (lambda: NOTHING) if runs(turn) else None


def runs(turn: Turn) -> bool:
    """Whether a meeting runs in this room."""
    return turn.room is not None and bool(turn.standings) and bool(turn.standings[0].group.running)


def removed(turn: Turn) -> Answer | None:
    """A message is no more: nor is what it noted, whoever took it out of the room. None: it noted nothing in the meeting
    that runs."""
    gone = editing.notes(turn, turn.origin, anybodys=True)
    return editing.take_out(turn, gone) if gone else None


def _outside(turn: Turn, said: Sequence[Tagged]) -> Callable[[], Answer] | None:
    """A tag where no meeting runs: talk, as many a `#word` is, unless it can be meant for nobody but us."""
    first = said[0] if said else None
    if first is None or first.line != 1:
        return None
    ours = first.tag == tags.ENDS or (first.mark in SLASHES and not is_command(turn, first.given, first.words))
    return _none_runs if ours and first.mark else None


def _none_runs() -> Answer:
    raise NoneRuns


def _commanded(turn: Turn, text: str) -> bool:
    """Whether the whole message is a command, a sign or a quick proposal."""
    plain = commands.UNSEEN.sub("", text).strip()
    if commands.SIGN.fullmatch(plain) or commands.QUICK.fullmatch(plain):
        return True
    found = commands.COMMAND.fullmatch(plain)
    return found is not None and is_command(turn, found["word"], found["rest"])


def is_command(turn: Turn, word: str, rest: str) -> bool:
    """Whether a word with a sign before it is a command here, though it may be a tag as well."""
    command = commands.find(word, turn.languages)
    if command is None or command.word in (tags.STARTS, tags.ENDS):
        return False
    if command.word == "action":
        return not runs(turn) or id_in(rest) is not None
    if command.word == "link":
        return tags.URL.match(rest) is None
    if command.word == "help":
        topic = rest.strip().lstrip("!/").partition("\n")[0].strip()
        return not topic or commands.find(topic, turn.languages) is not None
    return True


def _meant(turn: Turn, said: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """What of it is meant: `ack` without a sign is talk where it names nobody."""
    if len(said) > MOST:
        return tuple(said)
    return tuple(one for one in said if one.tag != "ack" or one.mark or not one.words or _names(turn, one.words))


def _names(turn: Turn, words: str) -> bool:
    try:
        return bool(gathering.members(turn, turn.standings[0], words))
    except AmbiguousMember:
        return True
    except Refusal:
        return False


def _carried_out(turn: Turn, said: Sequence[Tagged]) -> Answer:
    """Carry out the tags of a message, all of them or none."""
    if len(said) > MOST:
        raise TooManyTags(len(said), MOST)
    _check_no_command(turn, said[0].line)
    for one in said:
        try:
            answer = _one(turn, turn.standings[0], one)
        except Refusal as no:
            if len(said) == 1:
                raise
            raise TagRefused(one.line, short(f"{one.given} {one.words}"), turn.refused(no).text) from no
    return answer if len(said) == 1 else turn.done("ack-noted-several", len(said))


def _one(turn: Turn, standing: Standing, said: Tagged) -> Answer:
    if said.tag == tags.STARTS:
        return holding.start(turn, said.words)
    if said.tag == tags.ENDS:
        return holding.end(turn, said.words)
    return noting.TAGS[said.tag](turn, standing, held.the_running(turn, standing), said)


def _check_no_command(turn: Turn, first: int) -> None:
    """Refuse a command that stands below a tag, where nobody would hear it."""
    for line in turn.request.text.splitlines()[first:]:
        plain = commands.UNSEEN.sub("", line).strip()
        found = commands.COMMAND.fullmatch(plain)
        if commands.QUICK.fullmatch(plain) or (found and is_command(turn, found["word"], found["rest"])):
            raise CommandAmongTags(short(plain))
