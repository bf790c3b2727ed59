"""Our account, and the one device that we are: which it is and its token are kept in a file that only we may read."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose line it is: a user with a password, or a token alone."""

    homeserver: str
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    encryption: bool = True


class Device:
    """Kept in `device.json` of a folder, beside nio's store with the device's keys."""

    def __init__(self, account: Account, folder: Path) -> None:
        self._account = account
        self._folder = folder

    def kept(self) -> dict[str, str] | None:
        """User, device and token, where they are of this account and there is a token."""
        kept = self._read()
        ours = kept and kept.get("access_token") and kept.get("homeserver") == self._account.homeserver
        if kept is None or not ours:
            return None
        return kept if self._account.user in ("", kept["user_id"]) else None

    def id(self) -> str:
        """The device we were before: the same again, as long as its keys are there too; empty: a new one."""
        kept = self._read()
        return kept.get("device_id", "") if kept and any(self._folder.glob("*.db")) else ""

    def keep(self, kept: Mapping[str, str]) -> None:
        """Write the file whole or not at all."""
        part = self._folder / "device.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump({"homeserver": self._account.homeserver, **kept}, file)
        part.replace(self._folder / "device.json")

    def _read(self) -> dict[str, str] | None:
        try:
            found = json.loads((self._folder / "device.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        whole = isinstance(found, dict) and {"user_id", "device_id", "access_token"} <= set(found)
        return {str(name): str(value) for name, value in found.items()} if whole else None
