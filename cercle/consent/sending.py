"""Sends a company's calls from a key of its own, and tries again without ever sending twice.

A transaction is signed once. While nobody knows what became of it, the very same one is handed over
again; another is signed only when its nonce was used by something else, and the act is not done.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from eth_account.signers.local import LocalAccount

from ..calls import Call
from ..chain import Chain
from ..errors import CallBroken, ChainError, NodeMisbehaved, NotEnoughFunds, WrongChain
from ..tracking import Fate

T = TypeVar("T")
_FINAL = (CallBroken, NotEnoughFunds, WrongChain)  # trying again would say the same


@dataclass(frozen=True)
class Patience:
    """How often something is tried, and how long is waited between two tries."""

    tries: int = 6
    first: float = 0.5  # seconds before the second try; doubled each time
    longest: float = 20.0
    mined: float = 180.0  # seconds that a transaction has before the caller hears of it
    poll: float = 0.5
    sleep: Callable[[float], None] = time.sleep

    def pause(self, tried: int) -> None:
        """Wait before the next try: a random part of a time that doubles, so that many callers
        that failed together do not come back together."""
        most = min(self.longest, self.first * 2 ** (tried - 1))
        self.sleep(most * (0.5 + secrets.randbelow(1_000) / 2_000))


class StillPending(ChainError):
    """What was sent is neither mined nor lost: ask again later, and nothing is sent twice."""

    code = "still_pending"

    def __init__(self, tx_hash: str) -> None:
        self.tx_hash = tx_hash
        super().__init__(f"The transaction {tx_hash} is still on its way: ask again later.")


class Sender:
    """One key that sends; its calls follow one another.

    Usage example::

        sender = Sender(chain, Account.from_key(os.environ["COMPANY_KEY"]))
        sender.send(call, is_done)
    """

    def __init__(
        self, chain: Chain, account: LocalAccount, patience: Patience = Patience()
    ) -> None:
        self.chain = chain
        self.account = account
        self.patience = patience
        self._turn = threading.Lock()

    @property
    def address(self) -> str:
        """The account that signs and pays."""
        return str(self.account.address)

    def trying(self, ask: Callable[[], T]) -> T:
        """Ask a question of the nodes, again and again while they fail.

        Raises:
            ChainError: They failed each time.
        """
        for tried in range(1, self.patience.tries + 1):
            try:
                return ask()
            except _FINAL:
                raise
            except ChainError:
                if tried == self.patience.tries:
                    raise
                self.patience.pause(tried)
        raise AssertionError("no try at all")  # dev: patience has one at least

    def send(self, call: Call, is_done: Callable[[], bool]) -> str | None:
        """Do something once.

        Args:
            call: How.
            is_done: Whether it is done already, by the newest state.

        Returns:
            The transaction that did it; None if it was done before.

        Raises:
            Refused: The contract says no.
            StillPending: It was sent, and the patience ended before it was mined.
            ChainError: The nodes failed each time.
        """
        with self._turn:
            for _ in range(self.patience.tries):
                if self.trying(is_done):
                    return None
                gas = self.trying(lambda: self.chain.simulate(call, self.address))
                nonce = self.trying(lambda: self.chain.nonce(self.address))
                raw, tx_hash = self._signed(call, gas, nonce)
                fate = self._carried(raw, tx_hash, call, nonce)
                if fate == Fate.MINED:
                    return tx_hash
                if fate == Fate.REVERTED:  # something came between: the state says what
                    self.trying(lambda: self.chain.simulate(call, self.address))
            raise ChainError("Other transactions of this key were always there first.")

    def _signed(self, call: Call, gas: int, nonce: int) -> tuple[str, str]:
        price = int(self.trying(lambda: self.chain.request("eth_gasPrice", [])), 16)
        fields: dict[str, Any] = {
            "type": 2,
            "chainId": self.chain.chain_id,
            "nonce": nonce,
            "to": call.to,
            "data": call.data,
            "value": call.value,
            "gas": gas + gas // 4 + 20_000,
            "maxFeePerGas": 2 * price,
            "maxPriorityFeePerGas": min(price, 10**9),
        }
        signed = self.account.sign_transaction(fields)
        return "0x" + signed.raw_transaction.hex(), "0x" + signed.hash.hex()

    def _carried(self, raw: str, tx_hash: str, call: Call, nonce: int) -> Fate:
        """Hand it over until something became of it."""
        end, failed, error = time.monotonic() + self.patience.mined, 0, None
        while time.monotonic() < end:
            try:
                followed = self.chain.follow(tx_hash, self.address, call, nonce)
                if followed.is_final:
                    return followed.fate
                self._hand(raw)
                failed = 0
            except _FINAL:
                raise
            except ChainError as why:  # perhaps it arrived all the same: look before all else
                failed, error = failed + 1, why
                if failed >= self.patience.tries:
                    break
                self.patience.pause(failed)
                continue
            self.patience.sleep(self.patience.poll)
        raise StillPending(tx_hash) from error

    def _hand(self, raw: str) -> None:
        """A node that has it already says so by an error, which is no news."""
        with suppress(NodeMisbehaved):
            self.chain.request("eth_sendRawTransaction", [raw])


__all__ = ["Patience", "Sender", "StillPending"]
