"""A node in the test's hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.frontend.server.stub_node import StubNode


@pytest.fixture
def stub_node() -> Iterator[StubNode]:
    node = StubNode()
    yield node
    node.stop()
