"""Nothing of the machine it was written on: no home folders, no hosts of package registries.

uv.lock names the public index in every entry: that is its format, so both locks of uv are exempt.
"""

import re
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree

PATHS = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+|work/\w+|tmp/\w+)(?:/|\b)")
HOSTS = re.compile(
    r"registry\.(?:npm" + r"js\.org|yarn" + r"pkg\.com)|(?:files\.python" + r"hosted|py"
    r"pi)\.org|deb\.deb" + r"ian\.org"
)
RESOLVED = re.compile(r'"resolved":\s*"https?:')
BINARY = (".png", ".ico", ".woff2", ".mo", ".jpg", ".parquet")


def find(tree: Tree) -> Iterator[Finding]:
    """Lines that name a machine's folder or a registry's host."""
    for path in tree.files:
        if path.suffix in BINARY or path.name == "uv.lock":
            continue
        if path.is_relative_to(tree.root / "tests" / "tools"):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            for pattern, what in ((PATHS, "path"), (HOSTS, "host"), (RESOLVED, "host")):
                if found := pattern.search(line):
                    yield Finding(tree.short(path), number, f"a machine's {what}: {found[0]}")
