"""`Vault.set_bond`: what a company stakes; more at once, less in thirty days."""

import ape
import pytest

MOST = 2**104 - 1


@pytest.fixture
def set_bond(vault, controller):
    return lambda bond: vault.set_bond(1, bond, sender=controller)


def test_set_bond__first__counts_at_once(vault, company, set_bond, now):
    receipt = set_bond(100)

    assert receipt.events == [vault.BondSet(company_id=1, old_bond=0, new_bond=100, since=now())]
    assert tuple(vault.funds_of(1)) == (0, 100, 0, 0)


def test_set_bond__more__counts_at_once(vault, company, set_bond, now):
    set_bond(100)
    receipt = set_bond(MOST)
    assert receipt.events == [vault.BondSet(company_id=1, old_bond=100, new_bond=MOST, since=now())]
    assert tuple(vault.funds_of(1)) == (0, MOST, 0, 0)


def test_set_bond__less__waits_thirty_days(vault, company, set_bond, limits, now, at, chain):
    set_bond(MOST)
    receipt = set_bond(MOST - 1)
    since = now() + limits.BOND_HOLDS()
    assert receipt.events == [
        vault.BondSet(company_id=1, old_bond=MOST, new_bond=MOST - 1, since=since)
    ]
    at(since - 1)
    chain.mine()
    assert tuple(vault.funds_of(1)) == (0, MOST, MOST - 1, since)
    at(since)
    chain.mine()
    assert tuple(vault.funds_of(1)) == (0, MOST - 1, 0, 0)


def test_set_bond__less_again__waits_anew(vault, company, set_bond, limits, now, wait):
    set_bond(100)
    set_bond(50)
    wait(limits.BOND_HOLDS() - 10)
    receipt = set_bond(0)
    since = now() + limits.BOND_HOLDS()
    assert receipt.events == [vault.BondSet(company_id=1, old_bond=100, new_bond=0, since=since)]
    assert tuple(vault.funds_of(1)) == (0, 100, 0, since)


def test_set_bond__as_it_is__calls_the_lower_one_off(vault, company, set_bond, limits, wait):
    set_bond(100)
    set_bond(50)
    set_bond(100)
    wait(limits.BOND_HOLDS())
    assert tuple(vault.funds_of(1)) == (0, 100, 0, 0)


def test_set_bond__after_the_wait__starts_from_the_lower(vault, company, set_bond, limits, wait):
    set_bond(100)
    set_bond(50)
    wait(limits.BOND_HOLDS())
    assert set_bond(60).events[0].old_bond == 50
    assert tuple(vault.funds_of(1)) == (0, 60, 0, 0)


def test_set_bond__of_one__leaves_others(vault, rival, set_bond):
    set_bond(100)
    assert vault.funds_of(2).bond == 0


def test_set_bond__with_money_there__leaves_it(vault, company, pay_in, set_bond, settled):
    pay_in(1_000)
    set_bond(100)
    set_bond(0)
    settled(1_000)


def test_set_bond__more_than_fits__reverts(company, set_bond):
    for bond in (MOST + 1, 2**256 - 1):
        with ape.reverts("vault: too much"):
            set_bond(bond)


def test_set_bond__by_another__reverts(vault, company, rival, agent, outsider, person):
    for sender in (agent, outsider, person):
        with ape.reverts("vault: not the controller"):
            vault.set_bond(1, 100, sender=sender)


def test_set_bond__no_company__reverts(vault, company, controller):
    for company_id in (0, 2, 1 + 2**64):
        with ape.reverts("vault: not the controller"):
            vault.set_bond(company_id, 100, sender=controller)
