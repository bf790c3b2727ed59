"""The line to a homeserver: one account on one device, its calls, and its encryption by matrix-nio."""

import asyncio
import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import structlog
from aiohttp import ClientError
from nio import (
    AsyncClient,
    AsyncClientConfig,
    ErrorResponse,
    Event,
    LoginResponse,
    MegolmEvent,
    RoomSendResponse,
    SyncResponse,
)
from nio.exceptions import EncryptionError, LocalProtocolError, SendRetryError

from adapters.matrix.device import Account, Device

log = structlog.get_logger()

PATIENCE = 30.0
"""Seconds that an answer may take."""

HOLD = 30
"""Seconds for which the homeserver holds a sync open where nothing happens."""

V3 = "/_matrix/client/v3"
UPLOAD = "/_matrix/media/v3/upload"
LIMITED = "M_LIMIT_EXCEEDED"
SEALED = "FOLKMOOT_SEALED"
"""Our own no: a room is encrypted, and we do not encrypt."""

DEVICE_NAME = "Folkmoot"

TIMELINE = 100
"""Events of a room in one sync: with the usual ten, a busy room drops the rest."""

FILTER = json.dumps(
    {
        "presence": {"types": []},
        "room": {"timeline": {"limit": TIMELINE}, "ephemeral": {"types": []}, "account_data": {"types": []}},
    }
)

Json = dict[str, Any]


class Unreached(Exception):  # noqa: N818 - a fact about the line
    """The homeserver could not be reached, or failed."""


class Refused(Exception):  # noqa: N818
    """The homeserver says no. `code` is as `M_FORBIDDEN`; `seconds` is how long it asks us to wait; with a `session` it
    wants to know once more that it is us."""

    def __init__(self, code: str, why: str, seconds: float = 0.0, session: str | None = None) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.seconds = seconds
        self.session = session


