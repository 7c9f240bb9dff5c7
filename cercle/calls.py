"""A call that changes something, ready for whoever signs it."""

from __future__ import annotations

from pydantic import Field

from .values import Address, Frozen


class Call(Frozen):
    """What a wallet, an account of Ape or a test sends. The package itself signs nothing.

    Usage example::

        call = loyalty.claim(deployment, perk_id=3, variant=0)
        gas = chain.simulate(call, sender)
        wallet.ask(call.transaction(sender, chain.chain_id, gas))
    """

    to: Address
    data: str = Field(pattern=r"^0x([0-9a-f]{2})*$")
    value: int = Field(default=0, ge=0)
    contract: str
    function: str

    def transaction(self, sender: str, chain_id: int, gas: int | None = None) -> dict[str, str]:
        """Build the parameters of `eth_sendTransaction`; fees stay the wallet's.

        Args:
            sender: The account that is asked to sign.
            chain_id: The chain that it is meant for.
            gas: The estimate; a fifth is added, since state may move before it is mined.
        """
        fields = {
            "from": sender,
            "to": self.to,
            "data": self.data,
            "value": hex(self.value),
            "chainId": hex(chain_id),
        }
        if gas is not None:
            fields["gas"] = hex(gas + gas // 5)
        return fields


__all__ = ["Call"]
