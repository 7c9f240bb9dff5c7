"""One visitor: speaks Streamlit's protocol over a websocket as the page in a browser does."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from .page import View

PATIENCE = 60.0  # seconds for one message
KEPT = 2  # runs that a browser keeps a large message it was not sent again


@dataclass(frozen=True)
class Answer:
    """One run of the app, as the visitor met it."""

    kind: str  # first, wallet, click or live
    what: str  # the page, or what was pressed
    seconds: float  # from the click to the last message of its run
    size: int  # bytes that came
    trouble: str = ""  # why the page is not what it should be


class Visitor:
    """A browser tab without the browser.

    Usage example::

        async with Visitor("http://127.0.0.1:8501") as visitor:
            first = await visitor.open()
            await visitor.connect_wallet(account, 31_337)
            answer = await visitor.go("card")
    """

    def __init__(self, url: str, locale: str = "en-GB") -> None:
        self.url = url
        self.locale = locale
        self.path = ""
        self.view = View()
        self._values: dict[str, WidgetState] = {}  # what widgets hold
        self._large: dict[str, int] = {}  # messages kept: hash -> runs since it was last shown
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Visitor:
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await connect(
            address,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.url,  # type: ignore[arg-type]
            max_size=None,
            open_timeout=PATIENCE,
            proxy=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._socket is not None:
            await self._socket.close()

    # ---- what a person does ----

    async def open(self) -> Answer:
        """The first look: no wallet yet."""
        return await self._run("first", "/")

    async def connect_wallet(self, account: str, chain_id: int) -> Answer:
        """The wallet in the browser tells of itself, as it does right after a page has loaded."""
        told = {"account": account, "chainId": chain_id, "name": "Bench", "found": 1}
        value = {"bridge": {"wallet": told, "outbox": {}, "orphans": {}}}
        wallet = WidgetState(id=self.view.wallet, json_value=json.dumps(value))
        self._values[wallet.id] = wallet
        return await self._run("wallet", "wallet")

    async def go(self, path: str) -> Answer:
        """Click on a page of the menu."""
        self.path = path
        wallet = self._values.get(self.view.wallet)
        self._values = {} if wallet is None else {wallet.id: wallet}
        return await self._run("click", f"/{path}")

    async def press(self, key: str) -> Answer:
        """Press a button."""
        return await self._run(
            "click", key, WidgetState(id=self.view.buttons[key], trigger_value=True)
        )

    async def unfold(self, key: str) -> Answer:
        """Open a part of the page that is drawn only for who asks; close it if it is open."""
        part = self.view.expanders[key]
        was_open = part in self._values and self._values[part].bool_value
        self._values[part] = WidgetState(id=part, bool_value=not was_open)
        return await self._run("click", key)

    async def vote(self, form: str, choice: str, place: int) -> Answer:
        """Pick an answer and press the form's button: both travel together."""
        widget, options = self.view.radios[choice]
        self._values[widget] = WidgetState(id=widget, string_value=options[place % len(options)])
        return await self.press(form)

    async def look(self, fragment: str) -> Answer:
        """A living part of the page is drawn again, as the browser's own clock asks."""
        return await self._run("live", f"/{self.path}", fragment=fragment)

    # ---- the protocol ----

    async def _run(self, kind: str, what: str, *pressed: WidgetState, fragment: str = "") -> Answer:
        assert self._socket is not None, "use it in `async with`"
        asked = self._question(pressed, fragment).SerializeToString()
        size, seen = 0, set()
        begin = time.perf_counter()
        await self._socket.send(asked)
        while True:
            raw = await asyncio.wait_for(self._socket.recv(decode=False), PATIENCE)
            end = time.perf_counter()  # before it is parsed: that is our time, not the app's
            size += len(raw)
            message = ForwardMsg.FromString(raw)
            seen.add(message.ref_hash or (message.hash if message.metadata.cacheable else ""))
            if self.view.take(message):
                break
        if not fragment:
            self._keep(seen - {""})
        trouble = self.view.trouble
        if not trouble and not fragment and not self.view.titles:
            trouble = "an empty page"
        return Answer(kind, what, end - begin, size, trouble)

    def _question(self, pressed: tuple[WidgetState, ...], fragment: str) -> BackMsg:
        message = BackMsg()
        rerun: Any = message.rerun_script
        rerun.page_script_hash = self.view.pages.get(self.path, "")
        rerun.page_name = "" if rerun.page_script_hash else self.path
        rerun.fragment_id = fragment
        rerun.is_auto_rerun = bool(fragment)
        rerun.widget_states.widgets.extend([*self._values.values(), *pressed])
        rerun.cached_message_hashes.extend(self._large)
        rerun.context_info.locale = self.locale
        rerun.context_info.timezone = "Europe/Paris"
        rerun.context_info.timezone_offset = -60
        rerun.context_info.url = f"{self.url}/{self.path}"
        return message

    def _keep(self, seen: set[str]) -> None:
        """As the browser does: a large message that came is kept for the next runs."""
        aged = {name: age + 1 for name, age in self._large.items() if age < KEPT}
        self._large = aged | dict.fromkeys(seen, 0)
