"""Soft limits of files and functions: a warning asks for a second look, and fails nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.checks.tree import Finding, Tree

CONTRACT, MODULE, PYTHON, TEST, CONFTEST, FUNCTION = 400, 250, 300, 250, 150, 40


def limit(path: Path) -> int:
    """The most lines that a file should have."""
    if path.suffix == ".vy":
        return CONTRACT if path.stem[0].isupper() else MODULE
    if path.name == "conftest.py":
        return CONFTEST
    return TEST if path.stem.startswith("test_") else PYTHON


def find(tree: Tree) -> Iterator[Finding]:
    """Files and functions past their soft limit."""
    for path in [*tree.contracts, *tree.python]:
        lines = len(path.read_text().splitlines())
        if lines > limit(path):
            yield Finding(tree.short(path), 1, f"{lines} lines, {limit(path)} are enough")
    for path, module in tree.python.items():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION:
                    text = f"{node.name} has {lines} lines, {FUNCTION} are enough"
                    yield Finding(tree.short(path), node.lineno, text)
