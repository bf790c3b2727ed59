"""HTTP: a request comes in, is judged, carried out, and its answer is judged too."""

import inspect
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from . import flood, models, oracle, params, troubles
from .methods import METHODS
from .params import Parameters
from .refused import Refused, Wire, bad

if TYPE_CHECKING:
    from .server import Server


@dataclass(frozen=True, slots=True)
class Call:
    """One request that the server has answered."""

    method: str
    values: Wire
    at: float
    answer: Wire

    @property
    def ok(self) -> bool:
        return self.answer["ok"] is True


def application(server: "Server") -> web.Application:
    made = web.Application(client_max_size=50 * 2**20)

    async def called(request: web.Request) -> web.Response:
        return await answered(server, request)

    async def fetched(request: web.Request) -> web.Response:
        found = [one for one in server.documents.values() if one.path == request.match_info["path"]]
        if request.match_info["token"] != server.token or not found:
            return web.json_response(Refused(404, "Not Found").wire(), status=404)
        return web.Response(body=found[0].content, content_type="application/octet-stream")

    made.router.add_route("*", "/bot{token}/{method}", called)
    made.router.add_get("/file/bot{token}/{path:.+}", fetched)
    return made


async def answered(server: "Server", request: web.Request) -> web.Response:
    """One request: trouble that was asked for, or the answer."""
    method = request.match_info["method"]
    how = server.trouble.next(method, server.clock.now()) if server.trouble else None
    try:
        body, text = await answer(server, request, how)
    except troubles.Cut:
        return troubles.cut(request)
    except troubles.Page:
        return web.Response(text=troubles.PAGE, status=502, content_type="text/html")
    if how == "lost":
        return troubles.cut(request)
    code = body.get("error_code", 200)
    assert isinstance(code, int)
    return web.Response(text=text, status=code, content_type="application/json")


async def answer(server: "Server", request: web.Request, how: troubles.How | None) -> tuple[Wire, str]:
    """The whole answer, whatever becomes of the request; also as text."""
    method, given, text = request.match_info["method"], Parameters({}), ""
    try:
        await troubles.before(server, how)
        authorized(server, request.match_info["token"])
        given = await params.read(request, method)
        result = await carried_out(server, method, given)
        body: Wire = {"ok": True, "result": result}
        if method == "getUpdates" and isinstance(result, list):
            text = f'{{"ok":true,"result":[{",".join(one.text for one in result)}]}}'
    except Refused as refused:
        body = refused.wire()
    except (troubles.Cut, troubles.Page):
        raise
    except Exception as error:  # what is wrong here must not look like Telegram's doing
        server.faults.append(f"{method}: the test server failed: {error!r}")
        body = Refused(500, f"Internal Server Error: {error!r}").wire()
    server.noted(Call(method, given.values, server.clock.now(), body))
    return body, text or json.dumps(body)


def authorized(server: "Server", token: str) -> None:
    """Telegram knows a token that was once right from one that never can be."""
    number, _, secret = token.partition(":")
    if not number.isdecimal() or not secret:
        raise Refused(404, "Not Found")
    if token != server.token or server.revoked:
        raise Refused(401, "Unauthorized")


async def carried_out(server: "Server", method: str, given: Parameters) -> object:
    if models.method(method) is None:
        raise Refused(404, "Not Found: method not found")
    if server.checking and (found := oracle.request_faults(method, given.values)):
        server.faults += [f"request {method}: {one}" for one in found]
        raise bad(f"the test server takes no such request: {found[0]}")
    if method not in METHODS:
        raise NotImplementedError(method)
    if method in flood.COUNTED and (chat := server.chats.get(given.number("chat_id"))):
        server.flood.take(chat, server.clock.now())
    made = METHODS[method](server, given)
    result: object = await made if inspect.isawaitable(made) else made
    if server.checking and method != "getUpdates":
        server.faults += [f"answer of {method}: {one}" for one in oracle.answer_faults(method, result)]
    return result
