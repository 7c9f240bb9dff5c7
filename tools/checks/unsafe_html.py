"""HTML is only ever a constant of ours: nothing that anybody typed reaches the page unescaped."""

import ast
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree

RAW = {"html"}  # functions that take HTML whatever their arguments


def find(tree: Tree) -> Iterator[Finding]:
    """Calls that put HTML on a page from anything but a string constant."""
    for path, module in tree.python.items():
        if tree.short(path).parts[0] not in ("frontend", "demo", "examples"):
            continue
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            allows = any(
                keyword.arg == "unsafe_allow_html"
                and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
                for keyword in node.keywords
            )
            if not allows and not is_streamlit_html(node.func):
                continue
            if not node.args or not isinstance(node.args[0], ast.Constant):
                yield Finding(
                    tree.short(path), node.lineno, "HTML from something other than a constant"
                )


def is_streamlit_html(function: ast.Attribute) -> bool:
    """Whether this is st.html, components.v1.html or the like."""
    owner = function.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return function.attr in RAW and name in ("st", "components", "v1")
