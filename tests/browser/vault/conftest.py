"""A page with nothing but the vault, a member's key, and the ring that shuts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from cercle.vault import keys
from cercle.vault.rings import make_ring
from tests.browser.kit.processes import Server
from tests.browser.vault.desk import LEDGER, ME, PHRASE, Desk


@pytest.fixture(scope="module")
def server(server_env: dict[str, str]) -> Iterator[Server]:
    started = Server(Path(__file__).parent / "page.py", server_env)
    yield started
    started.stop()


@pytest.fixture
def desk(context: BrowserContext, server: Server, tmp_path: Path) -> Desk:
    return Desk(context.new_page(), server, tmp_path)


@pytest.fixture(scope="module")
def mine() -> bytes:
    return keys.new_private()


@pytest.fixture(scope="module")
def ring(mine: bytes) -> dict[str, Any]:
    return make_ring(PHRASE, LEDGER, ME, mine).model_dump(mode="json")
