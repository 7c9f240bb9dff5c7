"""A person with a passport, and the signatures that link more wallets to it."""

import pytest

from tests.signing import sign

DAY = 86_400
REGISTER = "Register(address wallet,uint256 nonce,uint256 deadline)"
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
ADOPT = "Adopt(address main_wallet,address wallet,uint256 nonce,uint256 deadline)"
UNLINK = "Unlink(address sender,address wallet,uint256 nonce,uint256 deadline)"
SET_MAIN = "SetMain(address main_wallet,address wallet,uint256 nonce,uint256 deadline)"


@pytest.fixture
def person(passport, newcomer):
    """The main wallet of passport 1."""
    passport.register(sender=newcomer)
    return newcomer


@pytest.fixture
def second(spare_wallets):
    """A wallet without a passport."""
    return spare_wallets[0]


@pytest.fixture
def deadline(chain):
    return chain.pending_timestamp + DAY


@pytest.fixture
def link(passport, deadline):
    """Link a wallet as `sender`; what the wallet signed may differ from what is sent."""

    def send(sender, wallet, signer=None, signature=None, nonce=1, **signed):
        given = {"passport_id": passport.id_of(sender), "wallet": wallet, "nonce": nonce}
        given |= {"deadline": deadline} | signed
        if signature is None:
            signature = sign(signer or wallet, passport, LINK, **given)
        return passport.link(wallet, nonce, deadline, signature, sender=sender)

    return send


@pytest.fixture
def linked(link, person, second):
    """The person's second wallet."""
    link(person, second)
    return second


@pytest.fixture
def joint_wallet(project, admin, outsider, second):
    """A contract wallet of two owners, without a passport."""
    wallet = admin.deploy(project.FakeWallet, [second, outsider])
    return wallet, [second, outsider]


@pytest.fixture
def joint_person(passport, joint_wallet, admin):
    """A contract wallet of two owners, with a passport of its own."""
    wallet, owners = joint_wallet
    wallet.execute(passport, passport.register.encode_input(), sender=admin)
    return wallet, owners


@pytest.fixture
def signed_by(passport, deadline):
    """What a wallet answers to one of the Passport's messages, with the usual deadline."""

    def _sign(key, text, **values):
        return sign(key, passport, text, **({"nonce": 1, "deadline": deadline} | values))

    return _sign
