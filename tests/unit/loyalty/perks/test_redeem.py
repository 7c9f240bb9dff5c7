"""`Perks.redeem`: a till, a member's signed code, and once."""

import ape
import pytest
from eth_utils import keccak

from tests.signing import sign, twin, typed

from .conftest import DAY, FULFILLED, PURSE, REDEEM, claim_number


@pytest.fixture
def redeem(perks, till):
    """Send a member's code from the till."""

    def _redeem(claim_id, wallet, code, sender=till):
        return perks.redeem(claim_id, wallet, *code, sender=sender)

    return _redeem


def digest(perks, wallet, claim_id, deadline):
    """What a wallet signs, after EIP-712."""
    message = typed(perks, REDEEM, wallet=wallet, claim_id=claim_id, deadline=deadline)
    return keccak(b"\x19" + message.version + message.header + message.body)


def test_redeem__members_code__burns_exactly_the_price(
    perks, points, claimed, redeem, code_for, members, till
):
    supply = points.totalSupply()
    deadline, signature = code_for(members[0], claimed)
    receipt = redeem(claimed, members[0], (deadline, signature))

    zero = "0x" + "00" * 20
    assert receipt.events == [
        perks.ClaimFulfilled(
            claim_id=claimed, by=till, evidence=digest(perks, members[0], claimed, deadline)
        ),
        points.Transfer(sender=perks, receiver=zero, value=100),
    ]
    claim = perks.claim_of(claimed)
    assert (claim.state, claim.held) == (FULFILLED, 0)
    assert perks.escrowed() == 0
    assert points.totalSupply() == supply - 100
    assert points.balanceOf(members[0]) == PURSE - 100
    assert perks.perk(1).stock == [3, 2]


def test_redeem__free__touches_no_points(perks, open_perk, claim, redeem, code_for, members, till):
    number = claim(open_perk(price=0), members[0])
    deadline, signature = code_for(members[0], number)
    receipt = redeem(number, members[0], (deadline, signature))

    assert receipt.events == [
        perks.ClaimFulfilled(
            claim_id=number, by=till, evidence=digest(perks, members[0], number, deadline)
        )
    ]


def test_redeem__kind_code__is_taken_too(perks, claimed_code, redeem, code_for, members):
    redeem(claimed_code, members[0], code_for(members[0], claimed_code))
    assert perks.claim_of(claimed_code).state == FULFILLED


def test_redeem__signed_by_a_linked_wallet__counts(
    claimed, redeem, code_for, link, members, spare_wallets
):
    link(members[0], spare_wallets[0])
    redeem(claimed, spare_wallets[0], code_for(spare_wallets[0], claimed))


def test_redeem__by_a_contract_wallet__counts(
    project, perks, passport, points, membership, store_perk, redeem, code_for, members, steward
):
    """The person is a contract (ERC-1271) whose only key is the first member's."""
    wallet = members[0].deploy(project.FakeWallet, [members[0]])
    wallet.execute(passport, passport.register.encode_input(), sender=members[0])
    membership.admit([passport.id_of(wallet)], sender=steward)
    points.transfer(wallet, 100, sender=members[0])
    call = perks.claim.encode_input(store_perk, 0, b"\x00" * 32)
    wallet.execute(perks, call, sender=members[0])

    number = claim_number(store_perk, member_no=6)
    redeem(number, wallet, code_for(members[0], number, of=wallet))
    assert perks.claim_of(number).state == FULFILLED


def test_redeem__twice__reverts(claimed, redeem, code_for, members):
    code = code_for(members[0], claimed)
    redeem(claimed, members[0], code)
    with ape.reverts("perk_claims: already settled"):
        redeem(claimed, members[0], code)


def test_redeem__twin_of_a_used_code__reverts(claimed, redeem, code_for, members):
    deadline, signature = code_for(members[0], claimed)
    with ape.reverts("signatures: not by signer"):
        redeem(claimed, members[0], (deadline, twin(signature)))


def test_redeem__code_of_another_claim__reverts(
    claim, store_perk, claimed, redeem, code_for, members
):
    other = claim(store_perk, members[0])
    with ape.reverts("signatures: not by signer"):
        redeem(other, members[0], code_for(members[0], claimed))


def test_redeem__signed_by_another_member__reverts(claimed, redeem, code_for, members):
    with ape.reverts("perks: not the member's wallet"):
        redeem(claimed, members[1], code_for(members[1], claimed))


def test_redeem__signed_by_another_but_named_as_the_member__reverts(
    claimed, redeem, code_for, members
):
    with ape.reverts("signatures: not by signer"):
        redeem(claimed, members[0], code_for(members[1], claimed))


