"""`Governor.castVoteBySig` and its extended twin: OpenZeppelin's ballots, with either nonce."""

import ape
import pytest

from tests.drafts import (
    AGAINST,
    BALLOT,
    EXTENDED,
    IN_FAVOUR,
    key_of,
    own_nonce,
    sign_ballot,
    vote_cast,
)
from tests.refusals import refusal, unexpected_state
from tests.signing import sign, twin

NOBODY = "0x" + "00" * 20


def invalid(voter):
    return refusal("GovernorInvalidSignature(address)", str(voter))


@pytest.fixture
def extended(governor, active):
    """Sign a ballot with a reason and params."""

    def _extended(voter, nonce, reason="Because", params=b"\x01", **differing):
        words = {"proposalId": active.id, "support": IN_FAVOUR, "voter": voter, "nonce": nonce}
        words |= {"reason": reason, "params": params}
        return sign(voter, governor, EXTENDED, **(words | differing))

    return _extended


# ---- the plain ballot -------------------------------------------------------------------


def test_cast_vote_by_sig__the_proposals_own_nonce__counts_and_moves_none(
    governor, active, voters, outsider
):
    signature = sign_ballot(governor, active, voters[0], IN_FAVOUR, own_nonce(active))
    receipt = governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)

    assert receipt.events == [vote_cast(governor, voters[0], active, IN_FAVOUR)]
    assert receipt.return_value == 1
    assert governor.nonces(voters[0]) == 0
    assert governor.nonces(voters[0], key_of(active)) == own_nonce(active)
    assert list(governor.proposalVotes(active.id)) == [0, 1, 0]


def test_cast_vote_by_sig__the_nonce_of_all__counts_and_rises(governor, active, voters, outsider):
    signature = sign_ballot(governor, active, voters[0], AGAINST, 0)
    receipt = governor.castVoteBySig(active.id, AGAINST, voters[0], signature, sender=outsider)

    assert receipt.events == [vote_cast(governor, voters[0], active, AGAINST)]
    assert governor.nonces(voters[0]) == 1
    assert governor.nonces(voters[0], 0) == 1
    assert governor.nonces(voters[1]) == 0


def test_cast_vote_by_sig__next_proposal__wants_the_next_nonce(
    governor, active, open_vote, voters, outsider
):
    other = open_vote(active.described("And again."))
    for draft, nonce in ((active, 0), (other, 1)):
        signature = sign_ballot(governor, draft, voters[0], IN_FAVOUR, nonce)
        governor.castVoteBySig(draft.id, IN_FAVOUR, voters[0], signature, sender=outsider)
    assert governor.nonces(voters[0]) == 2


def test_cast_vote_by_sig__contract_wallet__its_owners_sign(
    governor, work, open_vote, passport, membership, voters, steward, outsider, new_wallet, chain
):
    wallet = new_wallet(*voters[:2])
    wallet.execute(passport, passport.register.encode_input(), sender=steward)
    membership.admit([6], sender=steward)
    chain.mine(deltatime=31 * 86_400)
    membership_electorate_refresh(governor, steward)
    open_vote(work)
    words = {"proposalId": work.id, "support": IN_FAVOUR, "voter": wallet}
    for nonce in (own_nonce(work),):
        signature = b"".join(
            sign(owner, governor, BALLOT, **words, nonce=nonce) for owner in voters[:2]
        )
        governor.castVoteBySig(work.id, IN_FAVOUR, wallet, signature, sender=outsider)
    assert governor.hasVoted(work.id, wallet)


def membership_electorate_refresh(governor, sender):
    """Member 6's unit counts in the votes once somebody says so."""
    electorate = ape.project.Electorate.at(governor.token())
    electorate.refresh([6], sender=sender)


def test_cast_vote_by_sig__again__has_voted(governor, active, voters, outsider):
    """The vote itself spends the proposal's own nonce."""
    signature = sign_ballot(governor, active, voters[0], IN_FAVOUR, own_nonce(active))
    governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)
    with ape.reverts(refusal("GovernorAlreadyCastVote(address)", str(voters[0]))):
        governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)


def test_cast_vote_by_sig__again_with_the_nonce_of_all__is_invalid(
    governor, active, voters, outsider
):
    signature = sign_ballot(governor, active, voters[0], IN_FAVOUR, 0)
    governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)
    with ape.reverts(invalid(voters[0])):
        governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)


