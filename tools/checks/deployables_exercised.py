"""Every contract that is deployed is deployed by some test."""

import ast
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree


def find(tree: Tree) -> Iterator[Finding]:
    """Deployables that no test names as `project.Name`."""
    named = {
        node.attr
        for module in tree.tests.values()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
    }
    for path in tree.deployables:
        if path.stem not in named:
            yield Finding(tree.short(path), 1, f"no test deploys {path.stem}")
