"""`Vault.set_price` and `price_of`: what a read costs, as its person says."""

import ape
import pytest
from eth_utils import keccak

from tests.behaviours.signed_act import SignedActBehaviour
from tests.consents import CATEGORY, OTHER_CATEGORY, OTHER_PURPOSE, PURPOSE

MOST = 2**127 - 1
SET_PRICE = (
    "SetPrice(address wallet,uint256 purpose,uint256 category,uint256 price,"
    "uint256 nonce,uint256 deadline)"
)


def test_set_price__first__is_told_with_the_old_one(vault, person):
    receipt = vault.set_price(PURPOSE, CATEGORY, 7, sender=person)

    words = {"passport_id": 1, "purpose": PURPOSE, "category": CATEGORY}
    assert receipt.events == [vault.PriceSet(**words, old_price=0, new_price=7)]
    assert vault.price_of(1, PURPOSE, CATEGORY) == 7
    receipt = vault.set_price(PURPOSE, CATEGORY, 0, sender=person)
    assert receipt.events == [vault.PriceSet(**words, old_price=7, new_price=0)]
    assert vault.price_of(1, PURPOSE, CATEGORY) == 0


def test_set_price__of_one__leaves_all_others(vault, other, person):
    vault.set_price(PURPOSE, CATEGORY, 7, sender=person)
    assert vault.price_of(1, OTHER_PURPOSE, CATEGORY) == 0
    assert vault.price_of(1, PURPOSE, OTHER_CATEGORY) == 0
    assert vault.price_of(2, PURPOSE, CATEGORY) == 0


def test_set_price__last_numbers_and_most__count(vault, person):
    vault.set_price(63, 63, MOST, sender=person)
    assert vault.price_of(1, 63, 63) == MOST


def test_set_price__more_than_fits__reverts(vault, person):
    for price in (MOST + 1, 2**256 - 1):
        with ape.reverts("vault: too much"):
            vault.set_price(PURPOSE, CATEGORY, price, sender=person)


def test_set_price__numbers_out_of_range__reverts(vault, person):
    for number in (64, 2**256 - 1):
        with ape.reverts("vault: unknown purpose"):
            vault.set_price(number, CATEGORY, 7, sender=person)
        with ape.reverts("vault: unknown category"):
            vault.set_price(PURPOSE, number, 7, sender=person)


def test_price_of__numbers_out_of_range__reverts(vault):
    """They would name the place of others."""
    with ape.reverts("vault: unknown number"):
        vault.price_of(2**64, PURPOSE, CATEGORY)
    with ape.reverts("vault: unknown purpose"):
        vault.price_of(1, 64, CATEGORY)
    with ape.reverts("vault: unknown category"):
        vault.price_of(1, PURPOSE, 64)


def test_set_price__from_a_linked_wallet__reverts(vault, person, link, newcomer):
    link(person, newcomer)
    with ape.reverts("vault: not the main wallet"):
        vault.set_price(PURPOSE, CATEGORY, 7, sender=newcomer)


def test_set_price__without_a_passport__reverts(vault, outsider):
    with ape.reverts("vault: no passport"):
        vault.set_price(PURPOSE, CATEGORY, 7, sender=outsider)


# ---- by signature ----------------------------------------------------------------------


class TestSetPrice(SignedActBehaviour):
    ZERO = "vault: no passport"

    @pytest.fixture
    def told(self, vault, act_of):
        words = {"purpose": PURPOSE, "category": CATEGORY, "price": 7, "nonce": 5}
        return lambda wallet, keys=None: act_of(
            vault, "set_price_by_signature", SET_PRICE, wallet, keys, **words
        )

    @pytest.fixture
    def act(self, told, person):
        return told(person)

    @pytest.fixture
    def act_of_a_contract(self, told, joint_person):
        return told(*joint_person)

    @pytest.fixture
    def is_done(self, vault, passport):
        return lambda act: (
            vault.price_of(passport.id_of(act.message["wallet"]), PURPOSE, CATEGORY) == 7
        )

    @pytest.fixture
    def question(self, vault, passport):
        return lambda act: vault.price_of.encode_input(
            passport.id_of(act.message["wallet"]), PURPOSE, CATEGORY
        )

    def test_signed__carried__says_so(self, vault, act, person, carrier):
        words = {"passport_id": 1, "purpose": PURPOSE, "category": CATEGORY}
        assert act.carry(carrier).events == [
            vault.NonceUsed(account=person, nonce=5),
            vault.PriceSet(**words, old_price=0, new_price=7),
        ]

    def test_signed__from_a_linked_wallet__reverts(self, told, person, link, newcomer, carrier):
        link(person, newcomer)
        with ape.reverts("vault: not the main wallet"):
            told(newcomer).carry(carrier)


def test_type_hash__as_told__is_the_contracts(vault):
    assert bytes(vault.SET_PRICE_TYPE_HASH()) == keccak(text=SET_PRICE)
