"""The demo's vault, and the table at which what members claimed is packed."""

from __future__ import annotations

import json
import secrets
import shutil
from pathlib import Path

from cercle.vault import new_private
from cercle.vault.keys import text_of

from .beside import Beside
from .companies import BRAND, CARRIER, envelope_key_of, key_of
from .node import Node

# What a parcel has to know: who looks, for what, at what.
LOOKS = {
    BRAND: [("FulfilmentOfContractualObligation", "ClothingSize")],
    CARRIER: [("DeliveryOfGoods", "Name"), ("DeliveryOfGoods", "PhysicalAddress")],
}


class Keeper:
    """A vault with keys of this demo's own; what it keeps stays as long as its chain does."""

    def __init__(self, ports: tuple[int, int], folder: Path, node: Node) -> None:
        self.folder = folder / "vault"
        self.node = node
        vault, packer = ports
        self.vault = Beside("vault", vault, self.folder, "/healthz")
        self.packer = Beside("packer", packer, self.folder, "/")

    def forget(self) -> None:
        """Drop what it keeps: its chain is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(
        self, deployment: Path, *, site: str, steward: str, content: str, index: str | None
    ) -> None:
        """Start both; `wait` until they answer.

        Args:
            deployment: The deployment file.
            site: The app, as people see it: a sign-in names it.
            steward: The account that says that a parcel went; the node signs for it.
            content: Where the texts lie.
            index: An index of the brand's events, if there is one.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.vault.start(
            ["cercle.vault", "serve"],
            {
                "CERCLE_RPC_URLS": self.node.url,
                "CERCLE_DEPLOYMENT": str(deployment.resolve()),
                "CERCLE_VAULT_DATABASE": str((self.folder / "book.sqlite").resolve()),
                "CERCLE_VAULT_STORAGE": str((self.folder / "records").resolve()),
                "CERCLE_VAULT_SITE": site,
                "CERCLE_VAULT_KEY": self._key("vault.key", text_of(new_private())),
                "CERCLE_VAULT_CUSTODIAN_KEY": self._key(
                    "custodian.key", "0x" + secrets.token_hex(32)
                ),
                "CERCLE_VAULT_MAX_HEAD_AGE": "600",  # this chain has a block now and then
            },
        )
        told = ["--vault", self.vault.url, "--node", self.node.url, "--content", content]
        told += ["--table", str(self._table(steward)), "--deployment", str(deployment.resolve())]
        told += ["--index", index] if index else []
        self.packer.start(["examples.packer", *told])

    def wait(self) -> None:
        """Until both answer.

        Raises:
            DemoError: One does not come up.
        """
        self.vault.wait()
        self.packer.wait()

    def stop(self) -> None:
        """End both; what was kept stays."""
        self.packer.stop()
        self.vault.stop()

    def _key(self, name: str, fresh: str) -> str:
        """A secret in a file of its own, made once."""
        path = self.folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(fresh)
        return path.read_text()

    def _table(self, steward: str) -> Path:
        """Who looks, and by which keys; for the packer alone."""
        rows = [
            {
                "id": number,
                "key": "0x" + key_of(number).key.hex(),
                "envelope_key": text_of(envelope_key_of(number)),
                "looks": looks,
            }
            for number, looks in LOOKS.items()
        ]
        path = self.folder / "table.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({"steward": steward, "companies": rows}))
        return path


__all__ = ["LOOKS", "Keeper"]
