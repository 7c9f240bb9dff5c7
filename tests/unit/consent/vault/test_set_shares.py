"""`Vault.set_shares`: with whom a person shares what their data earns."""

import ape
import pytest
from eth_utils import keccak

from tests.behaviours.signed_act import SignedActBehaviour

MONTH = 30 * 86_400
SET_SHARES = (
    "SetShares(address wallet,Share[] shares,uint256 nonce,uint256 deadline)"
    "Share(uint256 payee,uint256 basis_points)"
)
SHARES = [(2, 2_500), (3, 1_000)]


@pytest.fixture
def next_month(now):
    return lambda: now() // MONTH + 1


def test_set_shares__two__count_from_the_next_month(vault, person, next_month):
    receipt = vault.set_shares(SHARES, sender=person)

    month = next_month()
    assert receipt.events == [vault.SharesSet(account=1, month=month, shares=SHARES)]
    told_month, told = vault.next_shares_of(1)
    assert (told_month, [tuple(share) for share in told]) == (month, SHARES)
    assert vault.shares_of(1) == []


def test_set_shares__of_one__leaves_others(vault, person, other):
    vault.set_shares(SHARES, sender=person)
    assert tuple(vault.next_shares_of(2)) == (0, [])


def test_set_shares__from_a_linked_wallet__reverts(vault, person, link, newcomer):
    link(person, newcomer)
    with ape.reverts("vault: not the main wallet"):
        vault.set_shares(SHARES, sender=newcomer)


def test_set_shares__without_a_passport__reverts(vault, outsider):
    with ape.reverts("vault: no passport"):
        vault.set_shares(SHARES, sender=outsider)


# ---- by signature ----------------------------------------------------------------------


class TestSetShares(SignedActBehaviour):
    ZERO = "vault: no passport"

    @pytest.fixture
    def told(self, vault, act_of):
        shares = [{"payee": payee, "basis_points": points} for payee, points in SHARES]

        def _told(wallet, keys=None, shares=shares, nonce=5):
            act = act_of(
                *(vault, "set_shares_by_signature", SET_SHARES, wallet, keys),
                **{"shares": shares, "nonce": nonce},
            )
            return act

        return _told

    @pytest.fixture
    def act(self, told, person):
        return told(person)

    @pytest.fixture
    def act_of_a_contract(self, told, joint_person):
        return told(*joint_person)

    @pytest.fixture
    def is_done(self, vault, passport):
        return lambda act: (
            list(map(tuple, vault.next_shares_of(passport.id_of(act.message["wallet"]))[1]))
            == SHARES
        )

    @pytest.fixture
    def question(self, vault, passport):
        return lambda act: vault.next_shares_of.encode_input(passport.id_of(act.message["wallet"]))

    def test_signed__carried__says_so(self, vault, act, person, carrier, next_month):
        assert act.carry(carrier).events == [
            vault.NonceUsed(account=person, nonce=5),
            vault.SharesSet(account=1, month=next_month(), shares=SHARES),
        ]

    def test_signed__none__keeps_all(self, vault, told, person, carrier, next_month):
        assert told(person, shares=[]).carry(carrier).events == [
            vault.NonceUsed(account=person, nonce=5),
            vault.SharesSet(account=1, month=next_month(), shares=[]),
        ]

    def test_signed__eight__are_shared(self, vault, told, person, carrier):
        eight = [{"payee": payee, "basis_points": 1_250} for payee in range(2, 10)]
        told(person, shares=eight).carry(carrier)
        assert len(vault.next_shares_of(1)[1]) == 8

    def test_signed__from_a_linked_wallet__reverts(self, told, person, link, newcomer, carrier):
        link(person, newcomer)
        with ape.reverts("vault: not the main wallet"):
            told(newcomer).carry(carrier)


def test_type_hash__as_told__is_the_contracts(vault):
    assert bytes(vault.SET_SHARES_TYPE_HASH()) == keccak(text=SET_SHARES)
