"""Cross-signing: our own three keys, made once, so that clients which leave out unsigned devices read us and are read.

matrix-nio has none of it. https://spec.matrix.org/v1.18/client-server-api/#cross-signing
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from secrets import token_bytes
from typing import Any

import structlog
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa
from nio import Api

from adapters.matrix.line import V3, Line, Refused

log = structlog.get_logger()

Json = dict[str, Any]
USAGES = ("master", "self_signing", "user_signing")


class Keys:
    """The three keys, from seeds that are kept in a file which only we may read."""

    def __init__(self, seeds: Mapping[str, bytes]) -> None:
        self._keys = {usage: ECC.construct(curve="Ed25519", seed=seeds[usage]) for usage in USAGES}

    @classmethod
    def kept(cls, file: Path) -> "Keys":
        """Read them, or make them."""
        if not file.exists():
            seeds = {usage: b64encode(token_bytes(32)).decode() for usage in USAGES}
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as new:
                json.dump(seeds, new)
        return cls({usage: b64decode(seed) for usage, seed in json.loads(file.read_text("utf-8")).items()})

    def public(self, usage: str) -> str:
        """The public half, in unpadded base64."""
        return _plain(self._keys[usage].public_key().export_key(format="raw"))

    def signature(self, usage: str, what: Json) -> str:
        """A signature over canonical JSON, without what is never signed."""
        signed = {name: value for name, value in what.items() if name not in ("signatures", "unsigned")}
        return _plain(eddsa.new(self._keys[usage], "rfc8032").sign(Api.to_canonical_json(signed).encode()))

    def described(self, usage: str, user: str) -> Json:
        """The key as it is uploaded; all but the master key are signed by that."""
        public = self.public(usage)
        described: Json = {"user_id": user, "usage": [usage], "keys": {f"ed25519:{public}": public}}
        if usage == "master":
            return described
        return _signed(described, user, self.public("master"), self.signature("master", described))


async def sign(line: Line) -> bool:
    """Whether our device is signed now. Raises Unreached."""
    keys = Keys.kept(line.folder / "cross-signing.json")
    try:
        found = await line.call("POST", f"{V3}/keys/query", {"device_keys": {line.user: [line.device]}})
        master = found.get("master_keys", {}).get(line.user)
        if master is None or keys.public("master") not in master.get("keys", {}).values():
            await _upload(line, {f"{usage}_key": keys.described(usage, line.user) for usage in USAGES})
            master = keys.described("master", line.user)
        device = found.get("device_keys", {}).get(line.user, {}).get(line.device)
        if device is None:
            return False
        await _upload_signatures(line, keys, device, master)
    except Refused as no:
        log.warning("our device could not be signed; some clients may not show what we say", why=str(no))
        return False
    return True


async def _upload(line: Line, body: Json) -> None:
    """Upload the keys; the server may want the password once more."""
    path = f"{V3}/keys/device_signing/upload"
    try:
        await line.call("POST", path, body)
    except Refused as no:
        if not line.account.password or no.session is None:
            raise
        who = {"type": "m.id.user", "user": line.user}
        auth = {"type": "m.login.password", "identifier": who, "password": line.account.password, "session": no.session}
        await line.call("POST", path, body | {"auth": auth})


async def _upload_signatures(line: Line, keys: Keys, device: Json, master: Json) -> None:
    ours = _signed(device, line.user, keys.public("self_signing"), keys.signature("self_signing", device))
    body: Json = {line.user: {line.device: ours}}
    if line.client.olm is not None:
        plain = {name: value for name, value in master.items() if name not in ("signatures", "unsigned")}
        signature = line.client.olm.sign_json(plain)
        body[line.user][keys.public("master")] = _signed(plain, line.user, line.device, signature)
    answer = await line.call("POST", f"{V3}/keys/signatures/upload", body)
    if answer.get("failures"):
        log.warning("a signature of ours was not taken", why=json.dumps(answer["failures"])[:300])


def _signed(what: Json, user: str, key: str, signature: str) -> Json:
    plain = {name: value for name, value in what.items() if name not in ("signatures", "unsigned")}
    return plain | {"signatures": {user: {f"ed25519:{key}": signature}}}


def _plain(raw: bytes) -> str:
    return b64encode(raw).decode().rstrip("=")
