"""A real Chromium without a window, led by its own protocol: mouse, keys, taps, pictures, and what a screen reader is told."""

import asyncio
import base64
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.screens.pictures import QUIETLY, browser

PATIENCE = 30
KEYS = {"Tab": 9, "Enter": 13, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
TYPED = {"Enter": "\r", " ": " "}


class Tab:
    """One page of the browser."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._loaded = asyncio.Event()
        self.logged: list[str] = []
        """What the page complained about, as of its policy."""
        self._reading = asyncio.create_task(self._read())

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def call(self, method: str, **more: Any) -> dict[str, Any]:
        """Ask the browser for something."""
        number = next(self._ids)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": more})
        async with asyncio.timeout(PATIENCE):
            return await self._answers[number]

    async def _read(self) -> None:
        async for one in self._socket:
            if one.type is WSMsgType.TEXT:
                self._take(one.json())

    def _take(self, told: dict[str, Any]) -> None:
        if told.get("method") == "Page.loadEventFired":
            self._loaded.set()
        if told.get("method") == "Log.entryAdded":
            self.logged.append(told["params"]["entry"]["text"])
        waiting = self._answers.pop(told.get("id", 0), None)
        if waiting is not None and "error" in told:
            waiting.set_exception(RuntimeError(str(told["error"])))
        elif waiting is not None:
            waiting.set_result(told["result"])

    # -- where it is --------------------------------------------------------------------------------------------------

    async def open(self, url: str) -> None:
        self._loaded.clear()
        await self.call("Page.navigate", url=url)
        await self.loaded()

    async def loaded(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._loaded.wait()

    async def screen(self, width: int, height: int = 800, *, mobile: bool = False, dark: bool = False) -> None:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile
        )
        await self.call("Emulation.setTouchEmulationEnabled", enabled=mobile)
        await self.call("Emulation.setEmulatedMedia", features=[scheme])

    async def without_scripts(self) -> None:
        await self.call("Emulation.setScriptExecutionDisabled", value=True)

    async def value(self, expression: str) -> Any:
        """What an expression is in the page."""
        found = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return found["result"].get("value")

    async def until(self, expression: str) -> None:
        """Wait until an expression is true in the page, as it is looked at before each picture of it."""
        look = f"() => ({expression}) ? done() : requestAnimationFrame(look)"
        await self.call(
            "Runtime.evaluate", expression=f"new Promise(done => {{ const look = {look}; look(); }})", awaitPromise=True
        )

    async def text(self) -> str:
        """The whole page as HTML, as it is now."""
        root = (await self.call("DOM.getDocument", depth=0))["root"]["nodeId"]
        html: str = (await self.call("DOM.getOuterHTML", nodeId=root))["outerHTML"]
        return html

    async def picture(self, file: Path) -> None:
        """A picture of the whole page."""
        shot = await self.call("Page.captureScreenshot", captureBeyondViewport=True)
        await asyncio.to_thread(file.write_bytes, base64.b64decode(shot["data"]))

    async def spoken(self) -> list[tuple[str, str]]:
        """What a screen reader is told of: (role, name)."""
        nodes = (await self.call("Accessibility.getFullAXTree"))["nodes"]
        shown = [one for one in nodes if not one.get("ignored")]
        return [(one["role"]["value"], one.get("name", {}).get("value", "")) for one in shown]

    # -- hands --------------------------------------------------------------------------------------------------------

    async def place(self, selector: str) -> tuple[float, float]:
        """The middle of an element on the screen, scrolled to; found without any script."""
        root = (await self.call("DOM.getDocument", depth=0))["root"]["nodeId"]
        node = (await self.call("DOM.querySelector", nodeId=root, selector=selector))["nodeId"]
        await self.call("DOM.scrollIntoViewIfNeeded", nodeId=node)
        xs_ys = (await self.call("DOM.getBoxModel", nodeId=node))["model"]["border"]
        return sum(xs_ys[::2]) / 4, sum(xs_ys[1::2]) / 4

    async def click(self, selector: str) -> None:
        x, y = await self.place(selector)
        for kind in ("mousePressed", "mouseReleased"):
            await self._mouse(kind, x, y)

    async def drag(self, start: str, end: str) -> None:
        """Press on one element, move over what lies between, and let go on another; both are on the screen."""
        x, y = await self.place(start)
        to_x, to_y = await self.place(end)
        await self._mouse("mousePressed", x, y)
        for step in range(1, 11):
            await self._mouse("mouseMoved", x + (to_x - x) * step / 10, y + (to_y - y) * step / 10)
        await self._mouse("mouseReleased", to_x, to_y)

    async def tap(self, selector: str) -> None:
        x, y = await self.place(selector)
        await self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        await self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def key(self, *names: str) -> None:
        for name in names:
            code = KEYS[name]
            known = {"key": name, "code": "Space" if name == " " else name, "windowsVirtualKeyCode": code}
            more = {"text": TYPED[name]} if name in TYPED else {}
            await self.call("Input.dispatchKeyEvent", type="keyDown" if more else "rawKeyDown", **known, **more)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **known)

    async def sends(self) -> None:
        """What was done last leads to another page."""
        await self.loaded()

    def leaves(self) -> None:
        """What is done next leads to another page."""
        self._loaded.clear()

    async def _mouse(self, kind: str, x: float, y: float) -> None:
        held = 0 if kind == "mouseReleased" else 1
        await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=held, clickCount=1)


@asynccontextmanager
async def tab() -> AsyncIterator[Tab]:
    """A page of a browser of its own, which ends with the `with`."""
    program = browser()
    assert program is not None, "there is no Chromium on the path"
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-browser-"))
    process = await asyncio.create_subprocess_exec(
        program,
        *QUIETLY,
        f"--user-data-dir={folder}",
        "--remote-debugging-port=0",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with ClientSession() as session, asyncio.timeout(120):
            address = await _address(process)
            async with session.get(f"http://{address}/json/list") as listed:
                where = next(one for one in await listed.json() if one["type"] == "page")["webSocketDebuggerUrl"]
            async with session.ws_connect(where, max_msg_size=0) as socket:
                made = Tab(socket)
                for domain in ("Page", "DOM", "Log", "Accessibility"):
                    await made.call(f"{domain}.enable")
                yield made
                await made.close()
    finally:
        process.terminate()
        await process.wait()
        await asyncio.to_thread(shutil.rmtree, folder, True)


async def _address(process: asyncio.subprocess.Process) -> str:
    """Where the browser listens, as it says itself."""
    assert process.stderr is not None
    async for line in process.stderr:
        _, found, rest = line.decode(errors="replace").partition("DevTools listening on ws://")
        if found:
            return rest.partition("/")[0]
    raise AssertionError("the browser did not start")
