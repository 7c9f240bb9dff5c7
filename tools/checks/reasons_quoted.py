"""Every reason of a contract is quoted, whole, by a test that provokes it."""

import ast
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree


def find(tree: Tree) -> Iterator[Finding]:
    """Reasons that stand in no string of any test."""
    quoted = {
        node.value
        for module in tree.tests.values()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    missed: set[str] = set()
    for reason in tree.reasons:
        if reason.text and reason.text not in quoted and reason.text not in missed:
            missed.add(reason.text)
            yield Finding(tree.short(reason.path), reason.line, f"no test provokes {reason.text!r}")
