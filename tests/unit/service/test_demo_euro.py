"""The demo's money allows by a signature: an ordinary wallet's, and a contract wallet's."""

from typing import ClassVar

import ape
import pytest

from tests.behaviours.erc20 import PERMIT, ERC2612Behaviour, ERC5267Behaviour
from tests.signing import sign


@pytest.fixture(scope="session")
def euro(project, admin):
    return admin.deploy(project.DemoEuro)


class TestDemoEuro(ERC2612Behaviour, ERC5267Behaviour):
    REASONS: ClassVar[dict[str, str]] = {
        "signature": "demo_euro: bad permit",
        "expired": "demo_euro: permit expired",
    }

    @pytest.fixture
    def subject(self, euro):
        return euro

    @pytest.fixture
    def holder(self, accounts):
        return accounts[9]

    @pytest.fixture
    def receiver(self, newcomer):
        return newcomer

    @pytest.fixture
    def spender(self, spare_wallets):
        return spare_wallets[0]


@pytest.fixture
def allow(euro, spare_wallets, outsider, chain):
    """Let a stranger send what keys signed for an owner, in the form for any wallet."""

    def _allow(owner, *keys, late=0, **told):
        deadline = chain.blocks.head.timestamp + 100
        words = {"owner": owner, "spender": spare_wallets[0], "value": 500}
        words |= {"nonce": euro.nonces(owner), "deadline": deadline} | told
        signature = b"".join(sign(key, euro, PERMIT, **words) for key in keys)
        chain.pending_timestamp = deadline + late
        return euro.permit_by_signature(
            owner, spare_wallets[0], 500, deadline, signature, sender=outsider
        )

    return _allow


def test_permit_by_signature__of_a_contract_wallet__allows(
    euro, allow, new_wallet, newcomer, spare_wallets, outsider
):
    wallet = new_wallet(newcomer, outsider)
    receipt = allow(wallet, newcomer, outsider)

    assert receipt.events == [euro.Approval(owner=wallet, spender=spare_wallets[0], value=500)]
    assert (euro.allowance(wallet, spare_wallets[0]), euro.nonces(wallet)) == (500, 1)
    with ape.reverts("demo_euro: bad permit"):
        allow(wallet, newcomer, outsider, nonce=0)


def test_permit_by_signature__of_an_ordinary_wallet__allows(euro, allow, newcomer, spare_wallets):
    allow(newcomer, newcomer)
    assert euro.allowance(newcomer, spare_wallets[0]) == 500


def test_permit_by_signature__one_owner_did_not_sign__reverts(
    allow, new_wallet, newcomer, outsider
):
    with ape.reverts("demo_euro: bad permit"):
        allow(new_wallet(newcomer, outsider), newcomer, newcomer)


def test_permit_by_signature__a_second_late__reverts(allow, new_wallet, newcomer):
    with ape.reverts("demo_euro: permit expired"):
        allow(new_wallet(newcomer), newcomer, late=1)


def test_mint__by_another_than_the_maker__reverts(euro, newcomer):
    with ape.reverts("demo_euro: not the maker"):
        euro.mint(newcomer, 1, sender=newcomer)
