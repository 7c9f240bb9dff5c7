"""What every act must do that a person signs and anybody may carry.

Inherit and give `act`, which the person could sign now, `act_of_a_contract`, the same for a
contract wallet of several owners, `is_done`, which says whether it happened, and `question`, the
view of the same contract that answers otherwise once it did. ZERO is what a message of nobody's is
told; REPLAYED what one is told that was carried before.

    class TestLeave(SignedActBehaviour):
        ZERO = "membership: not a member"

        @pytest.fixture
        def act(self, membership, fresh, leaving):
            return leaving(fresh[0])
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ape
import pytest
from ape.exceptions import ContractLogicError

from tests.signing import HALF_ORDER, sign, twin

ZERO_ADDRESS = "0x" + "00" * 20
OTHER_ADDRESS = "0x" + "0b" * 20
NOT_SIGNED = "signatures: not by signer"


@dataclass(frozen=True)
class SignedAct:
    """A message, who is to sign it, and the call that carries it."""

    contract: Any
    text: str  # the struct as EIP-712 writes it
    actor: str  # the field that names who signs
    message: dict[str, Any]
    keys: Sequence[Any]  # of the signer: one, or each owner of a contract wallet
    send: Callable[[dict[str, Any], bytes, Any], Any]  # the message's values, signature, sender

    @property
    def fields(self) -> list[tuple[str, str]]:
        """(type, name) of each field."""
        inner = self.text.partition("(")[2].partition(")")[0]
        return [tuple(field.split(" ")) for field in inner.split(",")]

    @property
    def has_nonce(self) -> bool:
        return "nonce" in self.message

    def signature(self, **changes) -> bytes:
        """What the signer's keys answer to the message, or to another one."""
        message = self.message | changes
        return b"".join(sign(key, self.contract, self.text, **message) for key in self.keys)

    def carry(self, sender, signature: bytes | None = None):
        """Send it; by whomever."""
        signature = self.signature() if signature is None else signature
        return self.send(self.message, signature, sender)


def altered(kind: str, value):
    """Another value of the same type."""
    if kind == "address":
        return OTHER_ADDRESS
    if kind == "bool":
        return not value
    if kind == "bytes32":
        return bytes([value[0] ^ 1]) + value[1:]
    if kind.endswith("[]"):
        return value[:-1]
    return value + 1


