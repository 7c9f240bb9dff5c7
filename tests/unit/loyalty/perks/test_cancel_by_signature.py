"""`Perks.cancel_by_signature`: a claim taken back as its member signed, carried by anybody."""

import ape
import pytest

from tests.behaviours.signed_act import SignedAct, SignedActBehaviour

from .conftest import CANCEL, CANCELLED, CLAIMED, DAY, NO_ORDER, PURSE, claim_number


@pytest.fixture
def cancelling(perks, chain):
    """A claim to be taken back by whoever signs it."""

    def _act(claim_id, wallet, keys=None, deadline=None):
        def send(values, signature, sender):
            return perks.cancel_by_signature(*values.values(), signature, sender=sender)

        deadline = deadline or chain.blocks.head.timestamp + DAY
        message = {"wallet": wallet, "claim_id": claim_id, "deadline": deadline}
        return SignedAct(perks, CANCEL, "wallet", message, keys or [wallet], send)

    return _act


class TestCancelSigned(SignedActBehaviour):
    ZERO = "perks: not theirs to cancel"
    REPLAYED = "perk_claims: already settled"

    @pytest.fixture
    def act(self, perks, cancelling, claim, store_perk, members):
        claimed = claim(store_perk, members[0])
        claim(store_perk, members[0])  # so that the next number is a claim too
        return cancelling(claimed, members[0])

    @pytest.fixture
    def act_of_a_contract(self, perks, cancelling, store_perk, joint_member, outsider):
        wallet, keys = joint_member
        call = perks.claim.encode_input(store_perk, 0, NO_ORDER)
        wallet.execute(perks, call, sender=outsider)
        return cancelling(claim_number(store_perk, 6), wallet, keys)

    @pytest.fixture
    def is_done(self, perks):
        return lambda act: perks.claim_of(act.message["claim_id"]).state == CANCELLED

    @pytest.fixture
    def question(self, perks):
        return lambda act: perks.claim_of.encode_input(act.message["claim_id"])


def test_cancel_by_signature__signed__gives_back_exactly_the_price(
    perks, points, claimed, cancelling, members, outsider
):
    supply = points.totalSupply()
    receipt = cancelling(claimed, members[0]).carry(outsider)

    assert receipt.events == [
        perks.ClaimCancelled(claim_id=claimed, by=members[0], refund=100),
        points.Transfer(sender=perks, receiver=members[0], value=100),
    ]
    claim = perks.claim_of(claimed)
    assert (claim.state, claim.held) == (CANCELLED, 0)
    assert (points.balanceOf(members[0]), points.balanceOf(outsider)) == (PURSE, 0)
    assert perks.escrowed() == 0
    assert points.totalSupply() == supply
    assert (perks.perk(1).stock, perks.perk(1).taken) == ([4, 2], [1, 0])


def test_cancel_by_signature__free__touches_no_points(
    perks, open_perk, claim, cancelling, members, outsider
):
    number = claim(open_perk(price=0), members[0])
    receipt = cancelling(number, members[0]).carry(outsider)
    assert receipt.events == [perks.ClaimCancelled(claim_id=number, by=members[0], refund=0)]


def test_cancel_by_signature__by_a_linked_wallet__goes_to_the_main_one(
    perks, points, claimed, cancelling, link, members, spare_wallets, outsider
):
    link(members[0], spare_wallets[0])
    receipt = cancelling(claimed, spare_wallets[0]).carry(outsider)

    assert receipt.events == [
        perks.ClaimCancelled(claim_id=claimed, by=spare_wallets[0], refund=100),
        points.Transfer(sender=perks, receiver=members[0], value=100),
    ]
    assert points.balanceOf(spare_wallets[0]) == 0


def test_cancel_by_signature__several_open__in_any_order(
    perks, open_perk, claim, cancelling, members, outsider
):
    perk_id = open_perk(limit=3)
    acts = [cancelling(claim(perk_id, members[0]), members[0]) for _ in range(3)]
    for act in reversed(acts):
        act.carry(outsider)
    assert perks.escrowed() == 0


