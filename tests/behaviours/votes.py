"""
What every contract with votes promises (ERC-5805, ERC-6372), whatever its units are.

Inherit, and give `subject` and a fixture `voters`: three accounts or more that delegate
to themselves and whose units count.
"""

import ape
import pytest
from eth_account.messages import encode_typed_data
from eth_utils import keccak

NOBODY = "0x" + "00" * 20


def delegate(subject, delegatee, sender):
    """Ape's own `contract.delegate` means EIP-7702's, hence by name."""
    return subject.invoke_transaction("delegate", delegatee, sender=sender)


def signed_delegation(subject, signer, delegatee, nonce, expiry, chain_id):
    """ERC-5805's message, signed: (v, r, s)."""
    domain = subject.eip712Domain()
    message = encode_typed_data(
        {
            "name": domain[1],
            "version": domain[2],
            "chainId": chain_id,
            "verifyingContract": subject.address,
        },
        {
            "Delegation": [
                {"name": "delegatee", "type": "address"},
                {"name": "nonce", "type": "uint256"},
                {"name": "expiry", "type": "uint256"},
            ]
        },
        {"delegatee": str(delegatee), "nonce": nonce, "expiry": expiry},
    )
    # Of Ape's own halves one in 128 has lost a leading zero, and would be filled up at the end.
    signature = signer.sign_message(message).encode_rsv()
    return signature[64], signature[:32], signature[32:64]


