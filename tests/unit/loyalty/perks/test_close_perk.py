"""`Perks.close_perk`: the window ends, and nothing else does."""

import ape

from .conftest import CLAIMED, DAY


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
