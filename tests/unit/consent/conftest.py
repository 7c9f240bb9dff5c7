"""Two people, a company with an agent and notices, and what the person lets it see."""

import pytest

from tests import consents
from tests.behaviours.signed_act import SignedAct
from tests.conftest import DAY


@pytest.fixture(scope="session")
def controller(accounts):
    """Whoever runs the company."""
    return accounts[18]


@pytest.fixture(scope="session")
def agent(accounts):
    """Who asks and reads in the company's name."""
    return accounts[19]


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


@pytest.fixture
def company(consent, controller, agent):
    """Company 1, with notices."""
    return consents.found(consent, controller, agent)


@pytest.fixture
def rival(consent, company, outsider):
    """Company 2, the same by somebody else."""
    return consents.found(consent, outsider)


@pytest.fixture
def now(chain):
    """The last second that passed."""
    return lambda: chain.blocks.head.timestamp


@pytest.fixture
def wait(chain):
    """Let time pass."""
    return lambda seconds=1: chain.mine(deltatime=seconds)


@pytest.fixture
def give(consent, company, person, now, wait):
    """The person lets the company see something, and a second passes; tells the terms."""

    def _give(whose=person, **changes):
        wait()
        agreed = consents.terms(now(), **changes)
        consent.grant(agreed, sender=whose)
        wait()
        return agreed

    return _give


# ---- what is signed ---------------------------------------------------------------


@pytest.fixture
def joint_person(passport, new_wallet, outsider, admin):
    """A contract wallet of two owners with a passport, and the owners."""
    wallet = new_wallet(outsider, admin)
    wallet.execute(passport, passport.register.encode_input(), sender=admin)
    return wallet, (outsider, admin)


@pytest.fixture
def act_of(now):
    """An act of a person's as a message; the values are sent in its order, as the wallet's."""

    def _act(contract, function, text, wallet, keys=None, hidden=("passport_id",), **words):
        message = {"wallet": wallet, "deadline": now() + DAY} | words
        names = [pair.split(" ")[1] for pair in text.partition("(")[2].partition(")")[0].split(",")]
        told = {name: message[name] for name in names}

        def send(values, signature, sender):
            sent = [value for name, value in values.items() if name not in hidden]
            return getattr(contract, function)(*sent, signature, sender=sender)

        return SignedAct(contract, text, "wallet", told, [wallet] if keys is None else keys, send)

    return _act