class VotesBehaviour:
    @pytest.fixture
    def subject(self):
        raise NotImplementedError

    @pytest.fixture
    def tick(self, chain):
        """Let a second pass; returns one that is past."""

        def _tick():
            now = chain.blocks.head.timestamp
            chain.mine(timestamp=now + 1)
            return now

        return _tick

    # ---- the clock ----

    def test_clock__is_the_blocks_time(self, subject, chain):
        assert abs(subject.clock() - chain.blocks.head.timestamp) <= 1

    def test_clock_mode__is_seconds(self, subject):
        assert subject.CLOCK_MODE() == "mode=timestamp"

    # ---- look-ups ----

    @pytest.mark.parametrize("ahead", [0, 1, 10_000])
    def test_get_past_votes__not_past__reverts(self, subject, voters, chain, ahead):
        with ape.reverts("votes: future lookup"):
            subject.getPastVotes(voters[0], subject.clock() + ahead)
        with ape.reverts("votes: future lookup"):
            subject.getPastTotalSupply(subject.clock() + ahead)

    def test_get_past_votes__before_everything__is_zero(self, subject, voters):
        assert subject.getPastVotes(voters[0], 1) == 0
        assert subject.getPastTotalSupply(1) == 0

    def test_get_votes__stranger__has_none(self, subject, outsider):
        assert subject.getVotes(outsider) == 0
        assert subject.delegates(outsider) == NOBODY

    def test_get_past_votes__after_any_change__stays(self, subject, voters, tick):
        first, second, third = voters[:3]
        seen = []
        for sender, delegatee in ((first, second), (second, third), (first, third), (first, first)):
            past = tick()
            seen.append((past, [subject.getPastVotes(v, past) for v in voters]))
            delegate(subject, delegatee, sender)
        tick()
        for past, votes in seen:
            assert [subject.getPastVotes(v, past) for v in voters] == votes
            assert sum(votes) == subject.getPastTotalSupply(past)

    # ---- delegating ----

    def test_delegates__at_first__is_oneself(self, subject, voters):
        assert [subject.delegates(v) for v in voters] == list(voters)

    def test_delegate__to_another__moves_the_votes(self, subject, voters):
        first, second = voters[:2]
        mine, theirs = subject.getVotes(first), subject.getVotes(second)
        receipt = delegate(subject, second, first)
        assert receipt.events == [
            subject.DelegateChanged(delegator=first, fromDelegate=first, toDelegate=second),
            subject.DelegateVotesChanged(delegate=first, previousVotes=mine, newVotes=0),
            subject.DelegateVotesChanged(
                delegate=second, previousVotes=theirs, newVotes=theirs + mine
            ),
        ]
        assert subject.delegates(first) == second
        assert (subject.getVotes(first), subject.getVotes(second)) == (0, mine + theirs)

    def test_delegate__events__have_the_standards_topics(self, subject, voters):
        receipt = delegate(subject, voters[1], voters[0])
        topics = [[bytes(t) for t in log["topics"]] for log in receipt.logs]
        assert [t[0] for t in topics] == [
            keccak(text="DelegateChanged(address,address,address)"),
            keccak(text="DelegateVotesChanged(address,uint256,uint256)"),
            keccak(text="DelegateVotesChanged(address,uint256,uint256)"),
        ]
        assert [len(t) for t in topics] == [4, 2, 2]

    def test_delegate__to_the_same__moves_nothing(self, subject, voters):
        first, second = voters[:2]
        delegate(subject, second, first)
        votes = subject.getVotes(second)
        receipt = delegate(subject, second, first)
        assert receipt.events == [
            subject.DelegateChanged(delegator=first, fromDelegate=second, toDelegate=second)
        ]
        assert subject.getVotes(second) == votes

    def test_delegate__to_oneself__moves_nothing(self, subject, voters):
        first = voters[0]
        votes = subject.getVotes(first)
        receipt = delegate(subject, first, first)
        assert receipt.events == [
            subject.DelegateChanged(delegator=first, fromDelegate=first, toDelegate=first)
        ]
        assert subject.getVotes(first) == votes

    def test_delegate__votes_are_not_passed_on(self, subject, voters):
        first, second, third = voters[:3]
        mine, theirs = subject.getVotes(first), subject.getVotes(third)
        middle = subject.getVotes(second)
        delegate(subject, second, first)
        delegate(subject, third, second)
        assert subject.getVotes(second) == mine
        assert subject.getVotes(third) == theirs + middle

    def test_delegate__to_a_stranger__reverts(self, subject, voters, outsider):
        with ape.reverts("votes: delegatee not enrolled"):
            delegate(subject, outsider, voters[0])

    def test_delegate__by_a_stranger__reverts(self, subject, voters, outsider):
        with ape.reverts("votes: not enrolled"):
            delegate(subject, voters[0], outsider)

    # ---- delegating by signature ----

    def test_delegate_by_sig__signed__delegates_once(self, subject, voters, outsider, chain):
        first, second = voters[:2]
        expiry = chain.blocks.head.timestamp + 100
        signature = signed_delegation(subject, first, second, 0, expiry, chain.chain_id)
        subject.delegateBySig(second, 0, expiry, *signature, sender=outsider)
        assert subject.delegates(first) == second
        assert subject.nonces(first) == 1
        with ape.reverts("votes: wrong nonce"):
            subject.delegateBySig(second, 0, expiry, *signature, sender=outsider)

    def test_delegate_by_sig__later_nonce__reverts(self, subject, voters, outsider, chain):
        expiry = chain.blocks.head.timestamp + 100
        signature = signed_delegation(subject, voters[0], voters[1], 1, expiry, chain.chain_id)
        with ape.reverts("votes: wrong nonce"):
            subject.delegateBySig(voters[1], 1, expiry, *signature, sender=outsider)

    def test_delegate_by_sig__last_second__delegates(self, subject, voters, outsider, chain):
        expiry = chain.blocks.head.timestamp + 100
        signature = signed_delegation(subject, voters[0], voters[1], 0, expiry, chain.chain_id)
        chain.pending_timestamp = expiry
        subject.delegateBySig(voters[1], 0, expiry, *signature, sender=outsider)
        assert subject.delegates(voters[0]) == voters[1]

    def test_delegate_by_sig__a_second_late__reverts(self, subject, voters, outsider, chain):
        expiry = chain.blocks.head.timestamp + 100
        signature = signed_delegation(subject, voters[0], voters[1], 0, expiry, chain.chain_id)
        chain.pending_timestamp = expiry + 1
        with ape.reverts("signatures: expired"):
            subject.delegateBySig(voters[1], 0, expiry, *signature, sender=outsider)

    def test_delegate_by_sig__other_chain__is_not_theirs(self, subject, voters, outsider, chain):
        expiry = chain.blocks.head.timestamp + 100
        signature = signed_delegation(subject, voters[0], voters[1], 0, expiry, 1)
        with ape.reverts("votes: not enrolled"):
            subject.delegateBySig(voters[1], 0, expiry, *signature, sender=outsider)

    def test_delegate_by_sig__high_s_twin__reverts(self, subject, voters, outsider, chain):
        order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
        expiry = chain.blocks.head.timestamp + 100
        v, r, s = signed_delegation(subject, voters[0], voters[1], 0, expiry, chain.chain_id)
        twin = (order - int.from_bytes(s, "big")).to_bytes(32, "big")
        with ape.reverts("votes: bad signature"):
            subject.delegateBySig(voters[1], 0, expiry, 55 - v, r, twin, sender=outsider)

    def test_delegate_by_sig__nonsense__reverts(self, subject, voters, outsider, chain):
        expiry = chain.blocks.head.timestamp + 100
        with ape.reverts("votes: bad signature"):
            subject.delegateBySig(
                voters[1], 0, expiry, 27, b"\x00" * 32, b"\x01" * 32, sender=outsider
            )