@pytest.mark.parametrize(
    "differing",
    [
        {"proposalId": 1},
        {"support": AGAINST},
        {"voter": NOBODY},
        {"nonce": 1},
        {"chain_id": 1},
        {"verifying_contract": NOBODY},
    ],
    ids=str,
)
def test_cast_vote_by_sig__signed_otherwise__reverts(governor, active, voters, outsider, differing):
    signature = sign_ballot(governor, active, voters[0], IN_FAVOUR, 0, **differing)
    with ape.reverts(invalid(voters[0])):
        governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)


def test_cast_vote_by_sig__signed_by_another__reverts(governor, active, voters, outsider):
    nonce = own_nonce(active)
    signature = sign_ballot(governor, active, voters[0], IN_FAVOUR, nonce, signer=voters[1])
    with ape.reverts(invalid(voters[0])):
        governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)


@pytest.mark.parametrize("signature", [b"", b"\x00" * 65, b"\x01" * 65, b"\x01" * 1_024])
def test_cast_vote_by_sig__in_nobodys_name__reverts(governor, active, outsider, signature):
    with ape.reverts(invalid(NOBODY)):
        governor.castVoteBySig(active.id, IN_FAVOUR, NOBODY, signature, sender=outsider)


def test_cast_vote_by_sig__twin_of_a_signature__reverts(governor, active, voters, outsider):
    signature = twin(sign_ballot(governor, active, voters[0], IN_FAVOUR, own_nonce(active)))
    with ape.reverts(invalid(voters[0])):
        governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)


def test_cast_vote_by_sig__no_votes__reverts(governor, active, newcomer, outsider):
    signature = sign_ballot(governor, active, newcomer, IN_FAVOUR, 0)
    with ape.reverts("governor: no votes"):
        governor.castVoteBySig(active.id, IN_FAVOUR, newcomer, signature, sender=outsider)
    assert governor.nonces(newcomer) == 0


def test_cast_vote_by_sig__too_late__reverts(governor, active, voters, outsider, at):
    signature = sign_ballot(governor, active, voters[0], IN_FAVOUR, 0)
    at(governor.proposalDeadline(active.id) + 1)
    with ape.reverts(unexpected_state(active.id, 3, 1)):
        governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)


# ---- the extended ballot ------------------------------------------------------------------


def test_cast_vote_with_reason_and_params_by_sig__either_nonce__counts(
    governor, active, voters, outsider, extended
):
    for voter, nonce in ((voters[0], own_nonce(active)), (voters[1], 0)):
        signature = extended(voter, nonce)
        words = (active.id, IN_FAVOUR, voter, "Because", b"\x01", signature)
        receipt = governor.castVoteWithReasonAndParamsBySig(*words, sender=outsider)
        assert receipt.events[0] == governor.VoteCastWithParams(
            voter=voter,
            proposalId=active.id,
            support=IN_FAVOUR,
            weight=1,
            reason="Because",
            params=b"\x01",
        )
    assert [governor.nonces(voter) for voter in voters[:2]] == [0, 1]


def test_cast_vote_with_reason_and_params_by_sig__without_params__is_an_ordinary_vote(
    governor, active, voters, outsider, extended
):
    signature = extended(voters[0], 0, params=b"")
    words = (active.id, IN_FAVOUR, voters[0], "Because", b"", signature)
    receipt = governor.castVoteWithReasonAndParamsBySig(*words, sender=outsider)
    assert receipt.events == [vote_cast(governor, voters[0], active, IN_FAVOUR, reason="Because")]


@pytest.mark.parametrize(
    "differing", [{"reason": "Though"}, {"params": b"\x02"}, {"support": AGAINST}], ids=str
)
def test_cast_vote_with_reason_and_params_by_sig__signed_otherwise__reverts(
    governor, active, voters, outsider, extended, differing
):
    signature = extended(voters[0], 0, **differing)
    words = (active.id, IN_FAVOUR, voters[0], "Because", b"\x01", signature)
    with ape.reverts(invalid(voters[0])):
        governor.castVoteWithReasonAndParamsBySig(*words, sender=outsider)


def test_cast_vote_with_reason_and_params_by_sig__a_plain_ballot__reverts(
    governor, active, voters, outsider
):
    signature = sign_ballot(governor, active, voters[0], IN_FAVOUR, 0)
    words = (active.id, IN_FAVOUR, voters[0], "", b"", signature)
    with ape.reverts(invalid(voters[0])):
        governor.castVoteWithReasonAndParamsBySig(*words, sender=outsider)
