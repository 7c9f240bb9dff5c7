"""What a monitor may know: counts and sums, and nothing of a person."""

from __future__ import annotations

from ..service.metrics import Numbers

_SIZES = (1, 2, 5, 10, 20, 50, 100)


class Metrics(Numbers):
    """The numbers of one relayer."""

    def __init__(self) -> None:
        super().__init__("relayer")
        self.acts = self._counter("acts", "acts that reached a state", "struct", "state")
        self.refusals = self._counter("refusals", "why not", "code")
        self.transactions = self._counter("transactions", "transactions signed")
        self.bumps = self._counter("fee_bumps", "transactions signed again, dearer")
        self.resyncs = self._counter("nonce_resyncs", "nonces that others used")
        self.gas = self._counter("gas_spent", "gas of mined transactions")
        self.wei = self._counter("wei_spent", "wei paid for it")
        self.balance = self._gauge("balance_wei", "what is left to pay with")
        self.queue = self._gauge("queue", "acts accepted and not sent")
        self.in_flight = self._gauge("in_flight", "transactions sent and not mined")
        self.well = self._gauge("well", "1 while the part is well", "part")
        self.batches = self._histogram("batch_size", "ballots a batch", buckets=_SIZES)


__all__ = ["Metrics"]
