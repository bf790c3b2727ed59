"""Search: what was said is found again, in all that somebody may see, a page at a time."""

from dataclasses import replace

from adapters.base import Answer, Button, Rows, Verdict
from bot import searching
from bot.acts import looking
from bot.references import id_in
from bot.searching import Page, Shown
from bot.turn import Turn
from decisions.model import Sought
from decisions.refusals import EmptyText, SearchOver
from storage.seeing import visible


def search(turn: Turn, given: str) -> Answer:
    """`search WORDS`: in a room, what its group may see; in private, what any of my groups may. `search D-12` shows it,
    `search more` turns the page."""
    said = given.strip()
    if not said:
        raise EmptyText("search")
    if (named := id_in(said)) is not None and not named.rest:
        return looking.show(turn, said)
    before = _last(turn)
    if before is not None and said.casefold() in ("more", turn.reader.say("search-word-more").casefold()):
        return _page(turn, before, before.page + 1)
    sought = Sought(
        platform=turn.request.platform, user=turn.request.user, number=before.number + 1 if before else 1, words=said,
        group_id=turn.room.group_id if turn.room else None, page=1, at=turn.now,
    )  # fmt: skip
    return _page(turn, sought, 1)


def pressed(turn: Turn, number: int, page: int) -> Answer:
    """A press on another page of one's own last search. Raises SearchOver."""
    sought = _last(turn)
    if sought is None or sought.number != number:
        raise SearchOver
    return _page(turn, sought, page)


def _last(turn: Turn) -> Sought | None:
    return turn.work.get(Sought, platform=turn.request.platform, user=turn.request.user)


def _page(turn: Turn, sought: Sought, number: int) -> Answer:
    found = searching.searched(
        turn.work, sought.words, visible(turn.work, _groups(turn, sought)), turn.reader, number, now=turn.now,
        mine=frozenset(one.member.id for one in turn.everywhere()),
    )  # fmt: skip
    turn.work.put(replace(sought, page=found.number, at=turn.now))
    if not found.shown:
        return turn.done("search-none", found.words)
    own = {sought.group_id} if sought.group_id else {one.group.id for one in turn.standings}
    lines = [_heading(turn, found), *(_line(turn, one, named=own != {one.group.id}) for one in found.shown)]
    lines += [turn.reader.say("search-next")] if found.number < found.pages else []
    return Answer(Verdict.DONE, "\n\n".join(lines), _buttons(sought, found), looked=True)


def _groups(turn: Turn, sought: Sought) -> set[int]:
    """The groups of which whoever asks sees everything: the room's; in private, those in which they are present. A page
    is turned only by somebody who still may see it."""
    here = turn.room.group_id if turn.room else None
    present = {one.group.id for one in turn.everywhere() if one.present}
    if sought.group_id is None:
        return present if here is None else {here}
    return {sought.group_id} & ({here} | present)


def _heading(turn: Turn, found: Page) -> str:
    key = "search-heading-more" if found.more else "search-heading"
    return turn.reader.say(key, found.words, found.total, found.number, found.pages)


def _line(turn: Turn, one: Shown, *, named: bool) -> str:
    """The thing, what was found of it, and where all of it is."""
    about = [one.kind, one.by, turn.reader.at(one.at), one.group.name if named else ""]
    about += [turn.reader.say("search-elsewhere", one.more)] if one.more else []
    told = " · ".join(part for part in about if part)
    lines = [turn.reader.say("search-line", one.ref, one.heading), told, searching.joined(one.excerpt), one.url or ""]
    return "\n".join(part for part in lines if part)


def _buttons(sought: Sought, found: Page) -> Rows:
    near = ((f"‹ {found.number - 1}", found.number - 1), (f"{found.number + 1} ›", found.number + 1))
    row = tuple(Button(said, f"find{sought.number}:{page}") for said, page in near if 1 <= page <= found.pages)
    return (row,) if row else ()
