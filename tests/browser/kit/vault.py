"""The vault itself and the packing table, as processes of their own beside the app."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path
from typing import Any

from cercle.vault.keys import new_private, text_of
from tests.browser.kit.processes import ROOT, Process, wait_until
from tools.ports import free_port


class Vault:
    """A vault with keys of its own, for one site."""

    def __init__(self, rpc_url: str, deployment: Path, folder: Path, site: str, key: str) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CERCLE_RPC_URLS": rpc_url,
            "CERCLE_DEPLOYMENT": str(deployment),
            "CERCLE_VAULT_DATABASE": str(folder / "book.sqlite"),
            "CERCLE_VAULT_STORAGE": str(folder / "records"),
            "CERCLE_VAULT_SITE": site,
            "CERCLE_VAULT_KEY": text_of(new_private()),
            "CERCLE_VAULT_CUSTODIAN_KEY": key,
            "CERCLE_VAULT_POLL_SECONDS": "0.2",
            "CERCLE_VAULT_MAX_HEAD_AGE": "3600",
        }
        command = [sys.executable, "-m", "cercle.vault", "serve", "--port", str(port)]
        self.process = Process(command, f"vault-{port}", env)
        wait_until(lambda: is_up(f"{self.url}/healthz"), 60, self.process.log.read_text())

    def everything(self) -> bytes:
        """All that it wrote: database, records, log."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in [*files, self.process.log])

    def stop(self) -> None:
        self.process.stop()


class Packer:
    """The table at which orders are packed."""

    def __init__(
        self, town: Any, vault: Vault, folder: Path, steward: str, companies: list[dict[str, Any]]
    ) -> None:
        table = folder / "table.json"
        table.touch(mode=0o600)
        table.write_text(json.dumps({"steward": steward, "companies": companies}))
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        told = ["--table", str(table), "--vault", vault.url, "--node", town.node.url]
        told += ["--deployment", str(town.path), "--content", town.content]
        command = [sys.executable, "-m", "examples.packer", "--port", str(port), *told]
        self.process = Process(command, f"packer-{port}", {**os.environ, "PYTHONPATH": str(ROOT)})
        wait_until(lambda: is_up(self.url), 60, self.process.log.read_text())

    def stop(self) -> None:
        self.process.stop()


def is_up(url: str) -> bool:
    with urllib.request.urlopen(url, timeout=2) as answer:
        return bool(answer.status == 200)
