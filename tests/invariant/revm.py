"""A ledger in memory (pyrevm) for campaigns of tens of thousands of steps; no receipts, no gas."""

import re

from eth_abi import decode, encode
from eth_utils import keccak
from pyrevm import EVM, BlockEnv

SOMEBODY = "0x" + "99" * 20
OUTPUT = re.compile(r"output: (0x[0-9a-f]*)")


class Refused(Exception):
    """The call reverted; says with which reason, and keeps the bytes of it."""

    def __init__(self, reason, data=b""):
        super().__init__(reason)
        self.data = data


def data_of(error):
    """The bytes of a revert in what pyrevm says of it."""
    found = OUTPUT.search(str(error))
    return bytes.fromhex(found[1][2:]) if found else b""


def reason_of(error):
    """The reason string in what pyrevm says of a revert."""
    data = data_of(error)
    if data[:4] != keccak(text="Error(string)")[:4]:
        return f"no reason: {error}"
    return decode(["string"], data[4:])[0]


class Contract:
    """One deployed contract, called by name."""

    def __init__(self, ledger, address, abi):
        self._ledger, self.address = ledger, address
        # By the count of their arguments too, of which some may be left out.
        self._methods = {(m.name, len(m.inputs)): m for m in abi if m.type == "function"}
        self._events = {keccak(text=e.selector).hex(): e for e in abi if e.type == "event"}

    def encoded(self, name, *args):
        """The call, as others carry it."""
        method = self._methods[name, len(args)]
        types = [i.canonical_type for i in method.inputs]
        return keccak(text=method.selector)[:4] + encode(types, args)

    def send(self, name, *args, sender):
        """Change the state, or raise Refused."""
        return self._call(name, args, sender)

    def view(self, name, *args):
        """Read; several outputs come as a tuple."""
        data = self._call(name, args, SOMEBODY)
        method = self._methods[name, len(args)]
        values = decode([o.canonical_type for o in method.outputs], data)
        return values[0] if len(values) == 1 else values

    def fields(self, event):
        """The names of an event's fields, in their order."""
        return next([i.name for i in e.inputs] for e in self._events.values() if e.name == event)

    def eip712Domain(self):
        """The domain, where `tests.signing` asks for it."""
        return self.view("eip712Domain")

    def told(self):
        """What the last call logged: names, with the values in the order of their fields."""
        return [self._event(log) for log in self._ledger.evm.result.logs]

    def told_itself(self):
        """The same without what other contracts logged along the way."""
        logs = self._ledger.evm.result.logs
        return [self._event(log) for log in logs if log.address.lower() == self.address.lower()]

    def logged(self):
        """The same as it lies in the blocks, whoever logged it: address, topics, data."""
        return [
            (log.address, tuple(bytes.fromhex(t.removeprefix("0x")) for t in log.topics),
             bytes(log.data[1]))
            for log in self._ledger.evm.result.logs
        ]  # fmt: skip

    def _event(self, log):
        topics = [bytes.fromhex(topic.removeprefix("0x")) for topic in log.topics]
        event = self._events[topics[0].hex()]
        indexed = [i.canonical_type for i in event.inputs if i.indexed]
        rest = [i.canonical_type for i in event.inputs if not i.indexed]
        first = iter([decode([t], v)[0] for t, v in zip(indexed, topics[1:], strict=True)])
        then = iter(decode(rest, bytes(log.data[1])))
        return event.name, *(next(first if i.indexed else then) for i in event.inputs)

    def _call(self, name, args, sender):
        self._ledger.evm.reset_transient_storage()
        try:
            return bytes(
                self._ledger.evm.message_call(
                    caller=sender, to=self.address, calldata=self.encoded(name, *args)
                )
            )
        except RuntimeError as error:
            raise Refused(reason_of(error), data_of(error)) from None


class Ledger:
    """An EVM with a clock that the test turns."""

    def __init__(self, now):
        self.evm = EVM()
        self.turn_to(now)

    def turn_to(self, now):
        self.now = now
        self.evm.set_block_env(BlockEnv(timestamp=now))

    def deploy(self, container, *args):
        """Deploy what Ape compiled."""
        contract_type = container.contract_type
        constructor = contract_type.constructor
        types = [i.canonical_type for i in constructor.inputs]
        code = contract_type.get_deployment_bytecode() + encode(types, args)
        address = self.evm.deploy(deployer=SOMEBODY, code=bytes(code))
        return Contract(self, address, contract_type.abi)
