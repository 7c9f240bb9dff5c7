"""A brand of its own for the tests of Membership, and what people sign there."""

import pytest

from tests.signing import sign
from tests.unit.loyalty.small_brand import *  # noqa: F403

DAY = 86_400
JOIN = "Join(address wallet,address inviter,uint256 nonce,uint256 deadline)"
ANYBODY = 0
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


@pytest.fixture
def invite(steward, signed_by, deadline):
    """Sign an invitation: (inviter, nonce, deadline, signature)."""

    def _invite(passport_id=ANYBODY, nonce=7, until=None, inviter=steward, key=None):
        words = {"inviter": inviter, "passport_id": passport_id, "nonce": nonce}
        until = deadline if until is None else until
        signature = signed_by(key or inviter, INVITATION, **words, deadline=until)
        return inviter, nonce, until, signature

    return _invite


@pytest.fixture
def join(membership, deadline, signed_by, invite, outsider):
    """Carry what a wallet signed, with an invitation."""

    def _join(wallet, invitation=None, nonce=1, signature=None, named=None, house=membership):
        invitation = invitation or invite()
        if signature is None:
            words = {"wallet": wallet, "inviter": named or invitation[0], "nonce": nonce}
            signature = sign(wallet, house, JOIN, **words, deadline=deadline)
        words = wallet, nonce, deadline, signature
        return house.join_by_signature(*words, *invitation, sender=outsider)

    return _join
