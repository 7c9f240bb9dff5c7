"""What each extra of the package installs is what its part imports: nothing is there by luck."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OWN = ("bots", "cercle", "frontend", "examples")
OPTIONAL = (
    "gateway",
    "index",
    "relayer",
    "service",
    "vault",
)  # folders of cercle that need an extra
PARTS = {
    "": [
        *(p for p in (ROOT / "cercle").iterdir() if p.name not in OPTIONAL),
        *(ROOT / "cercle" / "vault" / f"{name}.py" for name in ("client", "opening")),
    ],
    "index": [ROOT / "cercle" / "index"],
    "gateway": [ROOT / "cercle" / "gateway", ROOT / "examples"],
    "relayer": [ROOT / "cercle" / "relayer"],
    "vault": [ROOT / "cercle" / "vault"],
    "app": [ROOT / "frontend"],
    "bots": [ROOT / "bots"],
}


def declared(extra: str) -> Iterator[Requirement]:
    """What the project asks for, its own extras opened."""
    optional = PROJECT["optional-dependencies"]
    for text in [*PROJECT["dependencies"], *(optional[extra] if extra else ())]:
        asked = Requirement(text)
        if asked.name != PROJECT["name"]:
            yield asked
        for inner in asked.extras if asked.name == PROJECT["name"] else ():
            yield from declared(inner)


def installed(extra: str) -> set[str]:
    """Every distribution that a fresh machine gets with this extra."""
    found: set[tuple[str, str]] = set()
    left = [(one.name, inner) for one in declared(extra) for inner in ("", *one.extras)]
    while left:
        name, inner = left.pop()
        if (canonicalize_name(name), inner) in found:
            continue
        found.add((canonicalize_name(name), inner))
        for text in requires(name):
            asked = Requirement(text)
            if asked.marker is None or asked.marker.evaluate({"extra": inner}):
                left += [(asked.name, more) for more in ("", *asked.extras)]
    return {name for name, _ in found}


def requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # of another platform
        return []


@cache
def imports(path: Path, everywhere: bool) -> frozenset[str]:
    """The full names of the modules that a file imports, at its top or everywhere in it."""
    tree = ast.parse(path.read_text("utf-8"))
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found: set[str] = set()
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *([node.module] if node.module else [])])
            found |= {base, *(f"{base}.{one.name}" for one in node.names)}
    return frozenset(found)


def file_of(name: str) -> Path | None:
    place = ROOT.joinpath(*name.split("."))
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.is_file():
            return path
    return None


def foreign(roots: list[Path], everywhere: bool) -> dict[str, Path]:
    """Other people's packages that these files import, through ours too; and where."""
    left = [p for root in roots for p in ([root] if root.is_file() else root.rglob("*.py"))]
    seen, found = set[Path](), dict[str, Path]()
    while left:
        path = left.pop()
        is_asked = path.suffix == ".py" and (everywhere or path.name != "__main__.py")
        if path in seen or not is_asked:
            continue
        seen.add(path)
        for name in imports(path, everywhere):
            top = name.partition(".")[0]
            if top in OWN:
                left += [p for p in (file_of(name),) if p is not None]
            elif top not in sys.stdlib_module_names:
                found.setdefault(top, path)
    return found


@pytest.mark.parametrize("extra", PARTS)
def test_extra__installs_all_that_its_part_imports(extra):
    whose, there = metadata.packages_distributions(), installed(extra)
    # Without an extra a function may still ask for more: it was given what needs it.
    found = foreign(PARTS[extra], everywhere=bool(extra))
    missing = {
        name: str(path.relative_to(ROOT))
        for name, path in found.items()
        if not there & {canonicalize_name(one) for one in whose.get(name, [name])}
    }
    assert missing == {}


def test_extras__each_is_looked_at():
    assert {*PARTS} - {""} == {*PROJECT["optional-dependencies"]}
