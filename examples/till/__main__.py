"""Run the till: `python -m examples.till --help`."""

from __future__ import annotations

from pathlib import Path

from examples.asking import client_of, options
from examples.serving import PageServer

from .signer import NodeSigner
from .till import Till


def main(given: list[str] | None = None) -> None:
    """Serve until somebody ends it."""
    parser = options("till", __doc__, 8504)
    parser.add_argument("--account", required=True, help="who redeems: it has the role TILL")
    parser.add_argument("--perks", required=True, help="the brand's Perks contract")
    parser.add_argument("--node", help="a local node that signs for the account (chain 31337)")
    told = parser.parse_args(given)
    signer = NodeSigner(told.node, told.account) if told.node else None
    till = Till(client_of(told), told.account, told.perks, signer)
    PageServer(told.port, Path(__file__).parent / "static", till.questions).serve()


if __name__ == "__main__":
    main()
