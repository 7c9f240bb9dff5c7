"""The demo's relayer: a process beside the app, which pays for what the demo's people sign."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

from eth_account import Account

from cercle.deployments import Deployment

from .beside import Beside
from .node import Node

# A key of anvil's own words, which everybody knows, far from the accounts of the demo's people.
_WORDS = "test test test test test test test test test test test junk"
_PATH = "m/44'/60'/0'/0/100000"
_FUNDS = 100 * 10**18
_MOST = 1_000_00  # cents of one permit


class Carrier:
    """One relayer on loopback; its journal stays as long as the chain does."""

    def __init__(self, port: int, folder: Path, node: Node) -> None:
        self.folder = folder / "relayer"
        self.node = node
        self._relayer = Beside("relayer", port, self.folder)
        self.url = self._relayer.url

    def forget(self) -> None:
        """Drop the journal: its chain is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, deployment: Path) -> None:
        """Fund it, start it, wait until it is well.

        Raises:
            DemoError: It does not come up.
        """
        Account.enable_unaudited_hdwallet_features()
        account = Account.from_mnemonic(_WORDS, account_path=_PATH)
        self.node.rpc("anvil_setBalance", account.address, hex(_FUNDS))
        if self._is_ahead(account.address):
            self.forget()
        self._relayer.start(
            ["cercle.relayer"],
            {
                "CERCLE_RPC_URLS": self.node.url,
                "CERCLE_DEPLOYMENT": str(deployment.resolve()),
                "CERCLE_RELAYER_JOURNAL": str((self.folder / "journal.sqlite").resolve()),
                "CERCLE_RELAYER_KEY": account.key.hex(),
                # What the demo's euro lets a phone pay into service contracts, at most.
                "CERCLE_RELAYER_TOKENS": f"{_euro(deployment)}={_MOST}",
                "CERCLE_RELAYER_CONFIRMATIONS": "0",  # blocks come with transactions only
            },
        )
        self._relayer.wait()

    def stop(self) -> None:
        """End it; what it was about to do stands in its journal."""
        self._relayer.stop()

    def _is_ahead(self, account: str) -> bool:
        """Whether the journal knows more than the chain: that one was killed, and woke younger."""
        path = self.folder / "journal.sqlite"
        if not path.exists():
            return False
        try:
            with contextlib.closing(sqlite3.connect(path)) as journal:
                found = journal.execute("SELECT MAX(nonce) FROM slots WHERE state != 'pending'")
                highest = found.fetchone()[0]
        except sqlite3.Error:
            return True
        count = int(self.node.rpc("eth_getTransactionCount", account, "latest"), 16)
        return highest is not None and highest >= count


__all__ = ["Carrier"]


def _euro(deployment: Path) -> str:
    """The money of the demo, as the vault of its companies was told."""
    return str(Deployment.load(deployment).contracts["Vault"].args[1])
