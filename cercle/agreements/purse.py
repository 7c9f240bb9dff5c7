"""What somebody can pay with: a token's words, what they hold of it, what the book may take."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Context, Decimal

from pydantic import Field

from ..chain import Chain
from ..contracts import Contract
from ..deployments import Deployment
from ..errors import Refused
from ..models import Head
from ..values import Address, Frozen, checksum

MOST_DECIMALS = 36  # a token is anybody's code: more is taken for none
LONGEST = 16  # characters of a symbol
EXACT = Context(prec=120)  # figures: any 256-bit number, however many decimals it has
_TOKEN = tuple(
    {
        "type": "function",
        "name": name,
        "stateMutability": "view",
        "inputs": [{"name": f"_{place}", "type": kind} for place, kind in enumerate(inputs)],
        "outputs": [{"name": "", "type": output}],
    }
    for name, inputs, output in (
        ("symbol", (), "string"),
        ("decimals", (), "uint8"),
        ("balanceOf", ("address",), "uint256"),
        ("allowance", ("address", "address"), "uint256"),
    )
)


class Purse(Frozen):
    """A token, and what one account can pay with it into the book of agreements."""

    token: Address
    symbol: str = Field(default="", description="raw: the token's own word")
    decimals: int = 0
    balance: int = 0
    allowed: int = Field(default=0, description="what the book may take of it")

    def amount(self, units: int) -> Decimal:
        """Smallest units as people say them."""
        return EXACT.scaleb(Decimal(units), -self.decimals)

    def units(self, amount: Decimal) -> int:
        """What people say in smallest units; finer than those is cut off."""
        return int(EXACT.scaleb(amount, self.decimals))


def purse(
    chain: Chain, deployment: Deployment, token: str, account: str | None, head: Head | None = None
) -> Purse:
    """A token's words, and an account's money in it.

    Args:
        chain: Where to read.
        deployment: Whose book of agreements may take money.
        token: An ERC-20, which anybody may have written: what it does not tell stays empty.
        account: Whose; None: nobody's.
        head: The block; the newest if none is named.
    """
    contract = Contract("token", checksum(token), _TOKEN)
    asked = [contract.read("symbol"), contract.read("decimals")]
    if account is not None:
        book = deployment.address("Agreements")
        asked += [
            contract.read("balanceOf", account),
            contract.read("allowance", account, book),
        ]
    foreign = [replace(read, is_foreign=True) for read in asked]
    answers = chain.try_read(foreign, head or chain.head())
    told = [None if isinstance(one, Refused) else one for one in answers]
    symbol, decimals, balance, allowed = (*told, None, None)[:4]
    return Purse(
        token=checksum(token),
        symbol=_symbol(str(symbol or "")),
        decimals=decimals if isinstance(decimals, int) and decimals <= MOST_DECIMALS else 0,
        balance=balance or 0,
        allowed=allowed or 0,
    )


def _symbol(told: str) -> str:
    """A token's word for itself; empty where it would change how the amount before it is read."""
    kinds = [unicodedata.category(character) for character in told]
    if not kinds or (kinds[0][0] != "L" and kinds[0] != "Sc"):
        return ""  # a figure would be read as one more of the amount
    is_plain = all(
        kind[0] == "L" or kind in ("Nd", "Sc") or character in "._-"
        for kind, character in zip(kinds, told, strict=True)
    )
    return told[:LONGEST] if is_plain else ""


__all__ = ["EXACT", "LONGEST", "Purse", "purse"]
