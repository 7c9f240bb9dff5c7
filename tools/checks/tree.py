"""What the checks read: the files of a source tree, parsed at most once."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vyper.ast import nodes
from vyper.ast.parse import parse_to_ast


@dataclass(frozen=True)
class Finding:
    """A place and what is wrong there."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Reason:
    """A revert reason of a contract."""

    path: Path
    line: int
    text: str
    is_impossible: bool  # marked `# dev:`: no caller can provoke it


class Tree:
    """A source tree as the checks see it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def files(self) -> list[Path]:
        """Every file that is the project's own: what git knows, or all in a tree without git."""
        if not (self.root / ".git").exists():
            return sorted(path for path in self.root.rglob("*") if path.is_file())
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=self.root,
            capture_output=True,
            check=True,
        ).stdout.decode()
        paths = [self.root / name for name in listed.split("\0") if name]
        return sorted(path for path in paths if path.is_file())

    def under(self, *folders: str, suffix: str) -> Iterator[Path]:
        """The files of some folders with this suffix."""
        for path in self.files:
            parts = path.relative_to(self.root).parts
            if parts[0] in folders and path.suffix == suffix:
                yield path

    def short(self, path: Path) -> Path:
        """The path as it is printed."""
        return path.relative_to(self.root)

    # ---- contracts ------------------------------------------------------------------

    @cached_property
    def contracts(self) -> list[Path]:
        """Every .vy outside contracts/testing."""
        found = self.under("contracts", suffix=".vy")
        return [path for path in found if path.parent.name != "testing"]

    @property
    def deployables(self) -> list[Path]:
        """The contracts that are deployed: CamelCase by the build's own rule."""
        return [path for path in self.contracts if path.stem[0].isupper()]

    @cached_property
    def modules(self) -> dict[Path, nodes.Module]:
        """The syntax trees of contracts, modules and interfaces."""
        interfaces = list(self.under("contracts", suffix=".vyi"))
        return {
            path: parse_to_ast(path.read_text(), is_interface=path.suffix == ".vyi")
            for path in [*self.contracts, *interfaces]
        }

    @property
    def reasons(self) -> Iterator[Reason]:
        """Every reason that a contract gives for a refusal."""
        for path in self.contracts:
            lines = path.read_text().splitlines()
            for node in self.modules[path].get_descendants((nodes.Assert, nodes.Raise)):
                reason = node.msg if isinstance(node, nodes.Assert) else node.exc
                text = reason.value if isinstance(reason, nodes.Str) else ""
                own = " ".join(lines[node.lineno - 1 : node.end_lineno])
                yield Reason(path, node.lineno, text, "# dev: " in own)

    @property
    def events(self) -> Iterator[tuple[Path, int, str]]:
        """Every event that a contract logs, where it is logged first."""
        seen: set[str] = set()
        for path in self.contracts:
            for node in self.modules[path].get_descendants(nodes.Log):
                function = node.value.func
                name = function.attr if isinstance(function, nodes.Attribute) else function.id
                if name not in seen:
                    seen.add(name)
                    yield path, node.lineno, name

    # ---- Python ---------------------------------------------------------------------

    @cached_property
    def tests(self) -> dict[Path, ast.Module]:
        """The syntax trees of the tests, but for those of the checks, which plant faults."""
        found = self.under("tests", suffix=".py")
        own = self.root / "tests" / "tools"
        return {path: ast.parse(path.read_text()) for path in found if not path.is_relative_to(own)}

    @cached_property
    def python(self) -> dict[Path, ast.Module]:
        """The syntax trees of everything in Python."""
        return {path: ast.parse(path.read_text()) for path in self.files if path.suffix == ".py"}
