"""`Governor.cast_votes_by_signatures`: what does not count is told, and stops no other."""

import pytest

from tests.drafts import (
    ALREADY_VOTED,
    BAD_SUPPORT,
    IN_FAVOUR,
    LATE,
    NO_VOICE,
    NOT_SIGNED,
    pack,
    sign_until,
    skipped,
    vote_cast,
)
from tests.signing import ORDER, sign, twin

NOBODY = "0x" + "00" * 20
HIGH_BIT = 2**255


@pytest.fixture
def among(governor, active, voters, outsider, until):
    """Carry one between two good ballots; see that these count, and why it does not."""

    def _among(bad, why, voter):
        good = [sign_until(governor, active, who, IN_FAVOUR, until) for who in voters[3:]]
        ballots = [good[0], bad, good[1]]
        receipt = governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
        first, second = (vote_cast(governor, who, active, IN_FAVOUR) for who in voters[3:])
        assert receipt.events == [first, skipped(governor, active, voter, 1, why), second]
        assert receipt.return_value == 0b101
        assert list(governor.proposalVotes(active.id)) == [0, 2, 0]

    return _among


def test_skipped__expired_by_a_second__not_in_its_last(
    governor, active, voters, outsider, at, chain
):
    until = chain.blocks.head.timestamp + 100
    first, second = (sign_until(governor, active, who, 1, until) for who in voters[:2])
    at(until)
    receipt = governor.cast_votes_by_signatures(active.id, [first], sender=outsider)
    assert receipt.return_value == 1
    at(until + 1)
    receipt = governor.cast_votes_by_signatures(active.id, [second], sender=outsider)
    assert receipt.events == [skipped(governor, active, voters[1], 0, LATE)]
    assert receipt.return_value == 0


@pytest.mark.parametrize("support", [3, 255, 256, 257, 2**16, 2**55 + 1])
def test_skipped__no_support__is_told(governor, active, voters, until, among, support):
    """Also where its lowest byte would be one."""
    signed = sign(
        voters[0],
        governor,
        "BallotUntil(uint256 proposalId,uint64 support,address voter,uint256 deadline)",
        proposalId=active.id,
        support=support,
        voter=voters[0],
        deadline=until,
    )
    among(pack(voters[0], support, until, signed), BAD_SUPPORT, voters[0])


def test_skipped__no_member__has_no_voice(governor, active, outsider, until, among):
    among(sign_until(governor, active, outsider, IN_FAVOUR, until), NO_VOICE, outsider)


def test_skipped__in_nobodys_name__has_no_voice(active, until, among):
    among(pack(NOBODY, IN_FAVOUR, until, b"\x01" * 64 + b"\x1b"), NO_VOICE, NOBODY)


def test_skipped__voted_alone_before__is_told(governor, active, voters, until, among):
    bad = sign_until(governor, active, voters[4], IN_FAVOUR, until)
    other = sign_until(governor, active, voters[3], IN_FAVOUR, until)
    receipt = governor.cast_votes_by_signatures(active.id, [bad, bad, other, bad], sender=voters[0])
    assert receipt.events == [
        vote_cast(governor, voters[4], active, IN_FAVOUR),
        skipped(governor, active, voters[4], 1, ALREADY_VOTED),
        vote_cast(governor, voters[3], active, IN_FAVOUR),
        skipped(governor, active, voters[4], 3, ALREADY_VOTED),
    ]
    assert list(governor.proposalVotes(active.id)) == [0, 2, 0]


def test_skipped__voted_by_transaction__is_told(governor, active, voters, until, outsider):
    governor.castVote(active.id, 0, sender=voters[0])
    ballots = [sign_until(governor, active, voters[0], IN_FAVOUR, until)]
    receipt = governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
    assert receipt.events == [skipped(governor, active, voters[0], 0, ALREADY_VOTED)]
    assert list(governor.proposalVotes(active.id)) == [1, 0, 0]


def test_skipped__second_wallet_of_one_person__is_told(
    governor, active, link, voters, spare_wallets, until, outsider
):
    link(voters[0], spare_wallets[0])
    ballots = [
        sign_until(governor, active, who, IN_FAVOUR, until) for who in (spare_wallets[0], voters[0])
    ]
    receipt = governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
    assert receipt.events == [
        vote_cast(governor, spare_wallets[0], active, IN_FAVOUR),
        skipped(governor, active, voters[0], 1, ALREADY_VOTED),
    ]


# ---- the signature --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "differing",
    [
        {"proposalId": 1},
        {"support": 0},
        {"voter": NOBODY},
        {"deadline": 2**39},
        {"chain_id": 1},
        {"verifying_contract": NOBODY},
    ],
    ids=str,
)
def test_skipped__signed_otherwise__is_not_signed(
    governor, active, voters, until, among, differing
):
    bad = sign_until(governor, active, voters[0], IN_FAVOUR, until, **differing)
    among(bad, NOT_SIGNED, voters[0])


def test_skipped__signed_by_another__is_not_signed(governor, active, voters, until, among):
    bad = sign_until(governor, active, voters[0], IN_FAVOUR, until, signer=voters[1])
    among(bad, NOT_SIGNED, voters[0])


@pytest.mark.parametrize("parity", [0, HIGH_BIT])
def test_skipped__twin_with_high_s__is_not_signed(governor, active, voters, until, among, parity):
    head, r, vs = sign_until(governor, active, voters[0], IN_FAVOUR, until)
    s = (vs & (HIGH_BIT - 1)).to_bytes(32, "big")
    v = bytes([27 + (vs >> 255)])
    high = int.from_bytes(twin(r.to_bytes(32, "big") + s + v)[32:64], "big")
    among([head, r, high & (HIGH_BIT - 1) | parity], NOT_SIGNED, voters[0])


@pytest.mark.parametrize(("r", "s"), [(0, 1), (1, 0), (0, 0), (ORDER, 1), (1, 2**255 - 1)])
def test_skipped__numbers_that_are_no_signature__are_not_signed(
    governor, active, voters, until, among, r, s
):
    head, *_ = sign_until(governor, active, voters[0], IN_FAVOUR, until)
    among([head, r, s], NOT_SIGNED, voters[0])


def test_skipped__contract_wallet__travels_alone(
    governor, active, new_wallet, voters, until, among, passport, steward
):
    """Its signature does not fit; one that is no member has no voice besides."""
    wallet = new_wallet(voters[0])
    among(
        sign_until(governor, active, wallet, IN_FAVOUR, until, signer=voters[0]), NO_VOICE, wallet
    )


def test_skipped__several_faults__the_first_question_answers(
    governor, active, voters, outsider, until
):
    governor.castVote(active.id, IN_FAVOUR, sender=voters[1])
    sig = b"\x01" * 64 + b"\x1b"
    ballots = [
        pack(outsider, 9, 1, sig),
        pack(outsider, 9, until, sig),
        pack(outsider, 1, until, sig),
        pack(voters[1], 1, until, sig),
        sign_until(governor, active, voters[1], IN_FAVOUR, until),
    ]
    receipt = governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
    wanted = [LATE, BAD_SUPPORT, NO_VOICE, NOT_SIGNED, ALREADY_VOTED]
    whom = [outsider, outsider, outsider, voters[1], voters[1]]
    assert receipt.events == [
        skipped(governor, active, who, index, why)
        for index, (who, why) in enumerate(zip(whom, wanted, strict=True))
    ]
