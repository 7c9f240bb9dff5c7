"""`Perks.close_perk`: the window ends, and nothing else does."""

import ape
import pytest

from .conftest import CLAIMED, DAY, NO_ORDER, claim_number

PERIOD = 30 * DAY
STEWARD = 8


@pytest.fixture
def both(project, perks, passport, membership, charter, admin, steward):
    """Two calls to Perks in one transaction, by a wallet that is member and steward."""
    wallet = admin.deploy(project.FakeWallet, [admin])
    wallet.execute(passport, passport.register.encode_input(), sender=admin)
    membership.admit([passport.id_of(wallet)], sender=steward)
    charter.give_roles(wallet, STEWARD, sender=admin)
    return lambda first, second: wallet.execute_both([perks, perks], first, second, sender=admin)


def test_close_perk__open__takes_no_more_claims(
    perks, open_perk, claim, steward, members, at, opening
):
    perk_id = open_perk(stock=(3, 2, 1))
    at(opening + DAY)
    receipt = perks.close_perk(perk_id, sender=steward)

    assert receipt.events == [perks.PerkClosed(perk_id=perk_id, closes_at=opening + DAY)]
    assert perks.perk(perk_id).terms.closes_at == opening + DAY
    for variant in range(3):
        with ape.reverts("perks: closed"):
            claim(perk_id, members[0], variant)


def test_close_perk__everything_else__stays(perks, open_perk, claim, steward, members):
    perk_id = open_perk(stock=(3, 2))
    claim(perk_id, members[0], 1)
    before = perks.perk(perk_id)
    perks.close_perk(perk_id, sender=steward)

    after = perks.perk(perk_id)
    assert [t for i, t in enumerate(after.terms) if i != 3] == [
        t for i, t in enumerate(before.terms) if i != 3
    ]
    assert (after.stock, after.taken, after.content_hash) == (
        before.stock,
        before.taken,
        before.content_hash,
    )


def test_close_perk__with_claims__they_live_on(
    perks, points, store_perk, claimed, code_for, steward, till, members
):
    perks.close_perk(store_perk, sender=steward)

    assert perks.claim_of(claimed).state == CLAIMED
    assert perks.claims_of(store_perk, 1) == [claimed]
    deadline, signature = code_for(members[0], claimed)
    perks.redeem(claimed, members[0], deadline, signature, sender=till)


@pytest.mark.parametrize("elapsed", [0, 1, PERIOD, PERIOD + 1])
def test_close_perk__in_the_second_of_a_claim__the_claim_is_told(
    perks, open_perk, both, at, opening, chain, elapsed
):
    """One transaction claims and closes: by somebody who is member and steward."""
    perk_id = open_perk(opens_at=opening + DAY, window=3 * PERIOD, price=0)
    at(opening + DAY + elapsed)
    both(
        perks.claim.encode_input(perk_id, 0, NO_ORDER),
        perks.close_perk.encode_input(perk_id),
    )
    number = claim_number(perk_id, member_no=6, period=elapsed // PERIOD)
    for later in (0, 9 * PERIOD):
        chain.mine(timestamp=opening + DAY + elapsed + 1 + later)
        assert perks.claims_of(perk_id, 6) == [number]


def test_close_perk__before_it_opens__never_opens(
    perks, open_perk, claim, steward, members, at, opening
):
    perk_id = open_perk(opens_at=opening + DAY)
    receipt = perks.close_perk(perk_id, sender=steward)

    assert receipt.events == [perks.PerkClosed(perk_id=perk_id, closes_at=opening + DAY)]
    assert perks.claims_of(perk_id, 1) == []
    at(opening + DAY)
    with ape.reverts("perks: closed"):
        claim(perk_id, members[0])


@pytest.mark.parametrize("seconds", [0, DAY], ids=["before it would open", "after"])
def test_close_perk__closed_before_it_opens__is_closed_for_good(
    perks, open_perk, claim, steward, members, at, opening, chain, seconds
):
    """It has no window any more, so nothing is left to wait for, to fill or to close."""
    perk_id = open_perk(opens_at=opening + DAY)
    perks.close_perk(perk_id, sender=steward)
    if seconds:
        chain.mine(timestamp=opening + seconds)
    with ape.reverts("perks: closed"):
        perks.close_perk(perk_id, sender=steward)
    with ape.reverts("perks: closed"):
        perks.add_stock(perk_id, 0, 1, sender=steward)
    with ape.reverts("perks: closed"):
        claim(perk_id, members[0])


def test_close_perk__twice__reverts(perks, store_perk, steward):
    perks.close_perk(store_perk, sender=steward)
    with ape.reverts("perks: closed"):
        perks.close_perk(store_perk, sender=steward)


def test_close_perk__last_second__is_taken(perks, open_perk, steward, at, opening):
    perk_id = open_perk(window=DAY)
    at(opening + DAY - 1)
    perks.close_perk(perk_id, sender=steward)


def test_close_perk__window_is_over__reverts(perks, open_perk, steward, at, opening):
    perk_id = open_perk(window=DAY)
    at(opening + DAY)
    with ape.reverts("perks: closed"):
        perks.close_perk(perk_id, sender=steward)


def test_close_perk__unknown__reverts(perks, steward):
    with ape.reverts("perks: unknown perk"):
        perks.close_perk(1, sender=steward)


def test_close_perk__by_anyone_else__reverts(perks, store_perk, admin, till, members, outsider):
    for sender in (admin, till, members[0], outsider):
        with ape.reverts("wing: lacks the role"):
            perks.close_perk(store_perk, sender=sender)


def test_close_perk__while_paused__closes(perks, store_perk, steward, pause):
    pause("perks")
    perks.close_perk(store_perk, sender=steward)
