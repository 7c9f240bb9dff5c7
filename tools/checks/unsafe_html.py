"""HTML is only ever a constant of ours: nothing that anybody typed reaches the page unescaped.

A constant is a literal, or a module's own NAME made of literals and of the module's own path.
"""

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
            if not node.args or not is_constant(node.args[0], module):
                yield Finding(
                    tree.short(path), node.lineno, "HTML from something other than a constant"
                )


def is_constant(value: ast.expr, module: ast.Module) -> bool:
    """Whether this can hold nothing that came from outside."""
    if isinstance(value, ast.Constant):
        return True
    if not isinstance(value, ast.Name):
        return False
    made = [
        statement.value
        for statement in module.body
        if isinstance(statement, ast.Assign)
        and any(isinstance(name, ast.Name) and name.id == value.id for name in statement.targets)
    ]
    names = {
        node.id for made_of in made for node in ast.walk(made_of) if isinstance(node, ast.Name)
    }
    return len(made) == 1 and names <= {"Path", "__file__"}


def is_streamlit_html(function: ast.Attribute) -> bool:
    """Whether this is st.html, components.v1.html or the like."""
    owner = function.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return function.attr in RAW and name in ("st", "components", "v1")