class SignedActBehaviour:
    ZERO: str
    REPLAYED = "signatures: nonce used"
    IS_DATED = False  # its date stands for a nonce, and what takes it back is the contract's own

    @pytest.fixture
    def act(self) -> SignedAct:
        raise NotImplementedError

    @pytest.fixture
    def act_of_a_contract(self) -> SignedAct:
        raise NotImplementedError

    @pytest.fixture
    def is_done(self) -> Callable[[SignedAct], bool]:
        raise NotImplementedError

    @pytest.fixture
    def question(self) -> Callable[[SignedAct], bytes]:
        """Call data of that view."""
        raise NotImplementedError

    @pytest.fixture
    def carrier(self, outsider):
        """Somebody with no part in it."""
        return outsider

    # ---- what counts ----

    def test_signed__carried_by_anybody__is_done(self, act, is_done, carrier):
        assert not is_done(act)
        act.carry(carrier)
        assert is_done(act)

    def test_signed__by_a_contract_wallet__is_done(self, act_of_a_contract, is_done, carrier):
        act_of_a_contract.carry(carrier)
        assert is_done(act_of_a_contract)

    def test_signed__by_one_owner_of_a_contract_wallet__reverts(
        self, act_of_a_contract, is_done, carrier
    ):
        lonely = replace(act_of_a_contract, keys=act_of_a_contract.keys[:1])
        with ape.reverts(NOT_SIGNED):
            lonely.carry(carrier)
        assert not is_done(lonely)

    def test_signed__contract_wallet_is_asked__before_anything_is_done(
        self, act_of_a_contract, question, is_done, carrier, project
    ):
        """One that goes by the contract itself, whose it is or who is in, is not told of an act
        that is not allowed yet: else what it is asked about would answer for it."""
        wallet = project.FakeWallet.at(act_of_a_contract.message[act_of_a_contract.actor])
        wallet.watch(act_of_a_contract.contract, question(act_of_a_contract), sender=carrier)
        act_of_a_contract.carry(carrier)
        assert is_done(act_of_a_contract)
        assert wallet.has_seen_a_change()

    # ---- time, and once ----

    def test_signed__last_second__is_done(self, act, is_done, carrier, chain):
        signature = act.signature()
        chain.pending_timestamp = act.message["deadline"]
        act.carry(carrier, signature)
        assert is_done(act)

    def test_signed__expired__reverts(self, act, is_done, carrier, chain):
        signature = act.signature()
        chain.pending_timestamp = act.message["deadline"] + 1
        with ape.reverts("signatures: expired"):
            act.carry(carrier, signature)
        assert not is_done(act)

    def test_signed__carried_again__reverts(self, act, carrier):
        signature = act.signature()
        act.carry(carrier, signature)
        with ape.reverts(self.REPLAYED):
            act.carry(carrier, signature)

    def test_signed__nonce_cancelled__reverts(self, act, is_done, carrier):
        if not act.has_nonce:
            assert self.IS_DATED or not hasattr(act.contract, "cancel_nonce")
            return
        act.contract.cancel_nonce(act.message["nonce"], sender=act.keys[0])
        with ape.reverts("signatures: nonce used"):
            act.carry(carrier)
        assert not is_done(act)

    def test_signed__others_cancelled__is_done(self, act, is_done, carrier):
        """Neither the signer's other numbers nor anybody else's same one stand in the way."""
        if act.has_nonce:
            act.contract.cancel_nonce(act.message["nonce"] + 1, sender=act.keys[0])
            act.contract.cancel_nonce(act.message["nonce"], sender=carrier)
        act.carry(carrier)
        assert is_done(act)

    # ---- another's, or meant for elsewhere ----

    def test_signed__by_another__reverts(self, act, is_done, carrier):
        with ape.reverts(NOT_SIGNED):
            replace(act, keys=[carrier]).carry(carrier)
        assert not is_done(act)

    def test_signed__for_another_chain__reverts(self, act, is_done, carrier, chain):
        with ape.reverts(NOT_SIGNED):
            act.carry(carrier, act.signature(chain_id=chain.chain_id + 1))
        assert not is_done(act)

    def test_signed__for_another_contract__reverts(self, act, is_done, carrier):
        with ape.reverts(NOT_SIGNED):
            act.carry(carrier, act.signature(verifying_contract=OTHER_ADDRESS))
        assert not is_done(act)

    def test_signed__otherwise_in_any_field__reverts(self, act, is_done, carrier):
        for kind, name in act.fields:
            signature = act.signature(**{name: altered(kind, act.message[name])})
            with ape.reverts(NOT_SIGNED):
                act.carry(carrier, signature)
        assert not is_done(act)

    def test_signed__as_another_kind_of_message__reverts(self, act, is_done, carrier):
        """The same words under another name."""
        other = replace(act, text=act.text.replace("(", "Too(", 1))
        with ape.reverts(NOT_SIGNED):
            act.carry(carrier, other.signature())
        assert not is_done(act)

    def test_signed__by_nobody__reverts(self, act, carrier):
        nobodys = replace(act, message=act.message | {act.actor: ZERO_ADDRESS})
        with ape.reverts(self.ZERO):
            nobodys.carry(carrier, bytes(65))

    # ---- malformed ----

    def test_signed__twin_with_high_s__reverts(self, act, is_done, carrier):
        signature = act.signature()
        assert int.from_bytes(signature[32:64], "big") <= HALF_ORDER
        with ape.reverts(NOT_SIGNED):
            act.carry(carrier, twin(signature))
        assert not is_done(act)

    def test_signed__strange_bytes__reverts(self, act, is_done, carrier):
        signature = act.signature()
        wrong_v = signature[:64] + bytes([signature[64] - 27])
        for bad in (b"", bytes(65), signature[:64], signature + b"\x00", wrong_v):
            with ape.reverts(NOT_SIGNED):
                act.carry(carrier, bad)
        assert not is_done(act)

    def test_signed__longer_than_any_may_be__is_refused(self, act, is_done, carrier):
        with pytest.raises(ContractLogicError):  # refused by the decoder, which gives no reason
            act.carry(carrier, act.signature().ljust(1_025, b"\x00"))
        assert not is_done(act)
