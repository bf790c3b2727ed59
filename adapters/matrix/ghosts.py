"""Who in a room is nobody of their own: accounts that bridges make for people elsewhere, and what they post as somebody."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from typing import Any

NETWORKS = (
    "telegram", "whatsapp", "signal", "discord", "slack", "irc", "gitter", "xmpp", "facebook", "messenger", "instagram",
    "meta", "twitter", "bluesky", "linkedin", "googlechat", "hangouts", "gmessages", "gvoice", "imessage", "groupme",
    "mattermost", "rocketchat", "zulip", "skype", "steam", "wechat", "freenode",
)  # fmt: skip
BOTS = ("matterbridge", "heisenbridge", "appservice-irc", "hookshot")

USUAL = ("_*", *(f"{one}_*" for one in NETWORKS), *(f"{one}bot" for one in NETWORKS), *BOTS)
"""How bridges usually call the accounts that they make, and their own. An underscore in front is theirs alone: the
standard asks them for it, and homeservers give it to nobody who signs up."""

PUPPET = "fi.mau.double_puppet_source"
OLD_PUPPET = re.compile(r"(?:net\.maunium|com\.beeper)\.\w+\.puppet")
ELSEWHERE = "external_url"
"""By the standard: where a message that came from another network stands there."""


@dataclass(frozen=True)
class Ghosts:
    """What tells them from people."""

    globs: tuple[str, ...] = USUAL
    """Of the first part of an id; with a colon, of the whole without its `@`."""
    ours: frozenset[str] = frozenset()
    """The ids of our own accounts on other networks."""

    def has(self, user: str) -> bool:
        """Whether an account is one that a bridge made."""
        whole = user.removeprefix("@").casefold()
        return bool(self._local.match(whole.partition(":")[0]) or self._whole.match(whole))

    def is_ours(self, user: str) -> bool:
        """Whether a ghost stands for an account of our own: what it says, we said."""
        return self.has(user) and user.removeprefix("@").partition(":")[0].rpartition("_")[2] in self.ours

    @cached_property
    def _local(self) -> re.Pattern[str]:
        return _any(one for one in self.globs if ":" not in one)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return _any(one for one in self.globs if ":" in one)


def is_bridged(content: Mapping[str, Any]) -> bool:
    """Whether a bridge posted this, in the name of somebody who has an account here too."""
    return bool(content.get(PUPPET) or content.get(ELSEWHERE)) or any(
        bool(value) for name, value in content.items() if OLD_PUPPET.fullmatch(name)
    )


def _any(globs: Iterable[str]) -> re.Pattern[str]:
    """Matches what any of them does; none, nothing."""
    return re.compile("|".join(translate(one.removeprefix("@").casefold()) for one in globs) or r"(?!)")
