"""People in tests are named for their role, which says why they may do what they do."""

import re
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree

STOCK = re.compile(r"\b(ali" + r"ce|bo" + r"b|char" + r"lie)\b", re.IGNORECASE)
SUFFIXES = (".py", ".vy", ".vyi", ".md", ".js")


def find(tree: Tree) -> Iterator[Finding]:
    """Lines that name one of the textbook's three."""
    for path in tree.files:
        if path.suffix not in SUFFIXES or path.is_relative_to(tree.root / "tests" / "tools"):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if found := STOCK.search(line):
                yield Finding(tree.short(path), number, f"name the role, not {found[0]!r}")
