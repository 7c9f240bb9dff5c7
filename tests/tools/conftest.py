"""A source tree made of what a test says."""

from pathlib import Path

import pytest

from tools.checks.tree import Tree


@pytest.fixture
def plant(tmp_path):
    """Write files under a fresh root and hand back the tree of them."""

    def write(files: dict[str, str], root: Path = tmp_path) -> Tree:
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Tree(root)

    return write