class Line:
    """One device. What it has to remember is in `folder`: its token and, in nio's store, its keys."""

    def __init__(self, account: Account, folder: Path) -> None:
        self.account = account
        self.folder = folder
        self._device = Device(account, folder)
        config = AsyncClientConfig(
            encryption_enabled=account.encryption, store_sync_tokens=False, max_limit_exceeded=0, max_timeouts=0,
            request_timeout=PATIENCE,
        )  # fmt: skip
        store = str(folder) if account.encryption else ""
        self.client = AsyncClient(account.homeserver, account.user, store_path=store, config=config)

    @property
    def user(self) -> str:
        """Our id."""
        return str(self.client.user_id)

    @property
    def device(self) -> str:
        """Our device's id."""
        return str(self.client.device_id)

    async def open(self) -> None:
        """Log in, once a device: again only where the token is no longer taken. Raises Unreached or Refused."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not await self.restore():
            kept = await self._logged_in()
            await asyncio.to_thread(self._device.keep, kept)
            self._is(kept)
        if self.account.encryption:
            self.client.load_store()

    async def restore(self) -> bool:
        """Whether we have a token, kept or given. Nobody is logged in. Raises Unreached or Refused."""
        kept = await self._of_token(self.account.token) if self.account.token else self._device.kept()
        if kept is not None:
            self._is(kept)
        return kept is not None

    def _is(self, kept: Mapping[str, str]) -> None:
        self.client.user_id, self.client.device_id = kept["user_id"], kept["device_id"]
        self.client.access_token = kept["access_token"]

    async def close(self) -> None:
        """Close the connections. We never log out: that would throw our keys away."""
        await self.client.close()

    def forget(self) -> None:
        """Our token is no longer taken; with a password, we get another one for the same device."""
        kept = self._device.kept()
        if kept is not None and self.account.password:
            self._device.keep(kept | {"access_token": ""})

    # -- calls --------------------------------------------------------------------------------------------------------

    async def call(self, method: str, path: str, body: Json | None = None, patience: float = PATIENCE) -> Json:
        """One call of the client API. Raises Unreached or Refused."""
        found = await self._asked(method, path, body, patience)
        if not isinstance(found, dict):
            raise Unreached("the homeserver answered with something else")
        return found

    async def state(self, room: str) -> list[Json]:
        """The state of a room as it is now. Raises Unreached or Refused."""
        found = await self._asked("GET", f"{V3}/rooms/{quote(room)}/state", None, PATIENCE)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    async def event(self, room: str, event: str) -> Json:
        """An event as the homeserver has it; nothing where it is not to be had. Raises Unreached, or Refused where it has
        to be asked for later."""
        try:
            return await self.call("GET", f"{V3}/rooms/{quote(room)}/event/{quote(event)}")
        except Refused as no:
            if no.code == LIMITED:
                raise
            return {}

    async def upload(self, raw: bytes, kind: str) -> str:
        """Put a file on the homeserver, and return its address. Raises Unreached or Refused."""
        found = await self._answered("POST", UPLOAD, raw, kind, PATIENCE)
        address = found.get("content_uri") if isinstance(found, dict) else None
        if not isinstance(address, str):
            raise Unreached("the homeserver answered with something else")
        return address

    async def _asked(self, method: str, path: str, body: Json | None, patience: float) -> Json | list[Any]:
        data = None if body is None else json.dumps(body)
        return await self._answered(method, path, data, "application/json", patience)

    async def _answered(
        self, method: str, path: str, data: str | bytes | None, kind: str, patience: float
    ) -> Json | list[Any]:
        headers = {"Content-Type": kind}
        if self.client.access_token:
            headers["Authorization"] = f"Bearer {self.client.access_token}"
        try:
            answer = await self.client.send(method, path, data, headers, timeout=patience)
            raw = await answer.read()
        except (ClientError, TimeoutError, OSError) as broken:
            raise Unreached(f"{type(broken).__name__}: {broken}") from broken
        return _read(answer.status, raw)

    async def sync(self, since: str, *, full: bool, hold: int = HOLD) -> Json:
        """What happened since, as it came; nio takes its part of it."""
        asked = f"{V3}/sync?filter={quote(FILTER)}&timeout={hold * 1000}"
        asked += f"&since={quote(since)}" if since else ""
        asked += "&full_state=true" if full else ""
        raw = await self.call("GET", asked, patience=hold + PATIENCE)
        await self._handed_to_nio(raw)
        return raw

    async def send(self, room: str, kind: str, content: Json, txn: str, *, encrypted: bool = False) -> str:
        """Send an event, and return its id. The same `txn` again gives the same event. Raises Unreached or Refused."""
        if encrypted and kind != "m.reaction":
            return await self._send_encrypted(room, kind, content, txn)
        path = f"{V3}/rooms/{quote(room)}/send/{quote(kind)}/{quote(txn)}"
        return str((await self.call("PUT", path, content))["event_id"])

    async def _send_encrypted(self, room: str, kind: str, content: Json, txn: str) -> str:
        """Never in the clear: nio encrypts only where it knows, as we do, that the room is encrypted."""
        if self.client.olm is None:
            raise Refused(SEALED, f"{room} is encrypted, and FOLKMOOT_MATRIX_ENCRYPTION is off")
        if room not in self.client.rooms or not self.client.rooms[room].encrypted:
            raise Unreached(f"the encryption of {room} is not known yet")
        try:
            answer = await self.client.room_send(room, kind, content, txn, ignore_unverified_devices=True)
        except (ClientError, TimeoutError, OSError, LocalProtocolError, SendRetryError) as broken:
            raise Unreached(f"{type(broken).__name__}: {broken}") from broken
        if not isinstance(answer, RoomSendResponse):
            raise _refusal(answer)
        return str(answer.event_id)

    # -- encryption ---------------------------------------------------------------------------------------------------

    async def keep_keys(self) -> None:
        """Upload, ask for and claim the keys that nio says are due. What fails is due again after the next sync."""
        client = self.client
        if client.olm is None:
            return
        try:
            await client.send_to_device_messages()
            if client.should_upload_keys:
                await client.keys_upload()
            if client.should_query_keys:
                await client.keys_query()
            if client.should_claim_keys:
                await client.keys_claim(client.get_users_for_key_claiming())
        except (ClientError, TimeoutError, OSError, LocalProtocolError) as broken:
            log.info("keys could not be kept up to date", why=repr(broken))

    def decrypted(self, raw: Json, room: str) -> Json | None:
        """An encrypted event as it was meant; None: we have not its key yet."""
        found = self._megolm(raw, room)
        if found is None or self.client.olm is None:
            return None
        try:
            return dict(self.client.decrypt_event(found).source)
        except EncryptionError:
            return None

    async def ask_for_key(self, raw: Json, room: str) -> None:
        """Ask the sender's devices for the key of an event."""
        found = self._megolm(raw, room)
        if found is None or self.client.olm is None:
            return
        try:
            await self.client.request_room_key(found)
            await self.client.send_to_device_messages()
        except (ClientError, TimeoutError, OSError, LocalProtocolError) as broken:  # or it was asked for already
            log.info("a key could not be asked for", room=room, why=repr(broken))

    def _megolm(self, raw: Json, room: str) -> MegolmEvent | None:
        found = Event.parse_event(raw)
        if not isinstance(found, MegolmEvent):
            return None
        found.room_id = room
        return found

    async def _handed_to_nio(self, raw: Json) -> None:
        """nio keeps the encryption's state, and takes what it reads to pieces: it gets a copy. An event that it cannot bear
        must not hold up the rest."""
        if self.client.olm is None:
            return
        try:
            response = SyncResponse.from_dict(copy.deepcopy(raw))
            if isinstance(response, SyncResponse):
                await self.client.receive_response(response)
        except Exception:
            log.exception("the encryption's state could not take in a sync; the rest goes on")

    # -- the device ---------------------------------------------------------------------------------------------------

    async def _of_token(self, token: str) -> dict[str, str]:
        self.client.access_token = token
        found = await self.call("GET", f"{V3}/account/whoami")
        return {"user_id": found["user_id"], "device_id": found.get("device_id", ""), "access_token": token}

    async def _logged_in(self) -> dict[str, str]:
        known = self._device.id()
        self.client.device_id = known or None
        try:
            answer = await self.client.login(self.account.password, device_name=DEVICE_NAME)
        except (ClientError, TimeoutError, OSError) as broken:
            raise Unreached(f"{type(broken).__name__}: {broken}") from broken
        if not isinstance(answer, LoginResponse):
            raise _refusal(answer)
        return {"user_id": answer.user_id, "device_id": answer.device_id, "access_token": answer.access_token}


def _read(status: int, raw: bytes) -> Json | list[Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    if status < 400 and isinstance(found, dict | list):
        return found
    if status >= 500 or not isinstance(found, dict):
        raise Unreached(f"the homeserver answered with {status}")
    wait = found.get("retry_after_ms")
    seconds = wait / 1000 if isinstance(wait, int | float) else 0.0
    raise Refused(str(found.get("errcode", status)), str(found.get("error", "")), seconds, found.get("session"))


def _refusal(answer: ErrorResponse) -> Exception:
    if answer.status_code is None:
        return Unreached(str(answer.message))
    return Refused(str(answer.status_code), str(answer.message), (answer.retry_after_ms or 0) / 1000)
