"""Write what is generated from the vocabulary: its page, and its JSON-LD.

Usage::

    python -m cercle.consent            # from the repository
    python -m cercle.consent --check    # only say what is stale; exit 1 if anything is
"""

from __future__ import annotations

import sys
from pathlib import Path

from .rendering import jsonld_text, page

ROOT = Path(__file__).parents[2]


def wanted() -> dict[Path, str]:
    """What the files should hold."""
    return {
        ROOT / "docs" / "vocabulary.md": page(),
        Path(__file__).parent / "vocabulary.jsonld": jsonld_text(),
    }


def stale() -> list[Path]:
    """The files that the vocabulary has outrun."""
    return [
        file
        for file, text in wanted().items()
        if not file.exists() or file.read_text("utf-8") != text
    ]


def main() -> int:
    """Refresh, or with --check only compare."""
    files = stale()
    for file in files:
        sys.stdout.write(f"{file.name}: stale\n")
        if "--check" not in sys.argv:
            file.write_text(wanted()[file], "utf-8")
    return 1 if files and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
