"""A look at a homeserver from outside the running bot: whose account it is, whether its device is signed, and its rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.matrix.device import Account
from adapters.matrix.line import V3, Line, Refused, Unreached


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """`user` empty: the homeserver does not take what we have. `device` empty: we have not logged in yet."""

    user: str = ""
    device: str = ""
    signed: bool = False
    """Whether our device is signed by our own cross-signing key."""
    shut: tuple[str, ...] = ()
    """The rooms, of those asked about, in which we are not."""


async def look(account: Account, folder: Path, rooms: Sequence[str]) -> Checkup:
    """Ask the homeserver. It logs nobody in. Raises ConnectionError where it cannot be reached."""
    line = Line(account, folder)
    try:
        await line.call("GET", "/_matrix/client/versions")
        if not await line.restore():
            return Checkup(user=account.user)
        return await _looked(line, rooms)
    except Refused:
        return Checkup()
    except Unreached as unreached:
        raise ConnectionError(account.homeserver) from unreached
    finally:
        await line.close()


async def _looked(line: Line, rooms: Sequence[str]) -> Checkup:
    await line.call("GET", f"{V3}/account/whoami")
    joined = (await line.call("GET", f"{V3}/joined_rooms")).get("joined_rooms", [])
    return Checkup(
        user=line.user,
        device=line.device,
        signed=await _signed(line),
        shut=tuple(one for one in rooms if one not in joined),
    )


async def _signed(line: Line) -> bool:
    found = await line.call("POST", f"{V3}/keys/query", {"device_keys": {line.user: [line.device]}})
    device = found.get("device_keys", {}).get(line.user, {}).get(line.device, {})
    keys = found.get("self_signing_keys", {}).get(line.user, {}).get("keys", {})
    return bool(set(keys) & set(device.get("signatures", {}).get(line.user, {})))
