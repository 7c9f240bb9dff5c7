"""What every token of ours must do: ERC-20, EIP-2612 and ERC-5267.

Inherit, give `subject` (the token), `holder` (has a thousand units or more), `receiver`, `spender`,
and the token's own words of refusal:

    class TestPointsErc20(ERC20Behaviour, ERC2612Behaviour, ERC5267Behaviour):
        REASONS = {"balance": "points: balance too low", ...}

        @pytest.fixture
        def subject(self, points):
            return points
"""

from typing import ClassVar

import ape
import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.signing import HALF_ORDER, ORDER, sign

PERMIT = "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
DOMAIN = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
HIGHEST = 2**256 - 1
ZERO = "0x" + "00" * 20


class _Token:
    REASONS: ClassVar[dict[str, str]] = {}

    @pytest.fixture
    def subject(self):
        raise NotImplementedError

    @pytest.fixture
    def holder(self):
        raise NotImplementedError

    @pytest.fixture
    def receiver(self):
        raise NotImplementedError

    @pytest.fixture
    def spender(self):
        raise NotImplementedError


class ERC20Behaviour(_Token):
    def test_transfer__part__moves_it(self, subject, holder, receiver):
        before = subject.balanceOf(holder), subject.balanceOf(receiver), subject.totalSupply()
        assert subject.transfer.call(receiver, 400, sender=holder) is True
        receipt = subject.transfer(receiver, 400, sender=holder)

        assert receipt.events == [subject.Transfer(sender=holder, receiver=receiver, value=400)]
        after = subject.balanceOf(holder), subject.balanceOf(receiver), subject.totalSupply()
        assert after == (before[0] - 400, before[1] + 400, before[2])

    def test_transfer__all__leaves_nothing(self, subject, holder, receiver):
        subject.transfer(receiver, subject.balanceOf(holder), sender=holder)
        assert subject.balanceOf(holder) == 0

    def test_transfer__none__is_an_event_and_no_more(self, subject, holder, receiver):
        before = subject.balanceOf(holder), subject.balanceOf(receiver)
        receipt = subject.transfer(receiver, 0, sender=holder)

        assert receipt.events == [subject.Transfer(sender=holder, receiver=receiver, value=0)]
        assert (subject.balanceOf(holder), subject.balanceOf(receiver)) == before

    def test_transfer__to_oneself__changes_nothing(self, subject, holder):
        before = subject.balanceOf(holder), subject.totalSupply()
        receipt = subject.transfer(holder, 400, sender=holder)

        assert receipt.events == [subject.Transfer(sender=holder, receiver=holder, value=400)]
        assert (subject.balanceOf(holder), subject.totalSupply()) == before

    @pytest.mark.parametrize("more", [1, HIGHEST // 2], ids=["one too many", "absurdly many"])
    def test_transfer__more_than_there_is__reverts(self, subject, holder, receiver, more):
        with ape.reverts(self.REASONS["balance"]):
            subject.transfer(receiver, subject.balanceOf(holder) + more, sender=holder)

    def test_transfer__to_nobody_or_the_token__reverts(self, subject, holder):
        for wrong in (ZERO, subject):
            with ape.reverts(self.REASONS["receiver"]):
                subject.transfer(wrong, 1, sender=holder)

    def test_approve__amount__replaces_the_former(self, subject, holder, spender):
        subject.approve(spender, 7, sender=holder)
        assert subject.approve.call(spender, 500, sender=holder) is True
        receipt = subject.approve(spender, 500, sender=holder)

        assert receipt.events == [subject.Approval(owner=holder, spender=spender, value=500)]
        assert subject.allowance(holder, spender) == 500
        assert subject.allowance(spender, holder) == 0

    def test_transfer_from__allowed__uses_it_up(self, subject, holder, receiver, spender):
        subject.approve(spender, 500, sender=holder)
        before = subject.balanceOf(holder)
        assert subject.transferFrom.call(holder, receiver, 300, sender=spender) is True
        receipt = subject.transferFrom(holder, receiver, 300, sender=spender)

        assert receipt.events == [subject.Transfer(sender=holder, receiver=receiver, value=300)]
        assert subject.allowance(holder, spender) == 200
        assert subject.balanceOf(holder) == before - 300

    def test_transfer_from__highest_allowance__is_never_used_up(
        self, subject, holder, receiver, spender
    ):
        subject.approve(spender, HIGHEST, sender=holder)
        subject.transferFrom(holder, receiver, 300, sender=spender)
        assert subject.allowance(holder, spender) == HIGHEST

    def test_transfer_from__one_below_the_highest__is(self, subject, holder, receiver, spender):
        subject.approve(spender, HIGHEST - 1, sender=holder)
        subject.transferFrom(holder, receiver, 300, sender=spender)
        assert subject.allowance(holder, spender) == HIGHEST - 301

    def test_transfer_from__beyond_the_allowance__reverts(self, subject, holder, receiver, spender):
        subject.approve(spender, 299, sender=holder)
        with ape.reverts(self.REASONS["allowance"]):
            subject.transferFrom(holder, receiver, 300, sender=spender)

    def test_transfer_from__by_the_owner_without_allowance__reverts(
        self, subject, holder, receiver
    ):
        with ape.reverts(self.REASONS["allowance"]):
            subject.transferFrom(holder, receiver, 1, sender=holder)

    def test_transfer_from__beyond_the_balance__keeps_the_allowance(
        self, subject, holder, receiver, spender
    ):
        amount = subject.balanceOf(holder) + 1
        subject.approve(spender, amount, sender=holder)
        with ape.reverts(self.REASONS["balance"]):
            subject.transferFrom(holder, receiver, amount, sender=spender)
        assert subject.allowance(holder, spender) == amount


class ERC2612Behaviour(_Token):
    @pytest.fixture
    def permit(self, subject, holder, spender, outsider, chain):
        """Sign a permit, bend it as the test says, and let a stranger send it."""

        def _permit(value=500, *, signer=holder, nonce=None, late=0, bend=None, **foreign):
            signed_nonce = subject.nonces(holder) if nonce is None else nonce
            deadline = chain.blocks.head.timestamp + 100
            signature = sign(
                signer,
                subject,
                PERMIT,
                owner=holder,
                spender=spender,
                value=value,
                nonce=signed_nonce,
                deadline=deadline,
                **foreign,
            )
            r, s, v = signature[:32], signature[32:64], signature[64]
            if bend is not None:
                v, r, s = bend(v, r, s)
            chain.pending_timestamp = deadline + late
            return subject.permit(holder, spender, value, deadline, v, r, s, sender=outsider)

        return _permit

    def test_permit__signed_by_the_owner__allows(self, subject, holder, spender, permit):
        receipt = permit()

        assert receipt.events == [subject.Approval(owner=holder, spender=spender, value=500)]
        assert subject.allowance(holder, spender) == 500
        assert subject.nonces(holder) == 1

    def test_permit__a_second_one__takes_the_next_nonce(self, subject, holder, spender, permit):
        permit()
        permit(HIGHEST)
        assert subject.allowance(holder, spender) == HIGHEST
        assert subject.nonces(holder) == 2

    def test_permit__at_its_deadline__is_taken(self, subject, holder, permit):
        permit(late=0)
        assert subject.nonces(holder) == 1

    def test_permit__a_second_late__reverts(self, permit):
        with ape.reverts(self.REASONS["expired"]):
            permit(late=1)

    def test_permit__twice__reverts(self, subject, holder, permit):
        permit()
        with ape.reverts(self.REASONS["signature"]):
            permit(nonce=0)

    def test_permit__ahead_of_its_turn__reverts(self, permit):
        with ape.reverts(self.REASONS["signature"]):
            permit(nonce=1)

    def test_permit__by_somebody_else__reverts(self, permit, receiver):
        with ape.reverts(self.REASONS["signature"]):
            permit(signer=receiver)

    def test_permit__for_another_chain__reverts(self, permit, chain):
        with ape.reverts(self.REASONS["signature"]):
            permit(chain_id=chain.chain_id + 1)

    def test_permit__for_another_token__reverts(self, permit, spender):
        with ape.reverts(self.REASONS["signature"]):
            permit(verifying_contract=spender)

    def test_permit__the_other_half_of_a_signature__reverts(self, permit):
        def twin(v, r, s):
            return 55 - v, r, (ORDER - int.from_bytes(s, "big")).to_bytes(32, "big")

        with ape.reverts(self.REASONS["signature"]):
            permit(bend=twin)

    @pytest.mark.parametrize("s", [HALF_ORDER + 1, HIGHEST], ids=["just too high", "highest"])
    def test_permit__high_s__reverts(self, permit, s):
        with ape.reverts(self.REASONS["signature"]):
            permit(bend=lambda v, r, _: (v, r, s.to_bytes(32, "big")))

    @pytest.mark.parametrize("wrong", [0, 1, 26, 29, 255])
    def test_permit__odd_parity_byte__reverts(self, permit, wrong):
        with ape.reverts(self.REASONS["signature"]):
            permit(bend=lambda v, r, s: (wrong, r, s))

    def test_permit__of_the_zero_address__reverts(self, subject, spender, outsider, chain):
        """What `ecrecover` answers to nonsense is zero: nobody may own by that."""
        deadline = chain.blocks.head.timestamp + 10**6
        with ape.reverts(self.REASONS["signature"]):
            subject.permit(ZERO, spender, 1, deadline, 27, bytes(32), bytes(32), sender=outsider)


class ERC5267Behaviour(_Token):
    def test_domain__as_published__gives_the_separator(self, subject, chain):
        fields, name, version, chain_id, contract, salt, extensions = subject.eip712Domain()

        assert fields == b"\x0f"
        assert (name, chain_id, contract) == (subject.name(), chain.chain_id, subject)
        assert (bytes(salt), list(extensions)) == (bytes(32), [])
        words = [
            keccak(text=DOMAIN),
            keccak(text=name),
            keccak(text=version),
            chain_id,
            str(contract),
        ]
        separator = keccak(encode(["bytes32", "bytes32", "bytes32", "uint256", "address"], words))
        assert bytes(subject.DOMAIN_SEPARATOR()) == separator
