"""Private chats on Matrix: which there are, also while our account does not know of the newest yet."""

from typing import Any, cast

from adapters.matrix.direct import Direct
from adapters.matrix.line import Line
from adapters.matrix.rooms import Rooms

ANA, BEN = "@ana:example.org", "@ben:example.org"


class Quiet:
    """A line that takes whatever it is told."""

    user = "@folkmoot:example.org"

    async def call(self, *asked: Any) -> dict[str, Any]:
        return {}


async def test_a_chat_made_just_now_is_kept_when_the_account_tells_of_those_before() -> None:
    """Two are made one after the other, and the sync tells of the first when the second is there already."""
    direct = Direct(cast(Line, Quiet()), cast(Rooms, None))
    await direct.add(ANA, "!ana")
    await direct.add(BEN, "!ben")
    direct.take({ANA: ["!ana"]})
    assert direct._chats == {ANA: ["!ana"], BEN: ["!ben"]}
    direct.take({ANA: ["!ana"], BEN: ["!ben"]})
    direct.take({ANA: ["!ana"]})  # what it knew and has let go of is gone
    assert direct._chats == {ANA: ["!ana"]}
