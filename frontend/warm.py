"""Before the first visitor: what makes the server quick, done once."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import inspect
import socket
import sys
from collections.abc import AsyncIterator
from importlib import resources
from typing import Any

import streamlit as st

from cercle.contracts import Contract
from cercle.values import ZERO_ADDRESS

from . import i18n

TURN = 0.001  # seconds a page computes before another page, or what is to be sent, has its turn
NEEDED = (
    "pandas",
    "pyarrow",
    "segno",
    "web3",
    "streamlit.elements.arrow",
    "streamlit.elements.vega_charts",
    "streamlit.dataframe_util",
    "streamlit.emojis",
    "sqlalchemy.dialects.sqlite",
    "cercle.index.chain_history",
    "cercle.lens",
    "frontend.wallet",
    "frontend.services",
    "frontend.telling",
    "frontend.app_pages._codes",
    "frontend.app_pages._pieces",
)


@contextlib.asynccontextmanager
async def warm_up(app: st.App) -> AsyncIterator[None]:
    """Prepare what every page needs, then take it out of the collector's way.

    A collection walks everything that was ever imported: 100 ms and more, in which no page
    answers. Frozen before the first session exists, none of a session's own objects are kept
    by it.
    """
    send_at_once(asyncio.get_running_loop())
    sys.setswitchinterval(TURN)
    prepare()
    gc.collect()
    gc.freeze()
    yield


def prepare() -> None:
    """Import, parse and compile what the first visitor would wait for."""
    for name in NEEDED:
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(name)
    for code in i18n.LANGUAGES:
        i18n.translations(code)
    for file in (resources.files("cercle") / "abis").iterdir():
        if file.name.endswith(".json"):
            Contract(file.name.removesuffix(".json"), ZERO_ADDRESS)
    # Streamlit asks once whether it runs in a console, and looks through every module for that.
    inspect.stack()


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """Let every server of this loop send what it has at once (TCP_NODELAY).

    A page is a hundred small messages. The socket that Streamlit makes holds each back until
    the one before was acknowledged, which the other side may do 40 ms later. What is set on
    it holds for the connections it accepts.
    """
    create = loop.create_server

    async def create_server(*args: Any, **kwargs: Any) -> asyncio.Server:
        listening = kwargs.get("sock")
        if isinstance(listening, socket.socket):
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await create(*args, **kwargs)

    loop.create_server = create_server  # type: ignore[method-assign]
