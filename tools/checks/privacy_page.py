"""Every event is a public fact: docs/privacy.md names it."""

from collections.abc import Iterator

from tools.checks.tree import Finding, Tree


def find(tree: Tree) -> Iterator[Finding]:
    """Events that the page does not name."""
    page = tree.root / "docs" / "privacy.md"
    text = page.read_text() if page.is_file() else ""
    for path, line, name in tree.events:
        if f"`{name}`" not in text:
            yield Finding(tree.short(path), line, f"docs/privacy.md does not name {name}")