def test_cancel_by_signature__after_leaving__gives_back(
    points, claimed, cancelling, membership, members, outsider
):
    membership.leave(sender=members[0])
    cancelling(claimed, members[0]).carry(outsider)
    assert points.balanceOf(members[0]) == PURSE


def test_cancel_by_signature__while_paused__gives_back(
    points, claimed, cancelling, members, outsider, pause
):
    pause("perks")
    pause("points")
    cancelling(claimed, members[0]).carry(outsider)
    assert points.balanceOf(members[0]) == PURSE


def test_cancel_by_signature__a_code__reverts(perks, claimed_code, cancelling, members, outsider):
    """They may have read it."""
    with ape.reverts("perks: not theirs to cancel"):
        cancelling(claimed_code, members[0]).carry(outsider)
    assert perks.claim_of(claimed_code).state == CLAIMED


def test_cancel_by_signature__signed_by_staff__reverts(
    charter, claimed, claimed_code, cancelling, members, steward, admin, outsider
):
    """A steward takes claims back in person: by signature it is the member's own right."""
    with ape.reverts("perks: not theirs to cancel"):
        cancelling(claimed, steward).carry(outsider)
    charter.give_roles(members[0], 8, sender=admin)
    with ape.reverts("perks: not theirs to cancel"):
        cancelling(claimed_code, members[0]).carry(outsider)


def test_cancel_by_signature__signed_by_another__reverts(
    claimed, cancelling, members, till, outsider
):
    for signer in (members[1], till, outsider):
        with ape.reverts("perks: not theirs to cancel"):
            cancelling(claimed, signer).carry(signer)


def test_cancel_by_signature__wallet_unlinked_since__reverts(
    passport, claimed, cancelling, link, members, spare_wallets, outsider
):
    link(members[0], spare_wallets[0])
    act = cancelling(claimed, spare_wallets[0])
    passport.unlink(spare_wallets[0], sender=members[0])
    with ape.reverts("perks: not theirs to cancel"):
        act.carry(outsider)


def test_cancel_by_signature__of_another_claim_of_theirs__reverts(
    claimed, claim, store_perk, cancelling, members, outsider
):
    other = claim(store_perk, members[0])
    act = cancelling(claimed, members[0])
    with ape.reverts("signatures: not by signer"):
        act.send(act.message | {"claim_id": other}, act.signature(), outsider)


def test_cancel_by_signature__code_for_the_till__reverts(
    perks, claimed, code_for, members, outsider, till
):
    """What is shown at the till has the same words, and takes nothing back; nor the reverse."""
    code = code_for(members[0], claimed)
    with ape.reverts("signatures: not by signer"):
        perks.cancel_by_signature(members[0], claimed, *code, sender=outsider)


def test_redeem__signed_to_cancel__reverts(perks, claimed, cancelling, members, till):
    act = cancelling(claimed, members[0])
    words = claimed, members[0], act.message["deadline"], act.signature()
    with ape.reverts("signatures: not by signer"):
        perks.redeem(*words, sender=till)


def test_cancel_by_signature__redeemed_meanwhile__reverts(
    perks, claimed, cancelling, code_for, members, till, outsider
):
    act = cancelling(claimed, members[0])
    perks.redeem(claimed, members[0], *code_for(members[0], claimed), sender=till)
    with ape.reverts("perk_claims: already settled"):
        act.carry(outsider)


def test_cancel_by_signature__unknown_claim__reverts(claimed, cancelling, members, outsider):
    for number in (claimed + 1, claimed ^ 1 << 80):
        with ape.reverts("perk_claims: unknown claim"):
            cancelling(number, members[0]).carry(outsider)


def test_cancel_by_signature__last_second_of_the_claim__is_taken(
    perks, claimed, cancelling, members, outsider, at
):
    act = cancelling(claimed, members[0], deadline=2**40)
    at(perks.claim_of(claimed).deadline)
    act.carry(outsider)
    assert perks.claim_of(claimed).state == CANCELLED


def test_cancel_by_signature__past_the_claims_deadline__is_for_miss(
    perks, claimed, cancelling, members, outsider, at
):
    act = cancelling(claimed, members[0], deadline=2**40)
    at(perks.claim_of(claimed).deadline + 1)
    with ape.reverts("perk_claims: past its deadline"):
        act.carry(outsider)
