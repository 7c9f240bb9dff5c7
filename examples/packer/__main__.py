"""Run the packing table: `python -m examples.packer --help`.

Who looks, and by which keys, stands in a file that only its owner may read:

    {"steward": "0x…", "companies": [{"id": 2, "key": "0x…", "envelope_key": "base64url",
      "looks": [["DeliveryOfGoods", "Name"], ["DeliveryOfGoods", "PhysicalAddress"]]}]}
"""

from __future__ import annotations

import argparse
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from eth_account import Account
from eth_account.messages import SignableMessage
from eth_account.signers.local import LocalAccount
from pydantic import Field

from cercle.chain import Chain
from cercle.consent.client import CompanyClient, Sender
from cercle.content import ContentStore
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.index.history import open_history
from cercle.values import Address, Frozen
from cercle.vault.client import VaultCompany, Waiting
from cercle.vault.keys import Bytes32, bytes_of
from examples.serving import PageServer

from .packer import Need, Packer

PATIENCE = Waiting(most=0.0)  # whoever stands at the table looks again


class Looks(Frozen):
    """One company at the table."""

    id: int
    key: str
    envelope_key: Bytes32
    looks: Annotated[tuple[tuple[str, str], ...], Field(min_length=1)]


class Table(Frozen):
    """The whole file."""

    steward: Address = Field(description="a local node signs for it")
    companies: Annotated[tuple[Looks, ...], Field(min_length=1)]


def table_of(path: Path) -> Table:
    """Read the file.

    Raises:
        SystemExit: Others may read it too.
    """
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        raise SystemExit(f"{path} holds keys: make it readable by its owner alone (chmod 600).")
    return Table.model_validate_json(path.read_text())


def signer(account: LocalAccount) -> Callable[[SignableMessage], str]:
    """Signs what a vault wants signed, with one company's key."""
    return lambda text: "0x" + account.sign_message(text).signature.hex()


def main(given: list[str] | None = None) -> None:
    """Serve until somebody ends it."""
    parser = argparse.ArgumentParser(prog="python -m examples.packer", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--port", type=int, default=8507)
    parser.add_argument("--table", type=Path, required=True, help="the file of who looks")
    parser.add_argument("--vault", default="http://127.0.0.1:8506", help="where it is")
    parser.add_argument("--node", required=True, help="a local node, which signs for the steward")
    parser.add_argument("--deployment", type=Path, required=True, help="the address book")
    parser.add_argument("--content", required=True, help="where the texts are")
    parser.add_argument("--index", help="an index of the brand's events")
    told = parser.parse_args(given)
    table, book = table_of(told.table), Deployment.load(told.deployment)
    chain = Chain([told.node], book.chain_id, head_age=0)
    history = open_history(chain, book, told.index)
    needs: list[Need] = []
    for one in table.companies:
        account = Account.from_key(one.key)
        company = CompanyClient(Sender(chain, account), book, one.id, history)
        vault = VaultCompany(
            told.vault,
            chain,
            book,
            bytes_of(one.envelope_key),
            signer(account),
            waiting=PATIENCE,
        )
        needs += [Need(company, vault, *look) for look in one.looks]
    steward = UnlockedExecutor(chain, table.steward)
    packer = Packer(ContentStore(told.content), history, needs, steward)
    PageServer(told.port, Path(__file__).parent / "static", packer.questions).serve()


if __name__ == "__main__":
    main()
