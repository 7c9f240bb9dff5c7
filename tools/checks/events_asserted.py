"""Every event is asserted, field by field, by some test."""

import ast
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree


def find(tree: Tree) -> Iterator[Finding]:
    """Events that no test builds as `contract.EventName(...)`."""
    built = {
        node.func.attr
        for module in tree.tests.values()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    for path, line, name in tree.events:
        if name not in built:
            yield Finding(tree.short(path), line, f"no test asserts the event {name}")
