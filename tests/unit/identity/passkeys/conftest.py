"""A factory, a person with nothing but a passkey, and what that passkey signs."""

from dataclasses import replace

import pytest

from tests.authenticator import EXECUTE, MESSAGE, Passkey, challenge_of

DAY = 86_400


@pytest.fixture(scope="session")
def webauthn(project, admin):
    return admin.deploy(project.WebauthnHarness)


@pytest.fixture(scope="session")
def implementation(project, admin):
    return admin.deploy(project.PasskeyAccount)


@pytest.fixture(scope="session")
def factory(project, admin, implementation):
    return admin.deploy(project.PasskeyFactory, implementation)


@pytest.fixture(scope="session")
def passkey():
    return Passkey()


@pytest.fixture(scope="session")
def relayer(outsider):
    """Whoever carries what was signed."""
    return outsider


@pytest.fixture(scope="session")
def open_account(project, factory, admin):
    """The account of a passkey, made."""

    def make(passkey, credential_hash=None):
        terms = passkey.terms if credential_hash is None else (*passkey.terms[:3], credential_hash)
        factory.create(*terms, sender=admin)
        return project.PasskeyAccount.at(factory.account_of(*terms))

    return make


@pytest.fixture(scope="session")
def account(open_account, passkey):
    return open_account(passkey)


@pytest.fixture(scope="session")
def second_account(open_account, passkey):
    """Another account of the same key."""
    return open_account(passkey, b"\x22" * 32)


@pytest.fixture
def deadline(chain):
    return chain.pending_timestamp + DAY


@pytest.fixture
def answer(account, passkey):
    """What the passkey answers when the account is asked for a digest; packed, unless asked not."""

    def sign(digest, signer=passkey, of=account, where=None, **differing):
        challenge = challenge_of(of, MESSAGE, **(where or {}), digest=digest)
        return signer.answer(challenge, **differing)

    return sign


@pytest.fixture
def execute(account, passkey, relayer, deadline):
    """Carry a call that the passkey signed; what was signed may differ from what is sent."""

    def send(target, data=b"", amount=0, of=account, signer=passkey, signature=None, **signed):
        given = {"target": target, "amount": amount, "data": bytes(data), "nonce": of.next_nonce()}
        given |= {"deadline": deadline} | signed
        if signature is None:
            signature = signer.answer(challenge_of(of, EXECUTE, **given)).packed()
        sent = (target, amount, data, deadline, signature)
        return of.execute(*sent, sender=relayer)

    return send


@pytest.fixture
def altered(passkey):
    """An answer with other parts, signed as they are."""
    return lambda answer, **parts: passkey.over(replace(answer, **parts))
