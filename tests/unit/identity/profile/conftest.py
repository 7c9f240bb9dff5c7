"""Two people, a world with its key, a collection that it recognises, and what they sign."""

import pytest
from eth_tester.exceptions import TransactionFailed
from web3.exceptions import ContractLogicError

from tests.conftest import DAY
from tests.signing import sign

ATTESTATION = (
    "AvatarAttestation(address key,bytes32 world,bytes32 reference,uint256 passport_id,"
    "uint256 issued_at,uint256 deadline)"
)


@pytest.fixture
def person(passport, members):
    """The main wallet of passport 1."""
    passport.register(sender=members[0])
    return members[0]


@pytest.fixture
def other(passport, person, members):
    """The main wallet of passport 2."""
    passport.register(sender=members[1])
    return members[1]


@pytest.fixture(scope="session")
def controller(accounts):
    """Whoever runs the world."""
    return accounts[18]


@pytest.fixture(scope="session")
def key(accounts):
    """What the world signs with."""
    return accounts[19]


@pytest.fixture
def world(profile, controller, key):
    """A world's id."""
    profile.register_world("Plaza", key, sender=controller)
    return bytes(profile.world_of(controller, "Plaza"))


@pytest.fixture
def collection(profile, project, admin, world, controller):
    """A collection that the world calls its own."""
    collection = admin.deploy(project.FakeCollection)
    profile.set_collection(world, collection, True, sender=controller)
    return collection


@pytest.fixture
def ask(chain):
    """Ask a node what a call comes to: its answer, or the words of its refusal."""

    def _ask(to, data, **request):
        try:
            return chain.provider.web3.eth.call({"to": str(to), "data": bytes(data), **request})
        except (ContractLogicError, TransactionFailed) as refusal:  # anvil's, eth-tester's
            return str(refusal)

    return _ask


@pytest.fixture
def now(chain):
    """The last second that passed."""
    return lambda: chain.blocks.head.timestamp


@pytest.fixture
def attest(profile, world, key, now):
    """What the world's key signs for a passport; what is signed may differ from what is sent."""

    def _attest(reference, passport_id=1, *, signer=key, signature=None, **changes):
        given = {"issued_at": now(), "deadline": now() + DAY}
        given |= {name: changes.pop(name) for name in tuple(given) if name in changes}
        words = {"key": profile.world(world).key, "world": world}
        words |= {"reference": reference, "passport_id": passport_id}
        if signature is None:
            signature = sign(signer, profile, ATTESTATION, **(words | given | changes))
        return reference, given["issued_at"], given["deadline"], signature

    return _attest


@pytest.fixture
def link_to(passport, now):
    """Link another wallet to a person."""

    def _link(main, wallet, nonce=1):
        words = {"passport_id": passport.id_of(main), "wallet": wallet, "nonce": nonce}
        text = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
        deadline = now() + DAY
        signature = sign(wallet, passport, text, **words, deadline=deadline)
        passport.link(wallet, nonce, deadline, signature, sender=main)

    return _link
