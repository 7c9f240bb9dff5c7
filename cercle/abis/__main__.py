"""Write the ABI of every contract that deploys beside this file.

Usage::

    python -m cercle.abis            # from the repository, with Vyper installed
    python -m cercle.abis --check    # only say what is stale; exit 1 if anything is
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CONTRACTS = FOLDER.parents[1] / "contracts"


def deployables(contracts: Path = CONTRACTS) -> list[Path]:
    """The contracts that deploy: a capital letter begins their file's name."""
    return sorted(
        path
        for path in contracts.rglob("*.vy")
        if path.stem[0].isupper() and "testing" not in path.parts
    )


def compiled_abi(path: Path) -> list[dict[str, Any]]:
    """Compile one contract and return its ABI, without gas estimates."""
    from vyper.cli.vyper_compile import compile_files

    output = compile_files([path], ["abi"], paths=[str(CONTRACTS.parent)])
    abi = next(iter(output.values()))["abi"]
    entries = [{key: value for key, value in entry.items() if key != "gas"} for entry in abi]
    return sorted(entries, key=_order)  # the compiler's own order is not promised


def _order(entry: dict[str, Any]) -> tuple[str, str, int]:
    return entry["type"], entry.get("name", ""), len(entry.get("inputs", ()))


def render(abi: list[dict[str, Any]]) -> str:
    """The packaged form: one entry a line, so that a change reads well."""
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in abi)
    return f"[\n{lines}\n]\n"


def stale() -> dict[Path, str | None]:
    """The files that differ from what the contracts compile to; None: to be deleted."""
    wanted = {FOLDER / f"{path.stem}.json": render(compiled_abi(path)) for path in deployables()}
    changes: dict[Path, str | None] = {
        file: text
        for file, text in wanted.items()
        if not file.exists() or file.read_text("utf-8") != text
    }
    changes |= {file: None for file in FOLDER.glob("*.json") if file not in wanted}
    return changes


def main() -> int:
    """Refresh, or with --check only compare."""
    changes = stale()
    for file, text in changes.items():
        sys.stdout.write(f"{file.name}: {'not needed' if text is None else 'stale'}\n")
        if "--check" in sys.argv:
            continue
        if text is None:
            file.unlink()
        else:
            file.write_text(text, "utf-8")
    return 1 if changes and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
