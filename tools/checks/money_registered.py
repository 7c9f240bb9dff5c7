"""Every contract that can move money is in the registry, tools/money.py, and nothing else is.

Money moves by a call to a token (through an interface, or by its selector), by `send`, or by a
call with a value. It counts wherever it stands: in the contract, or in a module that it imports,
such as `tokens`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from vyper.ast import nodes

from tools.checks.tree import Finding, Tree

REGISTRY = Path("tools") / "money.py"
# Of ERC-20, 721 and 1155, and our Points' own.
TOKEN_CALLS = (
    "transfer",
    "transferFrom",
    "safeTransfer",
    "safeTransferFrom",
    "safeBatchTransferFrom",
    "take",
)
SELECTOR = re.compile(rf"({'|'.join(TOKEN_CALLS)})\(")
# Of the language's own, those that may send a value along.
BUILT_IN = (
    "raw_call",
    "raw_create",
    "create_minimal_proxy_to",
    "create_copy_of",
    "create_from_blueprint",
)


def find(tree: Tree) -> Iterator[Finding]:
    """Contracts that move money outside the registry, and entries about none that does."""
    registered = entries(tree)
    moving = {path.stem: (path, line) for path in tree.deployables if (line := moves(tree, path))}
    for name, (path, line) in moving.items():
        if name not in registered:
            yield Finding(tree.short(path), line, f"{name} moves money and is not in {REGISTRY}")
    for name, line in registered.items():
        if name not in moving:
            yield Finding(REGISTRY, line, f"no contract {name} moves money")


def entries(tree: Tree) -> dict[str, int]:
    """The contracts that the registry names, and where."""
    path = tree.root / REGISTRY
    if not path.is_file():
        return {}
    return {
        str(keyword.value.value): keyword.value.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "contract" and isinstance(keyword.value, ast.Constant)
    }


def moves(tree: Tree, contract: Path) -> int:
    """The line of the contract where it moves money, or imports what does; 0 where it does not."""
    return line_of_a_move(tree.modules[contract]) or next(
        (line for module, line in imports(tree, contract) if moves(tree, module)), 0
    )


def imports(tree: Tree, path: Path) -> Iterator[tuple[Path, int]]:
    """The own modules that a source imports."""
    for node in tree.modules[path].get_children((nodes.ImportFrom,)):
        folder = path.parent
        for _ in range(node.level - 1):
            folder = folder.parent
        module = folder.joinpath(*(node.module or "").split("."), f"{node.name}.vy")
        if node.level and module in tree.modules and node.name[0].islower():
            yield module, node.lineno


def line_of_a_move(module: nodes.Module) -> int:
    """Where a source calls a token, or sends the chain's own coin; 0 where it does not."""
    for outside in module.get_descendants(nodes.ExtCall):
        call = outside.value
        if call.func.attr in TOKEN_CALLS or has_value(call):
            return int(outside.lineno)
    for call in module.get_descendants(nodes.Call):
        name = call.func.id if isinstance(call.func, nodes.Name) else ""
        if name == "send" or (name in BUILT_IN and has_value(call)):
            return int(call.lineno)
    for text in module.get_descendants(nodes.Str):
        if SELECTOR.match(text.value):
            return int(text.lineno)
    return 0


def has_value(call: nodes.Call) -> bool:
    """Whether a call sends the chain's own coin along."""
    return any(keyword.arg == "value" for keyword in call.keywords)
