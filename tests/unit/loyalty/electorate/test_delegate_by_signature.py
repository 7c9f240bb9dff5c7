"""`Electorate.delegate_by_signature`: a delegation that a member signed, carried by anybody."""

import ape
import pytest

from tests.behaviours.signed_act import SignedAct, SignedActBehaviour
from tests.behaviours.votes import signed_delegation

DAY = 86_400
DELEGATE_UNTIL = (
    "DelegateUntil(address delegator,address delegatee,uint256 expires_at,"
    "uint256 nonce,uint256 deadline)"
)


@pytest.fixture
def delegating(electorate, chain):
    """A delegation to be signed and carried."""

    def _act(delegator, delegatee, keys=None, **changes):
        def send(values, signature, sender):
            return electorate.delegate_by_signature(*values.values(), signature, sender=sender)

        message = {
            "delegator": delegator,
            "delegatee": delegatee,
            "expires_at": 0,
            "nonce": 5,
            "deadline": chain.blocks.head.timestamp + DAY,
        }
        words = electorate, DELEGATE_UNTIL, "delegator", message | changes
        return SignedAct(*words, keys or [delegator], send)

    return _act


class TestDelegateSigned(SignedActBehaviour):
    ZERO = "signatures: zero signer"

    @pytest.fixture
    def act(self, delegating, voters):
        return delegating(voters[0], voters[1])

    @pytest.fixture
    def act_of_a_contract(
        self, project, passport, membership, delegating, voters, newcomer, steward, admin, outsider
    ):
        """Member 6."""
        wallet = admin.deploy(project.FakeWallet, [newcomer, outsider])
        wallet.execute(passport, passport.register.encode_input(), sender=admin)
        membership.admit([6], sender=steward)
        return delegating(wallet, voters[1], [newcomer, outsider])

    @pytest.fixture
    def is_done(self, electorate):
        def _is_done(act):
            return electorate.delegates(act.message["delegator"]) == act.message["delegatee"]

        return _is_done

    @pytest.fixture
    def question(self, electorate):
        return lambda act: electorate.delegates.encode_input(act.message["delegator"])


def test_delegate_by_signature__a_date__is_as_if_they_had_sent_it(
    voters, electorate, delegating, outsider, chain
):
    end = chain.blocks.head.timestamp + 9 * DAY
    receipt = delegating(voters[0], voters[1], expires_at=end).carry(outsider)

    names = {"delegator": voters[0], "fromDelegate": voters[0], "toDelegate": voters[1]}
    assert receipt.events == [
        electorate.NonceUsed(account=voters[0], nonce=5),
        electorate.DelegateChanged(**names),
        electorate.DelegateVotesChanged(delegate=voters[0], previousVotes=1, newVotes=0),
        electorate.DelegateVotesChanged(delegate=voters[1], previousVotes=1, newVotes=2),
        electorate.DelegationExpirySet(delegator=voters[0], expires_at=end),
    ]
    assert tuple(electorate.delegation_of(1)) == (2, end, 1)


def test_delegate_by_signature__without_a_date__lasts(voters, electorate, delegating, outsider):
    delegating(voters[0], voters[1]).carry(outsider)
    assert tuple(electorate.delegation_of(1)) == (2, 0, 1)


def test_delegate_by_signature__several_open__the_last_carried_counts(
    voters, electorate, delegating, outsider
):
    """They never block each other, so who carries them gives them their order."""
    acts = [delegating(voters[0], voter, nonce=n) for n, voter in enumerate(voters[1:4])]
    for act in reversed(acts):
        act.carry(outsider)
    assert electorate.delegates(voters[0]) == voters[1]


def test_delegate_by_signature__by_a_linked_wallet__is_the_persons(
    voters, electorate, delegating, link, spare_wallets, outsider
):
    link(voters[0], spare_wallets[0])
    delegating(spare_wallets[0], voters[1]).carry(outsider)
    assert electorate.delegates(voters[0]) == voters[1]


def test_delegate_by_signature__left_meanwhile__reverts(voters, membership, delegating, outsider):
    act = delegating(voters[0], voters[1])
    membership.leave(sender=voters[0])
    with ape.reverts("votes: not enrolled"):
        act.carry(outsider)


def test_delegate_by_signature__delegatee_left_meanwhile__reverts(
    voters, membership, delegating, outsider
):
    act = delegating(voters[0], voters[1])
    membership.leave(sender=voters[1])
    with ape.reverts("votes: delegatee not enrolled"):
        act.carry(outsider)


def test_delegate_by_signature__date_passed__reverts(
    voters, electorate, delegating, outsider, chain
):
    end = chain.blocks.head.timestamp + 10
    act = delegating(voters[0], voters[1], expires_at=end)
    chain.pending_timestamp = end
    with ape.reverts("electorate: expiry passed"):
        act.carry(outsider)


def test_delegate_by_signature__last_second_before_the_date__counts(
    voters, electorate, delegating, outsider, chain
):
    end = chain.blocks.head.timestamp + 10
    act = delegating(voters[0], voters[1], expires_at=end)
    chain.pending_timestamp = end - 1
    act.carry(outsider)
    assert tuple(electorate.delegation_of(1)) == (2, end, 1)


def test_delegate_by_signature__date_beyond_any__reverts(voters, delegating, outsider):
    with ape.reverts("votes: expiry too far"):
        delegating(voters[0], voters[1], expires_at=2**40).carry(outsider)


def test_delegate_by_sig__erc5805__has_no_end(electorate, voters, outsider, chain):
    last = chain.blocks.head.timestamp + DAY
    signature = signed_delegation(electorate, voters[0], voters[1], 0, last, chain.chain_id)
    receipt = electorate.delegateBySig(voters[1], 0, last, *signature, sender=outsider)
    assert [event.event_name for event in receipt.events] == [
        "DelegateChanged",
        "DelegateVotesChanged",
        "DelegateVotesChanged",
    ]
    with ape.reverts("electorate: not expired"):
        electorate.expire_delegation(1, sender=outsider)
