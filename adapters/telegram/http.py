"""Talking to the Bot API over aiohttp, as python-telegram-bot wants to be served."""

import json
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

PATIENCE = 15.0
"""Seconds that an answer may take where the caller names no time."""


class Flood(TelegramError):  # noqa: N818 - named as the library names its own
    """429: too much was sent. The library's own error gives the seconds in two types, with a warning."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class Unreadable(TelegramError):  # noqa: N818
    """An answer that is no JSON we can read; `raw` is what came."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("unreadable")
        self.raw = raw


class Http(BaseRequest):
    """One pool of connections. Made on its first use, so that it belongs to the running event loop."""

    def __init__(self, connections: int = 128) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return PATIENCE

    async def initialize(self) -> None:
        """Nothing yet."""

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """Make one call. Raises TimedOut, NetworkError or Flood."""
        patience = read_timeout if isinstance(read_timeout, int | float) else PATIENCE
        try:
            async with self._opened().request(
                method, url, data=_body(request_data), timeout=aiohttp.ClientTimeout(total=patience, sock_connect=10)
            ) as answer:
                status, payload = answer.status, await answer.read()
        except TimeoutError as late:
            raise TimedOut from late
        except (aiohttp.ClientError, OSError) as broken:
            raise NetworkError(f"{type(broken).__name__}: {broken}") from broken
        if status == 429:
            raise Flood(_seconds(payload))
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library does, and telling what came where it cannot be read: deep nesting is no ValueError."""
        try:
            found = json.loads(payload)
        except (ValueError, RecursionError) as broken:
            raise Unreadable(payload) from broken
        if not isinstance(found, dict):
            raise Unreadable(payload)
        return found

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=self._connections))
        return self._session


def _body(request_data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    if request_data is None:
        return None
    files = request_data.multipart_data if request_data.contains_files else {}
    if not files:
        return request_data.json_parameters
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, kind) in files.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _seconds(payload: bytes) -> float:
    try:
        return max(1.0, float(json.loads(payload)["parameters"]["retry_after"]))
    except (ValueError, LookupError, TypeError, RecursionError):
        return 1.0
