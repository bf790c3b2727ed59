"""A real homeserver for the tests: Synapse on a free loopback port, with people who talk to it as any client does."""

import asyncio
import hashlib
import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp

SECRET = "a-secret-of-the-tests"
SERVER = "localhost"
PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789"
"""Letters that an id may have; a name may have any."""

V3 = "/_matrix/client/v3"
RATES = (
    "rc_message", "rc_registration", "rc_admin_redaction", "rc_3pid_validation", "rc_presence", "rc_delayed_event_mgmt",
    "rc_room_creation",
)  # fmt: skip
FREELY = {"per_second": 100_000, "burst_count": 100_000}

Json = dict[str, Any]


class Synapse:
    """One homeserver process, which can be stopped, killed and started again on the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "signing.key").write_text(f"ed25519 a_test {_plain(secrets.token_bytes(32))}\n")
        (folder / "homeserver.json").write_text(json.dumps(self._config()))

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "synapse.app.homeserver", "-c", str(self.folder / "homeserver.json")]
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        until = time.monotonic() + 90
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError((self.folder / "log").read_text()[-3000:])
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Stop it: there and then, unless it is told otherwise."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """It answers nobody any more, and keeps its connections."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def register(self, name: str, password: str = "", *, like: str = "") -> Json:
        """A new account with a name like this one: its user id, device and token. `like`: what its id has
        before a number, as `telegram_`."""
        plain = like or "".join(one for one in name.lower() if one in PLAIN) + "-"
        user, password = f"{plain}{next(self._numbers)}", password or secrets.token_hex(8)
        nonce = self._admin({})["nonce"]
        mac = hmac.new(SECRET.encode(), "\0".join((nonce, user, password, "notadmin")).encode(), hashlib.sha1)
        made = self._admin(
            {
                "nonce": nonce,
                "username": user,
                "displayname": name,
                "password": password,
                "admin": False,
                "mac": mac.hexdigest(),
            }
        )
        return made | {"password": password}

    def _admin(self, body: Json) -> Json:
        data = json.dumps(body).encode() if body else None
        asked = urllib.request.Request(f"{self.url}/_synapse/admin/v1/register", data)  # noqa: S310 - our own loopback
        with urllib.request.urlopen(asked) as answer:  # noqa: S310
            found: Json = json.load(answer)
        return found

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _config(self) -> Json:
        listener = {
            "port": self.port,
            "bind_addresses": ["127.0.0.1"],
            "type": "http",
            "resources": [{"names": ["client"]}],
        }
        both = {"address": FREELY, "account": FREELY, "failed_attempts": FREELY}
        rates: Json = dict.fromkeys(RATES, FREELY) | {"rc_login": both}
        rates["rc_joins"] = {"local": FREELY, "remote": FREELY}
        rates["rc_joins_per_room"] = FREELY
        rates["rc_invites"] = {"per_room": FREELY, "per_user": FREELY, "per_issuer": FREELY}
        return rates | {
            "server_name": SERVER,
            "report_stats": False,
            "pid_file": str(self.folder / "pid"),
            "signing_key_path": str(self.folder / "signing.key"),
            "max_upload_size": "2M",
            "media_store_path": str(self.folder / "media"),
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "federation_domain_whitelist": [],
            "registration_shared_secret": SECRET,
            "macaroon_secret_key": "of-the-tests",
            "form_secret": "of-the-tests",
            "bcrypt_rounds": 4,
            "presence": {"enabled": False},
            "push": {"enabled": False},
            "stats": {"enabled": False},
            "user_directory": {"enabled": False},
            "database": {"name": "sqlite3", "args": {"database": str(self.folder / "homeserver.db")}},
            "listeners": [listener],
        }


