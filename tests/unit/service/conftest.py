"""A provider with a list, a metering company, and a customer with money."""

import pytest

from tests import agreements as stage
from tests import consents
from tests.behaviours.signed_act import SignedAct
from tests.odd_tokens import Habit

PURSE = 10**9


@pytest.fixture(scope="session")
def controller(accounts):
    """Whoever runs the provider."""
    return accounts[18]


@pytest.fixture(scope="session")
def agent(accounts):
    """Who acts in the provider's name."""
    return accounts[19]


@pytest.fixture(scope="session")
def operator(spare_wallets):
    """Whoever runs the company that meters."""
    return spare_wallets[0]


@pytest.fixture(scope="session")
def token(project, admin):
    """What prices are in."""
    return admin.deploy(project.OddToken, Habit.PLAIN, 18)


@pytest.fixture(scope="session")
def tariff(project, admin):
    return admin.deploy(project.Tariff)


@pytest.fixture(scope="session")
def price_lists(project, admin, consent):
    return admin.deploy(project.PriceLists, consent)


@pytest.fixture(scope="session")
def agreements(project, admin, price_lists):
    return admin.deploy(project.Agreements, price_lists)


@pytest.fixture
def provider(consent, controller, agent):
    """Company 1."""
    consent.register_company(consents.KEY, consents.URI, sender=controller)
    consent.set_agent(1, agent, sender=controller)
    return 1


@pytest.fixture
def metering(consent, provider, operator):
    """Company 2."""
    consent.register_company(consents.KEY, consents.URI, sender=operator)
    return 2


@pytest.fixture
def price_list(price_lists, provider, metering, token, controller, operator):
    """List 1, of three plans, and a meter of company 2."""
    stage.register_meter(price_lists, metering, operator)
    return stage.found(price_lists, provider, metering, token, controller)


@pytest.fixture
def customer(passport, members, token, agreements):
    """The main wallet of passport 1, with money that the book may take."""
    wallet = members[0]
    passport.register(sender=wallet)
    token.mint(wallet, PURSE, sender=wallet)
    token.approve(agreements, PURSE, sender=wallet)
    return wallet


@pytest.fixture
def other(passport, customer, members):
    """The main wallet of passport 2."""
    passport.register(sender=members[1])
    return members[1]


@pytest.fixture
def linked(link, customer, newcomer):
    """A second wallet of passport 1."""
    link(customer, newcomer)
    return newcomer


@pytest.fixture
def now(chain):
    """The last second that passed."""
    return lambda: chain.blocks.head.timestamp


@pytest.fixture
def wait(chain):
    """Let time pass."""
    return lambda seconds=1: chain.mine(deltatime=seconds)


# ---- what is signed ---------------------------------------------------------------


@pytest.fixture
def joint_customer(passport, new_wallet, outsider, admin, token, agreements):
    """A contract wallet of two owners with a passport and money, and the owners."""
    wallet = new_wallet(outsider, admin)
    wallet.execute(passport, passport.register.encode_input(), sender=admin)
    token.mint(wallet, PURSE, sender=admin)
    wallet.execute(token, token.approve.encode_input(agreements, PURSE), sender=admin)
    return wallet, (outsider, admin)


@pytest.fixture
def act_of(now):
    """A wallet's act as a message, and how it is carried."""

    def _act(contract, text, wallet, send, keys=None, **words):
        message = {"wallet": wallet, "deadline": now() + stage.DAY} | words
        names = [pair.split(" ")[1] for pair in text.partition("(")[2].partition(")")[0].split(",")]
        told = {name: message[name] for name in names}
        return SignedAct(contract, text, "wallet", told, [wallet] if keys is None else keys, send)

    return _act
