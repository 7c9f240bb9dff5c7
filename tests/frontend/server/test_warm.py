"""What the server does before the first visitor."""

from __future__ import annotations

import asyncio
import socket

from frontend import i18n, warm
from frontend.server import options
from frontend.settings import Settings


def test_send_at_once__a_socket_of_streamlits_making__holds_nothing_back() -> None:
    async def accepted() -> int:
        loop = asyncio.get_running_loop()
        warm.send_at_once(loop)
        listening = socket.socket(family=socket.AF_INET)  # its protocol is 0: asyncio lets it be
        listening.bind(("127.0.0.1", 0))
        found: asyncio.Future[int] = loop.create_future()

        class Protocol(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                near = transport.get_extra_info("socket")
                found.set_result(near.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

        server = await loop.create_server(Protocol, sock=listening)
        async with server:
            _, writer = await asyncio.open_connection(*listening.getsockname())
            told = await asyncio.wait_for(found, 10)
            writer.close()
        return told

    assert asyncio.run(accepted()) != 0


def test_prepare__languages_and_contracts__are_read_before_anybody_asks() -> None:
    warm.prepare()
    assert i18n.translations.cache_info().currsize >= len(i18n.LANGUAGES)


def test_options__no_collection_after_every_run() -> None:
    assert options(Settings.read({}, port=1))["runner.postScriptGC"] is False
