"""`ape.reverts()` without a reason would pass on any refusal: the test quotes the one it means."""

import ast
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree


def find(tree: Tree) -> Iterator[Finding]:
    """Calls of `reverts` with neither a reason nor a dev message."""
    for path, module in tree.tests.items():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or node.args or node.keywords:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name == "reverts":
                yield Finding(tree.short(path), node.lineno, "reverts() without the reason")
