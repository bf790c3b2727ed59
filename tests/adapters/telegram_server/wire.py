"""HTTP: a request comes in, is judged, carried out, and its answer is judged too."""

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from . import oracle, params
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


def application(server: "Server") -> web.Application:
    made = web.Application(client_max_size=50 * 2**20)

    async def called(request: web.Request) -> web.Response:
        body = await answer(server, request)
        code = body.get("error_code", 200)
        assert isinstance(code, int)
        return web.json_response(body, status=code)

    made.router.add_route("*", "/bot{token}/{method}", called)
    return made


async def answer(server: "Server", request: web.Request) -> Wire:
    """The whole answer to one request, whatever becomes of it."""
    method, given = request.match_info["method"], Parameters({})
    try:
        if request.match_info["token"] != server.token:
            raise Refused(401, "Unauthorized")
        given = await params.read(request, method)
        body: Wire = {"ok": True, "result": await carried_out(server, method, given)}
    except Refused as refused:
        body = refused.wire()
    except Exception as error:  # what is wrong here must not look like Telegram's doing
        server.faults.append(f"{method}: the test server failed: {error!r}")
        body = Refused(500, f"Internal Server Error: {error!r}").wire()
    server.calls.append(Call(method, given.values, server.clock.now(), body))
    server.clock.ring()
    return body


async def carried_out(server: "Server", method: str, given: Parameters) -> object:
    if oracle.model(method) is None:
        raise Refused(404, "Not Found: method not found")
    if server.checking and (found := oracle.request_faults(method, given.values)):
        server.faults += [f"request {method}: {one}" for one in found]
        raise bad(f"the test server takes no such request: {found[0]}")
    if method not in METHODS:
        raise NotImplementedError(method)
    made = METHODS[method](server, given)
    result: object = await made if inspect.isawaitable(made) else made
    if server.checking and method != "getUpdates":
        server.faults += [f"answer of {method}: {one}" for one in oracle.answer_faults(method, result)]
    return result
