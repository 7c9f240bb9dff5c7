"""A brand of its own for the tests of Membership, and what people sign there."""

import pytest

from tests.signing import sign
from tests.unit.loyalty.small_brand import *  # noqa: F403

DAY = 86_400
JOIN = "Join(address wallet,address inviter,uint256 nonce,uint256 deadline)"
LEAVE = "Leave(address wallet,uint256 nonce,uint256 deadline)"
INVITATION = "Invitation(address inviter,uint256 passport_id,uint256 nonce,uint256 deadline)"


@pytest.fixture
def deadline(chain):
    """A day from now."""
    return chain.blocks.head.timestamp + DAY


@pytest.fixture
def signed_by(membership, deadline):
    """What a wallet answers to one of the Membership's messages, with the usual deadline."""

    def _sign(key, text, **values):
        return sign(key, membership, text, **({"nonce": 1, "deadline": deadline} | values))

    return _sign


@pytest.fixture
def joint_person(project, passport, persons, admin, outsider, newcomer):
    """Passport 6: a contract wallet of two owners."""
    wallet = admin.deploy(project.FakeWallet, [newcomer, outsider])
    wallet.execute(passport, passport.register.encode_input(), sender=admin)
    return wallet, [newcomer, outsider]
