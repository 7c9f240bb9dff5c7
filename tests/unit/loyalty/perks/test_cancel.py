"""`Perks.cancel`: a claim taken back, and its price sent home."""

import ape

from .conftest import CANCELLED, PURSE


def test_cancel__by_the_member__gives_back_exactly_the_price(perks, points, claimed, members):
    supply = points.totalSupply()
    receipt = perks.cancel(claimed, sender=members[0])

    assert receipt.events == [
        perks.ClaimCancelled(claim_id=claimed, by=members[0], refund=100),
        points.Transfer(sender=perks, receiver=members[0], value=100),
    ]
    claim = perks.claim_of(claimed)
    assert (claim.state, claim.held) == (CANCELLED, 0)
    assert points.balanceOf(members[0]) == PURSE
    assert perks.escrowed() == 0
    assert points.totalSupply() == supply
    assert (perks.perk(1).stock, perks.perk(1).taken) == ([4, 2], [1, 0])


def test_cancel__free__touches_no_points(perks, open_perk, claim, members):
    number = claim(open_perk(price=0), members[0])
    receipt = perks.cancel(number, sender=members[0])
    assert receipt.events == [perks.ClaimCancelled(claim_id=number, by=members[0], refund=0)]


def test_cancel__by_a_steward__goes_to_the_member_all_the_same(
    perks, points, claimed, members, steward
):
    receipt = perks.cancel(claimed, sender=steward)

    assert receipt.events == [
        perks.ClaimCancelled(claim_id=claimed, by=steward, refund=100),
        points.Transfer(sender=perks, receiver=members[0], value=100),
    ]
    assert points.balanceOf(steward) == 0


def test_cancel__a_code_by_a_steward__is_taken_back(perks, points, claimed_code, members, steward):
    perks.cancel(claimed_code, sender=steward)
    assert points.balanceOf(members[0]) == PURSE


def test_cancel__a_code_by_the_member__reverts(perks, claimed_code, members):
    """They may have read it."""
    with ape.reverts("wing: lacks the role"):
        perks.cancel(claimed_code, sender=members[0])


def test_cancel__a_code_by_a_member_who_is_a_steward__is_taken_back(
    perks, charter, claimed_code, members, admin
):
    charter.give_roles(members[0], 8, sender=admin)
    perks.cancel(claimed_code, sender=members[0])


def test_cancel__claimed_from_a_linked_wallet__goes_to_the_main_one(
    perks, points, store_perk, claim, link, members, spare_wallets
):
    link(members[0], spare_wallets[0])
    points.transfer(spare_wallets[0], 100, sender=members[0])
    perks.cancel(claim(store_perk, spare_wallets[0]), sender=spare_wallets[0])

    assert points.balanceOf(spare_wallets[0]) == 0
    assert points.balanceOf(members[0]) == PURSE


def test_cancel__main_wallet_changed_since__goes_to_the_new_one(
    perks, points, passport, claimed, link, members, spare_wallets
):
    link(members[0], spare_wallets[0])
    passport.set_main(spare_wallets[0], sender=members[0])
    perks.cancel(claimed, sender=members[0])

    assert points.balanceOf(spare_wallets[0]) == 100
    assert points.balanceOf(members[0]) == PURSE - 100


def test_cancel__after_leaving__gives_back(perks, points, claimed, membership, members):
    membership.leave(sender=members[0])
    perks.cancel(claimed, sender=members[0])
    assert points.balanceOf(members[0]) == PURSE


def test_cancel__by_another_member__reverts(perks, claimed, members, till, admin, outsider):
    for sender in (members[1], till, admin, outsider):
        with ape.reverts("wing: lacks the role"):
            perks.cancel(claimed, sender=sender)


def test_cancel__by_a_wallet_unlinked_since__reverts(
    perks, passport, claimed, link, members, spare_wallets
):
    link(members[0], spare_wallets[0])
    passport.unlink(spare_wallets[0], sender=members[0])
    with ape.reverts("wing: lacks the role"):
        perks.cancel(claimed, sender=spare_wallets[0])


def test_cancel__twice__reverts(perks, claimed, members):
    perks.cancel(claimed, sender=members[0])
    with ape.reverts("perk_claims: already settled"):
        perks.cancel(claimed, sender=members[0])


def test_cancel__redeemed__reverts(perks, claimed, code_for, members, till):
    perks.redeem(claimed, members[0], *code_for(members[0], claimed), sender=till)
    with ape.reverts("perk_claims: already settled"):
        perks.cancel(claimed, sender=members[0])


def test_cancel__unknown__reverts(perks, members, steward):
    for sender in (members[0], steward):
        with ape.reverts("perk_claims: unknown claim"):
            perks.cancel(1 << 80, sender=sender)


def test_cancel__last_second__is_taken(perks, claimed, members, at):
    at(perks.claim_of(claimed).deadline)
    perks.cancel(claimed, sender=members[0])


def test_cancel__past_the_deadline__is_for_miss(perks, claimed, members, steward, at):
    last = perks.claim_of(claimed).deadline
    for seconds, sender in ((1, members[0]), (2, steward)):
        at(last + seconds)
        with ape.reverts("perk_claims: past its deadline"):
            perks.cancel(claimed, sender=sender)


def test_cancel__while_paused__gives_back(perks, points, claimed, members, pause):
    pause("perks")
    pause("points")
    perks.cancel(claimed, sender=members[0])
    assert points.balanceOf(members[0]) == PURSE


def test_cancel__points_that_answer_no__reverts(
    project, admin, charter, passport, membership, steward, wealthy, opening
):
    """Ours never do; another token in their place would be found out, not believed."""
    from .conftest import CONTENT, NO_ORDER, Offer

    miserly = admin.deploy(project.MiserlyPoints)
    perks = admin.deploy(project.Perks, charter, passport, membership, miserly)
    perks.open_perk(CONTENT, Offer(opens_at=opening).terms(), [1], sender=steward)
    number = perks.claim(1, 0, NO_ORDER, sender=wealthy[0]).events[0].claim_id
    with ape.reverts("perks: refund refused"):
        perks.cancel(number, sender=wealthy[0])
