"""The package as a whole: what it exports, that it says its types, that files stay small."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import cercle

FOLDER = Path(cercle.__file__).parent


def modules():
    for found in pkgutil.walk_packages([str(FOLDER)], "cercle."):
        if not found.name.endswith("__main__"):
            yield found.name


@pytest.mark.parametrize("name", modules())
def test_module__exports__are_sorted_and_exist(name):
    module = importlib.import_module(name)
    assert module.__doc__, "a module says what it is"
    exported = getattr(module, "__all__", [])
    assert list(exported) == sorted(exported, key=_order)
    assert len(set(exported)) == len(exported)
    for item in exported:
        assert hasattr(module, item)


def _order(name):
    """As ruff sorts: constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def test_package__types__are_declared():
    assert (FOLDER / "py.typed").exists()


def test_package__never_imports_what_only_developers_have():
    for path in FOLDER.rglob("*.py"):
        if path.name == "__main__.py":
            continue
        text = path.read_text("utf-8")
        for name in ("ape", "streamlit", "vyper", "boa"):
            assert f"import {name}\n" not in text, path
            assert f"from {name}" not in text, path
