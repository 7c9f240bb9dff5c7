"""One small demo for all of these tests."""

from collections.abc import Iterator

import pytest

from demo.made import Made
from demo.run import Demo
from demo.settings import Settings
from tools.ports import free_port

from .staged import MEMBERS


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, Made]]:
    """A demo of two dozen members, without its app."""
    folder = tmp_path_factory.mktemp("demo")
    demo = Demo(Settings(folder, free_port(), free_port(), MEMBERS))
    made = demo._set_up()
    yield demo, made
    demo.down()
