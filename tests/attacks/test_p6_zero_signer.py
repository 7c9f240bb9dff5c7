"""P6, the signer who is nobody (LegendaryMoneyMon, May 2026).

A broken signature recovers to the zero address. Where that address is taken for somebody, who may
do something or owns something, anybody signs for it. Here every message there is comes in nobody's
name with signatures that recover to nobody, and nobody can be made a signer of anything. The twin
compares what it recovered with what the carrier says: points that were sent to the zero address to
be rid of them are a purse for whoever comes.
"""

import ape
import pytest

from cercle.typed_data import STRUCTS
from cercle.values import ZERO_ADDRESS
from tests.attacks.signed_stage import ON_CHAIN

# They recover to nobody: all zero, a number above the curve's, a recovery byte there is not.
BROKEN = [
    bytes(65),
    bytes(64) + b"\x1b",
    b"\xff" * 32 + b"\x01" * 32 + b"\x1c",
    b"\x01" * 64 + b"\x00",
    b"\x01" * 64 + b"\x1d",
]
NO_VOICE = 4


@pytest.mark.parametrize("struct", ON_CHAIN)
def test_zero_signer__in_any_message__is_refused(cases, ask, struct):
    case = cases[struct]
    nobodys = case.message.message | {STRUCTS[struct].actor: ZERO_ADDRESS}
    message = case.message.model_copy(update={"message": nobodys})
    for signature in BROKEN:
        assert ask(case, signature, message) == case.zero


@pytest.mark.parametrize("struct", ON_CHAIN)
def test_broken_signature__in_somebodys_name__is_refused(cases, ask, struct):
    case = cases[struct]
    for signature in BROKEN:
        assert ask(case, signature) == case.refusal


def test_zero_signer__in_a_batch_of_ballots__is_skipped(polls, book, chain, outsider):
    late = chain.blocks.head.timestamp + 1_000
    head = 2 << 48 | 1 << 40 | late
    receipt = polls.vote_by_signatures(1, [[head, 0, 0]], sender=outsider)
    skipped = {"poll_id": 1, "voter": ZERO_ADDRESS, "index": 0, "why": NO_VOICE}
    assert receipt.events == [polls.BallotSkipped(**skipped)]


@pytest.mark.parametrize("v", [0, 27, 28, 255])
def test_zero_signer__of_a_standard_delegation__is_refused(electorate, book, members, outsider, v):
    """ERC-5805's names no delegator: it is whoever the signature recovers to."""
    words = members[1], 0, 2**40, v, bytes(32), bytes(32)
    with ape.reverts("votes: bad signature"):
        electorate.delegateBySig(*words, sender=outsider)


def test_zero_signer__cannot_be_made_anything(charter, profile, book, admin):
    with ape.reverts("authority: zero account"):
        charter.give_roles(ZERO_ADDRESS, 8, sender=admin)
    with ape.reverts("worlds: zero key"):
        profile.register_world("Plaza", ZERO_ADDRESS, sender=admin)


def test_zero_signer__has_nothing_and_is_nobody(passport, points, book):
    assert passport.id_of(ZERO_ADDRESS) == 0
    assert points.balanceOf(ZERO_ADDRESS) == 0


# ---- the twin: what it would cost -----------------------------------------------------


def test_twin__nobodys_points__are_anybodys(project, admin, outsider):
    counter = admin.deploy(project.TrustingCounter)
    counter.mint(ZERO_ADDRESS, 1_000, sender=admin)  # sent there to be burnt
    for _ in range(10):
        counter.claim(ZERO_ADDRESS, 1, 0, outsider, 0, 0, 0, sender=outsider)
    assert counter.points_of(ZERO_ADDRESS) == 0
    assert counter.units_of(outsider) == 10
