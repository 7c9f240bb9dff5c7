"""Ballots on proposals: packed for a batch, and what fits none."""

import pytest

from cercle import typed_data
from cercle.flags import Support
from cercle.typed_data import CannotCarry, SignedMessage

from .test_typed_data_builders import OTHER, SOMEBODY, deployment
from .test_typed_data_carriers import SMALL

__all__ = ["deployment"]  # a fixture

PROPOSAL = 2**255 + 7


def until(deployment, voter=SOMEBODY, proposal_id=PROPOSAL, deadline=99):
    return typed_data.ballot_until(
        deployment, voter, proposal_id=proposal_id, support=Support.IN_FAVOUR, deadline=deadline
    )


def test_own_nonce__of_a_proposal__is_its_lower_bits():
    assert typed_data.own_nonce(PROPOSAL) == 7 << 64
    assert typed_data.own_nonce(2**192 - 1) == (2**192 - 1) << 64


def test_governor_ballot__without_a_nonce__takes_the_proposals_own(deployment):
    vote = {"proposal_id": PROPOSAL, "support": Support.AGAINST}
    plain = typed_data.governor_ballot(deployment, SOMEBODY, **vote)
    said = typed_data.extended_ballot(deployment, SOMEBODY, **vote, reason="")
    assert plain.message["nonce"] == said.message["nonce"] == 7 << 64
    assert plain.full["primaryType"] == "Ballot"
    assert list(plain.full["types"]) == ["EIP712Domain", "Ballot"]


def test_carry_votes__two_voters__are_one_call(deployment):
    ballots = [(until(deployment), SMALL), (until(deployment, OTHER), SMALL)]
    call = typed_data.carry_votes(deployment, ballots)
    assert call.function == "cast_votes_by_signatures"
    assert OTHER[2:].lower() in call.data


@pytest.mark.parametrize(
    "signature", [b"", SMALL[:64], SMALL[:64] + b"\x00", b"\xff" * 64 + b"\x1b"]
)
def test_vote_words__no_ordinary_signature__fits_no_batch(deployment, signature):
    with pytest.raises(ValueError, match="Only an ordinary wallet's ballot fits a batch"):
        typed_data.vote_words(until(deployment), signature)


def test_vote_words__another_message__fits_no_batch(deployment):
    vote = {"proposal_id": PROPOSAL, "support": Support.AGAINST}
    ballot = typed_data.governor_ballot(deployment, SOMEBODY, **vote)
    for told in (ballot, until(deployment, deadline=2**40)):
        with pytest.raises(ValueError, match="This ballot fits no batch"):
            typed_data.vote_words(told, SMALL)


def test_carry_votes__of_two_proposals_or_none__is_refused(deployment):
    two = [(until(deployment), SMALL), (until(deployment, proposal_id=1), SMALL)]
    for ballots in (two, []):
        with pytest.raises(ValueError, match="A batch is of one proposal"):
            typed_data.carry_votes(deployment, ballots)


def test_carry_votes__too_many__is_refused(deployment):
    with pytest.raises(ValueError, match="A batch holds 100 ballots at most"):
        typed_data.carry_votes(deployment, [(until(deployment), SMALL)] * 101)


def test_carry__contract_wallets_batch_ballot__is_refused_in_words(deployment):
    signed = SignedMessage(message=until(deployment), signature="0x" + "aa" * 200)
    with pytest.raises(CannotCarry, match="Only an ordinary wallet"):
        typed_data.carry(deployment, signed)


def test_message__support_past_its_bits__is_refused(deployment):
    words = {"proposalId": 1, "voter": SOMEBODY, "deadline": 9}
    with pytest.raises(ValueError, match="a number has 8 bits at most"):
        typed_data.message(deployment, "BallotUntil", **words, support=256)


def test_is_carried__in_a_batch__is_found_there_alone(deployment):
    ours, other = until(deployment), until(deployment, OTHER)
    signed = SignedMessage(message=ours, signature="0x" + SMALL.hex())
    batch = typed_data.carry_votes(deployment, [(other, SMALL), (ours, SMALL)]).data
    assert typed_data.is_carried(deployment, signed, batch)
    others = typed_data.carry_votes(deployment, [(other, SMALL)]).data
    assert not typed_data.is_carried(deployment, signed, others)
    elsewhere = until(deployment, proposal_id=1)
    elsewhere = typed_data.carry_votes(deployment, [(elsewhere, SMALL)]).data
    assert not typed_data.is_carried(deployment, signed, elsewhere)
    for broken in ("0x", batch[:200], batch[:10]):
        assert not typed_data.is_carried(deployment, signed, broken)