@contextmanager
def synapse(folder: Path) -> Iterator[Synapse]:
    """A homeserver that runs until the `with` ends."""
    server = Synapse(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class User:
    """Somebody with a client of no cleverness: what they do is one call each, what they see is asked for anew."""

    server: Synapse
    id: str
    token: str = field(repr=False)
    session: aiohttp.ClientSession = field(repr=False)
    password: str = field(default="", repr=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    async def registered(cls, server: Synapse, session: aiohttp.ClientSession, name: str, *, like: str = "") -> "User":
        made = await asyncio.to_thread(server.register, name, like=like)
        return cls(server, made["user_id"], made["access_token"], session, made["password"])

    async def call(self, method: str, path: str, body: Json | None = None) -> Json:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.request(method, f"{self.server.url}{path}", json=body, headers=headers) as answer:
            found: Json = await answer.json()
            assert answer.status < 400, (method, path, found)
            return found

    async def makes_room(self, *invited: str, version: str = "12", name: str = "Partnerships", **more: Any) -> str:
        body = {"room_version": version, "name": name, "invite": list(invited), "preset": "public_chat"} | more
        return str((await self.call("POST", f"{V3}/createRoom", body))["room_id"])

    async def joins(self, room: str) -> None:
        await self.call("POST", f"{V3}/join/{quote(room)}", {})

    async def leaves(self, room: str) -> None:
        await self.call("POST", f"{V3}/rooms/{quote(room)}/leave", {})

    async def invites(self, room: str, user: str) -> None:
        await self.call("POST", f"{V3}/rooms/{quote(room)}/invite", {"user_id": user})

    async def kicks(self, room: str, user: str) -> None:
        await self.call("POST", f"{V3}/rooms/{quote(room)}/kick", {"user_id": user})

    async def sends(self, room: str, kind: str, content: Json) -> str:
        path = f"{V3}/rooms/{quote(room)}/send/{quote(kind)}/{next(self._numbers)}-{secrets.token_hex(4)}"
        return str((await self.call("PUT", path, content))["event_id"])

    async def sets(self, room: str, kind: str, content: Json, key: str = "") -> str:
        path = f"{V3}/rooms/{quote(room)}/state/{quote(kind)}/{quote(key)}"
        return str((await self.call("PUT", path, content))["event_id"])

    async def says(self, room: str, text: str, **more: Any) -> str:
        return await self.sends(room, "m.room.message", {"msgtype": "m.text", "body": text} | more)

    async def replies(self, room: str, event: str, text: str) -> str:
        return await self.says(room, text, **{"m.relates_to": {"m.in_reply_to": {"event_id": event}}})

    async def threads(self, room: str, root: str, text: str) -> str:
        relation = {
            "rel_type": "m.thread",
            "event_id": root,
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": root},
        }
        return await self.says(room, text, **{"m.relates_to": relation})

    async def edits(self, room: str, event: str, text: str) -> str:
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": event}
        return await self.says(room, f"* {text}", **{"m.new_content": new, "m.relates_to": relation})

    async def reacts(self, room: str, event: str, sign: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": event, "key": sign}
        return await self.sends(room, "m.reaction", {"m.relates_to": relation})

    async def taps(self, room: str, poll: str, *answers: str) -> str:
        relation = {"rel_type": "m.reference", "event_id": poll}
        content = {"org.matrix.msc3381.poll.response": {"answers": list(answers)}, "m.relates_to": relation}
        return await self.sends(room, "org.matrix.msc3381.poll.response", content)

    async def redacts(self, room: str, event: str) -> str:
        path = f"{V3}/rooms/{quote(room)}/redact/{quote(event)}/{next(self._numbers)}"
        return str((await self.call("PUT", path, {}))["event_id"])

    async def events(self, room: str) -> list[Json]:
        """Everything in the room, oldest first, as it is now: edits taken in."""
        path = f"{V3}/rooms/{quote(room)}/messages?dir=b&limit=1000"
        return list(reversed((await self.call("GET", path))["chunk"]))

    async def rooms(self) -> list[str]:
        return list((await self.call("GET", f"{V3}/joined_rooms"))["joined_rooms"])

    async def invitations(self) -> Json:
        # Each asks a little otherwise: Synapse answers the same first sync from memory for two minutes.
        found = await self.call("GET", f"{V3}/sync?timeout={next(self._numbers)}")
        return dict(found.get("rooms", {}).get("invite", {}))


def shown(events: list[Json], sender: str) -> dict[str, str]:
    """What somebody's messages say by now: event id -> the body after its last edit."""
    found: dict[str, str] = {}
    for event in events:
        content = event.get("content", {})
        if event.get("sender") != sender or event.get("type") != "m.room.message" or not content:
            continue
        relation = content.get("m.relates_to", {})
        if relation.get("rel_type") == "m.replace":
            if relation["event_id"] in found:
                found[relation["event_id"]] = content["m.new_content"]["body"]
        else:
            found[event["event_id"]] = content["body"]
    return found


def media(address: str) -> str:
    """Where a file is asked for, by its address as an event has it."""
    return f"/_matrix/client/v1/media/download/{address.removeprefix('mxc://')}"


async def until(condition: Callable[[], Any], seconds: float = 30) -> Any:
    """Ask again until there is an answer, and return it."""
    async with asyncio.timeout(seconds):
        while not (found := await condition()):  # noqa: ASYNC110 - a homeserver rings for nobody
            await asyncio.sleep(0.05)
    return found


def _plain(raw: bytes) -> str:
    return b64encode(raw).decode().rstrip("=")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