def test_redeem__signed_by_somebody_without_passport__reverts(claimed, redeem, code_for, outsider):
    with ape.reverts("perks: not the member's wallet"):
        redeem(claimed, outsider, code_for(outsider, claimed))


def test_redeem__signed_by_the_till_itself__reverts(claimed, redeem, code_for, till):
    with ape.reverts("perks: not the member's wallet"):
        redeem(claimed, till, code_for(till, claimed))


def test_redeem__wallet_unlinked_since__reverts(
    claimed, redeem, code_for, link, passport, members, spare_wallets
):
    link(members[0], spare_wallets[0])
    code = code_for(spare_wallets[0], claimed)
    passport.unlink(spare_wallets[0], sender=members[0])
    with ape.reverts("perks: not the member's wallet"):
        redeem(claimed, spare_wallets[0], code)


def test_redeem__last_second_of_the_code__is_taken(claimed, redeem, code_for, members, at, opening):
    code = code_for(members[0], claimed, deadline=opening + DAY)
    at(opening + DAY)
    redeem(claimed, members[0], code)


def test_redeem__past_the_codes_deadline__reverts(claimed, redeem, code_for, members, at, opening):
    code = code_for(members[0], claimed, deadline=opening + DAY)
    at(opening + DAY + 1)
    with ape.reverts("signatures: expired"):
        redeem(claimed, members[0], code)


def test_redeem__deadline_altered__reverts(claimed, redeem, code_for, members):
    deadline, signature = code_for(members[0], claimed)
    with ape.reverts("signatures: not by signer"):
        redeem(claimed, members[0], (deadline + 1, signature))


def test_redeem__last_second_of_the_claim__is_taken(perks, claimed, redeem, code_for, members, at):
    last = perks.claim_of(claimed).deadline
    code = code_for(members[0], claimed, deadline=2**255)
    at(last)
    redeem(claimed, members[0], code)


def test_redeem__past_the_claims_deadline__reverts(perks, claimed, redeem, code_for, members, at):
    last = perks.claim_of(claimed).deadline
    code = code_for(members[0], claimed, deadline=2**255)
    at(last + 1)
    with ape.reverts("perk_claims: past its deadline"):
        redeem(claimed, members[0], code)


@pytest.mark.parametrize("domain", ["chain_id", "verifying_contract"])
def test_redeem__signed_for_another_chain_or_contract__reverts(
    claimed, redeem, code_for, members, polls, domain
):
    foreign = {"chain_id": 1, "verifying_contract": polls.address}[domain]
    with ape.reverts("signatures: not by signer"):
        redeem(claimed, members[0], code_for(members[0], claimed, **{domain: foreign}))


def test_redeem__signed_for_the_same_number_elsewhere__reverts(
    project, perks, admin, charter, passport, membership, points, claimed, redeem, members, chain
):
    """A second Perks of the same brand has another domain."""
    twin_perks = admin.deploy(project.Perks, charter, passport, membership, points)
    deadline = chain.blocks.head.timestamp + DAY
    signature = sign(
        members[0], twin_perks, REDEEM, wallet=members[0], claim_id=claimed, deadline=deadline
    )
    with ape.reverts("signatures: not by signer"):
        redeem(claimed, members[0], (deadline, signature))


def test_redeem__cancelled__reverts(perks, claimed, redeem, code_for, members):
    code = code_for(members[0], claimed)
    perks.cancel(claimed, sender=members[0])
    with ape.reverts("perk_claims: already settled"):
        redeem(claimed, members[0], code)


def test_redeem__claim_never_made__reverts(claimed, redeem, code_for, members):
    with ape.reverts("perk_claims: unknown claim"):
        redeem(claimed + 1, members[0], code_for(members[0], claimed + 1))


def test_redeem__after_leaving__is_handed_out(
    perks, claimed, redeem, code_for, membership, members
):
    membership.leave(sender=members[0])
    redeem(claimed, members[0], code_for(members[0], claimed))
    assert perks.claim_of(claimed).state == FULFILLED


def test_redeem__by_anyone_but_a_till__reverts(
    claimed, redeem, code_for, members, admin, steward, outsider
):
    code = code_for(members[0], claimed)
    for sender in (admin, steward, members[0], outsider):
        with ape.reverts("wing: lacks the role"):
            redeem(claimed, members[0], code, sender=sender)


def test_redeem__while_paused__is_handed_out(claimed, redeem, code_for, members, pause):
    pause("perks")
    redeem(claimed, members[0], code_for(members[0], claimed))
