"""Every contract compiles with no warning, and a deployable's header answers its operator."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.checks.tree import Finding, Tree

TAGS = ("title", "license", "author", "details", "custom:contract-name")
OPERATOR_TAGS = ("custom:security", "custom:kill")


def compiled(root: Path, path: Path) -> tuple[Path, dict[str, str], str]:
    """A contract's header, or what the compiler said against it."""
    vyper = shutil.which("vyper") or "vyper"
    done = subprocess.run(
        [vyper, "-Werror", "-f", "devdoc,userdoc", str(path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        return path, {}, said[-1] if said else "does not compile"
    developer, user = (json.loads(line) for line in done.stdout.splitlines() if line[:1] == "{")
    return path, developer | {"notice": user.get("notice", "")}, ""


def find(tree: Tree) -> Iterator[Finding]:
    """Warnings of the compiler, and header tags that are missing or untrue."""
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda path: compiled(tree.root, path), tree.deployables))
    for path, header, complaint in results:
        if complaint:
            yield Finding(tree.short(path), 1, complaint)
            continue
        for tag in (*TAGS, "notice", *OPERATOR_TAGS):
            if not header.get(tag):
                yield Finding(tree.short(path), 1, f"the header has no @{tag}")
        name = header.get("custom:contract-name", path.stem)
        if name != path.stem:
            yield Finding(tree.short(path), 1, f"@custom:contract-name says {name}")
        if header.get("license", "AGPL-3.0-only") != "AGPL-3.0-only":
            yield Finding(tree.short(path), 1, f"@license says {header['license']}")
