"""A test that may be skipped is a test that nobody misses."""

import ast
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree

WAYS_OUT = {"skip", "skipif", "xfail", "importorskip"}


def find(tree: Tree) -> Iterator[Finding]:
    """Uses of pytest's ways out."""
    for path, module in tree.tests.items():
        for node in ast.walk(module):
            if isinstance(node, ast.Attribute) and node.attr in WAYS_OUT:
                yield Finding(tree.short(path), node.lineno, f"no way out by {node.attr}")
